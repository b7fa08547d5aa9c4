"""演示: what the script is given, the offline file's promises, and the desk where slides are planned."""

import json
import re

import pytest

from app.data import Table
from app.present import offline
from app.present.screen import for_screen
from app.selection import default
from app.slides import Pick, Plan, deck
from app.slides import plan as plans
from app.sources import Library
from app.text import Text, text
from tests.app.test_pages import run


@pytest.fixture
def given(table: Table, library: Library, words: Text) -> dict:
    return for_screen(deck(table, library, default(table), words), table, words)


def points(given: dict):
    for slide in given["slides"]:
        for series in slide.get("chart", {}).get("series", ()):
            for point in series["points"]:
                yield slide, series, point


def test_every_figure_on_a_slide_has_its_sentence(given):
    shown = [(s, series, p) for s, series, p in points(given) if p["value"] is not None]
    assert shown
    for slide, series, _ in shown:
        assert series["area"] in {quote["area"] for quote in slide["quotes"]}, slide["id"]


def test_a_missing_figure_is_a_word_and_no_number(given, words):
    missing = [p for _, _, p in points(given) if p["value"] is None]
    assert missing
    names = {words(f"state.{state}") for state in ("undisclosed", "no_document", "not_applicable")}
    assert {p["label"] for p in missing} <= names


def test_marks_of_quotes_enclose_the_figure(given):
    quotes = [quote for slide in given["slides"] for quote in slide["quotes"]]
    assert any(quote["mark"] for quote in quotes)
    for quote in quotes:
        if quote["mark"]:
            start, end = quote["mark"]
            assert quote["text"][start:end].strip()


def test_tables_are_rectangles(given):
    grids = [slide for slide in given["slides"] if "rows" in slide]
    assert grids
    for slide in grids:
        width = sum(cell.get("span", 1) for cell in slide["head"][0])
        assert all(len(row) == width for row in slide["rows"]), slide["id"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_offline_file_asks_for_nothing(table, library, language):
    words = text(language)
    page = offline.page(
        for_screen(deck(table, library, default(table), words), table, words), "履职<b>"
    ).decode()
    assert "default-src 'none'" in page
    assert "<title>履职&lt;b&gt;</title>" in page
    outside = set(re.findall(r"https?://[^\s\"'<\\]+", page))
    assert outside <= {"http://www.w3.org/2000/svg"}


def test_text_cannot_end_the_script_element(table, library, words):
    slides = Plan((Pick("title", "</script><script>alert(1)</script>"),)).apply(
        deck(table, library, default(table), words)
    )
    page = offline.page(for_screen(slides, table, words), "x").decode()
    data = re.search(r'id="deck">(.*?)</script>', page, re.S)
    assert json.loads(data.group(1))["slides"][0]["headline"].startswith("</script>")


def test_the_desk_plans_the_slides(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "present")
    everything = len(app.checkbox)
    app.checkbox(key="w_show_title").set_value(False).run()
    assert not app.exception
    plan = plans.parse("".join(app.query_params["slides"]))
    assert len(plan.picks) == everything - 1
    assert plan.picks[0].id == "appointments"
    app.text_input(key="w_title_appointments").set_value("三市任免情况").run()
    app.button(key="down_appointments").click().run()
    plan = plans.parse("".join(app.query_params["slides"]))
    assert plan.picks[1] == Pick("appointments", "三市任免情况")
    app.button(key="reset_plan").click().run()
    assert "slides" not in app.query_params


def test_the_last_slide_cannot_be_taken_away(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "present", slides="appointments")
    app.checkbox(key="w_show_appointments").set_value(False).run()
    assert app.checkbox(key="w_show_appointments").value is True


def test_a_plan_of_other_slides_says_so(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "present", slides="nothing_here")
    assert "nothing_here" in "".join(t.value for t in app.text)
    assert app.button(key="start_show").disabled


def test_without_areas_there_is_a_next_step(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "present", areas="")
    assert "请在左侧" in app.info[0].value


def test_the_show_replaces_the_desk(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "present")
    app.button(key="start_show").click().run()
    assert not app.exception
    assert not app.checkbox
