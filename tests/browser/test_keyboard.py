"""The keyboard alone: every stop of Tab shows that it is one, and they come in the order of the page."""

import pytest

from tests import specs
from tests.browser.screens import pages, visit

TAB = specs.read("browser")["tab"]

# The element with the focus, inside components, too; null at the end of the page.
_FOCUSED = """
  window.focused = () => {
    let e = document.activeElement
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement
    return e && e !== document.body ? e : null
  }
  window.up = (e) => e.parentElement ?? e.getRootNode().host
  // How an element and what lies around it look: a ring may be drawn around a whole box.
  window.look = (e) => {
    const said = []
    for (let i = 0; e && i < 6; e = window.up(e), i++) {
      for (const part of [null, "::before", "::after"]) {
        const s = getComputedStyle(e, part)
        said.push(s.outline, s.boxShadow, s.borderColor, s.backgroundColor, s.color, s.width, s.opacity)
      }
    }
    return said.join("|")
  }
  window.named = (e) => {
    for (let x = e; x; x = window.up(x)) {
      const key = [...x.classList].find((name) => name.startsWith("st-key-"))
      if (key) return key.slice(7)
    }
    return ""
  }
"""
_STOP = """() => {
  const before = window.last
  // A grid marks its cell within its picture.
  const dull = before?.isConnected && before.tagName !== "CANVAS" && window.look(before) === window.shone
    ? `${before.tagName} ${window.named(before)} ${before.textContent.slice(0, 20)}` : ""
  const e = window.focused()
  window.last = e
  if (!e) return null
  window.shone = window.look(e)
  const box = e.getBoundingClientRect()
  return { key: window.named(e), dull, box: [box.width, box.height] }
}"""


def stops(page) -> list[dict]:
    """Press Tab until the page ends; what each stop is, and whether the one before it showed itself."""
    page.evaluate(_FOCUSED)
    page.add_style_tag(content="* { transition: none !important; animation: none !important }")
    found: list[dict] = []
    while len(found) < TAB["at_most"]:
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return found
        found.append(stop)
    return found


@pytest.mark.parametrize("screen", pages(), ids=lambda screen: screen.name)
def test_every_stop_shows_itself_in_the_order_of_the_page(page, screen):
    visit(page, screen)
    found = stops(page)
    assert len(found) > 10
    assert [stop["dull"] for stop in found if stop["dull"]] == []
    keys = list(dict.fromkeys(stop["key"] for stop in found if stop["key"]))
    wanted = TAB["sidebar"] + TAB["pages"][screen.name]
    assert [key for key in keys if key in wanted] == wanted


@pytest.mark.parametrize("screen", pages(), ids=lambda screen: screen.name)
def test_no_element_jumps_the_queue(page, screen):
    visit(page, screen)
    jumping = page.evaluate(
        """() => {
          const found = []
          const walk = (root) => root.querySelectorAll("*").forEach((e) => {
            if (e.shadowRoot) walk(e.shadowRoot)
            if (e.tabIndex > 0) found.push(e.outerHTML.slice(0, 80))
          })
          walk(document)
          return found
        }"""
    )
    assert jumping == []
