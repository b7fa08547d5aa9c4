"""Slides → one HTML file that opens from a USB stick and asks for nothing outside.

The file holds shapes.js, draw.js, deck.js, deck.css and the slides as JSON. Its content security policy allows
exactly that script and that style, and no request at all.
"""

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_START = """
const deck = JSON.parse(document.getElementById("deck").textContent)
mount(document.body, deck)
"""


def script() -> str:
    """All of it as one module, which exports `mount(root, deck, leave)`."""
    return "\n".join(map(_read, ("shapes.js", "draw.js", "deck.js")))


def shapes() -> str:
    """shapes.js, which others draw with, too."""
    return _read("shapes.js")


def style() -> str:
    """deck.css."""
    return _read("deck.css")


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def page(deck: Mapping[str, Any], title: str) -> bytes:
    """The HTML file, UTF-8; `deck` is what screen.for_screen makes."""
    code, rules = script() + _START, style()
    policy = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {_hash(code)}; style-src {_hash(rules)}"
    )
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(str(deck["language"]))}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{rules}</style>",
            "</head>",
            "<body>",
            f'<script type="application/json" id="deck">{_inert(deck)}</script>',
            f'<script type="module">{code}</script>',
            "</body>",
            "</html>",
            "",
        ]
    ).encode()


def _inert(deck: Mapping[str, Any]) -> str:
    """JSON in which nothing ends the script element: < is written as an escape."""
    written = json.dumps(deck, ensure_ascii=False, separators=(",", ":"))
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _hash(content: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
