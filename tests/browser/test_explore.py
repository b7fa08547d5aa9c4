"""A newcomer's ways: 任免 of three cities and the sentence behind a figure, by mouse and by keyboard."""

import re

import pytest

from tests.app.test_source import LIMIT, LONG, long_folder
from tests.browser.screens import settle
from tools.picture import serving

CLICKS = 3


def test_a_newcomer_finds_three_cities_and_a_sentence_within_three_clicks(page):
    clicks = 0
    page.goto("/")
    row = page.locator("table.headlines tr", has_text="任免国家机关工作人员")
    row.wait_for()
    said = row.inner_text()
    assert [number in said for number in ("168", "102", "64")] == [True] * 3
    assert page.locator(".opening").get_by_text("3市中2市披露").first.is_visible()
    row.get_by_role("button", name="102").click()
    clicks += 1
    dialog = page.get_by_role("dialog")
    dialog.locator("mark.figure", has_text="102人次").wait_for()
    dialog.get_by_role("link", name="在原文中查看").click()
    clicks += 1
    marked = page.locator("mark.figure[aria-current]")
    marked.first.wait_for()
    assert "102人次" in "".join(marked.all_inner_texts())
    assert clicks <= CLICKS


def test_the_answer_stands_above_the_fold_and_before_any_control(page):
    page.goto("/")
    lead = page.locator(".opening .lead")
    lead.wait_for()
    assert lead.bounding_box()["y"] < 400
    points = page.locator(".opening .points li")
    box = points.first.bounding_box()
    assert box["y"] + box["height"] < 768
    in_main = page.locator("[data-testid=stMain] input, [data-testid=stMain] [role=combobox]")
    assert in_main.count() == 0


def test_a_figure_within_a_sentence_opens_by_keyboard(page):
    page.goto("/")
    figure = page.locator(".opening .points button.figure").first
    figure.wait_for()
    figure.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.locator("mark.figure", has_text="168人次").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")


def test_open_evidence_is_in_the_link(page):
    """From a group of cells to one of them, in a window of its own, and gone once it is closed."""
    page.goto("/")
    page.locator("table.counts td button").first.click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".group button", has_text="168人次").click()
    dialog.locator("mark.figure", has_text="168人次").wait_for()
    page.wait_for_function("/[?&]open=[0-9a-f]+/.test(location.search)")
    other = page.context.new_page()
    other.goto(page.url)
    shown = other.get_by_role("dialog")
    shown.locator("mark.figure", has_text="168人次").wait_for()
    other.keyboard.press("Escape")
    shown.wait_for(state="detached")
    other.wait_for_function("!location.search.includes('open=')")
    other.get_by_test_id("stTopNavLink").filter(has_text="覆盖").click()
    other.locator("table.coverage").wait_for()
    assert other.get_by_role("dialog").count() == 0


def test_a_small_chart_leads_to_its_sentence_and_to_its_indicator(page):
    page.goto("/multiples")
    label = page.locator(".plot text", has_text=re.compile("^168$"))
    label.wait_for()
    settle(page)
    box = label.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] + 8)
    page.locator(".plot .tip", has_text="168人次").wait_for()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] + 8)
    dialog = page.get_by_role("dialog")
    dialog.locator("mark.figure", has_text="168人次").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.locator(".panels button", has_text="决议决定").click()
    page.get_by_role("heading", name="决议决定").wait_for()
    assert "/compare" in page.url


def test_a_small_chart_is_saved_as_an_image_that_can_be_read_from_afar(page):
    page.goto("/multiples")
    with page.expect_download() as saving:
        page.get_by_role("button", name="下载“任免国家机关工作人员”图片（PNG）").click()
    assert saving.value.suggested_filename == "任免国家机关工作人员_人大_2023—2024年.png"
    head = saving.value.path().read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20], "big") == 3 * 640


def test_choices_of_small_charts_are_made_by_keyboard_and_keep_the_focus(page):
    page.goto("/multiples")
    page.locator(".plot svg").first.wait_for()
    settle(page)
    choice = page.get_by_label("突出显示")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("location.search.includes('focus=410400')")
    page.locator("select", has_text="平顶山市").and_(page.locator(":focus")).wait_for()
    page.get_by_role("button", name="各自独立", exact=True).press("Enter")
    page.wait_for_function("location.search.includes('axes=free')")
    page.get_by_role("button", name="各自独立", exact=True, pressed=True).wait_for()


def test_an_empty_cell_of_coverage_says_which_report_is_missing(page):
    page.goto("/coverage")
    cell = page.locator('button[aria-label="焦作市2023年无文件"]').first
    cell.focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_text("尚未收录焦作市人大涵盖2023年的报告").wait_for()


@pytest.fixture(scope="module")
def long_address(tmp_path_factory):
    with serving(long_folder(tmp_path_factory.mktemp("long"))) as where:
        yield where


def test_a_megabyte_is_read_in_windows_and_stays_light(chromium, long_address):
    page = chromium.new_page(base_url=long_address, viewport={"width": 1366, "height": 768})
    page.set_default_timeout(30_000)
    page.goto(f"/source?doc={LONG}&fact=long00004000")
    chosen = page.locator("mark.figure[aria-current]")
    chosen.wait_for()
    assert chosen.inner_text() == "04000人次"
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameReceived",
               lambda event: sizes.append(len(event["response"]["payloadData"])))  # fmt: skip
    # The keys belong to buttons: one that is still being drawn would not hear them.
    page.get_by_role("button", name="下一数字").wait_for()
    settle(page)
    sizes.clear()
    page.keyboard.press("n")
    page.locator("mark.figure[aria-current]", has_text="04001人次").wait_for()
    # CDP gives binary frames in base64: four characters for three bytes.
    assert 0 < sum(sizes) * 3 / 4 < LIMIT, sizes
    assert page.locator(".document").get_by_text("<script>alert(1)</script>").first.is_visible()
    assert page.locator(".document script, .document b, .document a").count() == 0
    page.get_by_label("查找文字").fill("00012人次")
    page.keyboard.press("Enter")
    page.locator(".document mark[data-fact~=found]").first.wait_for()
    page.close()
