"""覆盖: area × indicator × year, each cell in one of four states and one click from its sentence.

However many areas there are, a page of them goes to the browser: `CELLS` cells or `ROWS` rows of
counts, about 200 kB.
"""

import streamlit as st

from app import controls, download, filters, session, tables, view
from app import format as fmt
from app.context import Context
from app.coverage import LISTED, MOST, ORDERS, Cube, cube
from app.markup import Node, el
from app.pages import paging, parts
from app.selection import ALL, AUTOMATIC, BY_YEAR, CHOSEN, COVERS, DETAIL
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
    years = [y for y in table.years(chosen.body) if chosen.first <= y <= chosen.last]
    scope = _scope(context)
    areas = list(table.areas) if scope == ALL else list(chosen.areas)
    if not areas or not years:
        st.title(words("coverage.heading", body=words(f"body.{chosen.body}")), anchor=False)
        if areas:
            st.info(words("coverage.nothing", body=words(f"body.{chosen.body}")))
        else:
            parts.show_nothing_chosen(context)
        return
    listed = [i.id for i in parts.listed(context)]
    download.button(context, listed, "coverage", chosen.of_totals)
    shown = context.remembered(
        "coverage", lambda: cube(table, chosen.body, listed, areas, years), chosen.listed, scope
    )
    kind, order = _kind(context, shown), _order(context, shown)
    above = context.tree(
        "coverage_above", lambda: _above(context, shown, scope, kind, order),
        chosen.listed, scope, kind, order,
    )  # fmt: skip
    view.show(above, "above", words, on_pick=_taken)
    found = set(_find(context, areas))
    places = [a for a in shown.ordered(order) if shown.areas[a] in found]
    if not places:
        paging.nothing_found(context)
        return
    _window(context, shown, places, kind)
    parts.follow(context, shown)


def _taken(key: str) -> None:
    """Take over what was chosen within the page's elements."""
    if choice := controls.taken(key, "scope", "order", "cover", "page"):
        filters.change(**choice)
    else:
        session.remember(key)


def window(shown: Cube, kind: str) -> int:
    """How many areas go on one page of a view."""
    if kind == DETAIL:
        return max(1, CELLS // (len(shown.indicators) * len(shown.years)))
    across = len(shown.years if kind == BY_YEAR else shown.indicators)
    return min(ROWS, max(1, ROW_CELLS // across))


def _scopes(context: Context) -> dict[str, int]:
    """Which areas can be shown, with their numbers; one kind where the other would be the same."""
    counts = {CHOSEN: len(context.selection.areas), ALL: len(context.table.areas)}
    return {s: n for s, n in counts.items() if n and (s == CHOSEN or n > counts[CHOSEN])}


def _scope(context: Context) -> str:
    offered, wanted = _scopes(context), context.selection.scope
    return wanted if wanted in offered else next(iter(offered), ALL)


def _order(context: Context, shown: Cube) -> str:
    suited = MOST if len(shown.areas) > ROWS else LISTED
    return suited if context.selection.order == AUTOMATIC else context.selection.order


def _above(context: Context, shown: Cube, scope: str, kind: str, order: str) -> Node:
    """The heading and the choices."""
    chosen, words = context.selection, context.words
    offered = [(s, words(f"coverage.scope_{s}", count=n)) for s, n in _scopes(context).items()]
    orders = [(o, words(f"coverage.order_{o}")) for o in ORDERS]
    kinds = [(c, words(f"coverage.{c}")) for c in COVERS]
    title = words("coverage.heading", body=words(f"body.{chosen.body}"))
    return el(
        "div",
        parts.head(title, _summary(context, shown)),
        controls.row(
            controls.buttons("scope", words("coverage.scope"), offered, scope)
            if len(offered) > 1
            else None,
            controls.buttons("cover", words("coverage.view"), kinds, kind),
            controls.listed("order", words("coverage.order"), orders, order)
            if len(shown.areas) > 1
            else None,
        ),
        cls="parts",
    )


def _find(context: Context, areas: list[str]) -> list[str]:
    """Draw what chooses the indicators, and looks for areas where they are many; returns those found."""
    if len(areas) <= ROWS // 4:
        parts.choose_listed(context, "coverage")
        return areas
    with st.container(horizontal=True, vertical_alignment="bottom"):
        parts.choose_listed(context, "coverage")
        return paging.find(context, areas)


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


def _kind(context: Context, shown: Cube) -> str:
    """Every cell where they fit a window, counts where they do not; the user may change it."""
    across = len(shown.areas) * len(shown.years)
    fits = shown.facts.size <= CELLS and not (context.window == "phone" and across > PHONE_COLUMNS)
    suited = DETAIL if fits else BY_YEAR
    return suited if context.selection.cover == AUTOMATIC else context.selection.cover


def _window(context: Context, shown: Cube, places: list[int], kind: str) -> None:
    """One page of areas."""
    size = window(shown, kind)
    pages = -(-len(places) // size)
    number = min(context.selection.turned(kind) or 1, pages)
    part = shown.of_areas(places[(number - 1) * size : number * size])
    tree = context.tree(
        "coverage_table",
        lambda: el(
            "div",
            paging.way(context, kind, number, len(places), size, "paging.areas"),
            *_table(context, part, kind),
            cls="parts",
        ),
        kind, number, len(places), part.areas, part.indicators,
    )  # fmt: skip
    view.show(tree, "coverage", context.words, on_pick=_taken)


def _table(context: Context, part: Cube, kind: str) -> tuple[Node, ...]:
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
    return above, cells, el("p", words("coverage.note"), cls="note")
