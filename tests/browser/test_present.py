"""演示 in a real browser: the keys of a presenter, the sentence behind a figure, the offline file."""

import shutil
from contextlib import ExitStack
from dataclasses import replace

import pytest

from app import selection
from app.exports import offline
from tests.app.exports import made_up, scope_of
from tools.picture import serving

SMALLEST_TYPE = 24


def counter(page) -> str:
    return page.locator(".deck .counter").inner_text()


@pytest.fixture
def show(page):
    page.goto("/present")
    page.get_by_role("button", name="开始演示").click()
    page.locator(".deck .counter").wait_for()
    return page


def smallest_type(page) -> float:
    return page.evaluate(
        """() => {
          const hosts = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean)]
          const deck = hosts.map((h) => h.querySelector(".deck")).find(Boolean)
          const sizes = [...deck.querySelectorAll("*")].filter((e) =>
            e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
            .map((e) => parseFloat(getComputedStyle(e).fontSize))
          return Math.min(...sizes)
        }"""
    )


def test_keys_of_a_presenter(show):
    last = counter(show).split(" / ")[1]
    for key, expected in (
        ("ArrowRight", "2"), (" ", "3"), ("PageDown", "4"), ("ArrowLeft", "3"), ("PageUp", "2"),
        ("End", last), ("ArrowRight", last), ("Home", "1"), ("ArrowLeft", "1"),
    ):  # fmt: skip
        show.keyboard.press(key)
        assert counter(show) == f"{expected} / {last}", key


def test_type_is_large_enough_on_every_slide(show):
    for _ in range(int(counter(show).split(" / ")[1])):
        assert smallest_type(show) >= SMALLEST_TYPE
        show.keyboard.press("ArrowRight")


def test_nothing_of_streamlit_shows(show):
    covered = show.evaluate(
        """() => [[10, 10], [600, 10], [1350, 10], [100, 400], [10, 760]].every(([x, y]) =>
          document.elementFromPoint(x, y)?.shadowRoot?.querySelector(".deck"))"""
    )
    assert covered


def test_a_city_is_stressed_and_its_sentence_one_key_away(show):
    show.keyboard.press("ArrowRight")
    show.keyboard.press("2")
    assert show.locator('.deck .legend [aria-pressed="true"]').inner_text() == "■2 鹤壁市"
    show.keyboard.press("s")
    assert show.locator(".deck .panel mark").all_inner_texts() == ["102人次"]
    show.keyboard.press("Escape")
    assert show.locator(".deck .panel blockquote").count() == 0 or not (
        show.locator(".deck .panel").first.is_visible()
    )


def test_escape_leads_back_to_the_desk(show):
    show.keyboard.press("Escape")
    show.get_by_role("button", name="开始演示").wait_for()


@pytest.mark.parametrize("start", ["f", "F5"])
def test_full_screen(show, start):
    """F5 is what a clicker sends to start: the show goes on, and the page is not loaded anew."""
    show.keyboard.press("ArrowRight")
    show.keyboard.press(start)
    show.wait_for_function("document.fullscreenElement !== null")
    assert counter(show).startswith("2 / ")
    show.keyboard.press("f")
    show.wait_for_function("document.fullscreenElement === null")


def test_the_slides_survive_a_lost_connection(chromium, data_folder, tmp_path):
    """The server ends in mid-show: keys, clicks and sentences go on, and no dialog is seen."""
    with ExitStack() as running:
        address = running.enter_context(serving(shutil.copytree(data_folder, tmp_path / "data")))
        page = chromium.new_page(base_url=address, locale="zh-CN")
        page.goto("/present")
        page.get_by_role("button", name="开始演示").click()
        page.locator(".deck .counter").wait_for()
    page.locator("[role=dialog]").wait_for(state="attached")
    page.keyboard.press("ArrowRight")
    assert counter(page).startswith("2 / ")
    page.mouse.click(600, 300)
    assert counter(page).startswith("3 / ")
    page.keyboard.press("s")
    assert page.locator(".deck .panel blockquote").count()
    covers = """() => {
      const own = getComputedStyle(document.querySelector("[role=dialog]").closest("body > *")).zIndex
      const hosts = [document, ...[...document.querySelectorAll("*")].map((e) => e.shadowRoot).filter(Boolean)]
      const deck = hosts.map((h) => h.querySelector(".deck")).find(Boolean)
      return Number(getComputedStyle(deck).zIndex) > (Number(own) || 0)
    }"""
    assert page.evaluate(covers)
    page.close()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """The offline file of many areas and years."""
    table = made_up(40, 12, "appointments", "laws_passed")
    chosen = replace(selection.default(table), areas=tuple(table.areas), first=2013, last=2024)
    file = tmp_path_factory.mktemp("slides") / "slides.html"
    scope = scope_of(table, chosen, indicators=("appointments", "laws_passed"))
    file.write_bytes(offline.offer(scope).make())
    return file


@pytest.mark.parametrize("width, height, hints", [(1366, 768, 1), (1920, 1080, 1), (1024, 768, 0)])
def test_nothing_of_a_crowded_slide_is_cut_off(page, crowded, width, height, hints):
    """Tables show all their rows, charts keep half of the slide, and the key S has all notes."""
    page.set_viewport_size({"width": width, "height": height})
    page.goto(crowded.as_uri())
    for _ in range(int(counter(page).split(" / ")[1])):
        hidden = page.evaluate(
            """() => [...document.querySelectorAll(".deck .table, .deck .lines, .deck header, .deck .chart")]
              .filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
              .map((e) => [e.className, e.scrollHeight, e.clientHeight])"""
        )
        assert hidden == [], counter(page)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    hint = page.locator(".deck footer .more")
    assert hint.all_inner_texts() == ["其余注释和口径：按 S 键"] * hints
    page.keyboard.press("s")
    assert "口径：" in page.locator(".deck .panel:not(.help)").inner_text()


def test_a_clicker_reads_through_the_sentences_and_goes_on(page, crowded):
    """A key is the panel's while that has more to show, and the slides' at its end.

    The events are made here: what the browser scrolls by itself takes its time.
    """
    page.goto(crowded.as_uri())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("s")
    taken = """([key, end]) => {
      const panel = document.querySelector(".deck .panel:not(.help)")
      if (end) panel.scrollTop = panel.scrollHeight
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })
      return !panel.dispatchEvent(event)
    }"""
    assert not page.evaluate(taken, ["PageDown", False])
    assert counter(page).startswith("2 / ")
    assert page.evaluate(taken, ["PageDown", True])
    assert counter(page).startswith("3 / ")
    assert page.evaluate(taken, ["PageUp", False])
    assert counter(page).startswith("2 / ")


def test_a_stressed_area_has_its_values_at_the_marks(page, crowded):
    """Eight lines have no room for all values; the one that is talked about has."""
    page.goto(crowded.as_uri())
    page.keyboard.press("ArrowRight")
    values = page.locator(".deck .chart .own")
    assert values.count() and not any(value.is_visible() for value in values.all())
    page.keyboard.press("1")
    code = page.locator('.deck .legend [aria-pressed="true"]').get_attribute("data-code")
    own = page.locator(f'.deck .chart [data-area="{code}"] .own')
    seen = [value.text_content() for value in values.all() if value.is_visible()]
    assert seen == own.all_text_contents() and seen
    page.keyboard.press("0")
    assert not any(value.is_visible() for value in values.all())


def test_a_marker_has_the_shape_of_its_key(page, crowded):
    """Eight areas have eight markers: no star is drawn as a circle."""
    page.goto(crowded.as_uri())
    page.keyboard.press("ArrowRight")
    shapes = page.evaluate(
        """() => new Set([...document.querySelectorAll(".deck .chart g[data-area]")].map((group) => {
          const mark = group.querySelector("circle, polygon")
          return mark.localName + (mark.points?.length ?? "")
        })).size"""
    )
    assert shapes >= 5


def test_the_offline_file_opens_from_disk_and_asks_for_nothing(page, tmp_path):
    page.goto("/present")
    page.locator(".st-key-downloads_present button").click()
    button = page.locator(".st-key-download_present_html button")
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    file = tmp_path / "slides.html"
    file.write_bytes(waiting.value.path().read_bytes())
    asked = []
    alone = page.context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(file.as_uri())
    alone.keyboard.press("ArrowRight")
    alone.locator(".deck .chart svg").wait_for()
    assert counter(alone).startswith("2 / ")
    assert smallest_type(alone) >= SMALLEST_TYPE
    assert asked == [file.as_uri()]


def test_names_of_two_hundred_characters_leave_room_for_the_chart(page, tmp_path):
    """Headlines and keys are cut with …; chart, notes and keys stay on the screen."""
    table = made_up(3, 3, "appointments")
    areas = {c: replace(a, name="州" * 200, label="州" * 200) for c, a in table.areas.items()}
    table = replace(table, areas=areas)
    chosen = replace(selection.default(table), areas=tuple(areas), first=2022, last=2024)
    file = tmp_path / "slides.html"
    file.write_bytes(offline.offer(scope_of(table, chosen, indicators=("appointments",))).make())
    page.goto(file.as_uri())
    for _ in range(int(counter(page).split(" / ")[1])):
        below = page.evaluate(
            """() => [...document.querySelectorAll(".deck header, .deck footer, .deck .bar, .deck .slide")]
              .filter((e) => e.getBoundingClientRect().bottom > innerHeight + 1).map((e) => e.className)"""
        )
        assert below == [], counter(page)
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    box = page.locator(".deck .chart").bounding_box()
    assert box["height"] >= 120
