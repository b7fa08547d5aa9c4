"""python -m tools.bench.reruns FILE PAGE ROUNDS: script times of one page, in a process of its own.

Prints three numbers in seconds: a run with a selection that nobody has chosen before (the median of
ROUNDS: each has other areas and another indicator), a run with one of these again after the others
(the median), and the first run of all, which reads the table.
"""

import logging
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import combinations

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from app import loading, selection
from app.data import Table
from app.text import text


def main(file: str, page: str, rounds: int) -> None:
    """Measure and print."""
    logging.disable(logging.CRITICAL)
    app = AppTest.from_file(file, default_timeout=600)
    if page:
        app._page_hash = calc_hash(page)

    def run(chosen: Mapping[str, str]) -> float:
        for name, value in chosen.items():
            app.query_params[name] = value
        start = time.process_time()
        app.run()
        spent = time.process_time() - start
        assert not app.exception, app.exception[0].message
        return spent

    opened = run({})
    table = loading.shelf(loading.folders().root).table
    # The empty app has read no table and has nothing to choose.
    chosen = list(selections(table, rounds)) if table else [{}] * rounds
    first = [run(each) for each in chosen]
    again = [run(each) for each in chosen]
    print(statistics.median(first), statistics.median(again), opened)


def selections(table: Table, count: int) -> Iterator[Mapping[str, str]]:
    """As many areas as the dashboard opens with, but others each time, and another indicator."""
    start = selection.default(table, language=text().language)
    indicators = [i.id for i in table.indicators_for(start.body)
                  if table.has_figures(start.body, i.id)]  # fmt: skip
    sets = combinations(table.areas, len(start.areas))
    for number, areas in zip(range(1, count + 1), sets, strict=False):
        yield {"areas": ".".join(areas), "indicator": indicators[number % len(indicators)]}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
