"""Lines of a picture: years from left to right, never joined across a gap, over a strip of states.

A row of the strip is an area: its name, and in each year its mark or its value, or what is missing.
"""

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

from app.exports.canvas import Sheet
from app.exports.picture_rows import MARK, PAD, SIZE, name, names_width
from app.scene import Chart, Point
from app.selection import STRIP
from app.theme import LIGHT
from app.typeset import ems, shorten

SMALLEST = 11.0
# How high the years are drawn; lower beside a table that has the values.
PLOT, LOW_PLOT = 400.0, 280.0
# The years of a slope.
PAIR = 2
STRIP_ROW = 30.0
# In ems: the widest name beside the strip.
NAMES = 10.0
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 4
DOT = 7.0
# The fraction of the golden ratio, and the share of a year's column that the crowd spreads over.
_GOLDEN, _SPREAD = 0.618034, 0.7
_Box = tuple[float, float, float, float]


class _Place(NamedTuple):
    """Where the mark of a point is drawn."""

    x: float
    y: float
    point: Point


def height(chart: Chart, plot: float) -> float:
    """How much room the chart takes, in pixels."""
    return plot + STRIP_ROW * (len(chart.series) + 1) + 2 * PAD


def draw(
    sheet: Sheet, chart: Chart, left: float, top: float, width: float, values: bool, plot: float
) -> None:
    """Draw the lines at (left, top), `plot` high; `values` writes values into the strip, not marks."""
    points = [point for series in chart.series for point in series.points]
    given = [point.value for point in points if point.value is not None]
    most = max(itertools.chain(given, *chart.crowd), default=0.0) or 1.0
    bottom = chart.start
    step = _step((most - bottom) * 1.02)
    ticks = [
        bottom + step * number for number in range(math.ceil((most - bottom) * 1.02 / step) + 1)
    ]
    start, end = left + names_width(chart, NAMES), left + width
    column = (end - start) / len(chart.categories)
    xs = [start + column * (place + 0.5) for place in range(len(chart.categories))]
    low, high = top + plot, top + 2 * SIZE

    def y_of(value: float) -> float:
        return low - (low - high) * (value - ticks[0]) / (ticks[-1] - ticks[0])

    for tick in ticks:
        sheet.line([start, end], [y_of(tick)] * 2, LIGHT.muted if tick == ticks[0] else LIGHT.faint)
        sheet.text(start - PAD, y_of(tick), f"{tick:,g}" if tick % 1 else f"{int(tick):,}",
                   SIZE - 3, LIGHT.muted, align="right")  # fmt: skip
    for x, category in zip(xs, chart.categories, strict=True):
        size = min(SIZE - 1, 0.92 * column / ems(category))
        sheet.text(x, low + STRIP_ROW / 2 + 2, category, size, align="center")
    for x, crowd in zip(xs, chart.crowd, strict=False):
        # Spread to the sides, the next one far from the one before, so that fewer dots cover another.
        sides = [((number * _GOLDEN) % 1 - 0.5) * _SPREAD * column for number in range(len(crowd))]
        sheet.dots([x + side for side in sides], [y_of(value) for value in crowd], DOT)
    marks: list[_Place] = []
    for series in chart.series:
        places = [
            _Place(x, y_of(point.value), point) if point.value is not None else None
            for x, point in zip(xs, series.points, strict=True)
        ]
        for before, after in itertools.pairwise(places):
            if before and after and chart.kind != STRIP:
                sheet.line([before.x, after.x], [before.y, after.y], series.style.color, 3)
        for place in filter(None, places):
            symbol, color = series.style.symbol, series.style.color
            sheet.mark(place.x, place.y, symbol, MARK + 1, color, place.point.exact)
            marks.append(place)
    if chart.labelled and not chart.crowd:
        _labels(sheet, marks, (start, high - 2 * SIZE, end, low), xs)
    _strip(sheet, chart, xs, left, low + STRIP_ROW + PAD, (start, end), values)


def _labels(sheet: Sheet, marks: Sequence[_Place], room: _Box, xs: Sequence[float]) -> None:
    """The value of each mark: above it, or where it covers no other mark and no other label.

    Of two years, left of the first one and right of the second one, where no line runs.
    """
    taken = [_around(mark.x, mark.y, MARK, MARK) for mark in marks]
    for mark in sorted(marks, key=lambda place: (place.x, place.y)):
        half = ems(mark.point.label) * (SIZE - 2) / 2
        far, up = MARK + half + 2, SIZE * 0.95
        places = [(0.0, -up), (0.0, up + 2), (far, 0.0), (-far, 0.0), (far, -up), (-far, -up)]
        if len(xs) == PAIR:
            side = -far if mark.x == xs[0] else far
            places = [(side, 0.0), (side, up), (side, -up), *places]
        boxes = [_around(mark.x + x, mark.y + y, 2 * half, SIZE - 2) for x, y in places]
        free = (b for b in boxes if _inside(b, room) and not any(_meet(b, t) for t in taken))
        box = next(free, boxes[0])
        taken.append(box)
        sheet.text((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, mark.point.label, SIZE - 2,
                   align="center", halo=True)  # fmt: skip


def _around(x: float, y: float, width: float, height: float) -> _Box:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _inside(box: _Box, room: _Box) -> bool:
    return box[0] >= room[0] and box[1] >= room[1] and box[2] <= room[2] and box[3] <= room[3]


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _strip(
    sheet: Sheet,
    chart: Chart,
    xs: Sequence[float],
    left: float,
    top: float,
    span: tuple[float, float],
    values: bool,
) -> None:
    """A row an area: its name, and in each year its mark, or its value, or what is missing."""
    start, end = span
    sheet.ground(start, top, end - start, STRIP_ROW * len(chart.series), LIGHT.lane)
    room = (end - start) / len(chart.categories) - 6
    for row, series in enumerate(chart.series):
        middle = top + STRIP_ROW * (row + 0.5)
        name(sheet, series, left, middle, NAMES)
        for x, point in zip(xs, series.points, strict=True):
            if point.value is not None and not values:
                sheet.mark(x, middle, series.style.symbol, MARK, series.style.color, point.exact)
                continue
            size = max(SMALLEST, min(SIZE - 2, room / ems(point.label)))
            color = LIGHT.muted if point.value is None else LIGHT.ink
            sheet.text(x, middle, shorten(point.label, room / size), size, color, align="center")


def _step(most: float) -> float:
    """The next of 1, 2, 2.5, 5 × 10ⁿ that reaches `most` in a few steps."""
    power = 10.0 ** math.floor(math.log10(most / _TICKS))
    return next(n * power for n in _STEPS if n * power * _TICKS >= most)
