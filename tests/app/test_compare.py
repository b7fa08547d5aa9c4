"""对比 in each of its states, run by Streamlit's AppTest without a browser."""

import json
import re

import pytest

from app import stored
from app.text import text
from tests.app import synthetic
from tests.app.test_pages import param, pick, run, trees

WORDS = text("zh")


def charts_of(app) -> list[dict]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def texts(app) -> str:
    return "".join(t.value for t in [*app.text, *app.caption, *app.info])


@pytest.mark.parametrize("view", ["figure", "rank", "table", "text"])
@pytest.mark.parametrize("at", ["range", "latest"])
@pytest.mark.parametrize("measure", ["total", "capita", "deputy"])
def test_every_view_of_every_measure(data_folder, monkeypatch, view, at, measure):
    app = run(data_folder, monkeypatch, "compare", view=view, at=at, measure=measure)
    assert bool(charts_of(app)) == (view == "figure")
    assert not app.error


def test_views_are_switched(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    assert charts_of(app)
    pick(app, "view-choices", "view:rank")
    assert not charts_of(app) and "不排" in trees(app)
    pick(app, "view-choices", "view:text")
    assert "任免地方国家机关工作人员" in trees(app)
    assert app.query_params["view"] in ("text", ["text"])


def test_one_year_is_chosen_and_given_back(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    pick(app, "view-choices", "at:2023")
    assert app.query_params["years"] in ("2023-2023", ["2023-2023"])
    assert "2024" not in json.dumps(charts_of(app))
    pick(app, "view-choices", "at:range")
    assert app.query_params["years"] in ("2023-2024", ["2023-2024"])


def test_the_latest_of_each_area_has_its_year_beside_it(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", at="latest")
    said = json.dumps(charts_of(app), ensure_ascii=False)
    assert "168人次（2023年）" in said and "64人次（2024年）" in said
    ranked = run(data_folder, monkeypatch, "compare", at="latest", view="rank")
    assert "各地年份不一" in texts(ranked)


@pytest.mark.parametrize("at", ["range", "latest"])
def test_the_page_names_the_year_of_the_census(data_folder, monkeypatch, at):
    app = run(data_folder, monkeypatch, "compare", measure="capita", at=at)
    assert "÷2020年人口普查常住人口×100000" in trees(app)
    assert "2020年普查1,565,973人" in trees(
        run(data_folder, monkeypatch, "compare", areas="410600")
    )


def test_a_rate_keeps_the_figure_in_sight_and_borrows_no_denominator(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", measure="deputy", years="2023-2023")
    said = json.dumps(charts_of(app), ensure_ascii=False)
    assert "35.7（102人次）" in said
    assert "未披露（缺分母）<br>总量168人次" in said
    assert "1个数字缺分母" in trees(app)


def test_a_percentage_has_no_rate(data_folder, monkeypatch):
    app = run(
        data_folder, monkeypatch, "compare", measure="capita", indicator="suggestions_satisfaction"
    )
    assert WORDS("measure.choose") not in trees(app)
    assert WORDS("measure.choose") in trees(run(data_folder, monkeypatch, "compare"))


def test_a_mark_is_chosen_from_the_list(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    pick(app, "view-evidence-compare", "mark:cell:410800:npc:appointments:2023")
    assert param(app, "fact") == "cell:410800:npc:appointments:2023"
    assert "尚未收录焦作市人大涵盖2023年的报告" in trees(app)


def test_the_area_in_focus_is_looked_for_among_many(large, monkeypatch):
    table = stored.read(large, synthetic.load(large / "catalogue").indicators)
    app = run(large, monkeypatch, "compare", areas=".".join(table.areas))
    wanted = list(table.areas)[30]
    app.selectbox(key="w_focus").set_value(wanted).run()
    assert param(app, "focus") == wanted


def test_ranking_of_several_years_says_which_year(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", view="rank")
    assert "名次按2023年排定" in texts(app)
    assert "3个地区中2个披露" in texts(app)


def test_a_chart_that_cannot_show_the_data_is_replaced_and_said(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", chart="slope", years="2023-2023")
    assert "“斜线”图不适于所选的地区和年份，已改用“条形”" in texts(app)


def test_focus_greys_the_rest(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    before = json.dumps(charts_of(app))
    pick(app, "view-choices", "focus:410600")
    after = json.dumps(charts_of(app))
    assert "#0072B2" in before and "#0072B2" not in after and "#D55E00" in after


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return synthetic.build(tmp_path_factory.mktemp("large"), 60, 6, with_documents=False)


@pytest.mark.parametrize(("years", "beside"), [("2021-2024", True), ("2019-2024", False)])
def test_a_table_of_many_years_has_no_card_beside_it(large, monkeypatch, years, beside):
    app = run(large, monkeypatch, "compare", view="table", years=years, measure="capita")
    assert ("w_mark" in {box.key for box in app.selectbox}) == beside
    assert ("下行折算值：人次/10万人" in trees(app)) == (not beside)
    assert ("未披露（缺分母）" in trees(app)) == beside


@pytest.mark.parametrize("view", ["figure", "rank", "table", "text"])
def test_many_areas_come_in_pages(large, monkeypatch, view):
    table = stored.read(large, synthetic.load(large / "catalogue").indicators)
    app = run(
        large, monkeypatch, "compare", view=view, areas=".".join(table.areas),
        indicator="suggestions_received",
    )  # fmt: skip
    sent = len(trees(app).encode())
    assert sent < 300_000
    if view == "figure":
        assert {trace["name"].split()[0] for trace in charts_of(app)[0]["data"]} >= {"others"}
    last = list(table.areas.values())[-1].label
    app.text_input(key="w_seek").set_value(last).run()
    assert last in trees(app)
    app.text_input(key="w_seek").set_value("没有").run()
    assert "没有名称含“没有”的地区" in texts(app)


def test_the_part_of_a_list_is_in_the_link(large, monkeypatch):
    """It stays while a figure is looked at; other choices begin with the first part."""
    table = stored.read(large, synthetic.load(large / "catalogue").indicators)
    every = ".".join(table.areas)
    few = "2021-2024"
    app = run(large, monkeypatch, "compare", view="table", areas=every, years=few)
    assert app.button(key="table_back").disabled
    app.button(key="table_on").click().run()
    assert param(app, "page") == "table.2"
    assert app.button(key="table_on").disabled
    last = list(table.areas.values())[-1].label
    assert last in trees(app)
    app.selectbox(key="w_mark_area").set_value(list(table.areas)[3]).run()
    assert param(app, "page") == "table.2" and last in trees(app)
    app.selectbox(key="w_page_table").set_value(1).run()
    assert param(app, "page") == "table.1"
    pick(app, "view-choices", "step:1")
    assert param(app, "page") is None
    linked = run(
        large, monkeypatch, "compare", view="table", areas=every, page="table.2", seek="市"
    )
    assert linked.text_input(key="w_seek").value == "市"
    beyond = run(large, monkeypatch, "compare", view="table", areas=every, page="table.9")
    assert last in trees(beyond)


def test_peers_are_chosen_at_one_click(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", areas="410600")
    pick(app, "view-areas", "peers:province")
    assert app.query_params["areas"] in ("410400.410600.410800", ["410400.410600.410800"])
    one = run(data_folder, monkeypatch, "compare", areas="410421")
    assert re.search(r'"peers:size", "title": ".*?population\.csv.*?", "disabled": ""', trees(one))


def test_unit_sources_and_denominators_stand_beneath_the_chart(data_folder, monkeypatch):
    said = trees(run(data_folder, monkeypatch, "compare", measure="capita"))
    for stated in (
        "人次/10万人", "2023—2024年，3个地区，3个数字", "市人大常委会工作报告要览", "2025年2月20日",
        "《中国人口普查分县资料—2020》",
    ):  # fmt: skip
        assert stated in said


def test_totals_alone_have_a_table_behind_their_chart(data_folder, monkeypatch):
    app = run(
        data_folder, monkeypatch, "compare",
        body="cppcc", areas="410400", years="2018-2022", indicator="standing_committee_meetings",
    )  # fmt: skip
    assert len(charts_of(app)) == 1
    assert "届期合计与累计（不与年度数字比较）" in trees(app)


def test_a_chart_of_many_lines_has_the_first_areas_behind_it_and_says_so(large, monkeypatch):
    table = stored.read(large, synthetic.load(large / "catalogue").indicators)
    every = ".".join(table.areas)
    app = run(large, monkeypatch, "compare", areas=every, chart="lines")
    assert "此处列出前33个地区，共60个" in trees(app)
    assert len(trees(app).encode()) < 300_000


def test_empty_pages_lead_on(data_folder, large, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", areas="")
    app.button(key="choose_first").click().run()
    assert param(app, "areas") == "410400.410600.410800" and charts_of(app)
    area = next(iter(stored.read(large, synthetic.load(large / "catalogue").indicators).areas))
    # The first area has no report of every fifth year, and no figure then.
    app = run(large, monkeypatch, "compare", areas=area, years="2020-2020")
    assert "没有“" in app.info[0].value
    app.button(key="all_years").click().run()
    assert param(app, "years") == "2019-2024" and charts_of(app)
