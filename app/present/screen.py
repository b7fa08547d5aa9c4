"""Slides → what deck.js shows: lists, numbers and strings, with the colours of both papers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.data import Table
from app.scene import Chart
from app.selection import DUMBBELL
from app.slides import Grid, Quote, Slide
from app.states import GLYPHS
from app.text import Text
from app.theme import DARK, LIGHT, Style, styles
from app.typeset import shorten

# The presenter's keys that deck.js takes, in the order of its help.
KEYS = (
    "next", "previous", "ends", "stress", "sentences", "black", "dark", "full", "leave",
)  # fmt: skip
# The words that stand on the buttons and in the labels of deck.js.
WORDS = (
    "slide", "stress", "sentences", "no_sentence", "help", "previous", "next", "dark", "full",
    "leave", "notes", "more", "absent",
)  # fmt: skip

# In ems: the longest name of an area or indicator in a key or a table.
NAME = 18.0

Colors = Mapping[str, Mapping[str, str]]


def for_screen(
    slides: Iterable[Slide], table: Table, words: Text, dark: bool = False, start: int = 0
) -> dict[str, Any]:
    """The deck as deck.js takes it; `start` is the number of the slide that is shown first.

    The area in focus is stressed from the first slide on; all keep their colours, so that another
    one can be.
    """
    slides = tuple(slides)
    return {
        "focus": next((s.chart.focus for s in slides if s.chart and s.chart.focus), ""),
        "language": "zh-CN" if words.chinese else "en",
        "theme": "dark" if dark else "light",
        "start": start,
        "words": {key: words(f"present.{key}") for key in WORDS}
        | {"keys": [[words(f"present.keys.{k}"), words(f"present.does.{k}")] for k in KEYS]},
        "slides": [_slide(slide, table, words) for slide in slides],
    }


def _slide(slide: Slide, table: Table, words: Text) -> dict[str, Any]:
    codes = _areas(slide)
    light, dark = (styles(codes, table.areas, palette) for palette in (LIGHT, DARK))
    colors = {code: {"light": light[code].color, "dark": dark[code].color} for code in codes}
    said: dict[str, Any] = {
        "id": slide.id,
        "kind": str(slide.kind),
        "headline": slide.headline,
        "subtitle": slide.subtitle,
        "foot": [
            " ".join(part for part in (slide.missing, slide.left_out) if part),
            " ".join(slide.footnotes),
            slide.definition,
        ],
        "areas": [
            {"code": code, "label": shorten(table.areas[code].label, NAME), "glyph": light[code].glyph,
             "color": colors[code]}
            for code in codes
        ],
        "quotes": [_quote(quote, slide, colors, words) for quote in slide.quotes],
    }  # fmt: skip
    if slide.chart:
        said["chart"] = _chart(slide.chart, light, colors, words)
        said["alternative"] = _alternative(slide.chart, words)
    if slide.grid:
        said["head"], said["rows"] = _grid(slide.grid)
    if slide.lines:
        said["lines"] = list(slide.lines)
    return said


def _areas(slide: Slide) -> tuple[str, ...]:
    """The areas that can be stressed, in the order in which they stand on the slide."""
    found: Sequence[str] = ()
    if slide.chart:
        found = [series.area for series in slide.chart.series]
    elif slide.grid:
        found = slide.grid.areas
    return tuple(code for code in dict.fromkeys(found) if code)


def _chart(chart: Chart, look: Mapping[str, Style], colors: Colors, words: Text) -> dict[str, Any]:
    """The chart; the rows of a dumbbell have their words, and the chart says which mark is which."""
    pairs = chart.kind == DUMBBELL
    key = words("report.dumbbell", first=chart.categories[0], last=chart.categories[-1])
    return {
        "kind": chart.kind,
        "across": chart.across,
        "start": chart.start,
        "key": key if pairs else "",
        "categories": list(chart.categories),
        "unit": chart.unit,
        "labelled": chart.labelled or chart.close,
        "series": [
            {
                "area": series.area,
                "label": series.label,
                "symbol": look[series.area].symbol,
                "color": colors[series.area],
                "pair": chart.pair(series, words) if pairs else None,
                "points": [
                    {"value": p.value, "label": p.label, "exact": p.exact, "glyph": GLYPHS[p.state]}
                    for p in series.points
                ],
            }
            for series in chart.series
        ],
    }


def _alternative(chart: Chart, words: Text) -> str:
    """The chart in words, for those who do not see it."""
    items = [
        words("present.point", area=series.label, category=category, value=point.label)
        for series in chart.series
        for category, point in zip(chart.categories, series.points, strict=True)
    ]
    return words("list.semicolon").join(items)


def _grid(grid: Grid) -> tuple[list[list[dict[str, Any]]], list[list[dict[str, Any]]]]:
    """Head and body of a table; cells are tagged with the area that they belong to."""
    by_column = _area_of_columns(grid)
    corner = {"text": grid.corner, "deep": 2 if grid.groups else 1}
    head: list[list[dict[str, Any]]] = []
    columns = [
        {"text": shorten(name, NAME), "area": area}
        for name, area in zip(grid.columns, by_column, strict=True)
    ]
    if grid.groups:
        areas = grid.areas or ("",) * len(grid.groups)
        groups = [
            {"text": shorten(name, NAME), "span": span, "area": area}
            for (name, span), area in zip(grid.groups, areas, strict=True)
        ]
        head = [[corner, *groups], columns]
    else:
        head = [[corner, *columns]]
    by_row = ("",) * len(grid.rows) if grid.groups or not grid.areas else grid.areas
    rows = [
        [
            {"text": shorten(name, NAME), "area": area},
            *(
                {"text": cell.text, "area": area or by_column[n],
                 "state": str(cell.state) if cell.state else ""}
                for n, cell in enumerate(cells)
            ),
        ]
        for (name, cells), area in zip(grid.rows, by_row, strict=True)
    ]  # fmt: skip
    return head, rows


def _area_of_columns(grid: Grid) -> list[str]:
    """The area of each column where the groups of columns are areas, else ""."""
    if not grid.groups or not grid.areas:
        return [""] * len(grid.columns)
    return [
        area for (_, span), area in zip(grid.groups, grid.areas, strict=True) for _ in range(span)
    ]


def _quote(quote: Quote, slide: Slide, colors: Colors, words: Text) -> dict[str, Any]:
    source = next((s.full for s in slide.sources if s.number == quote.source), "")
    none = {"light": LIGHT.muted, "dark": DARK.muted}
    return {
        "area": quote.area,
        "heading": quote.said,
        "text": quote.sentence,
        "mark": list(quote.mark) if quote.mark else None,
        "source": words("present.source", source=source, note=quote.note).strip(),
        "color": colors.get(quote.area, none),
    }
