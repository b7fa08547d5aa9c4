"""Slides → PPTX, 16:9: native charts that can be edited, type of 18 points and more, quotes in the notes.

Missing points are empty cells of the chart's workbook and gaps in the chart. East Asian fonts are
set on every run and chart, because WPS and Office choose a font of their own where they are not. A
template of the user's own keeps its size, its theme and the places of its titles.
"""

import io
from collections.abc import Iterator, Sequence
from zipfile import BadZipFile

from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as Page
from pptx.slide import SlideLayout
from pptx.util import Emu, Pt

from app.exports import names, pptx_chart, pptx_table, steps
from app.exports.model import Export, Scope
from app.exports.planned import planned
from app.exports.pptx_chart import Box
from app.exports.pptx_text import LINE, SMALL, SPARE, SPARE_BOLD, color_of, without_margins, write
from app.slides import Kind, Slide
from app.text import Text
from app.theme import LIGHT
from app.typeset import ems, shorten, wrap
from etl.errors import InputError

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 36.0
SUBTITLE, HEADLINE, TITLE = 24.0, 28.0, 40.0
NUMBER = 48.0
NOTE_LINES = 6
FOOT = 14.0
LEAST_CHART = 120.0
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def offer(scope: Scope) -> Export:
    """The deck of the scope's indicators."""
    words = scope.words

    def make() -> bytes:
        return build(planned(scope), words, scope.template)

    return Export(
        key="pptx",
        label=words("report.pptx"),
        file_name=names.of_scope(scope, "pptx"),
        mime=MIME,
        make=make,
        note=words("report.pptx_note"),
        problem=_problem(scope),
    )


def _problem(scope: Scope) -> str:
    """Why the user's template can't be used; "" where it can, or where there is none."""
    try:
        if scope.template is not None:
            _open(scope.template)
    except InputError as error:
        return error.text(scope.words.language)
    return ""


def build(slides: Sequence[Slide], words: Text, template: bytes | None = None) -> bytes:
    """The slides as a PPTX file, on the user's template (.pptx) where there is one.

    Raises InputError where the template is no PPTX file.
    """
    presentation = _open(template)
    for slide in steps.counted(slides):
        _Builder(presentation, slide, words, own=template is None).build()
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _open(template: bytes | None) -> Deck:
    if template is None:
        presentation = Presentation()
        presentation.slide_width, presentation.slide_height = Pt(WIDTH), Pt(HEIGHT)
        return presentation
    try:
        presentation = Presentation(io.BytesIO(template))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, SyntaxError) as error:
        # lxml's error on broken XML is a SyntaxError.
        raise InputError("template", detail=type(error).__name__) from error
    for entry in list(presentation.slides._sldIdLst):
        presentation.part.drop_rel(entry.rId)
        presentation.slides._sldIdLst.remove(entry)
    return presentation


class _Builder:
    """Lays out one slide from top to bottom; all lengths are points."""

    def __init__(self, presentation: Deck, slide: Slide, words: Text, own: bool) -> None:
        self.slide, self.words, self.own = slide, words, own
        self.ink: str | None = LIGHT.ink if own else None
        self.muted: str | None = LIGHT.muted if own else None
        self.width: float = Emu(presentation.slide_width or Pt(WIDTH)).pt
        self.height: float = Emu(presentation.slide_height or Pt(HEIGHT)).pt
        self.inner = self.width - 2 * MARGIN
        self.page: Page = presentation.slides.add_slide(
            _layout(presentation, cover=not own and slide.kind is Kind.TITLE)
        )
        self.place = len(presentation.slides)

    def build(self) -> None:
        """Fill the slide and its notes."""
        if self.slide.kind is Kind.TITLE:
            self._title()
        else:
            self._content()
        for shape in list(self.page.placeholders):
            if not shape.has_text_frame or not shape.text_frame.text:
                shape._element.getparent().remove(shape._element)
        notes = "\n".join(_notes(self.slide, self.words))
        if notes:
            frame = self.page.notes_slide.notes_text_frame
            if frame is not None:
                write(frame, [notes], 12, self.words)

    def _title(self) -> None:
        if self.own:
            self._band()
        lines = min(3, len(wrap(self.slide.headline, self.inner * SPARE_BOLD / TITLE)))
        lower = self._headline(self.height * 0.24, TITLE, lines)
        for shape in self.page.placeholders:
            if shape.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE:
                write(shape.text_frame, [self.slide.subtitle], SUBTITLE, self.words, self.muted)
                break
        else:
            self._text(lower + 12, [self.slide.subtitle], SUBTITLE, self.muted)
        foot = [line for line in (*self.slide.lines, self.slide.left_out) if line]
        self._notes_at_foot(foot, self.muted)

    def _content(self) -> None:
        slide = self.slide
        lines = min(2, len(wrap(slide.headline, self.inner * SPARE_BOLD / HEADLINE)))
        top = self._headline(20, HEADLINE, lines) + 2
        self._number(top)
        subtitle = shorten(slide.subtitle, (self.inner - NUMBER) * SPARE / SMALL)
        top = self._text(top, [subtitle], SMALL, self.muted) + 4
        if slide.kind is Kind.SOURCES:
            self._text(top, [*slide.lines, slide.left_out], SMALL, self.ink)
            return
        room = NOTE_LINES if slide.kind is Kind.INDICATOR else 2
        if slide.grid:
            free = self.height - top - pptx_table.height(slide.grid) - FOOT - 8
            room = max(1, min(room, int(free / SMALL / LINE)))
        foot = _foot(slide, self.inner * SPARE / SMALL, room, self.words)
        bottom = self._notes_at_foot(foot, self.muted)
        if foot:
            self._rule(bottom - 4)
        if slide.chart:
            box = Box(MARGIN, top, self.inner, max(bottom - top - 10, LEAST_CHART))
            pptx_chart.add(self.page, slide, slide.chart, box, self.words, self.ink)
        elif slide.grid:
            pptx_table.add(self.page, slide.grid, MARGIN, top, self.inner, self.words)

    def _headline(self, top: float, size: float, lines: int) -> float:
        """The takeaway, in the layout's title where there is one; returns its lower edge."""
        title = self.page.shapes.title
        shape = title or self.page.shapes.add_textbox(0, 0, 0, 0)
        frame = shape.text_frame
        height = lines * size * LINE
        if self.own or title is None:
            shape.left, shape.top = Pt(MARGIN), Pt(top)
            shape.width, shape.height = Pt(self.inner), Pt(height)
            without_margins(frame)
        frame.word_wrap = True
        width = Emu(shape.width - frame.margin_left - frame.margin_right).pt
        lines = max(lines, int(Emu(shape.height).pt / size / LINE))
        text = shorten(self.slide.headline, width * SPARE_BOLD / size, lines)
        write(frame, [text], size, self.words, self.ink, bold=True)
        return max(top + height, float(Emu(shape.top + shape.height).pt))

    def _text(self, top: float, paragraphs: Sequence[str], size: float, color: str | None) -> float:
        """A text box over the whole width; returns its lower edge."""
        kept = [paragraph for paragraph in paragraphs if paragraph]
        lines = sum(len(wrap(paragraph, self.inner * SPARE / size)) for paragraph in kept)
        height = lines * size * LINE
        box = self.page.shapes.add_textbox(Pt(MARGIN), Pt(top), Pt(self.inner), Pt(height))
        without_margins(box.text_frame)
        write(box.text_frame, kept, size, self.words, color)
        return top + height

    def _notes_at_foot(self, paragraphs: Sequence[str], color: str | None) -> float:
        """The footnotes at the lower edge; returns their upper edge."""
        lines = sum(len(wrap(text, self.inner * SPARE / SMALL)) for text in paragraphs)
        top = self.height - FOOT - lines * SMALL * LINE
        self._text(top, paragraphs, SMALL, color)
        return top

    def _band(self) -> None:
        """The accent at the left edge of our own title slide."""
        shape = self.page.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, 0, 0, Pt(MARGIN / 2), Pt(self.height)
        )
        shape.fill.solid()
        shape.fill.fore_color.rgb = color_of(LIGHT.accent)
        shape.line.fill.background()
        _without_style(shape)

    def _rule(self, top: float) -> None:
        line = self.page.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, Pt(MARGIN), Pt(top), Pt(self.width - MARGIN), Pt(top)
        )
        line.line.color.rgb, line.line.width = color_of(LIGHT.faint), Pt(1)
        _without_style(line)

    def _number(self, top: float) -> None:
        """The slide's number at the right of the subtitle; a field, right after slides are moved."""
        box = self.page.shapes.add_textbox(
            Pt(self.width - MARGIN - NUMBER), Pt(top), Pt(NUMBER), Pt(SMALL * LINE)
        )
        without_margins(box.text_frame)
        write(
            box.text_frame, [str(self.place)], SMALL, self.words, self.muted, align=PP_ALIGN.RIGHT
        )
        run = box.text_frame.paragraphs[0].runs[0]._r
        run.tag = qn("a:fld")
        run.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
        run.set("type", "slidenum")


def _without_style(shape: BaseShape) -> None:
    """No shadow or other effect of the theme."""
    shape._element.remove(shape._element.find(qn("p:style")))


def _layout(presentation: Deck, cover: bool) -> SlideLayout:
    """The layout with a title and the fewest other placeholders; the template's own for its cover."""

    def rank(layout: SlideLayout) -> tuple[bool, bool, int]:
        kinds = [p.placeholder_format.type for p in layout.placeholders]
        centred = PP_PLACEHOLDER.CENTER_TITLE in kinds
        return centred != cover, not any(kind in _TITLES for kind in kinds), len(kinds)

    return min(presentation.slide_layouts, key=rank)


def _foot(slide: Slide, width: float, room: int, words: Text) -> list[str]:
    """The footnotes that `room` lines hold, the most needful first; all of them are in the notes."""
    wanted = [
        (slide.missing, 2), (slide.left_out, 2), ("".join(slide.footnotes[:-1]), 3),
        (slide.footnotes[-1] if slide.footnotes else "", 2), (slide.definition, 2),
    ]  # fmt: skip
    found: list[str] = []
    wanted = [(text, most) for text, most in wanted if text][:room]
    for later, (text, most) in zip(range(len(wanted) - 1, -1, -1), wanted, strict=True):
        most = min(most, room - later)
        if len(wrap(text, width)) > most:
            more = words("report.in_notes")
            text = shorten(text, width - (ems(more) + 2) / most, most) + more
        found.append(text)
        room -= len(wrap(text, width))
    return found


def _notes(slide: Slide, words: Text) -> Iterator[str]:
    yield from (text for text in (slide.missing, slide.definition, slide.left_out) if text)
    yield from slide.footnotes
    if slide.quotes:
        yield words("slide.notes.quotes")
    for quote in slide.quotes:
        said = words("slide.notes.quote", said=quote.said, number=quote.source,
                     sentence=quote.sentence)  # fmt: skip
        yield said + (words("slide.notes.check", note=quote.note) if quote.note else "")
    for source in slide.sources:
        yield words("slide.source", number=source.number, text=source.full)
