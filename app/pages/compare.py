"""对比: one indicator, the chosen areas by year, each mark one click from its sentence."""

import plotly.graph_objects as go
import streamlit as st

from app import charts, download, evidence, filters, tables, takeaways, view
from app import format as fmt
from app.comparison import Comparison, compare
from app.context import Context
from app.exports.names import file_stem
from app.pages import parts
from app.selection import AUTOMATIC, FIGURE, TABLE
from app.text import Text


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    if not chosen.areas or chosen.indicator not in table.indicators:
        st.title(words("page.compare"), anchor=False)
        parts.show_nothing_chosen(context)
        return
    comparison = compare(table, chosen)
    _heading(context, comparison)
    named = marks(context, comparison)
    current = chosen.fact if chosen.fact in named else next(iter(named), "")
    if not named:
        st.info(words("compare.nothing", name=evidence.name_of(comparison.indicator, words)))
        _definition(comparison, words)
        return
    if said := takeaways.sentences(table, comparison, words):
        st.text("".join(said) if words.chinese else " ".join(said))
    left, right = st.columns([0.63, 0.37], gap="large")
    with left:
        _views(context, comparison, current)
    with right:
        _evidence(context, named, current)


def marks(context: Context, comparison: Comparison) -> dict[str, str]:
    """All marks of the page by key, figures first, with the words that name them in a list."""
    table, words = context.table, context.words
    found: dict[str, str] = {}
    for figure in comparison.figures:
        area = table.areas[figure.area_code].label
        found[figure.fact_id] = words(
            "evidence.option", area=area, value=evidence.describe(figure, words)
        )
    for cell in comparison.cells:
        if cell.figure is None:
            state = words(
                "coverage.cell",
                years=fmt.years(cell.year, cell.year, words),
                state=words(f"state.{cell.state}"),
            )
            area = table.areas[cell.area].label
            found[cell.key] = words("evidence.option", area=area, value=state)
    return found


def _heading(context: Context, comparison: Comparison) -> None:
    table, chosen, words = context.table, context.selection, context.words
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=True):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(evidence.name_of(comparison.indicator, words), anchor=False)
            st.caption(
                words(
                    "compare.scope",
                    body=words(f"body.{chosen.body}"),
                    years=fmt.years(chosen.first, chosen.last, words),
                    unit=fmt.unit_name(comparison.indicator.unit, words),
                )
            )
        st.button(
            words("filters.previous"),
            key="previous_indicator",
            on_click=filters.step_indicator,
            args=(table, chosen, -1),
        )
        st.button(
            words("filters.next"),
            key="next_indicator",
            on_click=filters.step_indicator,
            args=(table, chosen, 1),
        )
        download.button(context, [chosen.indicator], "compare")


def _views(context: Context, comparison: Comparison, current: str) -> None:
    words = context.words
    chosen = _view(context, comparison)
    if chosen == TABLE:
        view.show(
            tables.comparison_table(context.table, comparison, context.styles, words),
            "comparison",
            words,
            current,
            on_pick=filters.choose_fact,
        )
    else:
        _charts(context, comparison, chosen, current)
    for difference in comparison.differences:
        units = words("list.comma").join(
            dict.fromkeys(
                c.figure.unit_text for c in comparison.cells if c.figure and c.figure.unit_text
            )
        )
        st.text("⚠ " + words(f"difference.{difference}", units=units))
    _definition(comparison, words)


def _view(context: Context, comparison: Comparison) -> str:
    """Let the user choose a kind of chart that can show the data, or the table."""
    words = context.words
    chosen = context.selection
    options = [*charts.offered(comparison), TABLE]
    wanted = TABLE if chosen.view == TABLE else chosen.chart
    wanted = wanted if wanted in options else charts.suited(comparison)
    key = "w_view"
    filters.put(key, wanted)

    def changed() -> None:
        picked = st.session_state[key]
        filters.change(
            view=TABLE if picked == TABLE else FIGURE,
            chart=AUTOMATIC if picked == TABLE else picked,
        )

    st.segmented_control(
        words("compare.view"),
        options,
        key=key,
        format_func=lambda name: words(f"compare.{name}"),
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )
    return wanted


def _charts(context: Context, comparison: Comparison, kind: str, current: str) -> None:
    table, words, styles = context.table, context.words, context.styles
    alt = charts.alternative(table, comparison, words)
    if comparison.years:
        figure = charts.yearly(
            table,
            comparison,
            styles,
            words,
            kind,
            current,
            palette=context.palette,
            focus=context.selection.focus,
        )
        _plot(context, comparison, figure, "yearly", words("compare.yearly"), alt)
    elif comparison.totals:
        st.caption(words("compare.only_totals"))
    for figures, key in ((comparison.totals, "totals"), (comparison.plans, "plans")):
        if figures:
            heading = words(f"compare.{key}")
            st.caption(heading)
            figure = charts.apart(
                table,
                comparison,
                figures,
                styles,
                words,
                current,
                palette=context.palette,
                focus=context.selection.focus,
            )
            said = words("list.semicolon").join(evidence.describe(f, words) for f in figures)
            _plot(context, comparison, figure, key, heading, said)
    if any(f.qualifier != "exact" for f in comparison.figures):
        st.caption(words("compare.inexact"))


def _plot(
    context: Context, comparison: Comparison, figure: go.Figure, name: str, heading: str, alt: str
) -> None:
    chosen, words = context.selection, context.words
    key = f"chart_{name}_{chosen.body}_{comparison.indicator.id}"

    def clicked() -> None:
        points = st.session_state[key]["selection"]["points"]
        if points and points[0].get("customdata") is not None:
            data = points[0]["customdata"]
            filters.choose_fact(data if isinstance(data, str) else data[0])

    st.plotly_chart(
        charts.with_footer(figure, comparison, chosen.body, words, context.palette),
        key=key,
        theme=None,
        on_select=clicked,
        selection_mode="points",
        config=charts.config(
            file_stem(
                [
                    evidence.name_of(comparison.indicator, words),
                    words(f"body.{chosen.body}"),
                    fmt.years(chosen.first, chosen.last, words),
                    heading.split("（")[0],
                ]
            ),
            words,
        ),
        alt=alt,
    )


def _definition(comparison: Comparison, words: Text) -> None:
    with st.container(gap=None, key="definition"):
        st.caption(words("compare.definition"))
        st.text(comparison.indicator.definition)
        st.caption(words("compare.source"))


def _evidence(context: Context, named: dict[str, str], current: str) -> None:
    words = context.words
    with st.container(border=True, key="evidence_card"):
        widget = "w_mark"
        filters.put(widget, current)

        def changed() -> None:
            filters.choose_fact(st.session_state[widget])

        st.selectbox(
            words("evidence.choose"),
            list(named),
            key=widget,
            format_func=named.__getitem__,
            on_change=changed,
        )
        parts.show_evidence(context, current, "compare")
