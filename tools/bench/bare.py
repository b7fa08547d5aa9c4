"""An app of nothing but the elements of a page, each as bare as can be: what Streamlit itself costs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

FIGURE = go.Figure()
FRAME = pd.DataFrame({"a": [1]})
# How Streamlit draws each kind of element; blocks have nothing in them.
_CALLS: Mapping[str, str] = {
    "bidi_component": "bare.component()(key=name)",
    "button": "st.button(name, key=name)",
    "button_group": "st.segmented_control(name, ['a', 'b'], key=name)",
    "caption": "st.caption(name)",
    "column": "st.container()",
    "dataframe": "st.dataframe(bare.FRAME, key=name)",
    "flex_container": "st.container()",
    "header": "st.header(name)",
    "html": "st.html('<style></style>')",
    "multiselect": "st.multiselect(name, ['a', 'b'], key=name)",
    "page_link": "st.link_button(name, '/')",
    "plotly_chart": "st.plotly_chart(bare.FIGURE, key=name)",
    "popover": "st.popover(name)",
    "selectbox": "st.selectbox(name, ['a', 'b'], key=name)",
    "slider": "st.slider(name, 0, 9, (2, 5), key=name)",
    "text": "st.text(name)",
    "text_input": "st.text_input(name, key=name)",
    "title": "st.title(name)",
    "toggle": "st.toggle(name, key=name)",
}
_SCRIPT = """import streamlit as st
from tools.bench import bare

@st.fragment(key="all")
def everything():
{elements}

everything()
st.button("again", key="again", on_click=lambda: st.rerun("all"))
"""


@cache
def component() -> object:
    """A component that shows nothing."""
    return st.components.v2.component("lvzhi_bare", js="export default function () {}")


def script(app: AppTest) -> str:
    """An app with as many elements of each kind as the last run of `app` has drawn.

    All are in a fragment, which the button `again` draws anew. Raises KeyError for an unknown kind.
    """
    kinds = Counter(kind for part in app._tree.children.values() for kind in _kinds(part))
    elements = [
        f"    for name in (f'{kind} {{n}}' for n in range({count})):\n        {_CALLS[kind]}"
        for kind, count in sorted(kinds.items())
    ]
    return _SCRIPT.format(elements="\n".join(elements))


def _kinds(part: Element | Block) -> Iterator[str]:
    """The kinds of all that is within a part of the screen."""
    if isinstance(part, Block):
        for child in part.children.values():
            yield str(child.type)
            yield from _kinds(child)
