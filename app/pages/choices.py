"""The choices above a comparison: view, kind of chart, years, measure, the area in focus."""

import streamlit as st

from app import charts, filters
from app import format as fmt
from app.comparison import Comparison
from app.context import Context
from app.rates import measures_for
from app.selection import AUTOMATIC, FIGURE, LATEST, RANGE, VIEWS

_YEARS, _MEASURE, _KIND, _FOCUS = 205, 142, 165, 150


def show(context: Context, comparison: Comparison) -> None:
    """Draw the choices in one line; each is set from the selection and changes it."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        _view(context)
        _years(context)
        _measure(context, comparison)
        if context.selection.view == FIGURE:
            _kind(context, comparison)
        _focus(context)
    _shortcuts(context)


def kind_of(context: Context, comparison: Comparison) -> str:
    """The kind of chart to draw: the chosen one where it can show the data, else the suited one."""
    return charts.kind_of(comparison, context.selection.chart)


def _view(context: Context) -> None:
    words, key = context.words, "w_view"
    filters.put(key, context.selection.view)

    def changed() -> None:
        filters.change(view=st.session_state[key] or FIGURE)

    st.segmented_control(
        words("compare.view"),
        VIEWS,
        key=key,
        format_func=lambda name: words(f"compare.{name}"),
        on_change=changed,
        required=True,
        help=words("compare.view_help"),
    )


def _shortcuts(context: Context) -> None:
    """Keys 1 to 4 for the views: Streamlit ties keys to buttons, and these are not for the eye."""
    with st.container(key="shortcuts"):
        for number, view in enumerate(VIEWS, start=1):
            st.button(
                context.words(f"compare.{view}"),
                key=f"view_{view}",
                shortcut=str(number),
                on_click=filters.change,
                kwargs={"view": view},
            )


def _years(context: Context) -> None:
    """All years, each area's latest, or one: which of the years within the selection are shown."""
    table, chosen, words = context.table, context.selection, context.words
    years = table.years(chosen.body)
    if len(years) < 2:
        return
    key = "w_moment"
    all_years = (years[0], years[-1])
    filters.put(
        key,
        LATEST if chosen.at == LATEST else str(chosen.first) if chosen.one_year else RANGE,
    )  # fmt: skip

    def changed() -> None:
        picked = st.session_state[key]
        if picked in (RANGE, LATEST):
            first, last = all_years if chosen.one_year else (chosen.first, chosen.last)
            filters.change(at=picked, first=first, last=last)
        else:
            filters.change(at=RANGE, first=int(picked), last=int(picked))

    def label(option: str) -> str:
        first, last = all_years if chosen.one_year else (chosen.first, chosen.last)
        if option == RANGE:
            return words("compare.each_year", years=fmt.years(first, last, words))
        if option == LATEST:
            return words("compare.latest")
        return words("period.year", year=option)

    st.selectbox(
        words("compare.moment"),
        [RANGE, LATEST, *(str(year) for year in reversed(years))],
        key=key,
        format_func=label,
        on_change=changed,
        width=_YEARS,
    )


def _measure(context: Context, comparison: Comparison) -> None:
    words, key = context.words, "w_measure"
    offered = measures_for(comparison.indicator)
    if len(offered) < 2:
        return
    filters.put(key, comparison.measure)

    def changed() -> None:
        filters.change(measure=st.session_state[key])

    body = context.selection.body
    st.selectbox(
        words("measure.choose"),
        offered,
        key=key,
        format_func=lambda name: words(
            f"measure.{name}_{body}" if name == "deputy" else f"measure.{name}"
        ),
        on_change=changed,
        width=_MEASURE,
    )


def _kind(context: Context, comparison: Comparison) -> None:
    words, key = context.words, "w_chart"
    offered = charts.offered(comparison)
    if not comparison.cells or len(offered) < 2:
        return
    wanted = context.selection.chart
    filters.put(key, wanted if wanted in offered else AUTOMATIC)

    def changed() -> None:
        filters.change(chart=st.session_state[key])

    suited = words(f"compare.{charts.suited(comparison)}")
    st.selectbox(
        words("compare.kind"),
        [AUTOMATIC, *offered],
        key=key,
        format_func=lambda kind: (
            words("compare.automatic", kind=suited)
            if kind == AUTOMATIC
            else words(f"compare.{kind}")
        ),
        on_change=changed,
        width=_KIND,
    )


def _focus(context: Context) -> None:
    table, chosen, words = context.table, context.selection, context.words
    if len(chosen.areas) < 2:
        return
    key = "w_focus"
    filters.put(key, chosen.focus)

    def changed() -> None:
        filters.change(focus=st.session_state[key] or "")

    st.selectbox(
        words("compare.focus"),
        ["", *chosen.areas],
        key=key,
        format_func=lambda code: table.areas[code].label if code else words("compare.no_focus"),
        on_change=changed,
        width=_FOCUS,
    )
