"""python -m tools.bench.reruns PAGE ROUNDS: script times of one page, in a process of its own.

Prints Times as JSON. The empty app and the bare elements of the page run in the same process.
"""

import json
import logging
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain, combinations

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import loading, selection
from app.data import Table
from app.text import text
from tools.bench import bare
from tools.picture import ROOT

EMPTY = "import streamlit as st\nst.button('again', key='again')\n"
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Spent:
    """Script times in seconds, medians: with choices that nobody made `first`, and made `again`.

    `elements` is the time of the same elements without anything of ours.
    """

    first: float
    again: float
    elements: float


@dataclass(frozen=True, slots=True)
class Times:
    """A page: the run that reads the table, the `whole` page by its link, a `change` in the sidebar.

    `empty` is a run of the empty app.
    """

    opened: float
    whole: Spent
    change: Spent
    empty: float

    @classmethod
    def read(cls, line: str) -> "Times":
        """The times of a line that `main` has printed."""
        found = json.loads(line)
        return cls(**found | {kind: Spent(**found[kind]) for kind in ("whole", "change")})


def main(page: str, rounds: int) -> None:
    """Measure and print."""
    logging.disable(logging.CRITICAL)
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=_LONGEST)
    if page:
        app._page_hash = calc_hash(page)
    opened = _seconds(app)
    table = loading.shelf(loading.folders().root).table
    assert table is not None
    chosen = list(selections(table, 2 * rounds))
    by_link, by_hand = chosen[::2], chosen[1::2]
    spent: dict[str, list[float]] = defaultdict(list)
    nothing = AppTest.from_string(EMPTY)
    _seconds(nothing)
    for kind in ("whole first", "whole again"):
        for areas, indicator in by_link:
            app.query_params |= {"areas": ".".join(areas), "indicator": indicator}
            spent[kind].append(_seconds(app))
        spent["empty"] += [_seconds(nothing) for _ in range(rounds)]
    spent["whole elements"] = _of_elements(app, rounds)
    for kind in ("change first", "change again"):
        for _ in _changes(app, by_hand):
            spent[kind].append(_seconds(app))
        spent["empty"] += [_seconds(nothing) for _ in range(rounds)]
    spent["change elements"] = _of_elements(app, rounds, by_button=True)

    def of(kind: str) -> Spent:
        first, again, elements = (
            statistics.median(spent[f"{kind} {name}"]) for name in ("first", "again", "elements")
        )
        return Spent(first, again, elements)

    empty = statistics.median(spent["empty"])
    print(json.dumps(asdict(Times(opened, of("whole"), of("change"), empty))))


def selections(table: Table, count: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """As many areas as the dashboard opens with, or fewer, others each time; another indicator."""
    start = selection.default(table, language=text().language)
    indicators = [i.id for i in table.indicators_for(start.body)
                  if table.has_figures(start.body, i.id)]  # fmt: skip
    sizes = range(len(start.areas), 1, -1)
    sets = chain.from_iterable(combinations(table.areas, size) for size in sizes)
    for number, areas in zip(range(1, count + 1), sets, strict=False):
        yield areas, indicators[number % len(indicators)]


def _changes(app: AppTest, chosen: list[tuple[tuple[str, ...], str]]) -> Iterator[None]:
    """Makes a user's changes in the sidebar, one after the other: other areas, another indicator.

    Each begins with a run of the whole page: AppTest has widgets only of what the last run has drawn.
    """
    for areas, indicator in chosen:
        app.run()
        app.multiselect(key="w_areas").set_value(list(areas))
        yield
        app.run()
        app.selectbox(key="w_indicator").set_value(indicator)
        yield


def _of_elements(app: AppTest, rounds: int, by_button: bool = False) -> list[float]:
    """Runs of an app with the elements that the last run of `app` has drawn and nothing in them."""
    alike = AppTest.from_string(bare.script(app), default_timeout=_LONGEST)
    spent = []
    for _ in range(rounds + 1):
        if by_button:
            alike.run()
            alike.button(key="again").click()
        spent.append(_seconds(alike))
    return spent[1:]


def _seconds(app: AppTest) -> float:
    start = time.process_time()
    app.run()
    spent = time.process_time() - start
    assert not app.exception, app.exception[0].message
    return spent


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
