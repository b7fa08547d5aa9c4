"""多指标: panels whose axes can be compared, bands that say the same as the rows, the page itself."""

import json
from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

import pytest
from streamlit.testing.v1 import AppTest

from app import bands, charts, comparability, comparison, coverage, selection, theme
from app.charts import canvas, panel
from app.charts.canvas import Setting
from app.charts.marks import yearly_marks
from app.data import make
from app.scene import scene
from app.text import text
from etl import catalogue
from tests.app import fixture, synthetic
from tests.app.test_pages import param, pick, run, trees

WORDS = text("zh")


@pytest.fixture(scope="module")
def large():
    """Forty cities, eight years."""
    frame = synthetic.facts(40, 8)
    known = catalogue.load(fixture.ROOT / "data" / "catalogue").indicators
    return make(frame, synthetic.reports(frame), known)


@pytest.fixture(scope="module")
def large_folder(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("large"), 40, 8, with_documents=False)


def setting(table, areas, focus=""):
    names = {area: table.areas[area].label for area in areas}
    return Setting(names, theme.styles(areas, table.areas), WORDS, theme.LIGHT, focus=focus)


def drawn(table, indicator, top=0.0, **params):
    chosen, _ = selection.from_params({"indicator": indicator, **params}, table)
    shown = comparison.compare(table, chosen, indicator, (2023, 2024))
    marks = yearly_marks(table, shown, WORDS)
    unit = table.indicators[indicator].unit
    return panel.areas(marks, (2023, 2024), setting(table, chosen.areas), unit, top).figure()


def test_missing_figures_stand_in_their_lane_and_never_on_the_value_axis(table):
    figure = drawn(table, "appointments")
    lines = [t for t in figure.data if t.name != "missing"]
    assert [list(line.y) for line in lines] == [[168, None], [102, None], [None, 64]]
    assert all(line.connectgaps is False for line in lines)
    absent = [(t.yaxis, list(t.text)) for t in figure.data if t.name == "missing"]
    assert absent == [("y2", ["○"]), ("y2", ["–"]), ("y2", ["–"])]


def joined_years(figure):
    """Each pair of years that a line of a figure joins."""
    for trace in figure.data:
        if "lines" in (trace.mode or "") and trace.fill is None:
            points = list(zip(trace.x, trace.y, strict=True))
            for (x, y), (next_x, next_y) in pairwise(points):
                if None not in (x, y, next_x, next_y):
                    yield round(x), round(next_x)


def test_no_line_jumps_over_a_year_in_which_nobody_reports(large):
    area = next(iter(large.areas))
    chosen, _ = selection.from_params({"areas": area, "indicator": "appointments"}, large)
    shown = comparison.compare(large, chosen)
    assert shown.years[-1] - shown.years[0] >= len(shown.years) > 3, "no year is left out"
    looks = setting(large, [area])
    marks = yearly_marks(large, shown, WORDS)
    whole = coverage.cube(large, "npc", ["appointments"], list(large.areas), shown.years)
    plots = [
        charts.yearly(large, shown, looks.styles, WORDS, "lines").figure(),
        panel.areas(marks, shown.years, looks, "人次").figure(),
        panel.band(bands.bands(large, whole)["appointments"], [], looks, "人次").figure(),
    ]
    for plot in plots:
        found = list(joined_years(plot))
        assert found and all(last - first == 1 for first, last in found), found
    drawn = scene(large, shown, replace(chosen, chart="lines"), WORDS, theme.LIGHT).chart
    assert len(drawn.categories) == shown.years[-1] - shown.years[0] + 1


@pytest.mark.parametrize(
    ("years", "most", "ticks"),
    [
        ((2010, 2011, 2012), 5, (2010, 2011, 2012)),
        ((2010, 2011, 2014, 2015, 2019), 5, (2011, 2013, 2015, 2017, 2019)),
        ((2023,), 5, (2023,)),
        ((), 5, ()),
    ],
)
def test_years_on_an_axis_stand_at_equal_distances(years, most, ticks):
    assert canvas.ticks_of(years, most) == ticks


def test_shared_axes_start_at_nothing_and_end_alike(table):
    tops = {drawn(table, i, top=300.0).layout.yaxis.range for i in ("appointments", "decisions")}
    assert tops == {(0, 300)}
    free = {drawn(table, i).layout.yaxis.range for i in ("appointments", "decisions")}
    assert len(free) == 2


def test_every_mark_of_a_panel_leads_to_its_evidence(table):
    chosen = selection.default(table)
    shown = comparison.compare(table, chosen, "appointments", (2023, 2024))
    keys = {key for trace in drawn(table, "appointments").data for key in trace.customdata}
    assert keys - {""} == {cell.key for cell in shown.cells}


def test_eight_areas_over_many_years_stay_light(large_folder, monkeypatch):
    codes = ".".join(f"{110000 + 100 * i}" for i in range(8))
    app = run(large_folder, monkeypatch, "multiples", areas=codes)
    assert len(specs_of(app)) == 12
    assert sum(len(json.dumps(spec)) for spec in specs_of(app)) < 150_000


def test_bands_say_the_same_as_the_rows(large):
    years = large.years("npc")
    cube = coverage.cube(large, "npc", ["appointments", "decisions"], large.areas, years)
    for indicator, found in bands.bands(large, cube).items():
        for band in found:
            figures = [f for f in large.figures("npc", indicator)
                       if f.year == band.year and f.preferred and f.yearly]  # fmt: skip
            alike = comparability.alike(figures).figures
            assert (band.reported, band.alike) == (len(figures), len(alike))
            low, middle, high = quantiles([f.value for f in alike], n=4, method="inclusive")
            assert (band.low, band.middle, band.high) == pytest.approx((low, middle, high))


def test_a_band_breaks_where_too_few_are_alike(large):
    years = (2021, 2022, 2023)
    found = [
        bands.Band(2021, 9, 9, 1, 2, 3), bands.Band(2022, 3, 3), bands.Band(2023, 9, 9, 2, 3, 4)
    ]  # fmt: skip
    figure = panel.band(found, [], setting(large, []), "件").figure()
    halves = [t for t in figure.data if t.name == "half"]
    assert [list(t.x) for t in halves] == [[2021, 2021], [2023, 2023]]
    middle = next(t for t in figure.data if t.name == WORDS("multiples.median"))
    assert (list(middle.x), list(middle.y)) == (list(years), [2, None, 3])


def specs_of(app: AppTest) -> list[dict]:
    data = (json.loads(element.proto.json or "{}") for element in app.get("bidi_component"))
    return [drawing for each in data for drawing in json.loads(each.get("drawings", "[]"))]


def test_page_draws_twelve_and_names_what_it_does_not_draw(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "multiples")
    assert len(specs_of(app)) == 12
    assert "未画图" in trees(app)
    assert "各地区最近一年的数字" in trees(app), "the table behind the charts"


@pytest.mark.parametrize(
    ("choice", "name", "value"),
    [
        ("axes:free", "axes", "free"),
        ("focus:410600", "focus", "410600"),
        ("page:panels.2", "page", "panels.2"),
    ],
)
def test_choices_are_kept_in_the_address(data_folder, monkeypatch, choice, name, value):
    app = run(data_folder, monkeypatch, "multiples")
    before = specs_of(app)
    pick(app, "view-panels", choice)
    assert param(app, name) == value
    assert specs_of(app) != before
    assert not app.get("dialog")


def test_many_areas_in_focus_are_looked_for(large_folder, monkeypatch):
    codes = [f"{110000 + 100 * i}" for i in range(40)]
    app = run(large_folder, monkeypatch, "multiples", areas=".".join(codes))
    app.selectbox(key="w_panel_focus").set_value(codes[3]).run()
    assert param(app, "focus") == codes[3]


def test_the_image_of_a_chart_stands_alone(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "multiples")
    image = specs_of(app)[0]["image"]
    assert image["title"] == "任免国家机关工作人员"
    assert image["scope"] == "人大 · 2023—2024年 · 单位：人次"
    assert [each["name"] for each in image["key"]] == ["平顶山市", "鹤壁市", "焦作市"]
    assert "来源：各地公开报告" in image["notes"][0]
    assert image["file"] == "任免国家机关工作人员_人大_2023—2024年"


def test_indicators_without_figures_lead_on(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "multiples", list="law_inspections")
    assert "清空“指标”" in app.info[0].value


def test_many_areas_become_bands_with_the_focus_over_them(large_folder, monkeypatch):
    codes = [f"{110000 + 100 * i}" for i in range(40)]
    app = run(large_folder, monkeypatch, "multiples", areas=".".join(codes), focus=codes[3])
    first = specs_of(app)[0]
    names = [trace["name"] for trace in first["data"]]
    assert names.count(WORDS("multiples.median")) == 1 and names[-1] == synthetic.city_names(40)[3]
    assert sum(len(json.dumps(spec)) for spec in specs_of(app)) < 120_000
    assert charts.escape(names[-1]) == names[-1]
    assert WORDS("multiples.band_caption") in trees(app), "the table behind the bands"
