"""Charts in PPTX: native, so that they can be edited; missing points are gaps, never zeros.

PowerPoint has no dots, dumbbells or strips: those are bars (one year: an area a bar, what is missing
in its name; two years of a dumbbell: an area a pair of bars, the earlier one pale), and a slope is
lines, as they are on the screen. A missing point is an empty cell of the chart's own workbook.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.marker import Marker
from pptx.chart.series import _BaseCategorySeries as Drawn
from pptx.dml.chtfmt import ChartFormat
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_PATTERN
from pptx.slide import Slide as Page
from pptx.util import Pt

from app import format as fmt
from app.exports.cells import plain, safe
from app.exports.pptx_text import SMALL, color_of, set_font, write
from app.scene import Chart, Point, Series
from app.selection import DUMBBELL
from app.slides import Slide
from app.text import Text
from app.theme import LIGHT, pale

_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND, "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.DASH, "star": XL_MARKER_STYLE.STAR,
    "pentagon": XL_MARKER_STYLE.X, "hexagon": XL_MARKER_STYLE.PLUS,
}  # fmt: skip

# The years of a slope.
PAIR = 2


class Box(NamedTuple):
    """A place on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


def add(page: Page, slide: Slide, chart: Chart, box: Box, words: Text, ink: str | None) -> None:
    """Put the chart of a slide on the page; the slide's headline and values are its alternative text.

    `ink` is the colour of the text, None for the theme's.
    """
    data = CategoryChartData(number_format=_number_format(chart))
    by_area = len(chart.categories) == 1 or chart.kind == DUMBBELL
    if by_area:
        kind = XL_CHART_TYPE.BAR_CLUSTERED
        data.categories = [_name(series, chart, words) for series in chart.series]
        for index, category in enumerate(chart.categories):
            data.add_series(safe(category), [s.points[index].value for s in chart.series])
    else:
        kind = XL_CHART_TYPE.LINE_MARKERS if chart.across else XL_CHART_TYPE.COLUMN_CLUSTERED
        data.categories = [safe(category) for category in chart.categories]
        for series in chart.series:
            data.add_series(safe(series.label), [point.value for point in series.points])
    frame = page.shapes.add_chart(kind, *map(Pt, box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _described(slide, chart))
    native = frame.chart
    _dress(native, chart, by_area, words, ink)
    if by_area:
        _paint_years(native, chart, words, ink)
        return
    for drawn, series in zip(native.plots[0].series, chart.series, strict=True):
        if chart.across:
            _paint_line(drawn, series)
        else:
            for index, point in enumerate(series.points):
                _paint(drawn.points[index].format, series.style.color, point)
            _paint(drawn.format, series.style.color)
        if chart.labelled:
            _labels(drawn, series.points, chart, words, ink)


def _paint_years(native: NativeChart, chart: Chart, words: Text, ink: str | None) -> None:
    """A series a year, each bar in its area's colour; of two years, the earlier one is pale."""
    last = len(chart.categories) - 1
    for place, drawn in enumerate(native.plots[0].series):
        points = [series.points[place] for series in chart.series]
        for index, (series, point) in enumerate(zip(chart.series, points, strict=True)):
            color = series.style.color if place == last else pale(series.style.color)
            _paint(drawn.points[index].format, color, point)
        if last:
            _paint(drawn.format, LIGHT.muted if place == last else pale(LIGHT.muted))
        if chart.labelled:
            _labels(drawn, points, chart, words, ink)


def _dress(native: NativeChart, chart: Chart, by_area: bool, words: Text, ink: str | None) -> None:
    """Fonts, axes and legend of a chart."""
    lines = chart.across and not by_area
    legend = not by_area or len(chart.categories) > 1
    set_font(native.font, SMALL, words, ink)
    native.has_title = False
    native.has_legend = legend
    if legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
    plot = native.plots[0]
    value, category = native.value_axis, native.category_axis
    value.minimum_scale = chart.start if lines else 0
    value.has_major_gridlines = value.visible = lines
    if lines:
        value.major_gridlines.format.line.color.rgb = color_of(LIGHT.faint)
        value.tick_labels.number_format = "#,##0"
        value.tick_labels.number_format_is_linked = False
    else:
        bars = len(chart.series) * len(chart.categories)
        plot.gap_width, plot.vary_by_categories = max(60, 300 // bars), False
    category.format.line.color.rgb = color_of(LIGHT.muted)
    if by_area:
        category.reverse_order = True


def _paint(format_: ChartFormat, painted: str, point: Point | None = None) -> None:
    """The area's colour; hatched where the figure is ≥, ≤ or 约, as on the screen."""
    color, fill = color_of(painted), format_.fill
    if point is None or point.exact:
        fill.solid()
    else:
        fill.patterned()
        fill.pattern = MSO_PATTERN.DARK_UPWARD_DIAGONAL
        fill.back_color.rgb = color_of(LIGHT.paper)
        format_.line.color.rgb = color
    fill.fore_color.rgb = color


def _paint_line(drawn: Drawn, series: Series) -> None:
    """Line and markers in the area's colour; hollow markers where the figure is not exact."""
    color = color_of(series.style.color)
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = color, Pt(3)
    _mark(drawn.marker, series, True)
    for index, point in enumerate(series.points):
        if not point.exact:
            _mark(drawn.points[index].marker, series, False)


def _mark(marker: Marker, series: Series, exact: bool) -> None:
    color = color_of(series.style.color)
    marker.style, marker.size = _MARKERS[series.style.symbol], 11
    marker.format.line.color.rgb = color
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = color if exact else color_of(LIGHT.paper)


def _labels(
    drawn: Drawn, points: Sequence[Point], chart: Chart, words: Text, ink: str | None
) -> None:
    """The values at the marks; a text of its own where the number alone would say too much."""
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _number_format(chart), False
    above = chart.across and len(chart.categories) > 1
    labels.position = XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.OUTSIDE_END
    set_font(labels.font, SMALL, words, ink)
    positions = [labels.position] * len(points)
    if above and len(points) == PAIR:
        # Left of the first year and right of the second one, where no line runs.
        positions = [XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT]
    for index, point in enumerate(points):
        if point.value is None:
            continue
        if point.label != fmt.number(point.value) or positions[index] != labels.position:
            label = drawn.points[index].data_label
            label.text_frame.word_wrap = False
            write(label.text_frame, [point.label], SMALL, words, ink)
            label.position = positions[index]


def _described(slide: Slide, chart: Chart) -> str:
    """The chart in words, for those who can't see it."""
    values = (
        f"{series.label} {category if len(chart.categories) > 1 else ''} {point.label}"
        for series in chart.series
        for category, point in zip(chart.categories, series.points, strict=True)
    )
    return plain(f"{slide.headline}\n" + "\n".join(" ".join(v.split()) for v in values))


def _name(series: Series, chart: Chart, words: Text) -> object:
    """The area's name, with what is missing: 焦作市：无文件, 焦作市：2023年无文件."""
    absent = [
        point.label
        if len(chart.categories) == 1
        else words("chart.value_of_year", year=category, value=point.label)
        for category, point in zip(chart.categories, series.points, strict=True)
        if point.value is None
    ]
    if not absent:
        return safe(series.label)
    state = words("list.semicolon").join(absent)
    return safe(words("report.missing_mark", label=series.label, state=state))


def _number_format(chart: Chart) -> str:
    values = [p.value for series in chart.series for p in series.points if p.value is not None]
    return "#,##0" if all(value == int(value) for value in values) else "#,##0.0#"
