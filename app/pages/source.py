"""原文: each report as received, its figures highlighted and listed beside it."""

import streamlit as st

from app import evidence, filters, loading, reader, view
from app.context import Context
from app.markup import el
from etl.errors import CatalogueError, DocumentError


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
    figures = context.table.of_document(name)
    names = {i.id: evidence.name_of(i, words) for i in context.table.indicators.values()}
    with st.container(key="about"):
        st.text(_about(context, name))
    chosen = context.selection.fact
    current = chosen if any(figure.fact_id == chosen for figure in figures) else ""
    shown = reader.document_as_received(document.text, figures, names, words)
    if not as_received:
        try:
            page = loading.page(document)
            shown = reader.document_to_read(document.text, page, figures, names, words)
        except CatalogueError as error:
            st.text("⚠ " + words("source.not_joined", reason=error.text(words.language)))
    view.show(
        el(
            "div",
            shown,
            reader.document_list(figures, context.table, words)
            if figures
            else el("p", words("source.no_figures"), cls="figures"),
            cls="reader",
        ),
        f"document_{name}",
        words,
        current,
        on_pick=filters.choose_fact,
    )
    st.caption(words("source.legend"))


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
    counts = context.table.facts["document"].value_counts()
    left.selectbox(
        words("source.choose"),
        names,
        key=key,
        format_func=lambda name: words(
            "source.option", title=library.title(name), count=int(counts.get(name, 0))
        ),
        on_change=changed,
        label_visibility="collapsed",
    )
    as_received = right.toggle(
        words("source.as_received"),
        key="w_as_received",
        help=words("source.as_received_help"),
        persist_state="session",
    )
    return wanted, as_received


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
