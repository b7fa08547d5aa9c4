"""The workbook's charts: native and editable, over cells that are blank where a figure is missing.

A blank is drawn as a gap; a word would be drawn as 0. What is missing is named below the cells.
One or two years are columns, in the areas' colours where there is one year; more are lines.
"""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from app import evidence, takeaways
from app import format as fmt
from app.comparison import Comparison
from app.exports import workbook
from app.exports.model import Scope
from app.exports.workbook import HEAD_FONT, Book
from app.states import Cell
from app.text import Text
from app.theme import LIGHT, styles

# What can be told apart in a chart of this size.
MOST_COLUMNS, MOST_LINES, MOST_CHARTS = 20, 8, 20
_CHART_ROWS = 19
# In print, so many percent let two charts of a few areas share an A4 page of so many rows.
_SCALE, _PAGE_ROWS = 65, 50
_NAMED = 12
_EARLIER, _LATER = "#9DB8D2", "#0B4F8A"
_MARKERS = ("circle", "square", "diamond", "triangle", "x", "star", "plus", "short_dash")
_FONT = {"name": HEAD_FONT, "size": 10}


def charts(book: Book, scope: Scope, comparisons: Sequence[Comparison]) -> None:
    """Write the sheet; none where no indicator has a yearly figure."""
    words = scope.words
    drawn = [c for c in comparisons if any(cell.figure for cell in c.cells)]
    if not drawn:
        return
    sheet = book.sheet(words("exports.sheet_charts"))
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, max(8, len(drawn[0].years)), 11)
    sheet.set_print_scale(_SCALE)
    row = page = 0
    breaks = []
    for comparison in drawn[:MOST_CHARTS]:
        below = _block(book, sheet, row, scope, comparison)
        if below - page > _PAGE_ROWS and row > page:
            breaks.append(row)
            page = row
        row = below
    sheet.set_h_pagebreaks(breaks)
    if len(drawn) > MOST_CHARTS:
        said = words("exports.charts_left_out", shown=MOST_CHARTS, all=len(drawn))
        sheet.write_string(row, 0, said, book.style("plain"))


def _block(book: Book, sheet: Worksheet, row: int, scope: Scope, comparison: Comparison) -> int:
    """Cells, what is missing, and the chart of one indicator; returns the row below."""
    words, table, years = scope.words, scope.table, comparison.years
    lines = len(years) > 2
    cells = {(c.area, c.year): c for c in comparison.cells}
    most = MOST_LINES if lines else MOST_COLUMNS
    given: Sequence[str] = comparison.areas
    if len(given) > most:
        given = [a for a in given if any(cells[a, y].figure for y in years)]
    areas = given[:most]
    name = words(
        "exports.chart_title",
        name=evidence.name_of(comparison.indicator, words),
        unit=fmt.unit_name(comparison.indicator.unit, words),
    )
    sheet.write_string(row, 0, workbook.text(name, ""), book.style("heading"))
    row += 1
    for column, label in enumerate([words("column.area"), *(str(year) for year in years)]):
        sheet.write_string(row, column, label, book.style("head"))
    first = row + 1
    for offset, area in enumerate(areas):
        label = workbook.text(table.areas[area].label, "")
        sheet.write_string(first + offset, 0, label, book.style("label"))
        for column, year in enumerate(years, 1):
            if figure := cells[area, year].figure:
                sheet.write_number(first + offset, column, figure.value, book.style("number"))
            else:
                sheet.write_blank(first + offset, column, None, book.style("number"))
    row = first + len(areas)
    for said in _remarks(scope, comparison, len(areas), len(given)):
        sheet.write_string(row, 0, workbook.text(said, ""), book.style("plain"))
        row += 1
    grid = [[cells[area, year] for year in years] for area in areas]
    chart = _chart(book, scope, sheet.name, name, first, areas, years, grid, lines)
    alt = "".join(takeaways.sentences(table, comparison, words))
    sheet.insert_chart(row, 0, chart, {"description": workbook.text(name + " " + alt, "")[:2000],
                                       "y_offset": 6})  # fmt: skip
    return row + _CHART_ROWS


def _remarks(scope: Scope, comparison: Comparison, shown: int, given: int) -> list[str]:
    words, table = scope.words, scope.table
    absent = [c for c in comparison.cells if c.figure is None]
    said = []
    if absent:
        comma = words("list.comma")
        named = [
            f"{fmt.years(c.year, c.year, words)}{table.areas[c.area].label}{words(f'state.{c.state}')}"
            for c in absent[:_NAMED]
        ]
        key = "exports.chart_missing" if len(absent) <= _NAMED else "exports.chart_missing_many"
        said.append(words(key, named=comma.join(named), count=len(absent)))
    if shown < given:
        said.append(words("exports.chart_left_out", shown=shown, all=given))
    return said


def _chart(
    book: Book,
    scope: Scope,
    sheet: str,
    name: str,
    first: int,
    areas: Sequence[str],
    years: Sequence[int],
    grid: Sequence[Sequence[Cell]],
    lines: bool,
) -> Any:
    """The chart over the cells [first.., 1..]: series are areas (lines) or years (columns)."""
    words = scope.words
    colours = [style.color for style in styles(areas, scope.table.areas).values()]
    last, end = first + len(areas) - 1, len(years)
    chart = book.file.add_chart({"type": "line" if lines else "column"})
    if lines:
        for place in range(len(areas)):
            color, marker = colours[place], _MARKERS[place % len(_MARKERS)]
            chart.add_series(
                {
                    "name": [sheet, first + place, 0],
                    "categories": [sheet, first - 1, 1, first - 1, end],
                    "values": [sheet, first + place, 1, first + place, end],
                    "line": {"color": color, "width": 2.25},
                    "marker": {"type": marker, "size": 7, "fill": {"color": color},
                               "border": {"color": color}},
                    "data_labels": _labels(grid[place], words),
                }
            )  # fmt: skip
    else:
        for column in range(len(years)):
            one = len(years) == 1
            own = _LATER if column == len(years) - 1 else _EARLIER
            chart.add_series(
                {
                    "name": [sheet, first - 1, column + 1],
                    "categories": [sheet, first, 0, last, 0],
                    "values": [sheet, first, column + 1, last, column + 1],
                    "fill": {"color": own},
                    "points": [{"fill": {"color": c}} for c in colours] if one else None,
                    "gap": 80,
                    "data_labels": _labels([line[column] for line in grid], words),
                }
            )
    # XlsxWriter leaves "gap" out as Excel 2007's default; the standard's own default is "zero".
    chart._write_disp_blanks_as = lambda: chart._xml_empty_tag("c:dispBlanksAs", [("val", "gap")])
    chart.set_title({"name": name, "name_font": {**_FONT, "size": 14, "color": LIGHT.ink}})
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis(
        {"num_font": _FONT, "min": 0, "major_gridlines": {"visible": True,
         "line": {"color": LIGHT.faint}}, "line": {"none": True}}
    )  # fmt: skip
    chart.set_legend(
        {"position": "bottom", "font": _FONT} if lines or len(years) > 1 else {"none": True}
    )
    chart.set_size({"width": 900, "height": 350})
    return chart


def _labels(cells: Sequence[Cell], words: Text) -> dict[str, Any]:
    """Values at the marks; where a figure has a mark (≥, 计数), its label says it."""
    custom: list[dict[str, Any] | None] = []
    for cell in cells:
        figure = cell.figure
        marked = figure and (figure.qualifier != "exact" or fmt.marks(figure.method, words))
        if figure and marked:
            said = fmt.value(figure.value, figure.qualifier, words)
            custom.append({"value": said + fmt.marks(figure.method, words)})
        else:
            custom.append(None)
    found: dict[str, Any] = {"value": True, "font": _FONT, "num_format": "General"}
    return found | ({"custom": custom} if any(custom) else {})
