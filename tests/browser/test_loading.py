"""What shows while the table is not there yet, and that the page comes by itself."""

from app.text import text
from tests.browser.conftest import opened
from tests.browser.looks import strays
from tools.picture import copy_sources, serving

# Keeps every heading and label of progress that ever shows, however short.
_KEEP = """
  window.seen = new Set()
  new MutationObserver(() => {
    for (const e of document.querySelectorAll("h1")) window.seen.add(e.textContent.trim())
    for (const e of document.querySelectorAll("[data-testid=stProgress]")) {
      const kind = e.querySelector("[role=progressbar]") ? "bar: " : "no bar: "
      window.seen.add(kind + e.textContent.trim())
    }
  }).observe(document, { childList: true, subtree: true, characterData: true })
"""


def test_building_the_table_says_how_far_it_is(chromium, tmp_path):
    words = text("zh")
    with serving(copy_sources(tmp_path)) as address, opened(chromium, address) as page:
        page.add_init_script(_KEEP)
        page.goto("/compare?years=2023-2023")
        page.locator(".st-key-evidence_card .quote").wait_for(timeout=120_000)
        seen = page.evaluate("[...window.seen]")
        assert words("build.heading") in seen
        assert any(said.startswith("bar: ") for said in seen)
        assert not any(said.startswith("no bar: ") for said in seen)
        assert "years=2023-2023" in page.url and "/compare" in page.url
        assert strays(page, "zh") == []
