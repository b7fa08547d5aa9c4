"""How reports word what a figure counts: the runs of characters around it, and what each speaks for.

Where no cue names an indicator, its wording mostly gives it away all the same: 收案…件, 捎回…条. For
each indicator data/catalogue/phrasing.csv lists the runs of two or three characters near a figure
that make it more or less likely; tools.learn finds them in labelled reports and gives their weights.
"""

import csv
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick, Implementation

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
# In which places a run of two characters or more stands that begins in each part of what is around a
# figure: far before it, right before, right behind, far behind, earlier, later.
_ZONES = ("b", "bB", "aA", "a", "e", "l")
_FIGURES = re.compile(r"[0-9][0-9.,%]*+")


def runs(text: str, quantity: Quantity, clause: tuple[int, int]) -> set[str]:
    """The runs of characters around a figure of a sentence, each behind the letter of its place.

    `clause` is the span of the figure's clause; figures are all written `#`.
    """
    before, behind, earlier, later = _around(text, quantity, clause)
    found = {"m" + quantity.unit}
    for letter, words in (
        ("b", before),
        ("a", behind),
        ("e", earlier),
        ("l", later),
        ("B", before[-_RIGHT_BEFORE:]),
        ("A", behind[:_RIGHT_BEHIND]),
    ):
        for length in _LENGTHS[letter]:
            found.update(_cut(letter, words, length))
    return found


def _around(text: str, quantity: Quantity, clause: tuple[int, int]) -> tuple[str, str, str, str]:
    """What stands before and behind a figure in its clause, and earlier and later in its sentence."""
    start, end = quantity.start, quantity.end
    return (
        _FIGURES.sub("#", text[max(clause[0], start - _BEFORE) : start]),
        _FIGURES.sub("#", text[end : min(clause[1], end + _BEHIND)]),
        _FIGURES.sub("#", text[max(0, clause[0] - _EARLIER) : clause[0]]),
        _FIGURES.sub("#", text[clause[1] : clause[1] + _LATER]),
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
    def listed(self) -> Sequence[str]:
        """The runs that have a weight, in order; number 0 is what is known before anything is read."""
        return ["", *sorted(self.weights)]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {run: number for number, run in enumerate(self.listed)}

    @cached_property
    def _finder(self) -> tuple[AhoCorasick, Sequence[Sequence[tuple[int, ...]]]]:
        """What finds runs of two characters or more, and the numbers that each has in each of the _ZONES."""
        words = sorted({run[1:] for run in self.listed if run[:1] in _LENGTHS and len(run) > 2})
        number = self._numbers.get
        return AhoCorasick(words, implementation=Implementation.DFA), [
            [tuple(n for letter in zone if (n := number(letter + run))) for run in words]
            for zone in _ZONES
        ]

    def known(self, text: str, quantity: Quantity, clause: tuple[int, int]) -> list[int]:
        """The numbers of those `runs` around a figure that have a weight, in order, behind 0; most have none.

        All places are looked through in one go, side by side.
        """
        before, behind, earlier, later = _around(text, quantity, clause)
        number, (finder, zones) = self._numbers.get, self._finder
        found = {0, number("m" + quantity.unit, 0)}
        found.update([number("B" + one, 0) for one in before[-_RIGHT_BEFORE:]])
        found.update([number("A" + one, 0) for one in behind[:_RIGHT_BEHIND]])
        at = len(before)
        then = at + 1 + len(behind)
        ends = at - _RIGHT_BEFORE, at, min(at + _RIGHT_BEHIND, then), then, then + 1 + len(earlier)
        words = f"{before}\n{behind}\n{earlier}\n{later}"
        hits = finder.find_matches_as_indexes(words, overlapping=True)
        found.update(*[zones[bisect(ends, start)][run] for run, start, _ in hits])
        return sorted(found)

    @cached_property
    def _table(self) -> tuple[Mapping[str, int], np.ndarray]:
        """The weights as a table: a row for each run, the start above them, the column of each indicator."""
        columns = {name: number for number, name in enumerate(self.start)}
        table = np.zeros((len(self.listed), len(columns)))
        table[0] = list(self.start.values())
        for row, run in enumerate(self.listed[1:], 1):
            for name, weight in self.weights[run]:
                if name in columns:
                    table[row, columns[name]] += weight
        return columns, table

    def odds(self, found: Sequence[int], indicators: Collection[str]) -> dict[str, float]:
        """The log-odds of each of the `indicators` that is known, given the `known` runs around a figure."""
        columns, table = self._table
        total = np.add.reduce(table.take(found, axis=0)).tolist()
        return {name: total[columns[name]] for name in indicators if name in columns}

    def telling(self, found: Sequence[int], indicator: str, most: int) -> list[str]:
        """The `most` words around a figure that speak most for an indicator, none of them in another."""
        speaking = [
            (weight, run[1:])
            for run in map(self.listed.__getitem__, found)
            for name, weight in self.weights.get(run, ())
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
