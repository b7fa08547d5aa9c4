"""One comparison → a few sentences that are true of it.

They name the year, count who reported, and never rank a missing figure. What may be compared is
decided in app.comparability; where figures are not alike, a sentence says so instead of ranking
them. Each figure in a sentence carries the key of its evidence.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app import comparability
from app import format as fmt
from app.comparability import EXACT, comparable
from app.comparison import Comparison
from app.data import Figure, Table
from app.states import Cell, State
from app.text import Text

NAMED_UP_TO = 5
CHANGES_UP_TO = 3
MEDIAN_FROM = 10


@dataclass(frozen=True, slots=True)
class Stated:
    """The words of a figure within a sentence; `key` leads to its evidence."""

    text: str
    key: str


Part = str | Stated
Sentence = tuple[Part, ...]


def plain(sentence: Sentence) -> str:
    """The sentence as text."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence)


def sentences(table: Table, comparison: Comparison, words: Text) -> list[str]:
    """What `takeaways` says, as text."""
    return [plain(sentence) for sentence in takeaways(table, comparison, words)]


def summary(table: Table, comparison: Comparison, words: Text) -> str:
    """What a comparison shows, in a few sentences; "" where no year has a figure.

    Each area's latest figures are counted and not compared; where rates are shown, the sentences
    are on the totals and say so.
    """
    if comparison.latest:
        years = sorted({cell.year for cell in comparison.cells if cell.figure})
        return words(
            "compare.latest_said" if years else "compare.latest_none",
            all=len(comparison.cells),
            reported=sum(cell.figure is not None for cell in comparison.cells),
            years=fmt.years(years[0], years[-1], words) if years else "",
        )
    said = ("" if words.chinese else " ").join(sentences(table, comparison, words))
    return words("compare.of_totals", said=said) if said and comparison.rated else said


def takeaways(table: Table, comparison: Comparison, words: Text) -> list[Sentence]:
    """Up to three sentences on the year that most areas reported on, the latest of these.

    The first says who reported, the second how the figures compare, the third how they changed from
    the year before. None where no year has a figure.
    """
    year = year_of(comparison)
    if year is None:
        return []
    cells = [cell for cell in comparison.cells if cell.year == year]
    figures = [cell.figure for cell in cells if cell.figure]
    found = [
        _disclosure(table, cells, year, words),
        _rank(table, figures, words),
        _change(table, comparison, year, words),
    ]
    return [sentence for sentence in found if sentence]


def year_of(comparison: Comparison) -> int | None:
    """The year that most areas reported on, the latest of these; None without any figure."""
    counts = Counter(cell.year for cell in comparison.cells if cell.figure)
    return max(counts, key=lambda year: (counts[year], year)) if counts else None


def joined(items: Sequence[Sentence], between: str) -> Sentence:
    """The items one after the other, with `between` between them."""
    found: list[Part] = []
    for number, item in enumerate(items):
        found += [between, *item] if number else item
    return tuple(found)


def counted(table: Table, areas: Sequence[str], count: int, words: Text, part: bool = False) -> str:
    """So many of the areas, in the noun that suits all of them: 3市, 3个地区.

    As a `part` of a count that has the noun, English leaves it out: 2 of 3 cities.
    """
    cities = all(
        table.areas[area].level == "city"
        and table.areas[area].name.endswith(words("areas.city_end"))
        for area in areas
    )
    kind = "cities" if cities else "any"
    return words(f"areas.{'part_' * part}{kind}", count=count)


def stated(figure: Figure, words: Text) -> Stated:
    """Value, sign, unit and mark of a figure, as a way to its evidence."""
    shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return Stated(shown + fmt.marks(figure.method, words), figure.fact_id)


def _disclosure(table: Table, cells: Sequence[Cell], year: int, words: Text) -> Sentence:
    figures = [c.figure for c in cells if c.figure]
    if comparable(figures) and all(f.qualifier == EXACT for f in figures):
        figures.sort(key=lambda f: -f.value)
    areas = [cell.area for cell in cells]
    said: list[Part] = [
        words(
            "takeaway.disclosed",
            years=fmt.years(year, year, words),
            all=counted(table, areas, len(cells), words),
            reported=counted(table, areas, len(figures), words, part=True),
        )
    ]
    if len(figures) <= NAMED_UP_TO:
        values = [
            words.parts(
                "takeaway.value", area=table.areas[f.area_code].label, value=stated(f, words)
            )
            for f in figures
        ]
        said += words.parts("takeaway.values", values=joined(values, words("list.comma")))
    for state in (State.UNDISCLOSED, State.NO_DOCUMENT):
        names = [table.areas[c.area].label for c in cells if c.state is state]
        if names:
            few = len(names) <= NAMED_UP_TO
            said += [
                words("list.semicolon"),
                words(
                    "takeaway.missing" if few else "takeaway.missing_many",
                    areas=words("list.comma").join(names)
                    if few
                    else counted(table, areas, len(names), words),
                    state=words(f"state.{state}"),
                ),
            ]
    return (*said, words("takeaway.stop"))


def _rank(table: Table, figures: Sequence[Figure], words: Text) -> Sentence:
    """Which figure is the largest, where that is certain; else what can be said instead."""
    if len(figures) < 2:
        return ()
    count = counted(table, [figure.area_code for figure in figures], len(figures), words)
    if comparability.equal(figures):
        return words.parts("takeaway.equal", count=count)
    alike = comparability.alike(figures)
    if len(alike.figures) >= MEDIAN_FROM:
        return _middle(table, alike, words)
    if top := comparability.largest(figures):
        key = "takeaway.highest" if top.unit == "%" else "takeaway.largest"
        said = words.parts(key, count=count, area=table.areas[top.area_code].label)
        if len(figures) > NAMED_UP_TO:
            said += words.parts("takeaway.being", value=stated(top, words))
        return (*said, words("takeaway.stop"))
    if differ := comparability.differences(figures):
        reasons = words("list.comma").join(words(f"takeaway.differ.{name}") for name in differ)
        return words.parts("takeaway.not_alike", count=len(figures), reasons=reasons)
    return ()


def _middle(table: Table, alike: comparability.Alike, words: Text) -> Sentence:
    unit = alike.figures[0].unit
    found = words.parts(
        "takeaway.median",
        count=len(alike.figures),
        value=fmt.with_unit(alike.middle, EXACT, unit, words),
    )
    if top := alike.top:
        key = "takeaway.median_highest" if unit == "%" else "takeaway.median_largest"
        area = table.areas[top.area_code].label
        found += words.parts(key, area=area, value=stated(top, words))
    if alike.others:
        found += words.parts("takeaway.median_others", count=alike.others)
    return (*found, words("takeaway.stop"))


def _change(table: Table, comparison: Comparison, year: int, words: Text) -> Sentence:
    by_place = {(c.area, c.year): c.figure for c in comparison.cells if c.figure}
    pairs = [
        (before, after)
        for area in comparison.areas
        if (before := by_place.get((area, year - 1))) and (after := by_place.get((area, year)))
        if comparable([before, after]) and before.qualifier == after.qualifier == EXACT
    ]
    first, last = fmt.years(year - 1, year - 1, words), fmt.years(year, year, words)
    if not pairs:
        return ()
    if len(pairs) > CHANGES_UP_TO:
        ways = Counter(_way(before, after) for before, after in pairs)
        areas = [after.area_code for _, after in pairs]
        count = counted(table, areas, len(pairs), words)
        return words.parts("takeaway.changes", first=first, last=last, count=count,
                           up=ways["up"], down=ways["down"], same=ways["same"])  # fmt: skip
    said = [
        words.parts(
            f"takeaway.{_way(before, after)}{'_rate' * (after.unit == '%')}",
            area=table.areas[after.area_code].label,
            first=first,
            last=last,
            before=stated(before, words),
            after=stated(after, words),
        )
        for before, after in pairs
    ]
    return (*joined(said, words("list.semicolon")), words("takeaway.stop"))


def _way(before: Figure, after: Figure) -> str:
    if before.value == after.value:
        return "same"
    return "up" if after.value > before.value else "down"
