"""Figure: a row of data/facts.csv as a record; Figures: the quick way from a frame's rows to records."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Positions = npt.NDArray[np.intp]
# About 50 MB of records.
REMEMBERED = 50_000
_OPTIONAL: Mapping[str, Any] = {"preferred": False, "note": "", "doubt": ""}
_YEARS = ("year", "year_start", "year_end")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of data/facts.csv; the columns are explained in the README.

    One of data/candidates.csv where `doubt` says why it is 待核: seen, but counted nowhere.
    """

    fact_id: str
    document: str
    article: str
    area: str
    area_code: str
    area_level: str
    body: str
    indicator: str
    year_start: int
    year_end: int
    year: int | None
    value: float
    unit: str
    unit_text: str
    qualifier: str
    status: str
    method: str
    preferred: bool
    sentence: str
    start: int
    end: int
    figure: str
    figure_start: int
    figure_end: int
    rule: str
    published: str
    note: str = ""
    doubt: str = ""

    @property
    def yearly(self) -> bool:
        """True for a figure of one year that has happened: the only kind compared year by year."""
        return self.status == "actual" and self.year is not None

    @property
    def planned(self) -> bool:
        """True for a plan: never a result."""
        return self.status == "planned"


class Figures:
    """The rows of a frame as records, by position; those that were asked for before are kept.

    A column is read as a whole once: pandas would take longer over one cell than this over a page
    of them.
    """

    def __init__(self, facts: pd.DataFrame) -> None:
        self._columns = [_reader(facts, item.name) for item in fields(Figure)]
        self._known: dict[int, Figure] = {}

    def at(self, positions: Positions | Sequence[int]) -> list[Figure]:
        """The records at these rows, in this order, with empty cells as None or ""."""
        wanted: list[int] = np.asarray(positions, dtype=np.intp).tolist()
        known = self._known
        absent = [row for row in wanted if row not in known]
        if absent:
            if len(known) > REMEMBERED:
                known, absent = {}, wanted
                self._known = known
            known.update(zip(absent, self._read(absent), strict=True))
        return [known[row] for row in wanted]

    def _read(self, rows: Sequence[int]) -> list[Figure]:
        places = np.asarray(rows, dtype=np.intp)
        return [Figure(*row) for row in zip(*(read(places) for read in self._columns), strict=True)]


def figures_of(rows: pd.DataFrame) -> list[Figure]:
    """Rows of the facts frame → records."""
    return Figures(rows).at(range(len(rows)))


def _reader(facts: pd.DataFrame, name: str) -> Callable[[Positions], list[Any]]:
    """What gives the cells of one column at some rows."""
    if name not in facts and name in _OPTIONAL:
        return lambda rows: [_OPTIONAL[name]] * len(rows)
    column = facts[name]
    if name in _YEARS:
        known = column.notna().to_numpy(dtype=bool)
        years = column.fillna(0).to_numpy(dtype=np.int32)
        if known.all():
            return lambda rows: years[rows].tolist()
        return lambda rows: [
            year if there else None
            for year, there in zip(years[rows].tolist(), known[rows].tolist(), strict=True)
        ]
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy()
        # The code of an empty cell is -1: it finds what stands last.
        values = np.array([*column.cat.categories, np.nan], dtype=object)
        return lambda rows: values[codes[rows]].tolist()
    if name == "value":
        column = column.astype(float)
    if isinstance(column.dtype, np.dtype):
        cells = column.to_numpy()
        return lambda rows: cells[rows].tolist()
    array = column.array
    return lambda rows: array.take(rows).tolist()
