"""Table, selection → what one comparison shows: yearly cells, totals over years, plans, apart.

Yearly figures, figures over several years (届期合计, 累计) and plans never stand in one row, and
no year stands in for another.
"""

from dataclasses import dataclass

from app.data import Figure, Table
from app.selection import Selection
from app.states import Cell, State, cells
from etl.catalogue import Indicator
from etl.model import Kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator for the chosen areas.

    `years` are those with a yearly report or figure of a chosen area; `cells` holds each of them
    for each area, area by area. `differences` names what the figures do not share:
    "measures" (计量单位), "methods" (原文直述 against 计数).
    """

    indicator: Indicator
    areas: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[Cell, ...]
    totals: tuple[Figure, ...]
    plans: tuple[Figure, ...]
    differences: tuple[str, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures on show, in the order in which they are shown."""
        yearly = tuple(cell.figure for cell in self.cells if cell.figure)
        return yearly + self.totals + self.plans


def compare(
    table: Table, chosen: Selection, indicator: str = "", years: tuple[int, ...] | None = None
) -> Comparison:
    """The comparison of `indicator` (default: the chosen one) within the selection.

    `years` are the years to show; by default those that say something of this indicator. An
    indicator of plans has no yearly cells. Raises KeyError for an unknown indicator.
    """
    described = table.indicators[indicator or chosen.indicator]
    figures = [f for f in table.figures(chosen.body, described.id, chosen.areas) if f.preferred]
    order = {code: position for position, code in enumerate(chosen.areas)}
    if described.planned:
        years = ()
    figures.sort(key=lambda f: (order[f.area_code], f.year_start, f.year_end))
    years = yearly_years(table, chosen, figures) if years is None else years
    shown = tuple(cells(table, chosen.areas, chosen.body, described.id, years))
    return Comparison(
        indicator=described,
        areas=chosen.areas,
        years=years,
        cells=shown,
        totals=tuple(
            f for f in figures
            if not f.yearly and not f.planned and chosen.includes(f.year_start, f.year_end)
        ),
        plans=tuple(
            f for f in figures if f.planned and chosen.includes(f.year_start - 1, f.year_end)
        ),
        differences=_differences([cell.figure for cell in shown if cell.figure]),
    )  # fmt: skip


def yearly_years(
    table: Table, chosen: Selection, figures: list[Figure] | None = None
) -> tuple[int, ...]:
    """The chosen years for which a chosen area has a report on that one year, or a yearly figure.

    A report over a term does not make each of its years a year of comparison.
    """
    found = {
        report.year_end
        for area in chosen.areas
        for report in table.reports_of(area, chosen.body)
        if report.single_year
    }
    found |= {f.year for f in figures or () if f.yearly and f.year is not None}
    return tuple(sorted(year for year in found if chosen.first <= year <= chosen.last))


def latest(comparison: Comparison, area: str) -> Cell | None:
    """An area's last cell with a figure; else its last with a report; None without years."""
    own = [cell for cell in comparison.cells if cell.area == area]
    for state in (State.REPORTED, State.UNDISCLOSED):
        if found := [cell for cell in own if cell.state is state]:
            return found[-1]
    return own[-1] if own else None


def yearly_average(figure: Figure, kind: Kind) -> float | None:
    """The total of a flow over several whole years divided by their number; None for anything else.

    A running total (累计) has no whole number of years, so it has no average.
    """
    if kind is not Kind.FLOW or figure.status != "actual" or figure.year_end <= figure.year_start:
        return None
    return figure.value / (figure.year_end - figure.year_start + 1)


def _differences(figures: list[Figure]) -> tuple[str, ...]:
    found = []
    if len({f.unit_text for f in figures} - {""}) > 1:
        found.append("measures")
    if len({f.method for f in figures} - {"corrected"}) > 1:
        found.append("methods")
    return tuple(found)
