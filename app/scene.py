"""A comparison and a selection → Chart: all that a chart shows, for whatever draws it without Plotly.

Values, printed labels and what is missing are the marks of the screen's charts (app.charts.marks),
and so are the kind, the order and the start of the axis: a file shows what the screen shows. What
has no room is left out by rules that are said: of the areas those with the largest figures of the
year most areas report, the one in focus always among them; of the years the latest.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app import evidence
from app import format as fmt
from app.charts import kind_of, unit_of
from app.charts.canvas import start_of
from app.charts.marks import Mark, apart_mark, yearly_marks
from app.comparison import Comparison, every_year, year_of
from app.data import Figure, Table
from app.selection import BARS, DOTS, DUMBBELL, LINES, SLOPE, STRIP, Selection
from app.states import Cell, State
from app.text import Text
from app.theme import Palette, Style, styles, styles_of

# Up to so many years of a strip are rows.
BARS_UP_TO = 2
# The share of the axis that a label of lines is high.
CLOSE = 0.06
LABELS_UP_TO, ROW_LABELS_UP_TO = 15, 12
_ROWS = (BARS, DOTS, DUMBBELL)


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart. `value` is None where there is no figure; `label` then says why.

    `label` is the number as it has to be shown: ≥4,300, 2（计数）, 3.37（168）, 未披露. `exact` is
    false for ≥, ≤ and 约. `key` is the figure's id, or the key of the missing cell.
    """

    value: float | None
    label: str
    exact: bool
    state: State
    key: str


@dataclass(frozen=True, slots=True)
class Series:
    """The points of one area, one for each category of the chart."""

    area: str
    label: str
    style: Style
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The numbers of a chart: `kind` is one of CHARTS, `categories` the periods on its axis.

    `unit` is that of what is shown (件, 件/10万人), `start` where the axis of values begins.
    `labelled` is false where not every value has room for its label; a table slide then follows.
    `close` is true where that is so only because values lie close to each other: what can move its
    labels apart has room for them.
    `crowd` has, for each category, the values of the areas that have no series of their own.
    `focus` is the area that stands out, or "": the styles of the others are grey.
    """

    kind: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    labelled: bool = True
    crowd: tuple[tuple[float, ...], ...] = ()
    start: float = 0.0
    focus: str = ""
    close: bool = False

    @property
    def across(self) -> bool:
        """Whether years run from left to right: lines, a slope, a strip of several years."""
        several = len(self.categories) > BARS_UP_TO
        return self.kind in (LINES, SLOPE) or (self.kind == STRIP and several)

    def pair(self, series: Series, words: Text) -> tuple[str, str]:
        """Of a dumbbell's row, the words at its marks and those for what is missing."""
        earlier, later = series.points
        if earlier.value is not None and later.value is not None:
            return words("chart.from_to", first=earlier.label, last=later.label), ""
        if earlier.value is None and later.value is None and earlier.label == later.label:
            return "", later.label
        said = [
            (point.value is None, words("report.of_year", year=category, value=point.label))
            for category, point in zip(self.categories, series.points, strict=True)
        ]
        label = "".join(text for absent, text in said if not absent)
        return label, words("list.semicolon").join(text for absent, text in said if absent)


@dataclass(frozen=True, slots=True)
class Room:
    """How many areas and years a format shows; areas times years, where all of them are `rows`."""

    areas: int = 8
    years: int = 10
    rows: int = 8

    def for_areas(self, kind: str, areas: int, years: int) -> int:
        """How many of so many areas a chart of this kind names: as many as there are rows, or a few."""
        of_an_area = 1 if kind == DUMBBELL else max(1, years)
        in_rows = self.rows // of_an_area if kind in _ROWS else 0
        return min(areas, max(self.areas, in_rows))


SLIDE = Room()


@dataclass(frozen=True, slots=True)
class Scene:
    """The chart of the part of a comparison that has room (`shown`), and what was `left_out`.

    `chart` is None where there is no figure.
    """

    shown: Comparison
    chart: Chart | None
    left_out: tuple[str, ...] = ()


def scene(
    table: Table,
    comparison: Comparison,
    chosen: Selection,
    words: Text,
    palette: Palette,
    room: Room = SLIDE,
) -> Scene:
    """The chart of the yearly figures, in the kind that the screen shows."""
    if kind_of(comparison, chosen.chart) == LINES:
        comparison = every_year(table, comparison)
    kept, fewer_years = _latest_years(comparison, room, words)
    kind = kind_of(kept, chosen.chart)
    shown, fewer_areas = _largest_areas(kept, chosen.focus, room, kind, words)
    left_out = (*fewer_years, *fewer_areas)
    if not any(cell.figure for cell in shown.cells):
        return Scene(shown, None, left_out)
    look = _look(table, kept, shown, chosen.focus, palette)
    by_area: dict[str, list[Point]] = {area: [] for area in shown.areas}
    for cell, point in zip(shown.cells, points(table, shown, words), strict=True):
        by_area[cell.area].append(point)
    series = [
        Series(area, table.areas[area].label, look[area], tuple(own))
        for area, own in by_area.items()
    ]
    crowd = () if kind in _ROWS else _crowd(kept, shown)
    values = [p.value for own in by_area.values() for p in own if p.value is not None]
    values += [value for column in crowd for value in column]
    categories = columns(shown, words)
    if len(categories) == 1 or kind == DUMBBELL:
        series.sort(key=_order)
    most = ROW_LABELS_UP_TO if kind in _ROWS else LABELS_UP_TO
    few = len(shown.areas) * len(categories) <= most
    close = few and kind not in _ROWS and _close(series)
    chart = Chart(
        kind=kind,
        categories=categories,
        series=tuple(series),
        unit=unit_of(shown, chosen.body, words),
        labelled=few and not close,
        crowd=crowd,
        start=0.0 if kind == BARS else start_of(values, shown.indicator.unit),
        focus=chosen.focus if chosen.focus in shown.areas else "",
        close=close,
    )
    return Scene(shown, chart, left_out)


def apart(
    table: Table,
    comparison: Comparison,
    figures: tuple[Figure, ...],
    heading: str,
    chosen: Selection,
    words: Text,
    palette: Palette,
) -> Chart:
    """Totals over years, or plans: bars that have their period in their name."""
    look = _look(table, comparison, comparison, chosen.focus, palette)
    series = []
    for figure in figures:
        mark = apart_mark(figure, comparison, table, words)
        period = evidence.period(figure, words)
        label = f"{table.areas[figure.area_code].label} {period}"
        point = Point(mark.value, mark.short, mark.exact, State.REPORTED, mark.key)
        series.append(Series(figure.area_code, label, look[figure.area_code], (point,)))
    unit = fmt.unit_name(comparison.indicator.unit, words)
    focus = chosen.focus if chosen.focus in {f.area_code for f in figures} else ""
    return Chart(BARS, (heading,), tuple(series), unit, focus=focus)


def points(table: Table, comparison: Comparison, words: Text) -> list[Point]:
    """The points of the comparison's cells, in their order."""
    marks = yearly_marks(table, comparison, words)
    return [_point(mark, cell) for mark, cell in zip(marks, comparison.cells, strict=True)]


def columns(comparison: Comparison, words: Text) -> tuple[str, ...]:
    """The headings of the columns of cells: years, or 各地最近可得."""
    if comparison.latest:
        return (words("compare.latest"),)
    return tuple(fmt.years(year, year, words) for year in comparison.years)


def _point(mark: Mark, cell: Cell) -> Point:
    if mark.value is not None:
        return Point(mark.value, mark.short, mark.exact, cell.state, mark.key)
    # A figure without a denominator is no rate: as on the screen, it is not disclosed.
    state = State.UNDISCLOSED if cell.figure else cell.state
    return Point(None, mark.gap, True, state, mark.key)


def _order(series: Series) -> tuple[bool, float]:
    """By the last figure, the largest first and those without one last."""
    given = [point.value for point in series.points if point.value is not None]
    return not given, -(given[-1] if given else 0.0)


def _close(series: list[Series]) -> bool:
    """Whether some values of a year lie so near to each other that their labels would, too."""
    columns = zip(*([p.value for p in each.points] for each in series), strict=True)
    given = [sorted(v for v in column if v is not None) for column in columns]
    near = CLOSE * max((column[-1] for column in given if column), default=0.0)
    return any(
        0 < after - before < near
        for column in given
        for before, after in itertools.pairwise(column)
    )


def _look(
    table: Table,
    comparison: Comparison,
    shown: Comparison,
    focus: str,
    palette: Palette,
) -> Mapping[str, Style]:
    """The styles of the screen; more rows than styles are alike, and areas out of focus grey."""
    known = styles_of(palette)
    if len(shown.areas) > len(known):
        found: Mapping[str, Style] = dict.fromkeys(shown.areas, known[0])
    else:
        every = comparison if len(comparison.areas) <= len(known) else shown
        found = styles(every.areas, table.areas, palette)
    if focus not in shown.areas:
        return found
    return {
        area: style if area == focus else replace(style, color=palette.dim)
        for area, style in found.items()
    }


def _latest_years(
    comparison: Comparison, room: Room, words: Text
) -> tuple[Comparison, tuple[str, ...]]:
    """The comparison over as many of its latest years as a chart has room for."""
    years = comparison.years
    if len(years) <= room.years:
        return comparison, ()
    kept = years[-room.years :]
    cells = tuple(cell for cell in comparison.cells if cell.year in kept)
    left_out = words("slide.left_out.years", all=len(years), shown=room.years)
    return replace(comparison, years=kept, cells=cells), (left_out,)


def _largest_areas(
    comparison: Comparison, focus: str, room: Room, kind: str, words: Text
) -> tuple[Comparison, tuple[str, ...]]:
    """The comparison of as many areas as there is room for: the largest of the headline's year."""
    areas = comparison.areas
    most = room.for_areas(kind, len(areas), len(comparison.years))
    if len(areas) <= most:
        return comparison, ()
    first = [focus] if focus in areas else []
    year = year_of(comparison)
    largest: list[str] = list(areas)
    if year is None:
        left_out = words("slide.left_out.areas_first", all=len(areas), shown=most)
    else:
        given = [
            (figure.value if figure else None, cell.area)
            for cell in comparison.cells
            if comparison.latest or cell.year == year
            for figure in (comparison.measured(cell.figure),)
        ]
        given.sort(key=lambda pair: (pair[0] is None, -(pair[0] or 0)))
        largest = [area for _, area in given]
        when = words("compare.latest") if comparison.latest else fmt.years(year, year, words)
        besides = bool(first) and focus not in largest[:most]
        key = "areas_and_focus" if besides else "areas"
        left_out = words(f"slide.left_out.{key}", year=when, all=len(areas), shown=most - besides)
    kept = set([*first, *(area for area in largest if area not in first)][:most])
    cells = tuple(cell for cell in comparison.cells if cell.area in kept)
    shown = tuple(area for area in areas if area in kept)
    return replace(comparison, areas=shown, cells=cells), (left_out,)


def _crowd(comparison: Comparison, shown: Comparison) -> tuple[tuple[float, ...], ...]:
    """The values of the areas that are not shown, column by column."""
    if len(comparison.areas) == len(shown.areas):
        return ()
    own = set(shown.areas)
    values: dict[int, list[float]] = {year: [] for year in shown.years or (0,)}
    for cell in comparison.cells:
        figure = comparison.measured(cell.figure)
        if figure and cell.area not in own:
            values[0 if comparison.latest else cell.year].append(figure.value)
    return tuple(tuple(found) for found in values.values())
