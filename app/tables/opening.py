"""The overview's opening: a lead, what stands out, what is missing; each figure leads to its sentence."""

from collections.abc import Sequence

from app.data import Table
from app.evidence import name_of
from app.markup import Node, el
from app.opening import Opening, Point
from app.takeaways import Part
from app.text import Text

_CLOSING = tuple("，、；。,;.")


def opening(table: Table, said: Opening, words: Text) -> Node:
    """The opening as text with its figures as buttons."""
    between = "" if words.chinese else " "
    parts = [el("p", between.join(said.lead), cls="lead")]
    if said.points:
        points = el("ol", *(_point(table, point, words) for point in said.points))
        parts.append(_part(words("opening.points"), points, "points"))
    if said.gaps:
        gaps = el("ul", *(el("li", gap) for gap in said.gaps))
        parts.append(_part(words("opening.gaps"), gaps, "gaps"))
    return el("section", *parts, cls="opening", label=words("opening.label"))


def spoken(sentences: Sequence[Sequence[Part]], words: Text) -> list[Node | str]:
    """Sentences one after the other, each figure in them a button that leads to its evidence."""
    found: list[Node | str] = []
    for number, sentence in enumerate(sentences):
        if number and not words.chinese:
            found.append(" ")
        found += _sentence(sentence)
    return found


def _sentence(parts: Sequence[Part]) -> list[Node | str]:
    """A figure is one line with the mark behind it: a browser would break between a button and 、."""
    found: list[Node | str] = []
    for part in parts:
        if not isinstance(part, str):
            found.append(el("button", part.text, cls="figure", pick=part.key))
        elif found and not isinstance(found[-1], str) and part[:1] in _CLOSING:
            found[-1] = el("span", found[-1], part[0], cls="kept")
            found.append(part[1:])
        else:
            found.append(part)
    return [part for part in found if part]


def _point(table: Table, point: Point, words: Text) -> Node:
    name = name_of(table.indicators[point.indicator], words)
    return el(
        "li",
        el("button", name, cls="link", pick=f"indicator:{point.indicator}",
           title=words("overview.open_indicator")),
        el("p", *spoken(point.sentences, words)),
    )  # fmt: skip


def _part(heading: str, content: Node, cls: str) -> Node:
    return el("div", el("h2", heading), content, cls=cls)
