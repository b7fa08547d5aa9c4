"""What a comparison shows, as a table."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison, yearly_average
from app.data import Figure, Table
from app.markup import Node, el
from app.tables.parts import dot, framed, value_cell
from app.text import Text
from app.theme import Style


def comparison_table(
    table: Table, comparison: Comparison, styles: Mapping[str, Style], words: Text
) -> Node:
    """What the chart shows, as a table: areas by years, then totals over years and plans apart."""
    indicator = comparison.indicator
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        *(el("th", fmt.years(y, y, words), scope="col") for y in comparison.years),
    )
    rows = []
    for area, style in styles.items():
        own = [cell for cell in comparison.cells if cell.area == area]
        rows.append(
            el("tr", el("th", dot(style), table.areas[area].label, scope="row", cls="name"),
               *(value_cell(cell, words) for cell in own))
        )  # fmt: skip
    parts = [
        framed(
            words("compare.table_caption", name=evidence.name_of(indicator, words),
                  unit=fmt.unit_name(indicator.unit, words)),
            [head], rows, "comparison",
        )
    ] if comparison.years else []  # fmt: skip
    for figures, caption in (
        (comparison.totals, "compare.totals"),
        (comparison.plans, "compare.plans"),
    ):
        if figures:
            parts.append(_apart(table, comparison, figures, words(caption), styles, words))
    return el("div", *parts)


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
            el("th", dot(styles[f.area_code]), table.areas[f.area_code].label,
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
