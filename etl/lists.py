"""Puts label and figure of a list together where they stand on lines of their own.

Picture pages (一图读懂, 数说) come out of their layout as short lines: a label and
its figure, a figure and its label, a number apart from its measure word. Which
of the two comes first is the same all through a list. It shows in the blank
lines between the pairs, or else in how the list ends.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.quantities import Grammar, find

_NUMBER = re.compile(r"[约近超逾]?[0-9][0-9,，.]*[万亿]?[余多]?")
_LONGEST_FIGURE = 16
_BESIDE_THE_FIGURE = 3


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A short line of a page: its words (folded) and the number of blank lines before it."""

    text: str
    blank_before: int


def group(lines: Sequence[ShortLine], grammar: Grammar) -> list[tuple[int, int]]:
    """Half-open runs of line numbers that belong together, covering all lines in order."""
    cells = _cells(lines, grammar)
    kinds = [kind for kind, _, _ in cells]
    figure_first = _figure_first(cells, lines)
    runs: list[tuple[int, int]] = []
    position = 0
    while position < len(cells):
        _, start, end = cells[position]
        pair = ("figure", "label") if figure_first else ("label", "figure")
        if tuple(kinds[position : position + 2]) == pair:
            end = cells[position + 1][2]
            position += 1
        runs.append((start, end))
        position += 1
    return runs


def _cells(lines: Sequence[ShortLine], grammar: Grammar) -> list[tuple[str, int, int]]:
    """(kind, start, end) of each line, a bare number joined with the measure word under it."""
    cells: list[tuple[str, int, int]] = []
    position = 0
    while position < len(lines):
        text = lines[position].text
        end = position + 1
        if _NUMBER.fullmatch(text):
            if end < len(lines) and _is_measure_word(lines[end].text, grammar):
                end += 1
            cells.append(("figure", position, end))
        elif _is_figure(text, grammar):
            cells.append(("figure", position, end))
        elif any(character.isdigit() for character in text):
            cells.append(("other", position, end))
        else:
            cells.append(("label", position, end))
        position = end
    return cells


def _is_measure_word(text: str, grammar: Grammar) -> bool:
    return text in grammar.measures


def _is_figure(text: str, grammar: Grammar) -> bool:
    """A figure with its measure word and nothing else to speak of."""
    if len(text) > _LONGEST_FIGURE or not any(c.isdigit() for c in text):
        return False
    found = find(text, grammar)
    return len(found) == 1 and len(text) - (found[0].end - found[0].start) <= _BESIDE_THE_FIGURE


def _figure_first(cells: Sequence[tuple[str, int, int]], lines: Sequence[ShortLine]) -> bool:
    before_label = before_figure = gaps = 0
    for (kind, _, _), (following, start, _) in itertools.pairwise(cells):
        if (kind, following) == ("figure", "label"):
            before_label += 1
            gaps -= lines[start].blank_before
        elif (kind, following) == ("label", "figure"):
            before_figure += 1
            gaps += lines[start].blank_before
    if gaps:
        return gaps > 0
    if before_label != before_figure:
        return before_label > before_figure
    return bool(cells) and cells[-1][0] == "label"
