"""The workbook's reading table: title, 单位, areas by years, what stands apart, notes.

One indicator: areas × years. Several with few columns: indicators × (area, year), as a printed
comparison has it. Many: a row an indicator and area, so that it can be filtered and never gets
wider than the years. Of each area's latest figures, a column has the years; rates are followed by
the totals that they are made from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from app import evidence, scene
from app import format as fmt
from app.charts import unit_of
from app.comparison import Comparison
from app.data import Figure
from app.exports import workbook
from app.exports.model import Scope
from app.exports.workbook import Book
from app.rates import TOTAL
from app.slides import said
from app.states import Cell
from app.text import Text

# As many columns of figures as an A4 page in landscape shows in a readable size.
MOST_ACROSS = 12
DEFINED_HERE = 4
DENOMINATORS_HERE = 12
# A column of figures; of rates, whose denominator may be missing in words.
_YEAR_WIDTH, _RATE_WIDTH = 13.0, 20.0


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its labels, and cells of a comparison in whose measure they are shown."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class _Layout:
    """A table: `head` in one or two rows of (label, columns that it spans), then lines."""

    head: tuple[tuple[tuple[str, int], ...], ...]
    lines: tuple[_Line, ...]
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
    # Five at least: so many has the table of what stands apart.
    widths = _widths(layout, max(columns, 5))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    row = _top(book, sheet, scope, comparisons, columns)
    first = row
    for head in layout.head:
        row = _head(book, sheet, row, head)
    if row - first > 1:
        for column, (label, _) in enumerate(layout.head[0][: layout.labels]):
            said = workbook.text(label, "")
            sheet.merge_range(first, column, row - 1, column, said, book.style("head"))
    sheet.repeat_rows(first, row - 1)
    sheet.freeze_panes(row, layout.labels)
    # A figure that has a rate stands in two tables.
    rated = any(c.rated for c in comparisons)
    linked = len(places) * (1 + rated) <= workbook.LINKS
    if not linked:
        places = {}
    row = _lines(book, sheet, row, layout.lines, widths, places)
    if rated:
        row = _raw(book, sheet, row + 1, scope, comparisons, widths, places)
    row = _apart(book, sheet, row + 1, scope, comparisons, places)
    sources = words("exports.note_sources" if linked else "exports.note_sources_unlinked")
    _notes(book, sheet, row, scope, comparisons, sources, sum(widths[:columns]), columns)


def _lines(
    book: Book,
    sheet: Worksheet,
    row: int,
    lines: Sequence[_Line],
    widths: Sequence[float],
    places: Mapping[str, int],
) -> int:
    """Write the rows; returns the row below."""
    for line in lines:
        for column, label in enumerate(line.labels):
            sheet.write_string(row, column, workbook.text(label, ""), book.style("label"))
        heights = (workbook.height(text, widths[c] - 1) for c, text in enumerate(line.labels))
        sheet.set_row(row, max(18.0, max(heights, default=18.0)))
        for column, cell in enumerate(line.cells, len(line.labels)):
            _cell(book, sheet, row, column, cell, line.comparison, places)
        row += 1
    return row


def _cell(
    book: Book,
    sheet: Worksheet,
    row: int,
    column: int,
    cell: Cell,
    comparison: Comparison,
    places: Mapping[str, int],
) -> None:
    """A number in the comparison's measure, or the words for what is missing."""
    figure, words = cell.figure, book.words
    value = comparison.value(figure) if figure else None
    if figure and value is not None:
        _figure(book, sheet, row, column, figure, places, value if comparison.rated else None)
        return
    said = words("rate.lacking") if figure else words(f"state.{cell.state}")
    sheet.write_string(row, column, said, book.style("missing"))


def _raw(
    book: Book,
    sheet: Worksheet,
    row: int,
    scope: Scope,
    comparisons: Sequence[Comparison],
    widths: Sequence[float],
    places: Mapping[str, int],
) -> int:
    """The totals of the rates above, laid out as these are; returns the row below."""
    words = scope.words
    totals = [replace(c, measure=TOTAL, rates={}) for c in comparisons if c.rated]
    heading = words("exports.raw")
    if len(comparisons) == 1:
        unit = fmt.unit_name(totals[0].indicator.unit, words)
        heading = words("exports.raw_of", unit=unit)
    sheet.write_string(row, 0, heading, book.style("heading"))
    sheet.set_row(row, 22)
    row += 1
    layout = _layout(scope, totals, alone=len(comparisons) == 1)
    for head in layout.head:
        row = _head(book, sheet, row, head)
    return _lines(book, sheet, row, layout.lines, widths, places)


def _layout(scope: Scope, comparisons: Sequence[Comparison], alone: bool | None = None) -> _Layout:
    """The table of the yearly figures; `alone` is true where it is about one indicator."""
    words, table = scope.words, scope.table
    heads = scene.columns(comparisons[0], words) if comparisons else ()
    area_head, indicator_head, unit_head = (
        words("column.area"), words("column.indicator"), words("column.unit"),
    )  # fmt: skip
    latest = any(c.latest for c in comparisons)
    shown = [c for c in comparisons if not c.indicator.planned and (c.latest or not latest)]
    alone = len(comparisons) == 1 if alone is None else alone
    if not alone and not latest and 0 < len(scope.areas) * len(heads) <= MOST_ACROSS:
        names = [area.label for area in scope.areas]
        over = ((indicator_head, 1), (unit_head, 1), *((name, len(heads)) for name in names))
        under = (("", 1), ("", 1), *((year, 1) for _ in names for year in heads))
        lines = tuple(_Line(_names(c, scope), c.cells, c) for c in shown)
        return _Layout((over, under), lines, labels=2)
    labels = () if alone else (indicator_head, unit_head)
    labels = (*labels, area_head, *([words("column.year")] if latest else []))
    found = []
    for comparison in shown:
        own = () if alone else _names(comparison, scope)
        by_area: dict[str, list[Cell]] = {area: [] for area in comparison.areas}
        for cell in comparison.cells:
            by_area[cell.area].append(cell)
        for area, cells in by_area.items():
            year = [_year(cells, words)] if latest else []
            found.append(_Line((*own, table.areas[area].label, *year), tuple(cells), comparison))
    head = tuple((label, 1) for label in (*labels, *heads))
    return _Layout((head,), tuple(found), labels=len(labels))


def _year(cells: Sequence[Cell], words: Text) -> str:
    """The year of an area's latest figure; "" where it has none."""
    return next((fmt.years(c.year, c.year, words) for c in cells if c.figure), "")


def _names(comparison: Comparison, scope: Scope) -> tuple[str, str]:
    unit = unit_of(comparison, scope.selection.body, scope.words)
    return evidence.name_of(comparison.indicator, scope.words), unit


def _widths(layout: _Layout, columns: int) -> list[float]:
    """A column's width follows its longest label, within reason; years are all alike."""
    widths = []
    for column in range(layout.labels):
        labels = [line.labels[column] for line in layout.lines] + [layout.head[0][column][0]]
        longest = max(workbook.width(label) for label in labels)
        widths.append(float(min(34, max(8, longest + 3))))
    rated = any(line.comparison.rated for line in layout.lines)
    return widths + [_RATE_WIDTH if rated else _YEAR_WIDTH] * (columns - layout.labels)


def _top(
    book: Book, sheet: Worksheet, scope: Scope, comparisons: Sequence[Comparison], columns: int
) -> int:
    """Title, scope and unit; returns the row below."""
    words, chosen = scope.words, scope.selection
    years = fmt.years(chosen.first, chosen.last, words)
    body = words(f"body.{chosen.body}")
    only = comparisons[0] if len(comparisons) == 1 else None
    if any(c.latest for c in comparisons):
        years = words("compare.latest_within", years=years)
    title = (
        words("exports.title_one", name=evidence.name_of(only.indicator, words))
        if only
        else words("exports.title_many", body=body)
    )
    sheet.merge_range(0, 0, 0, columns - 1, workbook.text(title, ""), book.style("title"))
    sheet.set_row(0, 30)
    left = words("exports.scope", body=body, years=years, areas=len(scope.areas))
    unit = words("exports.unit", unit=unit_of(only, chosen.body, words)) if only else ""
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
    book: Book,
    sheet: Worksheet,
    row: int,
    column: int,
    figure: Figure,
    places: Mapping[str, int],
    rate: float | None = None,
) -> None:
    """The figure, or its rate where that is given, as a number that leads to its sentence."""
    style = book.style("number", number_format(figure, book.words, rate))
    if place := places.get(figure.fact_id):
        target = f"internal:'{book.words('exports.sheet_sources')}'!A{place + 1}"
        sheet.write_url(row, column, target, style, tip=workbook.text(figure.sentence, "")[:250])
    sheet.write_number(row, column, figure.value if rate is None else rate, style)


def number_format(figure: Figure, words: Text, rate: float | None = None) -> str:
    """Excel's number format that shows the figure with its marks: "≥"#,##0, #,##0"（计数）".

    A rate has the decimals of the screen.
    """
    digits = "#,##0" if figure.value == int(figure.value) else "#,##0.0#"
    if rate is not None:
        places = fmt.rate_places(rate)
        digits = "#,##0" + ("." + "0" * places) * bool(places)
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
    head.append(words("column.value"))
    row = _head(book, sheet, row + 1, [(label, 1) for label in head])
    for indicator, figure in figures:
        name, unit = evidence.name_of(indicator, words), fmt.unit_name(indicator.unit, words)
        area, period = table.areas[figure.area_code].label, evidence.period(figure, words)
        labels = [name, unit, area, period] if many else [area, period, name, unit]
        for column, label in enumerate(labels):
            sheet.write_string(row, column, workbook.text(label, ""), book.style("label"))
        _figure(book, sheet, row, 4, figure, places)
        sheet.set_row(row, 32)
        row += 1
    return row + 1


def _notes(
    book: Book,
    sheet: Worksheet,
    row: int,
    scope: Scope,
    comparisons: Sequence[Comparison],
    sources: str,
    width: float,
    columns: int,
) -> None:
    words = scope.words
    notes = [words("exports.note_missing"), words("exports.note_marks")]
    if any(c.latest for c in comparisons):
        notes.append(words("exports.note_latest"))
    if rated := [c for c in comparisons if c.rated]:
        few = len(said.used(rated)) <= DENOMINATORS_HERE
        made = "".join(said.denominators(scope.table, rated, words))
        other = words("rate.note.apart") if any(c.totals or c.plans for c in rated) else ""
        notes += filter(None, (made if few else words("exports.note_denominators"), other))
    if len(comparisons) == 1:
        notes += said.differences(scope.table, comparisons[0], words)
    if len(scope.indicators) <= DEFINED_HERE:
        notes += [
            words("exports.note_definition", name=evidence.name_of(i, words), text=i.definition)
            for i in scope.described
        ]
    else:
        notes.append(words("exports.note_definitions"))
    notes.append(sources)
    notes.append(words("exports.version", version=scope.table.digest))
    for number, note in enumerate(notes, 1):
        text = workbook.text(words("exports.note", number=number, text=note), "")
        sheet.merge_range(row, 0, row, columns - 1, text, book.style("note"))
        sheet.set_row(row, workbook.height(text, width - 2))
        row += 1
