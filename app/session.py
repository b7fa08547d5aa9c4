"""What a session has chosen, and the address bar, which always says the same.

All that a session keeps lies in one piece: each look into Streamlit's state takes its time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from app import area_order
from app.data import Table
from app.selection import Dropped, Selection, from_params, to_params
from app.text import LANGUAGES

_KEPT = "_kept"


@dataclass(slots=True)
class Kept:
    """What a session keeps.

    `written` is the address as it was brought up to date last, `changed` whether a widget has changed
    the selection since, `dropped` what could not be used of a link, `order` that of the list of areas,
    `picked` what was clicked and not followed yet.
    """

    selection: Selection | None = None
    written: Mapping[str, str] = field(default_factory=dict)
    changed: bool = False
    dropped: tuple[Dropped, ...] = ()
    order: str = area_order.CODE
    picked: str = ""

    @property
    def chosen(self) -> Selection:
        """The selection, which is there once the page has been drawn."""
        assert self.selection is not None
        return self.selection

    @property
    def moved(self) -> bool:
        """Whether the address bar was changed from outside: by a link or the browser's history."""
        params = st.query_params.to_dict()
        return bool(params) and params != self.written and not self.changed


def kept() -> Kept:
    """What this session keeps."""
    try:
        found: Kept = st.session_state[_KEPT]
    except KeyError:
        found = st.session_state[_KEPT] = Kept()
    return found


def current(table: Table) -> Selection:
    """The session's selection, or the address bar's where that has been moved (link, back button).

    A widget that was used in this very run outweighs the address, which the browser may not have
    brought up to date yet.
    """
    own = kept()
    if own.selection is None or own.moved:
        own.selection, own.dropped = from_params(st.query_params.to_dict(), table)
    elif own.changed:
        own.dropped = ()
    own.changed = False
    own.selection = _fitting(own.selection, table)
    return own.selection


def language() -> str:
    """The language of the screen, also before the table is there."""
    own = kept()
    if own.selection and not own.moved:
        return own.selection.language
    asked = st.query_params.get("lang", LANGUAGES[0])
    return asked if asked in LANGUAGES else LANGUAGES[0]


def moved() -> bool:
    """Whether the address bar was changed from outside: by a link or the browser's history."""
    return kept().moved


def remember(key: str) -> None:
    """Keep what was clicked until a run follows it: one that is cut short by the next would lose it."""
    kept().picked = key


def picked() -> str:
    """What was clicked and not followed yet, for once; "" for nothing."""
    own = kept()
    own.picked, key = "", own.picked
    return key


def note(**values: object) -> None:
    """Replace parts of the selection while the page, or a dialog of it, is drawn."""
    own = kept()
    own.selection = replace(own.chosen, **values)  # type: ignore[arg-type]
    write_address(own.selection)


def opened() -> str:
    """The key whose evidence the dialog shows, as the session has it now; "" for none."""
    return kept().chosen.open


def write_address(selection: Selection) -> None:
    """Bring the address bar up to date."""
    params, there = to_params(selection), st.query_params.to_dict()
    new = {name: value for name, value in params.items() if there.get(name) != value}
    if there.keys() - params.keys():
        st.query_params.from_dict(params)
    elif new:
        st.query_params.update(new)
    kept().written = params


def _fitting(selection: Selection, table: Table) -> Selection:
    """The selection after the table has changed under it."""
    return table.memory.of(
        ("fitting", selection), lambda: from_params(to_params(selection), table)[0]
    )
