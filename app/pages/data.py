"""数据: the tidy table with search and filters, and all files that hold it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from app import controls, download, filters, session, view
from app.context import Context
from app.evidence import name_of
from app.exports import csv, rows
from app.exports.csv import ENCODINGS, UTF8, Options
from app.exports.formats import offers
from app.exports.model import Scope
from app.markup import el
from app.pages import paging, parts
from app.selection import LONGEST_FIND, ROWS
from app.text import Text

ROW_HEIGHT = 42
# Rows of one page of the grid, about 150 kB on their way to the browser.
PAGE_ROWS = 1000
PREVIEW = 5
Width = Literal["small", "medium", "large"] | int | None
_WIDTHS: Mapping[str, Width] = MappingProxyType(
    {"value": None, "doubt": "medium", "sentence": "large"}
)
# In pixels, as wide as a phone together with the column of ticks.
_ON_A_PHONE: Mapping[str, Width] = MappingProxyType(
    {"area": 66, "indicator": 82, "years": 102, "value": 62}
)


def show(context: Context) -> None:
    """Draw the page."""
    words = context.words
    if not context.selection.areas:
        st.title(words("data.heading"), anchor=False)
        parts.show_nothing_chosen(context)
        return
    scope = _scope(context)
    frame = _rows(scope)
    opened = st.popover(words("exports.open"), key="downloads_data", on_change="rerun")
    if opened.open:
        with opened:
            _downloads(scope, len(frame))
    _above(context, "" if frame.empty else _count(scope))
    _controls(context)
    if frame.empty:
        st.info(words("data.empty"))
        return
    if picked := _grid(context, scope, frame):
        session.remember(picked)
    parts.follow(context)


def _rows(scope: Scope) -> pd.DataFrame:
    """All rows of the scope; not to be changed."""
    return scope.table.memory.of(("rows", scope.identity), lambda: rows.of_scope(scope))


def _page_of(scope: Scope, first: int) -> pa.Table:
    """A page of the rows as the grid shows them."""

    def made() -> pa.Table:
        frame = _rows(scope).iloc[first : first + PAGE_ROWS]
        return rows.for_screen(frame, scope.table, scope.words)

    return scope.table.memory.of(("grid", scope.identity, first), made)


def _count(scope: Scope) -> str:
    """How many rows there are, and what they are."""
    return scope.table.memory.of(
        ("count", scope.identity), lambda: _counted(_rows(scope), scope.words)
    )


def _counted(frame: pd.DataFrame, words: Text) -> str:
    states = frame[rows.STATE].astype("object")
    candidates = int((states == rows.CANDIDATE_STATE).sum())
    reported = int((states == "reported").sum())
    counts = {"reported": reported, "missing": len(frame) - reported - candidates,
              "candidate": candidates}  # fmt: skip
    parts = [words(f"data.count_{name}", count=f"{n:,}") for name, n in counts.items()
             if n or name == "reported"]  # fmt: skip
    return words("data.count", rows=f"{len(frame):,}", parts=words("list.comma").join(parts))


def _scope(context: Context) -> Scope:
    """What is to be shown."""
    chosen = context.selection
    options = [indicator.id for indicator in context.table.indicators_for(chosen.body)]
    wanted = [indicator for indicator in chosen.listed if indicator in options]
    return Scope(
        context.table,
        context.library,
        chosen.of_totals,
        tuple(wanted or options),
        context.words,
        with_missing="missing" in chosen.rows,
        with_kept="kept" in chosen.rows,
        with_candidates="candidates" in chosen.rows,
        query=chosen.find,
    )


def _above(context: Context, counted: str) -> None:
    """The heading, and the switches for the rows that stand beside the figures."""
    chosen, words = context.selection, context.words
    switches = [(name, words(f"data.{name}"), words(f"data.{name}_help")) for name in ROWS]
    tree = el(
        "div",
        parts.head(words("data.heading"), counted),
        controls.switches("rows", switches, chosen.rows),
        cls="parts",
    )

    def switched(key: str) -> None:
        for name in controls.taken(key, "rows").values():
            wanted = {*chosen.rows} ^ {name}
            filters.change(rows=tuple(each for each in ROWS if each in wanted))

    view.show(tree, "above", words, on_pick=switched)


def _controls(context: Context) -> None:
    """Draw the search and the list of indicators."""
    table, chosen, words = context.table, context.selection, context.words
    searching, key = "w_search", "w_listed"
    options = [indicator.id for indicator in table.indicators_for(chosen.body)]
    filters.put(searching, chosen.find)
    filters.put(key, [indicator for indicator in chosen.listed if indicator in options])

    def changed() -> None:
        filters.change(listed=tuple(i for i in options if i in st.session_state[key]))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            words("data.search"),
            placeholder=words("data.search_placeholder"),
            key=searching,
            max_chars=LONGEST_FIND,
            on_change=lambda: filters.change(find=" ".join(st.session_state[searching].split())),
        )
        st.multiselect(
            words("data.indicators"),
            options,
            key=key,
            format_func=lambda i: name_of(table.indicators[i], words),
            placeholder=words("data.indicators_placeholder"),
            on_change=changed,
            select_all=False,
        )


def _grid(context: Context, scope: Scope, frame: pd.DataFrame) -> str:
    words = context.words
    total = f"{len(frame):,}"
    part = paging.part(
        context, "rows", len(frame), PAGE_ROWS,
        lambda first, last: words("data.window", first=f"{first:,}", last=f"{last:,}", all=total),
    )  # fmt: skip
    frame, first = frame.iloc[part], part.start
    shown = _page_of(scope, first)
    phone = context.window == "phone"
    event = st.dataframe(
        shown,
        hide_index=True,
        key=f"grid_{context.selection.body}_{first}",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        height=min(600, ROW_HEIGHT * (len(shown) + 1) + 4),
        row_height=ROW_HEIGHT,
        alt=words("data.heading"),
        column_order=_order(shown.column_names, words) if phone else None,
        column_config=_columns({**_WIDTHS, **(_ON_A_PHONE if phone else {})}, words),
    )
    picked = event["selection"]["rows"]
    if not picked or picked[0] >= len(frame):
        return ""
    row = frame.iloc[picked[0]]
    before = st.session_state.get("_grid_picked")
    key = rows.key_of(row)
    st.session_state["_grid_picked"] = key
    return "" if before == key else key


def _order(names: list[str], words: Text) -> list[str]:
    """On a phone, what has to be seen without scrolling comes first."""
    first = [words(f"column.{name}") for name in _ON_A_PHONE]
    return [*first, *(name for name in names if name not in first)]


def _columns(widths: Mapping[str, Width], words: Text) -> dict[str, Any]:
    return {
        words(f"column.{name}"): st.column_config.TextColumn(
            width=width, alignment="right" if name == "value" else None
        )
        for name, width in widths.items()
    }


@st.fragment
def _downloads(shown: Scope, count: int) -> None:
    """What the files are to hold and how the CSV is written, a preview of it, and the buttons."""
    words = shown.words
    labels = {
        "shown": words("data.what_shown", rows=f"{count:,}"),
        "all": words("data.what_all", rows=f"{len(shown.table.facts):,}"),
    }
    what = _choose(words, "what", list(labels), labels)
    scope = replace(shown, everything=True, query="") if what == "all" else shown
    with st.container(horizontal=True):
        shape = _choose(words, "shape", ["long", "wide"]) if what == "shown" else "long"
        header = _choose(words, "headers", ["words", "machine"])
        encoding = _choose(words, "encoding", list(ENCODINGS))
    options = Options(shape == "wide", header == "words", encoding or UTF8)
    _preview(scope, options)
    found = [
        csv.offer(scope, options) if export.key == "csv" else export for export in offers(scope)
    ]
    download.panel(found, words, "data")


def _choose(
    words: Text, name: str, values: list[str], labels: dict[str, str] | None = None
) -> str | None:
    shown = labels or {value: words(f"data.{name}_{value.partition('-')[0]}") for value in values}
    return st.segmented_control(
        words(f"data.{name}"),
        values,
        default=values[0],
        format_func=shown.__getitem__,
        key=f"w_file_{name}",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def _preview(scope: Scope, options: Options) -> None:
    """How many rows and columns the CSV will have, and its first rows."""
    words = scope.words
    frame = _rows(scope)
    if options.wide:
        frame = _wide(scope, options)
        head = frame.head(PREVIEW)
    else:
        head = frame.head(PREVIEW)
        head = rows.in_words(head, scope.table, words) if options.in_words else head
    size = words("data.preview", rows=f"{len(frame):,}", columns=len(head.columns))
    st.caption(size)
    if len(head):
        st.dataframe(
            head.astype("object").map(lambda cell: "" if pd.isna(cell) else str(cell)),
            hide_index=True, height="content", alt=size, key="preview",
        )  # fmt: skip


def _wide(scope: Scope, options: Options) -> pd.DataFrame:
    key = ("wide", scope.identity, options)
    return scope.table.memory.of(key, lambda: csv.table(scope, options))
