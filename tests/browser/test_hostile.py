"""Words of documents that look like HTML, Markdown, scripts, links or Plotly's tags show as words.

They stand in a document, as its sentence, article and measure word, and as the name of an area; a
piece of 10,000 letters without a break is among them. Nothing is asked for outside this machine.
"""

import hashlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from etl import store
from tests.app import fixture
from tests.browser.conftest import opened
from tests.browser.looks import sticking_out
from tests.browser.screens import pages, visit
from tests.specs import read
from tools.picture import serving

HOSTILE = read("browser")["hostile"]
LETTERS = "Ａ" * 5000 + "x" * 5000
SENTENCE = "".join(HOSTILE["texts"]) + LETTERS
DOCUMENT = "002_abb6607c4697feab.txt"
FACT = "cell:410600:npc:appointments:2023"

# Elements that only hostile words could have made, in the page and in components.
_MADE = """(selector) => {
  const found = []
  const walk = (root) => {
    for (const e of root.querySelectorAll("*")) {
      if (e.shadowRoot) walk(e.shadowRoot)
      if (e.matches(selector)) found.push(e.outerHTML.slice(0, 200))
    }
  }
  walk(document)
  return found
}"""


@pytest.fixture(scope="module")
def hostile_page(chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    folder = fixture.build(tmp_path_factory.mktemp("hostile"))
    document = folder / "documents" / DOCUMENT
    before = document.read_bytes()
    document.write_bytes(before + f"\n\n{SENTENCE}\n".encode())
    known = folder / "documents" / "documents.toml"
    digests = [hashlib.sha256(content).hexdigest() for content in (before, document.read_bytes())]
    known.write_text(known.read_text(encoding="utf-8").replace(*digests), encoding="utf-8")
    facts, reports = store.read_facts(folder), store.read_reports(folder)
    for column, words in (("sentence", SENTENCE), ("article", SENTENCE[:300]),
                          ("unit_text", HOSTILE["texts"][0]), ("area", HOSTILE["area"])):  # fmt: skip
        facts[column] = facts[column].astype("object")
        facts.loc[facts["area_code"] == "410600", column] = words
        if column in reports:
            reports[column] = reports[column].astype("object")
            reports.loc[reports["area_code"] == "410600", column] = words
    fixture.write(folder, facts, reports)
    with serving(folder) as address, opened(chromium, address) as page:
        yield page


@pytest.mark.parametrize("screen", pages(), ids=lambda screen: screen.name)
def test_hostile_words_show_as_words(hostile_page, screen):
    page, hosts, dialogs = hostile_page, set(), []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("websocket", lambda socket: hosts.add(urlsplit(socket.url).hostname))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visit(page, screen, f"fact={FACT}&doc={DOCUMENT}&areas=410400.410600")
    assert page.locator("[data-testid=stException]").count() == 0
    said = page.evaluate(
        "() => { const all = []; const walk = (r) => { for (const e of r.querySelectorAll('*')) {"
        " if (e.shadowRoot) { all.push(e.shadowRoot.textContent); walk(e.shadowRoot) } } };"
        " walk(document); return document.body.textContent + all.join('') }"
    )
    if screen.name in HOSTILE["shown_on"]:
        # White space aside: wrapped lines are joined.
        assert "".join(HOSTILE["texts"][0].split()) in "".join(said.split())
    assert page.evaluate("window.hit") is None
    assert dialogs == []
    assert page.evaluate(_MADE, HOSTILE["never"]) == []
    assert sticking_out(page) == []
    assert hosts - {None} == {"127.0.0.1"}
