"""A scope → an Excel workbook as one would lay it out by hand: table, charts, sources, 口径, data.

A figure in the reading table is a number whose format shows its mark (≥4,300, 2（计数）) and that
leads to its sentence in the sources; a missing one is a word, so that nothing adds it up as 0.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from app import evidence
from app import format as fmt
from app.comparison import Comparison
from app.data import Figure
from app.exports import names, rows, steps, workbook
from app.exports.model import Export, Scope
from app.exports.workbook import Book
from app.exports.xlsx_charts import charts
from app.exports.xlsx_table import reading
from app.slides import said
from etl.errors import InputError

# Beyond, a workbook takes minutes to make and to open; CSV has no such limit.
MOST_ROWS = 200_000
MANY_ROWS = 20_000
# Files of the same content are the same bytes; Excel shows this as the time of making.
_CREATED = datetime(2000, 1, 1)


def offer(scope: Scope) -> Export:
    """The workbook of the scope."""
    words = scope.words
    return Export(
        key="xlsx",
        label=words("exports.xlsx"),
        file_name=names.of_scope(scope, "xlsx"),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        make=lambda: encode(scope),
        note=words("exports.xlsx_note"),
    )


@dataclass(frozen=True, slots=True)
class _Cited:
    """The figures on show in the order of the sources sheet, and the row of each (0 is the head)."""

    figures: tuple[Figure, ...]
    rows: Mapping[str, int]


def encode(scope: Scope) -> bytes:
    """The file. Raises InputError for more rows than a workbook can hold conveniently, or none."""
    words = scope.words
    frame = rows.for_file(replace(scope, everything=False))
    if len(frame) > MOST_ROWS:
        raise InputError("too_many_rows", rows=f"{len(frame):,}", most=f"{MOST_ROWS:,}")
    comparisons = scope.shown()
    cited = _cited(comparisons)
    book = Book(words, many_rows=len(frame) > MANY_ROWS)
    written: Sequence[Callable[[], None]] = (
        lambda: reading(book, scope, comparisons, cited.rows),
        lambda: charts(book, scope),
        lambda: _sources(book, scope, cited.figures),
        lambda: _documents(book, scope, frame),
        lambda: _definitions(book, scope, comparisons),
        lambda: _data(book, scope, frame),
        lambda: book.close(
            {
                "title": words("app.title"),
                "comments": words("exports.version", version=scope.table.digest),
                "created": _CREATED,
            }
        ),
    )
    for write in steps.counted(written):
        write()
    return book.content


def _cited(comparisons: Sequence[Comparison]) -> _Cited:
    figures = tuple({f.fact_id: f for c in comparisons for f in c.figures}.values())
    return _Cited(figures, {f.fact_id: row for row, f in enumerate(figures, 1)})


def _sources(book: Book, scope: Scope, figures: Sequence[Figure]) -> None:
    """A row a figure: where it stands, in which words."""
    words, library = scope.words, scope.library
    head = ["area", "indicator", "period", "value", "unit", "sentence", "title", "published",
            "document", "method", "fact_id"]  # fmt: skip
    widths = [12, 20, 16, 12, 7, 60, 34, 12, 24, 9, 14]
    lines = (
        [
            f.area,
            evidence.name_of(scope.table.indicators[f.indicator], words),
            evidence.period(f, words),
            fmt.value(f.value, f.qualifier, words) + fmt.marks(f.method, words),
            fmt.unit_name(f.unit, words),
            f.sentence,
            library.title(f.document),
            f.published,
            f.document,
            words(f"method.{f.method}"),
            f.fact_id,
        ]
        for f in figures
    )
    _table(
        book, words("exports.sheet_sources"), [words(f"column.{h}") for h in head], lines, widths
    )


def _documents(book: Book, scope: Scope, frame: pd.DataFrame) -> None:
    """The documents that the figures come from, and that were searched for the missing ones."""
    words, library = scope.words, scope.library
    counts = Counter(frame.loc[frame["fact_id"].notna(), "document"].astype(str))
    head = ["document", "title", "publisher", "published", "citation", "figures"]
    lines: list[list[object]] = []
    for name in sorted({str(n) for n in frame["document"].dropna()} - {""}):
        entry = library.entries.get(name)
        lines.append(
            [name, library.title(name), entry.publisher if entry else "",
             str(entry.published or "") if entry else "", entry.citation if entry else "",
             counts[name]]
        )  # fmt: skip
    widths = [26, 40, 18, 12, 60, 9]
    _table(
        book, words("exports.sheet_documents"), [words(f"column.{h}") for h in head], lines, widths
    )


def _definitions(book: Book, scope: Scope, comparisons: Sequence[Comparison]) -> None:
    """What each indicator counts, what rates are divided by, how the tables are to be read."""
    words = scope.words
    head = [words(f"column.{h}") for h in ("indicator", "unit", "definition")]
    lines = [
        [evidence.name_of(i, words), fmt.unit_name(i.unit, words), i.definition]
        for i in scope.described
    ]
    lines += [
        [words("exports.denominator", area=scope.table.areas[given.area].label),
         words("exports.person"),
         words("exports.source_of", said=evidence.denominator(given, words), source=given.source)]
        for given in said.used(comparisons)
    ]  # fmt: skip
    lines += [
        [words(f"state.{s}"), "", words(f"state.{s}.meaning")]
        for s in ("undisclosed", "no_document", "not_applicable")
    ]
    lines += [
        [words(f"qualifier.sign.{q}"), "", words(f"qualifier.note.{q}")]
        for q in ("at_least", "at_most", "about")
    ]
    _table(book, words("exports.sheet_definitions"), head, lines, [28, 8, 100])


def _data(book: Book, scope: Scope, frame: pd.DataFrame) -> None:
    """The tidy rows, with numbers as numbers and missing values as empty cells."""
    words = scope.words
    shown = rows.in_words(frame, scope.table, words)
    wide = {
        words("column.sentence"): 50,
        words("column.indicator"): 22,
        words("column.document"): 26,
    }
    columns = [
        [None if missing else value for value, missing in zip(column, column.isna(), strict=True)]
        for column in (shown[name].astype("object") for name in shown)
    ]
    _table(
        book, words("exports.sheet_data"), list(shown.columns), zip(*columns, strict=True),
        [wide.get(str(name), 12) for name in shown], style="plain",
    )  # fmt: skip


def _table(
    book: Book,
    name: str,
    head: Sequence[str],
    lines: Iterable[Sequence[object]],
    widths: Sequence[float],
    style: str = "text",
) -> None:
    """A plain sheet: head, rows, filter; the head stays on screen and on every page."""
    sheet = book.sheet(name)
    more = book.words("exports.cut")
    wraps = style == "text"
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, label in enumerate(head):
        sheet.write_string(0, column, workbook.text(label, more), book.style("head"))
    columns = [list(column) for column in zip(*lines, strict=True)] or [[] for _ in head]
    sheet.write_columns(
        1, columns, book.style(style), book.style(style, "General"),
        shown=lambda value: workbook.text(value, more),
        heights=_heights(columns, widths) if wraps else (),
        blank=book.style(style) if wraps else None,
    )  # fmt: skip
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if columns[0]:
        sheet.autofilter(0, 0, len(columns[0]), len(head) - 1)


def _heights(columns: Sequence[Sequence[object]], widths: Sequence[float]) -> list[float]:
    """The height of each row in which every wrapped text is seen whole, as far as Excel allows."""
    needed = []
    for column, width in zip(columns, widths, strict=True):
        texts = {value for value in column if isinstance(value, str)}
        heights = {text: workbook.height(text, width - 1) for text in texts}
        needed.append([heights[value] if isinstance(value, str) else 0.0 for value in column])
    return [min(workbook.ROW, max(row)) for row in zip(*needed, strict=True)]
