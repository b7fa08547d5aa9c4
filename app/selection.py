"""What is chosen (areas, years, body, indicators, figure) and its form in the address bar.

The address always carries every parameter, defaults too, so that a link means the same next year:

    areas=410400.410600&years=2023-2024&body=npc&indicator=appointments&view=auto&lang=zh

`view` is bars, lines, table or auto. `fact` (a figure's id, or the key of a missing cell) and `doc`
(a document) are there when chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.data import Table
from app.states import parse_key
from app.text import LANGUAGES

MOST_AREAS_AT_FIRST = 6
AUTOMATIC = "auto"
BARS, LINES, TABLE = VIEWS = ("bars", "lines", "table")


@dataclass(frozen=True, slots=True)
class Selection:
    """The shared selection.

    `listed` are the indicators of the table page; empty means all. `view` is one of VIEWS, or
    empty for what suits the data.
    """

    areas: tuple[str, ...]
    first: int
    last: int
    body: str
    indicator: str
    listed: tuple[str, ...] = ()
    fact: str = ""
    document: str = ""
    view: str = ""
    language: str = "zh"

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
        language=language,
    )


def to_params(selection: Selection) -> dict[str, str]:
    """Every parameter of the selection, as the address bar carries it."""
    params = {
        "areas": ".".join(selection.areas),
        "years": f"{selection.first}-{selection.last}",
        "body": selection.body,
        "indicator": selection.indicator,
        "list": ".".join(selection.listed),
        "fact": selection.fact,
        "doc": selection.document,
        "view": selection.view or AUTOMATIC,
        "lang": selection.language,
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
        wanted = [code for code in params["areas"].split(".") if code]
        known = tuple(dict.fromkeys(code for code in wanted if code in table.areas))
        dropped += [Dropped("area", code) for code in wanted if code not in table.areas]
        if known or not wanted:
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
        wanted = listed.split(".")
        known = tuple(i for i in table.indicators if i in wanted)
        dropped += [Dropped("indicator", i) for i in wanted if i not in table.indicators]
        chosen = replace(chosen, listed=known)
    if fact := params.get("fact"):
        if table.figure(fact) or parse_key(fact):
            chosen = replace(chosen, fact=fact)
        else:
            dropped.append(Dropped("fact", fact))
    view = params.get("view", AUTOMATIC)
    if view in VIEWS:
        chosen = replace(chosen, view=view)
    elif view != AUTOMATIC:
        dropped.append(Dropped("view", view))
    if document := params.get("doc"):
        chosen = replace(chosen, document=document)
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
        selection, body=fresh.body, first=first, last=last, indicator=indicator, fact="", listed=()
    )
