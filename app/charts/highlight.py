"""Which few of many areas are named and coloured, and how short the words of the others are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.charts.canvas import Setting, escape
from app.charts.marks import Mark
from app.theme import styles_of

MOST = 5


def year_of(marks: Sequence[Mark]) -> int | None:
    """The year with most figures, the latest of these; None where there is no figure."""
    counts = Counter(mark.year for mark in marks if mark.value is not None and mark.year)
    return max(counts, key=lambda year: (counts[year], year), default=None)


def highlighted(marks: Sequence[Mark], setting: Setting) -> tuple[str, ...]:
    """The area in focus alone; without one, the chosen mark's and the largest of `year_of`, to MOST."""
    if setting.focus:
        return (setting.focus,)
    picked = [mark.area for mark in marks if mark.key == setting.chosen]
    year = year_of(marks)
    largest = sorted(
        (mark for mark in marks if mark.year == year and mark.value is not None),
        key=lambda mark: -(mark.value or 0),
    )
    picked += [mark.area for mark in largest]
    return tuple(dict.fromkeys(picked))[:MOST]


def distinct(setting: Setting, named: Sequence[str]) -> Setting:
    """The setting with a style of its own for each named area; the others have none."""
    return replace(setting, styles=dict(zip(named, styles_of(setting.palette), strict=False)))


def crowded(mark: Mark, setting: Setting) -> str:
    """Area and value of a grey mark as text for Plotly: whole sentences of thousands would weigh too much."""
    return f"{escape(setting.names[mark.area][:20])} {escape(mark.short)}"
