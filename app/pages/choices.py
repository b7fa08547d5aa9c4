"""The choices above a comparison: view, kind of chart, years, measure, the area in focus.

They are one element with what has to be known before comparing; a list of areas in which one has to
look for a name is Streamlit's. Keys 1 to 4 press the views.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from app import charts, controls, filters, view
from app import format as fmt
from app.comparison import Comparison
from app.context import Context
from app.markup import Node, el
from app.rates import measures_for
from app.selection import AUTOMATIC, FIGURE, LATEST, RANGE, VIEWS

_FOCUS = 150
_KEYS = ("1", "2", "3", "4")
# The parts of the selection that are chosen here.
_PARTS = ("view", "at", "measure", "chart", "focus")


def show(
    context: Context,
    comparison: Comparison,
    above: Callable[[], Sequence[Node]],
    warnings: Sequence[str],
) -> None:
    """Draw what `above` makes, the choices in one line, and the `warnings`.

    The list of many areas stands in that line, too.
    """
    words = context.words

    def taken(key: str) -> None:
        take(context, key)

    if len(context.selection.areas) <= controls.LISTED_UP_TO:
        whole = context.tree(
            "choices",
            lambda: _page(above(), _row(context, comparison), warnings),
            context.choices,
        )
        view.show(whole, "choices", words, on_pick=taken)
        return
    head = context.tree("head", lambda: _page(above(), None, ()), context.choices)
    view.show(head, "head", words, on_pick=taken)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        row = context.tree("choices", lambda: _row(context, comparison), context.choices)
        view.show(row, "choices", words, on_pick=taken)
        _focus_of_many(context)
    if warnings:
        st.text(_remarks(warnings))


def steps(context: Context) -> Node:
    """The ways to the indicators before and after this one."""
    words = context.words
    return el(
        "div",
        *(
            el("button", words(f"filters.{name}"), el("small", key, hidden="true"),
               pick=f"step:{step}", key=key)
            for name, key, step in (("previous", "P", -1), ("next", "N", 1))
        ),
        cls="steps",
    )  # fmt: skip


def take(context: Context, key: str) -> None:
    """Take over what was chosen here; for callbacks."""
    for name, value in controls.taken(key, "step", *_PARTS).items():
        if name == "step":
            filters.step_indicator(context.table, context.selection, int(value))
        elif name == "at":
            filters.change(**_years_of(context, value))
        else:
            filters.change(**{name: value})


def kind_of(context: Context, comparison: Comparison) -> str:
    """The kind of chart to draw: the chosen one where it can show the data, else the suited one."""
    return charts.kind_of(comparison, context.selection.chart)


def _page(above: Sequence[Node], row: Node | None, warnings: Sequence[str]) -> Node:
    remarks = el("p", _remarks(warnings), cls="stated") if warnings else None
    return el("div", *above, row, remarks, cls="parts")


def _row(context: Context, comparison: Comparison) -> Node:
    few = len(context.selection.areas) <= controls.LISTED_UP_TO
    return controls.row(
        _view(context),
        _years(context),
        _measure(context, comparison),
        _kind(context, comparison) if context.selection.view == FIGURE else None,
        _focus(context) if few else None,
    )


def _remarks(warnings: Sequence[str]) -> str:
    return "\n".join(f"⚠ {warning}" for warning in warnings)


def _view(context: Context) -> Node:
    words = context.words
    options = [(name, words(f"compare.{name}")) for name in VIEWS]
    return controls.buttons("view", words("compare.view"), options, context.selection.view,
                            words("compare.view_help"), _KEYS)  # fmt: skip


def _years(context: Context) -> Node | None:
    """All years, each area's latest, or one: which of the years within the selection are shown."""
    chosen, words = context.selection, context.words
    years = context.table.years(chosen.body)
    if len(years) < 2:
        return None
    first, last = _all_years(context)
    options = [
        (RANGE, words("compare.each_year", years=fmt.years(first, last, words))),
        (LATEST, words("compare.latest")),
        *((str(year), words("period.year", year=year)) for year in reversed(years)),
    ]
    value = LATEST if chosen.at == LATEST else str(chosen.first) if chosen.one_year else RANGE
    return controls.listed("at", words("compare.moment"), options, value)


def _all_years(context: Context) -> tuple[int, int]:
    """The chosen years, or, where that is one, all that there are."""
    chosen = context.selection
    years = context.table.years(chosen.body)
    return (years[0], years[-1]) if chosen.one_year else (chosen.first, chosen.last)


def _years_of(context: Context, picked: str) -> dict[str, object]:
    """What an option of `_years` makes of the selection."""
    if picked in (RANGE, LATEST):
        first, last = _all_years(context)
        return {"at": picked, "first": first, "last": last}
    return {"at": RANGE, "first": int(picked), "last": int(picked)}


def _measure(context: Context, comparison: Comparison) -> Node | None:
    words, body = context.words, context.selection.body
    offered = measures_for(comparison.indicator)
    if len(offered) < 2:
        return None
    options = [
        (name, words(f"measure.{name}_{body}" if name == "deputy" else f"measure.{name}"))
        for name in offered
    ]
    return controls.listed("measure", words("measure.choose"), options, comparison.measure)


def _kind(context: Context, comparison: Comparison) -> Node | None:
    words = context.words
    offered = charts.offered(comparison)
    if not comparison.cells or len(offered) < 2:
        return None
    wanted = context.selection.chart
    suited = words(f"compare.{charts.suited(comparison)}")
    options = [
        (AUTOMATIC, words("compare.automatic", kind=suited)),
        *((kind, words(f"compare.{kind}")) for kind in offered),
    ]
    value = wanted if wanted in offered else AUTOMATIC
    return controls.listed("chart", words("compare.kind"), options, value)


def _focusable(context: Context) -> list[tuple[str, str]]:
    areas = [(code, context.table.areas[code].label) for code in context.selection.areas]
    return [("", context.words("compare.no_focus")), *areas]


def _focus(context: Context) -> Node | None:
    if len(context.selection.areas) < 2:
        return None
    label = context.words("compare.focus")
    return controls.listed("focus", label, _focusable(context), context.selection.focus)


def _focus_of_many(context: Context) -> None:
    """The area in focus, of so many that one has to look for it."""
    key = "w_focus"
    filters.put(key, context.selection.focus)

    def changed() -> None:
        filters.change(focus=st.session_state[key] or "")

    said = dict(_focusable(context))
    st.selectbox(
        context.words("compare.focus"), list(said), key=key, format_func=said.__getitem__,
        on_change=changed, width=_FOCUS,
    )  # fmt: skip
