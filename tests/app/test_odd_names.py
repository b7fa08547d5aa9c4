"""Names that try something, in every format: each file opens in its reader, and text stays text."""

import csv
import io
import json
import re
import subprocess
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pptx
import pytest
from lxml import etree
from PIL import Image

from app import selection
from app.exports.cells import plain
from app.exports.formats import offers
from app.slides import Pick, Plan
from app.slides import plan as plans
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import has_chinese_font, scope_of

pytestmark = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")

FORMATS = ("xlsx", "pptx", "docx", "png", "svg", "pdf", "csv", "package", "sdmx", "html")
MARKUP = ("xlsx", "pptx", "docx", "svg", "html")
FORMULA = "=+-@＝＋－＠\t\r"
LATIN_NUMBER = re.compile(r"[-+]?[\d,.]+%?")
# A page that is longer than this has lost its measure; in pixels.
TALLEST = 12_000


def given_by(case):
    return case["given"] if "given" in case else case["repeated"] * case["times"]


def made(table, library, given):
    """Every file of one indicator and three areas that all have the name, and a title like it."""
    areas = {code: replace(a, name=given, label=given) for code, a in table.areas.items()}
    one = replace(table.indicators["appointments"], name_zh=given, name_en=given)
    odd = replace(table, areas=areas, indicators=table.indicators | {one.id: one})
    chosen, _ = selection.from_params({"years": "2023-2024"}, table)
    plan = plans.write(Plan((Pick("title", given), Pick(one.id, given), Pick("sources"))))
    scope = scope_of(odd, replace(chosen, slides=plan),
                     exports.library_with_titles(library, given), indicators=(one.id,))  # fmt: skip
    return {export.key: (export.file_name, export.make()) for export in offers(scope)}


@pytest.fixture(scope="module", params=spec("formats", "odd"), ids=lambda case: case["name"])
def files(request, table, library):
    return request.param, made(table, library, given_by(request.param))


def no_formula(raw, encoding="utf-8-sig"):
    for row in csv.reader(io.StringIO(raw.decode(encoding), newline="")):
        assert not any(c[:1] in FORMULA and not LATIN_NUMBER.fullmatch(c) for c in row if c), row


def parts(raw, suffix=(".xml", ".rels")):
    archive = zipfile.ZipFile(io.BytesIO(raw))
    return {n: archive.read(n) for n in archive.namelist() if n.endswith(suffix)}


def no_link(raw):
    """No relation of an Office file leads out of it, and every part is well-formed."""
    for name, part in parts(raw).items():
        root = etree.fromstring(part)
        assert not root.xpath("//@TargetMode[. = 'External']"), name


def open_xlsx(raw, given, _):
    no_link(raw)
    charts = [part for name, part in parts(raw).items() if name.startswith("xl/charts/chart")]
    for chart in charts:
        formulas = etree.fromstring(chart).xpath("//*[local-name() = 'f']/text()")
        assert formulas and all(re.match(r"图!\$[A-Z]+\$\d+", formula) for formula in formulas)
    assert charts
    cells = [
        c for sheet in openpyxl.load_workbook(io.BytesIO(raw)) for r in sheet.iter_rows() for c in r
    ]
    assert {c.data_type for c in cells} <= {"s", "n", "inlineStr"}
    assert any(plain(given) in str(c.value) for c in cells)


def open_pptx(raw, given, _):
    no_link(raw)
    texts = [s.text_frame.text for slide in pptx.Presentation(io.BytesIO(raw)).slides
             for s in slide.shapes if s.has_text_frame]  # fmt: skip
    assert any(" ".join(plain(given).split())[:20] in text for text in texts)


def open_docx(raw, given, _):
    no_link(raw)
    cells = [
        c.text for t in docx.Document(io.BytesIO(raw)).tables for row in t.rows for c in row.cells
    ]
    assert any("".join(plain(given).split())[:20] in "".join(c.split()) for c in cells)


def open_png(raw, *_):
    with Image.open(io.BytesIO(raw)) as picture:
        picture.load()
        assert picture.height <= TALLEST and picture.width <= TALLEST


def open_svg(raw, *_):
    root = etree.fromstring(raw)
    assert not root.xpath("//*[local-name() = 'script' or local-name() = 'a']")
    assert not [h for h in root.xpath("//@*[local-name() = 'href']") if not h.startswith("#")]


def open_pdf(raw, _, folder):
    path = folder / "given.pdf"
    path.write_bytes(raw)
    said = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True)
    assert "168" in said.stdout


def open_csv(raw, *_):
    no_formula(raw)


def open_sdmx(raw, *_):
    no_formula(raw)


def open_package(raw, *_):
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert archive.testzip() is None
    for name in archive.namelist():
        if name.startswith("data/"):
            no_formula(archive.read(name))
    assert json.loads(archive.read("datapackage.json"))["resources"]


def open_html(raw, given, _):
    page = raw.decode()
    assert page.count("<script") == page.count("</script") == 2
    slides = json.loads(re.search(r'id="deck">(.*?)</script>', page, re.S)[1])["slides"]
    assert [slide["headline"] for slide in slides[:2]] == [" ".join(given.split())] * 2


READERS = {"xlsx": open_xlsx, "pptx": open_pptx, "docx": open_docx, "png": open_png,
           "svg": open_svg, "pdf": open_pdf, "csv": open_csv, "package": open_package,
           "sdmx": open_sdmx, "html": open_html}  # fmt: skip


@pytest.mark.parametrize("key", FORMATS)
def test_odd_names_stay_text(files, key, tmp_path):
    case, found = files
    file_name, raw = found[key]
    READERS[key](raw, given_by(case), tmp_path)
    assert not set(file_name) & set('<>:"/\\|?*') and not file_name.startswith(tuple(FORMULA))
    if key in MARKUP and (never := case.get("never")):
        written = b"".join(parts(raw).values()) if raw[:2] == b"PK" else raw
        assert never.encode() not in written


def test_every_format_is_tried(files):
    assert set(files[1]) == set(FORMATS) == set(READERS)
