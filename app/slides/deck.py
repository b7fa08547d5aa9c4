"""A table and a selection → the slides of a deck.

A title slide; a slide for each indicator of the selection (the listed ones, else the current one
and the headline ones that have a figure), with totals over years and plans on slides of their own;
coverage; sources. Measure, years, focus and kind of chart are those of the selection, as app.scene
has them. What has no room is left out by rules that the slides state.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app import evidence
from app import format as fmt
from app.charts import unit_of
from app.comparison import Comparison, on_show, yearly_average
from app.data import Figure, Table
from app.scene import SLIDE, Room, apart, columns, points, scene
from app.selection import LATEST, Selection
from app.slides import coverage, said
from app.slides.model import Grid, GridCell, Kind, Slide, Source
from app.sources import Library
from app.text import Text
from app.theme import LIGHT, Palette
from app.typeset import ems, wrap
from etl.catalogue import Indicator
from etl.errors import DocumentError

MOST_APART = 8
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
    room: Room = SLIDE,
) -> tuple[Slide, ...]:
    """The slides of a selection in order; () where no area is chosen.

    `indicators` (ids) replaces the ones that the selection asks for; unknown ones are passed over.
    Of several that nobody listed, those without any figure are left out, and the slides say so; the
    current one stays. `palette` gives the areas their colours, `room` says how many have a place.
    """
    if not chosen.areas:
        return ()
    wanted = _wanted(table, chosen, indicators)
    shown = [(i, on_show(table, chosen, i.id)) for i in wanted]
    kept = shown
    if len(shown) > 1 and not chosen.listed:
        kept = [(i, c) for i, c in shown if c.figures or i.id == chosen.indicator] or shown[:1]
    empty = len(shown) - len(kept)
    left_out = words("slide.left_out.indicators", count=empty) if empty else ""
    drafts = [
        draft
        for _, comparison in kept
        for draft in _drafts(table, comparison, chosen, words, palette, room)
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
    table: Table,
    comparison: Comparison,
    chosen: Selection,
    words: Text,
    palette: Palette,
    room: Room,
) -> Iterator[tuple[Slide, tuple[Figure, ...]]]:
    """The slides of one indicator, each with the figures on it; sources are filled in later."""
    if comparison.cells or not comparison.figures:
        yield from _yearly(table, comparison, chosen, words, palette, room)
    for scope, figures in (("totals", comparison.totals), ("plans", comparison.plans)):
        if figures:
            yield _apart(table, comparison, figures, scope, chosen, words, palette)


def _yearly(
    table: Table,
    comparison: Comparison,
    chosen: Selection,
    words: Text,
    palette: Palette,
    room: Room,
) -> Iterator[tuple[Slide, tuple[Figure, ...]]]:
    drawn = scene(table, comparison, chosen, words, palette, room)
    shown, chart = drawn.shown, drawn.chart
    # What the headline says of all years, a chart of the latest ones says of those.
    whole = comparison if comparison.latest else replace(
        comparison, years=shown.years,
        cells=tuple(cell for cell in comparison.cells if cell.year in shown.years),
    )  # fmt: skip
    figures = tuple(cell.figure for cell in shown.cells if cell.figure)
    slide = Slide(
        id=comparison.indicator.id,
        kind=Kind.INDICATOR,
        headline=said.headline(table, whole, words),
        subtitle=_scope(comparison, chosen, words, _period(shown, chosen, words)),
        comparison=shown,
        chart=chart,
        missing=said.missing(table, whole, shown, words),
        definition=words("slide.definition", text=comparison.indicator.definition),
        footnotes=(
            *said.measure(table, shown, words),
            *said.differences(table, shown, words),
            *said.marks(figures, words),
            *said.axis(chart, words),
        ),
        left_out="".join(drawn.left_out),
    )
    if chart is None:
        # The latest years say in words what the headline says of all.
        grids = list(_values(table, shown, words))[-1:] if shown.cells else [None]
        yield replace(slide, grid=grids[0]), figures
        return
    if chart.labelled:
        yield slide, figures
        return
    yield replace(slide, left_out=slide.left_out + words("slide.left_out.labels")), figures
    for number, grid in enumerate(_values(table, shown, words), start=1):
        name = f"{slide.id}-table" + (f"-{number}" if number > 1 else "")
        yield replace(slide, id=name, chart=None, grid=grid), figures


def _values(table: Table, shown: Comparison, words: Text) -> Iterator[Grid]:
    """The comparison as tables, areas by years, what is missing written out.

    As many years a table as have room beside the names of the areas.
    """
    heads = columns(shown, words)
    rows: dict[str, list[GridCell]] = {area: [] for area in shown.areas}
    for cell, point in zip(shown.cells, points(table, shown, words), strict=True):
        rows[cell.area].append(GridCell(point.label, point.state, point.key))
    widest = max(ems(text) for text in [*heads, *(c.text for row in rows.values() for c in row)])
    names = min(GRID_NAMES, max(ems(table.areas[area].label) for area in shown.areas))
    room = max(1, int((GRID_WIDTH - names - GRID_GAP) / (widest + GRID_GAP)))
    for start in range(0, len(heads), room):
        part = slice(start, start + room)
        lines = tuple((table.areas[area].label, tuple(row[part])) for area, row in rows.items())
        yield Grid(words("column.area"), (), heads[part], lines, shown.areas)


def _apart(
    table: Table,
    comparison: Comparison,
    figures: tuple[Figure, ...],
    scope: str,
    chosen: Selection,
    words: Text,
    palette: Palette,
) -> tuple[Slide, tuple[Figure, ...]]:
    """Totals over years, or plans: bars that have their period in their name."""
    shown = figures[:MOST_APART]
    averages = any(yearly_average(f, comparison.indicator.kind) is not None for f in shown)
    left_out = ""
    if len(shown) < len(figures):
        left_out = words("slide.left_out.periods", all=len(figures), shown=len(shown))
    areas = tuple(dict.fromkeys(f.area_code for f in shown))
    heading = words(f"compare.{scope}")
    own = replace(comparison, areas=areas, totals=shown, plans=shown)
    unconverted = [words("rate.note.apart")] if comparison.rated else []
    slide = Slide(
        id=f"{comparison.indicator.id}-{scope}",
        kind=Kind.INDICATOR,
        headline=said.headline_apart(table, comparison, figures, scope, words),
        subtitle=_scope(comparison, chosen, words, heading, converted=False),
        comparison=own,
        scope=scope,
        chart=apart(table, own, shown, heading, chosen, words, palette),
        definition=words("slide.definition", text=comparison.indicator.definition),
        footnotes=(*unconverted, *said.marks(shown, words, averages)),
        left_out=left_out,
    )
    return slide, shown


def _period(shown: Comparison, chosen: Selection, words: Text) -> str:
    """The years on a chart: those of its columns, or those that the latest ones are within."""
    if shown.latest:
        within = fmt.years(chosen.first, chosen.last, words)
        return words("compare.latest_within", years=within)
    return fmt.years(shown.years[0], shown.years[-1], words) if shown.years else ""


def _scope(
    comparison: Comparison, chosen: Selection, words: Text, period: str, converted: bool = True
) -> str:
    unit = fmt.unit_name(comparison.indicator.unit, words)
    return words(
        "slide.scope",
        name=evidence.name_of(comparison.indicator, words),
        unit=unit_of(comparison, chosen.body, words) if converted else unit,
        body=words(f"body.{chosen.body}"),
        years=period,
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
    if chosen.at == LATEST:
        lines.append(words("slide.rule_latest"))
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
