"""How reports word what a figure counts: the runs of characters around it, and what each speaks for.

Where no cue names an indicator, its wording mostly gives it away all the same: 收案…件, 捎回…条. For
each indicator data/catalogue/phrasing.csv lists the runs of two or three characters near a figure
that make it more or less likely; tools.learn finds them in labelled reports and gives their weights.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import add
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick

from etl.errors import CatalogueError
from etl.model import Quantity

PHRASING = "phrasing.csv"
COLUMNS = ("indicator", "place", "words", "weight")

# Where a run stands, with the letter that it carries in memory: in the figure's own clause before or
# behind it, right beside it, elsewhere in the sentence; or it is the measure word. "" is the weight
# of an indicator before anything is read.
PLACES = {
    "before": "b",
    "right before": "B",
    "behind": "a",
    "right behind": "A",
    "earlier": "e",
    "later": "l",
    "measure": "m",
    "": "",
}
_PLACE_OF = {letter: place for place, letter in PLACES.items()}

# How many characters are looked at in each place.
_BEFORE, _RIGHT_BEFORE, _BEHIND, _RIGHT_BEHIND, _EARLIER, _LATER = 24, 5, 16, 4, 30, 20
# How long the runs of each place are.
_LENGTHS = {"b": (2, 3), "a": (2, 3), "e": (2, 3), "l": (2,), "B": (1, 2), "A": (1, 2)}
_FIGURES = re.compile(r"[0-9][0-9.,%]*+")


def runs(text: str, quantity: Quantity, clause: tuple[int, int]) -> set[str]:
    """The runs of characters around a figure of a sentence, each behind the letter of its place.

    `clause` is the span of the figure's clause; figures are all written `#`.
    """
    found = {"m" + quantity.unit}
    for letter, words in _around(text, quantity, clause):
        for length in _LENGTHS[letter]:
            found.update(_cut(letter, words, length))
    return found


def _around(text: str, quantity: Quantity, clause: tuple[int, int]) -> tuple[tuple[str, str], ...]:
    """What stands in each place around a figure, behind the letter of the place."""
    start, end = quantity.start, quantity.end
    before = _FIGURES.sub("#", text[max(clause[0], start - _BEFORE) : start])
    behind = _FIGURES.sub("#", text[end : min(clause[1], end + _BEHIND)])
    earlier = _FIGURES.sub("#", text[max(0, clause[0] - _EARLIER) : clause[0]])
    later = _FIGURES.sub("#", text[clause[1] : clause[1] + _LATER])
    return (
        ("b", before),
        ("a", behind),
        ("e", earlier),
        ("l", later),
        ("B", before[-_RIGHT_BEFORE:]),
        ("A", behind[:_RIGHT_BEHIND]),
    )


def _cut(letter: str, words: str, length: int) -> Iterator[str]:
    runs: Iterable[str] = words
    for following in range(1, length):
        runs = map(add, runs, words[following:])
    return map(letter.__add__, runs)


@dataclass(frozen=True)
class Phrasing:
    """phrasing.csv: what each run of characters adds to the log-odds of each indicator.

    `start` holds the log-odds of an indicator before anything is read.
    """

    start: Mapping[str, float]
    weights: Mapping[str, tuple[tuple[str, float], ...]]

    @cached_property
    def _finders(self) -> Mapping[str, tuple[AhoCorasick, Sequence[str]]]:
        """What finds the runs of a place that have a weight, and these, behind the letter of the place."""
        listed: dict[str, list[str]] = {letter: [] for letter in _LENGTHS}
        for run in self.weights:
            listed.get(run[0], []).append(run)
        return {
            letter: (AhoCorasick([run[1:] for run in of_place]), of_place)
            for letter, of_place in listed.items()
        }

    def known(self, text: str, quantity: Quantity, clause: tuple[int, int]) -> set[str]:
        """Those of the `runs` around a figure that have a weight; most have none, and are not cut out."""
        found = {"m" + quantity.unit} & self.weights.keys()
        for letter, words in _around(text, quantity, clause):
            finder, of_place = self._finders[letter]
            hits = finder.find_matches_as_indexes(words, overlapping=True)
            found.update([of_place[number] for number, _, _ in hits])
        return found

    @cached_property
    def _table(self) -> tuple[Mapping[str, int], Mapping[str, int], np.ndarray]:
        """The weights as a table: the row of each run (row 0 is the start), the column of each indicator."""
        rows = {run: number for number, run in enumerate(sorted(self.weights), 1)}
        columns = {name: number for number, name in enumerate(self.start)}
        table = np.zeros((len(rows) + 1, len(columns)))
        table[0] = list(self.start.values())
        for run, row in rows.items():
            for name, weight in self.weights[run]:
                if name in columns:
                    table[row, columns[name]] += weight
        return rows, columns, table

    def odds(self, found: Set[str], indicators: Collection[str]) -> dict[str, float]:
        """The log-odds of each of the `indicators` that is known, given the runs around a figure."""
        rows, columns, table = self._table
        # In order, so that the sums are the same each time, to the last bit.
        added = [0, *sorted([rows[run] for run in found if run in rows])]
        total = np.add.reduce(table[added]).tolist()
        return {name: total[columns[name]] for name in indicators if name in columns}

    def telling(self, found: Set[str], indicator: str, most: int) -> list[str]:
        """The `most` words around a figure that speak most for an indicator, none of them in another."""
        speaking = [
            (weight, run[1:])
            for run in self.weights.keys() & found
            for name, weight in self.weights[run]
            if name == indicator and weight > 0
        ]
        told: list[str] = []
        for _, words in sorted(speaking, key=lambda item: (-item[0], item[1])):
            if len(told) < most and not any(words in other or other in words for other in told):
                told.append(words)
        return told


def load(folder: Path) -> Phrasing:
    """Load phrasing.csv of the catalogue folder. Raises CatalogueError at the first mistake."""
    try:
        with (folder / PHRASING).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError as error:
        raise CatalogueError(PHRASING, "", "", "missing_file", folder=str(folder)) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(PHRASING, "", "", "unopened", detail=error) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise CatalogueError(PHRASING, "line 1", "", "columns", known=",".join(COLUMNS))
    start: dict[str, float] = {}
    weights: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number, row in enumerate(rows[1:], 2):
        indicator, place, words, weight = _fields(row, number)
        if place:
            weights[PLACES[place] + words].append((indicator, weight))
        else:
            start[indicator] = weight
    return Phrasing(start, {run: tuple(given) for run, given in weights.items()})


def _fields(row: list[str], number: int) -> tuple[str, str, str, float]:
    line = f"line {number}"
    if len(row) != len(COLUMNS):
        count = {"found": len(row), "expected": len(COLUMNS)}
        raise CatalogueError(PHRASING, line, "", "fields", **count)
    indicator, place, words, weight = row
    if place not in PLACES:
        known = ", ".join(PLACES)
        raise CatalogueError(PHRASING, line, "place", "not_code", value=place, known=known)
    try:
        return indicator, place, words, float(weight)
    except ValueError as error:
        raise CatalogueError(PHRASING, line, "weight", "no_figure", value=weight) from error


def rows(phrasing: Phrasing) -> Iterator[tuple[str, str, str, str]]:
    """The lines of phrasing.csv, by indicator, the weightier first."""
    listed = [(name, "", "", weight) for name, weight in phrasing.start.items()]
    listed += [
        (name, _PLACE_OF[run[0]], run[1:], weight)
        for run, given in phrasing.weights.items()
        for name, weight in given
    ]
    for name, place, words, weight in sorted(
        listed, key=lambda row: (row[0], row[1] != "", -abs(row[3]), row[1:3])
    ):
        yield name, place, words, f"{weight:g}"
