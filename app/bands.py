"""Many areas' figures of one indicator, year by year: how many reported, the middle, the middle half.

Only exact figures that are alike take part, as app.comparability says it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.comparability import EXACT, kind
from app.coverage import NONE, Cube
from app.data import Table

LEAST = 4
_KIND = ("method", "unit_text", "area_level")


@dataclass(frozen=True, slots=True)
class Band:
    """One year: of `reported` figures, `alike` could be compared.

    `low`, `middle` and `high` are the quartiles of these; None where fewer than LEAST are alike.
    """

    year: int
    reported: int
    alike: int
    low: float | None = None
    middle: float | None = None
    high: float | None = None


def bands(
    table: Table, cube: Cube, indicators: Iterable[str] | None = None
) -> Mapping[str, tuple[Band, ...]]:
    """For these indicators of the cube (all by default) their bands, in the order of the years."""
    values = table.facts["value"].to_numpy(dtype=np.float64)
    sure, kinds = table.memory.of(("kinds",), lambda: (_sure(table.facts), _kinds(table.facts)))
    places = {indicator: place for place, indicator in enumerate(cube.indicators)}
    return {
        indicator: tuple(
            _band(year, cube.facts[:, places[indicator], y], values, sure, kinds)
            for y, year in enumerate(cube.years)
        )
        for indicator in (cube.indicators if indicators is None else indicators)
    }


def _sure(facts: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which rows are exact and not marked for checking."""
    return (facts["qualifier"] == EXACT).to_numpy() & (facts["note"] == "").to_numpy()


def _kinds(facts: pd.DataFrame) -> npt.NDArray[np.int32]:
    """A number a row, the same for rows of the same kind."""
    codes = np.zeros(len(facts), dtype=np.int64)
    for name in _KIND:
        column = facts[name].cat
        codes = codes * (len(column.categories) + 1) + column.codes.to_numpy()
    _, firsts, where = np.unique(codes, return_index=True, return_inverse=True)
    found = [kind(*row) for row in facts[list(_KIND)].iloc[firsts].itertuples(index=False)]
    numbers = {one: number for number, one in enumerate(dict.fromkeys(found))}
    return np.array([numbers[one] for one in found], dtype=np.int32)[where]


def _band(
    year: int,
    rows: npt.NDArray[np.intp],
    values: npt.NDArray[np.float64],
    sure: npt.NDArray[np.bool_],
    kinds: npt.NDArray[np.int32],
) -> Band:
    rows = rows[rows != NONE]
    certain = rows[sure[rows]]
    if not len(certain):
        return Band(year, len(rows), 0)
    found, counts = np.unique(kinds[certain], return_counts=True)
    alike = certain[kinds[certain] == found[counts.argmax()]]
    if len(alike) < LEAST:
        return Band(year, len(rows), len(alike))
    low, middle, high = np.quantile(values[alike], (0.25, 0.5, 0.75))
    return Band(year, len(rows), len(alike), float(low), float(middle), float(high))
