"""A chart of a slide, drawn on a sheet as the screen draws it, in the kind chosen or suited there.

What is missing is a word in a lane or a strip, never a bar of height 0.
"""

from app.charts import suited
from app.exports import picture_lines, picture_rows
from app.exports.canvas import Sheet
from app.exports.picture_rows import BARS, DUMBBELL
from app.slides import Chart, Slide
from app.text import Text

LINES = "lines"
MOST_ROWS = 40


def kind_of(slide: Slide, wanted: str = "") -> str:
    """The kind that is drawn: the wanted one where it can show the chart, else what suits it.

    Totals over years and plans are bars. A slope is drawn as lines. Of many areas, those with a
    name stand before the crowd of all others, which the screen has as a strip.
    """
    chart, comparison = slide.chart, slide.comparison
    if chart is None or comparison is None or slide.scope != "yearly":
        return BARS
    years = len(chart.categories)
    rows = len(chart.series) * (years if wanted != DUMBBELL else 1)
    possible = {
        **dict.fromkeys(picture_rows.KINDS, rows <= MOST_ROWS),
        DUMBBELL: years == 2,
        LINES: years > 1 or bool(chart.crowd),
    }
    for kind in (wanted, LINES if chart.crowd else suited(comparison)):
        if possible.get(kind):
            return kind
    return LINES if years > 1 else BARS


def height(chart: Chart, kind: str) -> float:
    """How much room the chart takes, in pixels."""
    return picture_lines.height(chart) if kind == LINES else picture_rows.height(chart, kind)


def draw(
    sheet: Sheet,
    chart: Chart,
    kind: str,
    left: float,
    top: float,
    width: float,
    words: Text,
    values: bool = True,
) -> None:
    """Draw the chart at (left, top), `width` pixels wide and height(chart) high.

    `values` is false where a table beside it has the values of marks that are too many for labels.
    """
    if kind == LINES:
        values &= bool(chart.crowd) or not chart.labelled
        picture_lines.draw(sheet, chart, left, top, width, values)
    else:
        picture_rows.draw(sheet, chart, kind, left, top, width, words)
