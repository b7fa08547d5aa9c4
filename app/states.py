"""The state of a cell: reported, 未披露, 无文件 or 不适用. Missing is never zero."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.data import Figure, Report, Table


class State(StrEnum):
    """What is known of a cell."""

    REPORTED = "reported"
    UNDISCLOSED = "undisclosed"
    NO_DOCUMENT = "no_document"
    NOT_APPLICABLE = "not_applicable"


GLYPHS = {
    State.REPORTED: "●",
    State.UNDISCLOSED: "○",
    State.NO_DOCUMENT: "–",
    State.NOT_APPLICABLE: "×",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One area, indicator and year with its state.

    `figure` is the preferred yearly figure of a reported cell. `total` is a figure over several
    years that includes this one, where the year itself has none. `report` is the report in which
    an undisclosed figure was looked for.
    """

    area: str
    body: str
    indicator: str
    year: int
    state: State
    figure: Figure | None = None
    total: Figure | None = None
    report: Report | None = None

    @property
    def key(self) -> str:
        """The fact's id, or a key that names the missing cell."""
        if self.figure:
            return self.figure.fact_id
        return missing_key(self.area, self.body, self.indicator, self.year)


def cell(table: Table, area: str, body: str, indicator: str, year: int) -> Cell:
    """The state of one cell; looks up the figures of the indicator."""
    return cells(table, [area], body, indicator, [year])[0]


def cells(
    table: Table, areas: Iterable[str], body: str, indicator: str, years: Iterable[int]
) -> list[Cell]:
    """The cells of one indicator, area by area, each with all years."""
    areas, years = list(areas), list(years)
    by_area: dict[str, list[Figure]] = {area: [] for area in areas}
    for figure in table.figures(body, indicator, areas):
        if figure.preferred and not figure.planned:
            by_area[figure.area_code].append(figure)
    described = table.indicators.get(indicator)
    if described is None or body not in described.bodies:
        state = State.NOT_APPLICABLE
        return [Cell(area, body, indicator, year, state) for area in areas for year in years]
    return [
        cell
        for area in areas
        for cell in _cells(table, by_area[area], area, body, indicator, years)
    ]


def missing_key(area: str, body: str, indicator: str, year: int) -> str:
    """The key of a missing cell; parse_key reads it."""
    return f"cell:{area}:{body}:{indicator}:{year}"


def parse_key(key: str) -> tuple[str, str, str, int] | None:
    """The area, body, indicator and year of a missing cell's key, or None for any other text."""
    parts = key.split(":")
    if len(parts) != 5 or parts[0] != "cell" or not parts[4].isdecimal():
        return None
    return parts[1], parts[2], parts[3], int(parts[4])


def _cells(
    table: Table, figures: list[Figure], area: str, body: str, indicator: str, years: Iterable[int]
) -> Iterator[Cell]:
    """The cells of one area; `figures` are its preferred ones without plans."""
    stated: dict[int | None, Figure] = {}
    for figure in figures:
        if figure.yearly:
            stated.setdefault(figure.year, figure)
    totals = [figure for figure in figures if not figure.yearly]
    reports = table.reports_of(area, body)
    for year in years:
        if (found := stated.get(year)) is not None:
            yield Cell(area, body, indicator, year, State.REPORTED, figure=found)
            continue
        total = next((f for f in totals if f.year_start <= year <= f.year_end), None)
        covering = [report for report in reports if report.covers(year)]
        if covering:
            nearest = min(covering, key=lambda r: r.year_end - r.year_start)
            yield Cell(area, body, indicator, year, State.UNDISCLOSED, total=total, report=nearest)
        else:
            yield Cell(area, body, indicator, year, State.NO_DOCUMENT, total=total)
