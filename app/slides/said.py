"""The words of a slide: its headline, who did not report, what the marks mean, the quotes.

A headline names the year, counts who reported and ranks only where that is certain
(app.comparability.largest): ≥ may be the most and never the less, 约 is not ranked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app import comparability, evidence, wording
from app import format as fmt
from app.comparison import Comparison, year_of
from app.data import Figure, Table
from app.rates import DEPUTY, Basis, Denominator
from app.scene import Chart
from app.slides.model import Quote, Source
from app.sources import Library
from app.states import Cell, State
from app.text import Text
from app.typeset import ems, shorten

MISSING_UP_TO = 90.0
SHORT_SOURCE = 18.0
NAMED_SOURCES = 4
NAMED_AREAS = 5


def headline(table: Table, comparison: Comparison, words: Text) -> str:
    """One sentence on the yearly figures, or on their rates where those are shown."""
    name = evidence.name_of(comparison.indicator, words)
    stated = [cell.figure for cell in comparison.cells if cell.figure]
    counts = {"name": name, "all": len(comparison.areas)}
    if comparison.rated:
        body = f"_{stated[0].body}" if stated and comparison.measure == DEPUTY else ""
        per = words(f"measure.{comparison.measure}{body}")
        counts["name"] = name = words("slide.headline.per", name=name, measure=per)
    if comparison.latest and stated:
        return words(
            "slide.headline.latest", **counts, years=_span([f.year_end for f in stated], words),
            reported=sum(comparison.measured(cell.figure) is not None for cell in comparison.cells),
        )  # fmt: skip
    single = len(comparison.areas) == 1
    year = year_of(comparison)
    if year is None:
        if stated:
            return words("slide.headline.no_rate", name=name, count=len(stated))
        counts["years"] = _span(comparison.years, words)
        if single:
            return words("slide.headline.none_single", **counts,
                         area=table.areas[comparison.areas[0]].label)  # fmt: skip
        return words("slide.headline.none", **counts)
    of_year = [cell.figure for cell in comparison.cells if cell.year == year]
    figures = [figure for each in of_year if (figure := comparison.measured(each))]
    counts |= {"years": fmt.years(year, year, words), "count": len(figures)}
    top = figures[0] if len(figures) == 1 else comparability.largest(figures)
    if top is None:
        key = "every" if len(figures) == len(comparison.areas) else "some"
    elif len(figures) == 1:
        key = "single" if single else "only"
    else:
        key = "highest" if top.unit == "%" or comparison.rated else "largest"
    if comparison.rated and not single:
        key += "_rate"
    found = {} if top is None else {
        "area": table.areas[top.area_code].label, "value": amount(top, comparison, words)
    }  # fmt: skip
    return words(f"slide.headline.{key}", **counts, **found)


def headline_apart(
    table: Table, comparison: Comparison, figures: Sequence[Figure], scope: str, words: Text
) -> str:
    """One sentence on totals over years or plans."""
    name = evidence.name_of(comparison.indicator, words)
    if len(figures) == 1:
        return words("slide.headline.total", name=name, value=evidence.describe(figures[0], words),
                     area=table.areas[figures[0].area_code].label)  # fmt: skip
    return words(f"slide.headline.{scope}", name=name, count=len(figures))


def amount(figure: Figure, comparison: Comparison, words: Text) -> str:
    """A measured figure with sign, unit and mark: ≥4,300条, 2件（计数）, 3.37人次/10万人."""
    if comparison.rated:
        unit = fmt.rate_unit(figure.unit, comparison.measure, figure.body, words)
        rate = fmt.rate(figure.value, figure.qualifier, words)
        shown = words("slide.rate", rate=rate, unit=unit)
    else:
        shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return shown + fmt.marks(figure.method, words)


def missing(table: Table, comparison: Comparison, shown: Comparison, words: Text) -> str:
    """Who did not report, state by state with the years; "" where everybody did.

    Where rates are shown, also whose figure has no denominator, with that figure. Where areas are
    left out of the chart, or the list is long, it counts for the headline's year instead.
    """
    if comparison.areas == shown.areas:
        parts = [
            words("slide.missing.state", state=words(f"state.{state}"), items=items)
            for state in (State.UNDISCLOSED, State.NO_DOCUMENT, State.NOT_APPLICABLE)
            if (items := _areas_in(state, table, shown.cells, words))
        ]
        parts += _lacking(table, shown, words)
        said = words("list.semicolon").join(parts)
        if ems(said) <= MISSING_UP_TO:
            return said
    year = year_of(comparison) or (comparison.years[-1] if comparison.years else None)
    if year is None:
        return ""
    cells = [cell for cell in comparison.cells if comparison.latest or cell.year == year]
    counts = Counter(cell.state for cell in cells)
    found = [
        words("slide.missing.count", state=words(f"state.{state}"), count=counts[state])
        for state in (State.UNDISCLOSED, State.NO_DOCUMENT, State.NOT_APPLICABLE)
        if counts[state]
    ]
    lacking = list(_lacking(table, shown, words))
    if comparison.areas != shown.areas:
        lacking = []
        if count := sum(_without_rate(comparison, cell) is not None for cell in cells):
            found.append(words("slide.missing.lacking_count", count=count))
    years = words("compare.latest") if comparison.latest else fmt.years(year, year, words)
    items = words("list.comma").join(found)
    counts_said = [words("slide.missing.counts", year=years, items=items)] if found else []
    return words("list.semicolon").join([*counts_said, *lacking])


def measure(table: Table, comparison: Comparison, words: Text) -> tuple[str, ...]:
    """How rates were made: the denominators with year and source, the number in brackets.

    With each area's latest figure, also that figures of different years are no fair comparison.
    """
    found = [words("slide.note.latest")] if comparison.latest else []
    if not used([comparison]):
        return tuple(found)
    unit = fmt.unit_name(comparison.indicator.unit, words)
    raw = words("slide.note.raw", unit=unit)
    return (*denominators(table, [comparison], words), raw, *found)


def denominators(table: Table, comparisons: Sequence[Comparison], words: Text) -> tuple[str, ...]:
    """What the rates on show were divided by: kind and year, the areas with numbers, the source."""
    groups: dict[tuple[str, int, str], dict[str, str]] = {}
    for given in used(comparisons):
        kind = f"{given.basis}_{given.body}" if given.body else str(given.basis)
        value = words("slide.note.persons", area=table.areas[given.area].label,
                      value=fmt.number(given.value))  # fmt: skip
        groups.setdefault((kind, given.year, given.source), {})[given.area] = value
    found = [
        words("slide.note.denominator", kind=words(f"slide.basis.{kind}", year=year),
              items=words("list.comma").join(values.values()), source=source)
        for (kind, year, source), values in groups.items()
    ]  # fmt: skip
    if any(given.basis is Basis.CENSUS for given in used(comparisons)):
        found.append(words("slide.note.census"))
    return tuple(found)


def used(comparisons: Sequence[Comparison]) -> tuple[Denominator, ...]:
    """The denominators of the rates on show, each once, in the order of the areas."""
    found = [
        rate.denominator
        for comparison in comparisons
        for cell in comparison.cells
        if cell.figure and (rate := comparison.rates.get(cell.figure.fact_id))
    ]
    return tuple(dict.fromkeys(found))


def axis(chart: Chart | None, words: Text) -> tuple[str, ...]:
    """That an axis does not begin at 0, where it does not."""
    if chart is None or not chart.start:
        return ()
    return (words("slide.note.start", start=f"{chart.start:g}%"),)


def marks(figures: Iterable[Figure], words: Text, averages: bool = False) -> tuple[str, ...]:
    """What the signs on a chart mean; only those that stand there."""
    figures = list(figures)
    methods = {figure.method for figure in figures}
    found = []
    if any(figure.qualifier != "exact" for figure in figures):
        found.append(words("slide.note.inexact"))
    found += [
        words(f"slide.note.{method}")
        for method in ("counted", "summed", "corrected")
        if method in methods
    ]
    if averages:
        found.append(words("slide.note.average"))
    return tuple(found)


def differences(table: Table, comparison: Comparison, words: Text) -> tuple[str, ...]:
    """Warnings where the figures do not share measure word or reading, or do not count the same."""
    stated = comparability.measure_words([c.figure for c in comparison.cells if c.figure])
    comma = words("list.comma")
    units = comma.join(unit or words("difference.no_measure") for unit in stated)
    found = [words(f"difference.{each}", units=units) for each in comparison.differences]
    if groups := wording.differing(comparison):
        said = []
        for kinds, areas in groups.items():
            names = comma.join(table.areas[area].label for area in areas)
            if len(areas) > NAMED_AREAS:
                names = words("difference.areas", count=len(areas))
            said.append(words("difference.group", areas=names, kinds=comma.join(kinds)))
        found.append(words("difference.wording", groups=words("list.semicolon").join(said)))
    merged = wording.merged(table, comparison)
    found += [
        words(
            "difference.merged",
            area=table.areas[figure.area_code].label,
            name=evidence.name_of(table.indicators[figure.indicator], words),
            figure=evidence.describe(figure, words),
        )
        for figure in merged[:NAMED_AREAS]
    ]
    if len(merged) > NAMED_AREAS:
        found.append(words("difference.merged_many", count=len(merged) - NAMED_AREAS))
    return tuple(found)


def sources(figures: Iterable[Figure], library: Library, words: Text) -> Mapping[str, Source]:
    """Document name → its numbered source, in the order of the figures."""
    published: dict[str, str] = {}
    for figure in figures:
        published.setdefault(figure.document, figure.published)
    return {
        name: _source(number, name, date, library, words)
        for number, (name, date) in enumerate(published.items(), start=1)
    }


def sources_note(found: Sequence[Source], words: Text) -> str:
    """The footnote that names the sources, or counts them where there are many."""
    if not found:
        return ""
    if len(found) > NAMED_SOURCES:
        return words("slide.sources_many", count=len(found))
    items = [words("slide.source", number=s.number, text=s.short) for s in found]
    return words("slide.sources_note", items=words("list.semicolon").join(items))


def quotes(
    figures: Iterable[Figure],
    table: Table,
    numbered: Mapping[str, Source],
    texts: Mapping[str, str | None],
    words: Text,
) -> tuple[Quote, ...]:
    """The sentence of each figure; `texts` has the documents' texts, None where one is gone."""
    return tuple(
        Quote(
            key=figure.fact_id,
            area=figure.area_code,
            said=table.areas[figure.area_code].label + evidence.describe(figure, words),
            sentence=figure.sentence,
            mark=evidence.mark_in_sentence(figure, texts.get(figure.document)),
            source=numbered[figure.document].number,
            note=figure.note,
        )
        for figure in figures
    )


def _source(number: int, name: str, published: str, library: Library, words: Text) -> Source:
    entry = library.entries.get(name)
    date = published or (str(entry.published) if entry and entry.published else "")
    date = evidence.fmt_date(date, words)
    title = entry.title if entry else ""
    said = (entry.publisher if entry else "") or title or name
    short = shorten(said, SHORT_SOURCE)
    short = words("slide.published_by", publisher=short, date=date) if date else short
    parts = [
        words("slide.reference", title=title) if title else "",
        entry.citation if entry else "",
    ]
    if not any(parts) or not (entry and entry.citation):
        parts += [entry.publisher if entry else "", date]
    parts.append(words("slide.file", name=name))
    return Source(
        number, name, short, words("slide.join").join(part.rstrip("。.") for part in parts if part)
    )


def _without_rate(comparison: Comparison, cell: Cell) -> Figure | None:
    """The figure of a cell that can't be shown as a rate, because it has no denominator."""
    return cell.figure if cell.figure and comparison.value(cell.figure) is None else None


def _lacking(table: Table, comparison: Comparison, words: Text) -> Iterator[str]:
    """The figures without a denominator, in words: their rate is not disclosed, they are."""
    items = [
        words("slide.missing.raw", area=table.areas[cell.area].label,
              years=fmt.years(cell.year, cell.year, words),
              value=fmt.with_unit(figure.value, figure.qualifier, figure.unit, words))
        for cell in comparison.cells
        if (figure := _without_rate(comparison, cell))
    ]  # fmt: skip
    if items:
        yield words("slide.missing.lacking", items=words("list.comma").join(items))


def _areas_in(state: State, table: Table, cells: Sequence[Cell], words: Text) -> str:
    years: dict[str, list[int]] = {}
    for cell in cells:
        if cell.state is state:
            years.setdefault(cell.area, []).append(cell.year)
    return words("list.comma").join(
        words("slide.missing.area", area=table.areas[area].label,
              years=words("list.comma").join(fmt.years(a, b, words) for a, b in _runs(own)))
        for area, own in years.items()
    )  # fmt: skip


def _runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ascending years → first and last of each unbroken run."""
    first = before = years[0]
    for year in years[1:]:
        if year != before + 1:
            yield first, before
            first = year
        before = year
    yield first, before


def _span(years: Sequence[int], words: Text) -> str:
    return fmt.years(min(years), max(years), words) if years else ""
