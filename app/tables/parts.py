"""What the tables are made of: a frame that scrolls, heads of rows and columns, cells."""

from collections.abc import Mapping

from app import evidence
from app import format as fmt
from app.data import Table
from app.markup import Node, el
from app.states import GLYPHS, Cell
from app.text import Text
from app.theme import Style
from etl.catalogue import Indicator


def framed(caption: str, head: list[Node], rows: list[Node], cls: str) -> Node:
    return el(
        "div",
        el("table", el("caption", caption), el("thead", *head), el("tbody", *rows), cls=cls),
        cls="scroll",
        role="region",
        label=caption,
        tabindex="0",
    )


def titled(heading: str, table: Node, note: str = "") -> Node:
    """A table beneath its heading, with what has to be known to read it."""
    below = el("p", note, cls="note") if note else None
    return el("section", el("h2", heading), table, below, cls="titled")


def dot(style: Style) -> Node:
    return el("span", style.glyph, cls="glyph", style=style.color, hidden="true")


def own_dot(styles: Mapping[str, Style], area: str) -> Node | None:
    """The area's dot; none where there are more areas than styles, so that it would not tell which."""
    return dot(styles[area]) if len(set(styles.values())) == len(styles) else None


def area_head(table: Table, area: str, style: Style) -> Node:
    return el("th", dot(style), table.areas[area].label, scope="col", cls="area")


def indicator_head(indicator: Indicator, words: Text, with_unit: bool = False) -> Node:
    """The name as a way to the comparison; `with_unit` is for a table whose units a phone has no room for."""
    return el(
        "th",
        el("button", evidence.name_of(indicator, words), cls="link",
           pick=f"indicator:{indicator.id}", title=words("overview.open_indicator")),
        el("small", fmt.unit_name(indicator.unit, words)) if with_unit else None,
        scope="row",
        cls="name",
    )  # fmt: skip


def value_cell(cell: Cell, words: Text, with_year: bool = False) -> Node:
    if cell.figure is None:
        return el(
            "td",
            el("button", el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true"),
               words(f"state.{cell.state}"), cls="figure missing", pick=cell.key),
            cls="value missing",
        )  # fmt: skip
    figure = cell.figure
    return el(
        "td",
        el(
            "button",
            el("strong", fmt.value(figure.value, figure.qualifier, words)),
            el("span", fmt.marks(figure.method, words), cls="notes"),
            cls="figure",
            pick=figure.fact_id,
        ),
        el("small", fmt.years(cell.year, cell.year, words)) if with_year else None,
        cls="value",
    )


def glyph_cell(cell: Cell, table: Table, words: Text, first: bool) -> Node:
    said = (
        evidence.describe(cell.figure, words)
        if cell.figure
        else words(
            "coverage.cell",
            years=fmt.years(cell.year, cell.year, words),
            state=words(f"state.{cell.state}"),
        )
    )
    label = words("coverage.label", area=table.areas[cell.area].label, said=said)
    return el(
        "td",
        el("button", el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true"),
           label=label, pick=cell.key),
        cls="first" if first else None,
    )  # fmt: skip
