"""Areas × indicators × years → which cells are reported, vectorised, so that 300 areas are quick.

A Cube knows the state of each cell, as app.states defines it, without building a record for any of
them; a page of it (`cells`) is turned into records only when it goes on show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.data import Table, figures_of
from app.states import Cell, State, missing_key

NONE = -1


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

    def cells(self, table: Table, places: Sequence[tuple[int, int, int]]) -> list[Cell]:
        """The cells at these (area, indicator, year) positions, with their figures."""
        rows = [self.facts[place] for place in places]
        wanted = [row for row in rows if row != NONE]
        figures = dict(zip(wanted, figures_of(table.facts.iloc[wanted]), strict=True))
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
    """The states of all combinations; codes and ids that the table does not know have no figure."""
    areas, indicators, years = tuple(areas), tuple(indicators), tuple(years)
    shape = len(areas), len(indicators), len(years)
    facts = np.full(shape, NONE, dtype=np.intp)
    place = {code: position for position, code in enumerate(areas)}
    of_code = np.array(
        [place.get(str(code), NONE) for code in table.facts["area_code"].cat.categories] or [NONE],
        dtype=np.intp,
    )
    codes = table.facts["area_code"].cat.codes.to_numpy()
    shown = table.yearly_preferred
    year_of = table.year_numbers
    of_year = np.full(max(years, default=0) + 1, NONE, dtype=np.intp)
    of_year[list(years)] = range(len(years))
    for i, indicator in enumerate(indicators):
        rows = table.positions(body, indicator)
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
            for y_, year in enumerate(years):
                held[a_, y_] |= report.covers(year)
    applicable = np.array(
        [i in table.indicators and body in table.indicators[i].bodies for i in indicators],
        dtype=np.bool_,
    )
    return Cube(body, areas, indicators, years, facts, held, applicable)


def key_of(cube: Cube, table: Table, area: int, indicator: int, year: int) -> str:
    """The key of a cell: the fact's id, or the one that names the missing cell."""
    if cube.state(area, indicator, year) is State.REPORTED:
        return str(table.facts["fact_id"].iloc[int(cube.facts[area, indicator, year])])
    return missing_key(cube.areas[area], cube.body, cube.indicators[indicator], cube.years[year])
