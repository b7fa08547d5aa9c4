"""What several pages share: headings, the evidence of a figure, and the way to its document."""

import streamlit as st

from app import evidence, filters, view
from app.context import Context
from app.data import Figure
from app.states import Cell, cell, parse_key

SOURCE = "source"
COMPARE = "compare"
_DIALOG = "_dialog"


def show_nothing_chosen(context: Context) -> None:
    """Why there is nothing to show, and what to do: no data yet, or no area chosen."""
    words = context.words
    st.info(words("filters.no_areas") if context.table.areas else words("build.nothing"))


def resolve(context: Context, key: str) -> Figure | Cell | None:
    """The figure, or the missing cell, behind the key of a mark; None for any other text."""
    if place := parse_key(key):
        area, body, indicator, year = place
        if area not in context.table.areas or indicator not in context.table.indicators:
            return None
        return cell(context.table, area, body, indicator, year)
    return context.table.figure(key)


def show_evidence(context: Context, key: str, place: str) -> None:
    """The evidence panel of a figure or missing cell, with the link into its document."""
    found = resolve(context, key)
    words = context.words
    if found is None:
        st.text(words("evidence.none"))
        return
    if isinstance(found, Cell) and found.figure:
        found = found.figure
    if isinstance(found, Figure):
        tree = evidence.panel(
            found,
            context.table,
            context.document_text(found.document),
            context.style(found.area_code),
            words,
        )
        document, label = found.document, words("evidence.open")
        fact = "" if found.doubt else found.fact_id
    else:
        tree = evidence.missing(
            found, context.table, context.library, context.style(found.area), words
        )
        document = found.report.document if found.report else ""
        fact, label = "", words("evidence.open_report")
    view.show(tree, f"evidence_{place}", words, key)
    if document in context.library.paths:
        st.page_link(
            context.pages[SOURCE],
            label=label,
            query_params=filters.params_with(context.selection, document=document, fact=fact),
        )
    if isinstance(found, Figure):
        view.show(
            evidence.background(found, context.table, context.library, words),
            f"background_{place}",
            words,
            key,
            on_pick=_set_dialog if place == _DIALOG else filters.choose_fact,
        )


def _set_dialog(key: str) -> None:
    st.session_state[_DIALOG] = key


def open_dialog(context: Context, key: str) -> None:
    """The evidence panel in a dialog over the page."""
    st.session_state[_DIALOG] = key

    @st.dialog(context.words("evidence.title"), width="medium")
    def dialog() -> None:
        show_evidence(context, st.session_state[_DIALOG], _DIALOG)

    dialog()


def follow(context: Context, picked: str) -> None:
    """Go where a click leads: to an indicator's comparison, or to a figure's evidence."""
    if picked.startswith("indicator:"):
        indicator = picked.removeprefix("indicator:")
        st.switch_page(
            context.pages[COMPARE],
            query_params=filters.params_with(context.selection, indicator=indicator, fact=""),
        )
    elif picked:
        open_dialog(context, picked)
