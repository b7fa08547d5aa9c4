"""数据: the tidy table with search and filters, and its download as CSV."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import filters
from app import format as fmt
from app.context import Context
from app.evidence import name_of
from app.exports import csv as csv_export
from app.exports import names
from app.exports import rows as tidy
from app.pages import parts
from app.text import Text

ROW_HEIGHT = 42
LAZY_FROM = 5000


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    st.title(words("data.heading"), anchor=False)
    if not chosen.areas:
        parts.show_nothing_chosen(context)
        return
    query, rows, speaking, buttons = _controls(context)
    frame = tidy.selected(table, chosen, **rows)
    frame = tidy.search(frame, table, query, words)
    with buttons:
        _downloads(context, frame, query, speaking)
    if frame.empty:
        st.info(words("data.empty"))
    else:
        st.caption(_count(frame, words))
        picked = _grid(context, frame)
        if picked:
            parts.open_dialog(context, picked)
    st.caption(words("data.format_note"))


def _count(frame: pd.DataFrame, words: Text) -> str:
    """How many rows there are, and what they are."""
    states = frame[tidy.STATE].astype("object")
    candidates = int((states == tidy.CANDIDATE_STATE).sum())
    reported = int((states == "reported").sum())
    counts = {"reported": reported, "missing": len(frame) - reported - candidates,
              "candidate": candidates}  # fmt: skip
    parts = [words(f"data.count_{name}", count=f"{n:,}") for name, n in counts.items()
             if n or name == "reported"]  # fmt: skip
    return words("data.count", rows=f"{len(frame):,}", parts=words("list.comma").join(parts))


def _controls(context: Context) -> tuple[str, dict[str, bool], bool, DeltaGenerator]:
    """Draw the controls; returns query, which rows beside the figures, names in words, and the
    buttons' place."""
    table, chosen, words = context.table, context.selection, context.words
    search, indicators = st.columns([0.4, 0.6])
    query = search.text_input(
        words("data.search"),
        placeholder=words("data.search_placeholder"),
        key="w_search",
        persist_state="session",
    )
    key = "w_listed"
    options = [indicator.id for indicator in table.indicators_for(chosen.body)]
    wanted = [indicator for indicator in chosen.listed if indicator in options]
    filters.put(key, wanted)

    def changed() -> None:
        filters.change(listed=tuple(i for i in options if i in st.session_state[key]))

    indicators.multiselect(
        words("data.indicators"),
        options,
        key=key,
        format_func=lambda i: name_of(table.indicators[i], words),
        placeholder=words("data.indicators_placeholder"),
        on_change=changed,
        select_all=False,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        rows = {
            f"with_{name}": st.toggle(
                words(f"data.{name}"),
                key=f"w_{name}",
                help=words(f"data.{name}_help"),
                persist_state="session",
            )
            for name in ("missing", "kept", "candidates")
        }
        style = st.segmented_control(
            words("data.headers"),
            ["words", "machine"],
            default="words",
            format_func=lambda s: words(f"data.headers_{s}"),
            key="w_headers",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        buttons = st.container(horizontal=True, width="content")
    return query, rows, style != "machine", buttons


def _grid(context: Context, frame: pd.DataFrame) -> str:
    words = context.words
    shown = tidy.for_screen(frame, context.table, words)
    event = st.dataframe(
        shown,
        hide_index=True,
        key=f"grid_{context.selection.body}",
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        height=min(600, ROW_HEIGHT * (len(shown) + 1) + 4),
        row_height=ROW_HEIGHT,
        lazy=len(shown) > LAZY_FROM,
        alt=words("data.heading"),
        column_config={
            words("column.value"): st.column_config.TextColumn(alignment="right"),
            words("column.doubt"): st.column_config.TextColumn(width="medium"),
            words("column.sentence"): st.column_config.TextColumn(width="large"),
        },
    )
    rows = event["selection"]["rows"]
    if not rows or rows[0] >= len(frame):
        return ""
    row = frame.iloc[rows[0]]
    before = st.session_state.get("_grid_picked")
    key = tidy.key_of(row)
    st.session_state["_grid_picked"] = key
    return "" if before == key else key


def _downloads(context: Context, frame: pd.DataFrame, query: str, speaking: bool) -> None:
    table, chosen, words = context.table, context.selection, context.words

    def content(rows: pd.DataFrame) -> bytes:
        return csv_export.encode(tidy.in_words(rows, table, words) if speaking else rows)

    def everything() -> bytes:
        return content(table.facts)

    scope = [
        words("data.file"),
        words(f"body.{chosen.body}"),
        fmt.years(chosen.first, chosen.last, words),
    ]
    st.download_button(
        words("data.download_shown", rows=f"{len(frame):,}"),
        data=lambda: content(frame),
        file_name=names.file_name([*scope, query, words("data.file_rows", rows=len(frame))], "csv"),
        mime="text/csv",
        on_click="ignore",
        disabled=frame.empty,
        type="primary",
        key="download_shown",
    )
    st.download_button(
        words("data.download_all", rows=f"{len(table.facts):,}"),
        data=everything,
        file_name=names.file_name(
            [words("data.file"), words("data.file_all"),
             words("data.file_rows", rows=len(table.facts)), table.digest],
            "csv",
        ),
        mime="text/csv",
        on_click="ignore",
        key="download_all",
    )  # fmt: skip
