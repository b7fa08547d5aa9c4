"""原文: each report as received, its figures highlighted and listed beside it.

A long report is shown window by window (app.reader), the one with the chosen figure first.
"""

from collections.abc import Sequence

import streamlit as st

from app import evidence, filters, loading, reader, view
from app.context import Context
from app.data import Figure
from app.markup import Node, el
from app.pages import paging
from app.reader import FOUND, LISTED_UP_TO, Script, Span
from app.selection import JOINED, LONGEST_FIND, RECEIVED
from etl.errors import CatalogueError, DocumentError
from etl.model import Document

# A longer list of documents would weigh more than the document itself.
OFFERED_UP_TO = 500
_FIND = "w_find_words"


def show(context: Context) -> None:
    """Draw the page."""
    words, library = context.words, context.library
    st.title(words("source.heading"), anchor=False)
    if not library.paths:
        st.info(words("source.none"))
        _refused(context)
        return
    _refused(context)
    name, as_received = _choose(context)
    try:
        document = library.read(name)
    except DocumentError as error:
        st.text(words("source.gone", name=name, reason=error.problem(words.language)))
        return
    with st.container(key="about"):
        st.text(_about(context, name))
    figures = context.table.of_document(name)
    current = next((f for f in figures if f.fact_id == context.selection.fact), None)
    script = _script(context, document, as_received)
    with st.container(horizontal=True, vertical_alignment="bottom", key="steps"):
        hit = _search(context, document)
        _steps(context, figures, current)
        target = hit[0] if hit else current.figure_start if current else None
        window = _window(context, script, target or 0)
    _reader(context, document, script, window, figures, current, hit)
    st.caption(words("source.legend"))


def _reader(
    context: Context,
    document: Document,
    script: Script,
    window: int,
    figures: Sequence[Figure],
    current: Figure | None,
    hit: Span | None,
) -> None:
    """The text, and beside it the chosen figure and the list of all of them."""
    table, words = context.table, context.words
    passages = script.of(window)
    names = {i.id: evidence.name_of(i, words) for i in table.indicators.values()}
    listed, said = list(figures), ""
    if len(figures) > LISTED_UP_TO:
        listed = reader.within(passages, figures)[:LISTED_UP_TO]
        said = words("source.listed", shown=len(listed), all=len(figures))
    view.show(
        el(
            "div",
            reader.document(document.text, passages, figures, names, words, hit),
            el(
                "div",
                _chosen(context, current) if current else None,
                reader.document_list(listed, table, words, said)
                if figures
                else el("p", words("source.no_figures"), cls="figures"),
                cls="aside",
            ),
            cls="reader",
        ),
        f"document_{document.name}",
        words,
        FOUND if hit else current.fact_id if current else "",
        on_pick=_pick,
    )


def _chosen(context: Context, figure: Figure) -> Node:
    """What is known of the chosen figure."""
    table, words = context.table, context.words
    return el(
        "div",
        el("p", evidence.name_of(table.indicators[figure.indicator], words), cls="indicator"),
        el(
            "p", evidence.amount(figure, words), " ", evidence.period(figure, words), cls="headline"
        ),
        evidence.background(figure, table, context.library, words, with_document=False),
        cls="evidence chosen",
        role="region",
        label=words("evidence.title"),
        tabindex="0",
    )


def _pick(key: str) -> None:
    """Show a figure; words that were looked for give way."""
    filters.change(fact=key, words="", page="")


def _script(context: Context, document: Document, as_received: bool) -> Script:
    words = context.words
    if not as_received:
        try:
            with st.spinner(words("source.laying")):
                return loading.script(document)
        except CatalogueError as error:
            st.text("⚠ " + words("source.not_joined", reason=error.text(words.language)))
    return loading.script(document, as_received=True)


def _search(context: Context, document: Document) -> Span | None:
    """Let the user look for words; returns the place that is on show."""
    words = context.words
    query = context.selection.words
    filters.put(_FIND, query)
    st.text_input(
        words("source.find"), placeholder=words("source.find_placeholder"), key=_FIND, width=230,
        max_chars=LONGEST_FIND,
        on_change=lambda: filters.change(words=" ".join(st.session_state[_FIND].split())),
    )  # fmt: skip
    if not query:
        return None
    found: list[Span] = reader.find(document.text, query)
    if not found:
        st.caption(words("source.not_found", query=query[:20]))
        return None
    number = min(context.selection.turned("hit") or 1, len(found))
    before, after = (number - 2) % len(found) + 1, number % len(found) + 1
    for key, label, to in (("hit_before", "↑", before), ("hit_after", "↓", after)):
        st.button(label, key=key, on_click=filters.change, kwargs={"page": f"hit.{to}"},
                  help=words(f"source.{key}"))  # fmt: skip
    st.caption(words("source.found", number=number, all=len(found)))
    return found[number - 1]


def _steps(context: Context, figures: Sequence[Figure], current: Figure | None) -> None:
    """Buttons to the figure before and after the chosen one, in the order of the document."""
    words = context.words
    if not figures:
        return
    ids = [figure.fact_id for figure in figures]
    at = ids.index(current.fact_id) if current else None
    before = ids[at - 1] if at else ids[-1]
    after = ids[(at + 1) % len(ids)] if at is not None else ids[0]
    for key, shortcut, fact in (("previous", "P", before), ("next", "N", after)):
        st.button(words(f"source.{key}"), key=f"{key}_figure", shortcut=shortcut,
                  on_click=_pick, args=(fact,))  # fmt: skip
    if at is not None:
        st.caption(words("source.number", number=at + 1, all=len(ids)))


def _window(context: Context, script: Script, target: int) -> int:
    """The window to show: the one that the user turned to, else the one with the target."""
    pages = len(script.windows)
    turned = context.selection.turned("part")
    number = min(turned, pages) if turned else script.window_of(target) + 1
    paging.turn(context, "part", number, pages,
                lambda page: context.words("source.part", number=page, pages=pages))  # fmt: skip
    return number - 1


def _choose(context: Context) -> tuple[str, bool]:
    """Let the user choose the document and how its lines run; returns its name and the switch."""
    words, library, selection = context.words, context.library, context.selection
    names = list(library.paths)
    fact = context.table.figure(selection.fact)
    wanted = selection.document or (fact.document if fact else "")
    if wanted not in names:
        if selection.document:
            st.text("⚠ " + words("dropped.document", value=selection.document[:60]))
        wanted = _first(context, names)
    key = "w_document"
    filters.put(key, wanted)

    def changed() -> None:
        filters.change(document=st.session_state[key], fact="")

    left, right = st.columns([0.72, 0.28], vertical_alignment="center")
    offered = _offered(context, names, wanted)
    left.selectbox(
        words("source.choose"),
        offered,
        key=key,
        format_func=lambda name: words(
            "source.option",
            title=library.title(name),
            count=context.table.count_of_document(name),
        ),
        on_change=changed,
        label_visibility="collapsed",
    )
    if len(offered) < len(names):
        st.caption(words("source.offered", shown=len(offered), all=len(names)))
    lines = "w_as_received"
    filters.put(lines, selection.lines == RECEIVED)
    right.toggle(
        words("source.as_received"),
        key=lines,
        help=words("source.as_received_help"),
        on_change=lambda: filters.change(lines=RECEIVED if st.session_state[lines] else JOINED),
    )
    return wanted, selection.lines == RECEIVED


def _offered(context: Context, names: list[str], wanted: str) -> list[str]:
    """All documents, or, where they are too many for a list, the chosen areas' with `wanted`."""
    if len(names) <= OFFERED_UP_TO:
        return names
    chosen = context.selection
    theirs = (
        report.document
        for area in chosen.areas
        for report in context.table.reports_of(area, chosen.body)
    )
    there = set(names)
    kept = dict.fromkeys([wanted, *(name for name in theirs if name in there)])
    return sorted(list(kept)[:OFFERED_UP_TO])


def _first(context: Context, names: list[str]) -> str:
    chosen = context.selection
    for area in chosen.areas:
        for report in context.table.reports_of(area, chosen.body):
            if report.document in names and chosen.includes(report.year_start, report.year_end):
                return report.document
    return names[0]


def _about(context: Context, name: str) -> str:
    words, entry = context.words, context.library.entries[name]
    published = evidence.fmt_date(str(entry.published or ""), words)
    said = words("source.about", publisher=entry.publisher, published=published, name=name).strip()
    return said + (
        "\n" + words("source.citation", citation=entry.citation) if entry.citation else ""
    )


def _refused(context: Context) -> None:
    words, refused = context.words, context.library.refused
    if not refused:
        return
    place = st.container(key="refused")
    with place.expander(words("source.refused", count=len(refused)), expanded=False):
        for error in refused:
            st.text(error.text(words.language))
