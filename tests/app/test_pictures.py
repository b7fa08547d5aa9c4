"""Pictures of a chart, read by Pillow, lxml and poppler: glyphs, lengths of bars, gaps, notes."""

import io
import itertools
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import matplotlib
import pytest
from lxml import etree
from PIL import Image

from app import selection
from app.comparison import compare
from app.exports import fonts, image, picture, picture_chart, picture_rows
from app.exports.canvas import PDF, PNG, SCALE, SVG, Sheet
from app.exports.formats import offers
from app.theme import LIGHT
from etl.errors import InputError
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import has_chinese_font, scope_of, with_text

POPPLER = shutil.which("pdftotext") and shutil.which("pdffonts")
needs_poppler = pytest.mark.skipif(not POPPLER, reason="no poppler (pdftotext) on this machine")
SVG_NAMES = {"s": "http://www.w3.org/2000/svg"}


pytestmark = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")


@pytest.fixture(scope="module")
def large():
    """Three hundred cities by fifteen years of one indicator, with gaps and long names."""
    return exports.made_up(300, 15, "appointments")


def scoped(table, library, indicators, **params):
    chosen, _ = selection.from_params(params, table)
    return scope_of(table, chosen, library, indicators=indicators)


def read_pdf(raw, tmp_path):
    """Its pages as text without white space; the fonts that it names, with poppler's complaints."""
    path = tmp_path / "read.pdf"
    path.write_bytes(raw)
    said = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True)
    named = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True)
    pages = said.stdout.decode().split("\f")[:-1]
    return ["".join(page.split()) for page in pages], named.stdout.splitlines()[2:], said.stderr


def shapes(raw):
    """The filled and stroked paths of an SVG: (style, all x, all y)."""
    found = []
    for path in etree.fromstring(raw).iterfind(".//s:path", SVG_NAMES):
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", path.get("d", ""))]
        found.append((path.get("style", ""), numbers[::2], numbers[1::2]))
    return found


def lengths(raw, color):
    """How long the bars of a colour are."""
    return [
        max(xs) - min(xs)
        for style, xs, ys in shapes(raw)
        if f"stroke: {color.lower()}" in style and "stroke-width: 1.5" in style
        and abs(max(ys) - min(ys) - picture_rows.ROW * 0.56) < 1
    ]  # fmt: skip


def segments(raw, color):
    """How many pieces of line there are in a colour."""
    return sum(
        f"stroke: {color.lower()}" in style and "stroke-width: 3" in style
        for style, *_ in shapes(raw)
    )


def test_bars_are_as_long_as_the_figures_and_none_stands_for_a_missing_one(table, library):
    scope = scoped(table, library, ("appointments",), years="2023-2024")
    raw = image.encode(scope, SVG)
    (slides,) = image.pictured(scope)
    drawn = {}
    for series in slides[0].chart.series:
        values = [point.value for point in series.points if point.value is not None]
        found = lengths(raw, series.style.color)
        assert len(found) == len(values), series.label
        drawn |= dict(zip(values, found, strict=True))
    assert set(drawn) == {168.0, 102.0, 64.0}
    assert drawn[168] / drawn[102] == pytest.approx(168 / 102, rel=0.01)
    assert drawn[168] / drawn[64] == pytest.approx(168 / 64, rel=0.01)


def test_no_line_joins_across_a_gap(large):
    codes = ".".join(list(large.areas)[:3])
    scope = scoped(large, exports.EMPTY, ("appointments",), areas=codes, years="2018-2024")
    (slides,) = image.pictured(scope)
    raw = image.encode(scope, SVG)
    gaps = 0
    for series in slides[0].chart.series:
        given = [point.value is not None for point in series.points]
        gaps += given.count(False)
        pairs = sum(a and b for a, b in itertools.pairwise(given))
        assert segments(raw, series.style.color) == pairs
    assert gaps


def test_svg_text_is_outlines_with_a_title_and_nothing_from_outside(table, library):
    raw = image.encode(scoped(table, library, ("appointments",), years="2023"), SVG)
    tree = etree.fromstring(raw)
    assert not tree.findall(".//s:text", SVG_NAMES) and not tree.findall(".//s:image", SVG_NAMES)
    assert b"168" in raw and "任免国家机关工作人员" in raw.decode()
    links = [value for element in tree.iter() for name, value in element.attrib.items()
             if name.endswith("href")]  # fmt: skip
    assert all(link.startswith("#") for link in links)


def test_png_has_three_pixels_for_one_and_more_than_paper(table, library):
    scope = scoped(table, library, ("appointments",), years="2023")
    read = Image.open(io.BytesIO(image.encode(scope, PNG)))
    assert read.format == "PNG" and read.width == picture.WIDTH * SCALE
    colors = {color for _, color in read.convert("RGB").getcolors(2**24)}
    (slides,) = image.pictured(scope)
    for series in slides[0].chart.series:
        assert tuple(bytes.fromhex(series.style.color[1:])) in colors


@needs_poppler
def test_pdf_holds_figures_notes_and_sources_in_embedded_chinese_fonts(table, library, tmp_path):
    scope = scoped(table, library, ("opinions_collected",), years="2023")
    (page,), named, complaints = read_pdf(image.encode(scope, PDF), tmp_path)
    for words in ("4,300", "2,493", "无文件", "口径", "来源", "平顶山日报", "均依原文"):
        assert words in page, words
    assert complaints == b""
    assert named and all(" yes yes yes " in line for line in named)
    own = {f.replace(" ", "") for f in fonts.chinese()}
    assert all(any(f[:8] in line for f in own) for line in named)


@needs_poppler
def test_several_indicators_are_a_page_each(table, library, tmp_path):
    asked = ("appointments", "laws_planned", "special_inquiries")
    scope = scoped(table, library, asked, years="2023-2024")
    pages, *_ = read_pdf(image.encode(scope, PDF), tmp_path)
    assert len(pages) == 2
    assert "计划数（尚未执行）" in pages[1]
    assert "另有1项指标在所选地区、年份没有数字，未列入" in pages[1]
    assert {e.key for e in offers(scope)} & {PNG, SVG, PDF} == {PDF}
    listed = scoped(table, library, asked, years="2023-2024", list=".".join(asked))
    pages, *_ = read_pdf(image.encode(listed, PDF), tmp_path)
    assert len(pages) == 3 and "均未披露" in pages[2]


def test_totals_stand_apart_below_the_yearly_figures(table, library):
    scope = scoped(table, library, ("proposals_replied",), body="cppcc")
    (slides,) = image.pictured(scope)
    assert [slide.scope for slide in slides] == ["yearly", "totals"]
    assert image.encode(scope, PNG)


@needs_poppler
def test_many_areas_and_years_are_left_out_by_a_rule_in_the_picture(large, tmp_path):
    chosen = replace(selection.default(large), areas=tuple(large.areas), first=2010, last=2024)
    scope = scope_of(large, chosen, indicators=("appointments",))
    (page,), *_ = read_pdf(image.encode(scope, PDF), tmp_path)
    assert "灰点为其余地区" in page
    assert "所选300个地区中，图表只列" in page and "所选15个年份中，图表只列最近10个" in page
    assert "下页表" not in page
    (slides,) = image.pictured(scope)
    for series in slides[0].chart.series:
        for point in series.points:
            assert point.label.replace("≥", "").split("（")[0] in page


@pytest.mark.parametrize("years", ["2023", "2010-2024"])
def test_areas_without_a_series_are_grey_dots_behind(large, years):
    """One dot a figure of the areas that are left out, and none for a missing one."""
    scope = scoped(large, exports.EMPTY, ("appointments",), years=years,
                   areas=".".join(large.areas))  # fmt: skip
    (slides,) = image.pictured(scope)
    chart = slides[0].chart
    shown = {series.area for series in chart.series}
    compared = compare(large, scope.selection, "appointments")
    others = [c.figure.value for c in compared.cells if c.figure and c.area not in shown
              and c.year in slides[0].comparison.years]  # fmt: skip
    assert sorted(value for values in chart.crowd for value in values) == sorted(others)
    dots = [use for use in etree.fromstring(image.encode(scope, SVG)).iterfind(".//s:use", SVG_NAMES)
            if f"fill: {LIGHT.dim.lower()}" in use.get("style", "")]  # fmt: skip
    assert len(dots) == len(others) > 100


@pytest.mark.parametrize("case", spec("exports", "text"), ids=lambda c: str(c)[:40])
def test_odd_text_gives_a_picture(table, library, case):
    given = case["given"] if "given" in case else case["repeated"] * case["times"]
    odd = with_text(table, given)
    odd = replace(odd, areas={c: replace(a, label=given) for c, a in odd.areas.items()})
    scope = scoped(odd, exports.library_with_titles(library, given), ("appointments",))
    raw = image.encode(scope, SVG)
    assert not etree.fromstring(raw).findall(".//s:script", SVG_NAMES)


def test_an_indicator_that_nobody_reported_says_so_without_a_chart(table, library):
    scope = scoped(table, library, ("special_inquiries",), years="2024")
    (slides,) = image.pictured(scope)
    assert slides[0].chart is None and "均未披露" in slides[0].headline
    assert image.encode(scope, PNG)


@pytest.mark.parametrize("case", spec("exports", "drawn"), ids=lambda case: case["name"])
def test_the_kind_of_the_page_is_drawn(table, library, case):
    params = {"chart": case["chart"]} if "chart" in case else {}
    scope = scoped(table, library, (case["indicator"],), years=case["years"], **params)
    (slides,) = image.pictured(scope)
    assert slides[0].chart.kind == case["drawn"]
    assert picture_chart.in_rows(slides[0].chart) == (case["drawn"] != "lines")
    raw = image.encode(scope, SVG)
    bars = any(lengths(raw, series.style.color) for series in slides[0].chart.series)
    assert bars == (case["drawn"] == "bars")


@needs_poppler
def test_a_dumbbell_has_both_years_of_an_area(table, library, tmp_path):
    scope = scoped(table, library, ("suggestions_received",), years="2023-2024", chart="dumbbell")
    (page,), *_ = read_pdf(image.encode(scope, PDF), tmp_path)
    for words in ("158", "185", "小标记为2023年", "2024年：无文件"):
        assert words in page, words


def test_true_type_is_embedded_as_type_42(table, library, monkeypatch):
    """As on Windows, whose Chinese typefaces are TrueType; PostScript outlines become Type 3."""
    before = matplotlib.rcParams["pdf.fonttype"]
    monkeypatch.setattr(fonts, "FAMILIES", ("DejaVu Sans",))
    fonts.chinese.cache_clear()
    try:
        assert fonts.chinese() == ("DejaVu Sans",)
        raw = Sheet(200, 100)
        raw.text(10, 50, "168", 18)
        assert b"/CIDFontType2" in raw.encode(PDF, "x")
    finally:
        monkeypatch.undo()
        fonts.chinese.cache_clear()
        fonts.chinese()
    assert matplotlib.rcParams["pdf.fonttype"] == before


def test_a_machine_without_a_chinese_font_says_what_to_install(table, library, monkeypatch):
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Typeface",))
    fonts.chinese.cache_clear()
    try:
        with pytest.raises(InputError) as refused:
            image.encode(scoped(table, library, ("appointments",)), PNG)
    finally:
        monkeypatch.undo()
        fonts.chinese.cache_clear()
    assert "fonts-noto-cjk" in refused.value.text("zh")


def test_a_character_without_a_glyph_is_no_box():
    assert fonts.covered("平顶山\ue000市") == f"平顶山{fonts.covered('〓')}市"
    assert fonts.covered("未披露 ≥4,300（计数）—〔1〕") == "未披露 ≥4,300（计数）—〔1〕"


def test_the_same_picture_is_the_same_file(table, library):
    scope = scoped(table, library, ("appointments",), years="2023")
    for kind in (PNG, SVG, PDF):
        assert image.encode(scope, kind) == image.encode(scope, kind), kind


def test_pictures_made_at_the_same_time_are_the_same(table, library):
    """Downloads run in threads of the server, and matplotlib shares its caches between them."""
    scopes = [scoped(table, library, (i,), years="2023") for i in ("appointments", "laws_passed")]
    alone = [image.encode(scope, SVG) for scope in scopes]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda n: image.encode(scopes[n % 2], SVG), range(8)))
    assert together == alone * 4
