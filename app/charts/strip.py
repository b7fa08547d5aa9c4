"""Hundreds of areas: a row a year with a grey dot for each area, at most five named and coloured."""

from collections.abc import Sequence

import numpy as np

from app.charts.canvas import (
    SMALL,
    Setting,
    empty,
    escape,
    note,
    start_of,
    value_axis,
)
from app.charts.drawing import Drawing
from app.charts.highlight import crowded, distinct, highlighted
from app.charts.marks import Mark
from app.typeset import ems

TICKS = 34
KEY, LINE = 38, 20
# The margin of the years' names in heights of their type.
LEFT_EMS = 10
_BETWEEN = "\u3000"
ONE_ROW, ROW = 230, 62
_GOLDEN = 0.618033988749895


def draw(
    rows: Sequence[tuple[str, Sequence[Mark]]], setting: Setting, unit: str, hover: str
) -> Drawing:
    """`rows` are the marks of each year under its heading.

    `hover` is the text of every grey dot with %{year} for its year and %{text} for area and value.
    """
    words, palette = setting.words, setting.palette
    every = [mark for _, marks in rows for mark in marks]
    named = highlighted(every, setting)
    values = [mark.value for mark in every if mark.value is not None]
    start = start_of(values, unit)
    reach = start + ((max(values, default=0.0) - start) or 1.0) * 1.05
    each = ONE_ROW if len(rows) == 1 else ROW
    height = KEY + each * len(rows) + TICKS
    figure = empty(height + 8, _left(setting), palette, TICKS, 16, room=setting.room)
    figure.layout["margin"]["t"] = KEY
    figure.update(
        annotations=[_row_name(row, *named_row, setting) for row, named_row in enumerate(rows)],
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": row, "y1": row,
             "line": {"color": palette.faint, "width": 1}, "layer": "below"}
            for row in range(len(rows))
        ],
    )  # fmt: skip
    for row, (heading, marks) in enumerate(rows):
        _crowd(figure, row, [m for m in marks if m.area not in named], setting, heading, hover)
    setting = distinct(setting, named)
    for area in reversed(named):
        _named(figure, area, rows, setting)
    _key(figure, named, rows, setting)
    figure.update(xaxis=value_axis(setting) | {"range": [start, reach]})
    figure.update_yaxis(range=[len(rows) - 0.5, -0.5])
    if start:
        note(figure, words("chart.starts_at", start=f"{start:g}%"), setting)
    return figure


def _left(setting: Setting) -> int:
    return LEFT_EMS * max(SMALL, setting.room.small)


def _row_name(row: int, heading: str, marks: Sequence[Mark], setting: Setting) -> dict[str, object]:
    """The year of a row, and how many of its areas have a figure."""
    reported = sum(mark.value is not None for mark in marks)
    said = setting.words("chart.strip_row", reported=reported, all=len(marks))
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": 8 - _left(setting), "y": row,
        "showarrow": False, "align": "left", "font": {"size": setting.room.small},
        "text": f"<b>{escape(heading)}</b><br>{escape(said)}",
    }  # fmt: skip


def _crowd(
    figure: Drawing, row: int, marks: Sequence[Mark], setting: Setting, year: str, hover: str
) -> None:
    shown = [mark for mark in marks if mark.value is not None]
    # Evenly scattered and the same each time: the golden ratio's multiples, each about its row.
    offsets = (np.arange(len(shown)) * _GOLDEN % 1 - 0.5) * 0.7 + row
    figure.add_scatter(
        x=[_short(mark.value or 0.0) for mark in shown],
        y=np.round(offsets, 3).tolist(),
        mode="markers",
        marker={"color": setting.palette.dim, "size": 8, "opacity": 0.55},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0.55}},
        customdata=[mark.key for mark in shown],
        text=[crowded(mark, setting) for mark in shown],
        hovertemplate=hover.replace("%{year}", escape(year)) + "<extra></extra>",
        name=f"others {year}",
    )


def _short(value: float) -> float:
    """The value in as few digits as its place on the axis needs: thousands of them are sent."""
    return int(value) if value == int(value) else float(f"{value:.7g}")


def _named(
    figure: Drawing, area: str, rows: Sequence[tuple[str, Sequence[Mark]]], setting: Setting
) -> None:
    style = setting.style(area)
    own = [(row, m) for row, (_, marks) in enumerate(rows) for m in marks if m.area == area]
    shown = [(row, mark) for row, mark in own if mark.value is not None]
    figure.add_scatter(
        x=[mark.value for _, mark in shown],
        y=[row for row, _ in shown],
        mode="markers",
        marker={
            "color": style.color,
            "symbol": [style.mark(m.exact) for _, m in shown],
            "size": [19 if m.key == setting.chosen else 15 for _, m in shown],
            "opacity": 1,
            "line": {"width": 1.5, "color": setting.palette.paper},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=[mark.key for _, mark in shown],
        hovertext=[escape(mark.hover) for _, mark in shown],
        hovertemplate="%{hovertext}<extra></extra>",
        name=setting.name(area),
    )


def _key(
    figure: Drawing,
    named: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Mark]]],
    setting: Setting,
) -> None:
    """The named areas in lines above the plot; with one row, each with its figure."""
    room = setting.room
    fitting = (room.width - 8) / room.small
    lines: list[str] = []
    used = fitting
    for area in named:
        said = ""
        if len(rows) == 1:
            mark = next(m for m in rows[0][1] if m.area == area)
            said = " " + (mark.short or mark.missing)
        part = setting.marked_name(area) + escape(said)
        width = 2 + ems(setting.names[area][: room.name_ems] + said)
        if used + width > fitting:
            lines.append(part)
            used = width
        else:
            lines[-1] += _BETWEEN + part
            used += width + 1
    grown = int(LINE * room.scale) * (len(lines) - 1)
    figure.grow(grown, t=grown)
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", xshift=8 - _left(setting), y=1, yref="paper", yanchor="bottom",
        yshift=6, showarrow=False, text="<br>".join(lines), align="left",
        font={"size": room.small},
    )  # fmt: skip
