"""覆盖: area × indicator × year, each cell in one of four states and one click from its sentence.

However many areas there are, a page of them goes to the browser: `CELLS` cells or `ROWS` rows of
counts, about 200 kB.
"""

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from app import download, filters, tables, view
from app import format as fmt
from app.context import Context
from app.coverage import LISTED, MOST, ORDERS, Cube, cube
from app.markup import Node, el
from app.pages import paging, parts
from app.selection import ALL, AUTOMATIC, BY_YEAR, CHOSEN, COVERS, DETAIL, SCOPES
from app.states import State
from app.theme import styles

CELLS = 900
ROWS = 40
ROW_CELLS = 1200
# A phone has room for so many columns of single cells.
PHONE_COLUMNS = 8


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(
                words("coverage.heading", body=words(f"body.{chosen.body}")),
                anchor=False,
            )
            summary = st.empty()
        if table.areas:
            download.button(
                context,
                [i.id for i in parts.listed(context)],
                "coverage",
                context.selection.of_totals,
            )
    if not table.areas:
        parts.show_nothing_chosen(context)
        return
    years = [y for y in table.years(chosen.body) if chosen.first <= y <= chosen.last]
    if not years:
        st.info(words("coverage.nothing", body=words(f"body.{chosen.body}")))
        return
    areas, order, found = _controls(context)
    if not areas:
        parts.show_nothing_chosen(context)
        return
    shown = context.remembered(
        "coverage",
        lambda: cube(table, chosen.body, [i.id for i in parts.listed(context)], areas, years),
        chosen.listed,
        chosen.scope,
    )
    summary.caption(_summary(context, shown))
    kind = _view(context, shown)
    wanted = set(found)
    places = [a for a in shown.ordered(order) if shown.areas[a] in wanted]
    if not places:
        paging.nothing_found(context)
        return
    picked = _window(context, shown, places, kind)
    parts.follow(context, picked, shown)


def window(shown: Cube, kind: str) -> int:
    """How many areas go on one page of a view."""
    if kind == DETAIL:
        return max(1, CELLS // (len(shown.indicators) * len(shown.years)))
    across = len(shown.years if kind == BY_YEAR else shown.indicators)
    return min(ROWS, max(1, ROW_CELLS // across))


def _controls(context: Context) -> tuple[list[str], str, list[str]]:
    """Draw the controls; returns the areas, their order, and those that the user looks for."""
    table, chosen, words = context.table, context.selection, context.words
    counts = {CHOSEN: len(chosen.areas), ALL: len(table.areas)}
    many = counts[ALL] > counts[CHOSEN]
    scope = CHOSEN
    order = LISTED
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if many:
            offered = SCOPES if chosen.areas else (ALL,)
            scope = chosen.scope if chosen.scope in offered else ALL
            _segmented("scope", offered, scope, words("coverage.scope"),
                       lambda s: words(f"coverage.scope_{s}", count=counts[s]))  # fmt: skip
        areas = list(table.areas) if scope == ALL else list(chosen.areas)
        found = areas
        parts.choose_listed(context, "coverage")
        if len(areas) > 1:
            suited = MOST if len(areas) > ROWS else LISTED
            order = suited if chosen.order == AUTOMATIC else chosen.order
            filters.put("w_order", order)
            st.selectbox(
                words("coverage.order"),
                ORDERS,
                format_func=lambda o: words(f"coverage.order_{o}"),
                key="w_order",
                on_change=lambda: filters.change(order=st.session_state["w_order"]),
                width=200,
            )
        if len(areas) > ROWS // 4:
            found = paging.find(context, areas)
    return areas, order, found


def _summary(context: Context, shown: Cube) -> str:
    """How many cells are in each state."""
    words, counts = context.words, shown.counts()
    said = words("list.comma").join(
        words("coverage.part", state=words(f"state.{state}"), count=f"{counts[state]:,}")
        for state in State
        if counts[state] or state is not State.NOT_APPLICABLE
    )
    return words(
        "coverage.summary",
        years=fmt.years(shown.years[0], shown.years[-1], words),
        areas=len(shown.areas),
        indicators=len(shown.indicators),
        all=f"{shown.facts.size:,}",
        parts=said,
    )


def _view(context: Context, shown: Cube) -> str:
    """Every cell where they fit a window, counts where they do not; the user may change it."""
    words, chosen = context.words, context.selection
    across = len(shown.areas) * len(shown.years)
    fits = shown.facts.size <= CELLS and not (context.window == "phone" and across > PHONE_COLUMNS)
    suited = DETAIL if fits else BY_YEAR
    kind = suited if chosen.cover == AUTOMATIC else chosen.cover
    _segmented("cover", COVERS, kind, words("coverage.view"), lambda v: words(f"coverage.{v}"),
               label_visibility="collapsed")  # fmt: skip
    return kind


def _segmented(
    name: str,
    options: Sequence[str],
    value: str,
    label: str,
    said: Callable[[str], str],
    label_visibility: Literal["visible", "collapsed"] = "visible",
) -> None:
    """A choice of the selection's part `name`."""
    key = f"w_{name}"
    filters.put(key, value)
    st.segmented_control(
        label, options, key=key, format_func=said, required=True,
        label_visibility=label_visibility,
        on_change=lambda: filters.change(**{name: st.session_state[key] or value}),
    )  # fmt: skip


def _window(context: Context, shown: Cube, places: list[int], kind: str) -> str:
    """One page of areas; returns the key that was clicked."""
    words = context.words
    on_show = paging.part(context, kind, len(places), window(shown, kind))
    part = shown.of_areas(places[on_show])
    tree = context.tree(
        "coverage_table", lambda: _table(context, part, kind), kind, part.areas, part.indicators
    )
    return view.show(tree, "coverage", words)


def _table(context: Context, part: Cube, kind: str) -> Node:
    """The table, above it what its cells mean, beneath it what a click does."""
    table, words = context.table, context.words
    if kind == DETAIL:
        above = tables.legend(words)
        looks = styles(part.areas, table.areas, context.palette)
        cells = tables.coverage(table, part, looks, words)
    elif kind == BY_YEAR:
        above = el("p", words("coverage.count_years", all=len(part.indicators)), cls="note")
        cells = tables.counts_by_year(table, part, words)
    else:
        above = el("p", words("coverage.count_indicators", all=len(part.years)), cls="note")
        cells = tables.counts_by_indicator(table, part, words)
    return el("div", above, cells, el("p", words("coverage.note"), cls="note"), cls="parts")
