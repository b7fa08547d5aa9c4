"""The overview’s indicators side by side."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison, latest
from app.data import Table
from app.markup import Node, el
from app.states import GLYPHS, State
from app.tables.parts import area_head, framed, indicator_head, value_cell
from app.text import Text
from app.theme import Style


def headlines(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """The overview's indicators: each area's latest figure within the years, with its year."""
    head = el(
        "tr",
        el("th", words("column.indicator"), scope="col", cls="name"),
        el("th", words("column.unit"), scope="col", cls="unit"),
        *(area_head(table, area, style) for area, style in styles.items()),
    )
    rows = [
        el(
            "tr",
            indicator_head(comparison.indicator, words, with_unit=True),
            el("td", fmt.unit_name(comparison.indicator.unit, words), cls="unit"),
            *(_latest_cell(comparison, area, words) for area in styles),
        )
        for comparison in comparisons
    ]
    return framed(words("overview.headlines_caption"), [head], rows, "headlines")


def _latest_cell(comparison: Comparison, area: str, words: Text) -> Node:
    cell = latest(comparison, area)
    total = next((f for f in comparison.totals if f.area_code == area), None)
    if (cell is None or cell.state is not State.REPORTED) and total is not None:
        return el(
            "td",
            el("button", evidence.amount(total, words), cls="figure", pick=total.fact_id),
            el("small", evidence.period(total, words)),
            cls="value total",
        )
    if cell is None:
        return el("td", el("span", GLYPHS[State.NO_DOCUMENT], cls="glyph no_document"),
                  words("state.no_document"), cls="value missing")  # fmt: skip
    return value_cell(cell, words, with_year=True)
