"""A tree of elements that the browser builds node by node, so that text can only ever be text.

Nothing here is parsed as HTML: the browser's side (view.js) calls createElement for tags of a
short list and textContent for strings. A document that contains <script> shows those characters.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NewType

TAGS = frozenset(
    {"a", "blockquote", "br", "button", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3",
     "label", "li", "mark", "ol", "option", "p", "section", "select", "small", "span", "strong",
     "table", "tbody", "td", "th", "thead", "tfoot", "time", "tr", "ul"}
)  # fmt: skip
ATTRIBUTES = frozenset(
    {"class", "title", "colspan", "rowspan", "scope", "id", "role", "lang", "tabindex",
     "aria-label", "aria-hidden", "aria-current", "aria-pressed", "data-choice", "data-drawing",
     "data-fact", "data-goto", "data-image", "data-key", "data-pick", "data-style", "data-to",
     "disabled", "selected", "value"}
)  # fmt: skip


# A tree as the JSON that view.js reads: what is shown often is written only once.
Ready = NewType("Ready", str)


@dataclass(frozen=True, slots=True)
class Node:
    """One element: its tag, its attributes and its children."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple["Node | str", ...] = ()

    def plain(self) -> list[Any]:
        """The tree as lists that JSON can carry: [tag, attributes, [children]]."""
        return [
            self.tag,
            dict(self.attributes),
            [c if isinstance(c, str) else c.plain() for c in self.children],
        ]

    @property
    def ready(self) -> Ready:
        """The tree as view.js reads it."""
        return Ready(json.dumps(self.plain(), ensure_ascii=False, separators=(",", ":")))

    def text(self) -> str:
        """All text within, in order."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def find(self, **attributes: str) -> Iterable["Node"]:
        """All nodes within that have these attributes, named as in `el`."""
        wanted = {_ALIASES.get(key, key): value for key, value in attributes.items()}
        if all(self.attributes.get(key) == value for key, value in wanted.items()):
            yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.find(**attributes)


_ALIASES = {"cls": "class", "pick": "data-pick", "goto": "data-goto", "fact": "data-fact",
            "style": "data-style", "label": "aria-label", "hidden": "aria-hidden",
            "current": "aria-current", "pressed": "aria-pressed", "choice": "data-choice",
            "drawing": "data-drawing", "image": "data-image", "key": "data-key",
            "to": "data-to"}  # fmt: skip


def el(tag: str, *children: "Node | str | None", **attributes: str | int | None) -> Node:
    """An element. Attributes: those of _ALIASES, or as they are.

    Children that are None are left out, as are attributes that are None.
    Raises ValueError for a tag or attribute that is not on the list.
    """
    if tag not in TAGS:
        raise ValueError(f"{tag!r} is not a tag that view.js builds")
    named = {_ALIASES.get(k, k): str(v) for k, v in attributes.items() if v is not None}
    if unknown := named.keys() - ATTRIBUTES:
        raise ValueError(f"{sorted(unknown)[0]!r} is not an attribute that view.js sets")
    return Node(tag, named, tuple(child for child in children if child is not None))
