"""Dots on thin lines, one a figure, hollow where the figure is not exact; the axis need not start at 0."""

from collections.abc import Sequence

from app.charts import rows
from app.charts.canvas import Setting, escape, note, start_of
from app.charts.drawing import Drawing
from app.charts.rows import Group


def draw(groups: Sequence[Group], setting: Setting, unit: str) -> Drawing:
    """One dot a mark, group under group; `unit` decides whether the axis may start above 0."""
    origin = start_of((m.value for _, ms in groups for m in ms if m.value is not None), unit)
    laid = rows.lay_out(groups, setting, origin)
    figure = rows.ground(laid, setting)
    palette = setting.palette
    shown = [(y, mark) for y, mark in laid.places if mark.value is not None]
    stems_x: list[float | None] = []
    stems_y: list[float | None] = []
    for y, mark in shown:
        stems_x += [origin, mark.value, None]
        stems_y += [y, y, None]
    figure.add_scatter(x=stems_x, y=stems_y, mode="lines", hoverinfo="skip", name="stems",
                       line={"color": palette.faint, "width": 2})  # fmt: skip
    figure.add_scatter(
        x=[mark.value for _, mark in shown],
        y=[y for y, _ in shown],
        mode="markers+text",
        marker=rows.markers([m for _, m in shown], setting, 11 if laid.compact else 14),
        text=["  " + escape(mark.label) for _, mark in shown],
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": laid.size, "color": palette.ink},
        hoverinfo="skip",
        name="values",
    )  # fmt: skip
    rows.add_missing(figure, laid, setting)
    rows.add_targets(figure, laid, setting)
    if origin:
        note(figure, setting.words("chart.starts_at", start=f"{origin:g}%"), setting)
    return figure
