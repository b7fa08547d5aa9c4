"""The workbook, opened by openpyxl and LibreOffice: reading table, charts, sources, data."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest

from app import selection
from app.exports import rows, xlsx
from app.exports import workbook as book_of_sheets
from etl.errors import InputError
from tests.app import exports
from tests.app.exports import OFFICE, cells_of, scope_of, whole, workbook


@pytest.fixture(scope="module")
def large():
    """Thirty cities by six years, with gaps."""
    return exports.made_up(30, 6)


def test_workbook_has_a_table_that_can_be_printed_as_it_is(table, library):
    chosen, _ = selection.from_params({"years": "2023", "list": "opinions_collected"}, table)
    book = workbook(scope_of(table, chosen, library))
    assert book.sheetnames == ["对照表", "图", "来源", "文件", "口径", "数据"]
    sheet = book["对照表"]
    assert sheet["A1"].value == "收集意见建议对照表"
    assert [c.value for c in sheet[3]][:2] == ["地区", "2023年"]
    shown = [(sheet.cell(r, 1).value, sheet.cell(r, 2).value) for r in (4, 5, 6)]
    assert shown == [("平顶山市", 4300), ("鹤壁市", 2493), ("焦作市", "无文件")]
    assert sheet["B4"].number_format == '"≥"#,##0'
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.freeze_panes == "B4" and sheet.print_title_rows == "$3:$3"
    assert "&P" in sheet.oddFooter.center.text
    notes = "".join(str(c.value) for row in sheet.iter_rows(min_row=7) for c in row if c.value)
    assert "未披露" in notes and "不等于零" in notes and "口径" in notes
    target = sheet["B4"].hyperlink.location
    place = target.partition("!")[2]
    line = [c.value for c in book["来源"][int(place[1:])]]
    assert "4300余" in line[5].replace(" ", "") and line[0] == "平顶山市"


@pytest.mark.parametrize("body", ["npc", "cppcc"])
@pytest.mark.parametrize("which", ["table", "large"])
def test_workbook_holds_the_tables_figures_and_no_zero_for_a_missing_one(request, which, body):
    table = request.getfixturevalue(which)
    scope = whole(table, body)
    book = workbook(scope)
    frame = rows.of_scope(scope)
    data = list(book["数据"].values)
    assert len(data) == len(frame) + 1
    at = data[0].index("数值")
    assert [row[at] for row in data[1:]] == [None if pd.isna(v) else v for v in frame["value"]]
    cells = [c for comparison in scope.comparisons() if not comparison.indicator.planned
             for c in comparison.cells]  # fmt: skip
    reading = {
        c.hyperlink.location: c.value
        for row in book["对照表"].iter_rows()
        for c in row
        if c.hyperlink
    }
    source = {f"'来源'!A{n}": row for n, row in enumerate(book["来源"].values, 1)}
    by_id = {row[10]: reading[place] for place, row in source.items() if place in reading}
    assert all(by_id[c.figure.fact_id] == c.figure.value for c in cells if c.figure)
    words = [c.value for row in book["对照表"].iter_rows() for c in row
             if c.value in ("未披露", "无文件")]  # fmt: skip
    assert len(words) == sum(c.figure is None for c in cells)


def test_chart_is_native_over_blank_cells(table):
    chosen, _ = selection.from_params({"years": "2023-2024", "list": "appointments"}, table)
    raw = xlsx.encode(scope_of(table, chosen))
    archive = zipfile.ZipFile(io.BytesIO(raw))
    drawn = archive.read("xl/charts/chart1.xml").decode()
    assert '<c:dispBlanksAs val="gap"/>' in drawn
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["图"]
    assert [[c.value for c in row[:3]] for row in sheet["A2:C5"]] == [
        ["地区", "2023", "2024"],
        ["平顶山市", 168, None],
        ["鹤壁市", 102, None],
        ["焦作市", None, 64],
    ]
    assert "2024年平顶山市未披露" in sheet["A6"].value


def test_workbook_of_an_indicator_that_nobody_reported_says_so_in_words(table):
    chosen, _ = selection.from_params({"years": "2023"}, table)
    book = workbook(scope_of(table, chosen, indicators=("party_group_meetings",)))
    assert "图" not in book.sheetnames
    assert [r[1].value for r in book["对照表"]["A4:B6"]] == ["未披露", "未披露", "无文件"]


def test_more_figures_than_excel_can_link_say_where_their_sentences_are(table, monkeypatch):
    chosen, _ = selection.from_params({"years": "2023", "list": "opinions_collected"}, table)
    scope = scope_of(table, chosen)

    def read():
        sheet = workbook(scope)["对照表"]
        cells = [c for row in sheet.iter_rows() for c in row]
        notes = "".join(str(c.value) for c in cells if str(c.value).startswith("注"))
        return [c.value for c in cells if c.hyperlink], notes

    linked, notes = read()
    assert linked == [4300, 2493] and "点击数字" in notes
    monkeypatch.setattr(book_of_sheets, "LINKS", 1)
    linked, notes = read()
    assert linked == [] and "点击数字" not in notes and "筛选" in notes


def test_too_many_rows_are_refused_in_words(table, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(InputError) as refused:
        xlsx.encode(whole(table))
    assert "超过一个工作簿" in refused.value.text("zh") and "CSV" in refused.value.text("zh")


def test_many_rows_give_the_same_workbook(table, monkeypatch):
    few = workbook(whole(table))
    monkeypatch.setattr(xlsx, "MANY_ROWS", 3)
    many = workbook(whole(table))
    for sheet in few:
        assert list(sheet.values) == list(many[sheet.title].values)


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice (soffice) on this machine")
def test_libreoffice_reads_the_workbook_as_we_wrote_it(table, tmp_path):
    chosen, _ = selection.from_params({"years": "2023", "list": "opinions_collected"}, table)
    path = tmp_path / "given.xlsx"
    path.write_bytes(xlsx.encode(scope_of(table, chosen)))
    read = exports.convert(path, "csv:Text - txt - csv (StarCalc):44,34,76")
    grid = cells_of(read.read_bytes(), "utf-8")
    assert [row[:2] for row in grid[2:6]] == [
        ["地区", "2023年"], ["平顶山市", "≥4,300"], ["鹤壁市", "2,493"], ["焦作市", "无文件"],
    ]  # fmt: skip
