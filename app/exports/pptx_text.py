"""Text in PPTX: size, colour, and a font for Latin and for East Asian characters on every run.

WPS and Office choose a font of their own for Chinese where only the Latin one is set (a:latin
without a:ea), so both are set wherever there is text, charts included.
"""

from collections.abc import Sequence

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.text.text import Font, TextFrame
from pptx.util import Pt

from app.exports.cells import plain
from app.text import Text
from app.theme import LIGHT

SMALL = 18.0
LINE = 1.3
# Fonts that stand in for ours where it is not installed are wider, above all in bold.
SPARE, SPARE_BOLD = 0.96, 0.88


def color_of(color: str) -> RGBColor:
    """#RRGGBB → the colour as python-pptx has it."""
    return RGBColor.from_string(color.removeprefix("#"))


def without_margins(frame: TextFrame) -> None:
    """Text at the edges of its box, so that what is measured is what is drawn."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP


def write(
    frame: TextFrame,
    paragraphs: Sequence[str],
    size: float,
    words: Text,
    color: str | None = LIGHT.ink,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Replace the text of a frame; each paragraph is one run."""
    frame.clear()
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = plain(text)
        set_font(run.font, size, words, color, bold)


def set_font(
    font: Font, size: float, words: Text, color: str | None = LIGHT.ink, bold: bool = False
) -> None:
    """Size in points, weight, and the typeface for Latin and East Asian text.

    `color` is #RRGGBB, or None for the text colour of the template's theme.
    """
    font.size, font.bold = Pt(size), bold
    if color is None:
        font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    else:
        font.color.rgb = color_of(color)
    font.name = words("report.font")
    properties = font._element
    for tag in ("a:ea", "a:cs"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    latin = properties.find(qn("a:latin"))
    asian = properties.makeelement(qn("a:ea"), {"typeface": words("report.font")})
    latin.addnext(asian)
