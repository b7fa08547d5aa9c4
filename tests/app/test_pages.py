"""Each page and state of the dashboard, run by Streamlit's AppTest without a browser."""

import json
import re
import time
from pathlib import Path

import pytest
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import loading
from etl import store
from tests.app import fixture, synthetic

ROOT = Path(__file__).resolve().parents[2]
TITLES = {"": "人大履职情况总览", "compare": "任免国家机关工作人员", "data": "数据表", "coverage": "人大披露情况",
          "multiples": "人大多指标对照",
          "source": "报告原文", "present": "演示"}  # fmt: skip


def run(folder: Path, monkeypatch, page: str = "", /, **params: str) -> AppTest:
    monkeypatch.setenv("LVZHI_DATA", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    # AppTest has no public way to a page that is a function; the hash of its path is its id.
    if page:
        app._page_hash = calc_hash(page)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message if app.exception else ""
    return app


def trees(app: AppTest) -> str:
    """All text of the element trees on the page."""
    found = []
    for element in app.get("bidi_component"):
        data = json.loads(element.proto.json or "{}")
        if "tree" in data:
            data["tree"] = json.loads(data["tree"])
        found.append(json.dumps(data, ensure_ascii=False))
    return "".join(found)


def heading(app: AppTest) -> str:
    """The page's heading: Streamlit's title, or the h1 of an element tree."""
    if app.title:
        return app.title[0].value
    return re.search(r'\["h1", \{\}, \["(.*?)"', trees(app)).group(1)


def pick(app: AppTest, key: str, picked: str) -> None:
    """Click what has this key in the element tree `key`: AppTest has no way into components."""
    element = next(e for e in app.get("bidi_component") if f"-{key}" in e.proto.id)
    states = app._tree.get_widget_states()
    click = states.widgets.add()
    click.id = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{element.proto.id}__events"
    click.json_trigger_value = json.dumps([{"event": "picked", "value": picked}])
    app._run(states)
    assert not app.exception, app.exception[0].message if app.exception else ""


@pytest.mark.parametrize("page", TITLES)
def test_page_draws_itself(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page)
    assert heading(app) == TITLES[page]
    assert not app.error
    assert app.query_params["areas"] in ("410400.410600.410800", ["410400.410600.410800"])


def test_the_first_page_may_be_called_by_its_name(data_folder, monkeypatch):
    """With the choices of the link that was typed."""
    app = run(data_folder, monkeypatch, "overview", lang="en")
    assert heading(app) == "People's congress: overview"


@pytest.mark.parametrize("page", TITLES)
def test_page_draws_itself_for_the_other_body_and_in_english(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page, body="cppcc", lang="en")
    assert not app.error


@pytest.mark.parametrize("page", TITLES)
def test_page_without_areas_says_what_to_do(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page, areas="")
    if page not in ("source", "coverage"):
        assert "请在左侧" in app.info[0].value


def test_coverage_without_chosen_areas_shows_all(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "coverage", areas="")
    assert re.search(r"\d个地区、\d+项指标", trees(app))


@pytest.mark.parametrize("indicator", ["laws_planned", "plenary_sessions", "law_inspections"])
def test_comparison_of_any_indicator(data_folder, monkeypatch, indicator):
    app = run(data_folder, monkeypatch, "compare", indicator=indicator)
    assert heading(app)


def test_comparison_shows_the_evidence_of_a_link(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", fact="cell:410800:npc:appointments:2023")
    assert "尚未收录焦作市人大涵盖2023年的报告" in trees(app)


@pytest.mark.parametrize(
    ("page", "tree", "link", "title", "kept"),
    [
        ("", "view-overview", "to:coverage?", "人大披露情况", {"indicator": "decisions"}),
        (
            "compare", "view-evidence-compare", "to:source?doc=002_abb6607c4697feab.txt&fact=", "报告原文",
            {"indicator": "decisions", "doc": "002_abb6607c4697feab.txt", "fact": None},
        ),
    ],
)  # fmt: skip
def test_links_lead_on_with_the_choices(data_folder, monkeypatch, page, tree, link, title, kept):
    app = run(data_folder, monkeypatch, page, indicator="decisions")
    pick(app, tree, link)
    assert heading(app) == title
    assert {name: param(app, name) for name in kept} == kept


def test_a_bad_link_says_what_was_dropped(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", indicator="proposals_filed", years="1990-1991")
    said = "".join(t.value for t in app.text)
    assert "指标“立案提案”不适用于所选机构" in said
    assert "年份“1990-1991”不在数据范围内" in said


def test_changing_the_body_changes_what_does_not_fit(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    app.button_group(key="w_body").set_value("cppcc").run()
    assert not app.exception
    assert heading(app) == "常委会会议"


def test_next_indicator(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    pick(app, "view-choices", "step:1")
    assert heading(app) == "宪法宣誓"
    pick(app, "view-choices", "step:-1")
    assert heading(app) == "任免国家机关工作人员"


def drawn(app: AppTest) -> set[str]:
    """The keys of the sidebar's widgets that the last run has drawn."""
    shared = {"w_body", "w_areas", "w_years", "w_indicator", "w_language"}
    return shared & {w.key for kind in ("button_group", "multiselect", "slider", "selectbox")
                     for w in app.get(kind)}  # fmt: skip


@pytest.mark.parametrize("page", TITLES)
def test_a_change_draws_the_page_and_what_shows_it_and_nothing_else(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page)
    everything = drawn(app)
    app.selectbox(key="w_indicator").set_value("constitutional_oaths").run()
    assert heading(app) and not app.exception and drawn(app) == set()
    assert param(app, "indicator") == "constitutional_oaths"
    app.run()
    assert (
        app.selectbox(key="w_indicator").value == "constitutional_oaths"
        and drawn(app) == everything
    )
    app.multiselect(key="w_areas").set_value(["410400", "410800"]).run()
    assert drawn(app) == set() and param(app, "areas") == "410400.410800"
    app.run()
    assert app.multiselect(key="w_areas").value == ["410400", "410800"]
    app.multiselect(key="w_areas").set_value(["410600"]).run()
    assert drawn(app) == {"w_areas"} and "改选与鹤壁市同省" in trees(app)
    app.run()
    app.button_group(key="w_language").set_value("en").run()
    assert drawn(app) == everything


def test_the_list_of_areas_says_what_it_is_sorted_by(data_folder, monkeypatch):
    """Beside those that can be chosen; a chosen one has its name alone. Other choices are followed."""
    app = run(data_folder, monkeypatch, "compare", areas="410400.410600")
    assert app.multiselect(key="w_areas").options[:3] == ["平顶山市", "鹤壁市", "焦作市"]
    pick(app, "view-areas", "order:value")
    beside = "焦作市　64人次（2024年）"
    assert app.multiselect(key="w_areas").options[:3] == ["平顶山市", "鹤壁市", beside]
    app.multiselect(key="w_areas").set_value(["410400", "410600", "410800"]).run()
    assert param(app, "areas") == "410400.410600.410800"
    app.run()
    app.selectbox(key="w_indicator").set_value("constitutional_oaths").run()
    assert "w_areas" in drawn(app)


def test_the_sidebar_follows_the_page(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare")
    pick(app, "view-choices", "step:1")
    assert (
        drawn(app) == {"w_indicator"}
        and app.selectbox(key="w_indicator").value == "constitutional_oaths"
    )
    app.run()
    pick(app, "view-choices", "at:2023")
    assert drawn(app) == {"w_years"} and app.slider(key="w_years").value == (2023, 2023)
    app.run()
    pick(app, "view-choices", "focus:410800")
    assert drawn(app) == {"w_areas"} and "改选与焦作市同省" in trees(app)


def test_a_new_table_is_drawn_everywhere(tmp_path, monkeypatch):
    folder = fixture.build(tmp_path)
    monkeypatch.setattr(loading, "STAMP_EVERY", 0)
    app = run(folder, monkeypatch, "compare")
    before, everything = param(app, "data"), drawn(app)
    fixture.write(folder, store.read_facts(folder).iloc[:-1], store.read_reports(folder))
    app.selectbox(key="w_indicator").set_value("constitutional_oaths").run()
    assert drawn(app) == everything and not app.exception
    assert param(app, "indicator") == "constitutional_oaths" and param(app, "data") != before


def test_table_page_counts_filters_and_searches(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "data")
    before = len(app.dataframe[-1].value)
    pick(app, "view-above", "rows:missing")
    assert len(app.dataframe[-1].value) > before
    assert "○ 未披露" in set(app.dataframe[-1].value["状态"])
    app.text_input(key="w_search").set_value("鹤壁 任免国家机关").run()
    assert set(app.dataframe[-1].value["地区"]) == {"鹤壁市"}
    app.text_input(key="w_search").set_value("没有这样的词").run()
    assert "没有符合条件的数据" in app.info[0].value


def test_refused_documents_are_named_with_their_reason(tmp_path, monkeypatch):
    folder = fixture.build(tmp_path)
    (folder / "documents" / "空白.txt").write_bytes(b"")
    (folder / "documents" / "图片.txt").write_bytes(b"\x89PNG\x00\x00\x00")
    stamp(folder)
    app = run(folder, monkeypatch, "source")
    said = "".join(t.value for t in app.text)
    assert "空白.txt：文件是空的" in said
    assert "图片.txt：不是文本文件" in said


def test_a_document_that_is_not_there_is_said(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "source", doc="../../etc/passwd")
    assert "没有名为“../../etc/passwd”的文件" in "".join(t.value for t in app.text)


def test_an_empty_table_says_what_to_do(tmp_path, monkeypatch):
    folder = fixture.build(tmp_path)
    fixture.write(folder, store.read_facts(folder).iloc[:0], store.read_reports(folder).iloc[:0])
    app = run(folder, monkeypatch)
    assert "请将报告" in app.info[0].value


def test_a_mistake_in_the_catalogue_is_shown_and_the_old_table_stays(tmp_path, monkeypatch):
    folder = fixture.build(tmp_path)
    path = folder / "catalogue" / "indicators.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[[indicator]]\nnmae = 'x'\n", "utf-8")
    monkeypatch.setenv("LVZHI_DATA", str(folder))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for _ in range(100):
        app.run()
        if app.error:
            break
        time.sleep(0.2)
    assert not app.exception
    said = app.error[0].value.replace("\\", "")
    assert "indicators.toml › 第51项 › nmae：没有这个键；可用的键有" in said


def test_candidates_stand_apart_and_say_so(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "data")
    before = app.dataframe[-1].value
    assert "待核原因" not in before
    pick(app, "view-above", "rows:candidates")
    shown = app.dataframe[-1].value
    rows = shown[shown["状态"] == "？ 待核"]
    assert len(shown) == len(before) + 1
    assert list(rows["待核原因"]) == [fixture.DOUBT]
    assert set(shown["待核原因"]) == {"", fixture.DOUBT}
    assert "待核1项（不计入）" in trees(app)


def param(app: AppTest, name: str) -> str | None:
    """A parameter of the address, None where it is not there."""
    found = app.query_params.get(name)
    return found[0] if isinstance(found, list) else found


def stamp(folder: Path) -> None:
    """Mark the table as up to date with the documents as they are now."""
    fixture.write(folder, store.read_facts(folder), store.read_reports(folder))


def test_a_long_table_comes_in_pages(tmp_path, monkeypatch):
    folder = synthetic.build(tmp_path, 10, 12, with_documents=False)
    app = run(folder, monkeypatch, "data", areas=".".join(f"{110000 + 100 * i}" for i in range(10)))
    first = app.dataframe[-1].value
    assert len(first) == 1000
    assert app.selectbox(key="w_page_rows").options[0].startswith("第1—1,000行，共")
    app.button(key="rows_on").click().run()
    assert param(app, "page") == "rows.2"
    assert not app.dataframe[-1].value.equals(first)


KEPT = {
    "areas": "410400.410600", "years": "2023-2024", "body": "npc", "indicator": "decisions",
    "at": "latest", "measure": "capita", "view": "rank", "chart": "dots", "axes": "free",
    "cover": "by_year", "scope": "all", "order": "least", "lines": "received", "rows": "missing",
    "find": "鹤壁", "list": "appointments.decisions", "focus": "410600", "lang": "zh",
    "fact": "cell:410600:npc:appointments:2024", "open": "cell:410600:npc:decisions:2024",
    "seek": "鹤", "words": "决定", "page": "rank.1", "doc": "002_abb6607c4697feab.txt",
}  # fmt: skip


@pytest.mark.parametrize("page", TITLES)
def test_every_parameter_of_a_link_is_kept_on_every_page(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page, **KEPT)
    kept = {k: v[0] if isinstance(v, list) else v for k, v in dict(app.query_params).items()}
    assert {name: kept.get(name) for name in KEPT} == KEPT
    assert not any("⚠" in said.value and "链接" in said.value for said in app.text)


def test_choices_of_single_pages_follow_their_links(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "coverage", **KEPT)
    for pressed in ("cover:by_year", "scope:all"):
        assert f'"data-pick": "{pressed}", "aria-pressed": "true"' in trees(app)
    assert '{"value": "least", "selected": ""}' in trees(app)
    pick(app, "view-above", "cover:detail")
    assert param(app, "cover") == "detail"
    app = run(data_folder, monkeypatch, "source", **KEPT)
    assert app.toggle(key="w_as_received").value is True
    app = run(data_folder, monkeypatch, "data", **KEPT)
    assert '"data-pick": "rows:missing", "aria-pressed": "true"' in trees(app)
    assert set(app.dataframe[-1].value["地区"]) == {"鹤壁市"}
    app.text_input(key="w_search").set_value("").run()
    assert "find" not in app.query_params


@pytest.mark.parametrize("page", TITLES)
def test_every_page_says_what_a_bad_link_lost(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page, cover="map", rows="secret", areas="410600.999999")
    said = "".join(t.value for t in app.text)
    for words in ("没有“map”这种覆盖表", "数据表没有“secret”这类行", "没有代码为“999999”的地区"):
        assert words in said


@pytest.mark.parametrize("page", TITLES)
def test_years_without_a_figure_lead_on(data_folder, monkeypatch, page):
    app = run(data_folder, monkeypatch, page, areas="410421", body="npc", years="2024-2024")
    assert heading(app)
    if page in ("multiples", "data"):
        assert app.info or app.dataframe or app.get("plotly_chart")
    if page == "":
        assert "请在左侧放宽年份" in trees(app) or "最近一份报告" in trees(app)
