"""Streamlit components: an element tree with its clicks, 复制链接, downloads, Streamlit's own words."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from plotly.basedatatypes import BaseFigure

from app.charts.drawing import Drawing
from app.markup import Node, Ready
from app.present import offline
from app.text import Text, catalogue
from app.theme import Palette, palette_of

_HERE = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def _read(name: str) -> str:
    """A file of ours without its comments and indents: it goes to the browser with every component."""
    return _terse((_HERE / name).read_text(encoding="utf-8"))


def _terse(code: str) -> str:
    lines = (line.strip() for line in _COMMENT.sub("", code).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _component(name: str, css: bool, isolated: bool) -> Callable[..., object]:
    return st.components.v2.component(
        f"lvzhi_{name}",
        css=_read(f"{name}.css") if css else None,
        js=_read(f"{name}.js"),
        isolate_styles=isolated,
    )


@cache
def _tree() -> Callable[..., object]:
    code = _read("view.js") + "\nexport default view\n"
    return st.components.v2.component("lvzhi_view", css=_read("view.css"), js=code)


@cache
def _tree_with_drawings() -> Callable[..., object]:
    code = "\n".join((_read("view.js"), offline.shapes(), _read("panels.js")))
    rules = _read("view.css") + _read("panels.css")
    return st.components.v2.component("lvzhi_panels", css=rules, js=code)


def show(
    tree: Node | Ready,
    key: str,
    words: Text,
    current: str = "",
    on_pick: Callable[[str], None] | None = None,
    drawings: str = "",
) -> str:
    """Show a tree; `current` is the key that is marked and scrolled to.

    A click on an element with data-pick calls `on_pick` with its key before the page runs again,
    and is returned by this run, as is the choice from a list with data-choice: its name, a colon,
    the value; "" where nothing was clicked. `drawings` are the small charts, as JSON, that the tree
    has places for (app.charts.panel).
    """
    # Streamlit refuses two underscores in a row, which a file name may have.
    identity = "view-" + key.replace("_", "-")

    def picked() -> None:
        state = st.session_state.get(identity)
        if on_pick and state and state.get("picked"):
            on_pick(state["picked"])

    data = {
        "tree": tree.ready if isinstance(tree, Node) else tree,
        "current": current,
        "language": "zh-CN" if words.chinese else "en",
        "theme": palette().name,
    }
    mount = _tree_with_drawings() if drawings else _tree()
    result = mount(
        key=identity,
        data={**data, "drawings": drawings} if drawings else data,
        on_picked_change=picked,
    )
    return getattr(result, "picked", None) or ""


def palette() -> Palette:
    """The colours that suit the theme of the browser."""
    return palette_of(st.context.theme.type)


_DECK_ON_PAGE = """
export default function ({ data, parentElement, setTriggerValue }) {
  parentElement.close?.()
  parentElement.close = mount(parentElement, data, () => setTriggerValue("left", true))
  return () => { parentElement.close?.(); parentElement.close = null }
}
"""


@cache
def _deck() -> Callable[..., object]:
    return st.components.v2.component(
        "lvzhi_deck", css=offline.style(), js=offline.script() + _DECK_ON_PAGE
    )


def slides(deck: Mapping[str, object], on_leave: Callable[[], None]) -> None:
    """Show a deck (app.present.screen) over the whole window; `on_leave` is called by Esc."""
    _deck()(key="deck", data=dict(deck), on_left_change=on_leave)


def page_style(words: Text) -> None:
    """The few rules of style that Streamlit's theme has no setting for."""
    st.html(_page_style(words("guide.filters"), palette().name))


@cache
def _page_style(filters: str, theme: str) -> str:
    colours = palette_of(theme)
    named = "".join(
        f"--lz-{name}: {getattr(colours, name)};"
        for name in ("paper", "ink", "muted", "faint", "accent", "lane")
    )
    named += f"--lz-filters: {json.dumps(filters, ensure_ascii=False)};"
    return f"<style>:root {{{named}}}\n{_read('page.css')}</style>"


def copy_button(words: Text) -> None:
    """A button that copies the address of the page, which carries every parameter."""
    _component("copy", css=True, isolated=True)(
        key="copy_link",
        data={
            "label": words("link.copy"),
            "help": words("link.help"),
            "done": words("link.done"),
            "failed": words("link.failed"),
        },
    )


def download_watch(place: str, words: Text, asks: bool, done: int, total: int) -> None:
    """Says that a file of the download buttons above is being made; runs again where that failed.

    With `asks` it runs again every few seconds of a long making, too, to say that `done` of `total`
    steps are through (0 of 0: nobody knows).
    """
    _component("download", css=True, isolated=True)(
        key=f"watch_{place}",
        data={
            "making": words("exports.making"),
            "making_for": words("exports.making_for", seconds="{seconds}"),
            "making_step": words(
                "exports.making_step", done=done, total=total, seconds="{seconds}"
            ),
            "asks": asks,
            "known": total > 0,
        },
        on_failed_change=lambda: None,
        on_asked_change=lambda: None,
    )


def translate_chrome(words: Text) -> str:
    """Put the words that Streamlit itself shows into the language of the screen.

    Returns whose window it is: "phone", "desk" or "projector".
    """
    key = "chrome"
    state = st.session_state.get(key)
    result = _component("chrome", css=False, isolated=False)(
        key=key,
        data={
            "language": "zh-CN" if words.chinese else "en",
            "words": _chrome(words.chinese),
            "window": (state and state.get("window")) or "desk",
        },
        default={"window": "desk"},
        on_window_change=lambda: None,
        on_recoloured_change=lambda: None,
    )
    return getattr(result, "window", None) or "desk"


class _Drawn(BaseFigure):  # type: ignore[misc]
    """A drawing in the only form that st.plotly_chart takes without having Plotly check it again."""

    def __init__(self, drawing: Drawing) -> None:
        self._plain = drawing.plain

    def to_dict(self) -> dict[str, object]:
        """What is written as JSON."""
        return self._plain


def chart(
    drawing: Drawing,
    key: str,
    config: Mapping[str, object],
    alt: str,
    on_pick: Callable[[str], None],
) -> None:
    """Show a chart; a click on a mark calls `on_pick` with its key before the page runs again."""

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points and points[0].get("customdata") is not None:
            data = points[0]["customdata"]
            on_pick(data if isinstance(data, str) else data[0])

    st.plotly_chart(
        _Drawn(drawing), key=key, theme=None, on_select=clicked, selection_mode="points",
        config=dict(config), alt=alt,
    )  # fmt: skip


@cache
def _chrome(chinese: bool) -> str:
    """Streamlit's words with ours, as JSON: written once, not in every run."""
    pairs = [(s["en"], s["zh"]) for key, s in catalogue().items() if key.startswith("chrome.")]
    pairs = pairs if chinese else [(zh, en) for en, zh in pairs]
    return json.dumps(pairs, ensure_ascii=False)
