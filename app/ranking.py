"""One comparison of one year, or of each area's latest → the order of the areas, as far as it is certain.

Decisions: a rank is one more than the number of areas with a larger stated figure; equal figures
share a rank. What is not disclosed has no rank, nor has an approximate figure (约), which could stand
anywhere near; both count for nobody's rank. A bound (≥, ≤) has the rank of its number and says which
way the true one may lie; a rank that such a bound may change is not certain.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.comparison import Comparison
from app.states import Cell

_RANKED = ("exact", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Place:
    """An area's place: `value` in the comparison's measure (None where there is none).

    `rank` is 0 for what is not ranked; `tied` where another exact figure is the same; `certain` is
    false where a bound, its own or another's, may move it.
    """

    cell: Cell
    value: float | None
    rank: int = 0
    tied: bool = False
    certain: bool = True


def ranking(comparison: Comparison) -> tuple[Place, ...]:
    """The areas by value, the largest first; what has no value stands last, in its order.

    The comparison must have one cell an area.
    """
    placed = [(cell, comparison.value(cell.figure) if cell.figure else None)
              for cell in comparison.cells]  # fmt: skip
    top = 100.0 if comparison.indicator.unit == "%" else math.inf
    ranges = [
        _range(value, cell.figure.qualifier, top)
        for cell, value in placed
        if cell.figure and value is not None and cell.figure.qualifier in _RANKED
    ]
    stated = [value for cell, value in placed
              if cell.figure and value is not None and cell.figure.qualifier in _RANKED]  # fmt: skip
    others = _Others(
        sorted(stated),
        sorted(low for low, _ in ranges),
        sorted(high for _, high in ranges),
        Counter(ranges),
    )
    places = [_place(cell, value, others, top) for cell, value in placed]
    return tuple(sorted(places, key=lambda place: (place.value is None, -(place.value or 0))))


@dataclass(frozen=True, slots=True)
class _Others:
    """All figures that have a rank: what they state, and from where to where their true values go."""

    stated: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]
    ranges: Mapping[tuple[float, float], int]


def _above(values: Sequence[float], value: float) -> int:
    """How many of the sorted values are larger."""
    return len(values) - bisect_right(values, value)


def _place(cell: Cell, value: float | None, others: _Others, top: float) -> Place:
    if cell.figure is None or value is None or cell.figure.qualifier not in _RANKED:
        return Place(cell, value)
    low, high = _range(value, cell.figure.qualifier, top)
    rank = 1 + _above(others.stated, value)
    best = 1 + _above(others.lows, high)
    # Its own range counts itself where it is not a single number.
    worst = 1 + _above(others.highs, low) - (high > low)
    return Place(
        cell, value, rank,
        tied=low == high and others.ranges[low, high] > 1,
        certain=best == rank == worst,
    )  # fmt: skip


def _range(value: float, qualifier: str, top: float) -> tuple[float, float]:
    """The true values that a stated one allows."""
    if qualifier == "at_least":
        return value, max(top, value)
    return (0.0, value) if qualifier == "at_most" else (value, value)
