"""The workbook's reading table: title, 单位, areas by years, what stands apart, notes.

One indicator: areas × years. Several with few columns: indicators × (area, year), as a printed
comparison has it. Many: a row an indicator and area, so that it can be filtered and never gets
wider than the years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from app import evidence
from app import format as fmt
from app.comparison import Comparison
from app.data import Figure
from app.exports import workbook
from app.exports.model import Scope
from app.exports.workbook import Book
from app.states import Cell
from app.text import Text
from etl.catalogue import Indicator

# As many columns of figures as an A4 page in landscape shows in a readable size.
MOST_ACROSS = 12
DEFINED_HERE = 4
_YEAR_WIDTH = 13.0


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table: `head` in one or two rows of (label, columns that it spans), then lines."""

    head: tuple[tuple[tuple[str, int], ...], ...]
    lines: tuple[tuple[tuple[str, ...], tuple[Cell, ...]], ...]
    labels: int

    @property
    def columns(self) -> int:
        """How many columns the table has."""
        return sum(span for _, span in self.head[-1])


def reading(
    book: Book, scope: Scope, comparisons: Sequence[Comparison], places: Mapping[str, int]
) -> None:
    """Write the sheet; `places` is the row of each figure (fact_id) in the sources sheet."""
    words = scope.words
    sheet = book.sheet(words("exports.sheet_reading"))
    layout = _layout(scope, comparisons)
    columns = max(layout.columns, 4)
    widths = _widths(layout, columns)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    row = _top(book, sheet, scope, comparisons, columns)
    first = row
    for head in layout.head:
        row = _head(book, sheet, row, head)
    sheet.repeat_rows(first, row - 1)
    sheet.freeze_panes(row, layout.labels)
    links = len(places) <= workbook.LINKS
    for labels, cells in layout.lines:
        for column, label in enumerate(labels):
            sheet.write_string(row, column, workbook.text(label, ""), book.style("label"))
        longest = max(
            (workbook.height(label, widths[c] - 1) for c, label in enumerate(labels)), default=18.0
        )
        sheet.set_row(row, max(18.0, longest))
        for column, cell in enumerate(cells, len(labels)):
            if cell.figure is None:
                sheet.write_string(row, column, words(f"state.{cell.state}"), book.style("missing"))
            else:
                _figure(book, sheet, row, column, cell.figure, places if links else {})
        row += 1
    row = _apart(book, sheet, row + 1, scope, comparisons, places if links else {})
    _notes(book, sheet, row, scope, sum(widths[:columns]), columns)


def _layout(scope: Scope, comparisons: Sequence[Comparison]) -> _Layout:
    words, table = scope.words, scope.table
    years = comparisons[0].years if comparisons else ()
    said = [fmt.years(year, year, words) for year in years]
    area_head, indicator_head, unit_head = (
        words("column.area"), words("column.indicator"), words("column.unit"),
    )  # fmt: skip
    shown = [c for c in comparisons if not c.indicator.planned]
    if len(comparisons) == 1:
        return _Layout(
            head=(((area_head, 1), *((year, 1) for year in said)),),
            lines=tuple(
                ((table.areas[area].label,), tuple(c for c in comparison.cells if c.area == area))
                for comparison in shown
                for area in comparison.areas
            ),
            labels=1,
        )
    if len(scope.areas) * len(years) <= MOST_ACROSS and len(years) > 0:
        names = [area.label for area in scope.areas]
        over = ((indicator_head, 1), (unit_head, 1), *((name, len(years)) for name in names))
        under = (("", 1), ("", 1), *((year, 1) for _ in names for year in said))
        return _Layout(
            head=(over, under),
            lines=tuple((_names(c.indicator, words), c.cells) for c in shown),
            labels=2,
        )
    return _Layout(
        head=(((indicator_head, 1), (unit_head, 1), (area_head, 1), *((y, 1) for y in said)),),
        lines=tuple(
            (
                (*_names(c.indicator, words), table.areas[area].label),
                c.cells[place * len(years) : (place + 1) * len(years)],
            )
            for c in shown
            for place, area in enumerate(c.areas)
        ),
        labels=3,
    )


def _names(indicator: Indicator, words: Text) -> tuple[str, str]:
    return evidence.name_of(indicator, words), fmt.unit_name(indicator.unit, words)


def _widths(layout: _Layout, columns: int) -> list[float]:
    """A column's width follows its longest label, within reason; years are all alike."""
    widths = []
    for column in range(layout.labels):
        labels = [labels[column] for labels, _ in layout.lines] + [layout.head[0][column][0]]
        longest = max(workbook.width(label) for label in labels)
        widths.append(float(min(34, max(8, longest + 3))))
    return widths + [_YEAR_WIDTH] * (columns - layout.labels)


def _top(
    book: Book, sheet: Worksheet, scope: Scope, comparisons: Sequence[Comparison], columns: int
) -> int:
    """Title, scope and unit; returns the row below."""
    words, chosen = scope.words, scope.selection
    years = fmt.years(chosen.first, chosen.last, words)
    body = words(f"body.{chosen.body}")
    one = comparisons[0].indicator if len(comparisons) == 1 else None
    title = (
        words("exports.title_one", name=evidence.name_of(one, words))
        if one
        else words("exports.title_many", body=body)
    )
    sheet.merge_range(0, 0, 0, columns - 1, workbook.text(title, ""), book.style("title"))
    sheet.set_row(0, 30)
    left = words("exports.scope", body=body, years=years, areas=len(scope.areas))
    unit = words("exports.unit", unit=fmt.unit_name(one.unit, words)) if one else ""
    sheet.merge_range(1, 0, 1, columns - 2, left, book.style("scope"))
    sheet.write_string(1, columns - 1, unit, book.style("unit"))
    sheet.set_row(1, 20)
    return 2


def _head(book: Book, sheet: Worksheet, row: int, head: Sequence[tuple[str, int]]) -> int:
    style, column = book.style("head"), 0
    for label, span in head:
        shown = workbook.text(label, "")
        if span > 1:
            sheet.merge_range(row, column, row, column + span - 1, shown, style)
        else:
            sheet.write_string(row, column, shown, style)
        column += span
    sheet.set_row(row, 22)
    return row + 1


def _figure(
    book: Book, sheet: Worksheet, row: int, column: int, figure: Figure, places: Mapping[str, int]
) -> None:
    style = book.style("number", number_format(figure, book.words))
    if place := places.get(figure.fact_id):
        target = f"internal:'{book.words('exports.sheet_sources')}'!A{place + 1}"
        sheet.write_url(row, column, target, style, tip=workbook.text(figure.sentence, "")[:250])
    sheet.write_number(row, column, figure.value, style)


def number_format(figure: Figure, words: Text) -> str:
    """Excel's number format that shows the figure with its marks: "≥"#,##0, #,##0"（计数）"."""
    digits = "#,##0" if figure.value == int(figure.value) else "#,##0.0#"
    sign = words(f"qualifier.sign.{figure.qualifier}")
    marks = fmt.marks(figure.method, words)
    return (f'"{sign}"' if sign else "") + digits + (f'"{marks}"' if marks else "")


def _apart(
    book: Book,
    sheet: Worksheet,
    row: int,
    scope: Scope,
    comparisons: Sequence[Comparison],
    places: Mapping[str, int],
) -> int:
    """Totals over years and plans, never in one row with yearly figures; returns the row below."""
    words, table = scope.words, scope.table
    figures = [(c.indicator, f) for c in comparisons for f in (*c.totals, *c.plans)]
    if not figures:
        return row
    sheet.write_string(row, 0, words("exports.apart"), book.style("heading"))
    sheet.set_row(row, 22)
    head = [words("column.area"), words("column.period"), words("column.indicator"),
            words("exports.value_unit")]  # fmt: skip
    if many := len(comparisons) > 1:
        head = [head[2], head[3], head[0], head[1]]
    row = _head(book, sheet, row + 1, [(label, 1) for label in head])
    for indicator, figure in figures:
        name, unit = _names(indicator, words)
        area, period = table.areas[figure.area_code].label, evidence.period(figure, words)
        labels = [name, unit, area, period] if many else [area, period, name, unit]
        for column, label in enumerate(labels):
            sheet.write_string(row, column, workbook.text(label, ""), book.style("label"))
        _figure(book, sheet, row, 4, figure, places)
        sheet.set_row(row, 32)
        row += 1
    return row + 1


def _notes(
    book: Book, sheet: Worksheet, row: int, scope: Scope, width: float, columns: int
) -> None:
    words = scope.words
    notes = [words("exports.note_missing"), words("exports.note_marks")]
    if scope.selection.measure != "total":
        notes.append(words("exports.note_measure"))
    if len(scope.indicators) <= DEFINED_HERE:
        notes += [
            words("exports.note_definition", name=evidence.name_of(i, words), text=i.definition)
            for i in scope.described
        ]
    else:
        notes.append(words("exports.note_definitions"))
    notes.append(words("exports.note_sources"))
    notes.append(words("exports.version", version=scope.table.digest))
    for number, note in enumerate(notes, 1):
        said = workbook.text(words("exports.note", number=number, text=note), "")
        sheet.merge_range(row, 0, row, columns - 1, said, book.style("note"))
        sheet.set_row(row, workbook.height(said, width - 2))
        row += 1
