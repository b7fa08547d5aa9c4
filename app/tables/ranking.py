"""The areas in their order, with ranks that say how certain they are."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison
from app.data import Table
from app.markup import Node, el
from app.ranking import Place
from app.tables.parts import framed, own_dot, value_cell
from app.text import Text
from app.theme import Style


def ranking_table(
    table: Table,
    comparison: Comparison,
    places: Sequence[Place],
    styles: Mapping[str, Style],
    words: Text,
) -> Node:
    """The places in their order; with rates, the raw figure and its denominator beside them."""
    rated = comparison.rated
    head = el(
        "tr",
        el("th", words("rank.rank"), scope="col", cls="rank"),
        el("th", words("column.area"), scope="col", cls="area"),
        el("th", words(f"measure.{comparison.measure}"), scope="col") if rated else None,
        el("th", words("measure.total" if rated else "column.value"), scope="col"),
        el("th", words("rate.denominator"), scope="col") if rated else None,
        el("th", words("column.year"), scope="col") if comparison.latest else None,
    )
    rows = []
    for place in places:
        cell = place.cell
        rate = comparison.rates.get(cell.figure.fact_id) if cell.figure else None
        rows.append(
            el(
                "tr",
                el("td", said(place, words), cls="rank"),
                el("th", own_dot(styles, cell.area), table.areas[cell.area].label, scope="row",
                   cls="area"),
                el("td", el("strong", _rate(place, comparison, words)), cls="value")
                if rated else None,
                value_cell(cell, words),
                el("td", evidence.denominator(rate.denominator, words) if rate else "",
                   cls="unit") if rated else None,
                el("td", fmt.years(cell.year, cell.year, words), cls="value")
                if comparison.latest else None,
            )
        )  # fmt: skip
    indicator = comparison.indicator
    caption = words("compare.table_caption", name=evidence.name_of(indicator, words),
                    unit=fmt.unit_name(indicator.unit, words))  # fmt: skip
    return framed(caption, [head], rows, "comparison ranking")


def said(place: Place, words: Text) -> str:
    """A rank as it is printed: 3, 3（并列）, 3*, 3或更前; for what is not ranked, why."""
    figure = place.cell.figure
    if not place.rank:
        return words("rank.about") if figure and place.value is not None else words("rank.none")
    if figure and not place.certain and figure.qualifier in ("at_least", "at_most"):
        return words(f"rank.{figure.qualifier}", rank=place.rank)
    shown = words("rank.tied", rank=place.rank) if place.tied else str(place.rank)
    return shown if place.certain else shown + "*"


def _rate(place: Place, comparison: Comparison, words: Text) -> str:
    figure = place.cell.figure
    if figure is None:
        return ""
    if place.value is None:
        return words("rate.lacking")
    return fmt.rate(place.value, figure.qualifier, words)
