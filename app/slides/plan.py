"""Which slides are shown, in which order, under which titles ↔ a short text for the link, a file.

The link's form: ids in order, separated by dots, a title of one's own behind a colon:

    title.appointments:三市任免情况.coverage

In a title, ~ is written ~0 and . is written ~1. An empty plan is the whole deck as it comes.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.slides.model import Slide

VERSION = 1
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """A slide's id and the title that replaces its headline; "" keeps the headline."""

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The picked slides in order; empty means every slide in the order of the deck."""

    picks: tuple[Pick, ...] = ()

    def apply(self, slides: Iterable[Slide]) -> tuple[Slide, ...]:
        """The picked slides with their titles; ids that the deck does not have are passed over."""
        slides = tuple(slides)
        if not self.picks:
            return slides
        by_id = {slide.id: slide for slide in slides}
        return tuple(
            replace(by_id[pick.id], headline=pick.title) if pick.title else by_id[pick.id]
            for pick in self.picks
            if pick.id in by_id
        )

    def unknown(self, slides: Iterable[Slide]) -> tuple[str, ...]:
        """The picked ids that the deck does not have: the data or the selection has changed."""
        known = {slide.id for slide in slides}
        return tuple(pick.id for pick in self.picks if pick.id not in known)


def write(plan: Plan) -> str:
    """The plan as it stands in a link."""
    return ".".join(
        pick.id + (":" + pick.title.replace("~", "~0").replace(".", "~1") if pick.title else "")
        for pick in plan.picks
    )


def parse(text: str) -> Plan:
    """A link's text → the plan; a slide named twice counts once, and no text is an error."""
    picks: dict[str, Pick] = {}
    for part in filter(None, text.split(".")):
        name, _, title = part.partition(":")
        title = _title(title.replace("~1", ".").replace("~0", "~"))
        picks.setdefault(name, Pick(name, title))
    return Plan(tuple(picks.values()))


def to_json(plan: Plan) -> bytes:
    """The plan as a small file (UTF-8)."""
    slides = [
        {"id": pick.id} | ({"title": pick.title} if pick.title else {}) for pick in plan.picks
    ]
    said = {"version": VERSION, "slides": slides}
    return json.dumps(said, ensure_ascii=False, indent=2).encode("utf-8")


def from_json(content: bytes) -> Plan:
    """A small file → the plan. Raises ValueError where it is not one that to_json wrote."""
    said = json.loads(content.decode("utf-8-sig"))
    if not isinstance(said, dict) or said.get("version") != VERSION:
        raise ValueError(f"not a plan of version {VERSION}")
    slides = said.get("slides")
    if not isinstance(slides, list):
        raise ValueError("slides: a list is expected")
    picks: dict[str, Pick] = {}
    for entry in slides:
        if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
            raise ValueError(f"slides: {entry!r} has no id")
        if not isinstance(entry.get("title", ""), str):
            raise ValueError(f"slides: the title of {entry['id']!r} is no text")
        picks.setdefault(entry["id"], Pick(entry["id"], _title(entry.get("title", ""))))
    return Plan(tuple(picks.values()))


def _title(text: str) -> str:
    """One line, of at most LONGEST_TITLE characters."""
    return " ".join(text.split())[:LONGEST_TITLE]
