"""Rows of a picture, one an area: bars, dots, or two years of an area as a dumbbell.

Between the names and zero is a lane in which the missing figures are named, as on the screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.exports.canvas import Sheet
from app.scene import Chart, Point, Series
from app.selection import BARS, DOTS, DUMBBELL
from app.text import Text
from app.theme import LIGHT
from app.typeset import ems, shorten

SIZE = 18.0
ROW, HEADING, GAP, KEY = 44.0, 40.0, 10.0, 32.0
# So many areas are sorted in each year, as on the screen.
SORTED_FROM = 12
# In ems: the widest name, its period included.
NAMES = 22.0
MARK, LARGE, DOT = 11.0, 17.0, 14.0
PAD = 10.0


@dataclass(frozen=True, slots=True)
class _Row:
    """An area with its points of one year, or of two; `label` stands behind the larger one."""

    series: Series
    points: tuple[Point, ...]
    label: str
    missing: str


def height(chart: Chart) -> float:
    """How much room the chart takes, in pixels."""
    rows = ROW * len(chart.series) + GAP
    key = KEY if chart.kind == DUMBBELL or chart.start else 0.0
    if chart.kind == DUMBBELL:
        return key + rows
    heading = HEADING if len(chart.categories) > 1 else 0.0
    return key + len(chart.categories) * (heading + rows)


def draw(sheet: Sheet, chart: Chart, left: float, top: float, width: float, words: Text) -> None:
    """Draw the rows at (left, top), `width` pixels wide."""
    kind, start = chart.kind, chart.start
    groups = list(_groups(chart, words))
    rows = [row for _, group in groups for row in group]
    values = [p.value for row in rows for p in row.points if p.value is not None]
    names = names_width(chart, NAMES)
    widest = max(ems(row.missing) for row in rows)
    lane = (widest + 1) * SIZE if widest else 0.0
    zero = left + names + lane
    label = max(ems(row.label) for row in rows) * SIZE + LARGE
    reach = max(SIZE, left + width - zero - label - PAD)
    scale = reach / (max(values, default=0.0) - start or 1.0)
    at = top
    if key := _key(chart, words):
        sheet.text(left, at + KEY / 2, key, SIZE - 3, LIGHT.muted)
        at += KEY
    for heading, group in groups:
        if heading:
            sheet.text(left, at + HEADING / 2, heading, SIZE, bold=True)
            at += HEADING
        if lane:
            sheet.ground(left + names, at, lane - 4, ROW * len(group), LIGHT.lane)
        sheet.line([zero, zero], [at, at + ROW * len(group)], LIGHT.muted)
        for row in group:
            middle = at + ROW / 2
            name(sheet, row.series, left, middle, NAMES)
            if row.missing:
                sheet.text(zero - lane / 2 - 2, middle, row.missing, SIZE - 2, LIGHT.muted,
                           align="center")  # fmt: skip
            places = [zero + (p.value - start) * scale for p in row.points if p.value is not None]
            _marks(sheet, kind, row, places, zero, middle)
            if places:
                beyond = LARGE if kind != BARS else PAD
                sheet.text(max(places) + beyond, middle, row.label, SIZE)
            at += ROW
        at += GAP


def names_width(chart: Chart, most: float) -> float:
    """The width of the column of names, with their marks."""
    return min(most, max(ems(series.label) for series in chart.series)) * SIZE + 2 * SIZE


def name(sheet: Sheet, series: Series, left: float, middle: float, most: float) -> None:
    """An area's mark and name, at most `most` ems wide."""
    sheet.mark(left + SIZE / 2, middle, series.style.symbol, MARK, series.style.color)
    sheet.text(left + SIZE * 1.4, middle, shorten(series.label, most), SIZE)


def _marks(
    sheet: Sheet, kind: str, row: _Row, places: Sequence[float], zero: float, middle: float
) -> None:
    """What stands for the figures of a row; `places` are those of its points with a value."""
    color, symbol = row.series.style.color, row.series.style.symbol
    given = [(p, last) for p, last in zip(row.points, (False, True), strict=False)
             if p.value is not None]  # fmt: skip
    if kind == DUMBBELL:
        if len(places) > 1:
            sheet.line(places, [middle, middle], color, 6, pale=True)
        for x, (point, last) in zip(places, given, strict=True):
            sheet.mark(x, middle, symbol, LARGE if last else MARK, color, point.exact)
    for x, (point, _) in zip(places, given, strict=True):
        if kind == BARS:
            sheet.bar(zero, middle - ROW * 0.28, max(1.0, x - zero), ROW * 0.56, color, point.exact)
        elif kind == DOTS:
            sheet.line([zero, x], [middle, middle], LIGHT.faint, 2)
            sheet.mark(x, middle, symbol, DOT, color, point.exact)


def _groups(chart: Chart, words: Text) -> Iterator[tuple[str, list[_Row]]]:
    """The rows under their headings: a group a year, or one of both years."""
    if chart.kind == DUMBBELL:
        yield "", [_Row(s, s.points, *chart.pair(s, words)) for s in chart.series]
        return
    for index, category in enumerate(chart.categories):
        heading = category if len(chart.categories) > 1 else ""
        rows = []
        for series in chart.series:
            point = series.points[index]
            absent = point.value is None
            said = ("", point.label) if absent else (point.label, "")
            rows.append(_Row(series, (point,), *said))
        if len(rows) > SORTED_FROM:
            rows.sort(key=_order)
        yield heading, rows


def _order(row: _Row) -> tuple[bool, float]:
    """The figure of the row, the largest first and rows without one last."""
    return row.points[0].value is None, -(row.points[0].value or 0.0)


def _key(chart: Chart, words: Text) -> str:
    """What has to be known of the rows: which mark is which year, where the axis starts."""
    said = []
    if chart.kind == DUMBBELL:
        first, last = chart.categories
        said.append(words("report.dumbbell", first=first, last=last))
    if chart.start:
        said.append(words("chart.starts_at", start=f"{chart.start:g}%"))
    return words("list.semicolon").join(said)
