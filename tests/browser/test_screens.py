"""Every screen: no grave fault of accessibility, nothing outside the window, one language, a picture.

A page is opened once and looked at in every size and on light and dark paper. The pictures stand in
build/screenshots/SIZE/.
"""

import pytest

from tests import specs
from tests.browser.looks import faults, sticking_out, strays, wide_tables
from tests.browser.screens import (
    SIZES,
    pages,
    picture,
    recolour,
    resize,
    states,
    title,
    visit,
)  # fmt: skip

LONG_NAMES = ".".join(str(110900 + 1000 * i) for i in range(6))
ALL_AREAS = ".".join(str(110000 + 100 * i) for i in range(300))


def ids(screen):
    return screen.name


def test_every_page_is_looked_at(page):
    page.goto("/")
    page.locator("h1").wait_for()
    named = page.get_by_test_id("stTopNavLink").all_inner_texts()
    assert [title(screen).split(" ")[0] for screen in pages()] == named


def look(page, name, subtests):
    """At every size, on light and dark paper."""
    for size in SIZES:
        resize(page, size)
        with subtests.test(f"nothing outside the window, {size}"):
            assert sticking_out(page) == []
        picture(page, name, size)
    for size, scheme in (("phone", "light"), ("laptop", "light"), ("laptop", "dark")):
        resize(page, size)
        recolour(page, scheme)
        with subtests.test(f"no grave fault, {size}, {scheme}"):
            assert faults(page) == []


@pytest.mark.parametrize("screen", pages(), ids=ids)
def test_page(page, screen, subtests):
    visit(page, screen)
    assert page.title() == title(screen)
    with subtests.test("all in Chinese"):
        assert page.locator("html").get_attribute("lang") == "zh-CN"
        assert strays(page, "zh") == []
    look(page, screen.name, subtests)


@pytest.mark.parametrize("screen", pages(), ids=ids)
def test_page_with_many_areas(large_page, screen, subtests):
    visit(large_page, screen, f"areas={LONG_NAMES}")
    look(large_page, f"large {screen.name}", subtests)


@pytest.mark.parametrize("screen", pages(), ids=ids)
def test_page_with_all_areas_chosen(large_page, screen):
    visit(large_page, screen, f"areas={ALL_AREAS}")
    assert sticking_out(large_page) == []
    picture(large_page, f"all {screen.name}", "laptop")


@pytest.mark.parametrize("case", specs.read("browser")["fits"]["cases"], ids=lambda c: c["why"])
def test_tables_fit_their_window(request, case):
    page = request.getfixturevalue("large_page" if case["large"] else "page")
    screen = next(s for s in (*pages(), *states()) if s.name == case["page"])
    resize(page, case["size"])
    asked = [f"areas={LONG_NAMES}" if case["large"] else "", case.get("query", "")]
    visit(page, screen, "&".join(filter(None, asked)))
    assert wide_tables(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", states(), ids=ids)
def test_state(page, screen, scheme):
    page.emulate_media(color_scheme=scheme)
    visit(page, screen)
    assert sticking_out(page) == []
    assert faults(page) == []
    if scheme == "light":
        assert strays(page, "zh") == []
        picture(page, screen.name, "laptop")


@pytest.mark.parametrize("screen", pages(), ids=ids)
def test_page_in_english(page, screen):
    visit(page, screen, "lang=en")
    assert page.title() == title(screen, "en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert strays(page, "en") == []
