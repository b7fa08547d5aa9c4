"""Every file, opened by readers that know nothing of us: same figures, no zero for a missing one."""

import io
import json
import re
import zipfile
from dataclasses import replace

import frictionless
import pandas as pd
import pytest

from app import selection, states
from app.comparison import yearly_years
from app.data import Area
from app.exports import csv, names, package, rows, sdmx, xlsx
from app.exports.cells import plain
from app.exports.csv import Options
from app.exports.formats import offers
from etl.errors import DocumentError, InputError
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import OFFICE, cells_of, scope_of, whole, workbook

needs_office = pytest.mark.skipif(not OFFICE, reason="no LibreOffice (soffice) on this machine")


@pytest.fixture(scope="module")
def large():
    """Thirty cities by six years, with gaps."""
    return exports.made_up(30, 6)


def ids(case):
    return str(case.get("name") or case.get("given") or case.get("repeated"))[:40]


@pytest.mark.parametrize("case", spec("exports", "name"), ids=ids)
def test_file_name(case):
    assert names.file_name(case["parts"], "csv") == case["name"]


@pytest.mark.parametrize("case", spec("exports", "scope"), ids=ids)
def test_file_name_of_a_scope(case, table):
    listed = case["areas"] + [f"地名很长的{i}自治州" for i in range(case.get("more", 0))]
    areas = {str(i): Area(str(i), name, "city", name) for i, name in enumerate(listed)}
    first, _, last = case["years"].partition("-")
    chosen = replace(
        selection.default(table), areas=tuple(areas), first=int(first), last=int(last or first)
    )
    scope = scope_of(replace(table, areas=areas), chosen, indicators=tuple(case["indicators"]))
    assert names.of_scope(scope, "csv") == case["name"]


def test_no_file_name_is_longer_than_windows_likes(table):
    long = replace(table.indicators["decisions"], name_zh="名" * 200)
    areas = {"1": Area("1", "州" * 200, "city", "")}
    scope = scope_of(
        replace(table, indicators={"decisions": long}, areas=areas),
        replace(selection.default(table), areas=("1",)),
        indicators=("decisions",),
    )
    assert len(names.of_scope(scope, "csv", "宽表", "GB18030").encode()) <= names.LONGEST
    assert names.of_scope(scope, "xlsx").endswith(".xlsx")


@pytest.mark.parametrize("body", ["npc", "cppcc"])
@pytest.mark.parametrize("which", ["table", "large"])
def test_missing_rows_are_the_cells_without_a_figure(request, which, body):
    table = request.getfixturevalue(which)
    scope = whole(table, body)
    found = rows.missing(table, scope.selection, scope.indicators)
    expected = []
    for indicator in scope.indicators:
        if table.indicators[indicator].planned:
            continue
        figures = table.figures(body, indicator, scope.selection.areas)
        years = yearly_years(table, scope.selection, [f for f in figures if f.preferred])
        expected += [
            (c.area, indicator, c.year, c.state.value, c.report.document if c.report else "")
            for c in states.cells(table, scope.selection.areas, body, indicator, years)
            if c.figure is None
        ]
    columns = ("area_code", "indicator", "year", "state", "document")
    assert list(zip(*(found[c] for c in columns), strict=True)) == expected
    assert expected


# -- CSV


@pytest.mark.parametrize("encoding", csv.ENCODINGS)
@pytest.mark.parametrize("in_words", [True, False])
@pytest.mark.parametrize("wide", [True, False])
def test_csv_reads_back_cell_for_cell(large, wide, in_words, encoding):
    scope = whole(large)
    options = Options(wide, in_words, encoding)
    frame = csv.table(scope, options)
    raw = csv.encode(frame, encoding)
    assert raw.startswith(b"\xef\xbb\xbf") == (encoding == csv.UTF8)
    grid = cells_of(raw, encoding)
    read = pd.read_csv(io.BytesIO(raw), encoding=encoding, dtype=str, keep_default_na=False)
    assert [list(read.columns), *read.to_numpy().tolist()] == grid
    assert grid[0] == list(frame.columns)
    for name in frame:
        for written, value in zip(read[name], frame[name], strict=True):
            if pd.isna(value):
                assert written == ""
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert float(written) == value
            else:
                assert written == str(value)


def test_wide_csv_says_what_each_cell_is(table):
    chosen, _ = selection.from_params({"years": "2023", "list": "opinions_collected"}, table)
    scope = scope_of(table, chosen)
    said = csv.table(scope, Options(wide=True))
    assert said.to_numpy().tolist() == [
        ["收集意见建议", "条", "平顶山市", "410400", "≥4300"],
        ["收集意见建议", "条", "鹤壁市", "410600", 2493],
        ["收集意见建议", "条", "焦作市", "410800", "无文件"],
    ]
    coded = csv.table(scope, Options(wide=True, in_words=False))
    assert coded[["2023", "2023_state"]].to_numpy().tolist() == [
        [4300, "at_least"], [2493, "exact"], [None, "no_document"],
    ]  # fmt: skip
    without = csv.table(replace(scope, with_missing=False), Options(wide=True))
    assert list(without["地区"]) == ["平顶山市", "鹤壁市"]


def test_wide_csv_keeps_totals_and_plans_in_columns_of_their_own(table):
    chosen, _ = selection.from_params({"body": "cppcc", "list": "proposals_replied"}, table)
    frame = csv.table(scope_of(table, chosen), Options(wide=True))
    assert list(frame["2018—2022年（届期合计）"].dropna()) == [1918]
    assert 1918 not in set(frame["2023年"])


def test_everything_is_the_whole_table(table):
    scope = whole(table, everything=True, with_missing=False)
    assert list(rows.of_scope(scope)["fact_id"]) == list(table.facts["fact_id"])
    more = rows.of_scope(replace(scope, with_missing=True))
    assert set(more["body"]) == {"npc", "cppcc"}
    assert more["value"].notna().sum() == len(table.facts)


@needs_office
@pytest.mark.parametrize("encoding", csv.ENCODINGS)
@pytest.mark.parametrize("wide, in_words", [(False, True), (True, True), (True, False)])
def test_libreoffice_reads_the_csv_cell_for_cell(table, tmp_path, wide, in_words, encoding):
    raw = csv.encode(csv.table(whole(table), Options(wide, in_words)), encoding)
    path = tmp_path / "given.csv"
    path.write_bytes(raw)
    code = {csv.UTF8: 76, csv.GB18030: 85}[encoding]
    read = exports.convert(
        path, "csv:Text - txt - csv (StarCalc):44,34,76", f"--infilter=CSV:44,34,{code}"
    )
    found = cells_of(read.read_bytes(), "utf-8")
    # LibreOffice takes 98% for a number and shows it as 98.00%.
    found = [[re.sub(r"^(\d+)\.00%$", r"\1%", cell) for cell in row] for row in found]
    assert found == cells_of(raw, encoding)


# -- SDMX-CSV


def test_sdmx_has_the_columns_and_statuses_of_the_standard(large):
    read = pd.read_csv(io.BytesIO(sdmx.encode(whole(large))), dtype=str, keep_default_na=False)
    assert list(read)[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert tuple(list(read)[3:10]) == (*sdmx.DIMENSIONS, "OBS_VALUE")
    assert set(read["STRUCTURE"]) == {"dataflow"} and set(read["ACTION"]) == {"I"}
    assert not read.duplicated(list(sdmx.DIMENSIONS)).any()
    missing = read["OBS_STATUS"].isin(["O", "M", "L"])
    assert set(read["OBS_STATUS"]) == {"A", "O", "L"}
    assert set(read["OBS_VALUE"][missing]) == {""}
    assert (read["OBS_VALUE"][~missing] != "").all()
    frame = rows.of_scope(whole(large))
    given = frame[frame["state"] == "reported"]
    assert list(read["OBS_VALUE"][~missing].astype(float)) == list(given["value"])
    assert list(read["FACT_ID"][~missing]) == list(given["fact_id"])


def test_sdmx_keeps_bounds_and_periods(table):
    chosen, _ = selection.from_params({"body": "cppcc"}, table)
    read = pd.read_csv(io.BytesIO(sdmx.encode(scope_of(table, chosen))), dtype=str,
                       keep_default_na=False)  # fmt: skip
    assert "2018-01-01/P5Y" in set(read["TIME_PERIOD"])
    chosen, _ = selection.from_params({"years": "2023", "list": "opinions_collected"}, table)
    read = pd.read_csv(io.BytesIO(sdmx.encode(scope_of(table, chosen))), dtype=str,
                       keep_default_na=False).set_index("REF_AREA")  # fmt: skip
    columns = ["OBS_VALUE", "OBS_STATUS", "QUALIFIER", "LOWER_BOUND", "UPPER_BOUND"]
    assert list(read.loc["410400", columns]) == ["4300", "A", "at_least", "4300", ""]
    assert list(read.loc["410800", columns]) == ["", "L", "", "", ""]


# -- Package


def test_package_is_valid_whole_and_the_same_each_time(table, library, tmp_path):
    scope = whole(table, library=library, with_candidates=True, everything=True)
    raw = package.encode(scope)
    assert raw == package.encode(scope)
    archive = zipfile.ZipFile(io.BytesIO(raw))
    assert archive.testzip() is None
    archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert not report.warnings
    descriptor = json.loads(archive.read("datapackage.json"))
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert descriptor["licenses"] and descriptor["sources"]
    for resource in descriptor["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            assert field["title"] and field["description"] and field["type"], field
    for name in library.paths:
        assert archive.read(f"documents/{name}") == library.paths[name].read_bytes()
    frame = rows.of_scope(scope)
    with frictionless.Resource(path="data/facts.csv", basepath=str(tmp_path)) as read:
        values = [row["value"] for row in read.row_stream]
    assert [None if v is None else float(v) for v in values] == [
        None if pd.isna(v) else v for v in frame["value"]
    ]
    readme = archive.read("README.md").decode()
    for words in ("引用方式", "任免国家机关工作人员", "不等于零", *library.paths):
        assert words in readme


def test_package_says_which_document_is_gone(table, library):
    name = next(iter(library.paths))
    paths = {k: v for k, v in library.paths.items() if k != name}
    with pytest.raises(DocumentError, match=name):
        package.encode(whole(table, library=replace(library, paths=paths)))
    paths = library.paths | {name: library.folder / "gone.txt"}
    with pytest.raises(DocumentError, match=name):
        package.encode(whole(table, library=replace(library, paths=paths)))


# -- odd material, in every format


@pytest.mark.parametrize("case", spec("exports", "text"), ids=ids)
def test_odd_text_stays_text_in_every_file(table, library, case):
    given = case["given"] if "given" in case else case["repeated"] * case["times"]
    chosen, _ = selection.from_params({"years": "2023", "list": "appointments"}, table)
    scope = scope_of(
        exports.with_text(table, given), chosen, exports.library_with_titles(library, given)
    )
    for options in (Options(), Options(in_words=False), Options(encoding=csv.GB18030)):
        for row in cells_of(
            csv.encode(csv.table(scope, options), options.encoding), options.encoding
        ):
            assert not any(c[:1] in "=+-@＝＋－＠\t\r" for c in row if c)
    for row in cells_of(sdmx.encode(scope), "utf-8"):
        assert not any(c[:1] in "=+-@＝＋－＠\t\r" for c in row if c)
    book = workbook(scope)
    found = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert {c.data_type for c in found} <= {"s", "n", "inlineStr"}
    sentences = {c.value for c in book["来源"]["F"][1:]}
    assert all(plain(given).startswith(s.partition("……（")[0][:100]) for s in sentences)
    archive = zipfile.ZipFile(io.BytesIO(package.encode(scope)))
    assert json.loads(archive.read("datapackage.json"))["title"] == "履职数据对照"
    assert "<script>" not in archive.read("README.md").decode().replace("\\<", "")


def test_an_empty_selection_offers_nothing(table):
    chosen = replace(selection.default(table), areas=())
    assert offers(scope_of(table, chosen)) == []
    assert offers(scope_of(table, selection.default(table), indicators=())) == []


@pytest.mark.parametrize("encode", [sdmx.encode, package.encode, xlsx.encode,
                                    lambda s: csv.offer(s).make()])  # fmt: skip
def test_a_selection_without_rows_says_what_to_do(table, encode):
    chosen, _ = selection.from_params({"years": "2023", "areas": "410800"}, table)
    with pytest.raises(InputError) as refused:
        encode(scope_of(table, chosen, with_missing=False))
    assert "请放宽" in refused.value.text("zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_offer_makes_its_file(table, library, language):
    chosen = replace(selection.default(table), language=language)
    found = offers(scope_of(table, chosen, library))
    assert len({e.key for e in found}) == len(found) >= 4
    for export in found:
        assert export.label and export.note and not export.problem
        assert export.make()
