"""One comparison → a few sentences that are true of it.

They name the year, count who reported, and never rank a missing figure. Areas are ranked, and
years compared, only where the figures are read in the same way, stated in the same measure word,
and certain enough: a lower bound (≥) may be the largest but never the smaller one, an approximate
figure (约) is not compared at all.
"""

from collections import Counter
from collections.abc import Sequence

from app import format as fmt
from app.comparison import Comparison
from app.data import Figure, Table
from app.states import Cell, State
from app.text import Text

NAMED_UP_TO = 5
_LOWER = ("exact", "at_least")
_UPPER = ("exact", "at_most")


def sentences(table: Table, comparison: Comparison, words: Text) -> list[str]:
    """Up to three sentences on the year that most areas reported on, the latest of these.

    None where no year has a figure.
    """
    counts = Counter(cell.year for cell in comparison.cells if cell.figure)
    if not counts:
        return []
    year = max(counts, key=lambda each: (counts[each], each))
    cells = [cell for cell in comparison.cells if cell.year == year]
    found = [_disclosure(table, cells, year, words)]
    if top := largest([cell.figure for cell in cells if cell.figure]):
        count = sum(cell.figure is not None for cell in cells)
        key = "takeaway.highest" if top.unit == "%" else "takeaway.largest"
        found.append(words(key, count=count, area=table.areas[top.area_code].label))
    found += _change(table, comparison, year, words)
    return found


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


def comparable(figures: Sequence[Figure]) -> bool:
    """Whether the figures are read in the same way and stated in the same measure word."""
    shared = {(figure.method, figure.unit_text) for figure in figures}
    return len(shared) == 1


def _disclosure(table: Table, cells: Sequence[Cell], year: int, words: Text) -> str:
    comma = words("list.comma")
    figures = sorted((c.figure for c in cells if c.figure), key=lambda f: -f.value)
    values = [
        table.areas[f.area_code].label
        + fmt.with_unit(f.value, f.qualifier, f.unit, words)
        + fmt.marks(f.method, words)
        for f in figures
    ]
    missing = []
    for state in (State.UNDISCLOSED, State.NO_DOCUMENT):
        names = [table.areas[c.area].label for c in cells if c.state is state]
        if names:
            shown = comma.join(names) if len(names) <= NAMED_UP_TO else len(names)
            key = "takeaway.missing" if len(names) <= NAMED_UP_TO else "takeaway.missing_many"
            missing.append(words(key, areas=shown, state=words(f"state.{state}")))
    said = words(
        "takeaway.disclosed",
        years=fmt.years(year, year, words),
        all=len(cells),
        reported=len(figures),
    )
    if len(values) <= NAMED_UP_TO:
        said += words("takeaway.values", values=comma.join(values))
    return words("list.semicolon").join([said, *missing]) + words("takeaway.stop")


def _change(table: Table, comparison: Comparison, year: int, words: Text) -> list[str]:
    by_place = {(c.area, c.year): c.figure for c in comparison.cells if c.figure}
    for area in comparison.areas:
        before, after = by_place.get((area, year - 1)), by_place.get((area, year))
        if before is None or after is None or not comparable([before, after]):
            continue
        if before.qualifier != "exact" or after.qualifier != "exact":
            continue
        way = (
            "same"
            if before.value == after.value
            else "up"
            if after.value > before.value
            else "down"
        )
        return [
            words(
                f"takeaway.{way}",
                area=table.areas[area].label,
                first=fmt.years(year - 1, year - 1, words),
                last=fmt.years(year, year, words),
                before=fmt.with_unit(before.value, "exact", before.unit, words),
                after=fmt.with_unit(after.value, "exact", after.unit, words),
            )
        ]
    return []
