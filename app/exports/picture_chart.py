"""A chart, drawn on a sheet as the screen draws it.

What is missing is a word in a lane or a strip, never a bar of height 0.
"""

from app.exports import picture_lines, picture_rows
from app.exports.canvas import Sheet
from app.scene import Chart
from app.selection import STRIP
from app.text import Text


def in_rows(chart: Chart) -> bool:
    """Whether areas are rows; else years run from left to right.

    So they do in a slope, which is two of them, and where some areas have no name: these are grey
    dots behind the others, as in the strip of the screen.
    """
    return not chart.across and chart.kind != STRIP and not chart.crowd


def height(chart: Chart, values: bool = True) -> float:
    """How much room the chart takes, in pixels; `values` as in draw."""
    if in_rows(chart):
        return picture_rows.height(chart)
    return picture_lines.height(chart, _plot(values))


def draw(
    sheet: Sheet,
    chart: Chart,
    left: float,
    top: float,
    width: float,
    words: Text,
    values: bool = True,
) -> None:
    """Draw the chart at (left, top), `width` pixels wide and height(chart, values) high.

    `values` is false where a table beside it has the values of marks that are too many for labels.
    """
    if in_rows(chart):
        picture_rows.draw(sheet, chart, left, top, width, words)
    else:
        plot = _plot(values)
        values &= bool(chart.crowd) or not chart.labelled
        picture_lines.draw(sheet, chart, left, top, width, values, plot)


def _plot(values: bool) -> float:
    return picture_lines.PLOT if values else picture_lines.LOW_PLOT
