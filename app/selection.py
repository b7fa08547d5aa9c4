"""What is chosen (areas, years, body, indicators, view, figure) and its form in the address bar.

The address carries every choice, defaults too, so that a link means the same next year:

    areas=410400.410600&years=2023-2024&body=npc&indicator=appointments&at=range&measure=total
    &view=figure&chart=auto&axes=shared&cover=auto&scope=chosen&order=auto&lines=joined&lang=zh
    &data=3f2a9c01b7de

What is absent without meaning "the default of the day" is left out: `list` (the indicators of some
pages; none listed means all), `focus`, `fact` (a figure's id, or the key of a missing cell), `open`
(the same, or the key of a group of cells, in a dialog over the page), `doc` (a document), `rows` (what
the data page shows beside the figures), `find` (the words it looks for), `seek` (what lists of areas
look for), `words` (what 原文 looks for), `page` (the part of a long list that is on show: place.number),
`slides`. `data` is the digest of the table that the link was made with.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.coverage import ORDERS, parse_group
from app.data import Table
from app.rates import MEASURES, TOTAL
from app.states import parse_key
from app.text import LANGUAGES

MOST_AREAS_AT_FIRST = 6
FIGURE, RANK, TABLE, TEXT = VIEWS = ("figure", "rank", "table", "text")
AUTOMATIC = "auto"
BARS, DOTS, LINES, DUMBBELL, SLOPE, STRIP = CHARTS = (
    "bars", "dots", "lines", "dumbbell", "slope", "strip"
)  # fmt: skip
RANGE, LATEST = MOMENTS = ("range", "latest")
SHARED, FREE = AXES = ("shared", "free")
DETAIL, BY_YEAR, BY_INDICATOR = COVERS = ("detail", "by_year", "by_indicator")
CHOSEN, ALL = SCOPES = ("chosen", "all")
JOINED, RECEIVED = LINE_BREAKS = ("joined", "received")
ROWS = ("missing", "kept", "candidates")
# Lists that are shown in parts: those of 对比, 多指标, 数据 and 覆盖, and a document's finds and parts.
PLACES = ("rank", "table", "text", "panels", "rows", *COVERS, "hit", "part")
LONGEST_FIND = 60
_PAGE = re.compile(rf"(?:{'|'.join(PLACES)})\.[1-9][0-9]{{0,5}}")
# Parameters that take one of a few words, the first being the default.
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "view": VIEWS,
        "chart": (AUTOMATIC, *CHARTS),
        "measure": MEASURES,
        "at": MOMENTS,
        "axes": AXES,
        "cover": (AUTOMATIC, *COVERS),
        "scope": SCOPES,
        "order": (AUTOMATIC, *ORDERS),
        "lines": LINE_BREAKS,
    }
)
# Links of the first version had the chart as their view.
_OLD_VIEWS: Mapping[str, str] = MappingProxyType({AUTOMATIC: AUTOMATIC, BARS: BARS, LINES: LINES})


@dataclass(frozen=True, slots=True)
class Selection:
    """The shared selection.

    `listed` are the indicators of the pages that show several; empty means all. `view`, `chart`,
    `measure`, `at`, `axes`, `cover`, `scope`, `order` and `lines` are each one of CHOICES. With
    `at` LATEST, each area shows its latest
    figure within the years. `focus` is the code of a chosen area, or "". `data` is the digest of
    the table. `cover`, `scope` and `order` belong to 覆盖, `lines` to 原文, `rows` (some of ROWS) and
    `find` to 数据, `words` to 原文; `seek` and `page` to the long lists of all pages. `slides` belongs to
    the 演示 page alone.
    """

    areas: tuple[str, ...]
    first: int
    last: int
    body: str
    indicator: str
    listed: tuple[str, ...] = ()
    fact: str = ""
    open: str = ""
    document: str = ""
    view: str = FIGURE
    chart: str = AUTOMATIC
    measure: str = TOTAL
    at: str = RANGE
    axes: str = SHARED
    cover: str = AUTOMATIC
    scope: str = CHOSEN
    order: str = AUTOMATIC
    lines: str = JOINED
    rows: tuple[str, ...] = ()
    find: str = ""
    seek: str = ""
    words: str = ""
    page: str = ""
    focus: str = ""
    data: str = ""
    slides: str = ""
    language: str = "zh"

    @property
    def one_year(self) -> bool:
        """True where the chosen range is a single year."""
        return self.first == self.last

    def turned(self, place: str) -> int:
        """Which part of the list at a place of PLACES was turned to, from 1; 0 where none was."""
        own, _, number = self.page.partition(".")
        return int(number) if own == place else 0

    @property
    def of_totals(self) -> "Selection":
        """The selection as pages of several indicators show it: yearly totals, nobody in focus."""
        return replace(self, measure=TOTAL, at=RANGE, chart=AUTOMATIC, focus="")

    def includes(self, first: int, last: int) -> bool:
        """True where the years first–last overlap the chosen ones."""
        return first <= self.last and last >= self.first


@dataclass(frozen=True, slots=True)
class Dropped:
    """A part of a link that could not be used: `key` is a string of strings/ › dropped."""

    key: str
    value: str


def default(table: Table, body: str = "", language: str = "zh") -> Selection:
    """A fresh start: 人大, the cities with most figures, all years, the first indicator."""
    bodies = table.bodies() or ("npc",)
    body = body if body in bodies else bodies[0]
    years = table.years(body) or (0,)
    indicators = table.headlines_for(body) or table.indicators_for(body)
    most = (table.richest or tuple(table.areas))[:MOST_AREAS_AT_FIRST]
    return Selection(
        areas=tuple(code for code in table.areas if code in most),
        first=years[0],
        last=years[-1],
        body=body,
        indicator=indicators[0].id if indicators else "",
        data=table.digest,
        language=language,
    )


def to_params(selection: Selection) -> dict[str, str]:
    """Every parameter of the selection, as the address bar carries it."""
    params = {
        "areas": ".".join(selection.areas),
        "years": f"{selection.first}-{selection.last}",
        "body": selection.body,
        "indicator": selection.indicator,
        "at": selection.at,
        "measure": selection.measure,
        "view": selection.view,
        "chart": selection.chart,
        "axes": selection.axes,
        "cover": selection.cover,
        "scope": selection.scope,
        "order": selection.order,
        "lines": selection.lines,
        "rows": ".".join(selection.rows),
        "find": selection.find,
        "seek": selection.seek,
        "words": selection.words,
        "page": selection.page,
        "list": ".".join(selection.listed),
        "focus": selection.focus,
        "fact": selection.fact,
        "open": selection.open,
        "doc": selection.document,
        "slides": selection.slides,
        "lang": selection.language,
        "data": selection.data,
    }
    return {key: value for key, value in params.items() if value or key in ("areas",)}


def from_params(params: Mapping[str, str], table: Table) -> tuple[Selection, tuple[Dropped, ...]]:
    """A link's parameters → selection, with what could not be used.

    A parameter that is absent takes its default; one that is wrong does so too and is reported.
    """
    dropped: list[Dropped] = []
    language = params.get("lang", "zh")
    if language not in LANGUAGES:
        dropped.append(Dropped("lang", language))
        language = "zh"
    body = params.get("body", "")
    if body and body not in table.bodies():
        dropped.append(Dropped("body", body))
    chosen = default(table, body, language)

    if "areas" in params:
        codes = [code for code in params["areas"].split(".") if code]
        known = tuple(dict.fromkeys(code for code in codes if code in table.areas))
        dropped += [Dropped("area", code) for code in codes if code not in table.areas]
        if known or not codes:
            chosen = replace(chosen, areas=known)
    if years := params.get("years"):
        chosen, trouble = _with_years(chosen, years)
        dropped += trouble
    if indicator := params.get("indicator"):
        if indicator in {i.id for i in table.indicators_for(chosen.body)}:
            chosen = replace(chosen, indicator=indicator)
        else:
            known_elsewhere = indicator in table.indicators
            dropped.append(Dropped("foreign" if known_elsewhere else "indicator", indicator))
    if listed := params.get("list"):
        ids = listed.split(".")
        known = tuple(i for i in table.indicators if i in ids)
        dropped += [Dropped("indicator", i) for i in ids if i not in table.indicators]
        chosen = replace(chosen, listed=known)
    if fact := params.get("fact"):
        if table.figure(fact) or parse_key(fact):
            chosen = replace(chosen, fact=fact)
        else:
            dropped.append(Dropped("fact", fact))
    if key := params.get("open"):
        if table.figure(key) or parse_key(key) or parse_group(key):
            chosen = replace(chosen, open=key)
        else:
            dropped.append(Dropped("fact", key))
    given = dict(params)
    if (old := given.get("view", "")) in _OLD_VIEWS:
        given["view"], given["chart"] = FIGURE, _OLD_VIEWS[old]
    for key, options in CHOICES.items():
        wanted = given.get(key) or options[0]
        if wanted in options:
            chosen = replace(chosen, **{key: wanted})  # type: ignore[arg-type]
        else:
            dropped.append(Dropped(key, wanted))
    if rows := params.get("rows"):
        wanted_rows = rows.split(".")
        chosen = replace(chosen, rows=tuple(name for name in ROWS if name in wanted_rows))
        dropped += [Dropped("rows", name) for name in wanted_rows if name not in ROWS]
    for key in ("find", "seek", "words"):
        text = " ".join(params.get(key, "").split())[:LONGEST_FIND]
        chosen = replace(chosen, **{key: text})  # type: ignore[arg-type]
    if page := params.get("page"):
        if _PAGE.fullmatch(page):
            chosen = replace(chosen, page=page)
        else:
            dropped.append(Dropped("page", page))
    if focus := params.get("focus"):
        if focus in chosen.areas:
            chosen = replace(chosen, focus=focus)
        else:
            dropped.append(Dropped("focus", focus))
    if (data := params.get("data")) and data != table.digest:
        dropped.append(Dropped("data", data))
    chosen = replace(chosen, document=params.get("doc", ""), slides=params.get("slides", ""))
    return chosen, tuple(dropped)


def _with_years(chosen: Selection, years: str) -> tuple[Selection, list[Dropped]]:
    first, _, last = years.partition("-")
    last = last or first
    if not (first.isascii() and first.isdecimal() and last.isascii() and last.isdecimal()):
        return chosen, [Dropped("years", years)]
    low, high = sorted((int(first), int(last)))
    kept = max(low, chosen.first), min(high, chosen.last)
    if kept[0] > kept[1]:
        return chosen, [Dropped("years", years)]
    trouble = [] if kept == (low, high) else [Dropped("years_cut", years)]
    return replace(chosen, first=kept[0], last=kept[1]), trouble


def with_body(selection: Selection, table: Table, body: str) -> Selection:
    """The same for the other body: years and indicator that it does not have are replaced.

    All years stay all years; an indicator that both bodies report stays.
    """
    fresh = default(table, body, selection.language)
    before = table.years(selection.body)
    indicator = selection.indicator
    if indicator not in {i.id for i in table.indicators_for(fresh.body)}:
        indicator = fresh.indicator
    first, last = max(selection.first, fresh.first), min(selection.last, fresh.last)
    all_years = bool(before) and (selection.first, selection.last) == (before[0], before[-1])
    if all_years or first > last:
        first, last = fresh.first, fresh.last
    return replace(
        selection,
        body=fresh.body,
        first=first,
        last=last,
        indicator=indicator,
        fact="",
        listed=(),
        page="",
        open="",
    )
