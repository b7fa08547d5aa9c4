"""Which figures of one indicator and year may be compared, and what can then be said for certain.

Figures are alike where they are read in the same way, stated in the same measure word, reported by
areas of the same level, and none of them is marked for checking. Of alike figures, a lower bound (≥)
may be the largest but never the smaller one, and an approximate figure (约) is compared with none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.data import Figure

EXACT = "exact"
_LOWER = (EXACT, "at_least")
_UPPER = (EXACT, "at_most")


@dataclass(frozen=True, slots=True)
class Alike:
    """Of many figures, the exact ones that are alike; `others` of them could not be compared."""

    figures: tuple[Figure, ...]
    others: int

    @property
    def middle(self) -> float:
        """The median of them."""
        return median(figure.value for figure in self.figures)

    @property
    def top(self) -> Figure | None:
        """The largest of them; None where two share that place."""
        return largest(self.figures)

    @property
    def bottom(self) -> Figure | None:
        """The smallest of them (who all reported); None where two share that place."""
        least = min(self.figures, key=lambda figure: figure.value)
        shared = [figure for figure in self.figures if figure.value == least.value]
        return least if len(self.figures) > 1 and len(shared) == 1 else None


def differences(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What keeps figures from being alike: "measures", "methods", "levels", "notes"."""
    found = []
    if len({figure.unit_text for figure in figures}) > 1:
        found.append("measures")
    if len({figure.method for figure in figures}) > 1:
        found.append("methods")
    if len({figure.area_level for figure in figures}) > 1:
        found.append("levels")
    if any(figure.note for figure in figures):
        found.append("notes")
    return tuple(found)


def comparable(figures: Sequence[Figure]) -> bool:
    """Whether there are figures and all of them are alike."""
    return bool(figures) and not differences(figures)


def largest(figures: Sequence[Figure]) -> Figure | None:
    """The figure that is certainly larger than each of the others; None where that is not certain."""
    if len(figures) < 2 or not comparable(figures):
        return None
    top = max(figures, key=lambda figure: figure.value)
    others = [figure for figure in figures if figure is not top]
    certain = top.qualifier in _LOWER and all(
        other.qualifier in _UPPER and other.value < top.value for other in others
    )
    return top if certain else None


def equal(figures: Sequence[Figure]) -> bool:
    """Whether two or more figures are certainly the same."""
    return (
        len(figures) > 1
        and comparable(figures)
        and all(figure.qualifier == EXACT for figure in figures)
        and len({figure.value for figure in figures}) == 1
    )


def alike(figures: Sequence[Figure]) -> Alike:
    """The most numerous exact figures that are alike; of two groups as large, the first."""
    sure = [figure for figure in figures if figure.qualifier == EXACT and not figure.note]
    groups = Counter((f.method, f.unit_text, f.area_level) for f in sure)
    kind = groups.most_common(1)[0][0] if groups else None
    kept = tuple(f for f in sure if (f.method, f.unit_text, f.area_level) == kind)
    return Alike(kept, len(figures) - len(kept))
