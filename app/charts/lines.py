"""Lines over the years, never joined across a gap; beneath them what is missing, area by area."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from app.charts.canvas import (
    Setting,
    empty,
    escape,
    note,
    pixels,
    start_of,
    ticks_of,
    value_axis,
)
from app.charts.drawing import Drawing
from app.charts.highlight import crowded, distinct, highlighted
from app.charts.marks import Mark

PLOT = 360
TICKS = 36
LANE_ROW = 30
# The room that a year needs on the axis, in pixels.
TICK = 36
# As many as there are styles: two lines that look alike would be read as one.
NAMED_UP_TO = 8
# A point wants this room above or below it for its number, in pixels.
_LABEL = 18
# Left, top, right and bottom.
Box = tuple[float, float, float, float]


def draw(
    marks: Sequence[Mark], years: Sequence[int], setting: Setting, unit: str, hover: str
) -> Drawing:
    """One line an area; with more than NAMED_UP_TO areas, all but a few are thin and grey.

    `hover` is the text of every grey mark with %{year} for its year and %{text} for area and value.
    """
    palette = setting.palette
    areas = tuple(dict.fromkeys(mark.area for mark in marks))
    by_area = {area: [m for m in marks if m.area == area] for area in areas}
    many = len(areas) > NAMED_UP_TO
    named = highlighted(marks, setting) if many else areas
    values = [mark.value for mark in marks if mark.value is not None]
    start = start_of(values, unit)
    span = ((max(values, default=0.0) - start) or 1.0) * 1.18
    room = setting.room
    lane = int(LANE_ROW * room.scale) * len(named) + 16
    height = PLOT + lane + TICKS + 24
    left = room.name_width([setting.names[area] for area in named])
    width = room.plot(left)
    figure = empty(height, left, palette, TICKS, room=room)
    bottom = lane / (height - TICKS - 8)
    if many:
        _crowd(figure, [by_area[area] for area in areas if area not in named], setting, hover)
        setting = distinct(setting, named)
    labelled = [setting.focus] if setting.focus else named
    labels = _labels(
        [m for area in labelled for m in by_area[area]], years, start, span, setting, width
    )
    for area in sorted(named, key=lambda area: area == setting.focus):
        _line(figure, area, by_area[area], labels, setting)
    for row, area in enumerate(named):
        _lane(figure, area, row, by_area[area], setting)
    tick = TICK * room.scale
    ticks = ticks_of(years, int(width / tick))
    figure.update_xaxis(
        visible=True, tickvals=list(ticks), ticktext=[str(year) for year in ticks], tickangle=0,
        range=[years[0] - 0.5, years[-1] + 0.5], showgrid=False, anchor="y2", zeroline=False,
        tickfont={"size": room.size - 1 if len(ticks) * tick * 1.6 < width else room.small - 1},
    )  # fmt: skip
    figure.update(
        yaxis=value_axis(setting)
        | {"domain": [min(0.6, bottom + 0.06), 1], "range": [start, start + span],
           "zeroline": True, "zerolinecolor": palette.muted},
        yaxis2={
            "domain": [0, bottom], "range": [len(named) - 0.5, -0.5], "fixedrange": True,
            "tickvals": list(range(len(named))), "ticks": "", "showgrid": False, "zeroline": False,
            "ticktext": [setting.marked_name(area) for area in named],
        },
    )  # fmt: skip
    figure.add_shape(type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=bottom,
                     fillcolor=palette.lane, line={"width": 0}, layer="below", name="lane")  # fmt: skip
    if start:
        note(figure, setting.words("chart.starts_at", start=f"{start:g}%"), setting)
    return figure


def _line(
    figure: Drawing,
    area: str,
    own: Sequence[Mark],
    labels: dict[str, tuple[str, str]],
    setting: Setting,
) -> None:
    style = setting.style(area)
    placed = [labels.get(mark.key, ("", "top center")) for mark in own]
    figure.add_scatter(
        x=[mark.year for mark in own], y=[mark.value for mark in own], connectgaps=False,
        mode="lines+markers+text",
        text=[escape(label) for label, _ in placed],
        textposition=[position for _, position in placed],
        textfont={"size": setting.room.small, "color": setting.palette.ink},
        cliponaxis=False,
        line={"color": style.color, "width": 2 if setting.focus not in ("", area) else 3},
        marker={
            "symbol": [style.mark(m.exact) for m in own],
            "size": [17 if m.key == setting.chosen else 12 for m in own],
            "color": style.color,
            "opacity": 1,
            "line": {"width": 2, "color": style.color},
        },
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        customdata=[mark.key for mark in own],
        hovertext=[escape(mark.hover) for mark in own],
        hovertemplate="%{hovertext}<extra></extra>",
        name=setting.name(area),
    )  # fmt: skip


def _lane(figure: Drawing, area: str, row: int, own: Sequence[Mark], setting: Setting) -> None:
    style = setting.style(area)
    figure.add_scatter(
        x=[mark.year for mark in own], y=[row] * len(own), yaxis="y2",
        mode="markers+text",
        marker={"size": 24, "color": "rgba(0,0,0,0)"},
        text=[escape(mark.missing[:1]) if mark.missing
              else f'<span style="color:{style.color}">{style.glyph}</span>' for mark in own],
        textfont={"size": setting.room.size - 1, "color": setting.palette.muted},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        customdata=[mark.key for mark in own],
        hovertext=[escape(mark.hover) for mark in own],
        hovertemplate="%{hovertext}<extra></extra>",
        name=f"lane {setting.name(area)}",
    )  # fmt: skip


def _crowd(figure: Drawing, areas: Sequence[Sequence[Mark]], setting: Setting, hover: str) -> None:
    """All the other areas as one trace, with a gap (None) between them and where a figure is missing."""
    marks: list[Mark | None] = []
    for own in areas:
        for mark in (*own, None):
            if mark and mark.value is not None:
                marks.append(mark)
            elif marks and marks[-1]:
                marks.append(None)
    figure.add_scatter(
        x=[mark and mark.year for mark in marks], y=[mark and mark.value for mark in marks],
        connectgaps=False, mode="lines+markers", name="others",
        line={"color": setting.palette.faint, "width": 1},
        marker={"color": setting.palette.dim, "size": 5, "opacity": 0.8},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.8}},
        customdata=[mark and mark.key for mark in marks],
        text=[crowded(mark, setting) if mark else "" for mark in marks],
        hovertemplate=hover.replace("%{year}", setting.words("period.year", year="%{x:d}"))
        + "<extra></extra>",
    )  # fmt: skip


def _labels(
    marks: Sequence[Mark],
    years: Sequence[int],
    start: float,
    span: float,
    setting: Setting,
    width: float,
) -> dict[str, tuple[str, str]]:
    """Mark → its number and where it stands; nowhere where marks, lines or numbers are in the way.

    The last figure and the largest of each area come first.
    """
    step = width / len(years)
    places = {
        mark.key: ((years.index(mark.year) + 0.5) * step, PLOT * (1 - (mark.value - start) / span))
        for mark in marks
        if mark.value is not None and mark.year is not None
    }
    lines = _segments(marks, places)
    taken = [(x - 8, y - 8, x + 8, y + 8, key) for key, (x, y) in places.items()]
    labels: dict[str, tuple[str, str]] = {}
    for mark in _first_things_first(marks):
        x, y = places[mark.key]
        wide = pixels(mark.short, setting.room.small)
        for position, box in _boxes(x, y, wide, _LABEL * setting.room.scale):
            within = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] < PLOT
            free = within and not any(_overlap(box, o[:4]) for o in taken if o[4] != mark.key)
            if free and not any(_crosses(box, *line) for line in lines):
                taken.append((*box, ""))
                labels[mark.key] = (mark.short, position)
                break
    return labels


def _first_things_first(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with a value: each area's last and largest, then all others."""
    given = [mark for mark in marks if mark.value is not None]
    by_area: dict[str, list[Mark]] = {}
    for mark in given:
        by_area.setdefault(mark.area, []).append(mark)
    last = [own[-1] for own in by_area.values()]
    largest = [max(own, key=lambda mark: mark.value or 0.0) for own in by_area.values()]
    return list({mark.key: mark for mark in (*last, *largest, *given)}.values())


def _boxes(x: float, y: float, wide: float, high: float) -> Iterator[tuple[str, Box]]:
    """Where the number of a point may stand: above, below, right, left."""
    yield "top center", (x - wide / 2, y - 8 - high, x + wide / 2, y - 8)
    yield "bottom center", (x - wide / 2, y + 8, x + wide / 2, y + 8 + high)
    yield "middle right", (x + 10, y - high / 2, x + 10 + wide, y + high / 2)
    yield "middle left", (x - 10 - wide, y - high / 2, x - 10, y + high / 2)


def _segments(
    marks: Sequence[Mark], places: Mapping[str, tuple[float, float]]
) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The pieces of the lines: from a figure to the one of the year after."""
    return [
        (places[one.key], places[other.key])
        for one, other in pairwise(marks)
        if one.area == other.area and one.key in places and other.key in places
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _crosses(box: Box, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a straight line runs through the box, which it is clipped to side by side."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        way = end[axis] - start[axis]
        near, far = box[axis] - start[axis], box[axis + 2] - start[axis]
        if way == 0:
            if near > 0 or far < 0:
                return False
            continue
        one, other = sorted((near / way, far / way))
        low, high = max(low, one), min(high, other)
    return low < high
