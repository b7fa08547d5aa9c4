"""Areas × indicators × years → which cells are reported, vectorised, so that 300 areas are quick.

A Cube knows the state of each cell, as app.states defines it, without building a record for any of
them; a page of it (`cells`) is turned into records only when it goes on show. Counts over a cube
(`by_year`, `by_indicator`) stand for it where it has more cells than a screen.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.data import Table
from app.states import Cell, State

NONE = -1
MOST, LEAST, LISTED = ORDERS = ("most", "least", "listed")
YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Cube:
    """The state of each cell, by the positions of its area, indicator and year.

    `facts[a, i, y]` is the row of the table's facts that is shown in that cell, or NONE;
    `held[a, y]` is true where a report covers the year; `applicable[i]` where the body has the
    indicator.
    """

    body: str
    areas: tuple[str, ...]
    indicators: tuple[str, ...]
    years: tuple[int, ...]
    facts: npt.NDArray[np.intp]
    held: npt.NDArray[np.bool_]
    applicable: npt.NDArray[np.bool_]

    @property
    def nbytes(self) -> int:
        """How much memory the cube takes."""
        return self.facts.nbytes + self.held.nbytes

    @property
    def reported(self) -> npt.NDArray[np.bool_]:
        """[a, i, y]: true where the report states the figure."""
        reported: npt.NDArray[np.bool_] = (self.facts != NONE) & self.applicable[None, :, None]
        return reported

    def state(self, area: int, indicator: int, year: int) -> State:
        """The state of one cell, by positions."""
        if not self.applicable[indicator]:
            return State.NOT_APPLICABLE
        if self.facts[area, indicator, year] != NONE:
            return State.REPORTED
        return State.UNDISCLOSED if self.held[area, year] else State.NO_DOCUMENT

    @property
    def by_year(self) -> npt.NDArray[np.intp]:
        """[a, y]: how many indicators are reported."""
        counted: npt.NDArray[np.intp] = self.reported.sum(axis=1)
        return counted

    @property
    def by_indicator(self) -> npt.NDArray[np.intp]:
        """[a, i]: for how many years the indicator is reported."""
        counted: npt.NDArray[np.intp] = self.reported.sum(axis=2)
        return counted

    def counts(self) -> dict[State, int]:
        """How many cells are in each state."""
        applicable = self.applicable[None, :, None]
        missing = applicable & ~self.reported
        held = self.held[:, None, :]
        return {
            State.REPORTED: int(self.reported.sum()),
            State.UNDISCLOSED: int((missing & held).sum()),
            State.NO_DOCUMENT: int((missing & ~held).sum()),
            State.NOT_APPLICABLE: int((~applicable & np.ones(self.facts.shape, dtype=bool)).sum()),
        }

    def of_areas(self, positions: Sequence[int]) -> "Cube":
        """The part of the cube that has these areas, in this order."""
        return replace(
            self,
            areas=tuple(self.areas[a] for a in positions),
            facts=self.facts[list(positions)],
            held=self.held[list(positions)],
        )

    def of_years(self, positions: Sequence[int]) -> "Cube":
        """The part of the cube that has these years, in this order."""
        return replace(
            self,
            years=tuple(self.years[y] for y in positions),
            facts=self.facts[:, :, list(positions)],
            held=self.held[:, list(positions)],
        )

    def ordered(self, order: str) -> list[int]:
        """The positions of the areas: as LISTED, or by the number of their figures.

        Areas with as many figures stay in the order of the list.
        """
        if order == LISTED:
            return list(range(len(self.areas)))
        figures = self.reported.sum(axis=(1, 2))
        return [int(a) for a in np.argsort(figures if order == LEAST else -figures, kind="stable")]

    def cells(self, table: Table, places: Sequence[tuple[int, int, int]]) -> list[Cell]:
        """The cells at these (area, indicator, year) positions, with their figures."""
        rows = [self.facts[place] for place in places]
        wanted = [row for row in rows if row != NONE]
        figures = dict(zip(wanted, table.figures_at(wanted), strict=True))
        return [
            Cell(
                self.areas[a],
                self.body,
                self.indicators[i],
                self.years[y],
                state := self.state(a, i, y),
                figures[row] if state is State.REPORTED else None,
            )
            for (a, i, y), row in zip(places, rows, strict=True)
        ]


def cube(
    table: Table,
    body: str,
    indicators: Iterable[str],
    areas: Iterable[str],
    years: Iterable[int],
) -> Cube:
    """The states of all combinations, the years ascending.

    Codes and ids that the table does not know have no figure.
    """
    areas, indicators, years = tuple(areas), tuple(indicators), tuple(years)
    shape = len(areas), len(indicators), len(years)
    facts = np.full(shape, NONE, dtype=np.intp)
    place = {code: position for position, code in enumerate(areas)}
    of_code = np.full(len(table.area_numbers) + 1, NONE, dtype=np.intp)
    for code, position in place.items():
        if (number := table.area_numbers.get(code)) is not None:
            of_code[number] = position
    codes = table.facts["area_code"].cat.codes.to_numpy()
    shown = table.yearly_preferred
    year_of = table.year_numbers
    of_year = np.full(max(years, default=0) + 1, NONE, dtype=np.intp)
    of_year[list(years)] = range(len(years))
    for i, indicator in enumerate(indicators):
        rows = table.positions(body, indicator, areas)
        # Backwards, so that the first of two rows for one cell is the one that stays.
        rows = rows[shown[rows]][::-1]
        a = of_code[codes[rows]]
        within = year_of[rows] < len(of_year)
        a, rows = a[within], rows[within]
        y = of_year[year_of[rows]]
        kept = (a != NONE) & (y != NONE)
        facts[a[kept], i, y[kept]] = rows[kept]
    held = np.zeros((len(areas), len(years)), dtype=np.bool_)
    for a_, area in enumerate(areas):
        for report in table.reports_of(area, body):
            first = bisect_left(years, report.year_start)
            held[a_, first : bisect_right(years, report.year_end)] = True
    applicable = np.array(
        [i in table.indicators and body in table.indicators[i].bodies for i in indicators],
        dtype=np.bool_,
    )
    return Cube(body, areas, indicators, years, facts, held, applicable)


@dataclass(frozen=True, slots=True)
class Group:
    """The cells of one area in one year (all indicators), or of one indicator (all years)."""

    area: str
    year: int | None = None
    indicator: str = ""

    @property
    def key(self) -> str:
        """Names the group in a click; parse_group reads it."""
        return f"group:{self.area}:{self.indicator if self.year is None else self.year}"


def parse_group(key: str) -> Group | None:
    """The group that a key names, or None for any other text."""
    parts = key.split(":")
    if len(parts) != 3 or parts[0] != "group" or not parts[2]:
        return None
    if parts[2].isdecimal() and len(parts[2]) <= YEAR_DIGITS:
        return Group(parts[1], year=int(parts[2]))
    return Group(parts[1], indicator=parts[2])


def cells_of(table: Table, cube: Cube, group: Group) -> list[Cell]:
    """The cells of a group; none where the cube does not have it."""
    if group.area not in cube.areas:
        return []
    area = cube.areas.index(group.area)
    if group.year is not None:
        years = [cube.years.index(group.year)] if group.year in cube.years else []
        indicators = list(range(len(cube.indicators)))
    else:
        years = list(range(len(cube.years)))
        known = group.indicator in cube.indicators
        indicators = [cube.indicators.index(group.indicator)] if known else []
    return cube.cells(table, [(area, i, y) for i in indicators for y in years])
