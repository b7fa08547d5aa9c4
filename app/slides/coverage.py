"""The slides of coverage: indicators by areas and years, the four states told by their glyphs.

Where glyphs have no room, how many of the areas reported each indicator in each year.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison, compare, yearly_years
from app.data import Table
from app.selection import Selection
from app.slides.model import Grid, GridCell, Kind, Slide
from app.states import GLYPHS, State
from app.text import Text
from etl.catalogue import Indicator

GRID_ROWS = 9
GRID_COLUMNS = 14
COUNTED_YEARS = 8


def slides(
    table: Table, chosen: Selection, indicators: Sequence[Indicator], words: Text
) -> Iterator[Slide]:
    """The slides of `indicators` for the selection, at most GRID_ROWS a slide; none where no year is known."""
    found = [f for i in indicators for f in table.figures(chosen.body, i.id, chosen.areas)]
    years = yearly_years(table, chosen, [f for f in found if f.preferred])
    if not years or not indicators:
        return
    comparisons = [compare(table, chosen, i.id, years) for i in indicators]
    everything = [cell for comparison in comparisons for cell in comparison.cells]
    reported = sum(cell.figure is not None for cell in everything)
    headline = words("slide.coverage", body=words(f"body.{chosen.body}"), reported=f"{reported:,}",
                     all=f"{len(everything):,}")  # fmt: skip
    by_area = len(chosen.areas) * len(years) <= GRID_COLUMNS
    shown_years, left_out = years, ""
    if not by_area and len(years) > COUNTED_YEARS:
        shown_years = years[-COUNTED_YEARS:]
        left_out = words("slide.left_out.years", all=len(years), shown=COUNTED_YEARS)
    legend = (
        words("slide.counts")
        if not by_area
        else "　".join(
            words("slide.legend", glyph=GLYPHS[state], state=words(f"state.{state}"))
            for state in State
        )
    )
    # As even as can be: no slide of a single row behind a full one.
    count = -(-len(comparisons) // GRID_ROWS)
    rows = -(-len(comparisons) // count)
    for start in range(0, len(comparisons), rows):
        part = comparisons[start : start + rows]
        yield Slide(
            id="coverage" if start == 0 else f"coverage-{start // rows + 1}",
            kind=Kind.COVERAGE,
            headline=headline,
            subtitle=words("slide.coverage_scope", areas=len(chosen.areas),
                           years=fmt.years(years[0], years[-1], words),
                           indicators=len(indicators)),
            grid=_glyphs(table, part, chosen.areas, years, words)
            if by_area
            else _counts(part, shown_years, words),
            footnotes=(legend,),
            left_out=left_out,
        )  # fmt: skip


def _glyphs(
    table: Table,
    comparisons: Sequence[Comparison],
    areas: Sequence[str],
    years: Sequence[int],
    words: Text,
) -> Grid:
    groups = tuple((table.areas[area].label, len(years)) for area in areas)
    rows = tuple(
        (
            evidence.name_of(comparison.indicator, words),
            tuple(
                GridCell(GLYPHS[cell.state], cell.state, cell.key)
                for area in areas
                for cell in comparison.cells
                if cell.area == area and cell.year in years
            ),
        )
        for comparison in comparisons
    )
    columns = tuple(str(year) for _ in areas for year in years)
    return Grid(words("column.indicator"), groups, columns, rows, tuple(areas))


def _counts(comparisons: Sequence[Comparison], years: Sequence[int], words: Text) -> Grid:
    """How many of the areas reported each indicator in each year: 213/300."""
    rows = []
    for comparison in comparisons:
        reported = Counter(cell.year for cell in comparison.cells if cell.figure)
        cells = tuple(GridCell(f"{reported[year]}/{len(comparison.areas)}") for year in years)
        rows.append((evidence.name_of(comparison.indicator, words), cells))
    return Grid(words("column.indicator"), (), tuple(str(year) for year in years), tuple(rows))
