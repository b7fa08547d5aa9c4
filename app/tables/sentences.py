"""The sentences of one indicator side by side, each with its figure marked."""

from collections.abc import Callable, Mapping, Sequence

from app import evidence
from app.comparison import Comparison
from app.data import Figure, Table
from app.markup import Node, el
from app.sources import Library
from app.states import GLYPHS, Cell
from app.tables.parts import own_dot
from app.text import Text
from app.theme import Style


def sentences(
    table: Table,
    comparison: Comparison,
    areas: Sequence[str],
    styles: Mapping[str, Style],
    library: Library,
    document_text: Callable[[str], str | None],
    words: Text,
) -> Node:
    """A column an area: its figures with their sentences, and what is missing by name.

    `document_text` gives the text of a document by its name, or None where it is gone.
    """
    texts: dict[str, str | None] = {}
    columns = []
    for area in areas:
        figures = [f for f in comparison.figures if f.area_code == area]
        for figure in figures:
            texts.setdefault(figure.document, document_text(figure.document))
        gaps = [c for c in comparison.cells if c.area == area and c.figure is None]
        columns.append(
            el(
                "section",
                el("h2", own_dot(styles, area), table.areas[area].label),
                *(_said(f, library, texts[f.document], words) for f in figures),
                el("ul", *(_gap(cell, words) for cell in gaps)) if gaps else None,
                style=styles[area].color,
                cls="card said",
            )
        )
    return el("div", *columns, cls="cards sentences")


def _said(figure: Figure, library: Library, document: str | None, words: Text) -> Node:
    return el(
        "div",
        el("p", evidence.period(figure, words), " ",
           el("button", evidence.amount(figure, words), cls="figure", pick=figure.fact_id),
           cls="stated"),
        evidence.quote(figure, document),
        el("small", library.title(figure.document)),
        cls="evidence",
    )  # fmt: skip


def _gap(cell: Cell, words: Text) -> Node:
    state = words(
        "coverage.cell",
        years=words("period.year", year=cell.year),
        state=words(f"state.{cell.state}"),
    )
    glyph = el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true")
    return el("li", el("button", glyph, state, cls="figure missing", pick=cell.key))
