"""总览: what can be compared, what stands out and what is missing; then the headline figures.

Up to SIDE_BY_SIDE areas stand in columns; of more the table shows how their figures are spread, so
that what goes to the browser does not grow with their number.
"""

import numpy as np
import streamlit as st

from app import download, session, tables, view
from app import format as fmt
from app.comparison import compare, yearly_years
from app.context import Context
from app.coverage import Cube, cube
from app.markup import Node, el
from app.opening import opening
from app.pages import parts

SIDE_BY_SIDE = 8
ROWS = 12


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    headlines = [indicator.id for indicator in table.headlines_for(chosen.body)]
    if not chosen.areas:
        st.title(words("overview.heading", body=words(f"body.{chosen.body}")), anchor=False)
        parts.show_nothing_chosen(context)
        return
    download.button(context, headlines, "overview", chosen.of_totals)
    shown, figures, totals = context.remembered("overview", lambda: _figures(context, headlines))
    tree = context.tree("overview_page", lambda: _page(context, shown, figures > 0, totals))
    view.show(tree, "overview", words, on_pick=session.remember)
    parts.follow(context, shown)


def _page(context: Context, shown: Cube, with_figures: bool, totals: int) -> Node:
    """All of the page: the opening, the headline figures, and who reported how much."""
    table, chosen, words = context.table, context.selection, context.words
    scope = words(
        "overview.scope",
        years=fmt.years(chosen.first, chosen.last, words),
        areas=len(chosen.areas),
        indicators=len(shown.indicators),
    )
    return el(
        "div",
        parts.head(words("overview.heading", body=words(f"body.{chosen.body}")), scope),
        tables.opening(table, opening(table, shown, totals, words), words),
        _headlines(context, shown) if with_figures else None,
        _coverage(context, shown) if shown.years else None,
        parts.link_to("coverage", words("overview.coverage_link")) if shown.years else None,
        cls="parts",
    )


def _figures(context: Context, headlines: list[str]) -> tuple[Cube, int, int]:
    """The cube of the headline figures, how many there are, and how many are over several years."""
    table, chosen = context.table, context.selection
    # Whole columns, not records: the headlines of 300 areas are some 80,000 figures.
    found = [table.positions(chosen.body, i, chosen.areas) for i in headlines]
    places = np.concatenate(found) if found else np.array([], dtype=np.intp)
    rows = table.facts[["preferred", "status", "year_start", "year_end"]].iloc[places]
    kept = rows["preferred"].to_numpy(dtype=bool) & (
        (rows["year_start"] <= chosen.last) & (rows["year_end"] >= chosen.first)
    ).to_numpy(dtype=bool)
    yearly = kept & table.yearly_preferred[places]
    planned = (rows["status"] == "planned").to_numpy(dtype=bool)
    stated = np.unique(table.year_numbers[places[yearly]]).tolist()
    years = sorted({*yearly_years(table, chosen), *stated})
    totals = int((kept & ~yearly & ~planned).sum())
    return cube(table, chosen.body, headlines, chosen.areas, years), int(kept.sum()), totals


def _headlines(context: Context, shown: Cube) -> Node:
    """The table of the headline figures."""
    table, words = context.table, context.words
    if len(shown.areas) <= SIDE_BY_SIDE:
        every = [compare(table, context.selection, i, shown.years) for i in shown.indicators]
        figures, note = tables.headlines(table, every, context.styles, words), "headlines_note"
    else:
        spreads = tables.spreads(table, shown)
        figures, note = tables.spread_table(table, spreads, len(shown.areas), words), "spread_note"
    return tables.titled(words("overview.headlines"), figures, words(f"overview.{note}"))


def _coverage(context: Context, shown: Cube) -> Node:
    """Who reported how much in which year, and the way to every cell of it."""
    words = context.words
    if len(shown.areas) <= ROWS:
        counts, note = tables.counts_by_year(context.table, shown, words), "overview.coverage_note"
        return tables.titled(words("overview.coverage"), counts, words(note))
    return tables.titled(words("overview.coverage"), tables.counts_of_years(shown, words))
