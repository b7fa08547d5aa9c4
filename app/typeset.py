"""How wide a text is and where its lines break, in ems: what files without a browser must know.

A Chinese character is one em wide; the widths of other characters are those of common sans-serif
fonts, rounded up, so that a text measured here is never wider on the page. Lines do not begin with
closing punctuation nor end with an opening one (GB/T 15834 § 5.1, 避头尾).
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

ELLIPSIS = "…"
_NARROW = frozenset("iljtfrI.,:;'|!()[]{} ")
_NOT_FIRST = frozenset("，。、；：？！）》」』”’…—％%,.;:?!)]}】〕·")
_NOT_LAST = frozenset("（《「『“‘([{【〔≥≤")
_UNIT = re.compile(r"[0-9A-Za-z.,%≥≤~+\-–/_]+|.", re.DOTALL)


def ems(text: str) -> float:
    """The width of one line of text in ems of its type size."""
    return sum(map(_em, text))


def wrap(text: str, width: float) -> list[str]:
    """Break a text into lines of at most `width` ems; numbers and words stay whole where they fit.

    Line breaks in the text stay. An empty text is one empty line.
    """
    return list(_lines(text, width))


def shorten(text: str, width: float, lines: int = 1) -> str:
    """The text, or as much of it as fits `lines` lines of `width` ems, with … at its end."""
    broken = list(islice(_lines(text, width), lines + 1))
    if len(broken) <= lines:
        return text
    kept = "".join(broken[:lines])
    while kept and (len(wrap(kept + ELLIPSIS, width)) > lines or kept[-1] in _NOT_FIRST):
        kept = kept[:-1]
    return kept + ELLIPSIS


def _lines(text: str, width: float) -> Iterator[str]:
    return (line for part in text.split("\n") for line in _wrapped(part, width))


def _em(character: str) -> float:
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.38
    return 0.72 if character.isupper() or character in "mw%@≥≤" else 0.6


def _wrapped(text: str, width: float) -> Iterator[str]:
    line, used = "", 0.0
    for unit in _units(text, width):
        size = ems(unit)
        if line and used + size > width and unit[0] not in _NOT_FIRST:
            kept = line.rstrip("".join(_NOT_LAST)) or line
            carried = line[len(kept) :]
            yield kept
            line, used = carried, ems(carried)
            if not line and unit.isspace():
                continue
        line += unit
        used += size
    yield line


def _units(text: str, width: float) -> Iterator[str]:
    """What may not be broken: a word or number, unless it is wider than a line; any other character."""
    for unit in map(re.Match.group, _UNIT.finditer(text)):
        if ems(unit) <= width:
            yield unit
        else:
            yield from unit
