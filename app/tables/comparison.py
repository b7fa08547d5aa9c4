"""What a comparison shows, as a table."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison, yearly_average
from app.data import Figure, Table
from app.markup import Node, el
from app.states import Cell
from app.tables.parts import framed, own_dot, value_cell
from app.text import Text
from app.theme import Style

# As many years are too many columns to stand beside the sentence of a figure.
MANY = 5


def comparison_table(
    table: Table,
    comparison: Comparison,
    styles: Mapping[str, Style],
    words: Text,
    areas: Sequence[str] | None = None,
) -> Node:
    """What the chart shows, as a table: areas by years, then totals over years and plans apart.

    `areas` are those to list (default: all), each with its rate under the figure where rates are
    shown; with each area's latest figure, its year stands beside it. Of MANY years and more, the
    unit of the rates stands in the caption alone.
    """
    many = not comparison.latest and len(comparison.years) >= MANY
    headings = [str(y) if many else fmt.years(y, y, words) for y in comparison.years]
    if comparison.latest:
        headings = [words("compare.latest")]
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        *(el("th", heading, scope="col") for heading in headings),
    )
    rows = []
    for area in comparison.areas if areas is None else areas:
        own = [cell for cell in comparison.cells if cell.area == area]
        rows.append(
            el("tr", el("th", own_dot(styles, area), table.areas[area].label, scope="row", cls="name"),
               *(_cell(cell, comparison, words, many) for cell in own))
        )  # fmt: skip
    parts = [
        framed(_caption(comparison, words, many), [head], rows,
               "comparison many" if many else "comparison")
    ] if headings else []  # fmt: skip
    for figures, caption in (
        (comparison.totals, "compare.totals"),
        (comparison.plans, "compare.plans"),
    ):
        if figures:
            parts.append(_apart(table, comparison, figures, words(caption), styles, words))
    return el("div", *parts)


def behind(tree: Node) -> Node:
    """A tree that only a screen reader finds, and the eye once the keyboard's focus is in it."""
    return el("div", tree, cls="behind")


def _caption(comparison: Comparison, words: Text, with_rate: bool) -> str:
    indicator = comparison.indicator
    unit = fmt.unit_name(indicator.unit, words)
    body = comparison.cells[0].body if comparison.cells else ""
    if comparison.rated and with_rate:
        rate = fmt.rate_unit(indicator.unit, comparison.measure, body, words)
        unit = words("compare.table_rate", unit=unit, rate=rate)
    return words("compare.table_caption", name=evidence.name_of(indicator, words), unit=unit)


def _cell(cell: Cell, comparison: Comparison, words: Text, many: bool) -> Node:
    shown = value_cell(cell, words, with_year=comparison.latest)
    if not comparison.rated or cell.figure is None:
        return shown
    rate = comparison.rates.get(cell.figure.fact_id)
    said = words("rate.lacking_short" if many else "rate.lacking")
    if rate:
        unit = fmt.rate_unit(cell.figure.unit, comparison.measure, cell.body, words)
        said = fmt.rate(rate.value, cell.figure.qualifier, words) + ("" if many else unit)
    return el("td", *shown.children, el("div", said, cls="why"), cls="value")


def _apart(
    table: Table,
    comparison: Comparison,
    figures: Sequence[Figure],
    caption: str,
    styles: Mapping[str, Style],
    words: Text,
) -> Node:
    averages = [yearly_average(f, comparison.indicator.kind) for f in figures]
    with_average = any(average is not None for average in averages)
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        el("th", words("column.period"), scope="col"),
        el("th", words("column.value"), scope="col"),
        el("th", words("column.average"), scope="col") if with_average else None,
    )
    rows = [
        el(
            "tr",
            el("th", own_dot(styles, f.area_code), table.areas[f.area_code].label,
               scope="row", cls="name"),
            el("td", evidence.period(f, words)),
            el("td", el("button", evidence.amount(f, words), cls="figure", pick=f.fact_id),
               cls="value"),
            el("td", "" if average is None else evidence.average(f, average, words), cls="value")
            if with_average else None,
        )
        for f, average in zip(figures, averages, strict=True)
    ]  # fmt: skip
    return framed(caption, [head], rows, "comparison")
