"""What can be measured on a drawn page: grave faults of accessibility, and words that stick out."""

import re

from axe_playwright_python.base import AXE_SCRIPT

from tests import specs

_GRAVE = {"moderate", "serious", "critical"}
# How often axe looks before a fault counts, and the milliseconds in between.
_LOOKS, _PAUSE = 6, 500
_LANGUAGE = specs.read("browser")["language"]
_LET_PASS = specs.read("browser")["fault"]["let_pass"]

# Words outside the window that no scrolling of theirs would bring in, and pages that scroll sideways.
_STICKING_OUT = """() => {
  const sidebar = "[data-testid=stSidebar][data-collapsed=false] [data-testid=stSidebarContent]"
  const wide = ["html", "[data-testid=stMain]", sidebar]
    .map((selector) => document.querySelector(selector))
    .filter((e) => e && e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
    .map((e) => `${e.dataset.testid ?? e.tagName}: ${e.scrollWidth} > ${e.clientWidth}`)
  const scrolls = (e) => {
    for (; e; e = e.parentElement ?? e.getRootNode().host) {
      if (["auto", "scroll"].includes(getComputedStyle(e).overflowX)
        && !["stMain", "stSidebarContent"].includes(e.dataset?.testid)) return true
    }
    return false
  }
  const out = []
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) walk(e.shadowRoot)
      const words = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())
      if (!words || !e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const box = e.getBoundingClientRect()
      if (box.width > 1 && box.right > innerWidth + 1 && box.left < innerWidth * 2 && !scrolls(e)) {
        out.push(`${e.tagName} ${e.textContent.trim().slice(0, 30)}: ${Math.round(box.right)}`)
      }
    }
  }
  walk(document.body)
  return [...wide, ...out]
}"""

# Tables that scroll sideways within themselves, by their classes.
_WIDE_TABLES = """() => {
  const found = []
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) walk(e.shadowRoot)
      if (e.matches(".scroll") && e.checkVisibility() && e.scrollWidth > e.clientWidth + 1) {
        found.push(`${e.querySelector("table").className}: ${e.scrollWidth} > ${e.clientWidth}`)
      }
    }
  }
  walk(document.body)
  return found
}"""

# Text, names, titles and placeholders of all that shows, components with roots of their own included.
_WORDS = """(notOurs) => {
  const found = [document.title]
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.matches(notOurs) || e.closest(notOurs) || e.tagName === "STYLE" || e.tagName === "SCRIPT") continue
      if (e.shadowRoot) walk(e.shadowRoot)
      if (!e.checkVisibility({ visibilityProperty: true })) continue
      for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-roledescription"]) {
        if (e.getAttribute(name)?.trim()) found.push(e.getAttribute(name).trim())
      }
      for (const n of e.childNodes) {
        if (n.nodeType === 3 && n.textContent.trim()) found.push(n.textContent.trim())
      }
    }
  }
  walk(document.body)
  return found
}"""


def faults(page) -> list[str]:
    """What axe-core finds grave, less what the spec lets pass, once the page has come to rest.

    On a slow machine colours are still on their way when the script has ended: what is found is
    looked for again before it counts.
    """
    page.evaluate(AXE_SCRIPT)
    for _ in range(_LOOKS):
        if not (found := _graves(page)):
            break
        page.wait_for_timeout(_PAUSE)
    return found


def _graves(page) -> list[str]:
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]} {[m['message'] for m in node['any']][:1]}"
        for fault in found
        if fault["impact"] in _GRAVE
        for node in fault["nodes"]
        if not any(p["rule"] == fault["id"] and p["where"] in node["html"] for p in _LET_PASS)
    ]


def sticking_out(page) -> list[str]:
    """What is wider than the window, or stands outside it where nobody can scroll to it."""
    return list(page.evaluate(_STICKING_OUT))


def wide_tables(page) -> list[str]:
    """The tables that have to be scrolled sideways to be seen whole."""
    return list(page.evaluate(_WIDE_TABLES))


def strays(page, language: str) -> list[str]:
    """Words in the other language than the screen's, less those that the spec allows."""
    allowed = re.compile("|".join(_LANGUAGE[f"allowed_{language}"]))
    other = re.compile(r"[A-Za-z]{2,}" if language == "zh" else r"[\u4e00-\u9fff]")
    said = page.evaluate(_WORDS, ", ".join(_LANGUAGE[f"not_ours_{language}"]))
    return sorted({words for words in said if other.search(allowed.sub("", words))})
