"""The four views of a comparison: 图, 排名, 表, 原文."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext

import streamlit as st

from app import charts, evidence, filters, session, tables, view
from app import format as fmt
from app.charts.drawing import Drawing
from app.comparison import Comparison, of_year, year_on_show
from app.context import Context
from app.data import Figure
from app.exports.names import file_stem
from app.markup import Node, el
from app.pages import choices, paging, parts
from app.ranking import Place, ranking
from app.selection import RANK, STRIP, TABLE, TEXT

PAGE = 50
# As many ranks as stand beneath a strip.
BENEATH = 20
SENTENCES = 12
SEARCH_FROM = 20
_ROOMS = {"phone": charts.PHONE, "projector": charts.PROJECTOR}
# A chart that is higher, in pixels, has a frame to scroll in.
TALL = 1500
# How many cells the table behind a chart may have: it is built for screen readers in every run.
BEHIND = 200


Notes = Callable[[], Sequence[Node]]


def show(context: Context, comparison: Comparison, current: str) -> Notes:
    """Draw the chosen view; `current` is the key of the figure whose evidence is on show.

    Returns what makes the notes that belong below it.
    """
    chosen = context.selection.view
    if chosen == RANK:
        _ranking(context, comparison, current)
    elif chosen == TABLE:
        _table(context, comparison, current)
    elif chosen == TEXT:
        _sentences(context, comparison)
    else:
        return _figure(context, comparison, current)
    return lambda: ()


def _figure(context: Context, comparison: Comparison, current: str) -> Notes:
    table, words = context.table, context.words
    kind = choices.kind_of(context, comparison)
    wanted = context.selection.chart
    if comparison.cells:
        if wanted not in ("auto", kind):
            st.caption(words("compare.other_kind", wanted=words(f"compare.{wanted}"),
                             kind=words(f"compare.{kind}")))  # fmt: skip
        _plot(
            context, comparison, "yearly", words("compare.yearly"), current,
            lambda: charts.yearly(
                table, comparison, context.styles, words, kind, current,
                palette=context.palette, focus=context.selection.focus, room=_room(context),
            ),
            lambda: charts.alternative(table, comparison, words),
        )  # fmt: skip
    elif comparison.totals:
        st.caption(words("compare.only_totals"))
    for figures, key in ((comparison.totals, "totals"), (comparison.plans, "plans")):
        if figures:
            st.caption(words(f"compare.{key}"))
            _apart(context, comparison, figures[:PAGE], key, current)
    if strip := kind == STRIP and bool(comparison.cells):
        _ranking(context, comparison, current, BENEATH)

    def notes() -> list[Node]:
        inexact = any(f.qualifier != "exact" for f in comparison.figures)
        return [
            *(() if strip else (_behind(context, comparison),)),
            *((el("p", words("compare.inexact"), cls="note"),) if inexact else ()),
        ]

    return notes


def _apart(
    context: Context, comparison: Comparison, figures: Sequence[Figure], key: str, current: str
) -> None:
    """Totals over several years, or plans."""
    words = context.words
    _plot(
        context, comparison, key, words(f"compare.{key}"), current,
        lambda: charts.apart(
            context.table, comparison, figures, context.styles, words, current,
            palette=context.palette, focus=context.selection.focus, room=_room(context),
        ),
        lambda: words("list.semicolon").join(evidence.describe(f, words) for f in figures),
    )  # fmt: skip


def _plot(
    context: Context,
    comparison: Comparison,
    name: str,
    heading: str,
    current: str,
    draw: Callable[[], Drawing],
    describe: Callable[[], str],
) -> None:
    """One chart with its footer; drawn once for all sessions that choose the same."""
    chosen, words = context.selection, context.words

    def drawn() -> Drawing:
        return charts.with_footer(
            draw(), comparison, chosen.body, words, context.palette, room=_room(context)
        )

    stem = [
        evidence.name_of(comparison.indicator, words),
        words(f"body.{chosen.body}"),
        fmt.years(chosen.first, chosen.last, words),
        heading.split("（")[0],
    ]
    drawing = context.remembered(f"chart_{name}", drawn, context.choices, current, context.window)
    high = drawing.layout["height"]
    # Hundreds of rows scroll in a frame of their own, beside the sentence of the chosen one.
    with st.container(key="tall") if high > TALL else nullcontext():
        view.chart(
            drawing,
            f"chart_{name}_{chosen.body}_{comparison.indicator.id}",
            charts.config(file_stem(stem), words, high),
            context.remembered(f"said_{name}", describe, context.choices),
            filters.choose_fact,
        )


def _room(context: Context) -> charts.Room:
    return _ROOMS.get(context.window, charts.WIDE)


def _behind(context: Context, comparison: Comparison) -> Node:
    """The chart as a table: heard by a screen reader, seen when the keyboard comes to it.

    Of more than BEHIND cells its first areas, and where the others are.
    """
    table, words = context.table, context.words
    most = max(1, BEHIND // max(1, len(comparison.years)))
    areas = comparison.areas[:most]
    made = tables.comparison_table(table, comparison, context.styles, words, areas)
    if len(areas) == len(comparison.areas):
        return tables.behind(made)
    rest = words("compare.behind_part", shown=len(areas), all=len(comparison.areas))
    return tables.behind(el("div", made, el("p", rest)))


def _ranking(context: Context, comparison: Comparison, current: str, size: int = PAGE) -> None:
    table, words = context.table, context.words
    said = ""
    if not comparison.latest and len(comparison.years) > 1:
        year = year_on_show(comparison) or comparison.years[-1]
        comparison = of_year(comparison, year)
        said = words("rank.of_year_rated" if comparison.rated else "rank.of_year", year=year)
    if not comparison.cells:
        st.info(words("rank.no_years"))
        return
    places = context.remembered("ranking", lambda: ranking(comparison), context.choices)
    missing = sum(place.cell.figure is None for place in places)
    lacking = sum(bool(p.cell.figure) and p.value is None for p in places)
    st.text(
        said
        + words("rank.summary", all=len(places), reported=len(places) - missing)
        + (words("rank.lacking", count=lacking) if lacking else "")
        + (words("rank.years_differ") if comparison.latest else "")
        + words("takeaway.stop")
    )
    shown = _window(context, [place.cell.area for place in places], "rank", size)
    by_area: dict[str, Place] = {place.cell.area: place for place in places}
    view.show(
        context.tree(
            "ranking_table",
            lambda: tables.ranking_table(
                table, comparison, [by_area[a] for a in shown], context.styles, words
            ),
            context.choices,
            tuple(shown),
        ),
        "ranking",
        words,
        current,
        on_pick=filters.choose_fact,
    )
    st.caption(words("rank.note"))


def wide_table(context: Context, comparison: Comparison) -> bool:
    """Whether 表 is on show with so many years that it needs the page's whole width."""
    years = 1 if comparison.latest else len(comparison.years)
    return context.selection.view == TABLE and years >= tables.MANY


def _table(context: Context, comparison: Comparison, current: str) -> None:
    """With many years the sentence of a figure opens over the page, not beside the table."""
    shown = _window(context, comparison.areas, "table", PAGE)
    wide = wide_table(context, comparison)
    view.show(
        context.tree(
            "comparison_table",
            lambda: tables.comparison_table(
                context.table, comparison, context.styles, context.words, shown
            ),
            context.choices,
            tuple(shown),
        ),
        "comparison",
        context.words,
        "" if wide else current,
        on_pick=session.remember if wide else filters.choose_fact,
    )
    if wide:
        parts.follow(context)


def _sentences(context: Context, comparison: Comparison) -> None:
    reporting = {figure.area_code for figure in comparison.figures}
    # Areas with a sentence first; the others are named at the end.
    areas = sorted(comparison.areas, key=lambda area: area not in reporting)
    shown = _window(context, areas, "text", SENTENCES)
    view.show(
        tables.sentences(
            context.table, comparison, shown, context.styles, context.library,
            context.document_text, context.words,
        ),
        "sentences",
        context.words,
        on_pick=session.remember,
    )  # fmt: skip
    parts.follow(context)


def _window(context: Context, areas: Sequence[str], place: str, size: int) -> Sequence[str]:
    """The areas of one part of the list, of those that the user looks for by name."""
    if len(areas) <= min(size, SEARCH_FROM):
        return areas
    with st.container(horizontal=True, vertical_alignment="bottom"):
        found = paging.find(context, areas)
        part = paging.part(context, place, len(found), size)
    if not found:
        paging.nothing_found(context)
    return found[part]
