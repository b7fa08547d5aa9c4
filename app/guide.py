"""The guide in the sidebar as an element tree: three steps to a sentence, the signs, the keys."""

from app.markup import Node, el
from app.states import GLYPHS
from app.text import Text

SHORTCUT = "H"
_STEPS = ("step_1", "step_2", "step_3")
_KEYS = ("views", "next", "download", "move", "close", "slides", "guide")


def guide(words: Text) -> Node:
    """How to read the pages, in words."""
    steps = el("ol", *(el("li", words(f"guide.{step}")) for step in _STEPS))
    signs = [
        (f"{GLYPHS[state]} {words(f'state.{state}')}", words(f"state.{state}.meaning"))
        for state in GLYPHS
    ]
    signs += [
        (words(f"qualifier.sign.{name}"), words(f"qualifier.note.{name}"))
        for name in ("at_least", "at_most", "about")
    ]
    keys = [(words(f"guide.key_{key}"), words(f"guide.key_{key}_does")) for key in _KEYS]
    return el(
        "div",
        el("h3", words("guide.steps")), steps,
        el("h3", words("guide.signs")), _pairs(signs),
        el("h3", words("guide.keys")), _pairs(keys),
        cls="guide",
    )  # fmt: skip


def _pairs(pairs: list[tuple[str, str]]) -> Node:
    return el("dl", *(el("div", el("dt", term), el("dd", said)) for term, said in pairs))
