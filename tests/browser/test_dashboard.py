"""The ways that a user takes through the dashboard, in a real browser."""

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from app import stored
from tools import picture

FULL = (
    "areas=410400.410600.410800&years=2023-2024&body=npc&indicator=appointments&at=range"
    "&measure=total&view=figure&chart=auto&axes=shared&cover=auto&scope=chosen"
    "&order=auto&lines=joined&lang=zh"
)


def click_row(page, text: str, nth: int = 0) -> None:
    """Click into the row of a bar chart that the area's name stands in."""
    name = page.locator(".js-plotly-plot .annotation", has_text=text).nth(nth)
    drawing = page.locator(".js-plotly-plot .nsewdrag").first
    name.wait_for()
    page.wait_for_timeout(500)
    box, plot = name.bounding_box(), drawing.bounding_box()
    page.mouse.click(plot["x"] + plot["width"] * 0.35, box["y"] + box["height"] / 2)


def test_comparison_shows_the_three_cities(page):
    page.goto("/compare")
    chart = page.locator(".js-plotly-plot").first
    for words in ("平顶山市", "鹤壁市", "焦作市", "168人次", "102人次", "– 无文件"):
        chart.get_by_text(words).first.wait_for()


def test_click_on_a_mark_shows_the_sentence(page):
    page.goto("/compare")
    evidence = page.locator(".st-key-evidence_card")
    evidence.get_by_text("168人次").last.wait_for()
    click_row(page, "鹤壁市")
    evidence.locator("mark.figure", has_text="102人次").wait_for()
    assert "任免地方国家机关工作人员102人次" in evidence.locator("blockquote").inner_text()
    assert "fact=" in page.url


def test_click_on_a_missing_figure_says_what_is_missing(page):
    page.goto("/compare")
    page.locator(".st-key-evidence_card").get_by_text("168人次").last.wait_for()
    click_row(page, "焦作市")
    page.locator(".st-key-evidence_card").get_by_text(
        "尚未收录焦作市人大涵盖2023年的报告"
    ).wait_for()


def test_evidence_opens_in_the_document(page):
    page.goto("/compare")
    page.get_by_role("link", name="在原文中查看").click()
    chosen = page.locator("mark.figure[aria-current]")
    chosen.first.wait_for()
    assert "168人次" in "".join(chosen.all_inner_texts()).replace(" ", "")
    box, window = chosen.first.bounding_box(), page.locator(".document").bounding_box()
    assert window["y"] <= box["y"] <= window["y"] + window["height"]
    assert page.locator(".figures [aria-current]").count() == 1


def test_downloaded_csv_opens_with_mark_and_right_rows(page):
    page.goto("/data")
    page.locator(".st-key-downloads_data button").click()
    label = page.locator("[data-testid=stPopoverBody]").get_by_text("所示（").inner_text()
    button = page.locator(".st-key-download_data_csv button")
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    download = waiting.value
    content = download.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert f"（{len(rows)}行）" in label
    assert re.fullmatch(
        r"履职数据对照_人大\d+项指标_2023-2024_平顶山-鹤壁-焦作\.csv", download.suggested_filename
    )
    appointments = {r["地区"]: r["数值"] for r in rows if r["指标"] == "任免国家机关工作人员"}
    assert {k: float(v) for k, v in appointments.items()} == {
        "平顶山市": 168, "鹤壁市": 102, "焦作市": 64
    }  # fmt: skip


@pytest.mark.parametrize("key, first", [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"),
                                        ("docx", b"PK")])  # fmt: skip
def test_a_file_is_made_beside_the_page(page, key, first):
    """The page runs no more for a download than it does for nothing, and takes other clicks."""
    page.goto("/compare?years=2023")
    page.locator(".js-plotly-plot").first.wait_for(timeout=60_000)
    page.locator(".st-key-downloads_compare button").click()
    button = page.locator(f".st-key-download_compare_{key} button")
    button.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate(
        """() => {
          const app = document.querySelector("[data-testid=stApp]")
          window.runs = 0
          new MutationObserver((changes) => { window.runs += changes.length })
            .observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] })
        }"""
    )
    # The first picture of a server loads its fonts, which takes its time on a busy machine.
    with page.expect_download(timeout=120_000) as waiting:
        button.click()
    assert waiting.value.path().read_bytes().startswith(first)
    name = rf"履职数据对照_任免国家机关工作人员_2023_平顶山-鹤壁-焦作.*\.{key}"
    assert re.fullmatch(name, waiting.value.suggested_filename)
    assert page.evaluate("window.runs") == 0
    page.keyboard.press("Escape")
    page.get_by_text("表", exact=True).first.click()
    page.wait_for_function("window.runs > 0")


def test_shared_link_restores_the_selection(page):
    page.goto("/compare?areas=410600&years=2023-2023&body=npc&indicator=decisions&lang=zh")
    page.get_by_role("heading", name="决议决定").wait_for()
    page.locator(".js-plotly-plot").get_by_text("9项").wait_for()
    assert page.locator(".js-plotly-plot .annotation", has_text="鹤壁市").count() == 1
    assert page.locator(".js-plotly-plot .annotation", has_text="平顶山市").count() == 0


def test_copied_link_carries_everything(page, data_folder):
    page.goto("/compare")
    page.get_by_role("button", name="复制链接").click()
    page.get_by_role("button", name="链接已复制").wait_for()
    copied = urlsplit(page.evaluate("navigator.clipboard.readText()"))
    assert copied.path == "/compare"
    assert {key: value[0] for key, value in parse_qs(copied.query).items()} == {
        key: value[0]
        for key, value in parse_qs(f"{FULL}&data={stored.digest(data_folder)}").items()
    }


def test_page_switch_keeps_the_selection(page):
    page.goto("/compare")
    page.get_by_role("heading", name="任免国家机关工作人员").wait_for()
    page.get_by_text("政协", exact=True).first.click()
    page.get_by_role("heading", name="常委会会议").wait_for()
    for name, heading in (("总览", "政协履职情况总览"), ("数据", "数据表"), ("原文", "报告原文")):
        page.get_by_role("link", name=name, exact=True).click()
        page.get_by_role("heading", name=heading).wait_for()
        page.wait_for_function("location.search.includes('body=cppcc')")
    page.get_by_role("link", name="对比", exact=True).click()
    page.get_by_role("heading", name="常委会会议").wait_for()


def test_quick_page_switches_keep_the_selection(page):
    page.goto("/compare?areas=410400.410800&years=2023-2023&body=npc&indicator=decisions")
    page.get_by_role("heading", name="决议决定").wait_for()
    # The next click comes as soon as the page is named in the address, long before it is drawn.
    switches = {"总览": "/", "数据": "/data", "原文": "/source", "对比": "/compare"}
    for _ in range(5):
        for name, path in switches.items():
            page.get_by_role("link", name=name, exact=True).click()
            page.wait_for_function("path => location.pathname === path", arg=path)
    page.get_by_role("heading", name="决议决定").wait_for()
    page.wait_for_function(
        "location.search.includes("
        "'areas=410400.410800&years=2023-2023&body=npc&indicator=decisions')"
    )
    assert not page.get_by_role("dialog").count()


def test_back_button_returns_to_the_selection_before(page):
    page.goto(f"/compare?{FULL}")
    page.get_by_role("heading", name="任免国家机关工作人员").wait_for()
    page.locator(".steps button", has_text="下一指标").click()
    page.get_by_role("heading", name="宪法宣誓").wait_for()
    page.wait_for_function("location.search.includes('indicator=constitutional_oaths')")
    page.go_back()
    page.get_by_role("heading", name="任免国家机关工作人员").wait_for()


def test_overview_figure_opens_its_sentence(page):
    page.goto("/")
    page.locator("table.headlines button.figure", has_text="≥4,300").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("mark.figure", has_text="4300余条").wait_for()


def test_overview_indicator_leads_to_its_comparison(page):
    page.goto("/")
    page.locator("table.headlines").get_by_role("button", name="决议决定").click()
    page.get_by_role("heading", name="决议决定").wait_for()


def test_a_missing_table_is_built_first_and_the_page_stays(chromium, tmp_path):
    picture.copy_sources(tmp_path)
    with picture.serving(tmp_path) as address:
        page = chromium.new_page(base_url=address, viewport={"width": 1366, "height": 768})
        page.goto("/compare?years=2023-2023")
        chart = page.locator(".js-plotly-plot")
        chart.get_by_text("168人次").wait_for(timeout=60_000)
        chart.get_by_text("102人次").wait_for()
        chart.get_by_text("– 无文件").wait_for()
        assert urlsplit(page.url).path == "/compare"
        assert (tmp_path / "facts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        page.close()


def test_the_picture_of_the_readme_shows_the_page_as_it_is(chromium, tmp_path):
    """Else take it again: python -m tools.picture."""
    with picture.serving(picture.copy_sources(tmp_path)) as address:
        page = picture.open_page(chromium, address)
        shown = picture.words_of(page)
        page.close()
    with Image.open(picture.PICTURE) as shot:
        assert shot.size == tuple(picture.SCALE * side for side in picture.SIZE.values())
        assert shot.text[picture.WORDS] == shown
    assert picture.PICTURE.stat().st_size < 300_000
