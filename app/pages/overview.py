"""总览: what each area reported, the headline figures side by side, and what is missing."""

import streamlit as st

from app import download, tables, view
from app import format as fmt
from app.comparison import compare, yearly_years
from app.context import Context
from app.coverage import cube
from app.pages import parts


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    headlines = table.headlines_for(chosen.body)
    st.title(words("overview.heading", body=words(f"body.{chosen.body}")), anchor=False)
    if not chosen.areas:
        parts.show_nothing_chosen(context)
        return
    figures = [
        figure
        for indicator in headlines
        for figure in table.figures(chosen.body, indicator.id, chosen.areas)
        if figure.preferred
    ]
    years = yearly_years(table, chosen, figures)
    comparisons = [compare(table, chosen, indicator.id, years) for indicator in headlines]
    st.caption(
        words(
            "overview.scope",
            years=fmt.years(chosen.first, chosen.last, words),
            areas=len(chosen.areas),
            indicators=len(headlines),
        )
    )
    download.button(context, [indicator.id for indicator in headlines], "overview")
    view.show(tables.cards(table, comparisons, context.styles, words), "cards", words)
    if not years and not any(comparison.totals for comparison in comparisons):
        st.info(words("overview.no_years"))
        return
    st.subheader(words("overview.headlines"), anchor=False)
    picked = view.show(
        tables.headlines(table, comparisons, context.styles, words), "headlines", words
    )
    st.caption(words("overview.headlines_note"))
    if years:
        st.subheader(words("overview.coverage"), anchor=False)
        view.show(tables.legend(words), "legend", words)
        shown = cube(table, chosen.body, [i.id for i in headlines], chosen.areas, years)
        picked = picked or view.show(
            tables.coverage(table, shown, context.styles, words), "coverage", words
        )
    parts.follow(context, picked)
