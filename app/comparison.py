"""Table, selection → what one comparison shows: yearly cells, totals over years, plans, apart.

Yearly figures, figures over several years (届期合计, 累计) and plans never stand in one row, and
no year stands in for another: only `at_latest` puts figures of different years side by side, and
each then has its year beside it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.comparability import differences
from app.data import Figure, Table
from app.rates import TOTAL, Basis, Rate, measures_for, rate
from app.selection import LATEST, Selection
from app.states import Cell, State, cells
from etl.catalogue import Indicator
from etl.model import Kind


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator for the chosen areas.

    `years` are those with a yearly report or figure of a chosen area; `cells` holds each of them
    for each area, area by area. `differences` names what the figures do not share (app.comparability):
    "measures" (计量单位), "methods" (原文直述 against 计数), "levels" (市 against 县), "notes" (a
    figure that contradicts another one).

    With a `measure` other than TOTAL, `rates` holds the rate of each yearly figure, by its id, that
    has a denominator of the one `basis`. With `latest`, `cells` holds one cell an area, each of its
    own year, and `years` is empty.
    """

    indicator: Indicator
    areas: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[Cell, ...]
    totals: tuple[Figure, ...]
    plans: tuple[Figure, ...]
    differences: tuple[str, ...]
    measure: str = TOTAL
    basis: Basis | None = None
    rates: Mapping[str, Rate] = field(default_factory=dict)
    latest: bool = False

    @property
    def rated(self) -> bool:
        """True where rates are shown, not the figures themselves."""
        return self.measure != TOTAL

    def value(self, figure: Figure) -> float | None:
        """A yearly figure in the measure of the comparison; None where it has no denominator."""
        if not self.rated:
            return figure.value
        found = self.rates.get(figure.fact_id)
        return found.value if found else None

    def measured(self, figure: Figure | None) -> Figure | None:
        """A yearly figure whose value is its rate where rates are; None where it has none."""
        value = None if figure is None else self.value(figure)
        if figure is None or value is None:
            return None
        return figure if value == figure.value else replace(figure, value=value)

    @property
    def denominator_years(self) -> tuple[int, int] | None:
        """The first and the last year of the denominators in use; None where there is no rate."""
        years = {rate.denominator.year for rate in self.rates.values()}
        return (min(years), max(years)) if years else None

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
    measure = chosen.measure if chosen.measure in measures_for(described) else TOTAL
    stated = [cell.figure for cell in shown if cell.figure]
    basis, rates = _rates(table, chosen.body, measure, stated)
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
        differences=differences(stated),
        measure=measure,
        basis=basis,
        rates=rates,
    )  # fmt: skip


def on_show(
    table: Table, chosen: Selection, indicator: str = "", years: tuple[int, ...] | None = None
) -> Comparison:
    """What the selection shows of an indicator: `compare`, each area's latest where that is chosen."""
    found = compare(table, chosen, indicator, years)
    return at_latest(found) if chosen.at == LATEST else found


def at_latest(comparison: Comparison) -> Comparison:
    """The comparison with each area's latest cell alone, as `latest` finds it."""
    if not comparison.years:
        return comparison
    found = [latest(comparison, area) for area in comparison.areas]
    shown = tuple(cell for cell in found if cell)
    return replace(
        comparison,
        years=(),
        cells=shown,
        differences=differences([cell.figure for cell in shown if cell.figure]),
        latest=True,
    )


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


def of_year(comparison: Comparison, year: int) -> Comparison:
    """The comparison with the cells of one of its years alone."""
    shown = tuple(cell for cell in comparison.cells if cell.year == year)
    differing = differences([cell.figure for cell in shown if cell.figure])
    return replace(comparison, years=(year,), cells=shown, differences=differing)


def every_year(table: Table, comparison: Comparison) -> Comparison:
    """The comparison with the years between its own, too, in which nobody has a report or figure.

    A line over the years would jump over them.
    """
    years = comparison.years
    if len(years) < 2 or years[-1] - years[0] < len(years):
        return comparison
    every = tuple(range(years[0], years[-1] + 1))
    body = comparison.cells[0].body
    shown = cells(table, comparison.areas, body, comparison.indicator.id, every)
    return replace(comparison, years=every, cells=tuple(shown))


def year_of(comparison: Comparison) -> int | None:
    """The year that most areas have a value of, the latest of these; None where none has one."""
    counts = Counter(
        cell.year for cell in comparison.cells if comparison.measured(cell.figure) is not None
    )
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def year_on_show(comparison: Comparison) -> int | None:
    """As `year_of`; where no figure has a denominator, the year that most areas report."""
    return year_of(comparison) or year_of(replace(comparison, measure=TOTAL))


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


def _rates(
    table: Table, body: str, measure: str, figures: Sequence[Figure]
) -> tuple[Basis | None, dict[str, Rate]]:
    if measure == TOTAL:
        return None, {}
    reference = table.reference
    years = [(f.area_code, f.year_end) for f in figures]
    basis = reference.basis(measure, body, years)
    found = {}
    for figure in figures:
        denominator = reference.of(figure.area_code, body, measure, basis, figure.year_end)
        if denominator:
            found[figure.fact_id] = rate(figure.value, measure, denominator)
    return basis, found
