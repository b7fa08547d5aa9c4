"""多指标: small charts of the chosen indicators, each one click from its comparison.

A page holds PANELS of them. Up to SIDE_BY_SIDE areas are lines of their own; of more, a band shows
how their figures are spread, and one area in focus stands over it.
"""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from app import controls, download, evidence, filters, session, tables, view
from app import format as fmt
from app.bands import bands
from app.charts import panel
from app.comparison import yearly_years
from app.context import Context
from app.coverage import Cube, cube
from app.markup import Node, Ready, el
from app.pages import paging, panels, parts
from app.pages.panels import SIDE_BY_SIDE
from app.selection import AXES
from etl.catalogue import Indicator

PANELS = 12
NAMED_UP_TO = 6
_PLACE = "panels"


def show(context: Context) -> None:
    """Draw the page."""
    chosen, words = context.selection, context.words
    if not chosen.areas:
        st.title(words("multiples.heading", body=words(f"body.{chosen.body}")), anchor=False)
        parts.show_nothing_chosen(context)
        return
    wanted = parts.listed(context)
    whole = context.remembered("multiples", lambda: _cube(context, wanted), chosen.listed)
    counts = whole.reported.sum(axis=(0, 2))
    with_figures = [i for i, count in zip(wanted, counts, strict=True) if count]
    _heading(context, with_figures)
    if len(chosen.areas) > controls.LISTED_UP_TO:
        left, right = st.columns([0.78, 0.22])
        with left:
            parts.choose_listed(context, "multiples")
        with right:
            _focus(context)
    else:
        parts.choose_listed(context, "multiples")
    if not with_figures:
        st.info(words("multiples.nothing"))
        return
    pages = -(-len(with_figures) // PANELS)
    number = min(chosen.turned(_PLACE) or 1, pages)
    shown = with_figures[(number - 1) * PANELS : number * PANELS]
    silent = [i for i, count in zip(wanted, counts, strict=True) if not count]
    tree, drawings = context.remembered(
        "panels", lambda: _page(context, shown, whole, silent, number, len(with_figures)),
        chosen.listed, number, chosen.axes, chosen.focus, context.window,
    )  # fmt: skip
    view.show(tree, "panels", words, on_pick=_taken, drawings=drawings)
    parts.follow(context)


def _taken(key: str) -> None:
    """Take over what was chosen within the page's element."""
    if choice := controls.taken(key, "axes", "focus", "page"):
        filters.change(**choice)
    else:
        session.remember(key)


def _cube(context: Context, indicators: Sequence[Indicator]) -> Cube:
    """The indicators over the years that say something, the same for all panels."""
    table, chosen = context.table, context.selection
    every = [y for y in table.years(chosen.body) if chosen.first <= y <= chosen.last]
    whole = cube(table, chosen.body, [i.id for i in indicators], chosen.areas, every)
    reported = whole.reported.sum(axis=(0, 1)) > 0
    with_report = yearly_years(table, chosen)
    return whole.of_years([y for y, year in enumerate(every) if reported[y] or year in with_report])


def _heading(context: Context, indicators: Sequence[Indicator]) -> None:
    chosen, words = context.selection, context.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(words("multiples.heading", body=words(f"body.{chosen.body}")), anchor=False)
            years = fmt.years(chosen.first, chosen.last, words)
            st.caption(words("multiples.scope", years=years, areas=len(chosen.areas),
                             shown=len(indicators)))  # fmt: skip
        # Over many areas' band, the one in focus stands out.
        focus = chosen.focus if len(chosen.areas) > SIDE_BY_SIDE else ""
        shown = replace(chosen.of_totals, focus=focus)
        download.button(context, [i.id for i in indicators], "multiples", shown)


def _focus(context: Context) -> None:
    """The area in focus, of so many that one has to look for it."""
    chosen = context.selection
    key = "w_panel_focus"
    filters.put(key, chosen.focus)

    def changed() -> None:
        filters.change(focus=st.session_state[key] or "")

    said = dict(_focusable(context))
    st.selectbox(
        context.words("multiples.focus"), list(said), key=key, on_change=changed, width=170,
        format_func=said.__getitem__,
    )  # fmt: skip


def _focusable(context: Context) -> list[tuple[str, str]]:
    table, words = context.table, context.words
    areas = [(code, table.areas[code].label) for code in context.selection.areas]
    return [("", words("multiples.no_focus")), *areas]


def _page(
    context: Context,
    shown: Sequence[Indicator],
    whole: Cube,
    silent: Sequence[Indicator],
    number: int,
    count: int,
) -> tuple[Ready, str]:
    """Part `number` of all panels as one element, with what is chosen above it; and its drawings."""
    words = context.words
    many = len(whole.areas) > SIDE_BY_SIDE
    lane = len(whole.years) <= panel.APART_UP_TO
    found = panels.panels(context, shown, whole)
    tree = el(
        "div",
        _controls(context, number, count),
        panels.places(context, found, len(whole.areas) * len(whole.years)),
        _silent(context, silent),
        el("p", words(f"multiples.{'note_band' if many else 'note' if lane else 'note_lines'}"),
           cls="note"),
        _behind(context, shown, whole, many),
        cls="parts",
    )  # fmt: skip
    return tree.ready, panels.drawings(context, found)


def _controls(context: Context, number: int, count: int) -> Node:
    """What is chosen above the panels, and what their colours mean."""
    chosen, words = context.selection, context.words
    few = len(chosen.areas) <= SIDE_BY_SIDE
    axes = [(name, words(f"multiples.axes_{name}")) for name in AXES]
    focus = None
    if 1 < len(chosen.areas) <= controls.LISTED_UP_TO:
        focus = controls.listed(
            "focus", words("multiples.focus"), _focusable(context), chosen.focus
        )
    return controls.row(
        controls.buttons("axes", words("multiples.axes"), axes, chosen.axes,
                         words("multiples.axes_help")),
        focus,
        paging.way(context, _PLACE, number, count, PANELS, "multiples.window"),
        tables.area_legend(context.table, context.styles, words) if few else None,
    )  # fmt: skip


def _silent(context: Context, indicators: Sequence[Indicator]) -> Node | None:
    """Name the indicators that are not drawn, or count them."""
    words = context.words
    if not indicators:
        return None
    if len(indicators) > NAMED_UP_TO:
        return el("p", words("multiples.silent_many", count=len(indicators)), cls="note")
    names = words("list.comma").join(evidence.name_of(i, words) for i in indicators)
    return el("p", words("multiples.silent", names=names), cls="note")


def _behind(context: Context, indicators: Sequence[Indicator], whole: Cube, many: bool) -> Node:
    """The charts as a table: heard by a screen reader, seen when the keyboard comes to it."""
    table, words = context.table, context.words
    if many:
        spread = bands(table, whole, [i.id for i in indicators])
        return tables.behind(tables.bands_table(table, spread, whole.years, words))
    every = panels.comparisons(context, indicators, whole.years)
    return tables.behind(tables.headlines(table, every, context.styles, words))
