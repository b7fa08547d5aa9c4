"""The download panel that all pages share: a button a file, made only when it is clicked.

The panel itself is built only while it is open: it has more parts than many a page, and most runs
of a page go without it.

Making runs on the server beside the page (st.download_button with a callable), so the page neither
waits nor runs again. Below the buttons a small component (download.js) says that a file is being
made. While a long one is, and where one failed, it has its own few lines drawn again: how many of
the builder's steps are done, or the reason, in words.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import streamlit as st

from app import view
from app.context import Context
from app.exports import steps
from app.exports.formats import offers
from app.exports.model import Export, Scope
from app.selection import Selection
from app.text import Text
from etl.errors import InputError

_FAILED, _MAKING = "_download_failed", "_download_making"
# The widths of a row: the button, and what is in its file.
_WIDTHS = (0.34, 0.66)
_log = logging.getLogger(__name__)


def button(
    context: Context, indicators: Iterable[str], place: str, shown: Selection | None = None
) -> None:
    """The word 下载 that opens the panel for these indicators (ids) of the selection.

    The one line that a page needs; `place` is the page's name, unique in a run, `shown` what it
    shows of the selection where that is not all.
    """
    chosen = shown or context.selection
    scope = Scope(context.table, context.library, chosen, tuple(indicators), context.words)
    disabled = not scope.areas or not scope.indicators
    opened = st.popover(
        context.words("exports.open"),
        disabled=disabled,
        key=f"downloads_{place}",
        on_change="rerun",
    )
    if opened.open and not disabled:
        with opened:
            _with_template(scope, place)


@st.fragment
def _with_template(scope: Scope, place: str) -> None:
    """The panel of a scope, and below it the place for a deck's template."""
    words = scope.words
    above, below = st.container(), st.container()
    given = below.file_uploader(
        words("report.template"), type="pptx", help=words("report.template_help"),
        key=f"template_{place}",
    )  # fmt: skip
    with above:
        panel(offers(replace(scope, template=given.getvalue() if given else None)), words, place)


@st.fragment
def panel(exports: Sequence[Export], words: Text, place: str) -> None:
    """One row a file: its button and its note; a file that can't be made says why instead."""
    failed: dict[str, str] = st.session_state.setdefault(_FAILED, {})
    making: dict[str, tuple[int, int]] = st.session_state.setdefault(_MAKING, {})
    for export in exports:
        identity = f"download_{place}_{export.key}"
        left, right = st.columns(_WIDTHS, vertical_alignment="center")
        left.download_button(
            export.label,
            data=_reporting(export, identity, failed, making, words),
            file_name=export.file_name,
            mime=export.mime,
            on_click="ignore",
            disabled=bool(export.problem),
            width="stretch",
            key=identity,
        )
        if export.note:
            right.caption(export.note)
        if export.problem:
            st.text("⚠ " + export.problem)
    _watch(exports, words, place, failed, making)


@st.fragment
def _watch(
    exports: Sequence[Export],
    words: Text,
    place: str,
    failed: dict[str, str],
    making: dict[str, tuple[int, int]],
) -> None:
    """What became of the click: how far the file has come, or why there is none."""
    here = {f"download_{place}_{export.key}": export for export in exports}
    for identity, export in here.items():
        if reason := failed.pop(identity, ""):
            st.text("⚠ " + words("exports.failed", file=export.label, reason=reason))
    steps_done = [making[identity] for identity in here if identity in making]
    done, total = steps_done[-1] if steps_done else (0, 0)
    view.download_watch(place, words, any(e.long for e in exports), done, total)


def _reporting(
    export: Export,
    identity: str,
    failed: dict[str, str],
    making: dict[str, tuple[int, int]],
    words: Text,
) -> Callable[[], bytes]:
    """`make`, which leaves its steps in `making`, and the reason in `failed` where it fails.

    It runs in a thread without a session: hence the dictionaries and not st.session_state.
    """

    def told(done: int, total: int) -> None:
        making[identity] = done, total

    def make() -> bytes:
        failed.pop(identity, None)
        try:
            with steps.heard_by(told):
                return export.make()
        except InputError as error:
            _log.warning("making %s failed: %s", export.key, error)
            failed[identity] = error.text(words.language)
            raise
        except Exception as error:
            _log.exception("making %s failed", export.key)
            failed[identity] = words("exports.unforeseen", kind=type(error).__name__)
            raise
        finally:
            making.pop(identity, None)

    return make
