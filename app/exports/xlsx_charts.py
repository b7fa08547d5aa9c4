"""The workbook's charts: native and editable, over cells that are blank where a figure is missing.

A blank is drawn as a gap; a word would be drawn as 0. What is missing is named below the cells.
Each chart is the one of the screen (app.scene) in the areas' colours. Excel has no dots, dumbbells
or strips: one year is a row of bars, and so are two years of a dumbbell, the earlier one pale, and
any chart of more areas than there are colours; other years are columns side by side, lines and
slopes are lines.
"""

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from app import evidence, takeaways
from app import format as fmt
from app.comparison import on_show
from app.exports import workbook
from app.exports.model import Scope
from app.exports.workbook import HEAD_FONT, Book
from app.scene import Chart, Point, Room, Scene, scene
from app.selection import DUMBBELL
from app.slides import said
from app.theme import LIGHT, pale

# What can be told apart in a chart of this size.
ROOM = Room(areas=8, years=40, rows=40)
MOST_CHARTS = 20
_CHART_ROWS = 19
# In print, so many percent let two charts of a few areas share an A4 page of so many rows.
_SCALE, _PAGE_ROWS = 65, 50
_NAMED = 12
# Plotly's names of the markers → Excel's.
_MARKERS = {
    "circle": "circle", "square": "square", "diamond": "diamond", "triangle-up": "triangle",
    "triangle-down": "short_dash", "star": "star", "pentagon": "x", "hexagon": "plus",
}  # fmt: skip
# Widths in characters: of the column of names, of a year's; notes go over so many of the latter.
_NAMES, _YEARS, _ACROSS = 20, 11, 8
_FONT = {"name": HEAD_FONT, "size": 10}


def charts(book: Book, scope: Scope) -> None:
    """Write the sheet; none where no indicator has a yearly figure."""
    words, table, chosen = scope.words, scope.table, scope.selection
    shown = [on_show(table, chosen, indicator) for indicator in scope.indicators]
    shown = [c for c in shown if any(cell.figure for cell in c.cells)]
    if not shown:
        return
    drawn = [scene(table, c, chosen, words, LIGHT, ROOM) for c in shown[:MOST_CHARTS]]
    sheet = book.sheet(words("exports.sheet_charts"))
    sheet.set_column(0, 0, _NAMES)
    most = max(len(each.chart.categories) for each in drawn if each.chart)
    sheet.set_column(1, max(_ACROSS, most), _YEARS)
    sheet.set_print_scale(_SCALE)
    row = page = 0
    breaks = []
    for comparison, each in zip(shown, drawn, strict=False):
        alt = takeaways.summary(table, comparison, words)
        below = _block(book, sheet, row, scope, each, alt)
        if below - page > _PAGE_ROWS and row > page:
            breaks.append(row)
            page = row
        row = below
    sheet.set_h_pagebreaks(breaks)
    if len(shown) > MOST_CHARTS:
        cut = words("exports.charts_left_out", shown=MOST_CHARTS, all=len(shown))
        sheet.write_string(row, 0, cut, book.style("plain"))


def _block(book: Book, sheet: Worksheet, row: int, scope: Scope, drawn: Scene, alt: str) -> int:
    """Cells, what is missing, and the chart of one indicator; returns the row below."""
    words, chart = scope.words, drawn.chart
    if chart is None:
        return row
    name = words(
        "exports.chart_title",
        name=evidence.name_of(drawn.shown.indicator, words),
        unit=chart.unit,
    )
    sheet.write_string(row, 0, workbook.text(name, ""), book.style("heading"))
    row += 1
    years = [str(year) for year in drawn.shown.years] or list(chart.categories)
    for column, label in enumerate([words("column.area"), *years]):
        sheet.write_string(row, column, label, book.style("head"))
    first = row + 1
    number = book.style("number", "#,##0.00") if drawn.shown.rated else book.style("number")
    for offset, series in enumerate(chart.series):
        sheet.write_string(first + offset, 0, workbook.text(series.label, ""), book.style("label"))
        for column, point in enumerate(series.points, 1):
            if point.value is None:
                sheet.write_blank(first + offset, column, None, number)
            else:
                sheet.write_number(first + offset, column, point.value, number)
    row = first + len(chart.series)
    for remark in _remarks(scope, drawn, chart):
        said = workbook.text(remark, "")
        sheet.merge_range(row, 0, row, _ACROSS, said, book.style("note"))
        sheet.set_row(row, workbook.height(said, _NAMES + _ACROSS * _YEARS))
        row += 1
    native = _chart(book, sheet.name, first, chart)
    sheet.insert_chart(row, 0, native, {"description": workbook.text(name + " " + alt, "")[:2000],
                                        "y_offset": 6})  # fmt: skip
    return row + max(_CHART_ROWS, math.ceil((_height(chart) + 30) / 20))


def _remarks(scope: Scope, drawn: Scene, chart: Chart) -> list[str]:
    """What is missing, what was left out, how rates were made, where the axis starts."""
    words, shown = scope.words, drawn.shown
    labels = {point.key: point.label for series in chart.series for point in series.points
              if point.value is None}  # fmt: skip
    found = []
    named = [
        f"{fmt.years(c.year, c.year, words)}{scope.table.areas[c.area].label}{labels[key]}"
        for c in shown.cells
        if (key := c.figure.fact_id if c.figure else c.key) in labels
    ]
    if named:
        key = "exports.chart_missing" if len(named) <= _NAMED else "exports.chart_missing_many"
        items = words("list.comma").join(named[:_NAMED])
        found.append(words(key, named=items, count=len(named)))
    found += drawn.left_out
    found += said.measure(scope.table, shown, words)
    found += said.differences(scope.table, shown, words)
    return found


def _chart(book: Book, sheet: str, first: int, chart: Chart) -> Any:
    """The chart over the cells [first.., 1..]: series are areas, or years where areas stand below."""
    last, end = first + len(chart.series) - 1, len(chart.categories)
    by_area = _by_area(chart)
    kind = "line" if chart.across else "bar" if by_area else "column"
    native = book.file.add_chart({"type": kind})
    for place in range(end if by_area else len(chart.series)):
        if by_area:
            column = place + 1
            colors = [series.style.color for series in chart.series]
            colors = colors if place == end - 1 else list(map(pale, colors))
            points = [series.points[place] for series in chart.series]
            drawn: dict[str, Any] = {
                "name": [sheet, first - 1, column],
                "categories": [sheet, first, 0, last, 0],
                "values": [sheet, first, column, last, column],
                "fill": {"color": LIGHT.muted if place == end - 1 else pale(LIGHT.muted)},
            }
        else:
            series, row = chart.series[place], first + place
            points, colors = list(series.points), [series.style.color] * end
            drawn = {
                "name": [sheet, row, 0],
                "categories": [sheet, first - 1, 1, first - 1, end],
                "values": [sheet, row, 1, row, end],
                **_look(chart, series.style.color, series.style.symbol),
            }
        if not chart.across:
            drawn |= {
                "gap": 80,
                "points": [_fill(c, p) for c, p in zip(colors, points, strict=True)],
            }
        native.add_series(drawn | {"data_labels": _labels(points)})
    # XlsxWriter leaves "gap" out as Excel 2007's default; the standard's own default is "zero".
    native._write_disp_blanks_as = lambda: native._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])
    # By its cell: a name such as 甲!A1 would become a reference if it stood here itself.
    native.set_title(
        {"name": [sheet, first - 2, 0], "name_font": {**_FONT, "size": 14, "color": LIGHT.ink}}
    )
    below = {"num_font": _FONT, "major_gridlines": {"visible": False}}
    # Bars have their values at their ends; an axis would say them twice.
    values = {
        "num_font": _FONT, "min": chart.start if chart.across else 0, "visible": not by_area,
        "major_gridlines": {"visible": not by_area, "line": {"color": LIGHT.faint}},
        "line": {"none": True},
    }  # fmt: skip
    native.set_x_axis(values if by_area else below)
    native.set_y_axis(below | {"reverse": True, "interval_unit": 1} if by_area else values)
    legend = {"none": True} if by_area and end == 1 else {"position": "bottom", "font": _FONT}
    native.set_legend(legend)
    native.set_size({"width": 900, "height": _height(chart)})
    return native


def _by_area(chart: Chart) -> bool:
    """Whether areas stand beside the axis, so that their colours need not tell them apart."""
    columns = len(chart.categories)
    several = len(chart.series) > len(LIGHT.areas)
    return not chart.across and (columns == 1 or chart.kind == DUMBBELL or several)


def _height(chart: Chart) -> int:
    """The height of a chart in pixels: rows of bars have room for their names and values."""
    rows = len(chart.series) * len(chart.categories) if _by_area(chart) else 0
    return max(350, 90 + 18 * rows)


def _look(chart: Chart, color: str, symbol: str) -> dict[str, Any]:
    """How the series of an area looks as a line with its markers, or as columns."""
    if not chart.across:
        return {"fill": {"color": color}}
    return {
        "line": {"color": color, "width": 2.25},
        "marker": {"type": _MARKERS[symbol], "size": 7, "fill": {"color": color},
                   "border": {"color": color}},
    }  # fmt: skip


def _fill(color: str, point: Point) -> dict[str, Any]:
    """A column in its area's colour; hatched where the figure is ≥, ≤ or 约."""
    if point.exact:
        return {"fill": {"color": color}}
    hatch = {"pattern": "wide_upward_diagonal", "fg_color": color, "bg_color": LIGHT.paper}
    return {"pattern": hatch, "border": {"color": color}}


def _labels(points: Sequence[Point]) -> dict[str, Any]:
    """Values at the marks; where a label says more than its number (≥, 计数), that label."""
    custom: list[dict[str, Any] | None] = [
        {"value": point.label}
        if point.value is not None and point.label != fmt.number(point.value)
        else None
        for point in points
    ]
    found: dict[str, Any] = {"value": True, "font": _FONT, "num_format": "General"}
    return found | ({"custom": custom} if any(custom) else {})
