"""Pages, type and tables of a brief as Chinese official documents have them (GB/T 9704—2012).

A4 with margins of 37, 35, 28 and 26 mm; title 小标宋 2号, headings 黑体 and 楷体, body 仿宋 3号 (16 pt)
on lines of 28 pt, page numbers 4号 between dashes at the outer edge. Every run has an East Asian
typeface, because Word and WPS choose one of their own where only the Latin one is set; the table of
typefaces names another one for machines that lack it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.document import Document as Brief
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from app.exports.cells import plain
from app.text import Text
from app.theme import LIGHT
from app.typeset import ems

LATIN = "Times New Roman"
TOP, BOTTOM, LEFT, RIGHT, FOOTER = 37, 35, 28, 26, 24
# The width of the type area, 156 mm, in points.
WIDTH = 442.0
LINE, CELL_LINE = 28.0, 16.0
_TYPEFACES = ("title", "body", "first", "second", "table")
_CREATED = datetime(2000, 1, 1)
# Left and right of the text of a cell, together; and what the widths of other typefaces may need.
_CELL_MARGINS, _SPARE = 6.0, 6.0
# Tables of so few rows are not broken over two pages; of longer ones, so many stay with each end.
_WHOLE, _ENDS = 9, 2
# The longest property of a document, and as much of a description as a screen reader should read.
_PROPERTY, _ABOUT = 255, 2000
_HEAD = "E4ECF4"

Span = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Type:
    """How a paragraph is set: typeface (a name of _TYPEFACES), size and distance of lines in points.

    `indent` is that of the first line in characters; `level` makes it a heading of the document's
    outline (1 is the highest); `with_next` keeps it on the page of the next paragraph.
    """

    face: str
    size: float
    line: float = LINE
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: int = 0
    bold: bool = False
    level: int = 0
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    color: str = LIGHT.ink


_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TITLE = Type("title", 22, 36, _CENTER, after=8)
SUBTITLE = Type("second", 16, align=_CENTER, after=LINE / 2)
FIRST = Type("first", 16, indent=2, level=1, with_next=True)
SECOND = Type("second", 16, indent=2, level=2, with_next=True)
BODY = Type("body", 16, indent=2)
CAPTION = Type("first", 12, 20, _CENTER, before=6, with_next=True)
LEGEND = Type("first", 12, 20, _CENTER, after=10)
UNIT = Type("table", 10.5, CELL_LINE, _RIGHT, with_next=True)
CELL = Type("table", 10.5, CELL_LINE, _CENTER)
NOTE = Type("table", 9, 13, before=4, after=8)
SOURCE = Type("body", 14, 24, before=6, with_next=True)
QUOTE = Type("body", 12, 20, indent=2)
_PAGE = Type("table", 14, 20)


def new(title: str, words: Text) -> Brief:
    """An empty brief with its page set-up, page numbers and typefaces."""
    brief = Document()
    section = brief.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(FOOTER)
    brief.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT, words)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT, words)
    normal = brief.styles["Normal"]
    normal.font.size = Pt(BODY.size)
    _set_faces(normal.element.get_or_add_rPr(), "body", words)
    properties = brief.core_properties
    properties.title, properties.author = plain(title)[:_PROPERTY], words("app.title")
    properties.comments = ""
    properties.created = properties.modified = _CREATED
    properties.language = "zh-CN" if words.chinese else "en"
    package = brief.part.package
    for part in package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            part._blob = _typefaces(words)
    for name, relation in list(package.rels.items()):
        # The preview of python-docx's own template.
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[name]
    return brief


def save(brief: Brief) -> bytes:
    """The finished file."""
    out = BytesIO()
    brief.save(out)
    return out.getvalue()


def write(brief: Brief, text: str | Sequence[Span], type_: Type, words: Text) -> Paragraph:
    """A new paragraph; `text` may be in spans, each bold or not. Line breaks become spaces."""
    paragraph = brief.add_paragraph()
    spans = [(text, type_.bold)] if isinstance(text, str) else text
    _fill(paragraph, [(" ".join(span.split("\n")), bold) for span, bold in spans], type_, words)
    return paragraph


def picture(brief: Brief, content: bytes, width: float, about: str) -> None:
    """A picture in the middle of a paragraph of its own, `width` mm wide, with its text for screen readers."""
    paragraph = brief.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    drawn = paragraph.add_run().add_picture(BytesIO(content), width=Mm(width))
    drawn._inline.docPr.set("descr", plain(about)[:_ABOUT])


def table(
    brief: Brief,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    words: Text,
    names: int = 1,
    with_next: bool = False,
) -> Table:
    """A table over the whole width; its head stands on every page. The first `names` columns are names.

    `with_next` keeps its last row on the page of the next paragraph.
    """
    rows = list(rows)
    found = brief.add_table(1 + len(rows), len(head), style="Table Grid")
    found.alignment, found.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(head, rows, names)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(_CELL_MARGINS / 2 * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    # Word refuses a file whose elements do not come in the order of the standard.
    found._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for column, width in zip(found.columns, widths, strict=True):
        column.width = Pt(width)
    for number, (row, texts) in enumerate(zip(found.rows, [head, *rows], strict=True)):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Pt(widths[place])
            text = _broken(text, widths[place] - _CELL_MARGINS)
            kept = with_next if number == len(rows) else _stays(number, len(rows))
            _cell(cell, text, words, head=number == 0, name=place < names, with_next=kept)
    return found


def _stays(row: int, rows: int) -> bool:
    """Whether a row stays on the page of the next one; row 0 is the head."""
    return rows <= _WHOLE or row < _ENDS or row > rows - _ENDS


def _broken(text: str, room: float) -> str:
    """A figure with its mark below it where both have no room in a line: 366（合计）."""
    value, bracket, mark = text.partition("（")
    if bracket and value and ems(text) * CELL.size > room >= ems(value) * CELL.size:
        return f"{value}\n{bracket}{mark}"
    return text


def _cell(cell: _Cell, text: str, words: Text, head: bool, name: bool, with_next: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    align = WD_ALIGN_PARAGRAPH.LEFT if name and not head else WD_ALIGN_PARAGRAPH.CENTER
    type_ = Type("first" if head else CELL.face, CELL.size, CELL.line, align, before=2, after=2,
                 with_next=with_next)  # fmt: skip
    _fill(cell.paragraphs[0], text, type_, words)
    if head:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", _HEAD)):
            shade.set(qn(f"w:{key}"), value)
        cell._tc.tcPr.find(qn("w:vAlign")).addprevious(shade)


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]], names: int) -> list[float]:
    """Columns of names as wide as they need, within a half; the others share the rest."""
    wanted = [
        max(ems(row[place]) for row in [head, *rows]) * CELL.size + _CELL_MARGINS + _SPARE
        for place in range(names)
    ]
    most = WIDTH / (1 if names == len(head) else 2)
    share = min(1.0, most / sum(wanted))
    first = [width * share for width in wanted]
    others = len(head) - names
    return first + [(WIDTH - sum(first)) / others] * others if others else first


def _fill(paragraph: Paragraph, text: str | Sequence[Span], type_: Type, words: Text) -> None:
    form = paragraph.paragraph_format
    paragraph.alignment = type_.align
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(type_.line)
    form.space_before, form.space_after = Pt(type_.before), Pt(type_.after)
    form.keep_with_next = type_.with_next
    properties = paragraph._p.get_or_add_pPr()
    if type_.indent:
        form.first_line_indent = Pt(type_.indent * type_.size)
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(type_.indent * 100))
    if type_.level:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(type_.level - 1))
        properties.append(outline)
    for span, bold in [(text, type_.bold)] if isinstance(text, str) else text:
        if shown := plain(span):
            _set(paragraph.add_run(shown), type_, words, bold)


def _set(run: Run, type_: Type, words: Text, bold: bool) -> None:
    run.font.size, run.font.bold = Pt(type_.size), bold
    run.font.color.rgb = RGBColor.from_string(type_.color.removeprefix("#"))
    _set_faces(run._r.get_or_add_rPr(), type_.face, words)


def _set_faces(properties: object, face: str, words: Text) -> None:
    """The Latin and the East Asian typeface; the hint gives quotation marks the Chinese one."""
    faces = properties.get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in list(faces.attrib):
        del faces.attrib[name]
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN),
                        ("eastAsia", words(f"report.type.{face}")),
                        ("hint", "eastAsia")):  # fmt: skip
        if name != "hint" or words.chinese:
            faces.set(qn(f"w:{name}"), value)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH, words: Text) -> None:
    """— 1 — one character from the outer edge."""
    _fill(paragraph, "— ", Type(_PAGE.face, _PAGE.size, _PAGE.line, align), words)
    form = paragraph.paragraph_format
    if align is WD_ALIGN_PARAGRAPH.RIGHT:
        form.right_indent = Pt(_PAGE.size)
    else:
        form.left_indent = Pt(_PAGE.size)
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    for part in (run, paragraph.add_run(" —")):
        _set(part, _PAGE, words, False)


def _typefaces(words: Text) -> bytes:
    """word/fontTable.xml: each typeface with the one to take where a machine does not have it."""
    entries = "".join(
        f"<w:font w:name={quoteattr(words(f'report.type.{face}'))}>"
        f"<w:altName w:val={quoteattr(words(f'report.type.{face}_instead'))}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for face in _TYPEFACES
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:fonts {nsdecls('w')}>{entries}</w:fonts>".encode()
