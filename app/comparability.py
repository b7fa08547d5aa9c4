"""Which figures of one indicator and year may be compared, and what can then be said for certain.

Figures are alike where they are of one kind (`kind`) and none of them is marked for checking. Of
alike figures, a lower bound (≥) may be the largest but never the smaller one, and an approximate
figure (约) is compared with none.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from app.data import Figure

EXACT = "exact"
_LOWER = (EXACT, "at_least")
_UPPER = (EXACT, "at_most")
_STATED, _COUNTED, _CORRECTED = "stated", "counted", "corrected"
Kind = tuple[str, str, str]


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


def kind(method: str, unit_text: str, area_level: str) -> Kind:
    """What two figures must share to be compared: how they are read, their measure word, the level.

    A person's correction says what the sentence states, so it is read like any statement. A count
    of titles has no measure word; a statement without one is of a kind of its own, as nobody can
    tell whether it counts 件 or 部.
    """
    return (
        _STATED if method == _CORRECTED else method,
        "" if method == _COUNTED else unit_text,
        area_level,
    )


def differences(figures: Sequence[Figure]) -> tuple[str, ...]:
    """What keeps figures from being alike: "measures", "methods", "levels", "notes"."""
    kinds = {_kind(figure) for figure in figures}
    found = []
    if len({measure for method, measure, _ in kinds if method != _COUNTED}) > 1:
        found.append("measures")
    if len({method for method, _, _ in kinds}) > 1:
        found.append("methods")
    if len({level for _, _, level in kinds}) > 1:
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
    groups = Counter(map(_kind, sure))
    most = groups.most_common(1)[0][0] if groups else None
    kept = tuple(figure for figure in sure if _kind(figure) == most)
    return Alike(kept, len(figures) - len(kept))


def measure_words(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The measure words that figures are stated in, each once; "" for a statement without one."""
    return tuple(dict.fromkeys(f.unit_text for f in figures if f.method != _COUNTED))


def _kind(figure: Figure) -> Kind:
    return kind(figure.method, figure.unit_text, figure.area_level)
