"""Coverage: the state of each cell by glyph and colour."""

from collections.abc import Mapping, Sequence

from app.comparison import Comparison
from app.data import Table
from app.markup import Node, el
from app.states import GLYPHS, State
from app.tables.parts import dot, framed, glyph_cell, indicator_head
from app.text import Text
from app.theme import Style


def coverage(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """Indicator × area × year: the state of each cell by glyph and colour, and a count."""
    years = comparisons[0].years if comparisons else ()
    over = el(
        "tr",
        el("th", words("column.indicator"), scope="col", rowspan=2, cls="name"),
        *(
            el("th", dot(style), table.areas[area].label, scope="colgroup",
               colspan=len(years), cls="area")
            for area, style in styles.items()
        ),
        el("th", words("coverage.reported"), scope="col", rowspan=2),
    )  # fmt: skip
    under = el("tr", *(el("th", str(y), scope="col", cls="year") for _ in styles for y in years))
    rows = []
    for comparison in comparisons:
        reported = sum(c.state is State.REPORTED for c in comparison.cells)
        cells = [glyph_cell(cell, table, words, cell.year == years[0]) for cell in comparison.cells]
        share = el("td", f"{reported}/{len(comparison.cells)}", cls="share")
        rows.append(el("tr", indicator_head(comparison, words), *cells, share))
    return framed(words("coverage.caption"), [over, under], rows, "coverage")


def legend(words: Text) -> Node:
    """What the glyphs of the coverage table mean."""
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", GLYPHS[state], cls=f"glyph {state}", hidden="true"),
                el("span", words(f"state.{state}")),
                el("small", words(f"state.{state}.meaning")),
            )
            for state in State
        ),
        cls="legend",
    )
