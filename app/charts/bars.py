"""Bars from 0, one a figure, hatched where the figure is not exact."""

from collections.abc import Sequence

from app.charts import rows
from app.charts.canvas import Setting, escape
from app.charts.drawing import Drawing
from app.charts.rows import Group


def draw(groups: Sequence[Group], setting: Setting) -> Drawing:
    """One bar a mark, group under group."""
    laid = rows.lay_out(groups, setting)
    figure = rows.ground(laid, setting)
    shown = [(y, mark) for y, mark in laid.places if mark.value is not None]
    colors = [setting.style(mark.area).color for _, mark in shown]
    figure.add_bar(
        orientation="h",
        x=[mark.value for _, mark in shown],
        y=[y for y, _ in shown],
        width=laid.row * 0.56,
        marker={
            "color": colors,
            "opacity": [0.92 if mark.exact and not mark.apart else 0.6 for _, mark in shown],
            "line": {"color": colors, "width": 1.5},
            "pattern": {"fillmode": "overlay", "shape": ["" if mark.exact else "/" for _, mark in shown],
                        "fgcolor": setting.palette.paper, "fgopacity": 0.9, "size": 9,
                        "solidity": 0.25},
        },
        text=[escape(mark.label) for _, mark in shown],
        textposition="outside",
        # A label of two lines is higher than its bar, and would be drawn smaller than the others.
        constraintext="none",
        cliponaxis=False,
        textfont={"size": laid.size, "color": setting.palette.ink},
        hoverinfo="skip",
        name="values",
    )  # fmt: skip
    rows.add_missing(figure, laid, setting)
    rows.add_targets(figure, laid, setting)
    return figure
