"""Rows → CSV that Excel, WPS and pandas open rightly: byte-order mark, CRLF line ends, no formulas.

Long: a row a figure, as in the table. Wide: a row an indicator and area, a column a year; totals
over years and plans have columns of their own behind the years.
"""

from dataclasses import dataclass

import pandas as pd

from app import evidence
from app import format as fmt
from app.data import Figure
from app.exports import names, rows
from app.exports.cells import safe_frame
from app.exports.model import Export, Scope
from app.states import Cell

UTF8, GB18030 = ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True, slots=True)
class Options:
    """How the file is written; `in_words` has names and codes in the language of the screen."""

    wide: bool = False
    in_words: bool = True
    encoding: str = UTF8


def offer(scope: Scope, options: Options | None = None) -> Export:
    """The rows of the scope as one CSV file."""
    chosen, words = options or Options(), scope.words
    marks = [words("exports.file_wide") if chosen.wide else "",
             words("exports.file_gb") if chosen.encoding == GB18030 else ""]  # fmt: skip
    return Export(
        key="csv",
        label=words("exports.csv"),
        file_name=names.of_scope(scope, "csv", *marks),
        mime="text/csv",
        make=lambda: encode(table(scope, chosen), chosen.encoding),
        note=words("exports.csv_note"),
    )


def table(scope: Scope, options: Options) -> pd.DataFrame:
    """What the file will hold, as a frame."""
    if options.wide:
        return _wide_in_words(scope) if options.in_words else _wide_in_codes(scope)
    frame = rows.for_file(scope)
    return rows.in_words(frame, scope.table, scope.words) if options.in_words else frame


def encode(frame: pd.DataFrame, encoding: str = UTF8) -> bytes:
    """The frame as CSV; missing values are empty cells. GB18030 carries all of Unicode, too."""
    out = safe_frame(frame)
    for name in out.select_dtypes("float"):
        out[name] = pd.Series([None if pd.isna(v) else _number(v) for v in out[name]],
                              index=out.index, dtype=object)  # fmt: skip
    return out.to_csv(index=False, lineterminator="\r\n").encode(encoding)


@dataclass(frozen=True, slots=True)
class _Line:
    """An indicator and area of the wide table: yearly cells, and figures over other periods."""

    indicator: str
    area: str
    cells: tuple[Cell, ...]
    others: tuple[Figure, ...]


def _lines(scope: Scope) -> list[_Line]:
    found = []
    for comparison in scope.comparisons():
        for area in comparison.areas:
            cells = tuple(c for c in comparison.cells if c.area == area)
            others = tuple(
                f for f in (*comparison.totals, *comparison.plans) if f.area_code == area
            )
            if scope.with_missing or others or any(c.figure for c in cells):
                found.append(_Line(comparison.indicator.id, area, cells, others))
    return found


def _wide_in_words(scope: Scope) -> pd.DataFrame:
    """Cells as a person reads them: 168, ≥4300, 未披露."""
    table, words, lines = scope.table, scope.words, _lines(scope)
    records = []
    for line in lines:
        indicator, area = table.indicators[line.indicator], table.areas[line.area]
        record: dict[str, object] = {
            words("column.indicator"): evidence.name_of(indicator, words),
            words("column.unit"): fmt.unit_name(indicator.unit, words),
            words("column.area"): area.name,
            words("column.area_code"): area.code,
        }
        for cell in line.cells:
            record[words("period.year", year=cell.year)] = (
                _said(cell.figure, scope) if cell.figure else words(f"state.{cell.state}")
            )
        records.append(record | {evidence.period(f, words): _said(f, scope) for f in line.others})
    return _ordered(records, 4 + (len(lines[0].cells) if lines else 0))


def _said(figure: Figure, scope: Scope) -> object:
    if figure.qualifier == "exact":
        return _number(figure.value)
    return f"{scope.words(f'qualifier.sign.{figure.qualifier}')}{_number(figure.value)}"


def _wide_in_codes(scope: Scope) -> pd.DataFrame:
    """Two columns a period: the number, and its qualifier or the state of the missing one."""
    table, lines = scope.table, _lines(scope)
    records = []
    for line in lines:
        record: dict[str, object] = {
            "indicator": line.indicator,
            "unit": table.indicators[line.indicator].unit,
            "area": table.areas[line.area].name,
            "area_code": line.area,
        }
        for cell in line.cells:
            record[str(cell.year)] = _number(cell.figure.value) if cell.figure else None
            record[f"{cell.year}_state"] = (
                cell.figure.qualifier if cell.figure else cell.state.value
            )
        for figure in line.others:
            period = f"{figure.year_start}-{figure.year_end}_{figure.status}"
            record[period] = _number(figure.value)
            record[f"{period}_state"] = figure.qualifier
        records.append(record)
    return _ordered(records, 4 + (2 * len(lines[0].cells) if lines else 0))


def _ordered(records: list[dict[str, object]], years: int) -> pd.DataFrame:
    """What all records have (the first `years` columns) first, then the other periods by name."""
    common = list(records[0])[:years] if records else []
    later = sorted({name for record in records for name in record} - set(common))
    return pd.DataFrame(records, columns=[*common, *later], dtype=object)


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
