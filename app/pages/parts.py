"""What several pages share: headings, the evidence of a figure, and the way to its document."""

from collections.abc import Callable
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from app import controls, evidence, filters, session, tables, view
from app.context import Context
from app.coverage import Cube, cells_of, parse_group
from app.data import Figure
from app.markup import Node, el
from app.selection import default
from app.states import Cell, cell, parse_key
from etl.catalogue import Indicator

SOURCE = "source"
COMPARE = "compare"
_DIALOG = "_dialog"
# What a click on a link reports, before the page and its parameters.
_TO = "to:"


def head(title: str, caption: str = "", *beside: Node | None) -> Node:
    """The page's heading with what it is about, and buttons beside it; 下载 stands right of them."""
    return el(
        "div",
        el("div", el("h1", title), el("p", caption, cls="note") if caption else None),
        *beside,
        cls="page-head",
    )


def show_nothing_chosen(context: Context) -> None:
    """Why there is nothing to show, and what to do: no data yet, or no area chosen."""
    table, words = context.table, context.words
    if not table.areas:
        st.info(words("build.nothing"))
        return
    st.info(words("filters.no_areas"))
    first = default(table, context.selection.body).areas
    names = words("list.comma").join(table.areas[area].label for area in first)
    st.button(words("filters.choose_first", areas=names), key="choose_first",
              on_click=filters.change, kwargs={"areas": first})  # fmt: skip


def resolve(context: Context, key: str) -> Figure | Cell | None:
    """The figure, or the missing cell, behind the key of a mark; None for any other text."""
    if place := parse_key(key):
        area, body, indicator, year = place
        if area not in context.table.areas or indicator not in context.table.indicators:
            return None
        return cell(context.table, area, body, indicator, year)
    return context.table.figure(key)


def show_evidence(
    context: Context, key: str, place: str, chooser: Callable[[], Node] | None = None
) -> None:
    """The evidence panel of a figure or missing cell, with the link into its document.

    Above it stands what `chooser` makes of the page's choices: a list "mark" of what can be shown.
    """
    found = resolve(context, key)
    words = context.words
    if found is None:
        st.text(words("evidence.none"))
        return
    if isinstance(found, Cell) and found.figure:
        found = found.figure
    tree = context.tree(
        f"evidence_{place}",
        lambda: _card(context, found, chooser() if chooser else None),
        key,
        context.library,
        context.choices if chooser else None,
    )
    choose = _set_dialog if place == _DIALOG else filters.choose_fact

    def picked(own: str) -> None:
        if own.startswith(_TO):
            session.remember(own)
        else:
            choose(controls.taken(own, "mark").get("mark", own))

    view.show(tree, f"evidence_{place}", words, key, on_pick=picked)
    if session.kept().picked.startswith(_TO):
        go(context, session.picked())


def _card(context: Context, found: Figure | Cell, chooser: Node | None) -> Node:
    """The evidence of a figure, or why there is none, the way to the report, and what stands behind."""
    table, library, words = context.table, context.library, context.words
    behind = None
    if isinstance(found, Figure):
        evident = _panel(context, found)
        behind = evidence.background(found, table, library, words)
        document, label = found.document, words("evidence.open")
        fact = "" if found.doubt else found.fact_id
    else:
        style = context.style(found.area)
        evident = evidence.missing(found, table, library, style, words)
        document = found.report.document if found.report else ""
        fact, label = "", words("evidence.open_report")
    link = link_to(SOURCE, label, doc=document, fact=fact) if document in library.paths else None
    return el("div", chooser, evident, link, behind, cls="card-of-evidence")


def link_to(page: str, label: str, **params: str) -> Node:
    """A link to another page with the choices of this one, and these parameters of the address.

    What is "" is left out of the address.
    """
    return el("a", label, to=f"{page}?{urlencode(params)}", cls="go")


def go(context: Context, picked: str) -> None:
    """Go where a link of `link_to` leads that was clicked."""
    if picked.startswith(_TO):
        page, _, own = picked.removeprefix(_TO).partition("?")
        params = dict(parse_qsl(own, keep_blank_values=True))
        chosen = {**filters.params_with(context.selection, open=""), **params}
        left_out = {name for name, value in params.items() if not value}
        given = {name: value for name, value in chosen.items() if name not in left_out}
        st.switch_page(context.pages[page], query_params=given)


def _panel(context: Context, figure: Figure) -> Node:
    document = context.document_text(figure.document)
    style = context.style(figure.area_code)
    return evidence.panel(figure, context.table, document, style, context.words)


def _set_dialog(key: str) -> None:
    session.note(open=key)


def open_dialog(context: Context, key: str, cube: Cube | None = None) -> None:
    """A dialog over the page: the evidence of `key`, or the cells of the `cube` that a group names.

    From the cells of a group, a click leads to the evidence and back. What is on show stands in the
    link until the dialog is closed.
    """
    session.note(open=key)
    group = parse_group(key)

    @st.dialog(
        context.words("evidence.title"),
        width="medium",
        on_dismiss=lambda: filters.change(open=""),
    )
    def dialog() -> None:
        current = session.opened() or key
        if group and cube and current == key:
            words = context.words
            tree = tables.group_list(
                context.table, group, cells_of(context.table, cube, group), words,
                context.style(group.area),
            )  # fmt: skip
            view.show(tree, "group", words, on_pick=_set_dialog)
            return
        if group:
            st.button(context.words("coverage.back"), key="back", on_click=_set_dialog, args=(key,))
        show_evidence(context, current, _DIALOG)

    dialog()


def follow(context: Context, cube: Cube | None = None) -> None:
    """Go where a click leads: to an indicator's comparison, another page, or the evidence of a cell.

    Without a click, show the evidence that the link has open.
    """
    picked = session.picked()
    if picked.startswith("indicator:"):
        indicator = picked.removeprefix("indicator:")
        st.switch_page(
            context.pages[COMPARE],
            query_params=filters.params_with(
                context.selection, indicator=indicator, fact="", open=""
            ),
        )
    go(context, picked)
    key = picked or context.selection.open
    if key and (cube or not parse_group(key)):
        open_dialog(context, key, cube)


def listed(context: Context) -> tuple[Indicator, ...]:
    """The listed indicators that this body has; all of them where none is; never those of plans."""
    chosen = context.selection
    offered = [i for i in context.table.indicators_for(chosen.body) if not i.planned]
    return tuple(i for i in offered if i.id in chosen.listed) or tuple(offered)


def choose_listed(context: Context, place: str) -> None:
    """Let the user choose the indicators of a page that shows several."""
    table, chosen, words = context.table, context.selection, context.words
    key = f"w_listed_{place}"
    offered = [i.id for i in table.indicators_for(chosen.body) if not i.planned]
    filters.put(key, [i for i in offered if i in chosen.listed])

    def changed() -> None:
        filters.change(listed=tuple(i for i in offered if i in st.session_state[key]))

    st.multiselect(
        words(f"{place}.indicators"),
        offered,
        key=key,
        format_func=lambda i: evidence.name_of(table.indicators[i], words),
        placeholder=words(f"{place}.indicators_placeholder"),
        on_change=changed,
        select_all=False,
    )
