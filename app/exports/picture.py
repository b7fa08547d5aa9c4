"""Slides of one indicator → a picture that stands alone: headline, charts, notes, sources.

Everything that has to be known stands inside the picture: unit and years, who did not report, what
the marks mean, 口径, and the reports that the figures come from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.exports import picture_chart
from app.exports.canvas import Sheet
from app.slides import Slide
from app.text import Text
from app.theme import LIGHT
from app.typeset import wrap

WIDTH, MARGIN = 1200.0, 40.0
TITLE, HEADING, BODY, NOTE = 28.0, 20.0, 18.0, 16.0
LEADING = 1.45
NAMED_SOURCES = 8
_INNER = WIDTH - 2 * MARGIN
# The width that a text is broken at, in parts of the room: bold type of some fonts is wider.
_SPARE, _SPARE_BOLD = 0.98, 0.92


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of text on the picture, or a chart of a slide, and the room that it takes."""

    height: float
    text: str = ""
    size: float = BODY
    color: str = LIGHT.ink
    bold: bool = False
    slide: Slide | None = None
    rule: bool = False


def sheet(slides: Sequence[Slide], words: Text, version: str = "") -> Sheet:
    """The picture of the slides (at least one) of one indicator, from top to bottom.

    Raises InputError where the machine has no Chinese typeface.
    """
    lines = [*_body(slides, words), *_notes(slides, words, version)]
    paper = Sheet(WIDTH, 2 * MARGIN + sum(line.height for line in lines))
    at = MARGIN
    for line in lines:
        if line.rule:
            paper.line([MARGIN, WIDTH - MARGIN], [at + line.height / 2] * 2, LIGHT.faint)
        elif line.slide and line.slide.chart:
            picture_chart.draw(paper, line.slide.chart, MARGIN, at, _INNER, words)
        else:
            middle = at + line.height / 2
            paper.text(MARGIN, middle, line.text, line.size, line.color, line.bold)
        at += line.height
    return paper


def alone(slide: Slide, width: float, words: Text) -> Sheet | None:
    """Only the chart of a slide, for a page that has its words and values; None where it has none."""
    if slide.chart is None:
        return None
    paper = Sheet(width, picture_chart.height(slide.chart, values=False) + 8)
    picture_chart.draw(paper, slide.chart, 4, 4, width - 8, words, values=False)
    return paper


def described(slides: Sequence[Slide]) -> str:
    """The picture in words: its values, for those who can't see it."""
    return "；".join(
        f"{series.label} {category} {point.label}"
        for slide in slides if slide.chart
        for series in slide.chart.series
        for category, point in zip(slide.chart.categories, series.points, strict=True)
    )  # fmt: skip


def _body(slides: Sequence[Slide], words: Text) -> Iterator[_Line]:
    for number, slide in enumerate(slides):
        size = TITLE if number == 0 else HEADING
        if number:
            yield _Line(24)
        yield from _wrapped(slide.headline, size, LIGHT.ink, bold=True)
        yield from _wrapped(slide.subtitle, BODY, LIGHT.muted)
        yield _Line(14)
        if slide.chart:
            yield _Line(picture_chart.height(slide.chart), slide=slide)


def _notes(slides: Sequence[Slide], words: Text, version: str) -> Iterator[_Line]:
    yield _Line(24, rule=True)
    said = [
        *(slide.missing for slide in slides),
        *(slide.left_out + _crowd(slide, words) for slide in slides),
        "".join(dict.fromkeys(note for slide in slides for note in slide.remarks)),
        slides[0].definition,
        _sources(slides, words),
        words("report.made", version=version) if version else words("app.title"),
    ]
    for text in dict.fromkeys(text for text in said if text):
        yield from _wrapped(text, NOTE, LIGHT.muted)


def _crowd(slide: Slide, words: Text) -> str:
    """What the grey dots are, where there are any."""
    return words("report.crowd") if slide.chart and slide.chart.crowd else ""


def _sources(slides: Sequence[Slide], words: Text) -> str:
    found = {source.document: source for slide in slides for source in slide.sources}
    if not found:
        return ""
    named = [source.short for source in list(found.values())[:NAMED_SOURCES]]
    key = "slide.sources_note" if len(found) == len(named) else "report.sources_more"
    return words(key, items=words("list.semicolon").join(named), count=len(found))


def _wrapped(text: str, size: float, color: str, bold: bool = False) -> Iterator[_Line]:
    room = _INNER * (_SPARE_BOLD if bold else _SPARE) / size
    for line in wrap(text.replace("\n", " "), room) if text else ():
        yield _Line(size * LEADING, line, size, color, bold)
