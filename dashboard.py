"""The dashboard's entry: page settings, shared filters, navigation; no logic.

Run it with `streamlit run dashboard.py`.
"""

from collections.abc import Callable

import streamlit as st

from app import filters, loading, session, view
from app.context import Context
from app.pages import compare, coverage, data, multiples, overview, present, source
from app.text import text

st.set_page_config(page_title=text()("app.title"), layout="wide", initial_sidebar_state=310)
words = text(session.language())
view.page_style(words)
window = view.translate_chrome(words)


@st.fragment(key=filters.PAGE)
def body(show: Callable[[Context], None]) -> None:
    """What a page shows; drawn anew by itself as long as the rest of the screen stays right."""
    now, library = loading.ensure_table(words)
    if now is not table or session.moved():
        st.rerun()
    selection = session.current(table)
    session.write_address(selection)
    filters.show_dropped(table, words)
    show(Context(table, library, selection, words, pages, view.palette(), window))


def page(name: str, show: Callable[[Context], None], default: bool = False) -> st.Page:
    """A page of the navigation."""
    return st.Page(
        lambda: body(show),
        title=words(f"page.{name}"),
        url_path="" if default else name,
        default=default,
    )


pages = {
    "overview": page("overview", overview.show, default=True),
    "compare": page("compare", compare.show),
    "multiples": page("multiples", multiples.show),
    "coverage": page("coverage", coverage.show),
    "data": page("data", data.show),
    "source": page("source", source.show),
    "present": page("present", present.show),
}
# The first page stands at /; who types its name is led there.
by_name = st.Page(
    lambda: None, title=words("page.overview"), url_path="overview", visibility="hidden"
)
# Before the table is there: without navigation, the browser would forget which page it is on.
chosen = st.navigation([*pages.values(), by_name], position="top")
if chosen == by_name:
    st.switch_page(pages["overview"], query_params=st.query_params.to_dict())
st.set_page_config(page_title=words("app.tab", page=chosen.title, app=words("app.title")))
table, _ = loading.ensure_table(words)
selection = session.current(table)
filters.sidebar(table, selection, words)
session.write_address(selection)
chosen.run()
