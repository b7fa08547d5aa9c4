"""Table, selection → slides: what a deck, the 演示 page and a brief have to say, without a layout.

model   Slide and its parts
said    the words of a slide: headline, what is missing, footnotes, quotes
deck    a table and a selection → slides
groups  the slides of each indicator together
plan    which slides in which order under which titles ↔ a link, a small file
"""

from app.scene import Chart, Point, Series
from app.slides.deck import asked, deck
from app.slides.groups import by_indicator
from app.slides.model import Grid, GridCell, Kind, Quote, Slide, Source
from app.slides.plan import Pick, Plan

__all__ = [
    "Chart", "Grid", "GridCell", "Kind", "Pick", "Plan", "Point", "Quote", "Series", "Slide",
    "Source", "asked", "by_indicator", "deck",
]  # fmt: skip
