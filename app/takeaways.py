"""One comparison → a few sentences that are true of it.

They name the year, count who reported, and never rank a missing figure. What may be compared is
decided in app.comparability; where figures are not alike, a sentence says so instead of ranking
them. Each figure in a sentence carries the key of its evidence.

Where rates are shown, the sentences are on the rates: they name the denominator and its year, each
rate stands with its raw figure and keeps its ≥, and a figure without a denominator is named, not
compared.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app import comparability
from app import format as fmt
from app.comparability import EXACT, comparable
from app.comparison import Comparison, year_on_show
from app.data import Figure, Table
from app.rates import DEPUTY
from app.states import Cell, State
from app.text import Text

NAMED_UP_TO = 6
CHANGES_UP_TO = 3
MEDIAN_FROM = 10
_WAYS = ("up", "down", "same")


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

    Each area's latest figures are counted and not compared.
    """
    if not comparison.latest:
        return ("" if words.chinese else " ").join(sentences(table, comparison, words))
    years = sorted({cell.year for cell in comparison.cells if cell.figure})
    if not years:
        return words("compare.latest_none", all=len(comparison.cells))
    return words(
        "compare.latest_rated" if comparison.rated else "compare.latest_said",
        all=len(comparison.cells),
        reported=sum(cell.figure is not None for cell in comparison.cells),
        years=fmt.years(years[0], years[-1], words),
        rated=sum(comparison.measured(cell.figure) is not None for cell in comparison.cells),
        measure=measure_name(comparison, words),
    )


def takeaways(table: Table, comparison: Comparison, words: Text) -> list[Sentence]:
    """Up to three sentences on the year that most areas reported on, the latest of these.

    The first says who reported, the second how the figures compare, the third how they changed from
    the year before. None where no year has a figure.
    """
    year = year_on_show(comparison)
    if year is None:
        return []
    cells = [cell for cell in comparison.cells if cell.year == year]
    figures = [figure for cell in cells if (figure := comparison.measured(cell.figure))]
    found = [
        _disclosure(table, comparison, cells, figures, words),
        _rank(table, comparison, figures, words),
        _change(table, comparison, year, words),
    ]
    return [sentence for sentence in found if sentence]


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


def measure_name(comparison: Comparison, words: Text) -> str:
    """The measure of a comparison: 每十万人, 每百名代表."""
    body = comparison.cells[0].body if comparison.cells else ""
    of_body = f"_{body}" if comparison.measure == DEPUTY and body else ""
    return words(f"measure.{comparison.measure}{of_body}")


def stated(figure: Figure, words: Text) -> Stated:
    """Value, sign, unit and mark of a figure, as a way to its evidence."""
    shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return Stated(shown + fmt.marks(figure.method, words), figure.fact_id)


def _shown(figure: Figure, comparison: Comparison, words: Text) -> Stated:
    """A measured figure as it is said: a rate with its raw figure, 3.37（168人次）."""
    if not comparison.rated:
        return stated(figure, words)
    raw = next(
        c.figure for c in comparison.cells if c.figure and c.figure.fact_id == figure.fact_id
    )
    inside = (
        fmt.with_unit(raw.value, raw.qualifier, raw.unit, words),
        words(f"method.mark.{raw.method}"),
    )
    rate = fmt.rate(figure.value, figure.qualifier, words)
    return Stated(fmt.with_raw(rate, inside, words), figure.fact_id)


def _disclosure(
    table: Table,
    comparison: Comparison,
    cells: Sequence[Cell],
    figures: Sequence[Figure],
    words: Text,
) -> Sentence:
    """Who reported what; of rates, who has one, and whose figure has no denominator."""
    if comparable(figures) and all(f.qualifier == EXACT for f in figures):
        figures = sorted(figures, key=lambda f: -f.value)
    areas = [cell.area for cell in cells]
    said: list[Part] = [_counts(table, comparison, cells, len(figures), words)]
    if 0 < len(figures) <= NAMED_UP_TO:
        values = [
            words.parts("takeaway.value", area=table.areas[f.area_code].label,
                        value=_shown(f, comparison, words))
            for f in figures
        ]  # fmt: skip
        key = "takeaway.values" if len(cells) > 1 else "takeaway.value_of_one"
        said += words.parts(key, values=joined(values, words("list.comma")))
    said += _lacking(table, comparison, cells, words)
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


def _counts(
    table: Table, comparison: Comparison, cells: Sequence[Cell], reported: int, words: Text
) -> str:
    """How many of the areas reported, or have a rate, in the year of the cells."""
    areas = [cell.area for cell in cells]
    key = "disclosed"
    if comparison.rated:
        key = "converted" if reported else "not_converted"
    if reported == len(cells):
        key += "_by_one" if reported == 1 else "_by_all"
    counts = {
        "years": fmt.years(cells[0].year, cells[0].year, words),
        "all": counted(table, areas, len(cells), words),
        "reported": counted(table, areas, reported, words, part=True),
    }
    if comparison.rated:
        counts["measure"] = measure_name(comparison, words)
        counts["unit"] = fmt.rate_unit(
            comparison.indicator.unit, comparison.measure, cells[0].body, words
        )
        counts["denominator"] = _denominator(comparison, cells, words)
    return words(f"takeaway.{key}", **counts)


def _denominator(comparison: Comparison, cells: Sequence[Cell], words: Text) -> str:
    """What the rates of some cells were divided by, with its year; "" where there is no rate."""
    years = _denominator_years(comparison, [cell.figure for cell in cells if cell.figure])
    if not years:
        return ""
    body = f"_{cells[0].body}" if comparison.measure == DEPUTY else ""
    said = fmt.years(years[0], years[-1], words)
    return words(f"takeaway.divided.{comparison.basis}{body}", years=said)


def _denominator_years(comparison: Comparison, figures: Sequence[Figure]) -> list[int]:
    rates = [comparison.rates.get(figure.fact_id) for figure in figures]
    return sorted({rate.denominator.year for rate in rates if rate})


def _lacking(
    table: Table, comparison: Comparison, cells: Sequence[Cell], words: Text
) -> list[Part]:
    """The figures without a denominator: named with their raw figure, or counted."""
    found = [c.figure for c in cells if c.figure and comparison.measured(c.figure) is None]
    if not found:
        return []
    if len(found) > NAMED_UP_TO:
        count = counted(table, [cell.area for cell in cells], len(found), words)
        return [words("list.semicolon"), words("takeaway.lacking_many", count=count)]
    named = [
        words.parts("takeaway.lacking_value", area=table.areas[f.area_code].label,
                    value=stated(f, words))
        for f in found
    ]  # fmt: skip
    areas = joined(named, words("list.comma"))
    return [words("list.semicolon"), *words.parts("takeaway.lacking", areas=areas)]


def _rank(table: Table, comparison: Comparison, figures: Sequence[Figure], words: Text) -> Sentence:
    """Which figure is the largest, where that is certain; else what can be said instead."""
    if len(figures) < 2:
        return ()
    rated = comparison.rated
    count = counted(table, [figure.area_code for figure in figures], len(figures), words)
    differ = list(comparability.differences(figures))
    if len(_denominator_years(comparison, figures)) > 1:
        differ.append("denominators")
    elif comparability.equal(figures):
        return words.parts(f"takeaway.equal{'_rate' * rated}", count=count)
    elif len((alike := comparability.alike(figures)).figures) >= MEDIAN_FROM:
        return _middle(table, comparison, alike, words)
    elif top := comparability.largest(figures):
        key = "highest_rate" if rated else "highest" if top.unit == "%" else "largest"
        said = words.parts(f"takeaway.{key}", count=count, area=table.areas[top.area_code].label)
        if len(figures) > NAMED_UP_TO:
            said += words.parts("takeaway.being", value=_shown(top, comparison, words))
        return (*said, words("takeaway.stop"))
    if differ:
        reasons = words("list.comma").join(words(f"takeaway.differ.{name}") for name in differ)
        key = f"takeaway.not_alike{'_rate' * rated}"
        return words.parts(key, count=len(figures), reasons=reasons)
    return ()


def _middle(
    table: Table, comparison: Comparison, alike: comparability.Alike, words: Text
) -> Sentence:
    unit = alike.figures[0].unit
    middle = fmt.with_unit(alike.middle, EXACT, unit, words)
    if comparison.rated:
        per = fmt.rate_unit(unit, comparison.measure, alike.figures[0].body, words)
        middle = words("slide.rate", rate=fmt.rate(alike.middle, EXACT, words), unit=per)
    found = words.parts("takeaway.median", count=len(alike.figures), value=middle)
    if top := alike.top:
        highest = comparison.rated or unit == "%"
        key = "takeaway.median_highest" if highest else "takeaway.median_largest"
        area = table.areas[top.area_code].label
        found += words.parts(key, area=area, value=_shown(top, comparison, words))
    if alike.others:
        found += words.parts("takeaway.median_others", count=alike.others)
    return (*found, words("takeaway.stop"))


def _change(table: Table, comparison: Comparison, year: int, words: Text) -> Sentence:
    by_place = {
        (c.area, c.year): figure
        for c in comparison.cells
        if (figure := comparison.measured(c.figure))
    }
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
        return _changes(ways, count, (first, last), "_rate" * comparison.rated, words)
    said = [
        words.parts(
            f"takeaway.{_way(before, after)}{'_rate' * (comparison.rated or after.unit == '%')}",
            area=table.areas[after.area_code].label,
            first=first,
            last=last,
            before=_shown(before, comparison, words),
            after=_shown(after, comparison, words),
        )
        for before, after in pairs
    ]
    return (*joined(said, words("list.semicolon")), words("takeaway.stop"))


def _changes(
    ways: Counter[str], count: str, years: tuple[str, str], measure: str, words: Text
) -> Sentence:
    """How many of the areas that can be compared rose, fell and stayed the same, where any did."""
    named = {way: words(f"takeaway.way{measure}.{way}") for way in _WAYS if ways[way]}
    key = f"takeaway.changes{'_all' * (len(named) == 1)}{measure}"
    said = [
        name if len(named) == 1 else words("takeaway.way_count", count=ways[way], way=name)
        for way, name in named.items()
    ]
    first, last = years
    return words.parts(
        key, first=first, last=last, count=count, ways=words("list.comma").join(said)
    )


def _way(before: Figure, after: Figure) -> str:
    if before.value == after.value:
        return "same"
    return "up" if after.value > before.value else "down"
