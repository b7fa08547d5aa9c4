"""Choices as elements: a list, buttons of which one is pressed; what is taken comes back as a key "name:value".

They stand in a tree (app.markup) among what they change: one element for Streamlit, where a widget
of its own for each of them would cost more than all the rest of a page. Lists in which one has to
look for words are Streamlit's: these can't be searched.
"""

from collections.abc import Iterable, Sequence

from app.markup import Node, el

Options = Sequence[tuple[str, str]]
# Longer lists are Streamlit's, where the browser looks for what is typed.
LISTED_UP_TO = 20


def row(*controls: Node | None) -> Node:
    """Choices side by side."""
    return el("div", *controls, cls="choices")


def listed(name: str, label: str, options: Options, value: str, cls: str = "") -> Node:
    """A list of (value, words) in which `value` is chosen, beneath its label."""
    return el(
        "label",
        el("span", label),
        el(
            "select",
            *(
                el("option", words, value=each, selected="" if each == value else None)
                for each, words in options
            ),
            choice=name,
        ),
        cls=f"control {cls}".strip(),
    )


def buttons(
    name: str, label: str, options: Options, value: str, tip: str = "", keys: Iterable[str] = ()
) -> Node:
    """A button for each (value, words), that of `value` pressed; `keys` press them in this order."""
    pressing: list[str | None] = list(keys) or [None] * len(options)
    return el(
        "div",
        el("span", label, el("button", "?", cls="help", label=tip) if tip else None),
        el(
            "div",
            *(
                el("button", words, pick=f"{name}:{each}", key=key,
                   pressed="true" if each == value else "false")
                for (each, words), key in zip(options, pressing, strict=True)
            ),
            role="group",
            label=label,
            cls="segments",
        ),
        cls="control",
    )  # fmt: skip


def switches(name: str, options: Sequence[tuple[str, str, str]], on: Iterable[str]) -> Node:
    """A switch for each (value, words, tip); those `on` are pressed. What is clicked turns."""
    pressed = set(on)
    return el(
        "div",
        *(
            el("span",
               el("button", words, cls="switch", pick=f"{name}:{value}",
                  pressed="true" if value in pressed else "false"),
               el("button", "?", cls="help", label=tip), cls="control")
            for value, words, tip in options
        ),
        cls="choices switches",
    )  # fmt: skip


def taken(key: str, *names: str) -> dict[str, str]:
    """What was taken of the choices with these names, or nothing where the key is of another kind."""
    name, _, value = key.partition(":")
    return {name: value} if name in names else {}
