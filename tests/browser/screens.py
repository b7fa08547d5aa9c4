"""The screens of tests/specs/browser.toml: how to get to one, and how to know that it stands still."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.text import text
from app.theme import PALETTES
from tests import specs
from tools.picture import ROOT

SIZES: Mapping[str, tuple[int, int]] = {
    "laptop": (1366, 768),
    "projector": (1920, 1080),
    "phone": (390, 844),
}
PICTURES = ROOT / "build" / "screenshots"
_TALLEST = 6000


@dataclass(frozen=True, slots=True)
class Screen:
    """A page, or a state of one: its address, what to press there, and what must show then."""

    name: str
    path: str
    shown: str
    query: str = ""
    press: Sequence[str] = ()


def pages() -> list[Screen]:
    """The pages, in the order of the navigation."""
    return _read("page")


def states() -> list[Screen]:
    """What else a page can show."""
    return _read("state")


def _read(kind: str) -> list[Screen]:
    return [Screen(**case) for case in specs.read("browser")[kind]["cases"]]


def title(screen: Screen, language: str = "zh") -> str:
    """What the browser's tab says on a page."""
    words = text(language)
    return words("app.tab", page=words(f"page.{screen.name}"), app=words("app.title"))


def visit(page, screen: Screen, query: str = "") -> None:
    """Open the screen, press what is to be pressed, and wait until all is drawn."""
    parts = "&".join(part for part in (query, screen.query) if part)
    page.goto(f"{screen.path}?{parts}" if parts else screen.path)
    page.locator("h1, .deck").first.wait_for()
    for selector in screen.press:
        script_ended(page)
        page.locator(selector).first.click()
    page.locator(screen.shown).first.wait_for()
    settle(page)
    page.locator(f"html[lang={'en' if 'lang=en' in parts else 'zh-CN'}]").wait_for(state="attached")


def script_ended(page) -> None:
    """Wait until the script has run to its end."""
    page.locator('[data-testid=stApp][data-test-script-state="notRunning"]').wait_for()


def settle(page) -> None:
    """Wait until the script has ended, nothing is under way and widgets and fonts are there."""
    script_ended(page)
    page.wait_for_load_state("networkidle")
    # Streamlit fetches the code of some widgets late, and shows a grey bar until then.
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")


def resize(page, size: str) -> None:
    """Give the window another size and wait until the page fits it."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(400)


def recolour(page, scheme: str) -> None:
    """Change between light and dark and wait until the page is drawn anew."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(
        "paper => getComputedStyle(document.documentElement).getPropertyValue('--lz-paper') === paper",
        arg=PALETTES[scheme].paper,
    )
    script_ended(page)
    page.wait_for_timeout(400)


def picture(page, name: str, size: str) -> None:
    """Keep the screen as a picture, whole where it is longer than the window."""
    width, height = SIZES[size]
    main = page.locator("[data-testid=stMain]").first
    whole = main.evaluate("e => e.scrollHeight") if main.count() else height
    if whole > height:
        page.set_viewport_size({"width": width, "height": min(whole, _TALLEST)})
        page.wait_for_timeout(400)
    folder = PICTURES / size
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{Path(name).name}.png")
    page.set_viewport_size({"width": width, "height": height})
