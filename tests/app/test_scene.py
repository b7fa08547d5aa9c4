"""What the screen shows, the slides, pictures and files show: the same values, labels, kinds, colours."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from pptx.oxml.ns import qn

from app import charts, selection, theme
from app.charts.marks import yearly_marks
from app.comparison import on_show
from app.exports import docx, image, picture_chart, pptx, xlsx, xlsx_charts
from app.exports.canvas import PNG, Sheet
from app.present.screen import for_screen
from app.rates import Basis, Denominator, Reference
from app.scene import Room, scene
from app.slides import deck, said
from app.text import text
from app.theme import LIGHT
from tests.app import exports
from tests.app.conftest import spec
from tests.app.exports import has_chinese_font, scope_of

CASES = spec("scene", "chosen")
# Room for all that a case shows, so that every mark of the screen can be looked for.
WIDE = Room(areas=40, years=20, rows=400)
needs_font = pytest.mark.skipif(not has_chinese_font(), reason="no Chinese font on this machine")


def ids(case):
    return case["name"]


@pytest.fixture(scope="module")
def made():
    """Twelve cities by five years with a census each but the last one."""
    table = exports.made_up(12, 5, "appointments", "laws_passed")
    rows = {
        (code, "", Basis.CENSUS, 2020): Denominator(
            code, "", 2020, 1_000_000 + 170_000 * n, Basis.CENSUS, "普查公报", "https://example.org"
        )
        for n, code in enumerate(list(table.areas)[:-1])
    }
    return replace(table, reference=Reference(rows))


@pytest.fixture
def scoped(case, table, library, made):
    """The scope of a case: its one indicator within its selection."""
    source, books = (made, exports.EMPTY) if case.get("table") == "made" else (table, library)
    params = dict(case["params"])
    if params.get("areas") == "every":
        params["areas"] = ".".join(source.areas)
    chosen, dropped = selection.from_params(params, source)
    assert not dropped
    return scope_of(source, chosen, books, indicators=(chosen.indicator,))


def on_screen(scope):
    """The figure of 对比 for the selection, as pages/compare.py draws it."""
    chosen = scope.selection
    comparison = on_show(scope.table, chosen)
    return comparison, charts.yearly(
        scope.table, comparison, theme.styles(chosen.areas, scope.table.areas), scope.words,
        chosen.chart, focus=chosen.focus,
    ).figure()  # fmt: skip


def chart_of(scope, room=WIDE):
    """The scene of the selection."""
    comparison = on_show(scope.table, scope.selection)
    return scene(scope.table, comparison, scope.selection, scope.words, LIGHT, room).chart


def points_of(chart):
    return [point for series in chart.series for point in series.points]


def printed(plot):
    """Every text on a Plotly figure, without markup."""
    found = [a.text for a in plot.layout.annotations]
    for trace in plot.data:
        given = trace.text if trace.text is not None else ()
        found += [given] if isinstance(given, str) else list(given)
    plain = (re.sub(r"<(?!br)[^>]*>", "", each or "") for each in found)
    return [" ".join(each.replace("&gt;", ">").replace("&lt;", "<").split()) for each in plain]


def without_unit(text, unit, words):
    """A label of the screen as the slides have it, where the unit stands in the subtitle."""
    measure = unit if unit == "%" or words.chinese else f" {words.either(f'unit.{unit}', unit)}"
    return text.replace(measure, "").strip()


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_scene_prints_what_the_figure_prints(case, scoped):
    """Each value and each gap of the chart stands on the Plotly figure, in the same words."""
    comparison, plot = on_screen(scoped)
    words, unit = scoped.words, comparison.indicator.unit
    chart = chart_of(scoped)
    texts = printed(plot)
    said = Counter(without_unit(each, unit, words) for each in texts)
    if chart.kind in ("bars", "dots"):
        assert said >= Counter(p.label for p in points_of(chart) if p.value is not None)
        missing = [each for each in texts if each.startswith(("○", "–", "×"))]
        gaps = [p.label for p in points_of(chart) if p.value is None]
        assert sorted(each[2:].split("<br>")[0] for each in missing) == sorted(gaps)
    elif chart.kind == "dumbbell":
        for series in chart.series:
            label, gap = chart.pair(series, words)
            assert not label or said[label.replace("：", "").replace(": ", ": ")], (label, said)
            for point in series.points:
                assert point.value is not None or not gap or any(point.label in s for s in texts)
    elif chart.kind == "slope":
        for point in points_of(chart):
            assert any(s.startswith(f"{point.label} ") or f" {point.label}" in s for s in said)
    else:
        # Lines and strips print the values that have room: none that the scene does not have.
        labels = {p.label for p in points_of(chart)}
        numbers = [s for s in said if re.fullmatch(r"[≥≤约]*[\d.,]+(（.*）)?", s)]
        assert set(numbers) <= labels and (numbers or chart.kind == "strip")
    for wanted in case.get("printed", ()):
        assert any(wanted == p.label for p in points_of(chart)), wanted
        assert any(wanted.split("（")[0] in s for s in said), wanted


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_scene_has_the_figures_values_kind_and_colours(case, scoped):
    comparison, plot = on_screen(scoped)
    chart = chart_of(scoped)
    assert chart.kind == charts.kind_of(comparison, scoped.selection.chart)
    marks = {m.key: m for m in yearly_marks(scoped.table, comparison, scoped.words)}
    assert {p.key: p.value for p in points_of(chart)} == {k: m.value for k, m in marks.items()}
    given = Counter(p.value for p in points_of(chart) if p.value is not None)
    drawn, colors = Counter(), set()
    across = chart.kind in ("lines", "slope")
    for trace in plot.data:
        names = ("missing", "targets", "stems", "lane")
        if (trace.type == "scatter" and "markers" not in trace.mode) or trace.name.startswith(
            names
        ):
            continue
        axis = trace.y if across else trace.x
        drawn += Counter(v for v in axis if v is not None)
        if trace.name.startswith("others"):
            continue
        color = trace.marker.color
        colors |= {color} if isinstance(color, str) else set(color)
    if chart.kind in ("bars", "dots", "dumbbell", "strip"):
        assert drawn.total() == given.total()
        assert sorted(drawn.elements()) == pytest.approx(sorted(given.elements()))
    elif chart.kind == "lines":
        assert drawn == given
    if len(chart.series) <= len(LIGHT.areas):
        own = {s.style.color for s in chart.series if any(p.value is not None for p in s.points)}
        assert colors <= own | {LIGHT.dim}
        assert own - {LIGHT.dim} <= colors
    if scoped.selection.focus:
        bright = {s.area for s in chart.series if s.style.color != LIGHT.dim}
        assert bright == {scoped.selection.focus}


@pytest.fixture
def slides(scoped):
    return deck(scoped.table, scoped.library, scoped.selection, scoped.words, scoped.indicators)


def yearly(slides):
    """The slide of the yearly figures: the one behind the title."""
    return slides[1]


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_slide_keeps_the_focus_and_says_what_has_no_room(case, scoped, slides):
    chart, whole = yearly(slides).chart, chart_of(scoped)
    shown = {series.area: series for series in chart.series}
    assert all(s == shown[s.area] for s in whole.series
               if s.area in shown and len(whole.series) <= 8)  # fmt: skip
    for series in whole.series:
        if series.area in shown:
            assert shown[series.area].points == series.points
    if len(shown) < len(whole.series):
        assert "图表只列" in yearly(slides).left_out
        assert len(points_of(whole)) - len(points_of(chart)) >= sum(map(len, chart.crowd))
    focus = scoped.selection.focus
    assert not focus or focus in shown


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_presenter_shows_the_slides(case, scoped, slides):
    given = for_screen(slides, scoped.table, scoped.words)["slides"][1]["chart"]
    chart = yearly(slides).chart
    assert [[(p["value"], p["label"]) for p in s["points"]] for s in given["series"]] == [
        [(p.value, p.label) for p in s.points] for s in chart.series
    ]
    assert (given["kind"], given["start"]) == (chart.kind, chart.start)
    assert for_screen(slides, scoped.table, scoped.words)["focus"] == scoped.selection.focus


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_native_chart_has_the_values_and_labels_of_the_slide(case, slides, scoped):
    page = list(Presentation(io.BytesIO(pptx.build(slides, scoped.words))).slides)[1]
    native = next(shape for shape in page.shapes if shape.has_chart).chart
    chart = yearly(slides).chart
    drawn = [list(series.values) for series in native.plots[0].series]
    wanted = [[p.value for p in s.points] for s in chart.series]
    if len(chart.categories) == 1 or chart.kind == "dumbbell":
        wanted = [list(column) for column in zip(*wanted, strict=True)]
        names = list(native.plots[0].categories)
        for series, name in zip(chart.series, names, strict=True):
            assert all(p.label in name for p in series.points if p.value is None)
    assert drawn == wanted
    if chart.labelled:
        labels = {"".join(t.text for t in e.iter(qn("a:t")))
                  for e in native._chartSpace.iter(qn("c:dLbl"))}  # fmt: skip
        texts = {p.label for p in points_of(chart) if p.value is not None}
        assert labels <= texts
        assert all(re.fullmatch(r"[\d.,]+", label) for label in texts - labels)


@needs_font
@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_picture_prints_the_scene(case, scoped, monkeypatch):
    said = []
    drawn = Sheet.text
    monkeypatch.setattr(Sheet, "text", lambda sheet, x, y, text, *more, **named: (
        said.append(text), drawn(sheet, x, y, text, *more, **named)))  # fmt: skip
    (slides,) = image.pictured(scoped)
    assert image.encode(scoped, PNG)
    chart = slides[0].chart
    shown = "\n".join(said)
    for point in points_of(chart):
        if point.value is not None or picture_chart.in_rows(chart):
            assert point.label in shown, point.label


@needs_font
@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_brief_has_the_labels_of_the_scene(case, scoped):
    brief = Document(io.BytesIO(docx.encode(scoped)))
    chart = chart_of(scoped, docx.ROOM)
    head, *rows = (
        ["".join(cell.text.split()) for cell in row.cells] for row in brief.tables[0].rows
    )
    assert head[1:] == ["".join(category.split()) for category in chart.categories]
    assert {row[0]: row[1:] for row in rows} == {
        s.label: ["".join(p.label.split()) for p in s.points] for s in chart.series
    }
    assert f"{chart.unit}" in "".join(p.text for p in brief.paragraphs)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rates_name_their_denominators(table, library, language):
    params = {"indicator": "appointments", "years": "2023-2024", "measure": "deputy"}
    chosen, _ = selection.from_params(params | {"lang": language}, table)
    slide = deck(table, library, chosen, text(language), ("appointments",))[1]
    said = " ".join(slide.footnotes) + slide.missing
    assert "286" in said and "2023" in said and "市十二届人大二次会议预备会议" in said
    for raw in ("168", "64"):
        assert raw in slide.missing
    assert "168" not in slide.headline


def displayed(cell):
    """A cell of a workbook as Excel shows it: its number between the words of its format."""
    if not isinstance(cell.value, int | float):
        return cell.value
    before, digits, after = re.fullmatch(
        r'(?:"(.*?)")?([#0,.]+)(?:"(.*?)")?', cell.number_format
    ).groups()
    places = len(digits.partition(".")[2].rstrip("#"))
    return f"{before or ''}{cell.value:,.{places}f}{after or ''}"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_workbook_has_what_the_screen_shows(case, scoped):
    """The reading table and the cells that the chart is drawn from; rates are followed by totals."""
    words = scoped.words
    book = openpyxl.load_workbook(io.BytesIO(xlsx.encode(scoped)))
    chart = chart_of(scoped)
    rows = [list(row) for row in book[words("exports.sheet_reading")].iter_rows()]
    labels = {s.label: s for s in chart.series}
    head = next(n for n, row in enumerate(rows) if row[0].value == words("column.area"))
    assert chart.unit in "".join(str(cell.value) for cell in rows[1])
    comparison = on_show(scoped.table, scoped.selection)
    for row in rows[head + 1 : head + 1 + len(labels)]:
        points = labels[row[0].value].points
        cells = row[2 if comparison.latest else 1 :][: len(points)]
        for cell, point in zip(cells, points, strict=True):
            shown = displayed(cell)
            assert point.label == shown or re.sub(r"[（ (].*", "", point.label) == re.sub(
                r"（.*| \(.*", "", shown
            ), (shown, point.label)
            assert point.value is None or cell.value == pytest.approx(point.value)
            year = re.search(r"(\d{4})年?[)）]$", point.label)
            if comparison.latest and year:
                assert year[1] in str(row[1].value)
    if comparison.rated:
        said = [str(cell.value) for row in rows for cell in row if cell.value is not None]
        assert any(words("exports.raw") in each for each in said)
        figures = [cell.figure for cell in comparison.cells if cell.figure]
        numbers = {cell.value for row in rows[head + 1 + len(labels) :] for cell in row}
        assert {figure.value for figure in figures} <= numbers
    drawn = scene(scoped.table, comparison, scoped.selection, words, LIGHT, xlsx_charts.ROOM).chart
    cells = [list(row) for row in book[words("exports.sheet_charts")].values]
    for series, row in zip(drawn.series, cells[2:], strict=False):
        assert row[0] == series.label
        values = [p.value for p in series.points]
        assert list(row[1 : 1 + len(values)]) == pytest.approx(values)


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_the_workbooks_chart_has_the_colours_and_labels_of_the_screen(case, scoped):
    raw = xlsx.encode(scoped)
    xml = zipfile.ZipFile(io.BytesIO(raw)).read("xl/charts/chart1.xml").decode()
    comparison = on_show(scoped.table, scoped.selection)
    chart = scene(
        scoped.table, comparison, scoped.selection, scoped.words, LIGHT, xlsx_charts.ROOM
    ).chart
    painted = {f"#{color}" for color in re.findall(r'srgbClr val="(\w{6})"', xml)}
    own = {s.style.color for s in chart.series if any(p.value is not None for p in s.points)}
    assert all(color in painted or theme.pale(color) in painted for color in own)
    labels = set(re.findall(r"<a:t>([^<]*)</a:t>", xml))
    for point in points_of(chart):
        assert point.value is None or point.label in labels or point.label.replace(",", "") in xml


def test_pages_of_totals_give_files_of_totals(table):
    """多指标 and 总览 show yearly totals whatever is chosen on 对比, and so do their files."""
    plain, _ = selection.from_params({}, table)
    given = {"measure": "capita", "at": "latest", "focus": "410400", "chart": "dots"}
    chosen, _ = selection.from_params(given, table)
    drawn = [chart_of(scope_of(table, each)) for each in (plain, chosen.of_totals, chosen)]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_warnings_of_the_page_stand_in_the_files(table, library, language):
    chosen, _ = selection.from_params({"indicator": "laws_passed", "lang": language}, table)
    scope = scope_of(table, chosen, library, indicators=("laws_passed",))
    warnings = said.differences(table, on_show(table, chosen), scope.words)
    assert warnings
    slide = deck(table, library, chosen, scope.words, scope.indicators)[1]
    book = openpyxl.load_workbook(io.BytesIO(xlsx.encode(scope)))
    cells = " ".join(str(v) for sheet in book for row in sheet.values for v in row if v)
    for warning in warnings:
        assert warning in slide.footnotes and warning in cells


@pytest.mark.parametrize("case", spec("scene", "room"), ids=lambda c: c["why"])
def test_rows_are_used_up(case):
    room = image.ROOM
    assert (room.areas, room.rows) == (8, 40)
    assert room.for_areas(case["kind"], case["areas"], case["years"]) == case["named"]


@pytest.mark.parametrize("kind", ["bars", "dots", "dumbbell", "strip"])
def test_of_hundreds_the_largest_are_drawn_and_the_others_said(kind, words):
    table = exports.made_up(100, 2, "laws_passed")
    years = "2023-2024" if kind == "dumbbell" else "2024-2024"
    chosen, _ = selection.from_params(
        {"areas": ".".join(table.areas), "years": years, "indicator": "laws_passed", "chart": kind},
        table,
    )
    found = scene(table, on_show(table, chosen), chosen, words, LIGHT, image.ROOM)
    assert found.chart.kind == kind
    assert len(found.chart.series) == (8 if kind == "strip" else 40)
    assert bool(found.chart.crowd) == (kind == "strip")
    assert f"所选{len(chosen.areas)}个地区中" in "".join(found.left_out)
