"""Charts in PPTX: native, so that they can be edited; missing points are gaps, never zeros.

One or two years are bars (one year: an area a bar, what is missing in its name), more are lines. A
missing point is an empty cell of the chart's own workbook.
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
from app.slides import Chart, Point, Series, Slide
from app.states import State
from app.text import Text
from app.theme import LIGHT

_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE, "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND, "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "triangle-down": XL_MARKER_STYLE.DASH, "star": XL_MARKER_STYLE.STAR,
    "pentagon": XL_MARKER_STYLE.X, "hexagon": XL_MARKER_STYLE.PLUS,
}  # fmt: skip


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
    single = len(chart.categories) == 1
    data = CategoryChartData(number_format=_number_format(chart))
    if single:
        kind = XL_CHART_TYPE.BAR_CLUSTERED
        data.categories = [_name(series, words) for series in chart.series]
        data.add_series(
            safe(chart.categories[0]), [series.points[0].value for series in chart.series]
        )
    else:
        bars = chart.kind == "bars"
        kind = XL_CHART_TYPE.COLUMN_CLUSTERED if bars else XL_CHART_TYPE.LINE_MARKERS
        data.categories = [safe(category) for category in chart.categories]
        for series in chart.series:
            data.add_series(safe(series.label), [point.value for point in series.points])
    frame = page.shapes.add_chart(kind, *map(Pt, box), data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", _described(slide, chart))
    native = frame.chart
    _dress(native, chart, single, words, ink)
    if single:
        (drawn,) = native.plots[0].series
        for index, series in enumerate(chart.series):
            _paint(drawn.points[index].format, series, series.points[0])
        _labels(drawn, [series.points[0] for series in chart.series], chart, words, ink)
    else:
        for drawn, series in zip(native.plots[0].series, chart.series, strict=True):
            if chart.kind == "bars":
                for index, point in enumerate(series.points):
                    _paint(drawn.points[index].format, series, point)
                _paint(drawn.format, series)
            else:
                _paint_line(drawn, series)
            if chart.labelled:
                _labels(drawn, series.points, chart, words, ink)


def _dress(native: NativeChart, chart: Chart, single: bool, words: Text, ink: str | None) -> None:
    """Fonts, axes and legend of a chart."""
    set_font(native.font, SMALL, words, ink)
    native.has_title = False
    native.has_legend = not single
    if not single:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False
    plot = native.plots[0]
    value, category = native.value_axis, native.category_axis
    value.minimum_scale = 0
    value.has_major_gridlines = chart.kind == "lines"
    value.visible = chart.kind == "lines"
    if chart.kind == "lines":
        value.major_gridlines.format.line.color.rgb = color_of(LIGHT.faint)
        value.tick_labels.number_format = "#,##0"
        value.tick_labels.number_format_is_linked = False
    else:
        bars = len(chart.series) * len(chart.categories)
        plot.gap_width, plot.vary_by_categories = max(60, 300 // bars), False
    category.format.line.color.rgb = color_of(LIGHT.muted)
    if single:
        category.reverse_order = True


def _paint(format_: ChartFormat, series: Series, point: Point | None = None) -> None:
    """The area's colour; hatched where the figure is ≥, ≤ or 约, as on the screen."""
    color, fill = color_of(series.style.color), format_.fill
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
    bars = chart.kind == "bars"
    labels.position = XL_LABEL_POSITION.OUTSIDE_END if bars else XL_LABEL_POSITION.ABOVE
    set_font(labels.font, SMALL, words, ink)
    for index, point in enumerate(points):
        if point.value is not None and point.label != fmt.number(point.value):
            label = drawn.points[index].data_label
            label.text_frame.word_wrap = False
            write(label.text_frame, [point.label], SMALL, words, ink)
            label.position = labels.position


def _described(slide: Slide, chart: Chart) -> str:
    """The chart in words, for those who can't see it."""
    values = (
        f"{series.label} {category if len(chart.categories) > 1 else ''} {point.label}"
        for series in chart.series
        for category, point in zip(chart.categories, series.points, strict=True)
    )
    return plain(f"{slide.headline}\n" + "\n".join(" ".join(v.split()) for v in values))


def _name(series: Series, words: Text) -> object:
    point = series.points[0]
    if point.state is State.REPORTED:
        return safe(series.label)
    return safe(words("report.missing_mark", label=series.label, state=point.label))


def _number_format(chart: Chart) -> str:
    values = [p.value for series in chart.series for p in series.points if p.value is not None]
    return "#,##0" if all(value == int(value) for value in values) else "#,##0.0#"
