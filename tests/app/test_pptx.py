"""The deck as a file, read by python-pptx, openpyxl and LibreOffice: figures, gaps, type, fonts."""

import io
import itertools
import re
import subprocess
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt

from app import selection
from app.comparison import compare
from app.exports import pptx
from app.exports.cells import plain
from app.exports.planned import planned
from app.slides import Kind, deck
from etl.errors import InputError
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import OFFICE, scope_of, with_text

MIXED = (
    "appointments",
    "laws_passed",
    "laws_planned",
    "opinions_collected",
    "suggestions_received",
)
AREAS_AND_YEARS = ("appointments", "laws_passed")
NO_TYPE_BELOW = 1800  # hundredths of a point


@pytest.fixture(scope="module")
def large():
    """Sixty cities by twelve years, with gaps and long names."""
    return exports.made_up(60, 12, "appointments", "laws_passed", "suggestions_received")


def made(table, library, words, indicators=None, **params):
    """The slides of a selection, and the file read back."""
    chosen, _ = selection.from_params(params, table)
    slides = deck(table, library, chosen, words, indicators)
    return slides, Presentation(io.BytesIO(pptx.build(slides, words)))


def chart_of(page):
    found = [shape for shape in page.shapes if shape.has_chart]
    return found[0].chart if found else None


def values_of(chart):
    return [list(series.values) for series in chart.plots[0].series]


def all_text(page):
    texts = [s.text_frame.text for s in page.shapes if s.has_text_frame]
    for shape in page.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def test_charts_hold_the_tables_figures_and_gaps(table, library, words):
    asked = [i for i in table.indicators if i[0] in "adlo"]
    slides, read = made(table, library, words, asked, years="2018-2024")
    charts = 0
    for slide, page in zip(slides, read.slides, strict=True):
        chart = chart_of(page)
        assert (chart is None) == (slide.chart is None)
        if chart is None or slide.scope != "yearly":
            continue
        charts += 1
        chosen, _ = selection.from_params({"years": "2018-2024"}, table)
        cells = compare(table, chosen, slide.id).cells
        expected = {(c.area, c.year): c.figure.value if c.figure else None for c in cells}
        years = slide.comparison.years
        drawn = values_of(chart)
        if len(years) == 1:
            (drawn,) = drawn
            assert drawn == [expected[s.area, years[0]] for s in slide.chart.series]
        else:
            if slide.chart.kind == "dumbbell":
                drawn = [list(row) for row in zip(*drawn, strict=True)]
            assert drawn == [[expected[s.area, y] for y in years] for s in slide.chart.series]
        assert chart._chartSpace.find(".//" + qn("c:dispBlanksAs")).get("val") == "gap"
        assert not any(v == 0 for row in values_of(chart) for v in row)
        book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        columns = list(zip(*book.active.iter_rows(min_row=2, values_only=True), strict=True))[1:]
        assert [list(column) for column in columns] == values_of(chart)
    assert charts > 5


def test_kind_of_chart_follows_the_years_and_colours_the_areas(table, library, words, large):
    for params, tag in (({"years": "2023"}, "c:barChart"), ({}, "c:barChart")):
        slides, read = made(table, library, words, ["appointments"], **params)
        space = chart_of(read.slides[1])._chartSpace
        assert space.find(".//" + qn(tag)) is not None
        painted = {e.get("val") for e in space.iter(qn("a:srgbClr"))}
        assert {s.style.color[1:] for s in slides[1].chart.series
                if any(p.value is not None for p in s.points)} <= painted  # fmt: skip
    codes = ".".join(list(large.areas)[:3])
    slides, read = made(large, exports.EMPTY, words, ["appointments"], years="2020-2024",
                        areas=codes)  # fmt: skip
    chart = chart_of(read.slides[1])
    assert chart._chartSpace.find(".//" + qn("c:lineChart")) is not None
    assert any(value is None for row in values_of(chart) for value in row)
    markers = [e.get("val") for e in chart._chartSpace.iter(qn("c:symbol"))]
    assert len(set(markers)) == 3
    dressed = {e.get("typeface") for e in chart._chartSpace.iter(qn("a:ea"))}
    assert dressed == {"微软雅黑"}


def test_approximate_and_counted_figures_say_so_at_the_mark(table, library, words):
    _, read = made(table, library, words, ["opinions_collected"], years="2023")
    chart = chart_of(read.slides[1])
    labels = [
        "".join(t.text for t in e.iter(qn("a:t"))) for e in chart._chartSpace.iter(qn("c:dLbl"))
    ]
    assert labels == ["≥4,300"]
    assert list(chart.plots[0].categories)[-1] == "焦作市：无文件"
    assert "≥不少于" in all_text(read.slides[1])


def test_a_slide_says_what_is_missing_and_where_its_figures_come_from(table, library, words):
    slides, read = made(table, library, words, ["appointments"])
    page = read.slides[1]
    said = all_text(page)
    assert page.shapes.title.text_frame.text == slides[1].headline
    assert "未披露：平顶山市（2024年）" in said and "无文件：" in said
    assert "口径：" in said and "来源：〔1〕" in said
    notes = page.notes_slide.notes_text_frame.text
    for quote in slides[1].quotes:
        assert quote.sentence in notes
    assert slides[1].definition in notes
    assert [s.kind for s in slides][-2:] == [Kind.COVERAGE, Kind.SOURCES]
    assert "002_abb6607c4697feab.txt" in all_text(read.slides[-1])


def test_an_indicator_that_nobody_reported_has_a_slide_without_a_chart(table, library, words):
    _, read = made(table, library, words, ["special_inquiries"], years="2024")
    page = read.slides[1]
    assert chart_of(page) is None
    assert "均未披露" in page.shapes.title.text_frame.text and "未披露：" in all_text(page)


def small_or_bare(xml):
    """Type under 18 pt, and runs without size or East Asian font."""
    tree = etree.fromstring(xml)
    for element in tree.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
        if int(element.get("sz") or NO_TYPE_BELOW) < NO_TYPE_BELOW:
            yield etree.tostring(element)
    for run in tree.iter(qn("a:r"), qn("a:fld")):
        properties = run.find(qn("a:rPr"))
        if properties is None or not properties.get("sz") or properties.find(qn("a:ea")) is None:
            yield etree.tostring(run)
    if tree.tag == qn("c:chartSpace"):
        text = tree.find(qn("c:txPr"))
        if text is None or text.find(".//" + qn("a:ea")) is None:
            yield b"chart without c:txPr"


@pytest.fixture(scope="module", params=["few areas", "many areas", "in English"])
def crowded(request, table, large, library):
    """Decks with long notes, many lines and tables, in bytes."""
    source, asked = (large, AREAS_AND_YEARS) if request.param == "many areas" else (table, MIXED)
    chosen, _ = selection.from_params({"years": "2013-2024"}, source)
    language = "en" if request.param == "in English" else "zh"
    chosen = replace(chosen, areas=tuple(source.areas)[:20], language=language)
    return pptx.offer(scope_of(source, chosen, library, indicators=asked)).make()


def test_no_type_is_small_and_every_run_has_an_asian_font(crowded):
    archive = zipfile.ZipFile(io.BytesIO(crowded))
    parts = [n for n in archive.namelist() if re.match(r"ppt/(slides|charts)/[^/]+\.xml", n)]
    assert parts
    assert [found for n in parts for found in small_or_bare(archive.read(n))] == []


def test_nothing_leaves_the_page_or_meets_its_neighbour(crowded):
    read = Presentation(io.BytesIO(crowded))
    for page in read.slides:
        boxes = [s for s in page.shapes if s.height]
        assert all(s.top >= 0 and s.top + s.height <= read.slide_height for s in boxes)
        assert all(s.left >= 0 and s.left + s.width <= read.slide_width for s in boxes)
        wide = sorted((s for s in boxes if s.width > read.slide_width / 2), key=lambda s: s.top)
        for upper, lower in itertools.pairwise(wide):
            assert upper.top + upper.height <= lower.top + Pt(1)


def test_many_areas_and_years_are_left_out_by_a_rule_on_the_slide(large, words):
    chosen = replace(selection.default(large), areas=tuple(large.areas), first=2013, last=2024)
    slides = deck(large, exports.EMPTY, chosen, words, ["appointments"])
    read = Presentation(io.BytesIO(pptx.build(slides, words)))
    said = all_text(read.slides[1])
    assert "所选60个地区中，图表只列" in said and "所选12个年份中，图表只列最近10个" in said
    assert any("/60" in all_text(page) for page in read.slides)
    assert "另有" in all_text(read.slides[-1])


@pytest.mark.parametrize("case", spec("exports", "text"), ids=lambda c: str(c)[:40])
def test_odd_text_stays_text(table, library, words, case):
    given = case["given"] if "given" in case else case["repeated"] * case["times"]
    facts = with_text(table, given)
    facts = replace(facts, areas={c: replace(a, label=given) for c, a in table.areas.items()})
    _, read = made(facts, exports.library_with_titles(library, given), words, ["appointments"])
    page = read.slides[1]
    notes = page.notes_slide.notes_text_frame.text
    assert " ".join(plain(given).split())[:200] in " ".join(notes.replace("\x0b", "\n").split())
    book = openpyxl.load_workbook(io.BytesIO(chart_of(page).part.chart_workbook.xlsx_part.blob))
    assert {c.data_type for row in book.active.iter_rows() for c in row} <= {"s", "n"}


# -- templates


def template(width=720, height=540):
    own = Presentation()
    own.slide_width, own.slide_height = Pt(width), Pt(height)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "旧的一页"
    out = io.BytesIO()
    own.save(out)
    return out.getvalue()


def test_a_template_keeps_its_size_and_loses_its_slides(table, library, words):
    chosen, _ = selection.from_params({}, table)
    slides = deck(table, library, chosen, words, ["appointments"])
    read = Presentation(io.BytesIO(pptx.build(slides, words, template())))
    assert (read.slide_width, read.slide_height) == (Pt(720), Pt(540))
    assert len(read.slides) == len(slides)
    assert not any("旧的一页" in all_text(page) for page in read.slides)
    assert read.slides[1].shapes.title.text_frame.text == slides[1].headline
    assert read.slides[0].slide_layout == read.slide_layouts[0]
    assert not any(p.text_frame.text == "" for page in read.slides for p in page.placeholders)
    colors = read.slides[1].shapes.title._element.findall(".//" + qn("a:schemeClr"))
    assert [color.get("val") for color in colors] == ["tx1"]


@pytest.mark.parametrize("content", [b"", b"no file", b"PK\x03\x04broken"])
def test_a_bad_template_is_refused_in_words(table, library, words, content):
    scope = scope_of(table, selection.default(table), library, template=content)
    export = pptx.offer(scope)
    assert "模板" in export.problem and "另存为.pptx" in export.problem
    with pytest.raises(InputError):
        export.make()


def test_the_plan_of_the_presentation_picks_and_titles_the_slides(table, library):
    chosen = replace(selection.default(table), slides="appointments:会上所讲.title")
    scope = scope_of(table, chosen, library, indicators=("appointments", "laws_passed"))
    read = Presentation(io.BytesIO(pptx.offer(scope).make()))
    assert read.slides[0].shapes.title.text_frame.text == "会上所讲"
    assert len(read.slides) == 2
    other = replace(scope, indicators=("laws_passed",))
    assert len(Presentation(io.BytesIO(pptx.offer(other).make())).slides) > 2
    assert planned(other)[0].id == "title"


def test_a_planned_slide_that_is_gone_is_passed_over(table, library):
    chosen = replace(selection.default(table), slides="gone.appointments.coverage")
    scope = scope_of(table, chosen, library, indicators=("appointments", "laws_passed"))
    assert [slide.id for slide in planned(scope)] == ["appointments", "coverage"]


def test_indicators_without_a_figure_are_left_out_in_words_unless_they_are_listed(table, library):
    asked = ("special_inquiries", "laws_passed", "appointments")
    chosen = replace(selection.default(table), first=2024, last=2024)
    slides = planned(scope_of(table, chosen, library, indicators=asked))
    assert "special_inquiries" not in {slide.id for slide in slides}
    for slide in slides:
        if slide.kind in (Kind.TITLE, Kind.COVERAGE):
            assert "另有1项指标" in slide.left_out
    listed = replace(chosen, listed=asked)
    slides = planned(scope_of(table, listed, library, indicators=asked))
    assert [s.id for s in slides][1] == "special_inquiries"
    none = planned(scope_of(table, chosen, library, indicators=("special_inquiries",) * 2))
    assert "special_inquiries" in {slide.id for slide in none}


# -- LibreOffice


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice (soffice) on this machine")
def test_libreoffice_draws_every_slide_with_chinese_text(table, library, words, tmp_path):
    chosen, _ = selection.from_params({}, table)
    slides = deck(table, library, chosen, words, ["appointments", "opinions_collected"])
    path = tmp_path / "deck.pptx"
    path.write_bytes(pptx.build(slides, words))
    pdf = exports.convert(path, "pdf")
    pages = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    ).stdout.split("\f")[:-1]
    assert len(pages) == len(slides)
    for slide, page in zip(slides, pages, strict=True):
        assert "".join(slide.headline.split())[:8] in "".join(page.split())
    assert "168" in pages[1] and "≥4,300" in "".join(pages[2].split())
