"""A table and a selection → the slides of a deck.

A title slide; a slide for each indicator of the selection (the listed ones, else the current one
and the headline ones that have a figure), with totals over years and plans on slides of their own;
coverage; sources. What has no room is left out by rules that the slides state: of the areas those
with the largest figures of the year most areas report, of the years the latest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app import evidence
from app import format as fmt
from app.comparison import Comparison, compare, yearly_average
from app.data import Figure, Table
from app.rates import TOTAL
from app.selection import Selection
from app.slides import coverage, said
from app.slides.model import Chart, Grid, GridCell, Kind, Point, Series, Slide, Source
from app.sources import Library
from app.states import Cell, State
from app.text import Text
from app.theme import LIGHT, Palette, Style, styles
from app.typeset import ems, wrap
from etl.catalogue import Indicator
from etl.errors import DocumentError

MOST_AREAS = 8
MOST_YEARS = 10
MOST_APART = 8
BARS_UP_TO = 2
LABELS_UP_TO = 15
BAR_LABELS_UP_TO = 12
# In ems of the table's type: the whole width, the widest name, the space between columns.
GRID_WIDTH, GRID_NAMES, GRID_GAP = 47.0, 12.0, 0.7
NAMED_AREAS = 4
SOURCE_LINES = 11
SOURCE_WIDTH = 47.0
SOURCE_SLIDES = 3


def deck(
    table: Table,
    library: Library,
    chosen: Selection,
    words: Text,
    indicators: Sequence[str] | None = None,
    palette: Palette = LIGHT,
) -> tuple[Slide, ...]:
    """The slides of a selection in order; () where no area is chosen.

    `indicators` (ids) replaces the ones that the selection asks for; unknown ones are passed over.
    Of several that nobody listed, those without any figure are left out, and the slides say so; the
    current one stays. `palette` gives the areas their colours.
    """
    if not chosen.areas:
        return ()
    wanted = _wanted(table, chosen, indicators)
    shown = [(i, compare(table, chosen, i.id)) for i in wanted]
    kept = shown
    if len(shown) > 1 and not chosen.listed:
        kept = [(i, c) for i, c in shown if c.figures or i.id == chosen.indicator] or shown[:1]
    empty = len(shown) - len(kept)
    left_out = words("slide.left_out.indicators", count=empty) if empty else ""
    drafts = [
        draft for _, comparison in kept for draft in _drafts(table, comparison, palette, words)
    ]
    used = [figure for _, figures in drafts for figure in figures]
    numbered = said.sources(used, library, words)
    texts = {name: _text(library, name) for name in numbered}
    slides = [
        _with_sources(slide, figures, table, numbered, texts, words) for slide, figures in drafts
    ]
    return (
        _title(table, chosen, len(kept), left_out, words),
        *slides,
        *(
            replace(slide, left_out=slide.left_out + left_out)
            for slide in coverage.slides(
                table, chosen, [i for i, _ in kept if not i.planned], words
            )
        ),
        *_sources(list(numbered.values()), words),
    )


def asked(table: Table, chosen: Selection) -> tuple[str, ...]:
    """The indicators (ids) that the slides of a selection are to be about, if they have figures."""
    return tuple(indicator.id for indicator in _wanted(table, chosen, None))


def _wanted(
    table: Table, chosen: Selection, indicators: Sequence[str] | None
) -> tuple[Indicator, ...]:
    of_body = {i.id: i for i in table.indicators_for(chosen.body)}
    if indicators is not None:
        return tuple(of_body[i] for i in dict.fromkeys(indicators) if i in of_body)
    if listed := [i for i in chosen.listed if i in of_body]:
        return tuple(of_body[i] for i in listed)
    first = [of_body[chosen.indicator]] if chosen.indicator in of_body else []
    return tuple(dict.fromkeys([*first, *table.headlines_for(chosen.body)]))


def _drafts(
    table: Table, comparison: Comparison, palette: Palette, words: Text
) -> Iterator[tuple[Slide, tuple[Figure, ...]]]:
    """The slides of one indicator, each with the figures on it; sources are filled in later."""
    if comparison.years or not comparison.figures:
        yield from _yearly(table, comparison, palette, words)
    for scope, figures in (("totals", comparison.totals), ("plans", comparison.plans)):
        if figures:
            yield _apart(table, comparison, figures, scope, palette, words)


def _yearly(
    table: Table, comparison: Comparison, palette: Palette, words: Text
) -> Iterator[tuple[Slide, tuple[Figure, ...]]]:
    comparison, left_out = _latest_years(comparison, words)
    shown, fewer = _largest_areas(comparison, words)
    left_out += fewer
    look = styles(shown.areas, table.areas, palette)
    figures = tuple(cell.figure for cell in shown.cells if cell.figure)
    slide = Slide(
        id=comparison.indicator.id,
        kind=Kind.INDICATOR,
        headline=said.headline(table, comparison, words),
        subtitle=_scope(comparison, shown.years, words),
        comparison=shown,
        chart=_chart(table, comparison, shown, look, words) if figures else None,
        missing=said.missing(table, comparison, shown, words),
        definition=words("slide.definition", text=comparison.indicator.definition),
        footnotes=(*said.differences(shown, words), *said.marks(figures, words)),
        left_out="".join(left_out),
    )
    if slide.chart is None:
        # The latest years say in words what the headline says of all.
        states = list(_values(table, shown, words))[-1:] if shown.years else [None]
        yield replace(slide, grid=states[0]), figures
        return
    if slide.chart.labelled:
        yield slide, figures
        return
    yield replace(slide, left_out=slide.left_out + words("slide.left_out.labels")), figures
    for number, grid in enumerate(_values(table, shown, words), start=1):
        name = f"{slide.id}-table" + (f"-{number}" if number > 1 else "")
        yield replace(slide, id=name, chart=None, grid=grid), figures


def _latest_years(comparison: Comparison, words: Text) -> tuple[Comparison, list[str]]:
    """The comparison over as many of its latest years as a chart has room for."""
    years = comparison.years
    if len(years) <= MOST_YEARS:
        return comparison, []
    kept = years[-MOST_YEARS:]
    cells = tuple(cell for cell in comparison.cells if cell.year in kept)
    left_out = words("slide.left_out.years", all=len(years), shown=MOST_YEARS)
    return replace(comparison, years=kept, cells=cells), [left_out]


def _largest_areas(comparison: Comparison, words: Text) -> tuple[Comparison, list[str]]:
    """The comparison of as many areas as a chart has room for: the largest of the headline's year."""
    areas = comparison.areas
    if len(areas) <= MOST_AREAS:
        return comparison, []
    year = said.year_of(comparison)
    counts = {"all": len(areas), "shown": MOST_AREAS}
    if year is None:
        kept = areas[:MOST_AREAS]
        left_out = words("slide.left_out.areas_first", **counts)
    else:
        order = sorted(
            (cell for cell in comparison.cells if cell.year == year),
            key=lambda cell: _order(cell.figure.value if cell.figure else None),
        )
        largest = {cell.area for cell in order[:MOST_AREAS]}
        kept = tuple(area for area in areas if area in largest)
        left_out = words("slide.left_out.areas", year=fmt.years(year, year, words), **counts)
    cells = tuple(cell for cell in comparison.cells if cell.area in kept)
    return replace(comparison, areas=kept, cells=cells), [left_out]


def _chart(
    table: Table, comparison: Comparison, shown: Comparison, look: Mapping[str, Style], words: Text
) -> Chart:
    """The numbers of the shown areas, and of the others of the comparison as a crowd."""
    kind = "bars" if len(shown.years) <= BARS_UP_TO else "lines"
    room = BAR_LABELS_UP_TO if kind == "bars" else LABELS_UP_TO
    series = tuple(
        Series(
            area=area,
            label=table.areas[area].label,
            style=style,
            points=tuple(_point(cell, words) for cell in shown.cells if cell.area == area),
        )
        for area, style in look.items()
    )
    if len(shown.years) == 1:
        series = tuple(sorted(series, key=lambda s: _order(s.points[0].value)))
    return Chart(
        kind=kind,
        categories=tuple(fmt.years(year, year, words) for year in shown.years),
        series=series,
        unit=fmt.unit_name(shown.indicator.unit, words),
        labelled=len(shown.areas) * len(shown.years) <= room,
        crowd=_crowd(comparison, shown),
    )


def _crowd(comparison: Comparison, shown: Comparison) -> tuple[tuple[float, ...], ...]:
    if len(comparison.areas) == len(shown.areas):
        return ()
    own = set(shown.areas)
    values: dict[int, list[float]] = {year: [] for year in shown.years}
    for cell in comparison.cells:
        if cell.figure and cell.area not in own:
            values[cell.year].append(cell.figure.value)
    return tuple(tuple(found) for found in values.values())


def _order(value: float | None) -> tuple[bool, float]:
    return value is None, -(value or 0)


def _point(cell: Cell, words: Text) -> Point:
    if cell.figure is None:
        return Point(None, words(f"state.{cell.state}"), True, cell.state, cell.key)
    return _figure_point(cell.figure, words)


def _figure_point(figure: Figure, words: Text, more: str = "") -> Point:
    label = fmt.value(figure.value, figure.qualifier, words) + fmt.marks(figure.method, words)
    exact = figure.qualifier == "exact"
    return Point(figure.value, label + more, exact, State.REPORTED, figure.fact_id)


def _values(table: Table, shown: Comparison, words: Text) -> Iterator[Grid]:
    """The comparison as tables, areas by years, what is missing written out.

    As many years a table as have room beside the names of the areas.
    """
    points = {(cell.area, cell.year): (_point(cell, words), cell) for cell in shown.cells}
    heads = {year: fmt.years(year, year, words) for year in shown.years}
    widest = max(ems(text) for text in [*heads.values(), *(p.label for p, _ in points.values())])
    names = min(GRID_NAMES, max(ems(table.areas[area].label) for area in shown.areas))
    room = int((GRID_WIDTH - names - GRID_GAP) / (widest + GRID_GAP))
    for start in range(0, len(shown.years), max(1, room)):
        years = shown.years[start : start + max(1, room)]
        rows = tuple(
            (
                table.areas[area].label,
                tuple(
                    GridCell(point.label, cell.state, cell.key)
                    for point, cell in (points[area, year] for year in years)
                ),
            )
            for area in shown.areas
        )
        yield Grid(words("column.area"), (), tuple(heads[y] for y in years), rows, shown.areas)


def _apart(
    table: Table,
    comparison: Comparison,
    figures: tuple[Figure, ...],
    scope: str,
    palette: Palette,
    words: Text,
) -> tuple[Slide, tuple[Figure, ...]]:
    """Totals over years, or plans: bars that have their period in their name."""
    shown = figures[:MOST_APART]
    look = styles([f.area_code for f in shown], table.areas, palette)
    series = []
    averages = False
    for figure in shown:
        average = yearly_average(figure, comparison.indicator.kind)
        more = ""
        if average is not None:
            averages = True
            more = words("chart.average", value=evidence.average(figure, average, words))
        label = f"{table.areas[figure.area_code].label} {evidence.period(figure, words)}"
        points = (_figure_point(figure, words, more),)
        series.append(Series(figure.area_code, label, look[figure.area_code], points))
    left_out = ""
    if len(shown) < len(figures):
        left_out = words("slide.left_out.periods", all=len(figures), shown=len(shown))
    areas = tuple(dict.fromkeys(f.area_code for f in shown))
    slide = Slide(
        id=f"{comparison.indicator.id}-{scope}",
        kind=Kind.INDICATOR,
        headline=said.headline_apart(table, comparison, figures, scope, words),
        subtitle=_scope(comparison, (), words, words(f"compare.{scope}")),
        comparison=replace(comparison, areas=areas, totals=shown, plans=shown),
        scope=scope,
        chart=Chart("bars", (words(f"compare.{scope}"),), tuple(series),
                    fmt.unit_name(comparison.indicator.unit, words)),
        definition=words("slide.definition", text=comparison.indicator.definition),
        footnotes=said.marks(shown, words, averages),
        left_out=left_out,
    )  # fmt: skip
    return slide, shown


def _scope(comparison: Comparison, years: Sequence[int], words: Text, period: str = "") -> str:
    found = comparison.figures
    body = found[0].body if found else comparison.cells[0].body if comparison.cells else ""
    return words(
        "slide.scope",
        name=evidence.name_of(comparison.indicator, words),
        unit=fmt.unit_name(comparison.indicator.unit, words),
        body=words(f"body.{body or comparison.indicator.bodies[0]}"),
        years=period or (fmt.years(years[0], years[-1], words) if years else ""),
    ).strip()


def _with_sources(
    slide: Slide,
    figures: Sequence[Figure],
    table: Table,
    numbered: Mapping[str, Source],
    texts: Mapping[str, str | None],
    words: Text,
) -> Slide:
    found = tuple(numbered[name] for name in dict.fromkeys(f.document for f in figures))
    note = said.sources_note(found, words)
    return replace(
        slide,
        sources=found,
        footnotes=(*slide.footnotes, *([note] if note else [])),
        quotes=said.quotes(figures, table, numbered, texts, words),
    )


def _text(library: Library, name: str) -> str | None:
    """The document's text; None where it is gone, so that its sentence stands without a mark."""
    try:
        return library.read(name).text
    except DocumentError:
        return None


def _title(table: Table, chosen: Selection, count: int, left_out: str, words: Text) -> Slide:
    names = [table.areas[area].label for area in chosen.areas]
    body = words(f"body.{chosen.body}")
    if len(names) <= NAMED_AREAS:
        headline = words("slide.title", areas=words("list.comma").join(names), body=body)
    else:
        headline = words("slide.title_many", count=len(names), body=body)
    lines = [words("slide.rule_missing"), words("slide.rule_source")]
    if chosen.measure != TOTAL:
        lines.append(words("slide.rule_totals"))
    if table.digest:
        lines.append(words("slide.rule_version", digest=table.digest))
    years = fmt.years(chosen.first, chosen.last, words)
    return Slide(
        id="title",
        kind=Kind.TITLE,
        headline=headline,
        subtitle=words("slide.subtitle", years=years, count=count),
        lines=tuple(lines),
        left_out=left_out,
    )


def _sources(found: Sequence[Source], words: Text) -> Iterator[Slide]:
    """The numbered references, as many a slide as its lines hold; the rest in the last one's notes."""
    entries = [words("slide.source", number=s.number, text=s.full) for s in found]
    pages: list[list[str]] = []
    used = SOURCE_LINES + 1
    for entry in entries:
        lines = len(wrap(entry, SOURCE_WIDTH))
        if used + lines > SOURCE_LINES:
            pages.append([])
            used = 0
        pages[-1].append(entry)
        used += lines
    rest = [entry for page in pages[SOURCE_SLIDES:] for entry in page]
    for number, page in enumerate(pages[:SOURCE_SLIDES], start=1):
        last = number == min(len(pages), SOURCE_SLIDES)
        yield Slide(
            id="sources" if number == 1 else f"sources-{number}",
            kind=Kind.SOURCES,
            headline=words("slide.sources"),
            subtitle=words("slide.sources_scope", count=len(found)),
            lines=tuple(page),
            left_out=words("slide.source_rest", count=len(rest)) if last and rest else "",
            footnotes=tuple(rest) if last else (),
        )
