"""The same selection in every format, read by other programs: one set of figures, no zero for a gap.

The cells that each file has to hold are data (tests/specs/app_formats.toml).
"""

import io
import json
import re
import subprocess
import zipfile
from dataclasses import replace

import docx
import frictionless
import openpyxl
import pandas as pd
import pptx
import pytest

from app import selection
from app.exports import csv, names
from app.exports.csv import Options
from app.exports.formats import offers
from app.exports.package import FACTS_PATH
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import OFFICE, has_chinese_font, scope_of

ASKED = ("appointments", "opinions_collected")
AREAS = ("平顶山市", "鹤壁市", "焦作市")
YEARS = (2023, 2024)
STATES = {"undisclosed": "未披露", "no_document": "无文件"}
SDMX = {"O": "未披露", "L": "无文件"}

# A cell is its number, or None, and the word that stands in its place where the format has one.
Cells = dict[tuple[str, str, int], tuple[float | None, str]]


@pytest.fixture(scope="module")
def scope(table, library):
    chosen, _ = selection.from_params({"years": "2023-2024"}, table)
    return scope_of(table, chosen, library, indicators=ASKED)


def made(scope, key):
    (found,) = [export for export in offers(scope) if export.key == key]
    return found.make()


def cell(given):
    """168 → (168, ""), 未披露 → (None, 未披露), ≥4,300 → (4300, "")."""
    if given is None or given != given:
        return None, ""
    number = re.fullmatch(r"[≥≤约]?([\d,.]+)(?:（.*）)?", str(given))
    return (float(number[1].replace(",", "")), "") if number else (None, str(given))


def grid(rows, indicator):
    """Areas by years → cells."""
    return {
        (indicator, area, year): cell(value)
        for area, *values in rows
        for year, value in zip(YEARS, values, strict=True)
    }


def by_name(scope):
    return {i.name_zh: i.id for i in scope.described}


def read_csv(raw, scope):
    frame = pd.read_csv(io.BytesIO(raw))
    ids = by_name(scope)
    return {
        (ids[row["指标"]], row["地区"], int(row["年份"])):
        (None if pd.isna(row["数值"]) else row["数值"],
         "" if row["状态"] == "已披露" else row["状态"])
        for _, row in frame.iterrows()
    }  # fmt: skip


def read_wide(raw, scope):
    frame = pd.read_csv(io.BytesIO(raw), dtype=str)
    found: Cells = {}
    for name, rows in frame.groupby("指标"):
        columns = ["地区", *(f"{year}年" for year in YEARS)]
        found |= grid(rows[columns].to_numpy().tolist(), by_name(scope)[name])
    return found


def read_sdmx(raw, scope):
    frame = pd.read_csv(io.BytesIO(raw), dtype={"REF_AREA": str})
    return {
        (row["INDICATOR"], scope.table.areas[row["REF_AREA"]].name, int(row["TIME_PERIOD"])):
        (None if pd.isna(row["OBS_VALUE"]) else row["OBS_VALUE"], SDMX.get(row["OBS_STATUS"], ""))
        for _, row in frame.iterrows()
    }  # fmt: skip


def read_package(raw, scope, folder):
    zipfile.ZipFile(io.BytesIO(raw)).extractall(folder)
    with frictionless.Resource(path=FACTS_PATH, basepath=str(folder)) as resource:
        return {
            (row["indicator"], row["area"], row["year"]):
            (None if row["value"] is None else float(row["value"]), STATES.get(row["state"], ""))
            for row in resource.row_stream
        }  # fmt: skip


def read_xlsx(raw, scope):
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["对照表"]
    found: Cells = {}
    for row in sheet.iter_rows(min_row=5, max_row=4 + len(ASKED), values_only=True):
        places = [(area, year) for area in AREAS for year in YEARS]
        for (area, year), value in zip(places, row[2:], strict=True):
            found[by_name(scope)[row[0]], area, year] = cell(value)
    return found


def read_xlsx_charts(raw, scope):
    """The cells that the charts of the workbook are drawn from: blank where there is no figure."""
    rows = [row[:3] for row in openpyxl.load_workbook(io.BytesIO(raw))["图"].values]
    found: Cells = {}
    for name, id_ in by_name(scope).items():
        start = next(i for i, row in enumerate(rows) if str(row[0]).startswith(name))
        found |= grid(rows[start + 2 : start + 5], id_)
    return found


def read_pptx(raw, scope):
    """The workbooks inside the charts: what 编辑数据 opens."""
    found: Cells = {}
    charts = [shape.chart for slide in pptx.Presentation(io.BytesIO(raw)).slides
              for shape in slide.shapes if shape.has_chart]  # fmt: skip
    for indicator, chart in zip(ASKED, charts, strict=True):
        sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
        head, *rows = sheet.values
        assert head[1:] == AREAS and [row[0] for row in rows] == [f"{y}年" for y in YEARS]
        drawn = [list(series.values) for series in chart.plots[0].series]
        assert drawn == [list(column) for column in list(zip(*rows, strict=True))[1:]]
        columns = zip(AREAS, *(row[1:] for row in rows), strict=True)
        found |= grid(columns, indicator)
    return found


def read_docx(raw, scope):
    tables = docx.Document(io.BytesIO(raw)).tables[: len(ASKED)]
    found: Cells = {}
    for indicator, table in zip(ASKED, tables, strict=True):
        found |= grid([[c.text for c in row.cells] for row in table.rows[1:]], indicator)
    return found


def read_html(raw, scope):
    data = json.loads(re.search(r'id="deck">(.*?)</script>', raw.decode(), re.S)[1])
    found: Cells = {}
    for slide in data["slides"]:
        for series in slide.get("chart", {}).get("series", ()):
            for year, point in zip(YEARS, series["points"], strict=True):
                value, word = cell(point["label"])
                assert value == point["value"]
                found[slide["id"], series["label"], year] = value, word
    return found


# Name, key of the export, reader, and whether the format has words for what is missing.
READERS = (
    ("csv", "csv", read_csv, True),
    ("sdmx", "sdmx", read_sdmx, True),
    ("xlsx", "xlsx", read_xlsx, True),
    ("charts of xlsx", "xlsx", read_xlsx_charts, False),
    ("pptx", "pptx", read_pptx, False),
    ("docx", "docx", read_docx, True),
    ("html", "html", read_html, True),
)


def check(found, in_words=True):
    for case in spec("formats", "cell"):
        key = case["indicator"], case["area"], case["year"]
        word = STATES.get(case.get("state", ""), "") if in_words else ""
        assert found[key] == (case.get("value"), word), key
    assert len(found) == len(spec("formats", "cell"))


@pytest.mark.parametrize("name, key, reader, in_words", READERS, ids=[r[0] for r in READERS])
def test_file_holds_the_figures_and_no_zero_for_a_missing_one(scope, name, key, reader, in_words):
    check(reader(made(scope, key), scope), in_words)


def test_wide_csv_holds_them(scope):
    check(read_wide(csv.offer(scope, Options(wide=True)).make(), scope))


def test_package_holds_them(scope, tmp_path):
    check(read_package(made(scope, "package"), scope, tmp_path))


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")
def test_pictures_hold_their_labels(scope, tmp_path):
    path = tmp_path / "charts.pdf"
    path.write_bytes(made(scope, "pdf"))
    for page, indicator in enumerate(ASKED, 1):
        said = subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), path, "-"],
                              check=True, capture_output=True, text=True).stdout  # fmt: skip
        said = "".join(said.split())
        for case in spec("formats", "cell"):
            if case["indicator"] == indicator:
                assert case["label"].lstrip("≥") in said, case


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice (soffice) on this machine")
@pytest.mark.parametrize("key", ["xlsx", "pptx", "docx"])
def test_libreoffice_prints_them_in_chinese_type(scope, key, tmp_path):
    """Boxes would be glyphs of a typeface that has no Chinese: each Chinese word is found again."""
    path = tmp_path / f"given.{key}"
    path.write_bytes(made(scope, key))
    pdf = exports.convert(path, "pdf")
    said = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True)
    text = "".join(said.stdout.split())
    for case in spec("formats", "cell"):
        assert case["label"] in text or (key == "pptx" and "state" in case), case
    assert "未披露" in text and "口径" in text
    assert exports.chinese_fonts(pdf)


def test_the_workbook_of_a_pptx_chart_can_be_edited(scope):
    """Another program changes a figure and fills a gap; the deck still opens with both."""
    deck = pptx.Presentation(io.BytesIO(made(scope, "pptx")))
    chart = next(s.chart for slide in deck.slides for s in slide.shapes if s.has_chart)
    part = chart.part.chart_workbook.xlsx_part
    book = openpyxl.load_workbook(io.BytesIO(part.blob))
    book.active["B2"], book.active["B3"] = 170, 30
    out = io.BytesIO()
    book.save(out)
    part._blob = out.getvalue()
    saved = io.BytesIO()
    deck.save(saved)
    again = pptx.Presentation(saved)
    chart = next(s.chart for slide in again.slides for s in slide.shapes if s.has_chart)
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert [book.active[place].value for place in ("B2", "B3", "C2")] == [170, 30, 102]


@pytest.mark.parametrize("case", spec("formats", "nobody"), ids=lambda case: case["format"])
def test_an_indicator_that_nobody_reported_gives_a_file_that_says_so(table, library, case):
    chosen, _ = selection.from_params({"years": "2023-2024"}, table)
    raw = made(scope_of(table, chosen, library, indicators=("special_inquiries",)), case["format"])
    parts = [raw]
    if raw[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(raw))
        parts = [archive.read(name) for name in archive.namelist()
                 if name.endswith((".xml", ".csv"))]  # fmt: skip
    assert any(case["says"].casefold() in part.decode("utf-8").casefold() for part in parts)


def test_names_of_two_hundred_characters_fit_every_file_name(table, library):
    areas = {code: replace(area, name="州" * 200) for code, area in table.areas.items()}
    long = replace(table, areas=areas)
    for export in offers(scope_of(long, selection.default(table), library, indicators=ASKED)):
        assert len(export.file_name.encode()) <= names.LONGEST
        assert export.file_name.rpartition(".")[2] in ("xlsx", "pptx", "docx", "pdf", "csv", "zip",
                                                       "html")  # fmt: skip


def test_files_of_slides_hold_the_selection_even_where_everything_is_asked_for(scope):
    """Only files of rows hold the whole table, and only they are named after it."""
    for export in offers(replace(scope, everything=True)):
        whole = export.key in ("csv", "package", "sdmx")
        assert ("全部数据" in export.file_name) == whole, export.key


@pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")
def test_three_hundred_cities_by_fifteen_years_in_every_format():
    """Each file is made, and those that have no room for all say what they leave out."""
    table = exports.made_up(300, 15, *ASKED)
    chosen = replace(selection.default(table), areas=tuple(table.areas), first=2010, last=2024)
    files = {e.key: e.make() for e in offers(scope_of(table, chosen, indicators=ASKED))
             if e.key != "package"}  # fmt: skip
    frame = pd.read_csv(io.BytesIO(files["csv"]))
    assert frame["数值"].notna().sum() == (table.facts["body"] == "npc").sum()
    left_out = "所选300个地区中，图表只列"
    for deck in (files["html"].decode(), exports.xml_of(files["pptx"], "ppt/slides/")):
        assert left_out in deck and "所选15个年份中，图表只列" in deck
    assert left_out in exports.xml_of(files["docx"], "word/document")
    assert left_out in exports.xml_of(files["xlsx"], "xl/sharedStrings")
