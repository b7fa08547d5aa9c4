"""总览: what can be compared, what stands out and what is missing; then the headline figures.

Up to SIDE_BY_SIDE areas stand in columns; of more the table shows how their figures are spread, so
that what goes to the browser does not grow with their number.
"""

import streamlit as st

from app import download, filters, tables, view
from app import format as fmt
from app.comparison import compare, yearly_years
from app.context import Context
from app.coverage import Cube, cube
from app.data import Figure
from app.opening import opening
from app.pages import parts

SIDE_BY_SIDE = 8
ROWS = 12


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    headlines = [indicator.id for indicator in table.headlines_for(chosen.body)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(words("overview.heading", body=words(f"body.{chosen.body}")), anchor=False)
            if chosen.areas:
                st.caption(
                    words(
                        "overview.scope",
                        years=fmt.years(chosen.first, chosen.last, words),
                        areas=len(chosen.areas),
                        indicators=len(headlines),
                    )
                )
        if chosen.areas:
            download.button(context, headlines, "overview")
    if not chosen.areas:
        parts.show_nothing_chosen(context)
        return
    figures = _preferred(context, headlines)
    years = yearly_years(table, chosen, figures)
    shown = cube(table, chosen.body, headlines, chosen.areas, years)
    said = opening(table, shown, _totals(context, figures), words)
    picked = view.show(tables.opening(table, said, words), "opening", words)
    if figures:
        st.subheader(words("overview.headlines"), anchor=False)
        picked = _headlines(context, shown) or picked
    if years:
        st.subheader(words("overview.coverage"), anchor=False)
        picked = _coverage(context, shown) or picked
    parts.follow(context, picked, shown)


def _preferred(context: Context, headlines: list[str]) -> list[Figure]:
    chosen = context.selection
    return [
        figure
        for indicator in headlines
        for figure in context.table.figures(chosen.body, indicator, chosen.areas)
        if figure.preferred and chosen.includes(figure.year_start, figure.year_end)
    ]


def _totals(context: Context, figures: list[Figure]) -> int:
    return sum(not figure.yearly and not figure.planned for figure in figures)


def _headlines(context: Context, shown: Cube) -> str:
    """The table of the headline figures; returns the key that was clicked."""
    table, words = context.table, context.words
    if len(shown.areas) <= SIDE_BY_SIDE:
        comparisons = [compare(table, context.selection, i, shown.years) for i in shown.indicators]
        tree, note = tables.headlines(table, comparisons, context.styles, words), "headlines_note"
    else:
        spreads = tables.spreads(table, shown)
        tree, note = tables.spread_table(table, spreads, len(shown.areas), words), "spread_note"
    picked = view.show(tree, "headlines", words)
    st.caption(words(f"overview.{note}"))
    return picked


def _coverage(context: Context, shown: Cube) -> str:
    """Who reported how much in which year, and the way to every cell of it."""
    words = context.words
    if len(shown.areas) <= ROWS:
        picked = view.show(tables.counts_by_year(context.table, shown, words), "coverage", words)
        st.caption(words("overview.coverage_note"))
    else:
        picked = view.show(tables.counts_of_years(shown, words), "coverage", words)
    st.page_link(
        context.pages["coverage"],
        label=words("overview.coverage_link"),
        query_params=filters.params_with(context.selection),
    )
    return picked
