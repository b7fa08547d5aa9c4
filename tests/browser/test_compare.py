"""The four views of 对比, its keys, and the ways from a mark to its sentence, in a real browser."""

import re

import pytest

from tests.app import synthetic
from tests.browser.looks import faults, sticking_out
from tests.browser.screens import settle
from tools.picture import serving

PAGE = "/compare?areas=410400.410600.410800&years=2023-2024&body=npc&lang=zh"


def press(page, key: str) -> None:
    """Press a key once the buttons that it belongs to are drawn."""
    settle(page)
    page.keyboard.press(key)


def test_keys_switch_views_and_indicators(page):
    page.goto(f"{PAGE}&indicator=appointments")
    page.locator(".js-plotly-plot").wait_for()
    page.locator("h1").click()
    press(page, "2")
    page.locator("table.ranking").wait_for()
    page.locator(".js-plotly-plot").first.wait_for(state="detached")
    press(page, "3")
    page.locator("table.comparison:not(.ranking)").wait_for()
    press(page, "4")
    page.locator(".sentences mark.figure", has_text="168人次").wait_for()
    page.wait_for_function("location.search.includes('view=text')")
    press(page, "n")
    page.get_by_role("heading", name="宪法宣誓").wait_for()
    press(page, "p")
    page.get_by_role("heading", name="任免国家机关工作人员").wait_for()
    press(page, "1")
    page.locator(".js-plotly-plot").wait_for()


def test_typing_a_digit_into_a_box_is_no_shortcut(page):
    page.goto(f"{PAGE}&indicator=appointments")
    page.locator(".js-plotly-plot").wait_for()
    settle(page)
    page.locator(".st-key-w_indicator input").click()
    page.keyboard.type("2")
    page.keyboard.press("Escape")
    page.get_by_label("突出显示").focus()
    page.keyboard.type("2")
    page.wait_for_timeout(800)
    assert page.locator(".js-plotly-plot").count() == 1


def test_a_figure_of_the_ranking_shows_its_sentence(page):
    page.goto(f"{PAGE}&indicator=appointments&view=rank")
    page.locator("table.ranking button.figure", has_text="102").click()
    evidence = page.locator(".st-key-evidence_card")
    evidence.locator("mark.figure", has_text="102人次").wait_for()


def test_a_figure_of_the_sentences_opens_its_evidence(page):
    page.goto(f"{PAGE}&indicator=appointments&view=text")
    page.locator(".sentences button.figure", has_text="102").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("守正创新担使命").first.wait_for()


def test_the_table_behind_the_chart_comes_with_the_keyboard(page):
    """The eye sees it once the focus is in it; Enter there shows the sentence."""
    page.goto(f"{PAGE}&indicator=appointments")
    page.locator(".js-plotly-plot").wait_for()
    table = page.locator(".behind")
    table.wait_for(state="attached")
    assert table.bounding_box()["width"] <= 1
    table.locator("button.figure", has_text="102").focus()
    page.wait_for_timeout(300)
    assert table.bounding_box()["width"] > 200
    page.keyboard.press("Enter")
    page.locator(".st-key-evidence_card mark.figure", has_text="102人次").wait_for()


def test_each_kind_of_chart_is_drawn_and_its_marks_lead_to_sentences(page):
    for kind, text in (("dots", "102人次"), ("dumbbell", "102人次"), ("slope", "102人次"),
                       ("lines", "102")):  # fmt: skip
        page.goto(f"{PAGE}&indicator=appointments&chart={kind}")
        chart = page.locator(".js-plotly-plot").first
        chart.get_by_text(re.compile(text)).first.wait_for()
        evidence = page.locator(".st-key-evidence_card")
        evidence.locator("mark.figure", has_text="168人次").wait_for()
        page.wait_for_timeout(500)
        at = page.evaluate(
            """() => {
              const plot = document.querySelector(".js-plotly-plot")
              const trace = plot.data.findIndex(t => t.name !== "targets" && t.customdata &&
                t.mode && t.mode.includes("markers") && !t.name.startsWith("lane") &&
                plot.textContent && [...t.hovertext].some(h => h.includes("102人次")))
              const named = trace >= 0 ? trace : plot.data.findIndex(t => t.name === "targets")
              const t = plot.data[named]
              const i = [...t.hovertext].findIndex(h => h.includes("102人次"))
              const full = plot._fullLayout, box = plot.getBoundingClientRect()
              const x = t.base ? (t.base[i] + t.x[i] * 0.6) : t.x[i]
              return [box.x + full.xaxis.l2p(x) + full._size.l,
                      box.y + full.yaxis.l2p(t.y[i]) + full._size.t]
            }"""
        )
        page.mouse.click(*at)
        evidence.locator("mark.figure", has_text="102人次").wait_for()


def test_hover_and_toolbar_speak_chinese_and_have_no_logo(page):
    page.goto(f"{PAGE}&indicator=appointments")
    chart = page.locator(".js-plotly-plot").first
    chart.wait_for()
    page.wait_for_timeout(800)
    box = chart.locator(".nsewdrag").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    chart.locator(".hoverlayer text", has_text="2023年，平顶山市人大").first.wait_for()
    assert chart.locator(".modebar-btn").count() == 1
    assert chart.locator(".modebar-btn").get_attribute("data-title") == "下载图片（PNG）"


def test_a_chart_fits_a_phone(page):
    """In type of its own: nothing of it is wider than the window, and none of it scrolls."""
    page.set_viewport_size({"width": 390, "height": 844})
    for kind in ("bars", "dumbbell", "slope", "lines"):
        page.goto(f"{PAGE}&indicator=appointments&chart={kind}")
        page.wait_for_function(
            """() => document.querySelector(".js-plotly-plot")?._fullLayout?.font.size === 14"""
        )
        out = page.evaluate(
            """() => [...document.querySelectorAll(".js-plotly-plot text")]
              .filter((e) => e.textContent && e.getBoundingClientRect().width > 0)
              .filter((e) => e.getBoundingClientRect().right > innerWidth
                || e.getBoundingClientRect().left < 0)
              .map((e) => e.textContent)"""
        )
        assert out == [], kind
    page.goto(f"{PAGE}&indicator=appointments&measure=capita&at=latest")
    label = page.locator(".js-plotly-plot .barlayer text", has_text="2024年").first
    label.wait_for()
    page.wait_for_function(
        """() => document.querySelector(".js-plotly-plot")?._fullLayout?.font.size === 14"""
    )
    assert "scale" not in (label.get_attribute("transform") or ""), "drawn smaller than the others"


def test_a_chart_is_read_from_the_back_of_the_room(page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.goto(f"{PAGE}&indicator=appointments")
    page.wait_for_function(
        """() => {
          const texts = [...document.querySelectorAll(".js-plotly-plot text")]
            .filter((e) => e.textContent.trim() && e.getBoundingClientRect().width > 0)
          return texts.length > 5 && texts.every((e) => parseFloat(getComputedStyle(e).fontSize) >= 18)
        }"""
    )


def test_the_image_button_saves_three_times_the_size_under_a_speaking_name(page):
    page.goto(f"{PAGE}&indicator=appointments")
    chart = page.locator(".js-plotly-plot").first
    chart.wait_for()
    page.wait_for_timeout(800)
    with page.expect_download() as waiting:
        chart.hover()
        chart.locator(".modebar-btn").click()
    assert waiting.value.suggested_filename == "任免国家机关工作人员_人大_2023—2024年_年度数字.png"
    head = waiting.value.path().read_bytes()[16:24]
    width = int.from_bytes(head[:4], "big")
    assert abs(width - 3 * chart.bounding_box()["width"]) <= 6


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = synthetic.build(tmp_path_factory.mktemp("large"), 300, 3, with_documents=False)
    with serving(folder) as address:
        yield address, ".".join(f"{110000 + 100 * i}" for i in range(300))


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("view", ["figure", "rank", "table", "text"])
def test_three_hundred_cities_fit_any_screen(chromium, large, view, size):
    address, areas = large
    page = chromium.new_page(base_url=address, viewport={"width": size[0], "height": size[1]})
    page.set_default_timeout(40_000)
    page.goto(f"/compare?areas={areas}&indicator=suggestions_received&view={view}")
    shown = {"figure": ".js-plotly-plot", "rank": "table.ranking", "table": "table.comparison",
             "text": ".sentences"}  # fmt: skip
    page.locator(shown[view]).first.wait_for()
    page.wait_for_timeout(500)
    wide = page.evaluate(
        "(() => { const m = document.querySelector('[data-testid=stMain]');"
        " return [m.scrollWidth, m.clientWidth] })()"
    )
    assert wide[0] <= wide[1] + 1
    page.close()


def test_a_chart_of_hundreds_of_rows_scrolls_in_its_frame(large_page):
    """It stays where it was scrolled to when a row far down is chosen, and leaves nothing outside."""
    page = large_page
    every = ".".join(str(110000 + 100 * i) for i in range(300))
    page.goto(f"/compare?areas={every}&years=2024-2024&chart=bars&indicator=suggestions_received")
    frame = page.locator(".st-key-tall")
    frame.locator(".js-plotly-plot .barlayer path").first.wait_for(state="attached")
    settle(page)
    assert sticking_out(page) == [] and faults(page) == []
    frame.evaluate("e => e.scrollTo(0, 2400)")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + 100)
    page.wait_for_function("location.search.includes('fact=')")
    settle(page)
    assert frame.evaluate("e => e.scrollTop") == 2400


def test_a_table_of_many_years_has_the_page_and_folds_on_a_phone(large_page):
    """A figure's sentence opens over it; a card an area where the window is narrow, and back again."""
    page = large_page
    page.goto(
        "/compare?areas=110900.111900&years=2010-2024&view=table&indicator=suggestions_received"
    )
    table = page.locator("table.comparison.many")
    table.locator("button.figure:not(.missing)").first.click()
    page.get_by_role("dialog").locator("mark.figure").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")
    year = table.locator("thead th").nth(1).inner_text()
    said = table.locator("tbody td .head").first
    assert not said.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".scroll.folded").wait_for()
    assert said.is_visible() and said.inner_text() == year
    assert not table.locator("thead").is_visible()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.locator(".scroll.folded").wait_for(state="detached")
    assert table.locator("thead").is_visible()


def test_a_key_opens_and_closes_the_downloads(page):
    """But not where it is typed into a box."""
    page.goto(f"{PAGE}&indicator=appointments")
    page.locator(".js-plotly-plot").wait_for()
    panel = page.get_by_test_id("stPopoverBody")
    page.locator("h1").click()
    press(page, "d")
    panel.get_by_role("button", name="CSV").first.wait_for()
    press(page, "d")
    panel.wait_for(state="detached")
    settle(page)
    page.locator(".st-key-w_indicator input").click()
    page.keyboard.type("d")
    settle(page)
    assert panel.count() == 0
