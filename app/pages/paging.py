"""Long lists in parts: the box that finds areas by name, and the way from one part to the next.

The words to find and the part on show stand in the link. A part belongs to one list (a place of
app.selection.PLACES): another list, or the same one after other choices, begins anew.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from app import controls, filters
from app.context import Context
from app.markup import Node, el
from app.selection import LONGEST_FIND


def find(context: Context, areas: Sequence[str]) -> list[str]:
    """Draw the box that looks for areas by name; returns those of `areas` that it finds."""
    words, key = context.words, "w_seek"
    filters.put(key, context.selection.seek)
    st.text_input(
        words("paging.find"),
        placeholder=words("paging.find_placeholder"),
        key=key,
        max_chars=LONGEST_FIND,
        on_change=lambda: filters.change(seek=" ".join(st.session_state[key].split())),
        width=200,
    )
    query = context.selection.seek
    return [area for area in areas if query in context.table.areas[area].label]


def nothing_found(context: Context) -> None:
    """Say that no area has the words in its name."""
    st.info(context.words("paging.no_match", query=context.selection.seek[:20]))


def part(
    context: Context,
    place: str,
    count: int,
    size: int,
    name: Callable[[int, int], str] | None = None,
) -> slice:
    """Draw the way through a list in parts of `size`; returns the part on show.

    `name` names a part by its first and last item; by default these are areas.
    """
    pages = max(1, -(-count // size))
    number = min(context.selection.turned(place) or 1, pages)

    def said(page: int) -> str:
        first, last = (page - 1) * size + 1, min(page * size, count)
        if name:
            return name(first, last)
        return context.words("paging.areas", first=first, last=last, all=count)

    turn(context, place, number, pages, said)
    return slice((number - 1) * size, number * size)


def turn(context: Context, place: str, number: int, pages: int, said: Callable[[int], str]) -> None:
    """Draw the ways from page `number` to the one before, the one after and any; none to a single one."""
    if pages < 2:
        return
    words, key = context.words, f"w_page_{place}"
    filters.put(key, number)

    def to(page: int) -> None:
        filters.change(page=f"{place}.{page}")

    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key="paging"):
        st.button("‹", key=f"{place}_back", help=words("paging.back"), disabled=number == 1,
                  on_click=to, args=(number - 1,))  # fmt: skip
        st.selectbox(
            words("paging.page"),
            range(1, pages + 1),
            key=key,
            format_func=said,
            on_change=lambda: to(st.session_state[key]),
            label_visibility="collapsed",
            width=270,
        )
        st.button("›", key=f"{place}_on", help=words("paging.on"), disabled=number == pages,
                  on_click=to, args=(number + 1,))  # fmt: skip


def way(context: Context, place: str, number: int, count: int, size: int, said: str) -> Node | None:
    """The same ways as elements, none to a single page of `size` of `count` items.

    `said` is the key of the words that name a part. What is picked is "page:" and the place's part.
    """
    words, pages = context.words, -(-count // size)
    if pages < 2:
        return None
    options = [
        (
            f"{place}.{page}",
            words(said, first=(page - 1) * size + 1, last=min(page * size, count), all=count),
        )
        for page in range(1, pages + 1)
    ]

    def step(sign: str, to: int, tip: str) -> Node:
        return el("button", sign, cls="step", pick=f"page:{place}.{to}", label=words(tip),
                  disabled=None if 1 <= to <= pages else "")  # fmt: skip

    return el(
        "div",
        step("‹", number - 1, "paging.back"),
        controls.listed("page", words("paging.page"), options, f"{place}.{number}", "bare"),
        step("›", number + 1, "paging.on"),
        cls="paging",
    )
