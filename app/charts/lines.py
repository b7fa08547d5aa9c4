"""Lines over the years, never joined across a gap; beneath them what is missing, area by area."""

from collections.abc import Sequence

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
from app.charts.highlight import distinct, highlighted
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


def draw(marks: Sequence[Mark], years: Sequence[int], setting: Setting, unit: str) -> Drawing:
    """One line an area; with more than NAMED_UP_TO areas, all but a few are thin and grey."""
    palette = setting.palette
    areas = tuple(dict.fromkeys(mark.area for mark in marks))
    by_area = {area: [m for m in marks if m.area == area] for area in areas}
    many = len(areas) > NAMED_UP_TO
    named = highlighted(marks, setting) if many else areas
    values = [mark.value for mark in marks if mark.value is not None]
    start = start_of(values, unit)
    span = ((max(values, default=0.0) - start) or 1.0) * 1.18
    lane = LANE_ROW * len(named) + 16
    height = PLOT + lane + TICKS + 24
    room = setting.room
    left = room.name_width([setting.names[area] for area in named])
    width = room.plot(left)
    figure = empty(height, left, palette, TICKS, room=room)
    bottom = lane / (height - TICKS - 8)
    if many:
        _crowd(figure, [m for a in areas if a not in named for m in [*by_area[a], None]], setting)
        setting = distinct(setting, named)
    labelled = [setting.focus] if setting.focus else named
    labels = _labels(
        [m for area in labelled for m in by_area[area]], years, start, span, setting, width
    )
    for area in sorted(named, key=lambda area: area == setting.focus):
        _line(figure, area, by_area[area], labels, setting)
    for row, area in enumerate(named):
        _lane(figure, area, row, by_area[area], setting)
    ticks = ticks_of(years, int(width / TICK))
    figure.update_xaxis(
        visible=True, tickvals=list(ticks), ticktext=[str(year) for year in ticks], tickangle=0,
        range=[years[0] - 0.5, years[-1] + 0.5], showgrid=False, anchor="y2", zeroline=False,
        tickfont={"size": room.size - 1 if len(ticks) * TICK * 1.6 < width else room.small - 1},
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


def _crowd(figure: Drawing, marks: Sequence[Mark | None], setting: Setting) -> None:
    """All the other areas as one trace, with a gap (None) between them."""
    figure.add_scatter(
        x=[mark and mark.year for mark in marks], y=[mark and mark.value for mark in marks],
        connectgaps=False, mode="lines+markers", name="others",
        line={"color": setting.palette.faint, "width": 1},
        marker={"color": setting.palette.dim, "size": 5, "opacity": 0.8},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 0.8}},
        customdata=[mark and mark.key for mark in marks],
        hovertext=[escape(mark.hover) if mark else "" for mark in marks],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _labels(
    marks: Sequence[Mark],
    years: Sequence[int],
    start: float,
    span: float,
    setting: Setting,
    width: float,
) -> dict[str, tuple[str, str]]:
    """Mark → its number and where it stands, above or below, or nowhere where others are in the way."""
    step = width / len(years)
    places = {
        mark.key: ((years.index(mark.year) + 0.5) * step, PLOT * (1 - (mark.value - start) / span))
        for mark in marks
        if mark.value is not None and mark.year is not None
    }
    taken = [(x - 8, y - 8, x + 8, y + 8, key) for key, (x, y) in places.items()]
    labels: dict[str, tuple[str, str]] = {}
    for mark in marks:
        if mark.key not in places:
            continue
        x, y = places[mark.key]
        half = pixels(mark.short, setting.room.small) / 2
        for position, low in (("top center", y - 26), ("bottom center", y + 8)):
            box = (x - half, low, x + half, low + _LABEL)
            if low + _LABEL < PLOT and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in taken
                if other[4] != mark.key
            ):
                taken.append((*box, ""))
                labels[mark.key] = (mark.short, position)
                break
    return labels
