"""Slides → those of each indicator together, for pictures and briefs, which need no table slides."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.slides.model import Kind, Slide
from app.text import Text


def by_indicator(slides: Iterable[Slide], words: Text) -> Mapping[str, tuple[Slide, ...]]:
    """Indicator (id) → its slides with a chart, or the one that says why there is none.

    Slides that only repeat the values of a chart as a table are left out, and so is the remark
    that leads to them.
    """
    found: dict[str, tuple[Slide, ...]] = {}
    for slide in slides:
        if slide.kind is not Kind.INDICATOR or slide.comparison is None:
            continue
        indicator = slide.comparison.indicator.id
        if slide.chart or slide.id == indicator:
            said = slide.left_out.removesuffix(words("slide.left_out.labels"))
            found[indicator] = (*found.get(indicator, ()), replace(slide, left_out=said))
    return found
