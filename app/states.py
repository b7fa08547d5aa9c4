"""The state of a cell: reported, 未披露, 无文件 or 不适用. Missing is never zero."""

from collections.abc import Iterable
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
    figures = table.figures(body, indicator, [area])
    return _cell(table, figures, area, body, indicator, year)


def cells(
    table: Table, areas: Iterable[str], body: str, indicator: str, years: Iterable[int]
) -> list[Cell]:
    """The cells of one indicator, area by area, each with all years."""
    areas, years = list(areas), list(years)
    by_area: dict[str, list[Figure]] = {area: [] for area in areas}
    for figure in table.figures(body, indicator, areas):
        by_area[figure.area_code].append(figure)
    return [
        _cell(table, by_area[area], area, body, indicator, year) for area in areas for year in years
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


def _cell(
    table: Table, figures: list[Figure], area: str, body: str, indicator: str, year: int
) -> Cell:
    described = table.indicators.get(indicator)
    if described is None or body not in described.bodies:
        return Cell(area, body, indicator, year, State.NOT_APPLICABLE)
    for figure in figures:
        if figure.preferred and figure.yearly and figure.year == year:
            return Cell(area, body, indicator, year, State.REPORTED, figure=figure)
    total = next(
        (f for f in figures if f.preferred and not f.yearly and not f.planned
         and f.year_start <= year <= f.year_end),
        None,
    )  # fmt: skip
    covering = [report for report in table.reports_of(area, body) if report.covers(year)]
    if not covering:
        return Cell(area, body, indicator, year, State.NO_DOCUMENT, total=total)
    nearest = min(covering, key=lambda r: r.year_end - r.year_start)
    return Cell(area, body, indicator, year, State.UNDISCLOSED, total=total, report=nearest)
