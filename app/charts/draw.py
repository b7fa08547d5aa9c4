"""Which kind of chart suits the years and areas on show, and the figure of that kind."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.charts import bars, dots, dumbbell, lines, slope, strip
from app.charts.about import unit_of
from app.charts.canvas import WIDE, Room, Setting, escape
from app.charts.drawing import Drawing
from app.charts.marks import Mark, apart_mark, yearly_marks
from app.charts.rows import Group, focus_first, ordered
from app.comparison import Comparison, every_year
from app.data import Figure, Table
from app.selection import BARS, DOTS, DUMBBELL, LINES, SLOPE, STRIP
from app.text import Text
from app.theme import LIGHT, Palette, Style

# Up to how many areas a kind is chosen by itself, and up to how many rows or areas it can be asked for.
FEW, SOME = 12, 40
ROWS_UP_TO = LINES_UP_TO = 400
MANY = 8


def suited(comparison: Comparison) -> str:
    """The kind that suits the data.

    One year: bars, dots for percentages and for more than FEW areas. Two: a dumbbell where most
    areas with a figure have both years, else bars. Three or more: lines. A strip for more.
    """
    areas, years = len(comparison.areas), len(comparison.years)
    if comparison.latest or years <= 1:
        if areas > SOME:
            return STRIP
        return DOTS if areas > FEW or comparison.indicator.unit == "%" else BARS
    if years == 2 and areas <= SOME:
        both, any_ = _with_both(comparison)
        if both * 2 >= any_ and both:
            return DUMBBELL
        return BARS if areas <= FEW else DOTS
    return LINES if years > 2 and areas <= FEW else STRIP


def offered(comparison: Comparison) -> tuple[str, ...]:
    """The kinds that can show the data, the suited one among them."""
    areas, years = len(comparison.areas), len(comparison.years)
    in_rows = areas * (1 if comparison.latest else max(1, years))
    found = [BARS, DOTS] if in_rows <= ROWS_UP_TO else []
    if years == 2 and areas <= ROWS_UP_TO:
        found.append(DUMBBELL)
    if years == 2 and areas <= FEW:
        found.append(SLOPE)
    if years > 1 and areas <= LINES_UP_TO:
        found.append(LINES)
    if areas >= MANY:
        found.append(STRIP)
    suits = suited(comparison)
    return tuple(found) if suits in found else (suits, *found)


def kind_of(comparison: Comparison, wanted: str) -> str:
    """The kind to draw: the wanted one where it can show the data, else the suited one."""
    return wanted if wanted in offered(comparison) else suited(comparison)


def yearly(
    table: Table,
    comparison: Comparison,
    styles: Mapping[str, Style],
    words: Text,
    kind: str = "",
    chosen: str = "",
    *,
    palette: Palette = LIGHT,
    focus: str = "",
    room: Room = WIDE,
) -> Drawing:
    """The yearly figures as a chart of `kind` (default, and for what is not offered: the suited one).

    `chosen` is the key of the mark whose sentence is on show; `focus` the area that stands out;
    `room` is that of the window.
    """
    kind = kind_of(comparison, kind)
    names = {area: table.areas[area].label for area in comparison.areas}
    setting = Setting(names, styles, words, palette, chosen, focus, room)
    if kind == LINES:
        comparison = every_year(table, comparison)
    marks = yearly_marks(table, comparison, words)
    unit = comparison.indicator.unit
    if kind == LINES:
        return lines.draw(marks, comparison.years, setting, unit, _short_hover(comparison, words))
    if kind == SLOPE:
        return slope.draw(_pairs(marks), setting, unit)
    if kind == DUMBBELL:
        return dumbbell.draw(_pairs(marks), setting.alike, unit)
    groups = _groups(comparison, marks, words)
    if kind == STRIP:
        return strip.draw(groups[::-1], setting, unit, _short_hover(comparison, words))
    groups = focus_first(groups, setting)
    if kind == BARS:
        return bars.draw(groups, setting.alike)
    return dots.draw(groups, setting.alike, unit)


def apart(
    table: Table,
    comparison: Comparison,
    figures: Sequence[Figure],
    styles: Mapping[str, Style],
    words: Text,
    chosen: str = "",
    *,
    palette: Palette = LIGHT,
    focus: str = "",
    room: Room = WIDE,
) -> Drawing:
    """Totals over several years, or plans: one group of bars for each period."""
    groups: dict[str, list[Mark]] = {}
    for figure in figures:
        groups.setdefault(evidence.period(figure, words), []).append(
            apart_mark(figure, comparison, table, words)
        )
    names = {area: table.areas[area].label for area in comparison.areas}
    return bars.draw(
        list(groups.items()), Setting(names, styles, words, palette, chosen, focus, room)
    )


def _pairs(marks: Sequence[Mark]) -> list[dumbbell.Pair]:
    """The marks of two years, area by area, as pairs."""
    return list(zip(marks[::2], marks[1::2], strict=True))


def _with_both(comparison: Comparison) -> tuple[int, int]:
    """How many areas have a figure for each year, and for any."""
    counts = [
        sum(cell.figure is not None for cell in comparison.cells if cell.area == area)
        for area in comparison.areas
    ]
    return sum(count == len(comparison.years) for count in counts), sum(map(bool, counts))


def _groups(comparison: Comparison, marks: Sequence[Mark], words: Text) -> list[Group]:
    """The marks year by year; sorted by value where there is only one year, or each its latest."""
    if comparison.latest:
        return [(words("compare.latest"), ordered(marks))]
    groups: list[Group] = [
        (fmt.years(year, year, words), [mark for mark in marks if mark.year == year])
        for year in comparison.years
    ]
    if len(groups) == 1 or len(comparison.areas) > FEW:
        return [(heading, ordered(of_year)) for heading, of_year in groups]
    return groups


def _short_hover(comparison: Comparison, words: Text) -> str:
    """The hover text of grey dots, the same for all but for year, area and value."""
    body = comparison.cells[0].body if comparison.cells else ""
    return escape(
        words(
            "chart.hover_short",
            years="%{year}",
            name=evidence.name_of(comparison.indicator, words),
            body=words(f"body.{body}"),
            value="%{text}",
            unit=unit_of(comparison, body, words),
        )
    )
