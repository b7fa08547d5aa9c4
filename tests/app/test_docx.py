"""The brief, read by python-docx and LibreOffice: layout, typefaces, figures, sentences."""

import io
import subprocess
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from app import selection, takeaways
from app.comparison import compare
from app.exports import docx
from app.exports.cells import plain
from app.slides import by_indicator, deck
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import OFFICE, has_chinese_font, scope_of, with_text

pytestmark = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")

ASKED = ("appointments", "laws_passed", "laws_planned", "opinions_collected", "special_inquiries")
WIDEST = 442.5  # points: the type area of GB/T 9704, 156 mm


@pytest.fixture(scope="module")
def large():
    """Three hundred cities by fifteen years of three indicators, with gaps and long names."""
    return exports.made_up(300, 15, "appointments", "laws_passed", "suggestions_received")


def read(scope):
    return Document(io.BytesIO(docx.encode(scope)))


def scoped(table, library, indicators=ASKED, **params):
    chosen, _ = selection.from_params(params, table)
    return scope_of(table, chosen, library, indicators=indicators)


def texts(brief):
    return [paragraph.text for paragraph in brief.paragraphs]


def grids(brief):
    """Each table by the words of its caption, as rows of texts."""
    captions = [t.partition("　")[2] for t in texts(brief) if t.startswith("表")]
    rows = [[[c.text for c in row.cells] for row in t.rows] for t in brief.tables]
    return dict(zip(captions, rows, strict=True))


def parts(raw):
    """The parts with text, as XML trees."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    names = [n for n in archive.namelist() if n.startswith(("word/document", "word/footer"))]
    return [etree.fromstring(archive.read(name)) for name in names]


def test_page_and_type_are_those_of_an_official_document(table, library):
    brief = read(scoped(table, library))
    section = brief.sections[0]
    size = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(v.mm) for v in (*size, *margins)] == [210, 297, 37, 35, 28, 26]
    title, body = brief.paragraphs[0], brief.paragraphs[2]
    assert title.text == "平顶山市、鹤壁市、焦作市人大履职数据对照"
    assert (title.runs[0].font.size, body.runs[0].font.size) == (Pt(22), Pt(16))
    assert body.paragraph_format.line_spacing == Pt(28)
    faces = [p.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) for p in (title, body)]
    assert faces == ["方正小标宋简体", "仿宋_GB2312"]
    assert brief.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        said = etree.tostring(footer._element, encoding="unicode")
        assert "PAGE" in said and footer.paragraphs[0].text.startswith("— ")
    levels = [p._p.pPr.find(qn("w:outlineLvl")) for p in brief.paragraphs]
    assert {level.get(qn("w:val")) for level in levels if level is not None} == {"0", "1"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_run_has_a_chinese_typeface_and_another_one_instead(table, library, language):
    scope = scoped(table, library, lang=language)
    raw = docx.encode(scope)
    used = set()
    for tree in parts(raw):
        for run in tree.iter(qn("w:r")):
            faces = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            if run.find(qn("w:drawing")) is None:
                assert faces is not None and faces.get(qn("w:eastAsia")), etree.tostring(run)
                used.add(faces.get(qn("w:eastAsia")))
    fonts = etree.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read("word/fontTable.xml"))
    instead = {f.get(qn("w:name")): f.find(qn("w:altName")).get(qn("w:val")) for f in fonts}
    assert used <= instead.keys() and all(instead.values())


@pytest.mark.parametrize("case", spec("exports", "order"), ids=lambda case: case["parent"])
def test_elements_come_in_the_order_of_the_standard(table, library, case):
    order = [qn(name) for name in case["children"]]
    seen = 0
    for tree in parts(docx.encode(scoped(table, library))):
        for parent in tree.iter(qn(case["parent"])):
            places = [order.index(child.tag) for child in parent]
            assert places == sorted(places), etree.tostring(parent)
            seen += 1
    assert seen


def test_tables_hold_the_figures_with_units_and_words_for_what_is_missing(table, library):
    brief = read(scoped(table, library, years="2023-2024"))
    found = grids(brief)
    assert found["2023—2024年任免国家机关工作人员"] == [
        ["地区", "2023年", "2024年"],
        ["平顶山市", "168", "未披露"],
        ["鹤壁市", "102", "无文件"],
        ["焦作市", "无文件", "64"],
    ]
    assert found["2023—2024年收集意见建议"][1] == ["平顶山市", "≥4,300", "未披露"]
    assert found["立法计划项目：计划数（尚未执行）"][1] == ["焦作市", "2025年（计划）", "9"]
    assert texts(brief).count("单位：人次") == 1
    assert not any(cell == "0" for rows in found.values() for row in rows for cell in row)


def test_points_are_the_takeaways_with_their_sources(table, library, words):
    scope = scoped(table, library)
    said = texts(read(scope))
    at = said.index("一、要点")
    expected = takeaways.sentences(table, compare(table, scope.selection, "appointments"), words)
    assert "".join(expected) in said[at + 1] and said[at + 1].endswith("〕")
    assert [s for s in said if s.endswith("、要点") or s[1:2] == "、"] == [
        "一、要点", "二、分项数据", "三、披露情况", "四、数据来源与原句",
    ]  # fmt: skip


def test_every_figure_has_its_sentence_under_its_source(table, library, words):
    scope = scoped(table, library)
    brief = read(scope)
    said = texts(brief)
    slides = deck(table, library, scope.selection, words, ASKED)
    for slides_of_one in by_indicator(slides, words).values():
        for slide in slides_of_one:
            for quote in slide.quotes:
                heads = [i for i, s in enumerate(said) if s.startswith(f"〔{quote.source}〕《")]
                place = next(i for i, s in enumerate(said) if quote.said in s and "“" in s
                             and quote.sentence in s)  # fmt: skip
                assert heads and heads[-1] < place
    bold = [r.text for p in brief.paragraphs for r in p.runs if r.bold]
    assert "168人次" in bold and "4300余条" in bold


def test_charts_are_pictures_with_words_where_there_is_something_to_compare(table, library):
    brief = read(scoped(table, library))
    about = [e.get("descr") for e in brief.element.iter(qn("wp:docPr"))]
    assert len(about) == len([t for t in texts(brief) if t.startswith("图")]) == 3
    assert "平顶山市 2023年 168" in about[0] and "焦作市 2023年 无文件" in about[0]


def test_no_page_has_to_stay_half_empty(large):
    """What stays together is small: charts are low, and a long table only keeps its ends whole."""
    chosen = replace(selection.default(large), areas=tuple(large.areas), first=2010, last=2024)
    brief = read(scope_of(large, chosen))
    assert brief.inline_shapes and max(s.height for s in brief.inline_shapes) < Mm(115)
    for table in brief.tables:
        kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert len(kept) <= 10 or not all(kept[2:-2])
    legends = [p for p in brief.paragraphs if p.text.startswith("图")]
    assert legends and not any(p.paragraph_format.keep_with_next for p in legends)


def test_tables_are_as_wide_as_the_text(large):
    chosen = replace(selection.default(large), areas=tuple(large.areas), first=2010, last=2024)
    for grid in read(scope_of(large, chosen, indicators=("appointments",))).tables:
        widths = [column.width.pt for column in grid.columns]
        assert sum(widths) <= WIDEST and min(widths) > 20
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_what_is_left_out_is_said(large, monkeypatch):
    monkeypatch.setattr(docx, "MOST_INDICATORS", 2)
    monkeypatch.setattr(docx, "MOST_QUOTES", 10)
    chosen = replace(selection.default(large), areas=tuple(large.areas), first=2010, last=2024)
    asked = ("appointments", "laws_passed", "suggestions_received", "special_inquiries")
    said = "\n".join(texts(read(scope_of(large, chosen, indicators=asked))))
    for words in (
        "有数字的3项指标中，本简报只列前2项",
        "所选300个地区中，图表只列",
        "所选15个年份中，图表只列最近10个",
        "表中只列最近6年",
        "下列1项指标在所选地区和年份没有数字：专题询问",
        "句原句，全部为",
    ):
        assert words in said, words
    assert "下页表" not in said


def test_an_indicator_that_nobody_reported_gives_a_brief_that_says_so(table, library):
    said = texts(read(scoped(table, library, ("special_inquiries",), years="2024")))
    assert said[3] == "一、披露情况"
    assert "下列1项指标在所选地区和年份没有数字：专题询问。" in said
    assert "所选范围没有数字，因而没有来源。" in said


@pytest.mark.parametrize("case", spec("exports", "text"), ids=lambda c: str(c)[:40])
def test_odd_text_stays_text(table, library, case):
    given = case["given"] if "given" in case else case["repeated"] * case["times"]
    odd = with_text(table, given)
    odd = replace(odd, areas={c: replace(a, label=given) for c, a in odd.areas.items()})
    scope = scoped(odd, exports.library_with_titles(library, given), ("appointments",))
    raw = docx.encode(scope)
    said = "\n".join(texts(Document(io.BytesIO(raw))))
    assert " ".join(plain(given).split())[:200] in " ".join(said.split())
    fields = [e.text for tree in parts(raw) for e in tree.iter(qn("w:instrText"))]
    assert set(fields) == {"PAGE"}


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice (soffice) on this machine")
def test_libreoffice_sets_the_brief_with_chinese_glyphs(table, library, tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(docx.encode(scoped(table, library)))
    pdf = exports.convert(path, "pdf")
    said = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True)
    pages = ["".join(page.split()) for page in said.stdout.split("\f")[:-1]]
    assert "平顶山市、鹤壁市、焦作市人大履职数据对照" in pages[0]
    assert [page[-3:] for page in pages] == [f"—{n}—" for n in range(1, len(pages) + 1)]
    for words in ("表1", "未披露", "≥4,300", "数据来源与原句", "任免国家机关工作人员168人次"):
        assert any(words in page for page in pages), words
    assert exports.chinese_fonts(pdf)
    assert Mm(210).pt == pytest.approx(exports.page_width(pdf), abs=1)
