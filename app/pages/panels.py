"""The small charts of 多指标: what each of them shows, as it is drawn, and with what its image stands alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app import charts, evidence
from app import format as fmt
from app.bands import Band, bands
from app.charts import panel
from app.charts.canvas import Setting
from app.charts.drawing import Drawing
from app.charts.marks import Mark, yearly_marks
from app.comparison import Comparison, compare
from app.context import Context
from app.coverage import Cube
from app.exports.names import file_stem
from app.markup import Node, el
from app.rates import TOTAL
from app.selection import SHARED
from app.theme import styles_of
from etl.catalogue import Indicator

# Up to so many areas are lines of their own; of more, a band shows how their figures are spread.
SIDE_BY_SIDE = 8


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart: the areas' marks, or the bands with the marks of the area in focus.

    `alt` says the same in words; `cautions` are what whoever sees its image alone has to know.
    """

    indicator: Indicator
    marks: Sequence[Mark]
    bands: Sequence[Band]
    reported: int
    alt: str
    cautions: Sequence[str] = ()

    @property
    def values(self) -> list[float]:
        """What the value axis has to hold."""
        return [m.value for m in self.marks if m.value is not None] + [
            b.high for b in self.bands if b.high is not None
        ]


def panels(context: Context, indicators: Sequence[Indicator], whole: Cube) -> list[Panel]:
    """A panel for each indicator over the years of the cube, which has all of them."""
    counts = whole.reported.sum(axis=(0, 2))
    reported = {i: int(n) for i, n in zip(whole.indicators, counts, strict=True)}
    if len(context.selection.areas) > SIDE_BY_SIDE:
        return _of_many(context, indicators, whole, reported)
    return _of_few(context, comparisons(context, indicators, whole.years), reported)


def comparisons(
    context: Context, indicators: Sequence[Indicator], years: tuple[int, ...]
) -> list[Comparison]:
    """Each indicator's comparison over the years: the panels stand beside one another.

    Of totals alone: not every indicator has rates.
    """
    chosen = replace(context.selection, measure=TOTAL)
    return [compare(context.table, chosen, indicator.id, years) for indicator in indicators]


def drawings(context: Context, found: Sequence[Panel]) -> str:
    """The panels as panels.js draws them, JSON."""
    plain = [_drawing(context, each, found).plain | {"image": _image(context, each)}
             for each in found]  # fmt: skip
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def places(context: Context, found: Sequence[Panel], cells: int) -> Node:
    """Where the panels are drawn: each beneath its name, which leads to 对比, and its unit."""
    return el("div", *(_place(context, *each, cells) for each in enumerate(found)), cls="panels")


def _of_few(
    context: Context, found: Sequence[Comparison], reported: Mapping[str, int]
) -> list[Panel]:
    table, words = context.table, context.words
    return [
        Panel(each.indicator, yearly_marks(table, each, words), (), reported[each.indicator.id],
              charts.alternative(table, each, words), charts.cautions(each, words))
        for each in found
    ]  # fmt: skip


def _of_many(
    context: Context, indicators: Sequence[Indicator], whole: Cube, reported: Mapping[str, int]
) -> list[Panel]:
    table, chosen, words = context.table, context.selection, context.words
    spread = bands(table, whole, [indicator.id for indicator in indicators])
    found = []
    for indicator in indicators:
        marks: list[Mark] = []
        if chosen.focus:
            own = replace(chosen, areas=(chosen.focus,), measure=TOTAL)
            comparison = compare(table, own, indicator.id, whole.years)
            marks = yearly_marks(table, comparison, words)
        alt = words(
            "chart.alt_many", name=evidence.name_of(indicator, words), areas=len(chosen.areas),
            reported=reported[indicator.id], all=len(chosen.areas) * len(whole.years),
        )  # fmt: skip
        found.append(Panel(indicator, marks, spread[indicator.id], reported[indicator.id], alt,
                           [words("multiples.image_band")]))  # fmt: skip
    return found


def _drawing(context: Context, each: Panel, all_: Sequence[Panel]) -> Drawing:
    chosen = context.selection
    names = {area: context.table.areas[area].label for area in chosen.areas}
    looks = context.styles
    if each.bands and chosen.focus:
        looks = {chosen.focus: styles_of(context.palette)[0]}
    room = charts.PROJECTOR if context.window == "projector" else charts.WIDE
    setting = Setting(names, looks, context.words, context.palette, focus=chosen.focus, room=room)
    unit, name = each.indicator.unit, evidence.name_of(each.indicator, context.words)
    top = 0.0
    if chosen.axes == SHARED:
        top = panel.top_of([v for other in all_ if other.indicator.unit == unit
                            for v in other.values])  # fmt: skip
    if each.bands:
        return panel.band(each.bands, each.marks, setting, unit, top, name)
    years = sorted({mark.year for mark in each.marks if mark.year})
    return panel.areas(each.marks, years, setting, unit, top, name)


def _image(context: Context, each: Panel) -> dict[str, Any]:
    """What stands in the image of a panel besides the chart, and the name of its file."""
    chosen, words = context.selection, context.words
    name, body = evidence.name_of(each.indicator, words), words(f"body.{chosen.body}")
    years = fmt.years(chosen.first, chosen.last, words)
    unit = fmt.unit_name(each.indicator.unit, words)
    looks = context.styles
    if each.bands:
        looks = {chosen.focus: styles_of(context.palette)[0]} if chosen.focus else {}
    return {
        "file": file_stem([name, body, years]),
        "title": name,
        "scope": words("compare.scope", body=body, years=years, unit=unit),
        "key": [
            {"glyph": look.glyph, "color": look.color, "name": context.table.areas[area].label}
            for area, look in looks.items()
        ],
        "notes": [
            words("chart.footer", name=name, unit=unit, body=body),
            *(() if each.bands else (words("multiples.image_marks"),)),
            *each.cautions,
        ],
        "muted": context.palette.muted,
    }


def _place(context: Context, number: int, each: Panel, cells: int) -> Node:
    words = context.words
    name = evidence.name_of(each.indicator, words)
    unit = words("multiples.unit", unit=fmt.unit_name(each.indicator.unit, words),
                 reported=f"{each.reported:,}", all=f"{cells:,}")  # fmt: skip
    return el(
        "div",
        el(
            "div",
            el(
                "div",
                el("button", name, cls="link name", pick=f"indicator:{each.indicator.id}",
                   title=words("multiples.open", name=name)),
                el("p", unit, cls="unit"),
            ),
            el("button", cls="image", image=str(number), label=words("multiples.image", name=name)),
            cls="head",
        ),
        el("div", cls="plot", drawing=str(number), role="img", label=each.alt),
        cls="panel",
    )  # fmt: skip
