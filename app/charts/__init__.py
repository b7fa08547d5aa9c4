"""Comparison → drawing for Plotly, a module a kind of chart. A missing figure is named, never drawn as 0.

marks     a cell or figure → what it shows on any chart: value, label, hover text
drawing   a chart as plain data
canvas    sizes, widths of text, the empty figure
rows      areas as rows with a lane for what is missing: the ground of bars, dots and dumbbell
bars      one row a figure, from 0
dots      the same as dots: for percentages, and for many areas
dumbbell  two years of an area in one row
slope     two years as two columns
lines     three and more years, never joined across a gap
strip     hundreds of areas: a grey dot each, at most five named
draw      which kind suits the years and areas on show, and the figure itself
about     what stands beside a figure: its words for those who do not see it, its toolbar

Whatever comes from a document or catalogue is escaped, because Plotly reads a little HTML.
"""

from app.charts.about import alternative, cautions, config, unit_of, with_footer
from app.charts.canvas import PHONE, PROJECTOR, WIDE, Room, escape
from app.charts.draw import apart, kind_of, offered, suited, yearly

__all__ = [
    "PHONE", "PROJECTOR", "WIDE", "Room", "alternative", "apart", "cautions", "config", "escape", "kind_of", "offered",
    "suited", "unit_of", "with_footer", "yearly",
]  # fmt: skip
