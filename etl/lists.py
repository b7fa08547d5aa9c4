"""Puts label and figure of a list together where they stand on lines of their own.

Picture pages (一图读懂, 数说) come out of their layout as short lines: a label and
its figure, a figure and its label, a number apart from its measure word. Which
of the two comes first is the same all through a list. It shows in which labels
fit the measure words beside them, or else in the blank lines between the pairs,
or else in how the list ends.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import mean
from typing import NamedTuple

from etl.model import Quantity
from etl.quantities import Grammar, find

_EXPLAINS = re.compile("[，：（]")
# What a bare number at the beginning of a line counts: 25听取审议的专项工作报告数，其中…
_LABEL_BEHIND = re.compile(r"[\u4e00-\u9fff“”、]{3,20}(?=[，；。（]|$)")
# A year in a label is no figure: 2025年度立法计划审议项目.
_YEAR = re.compile("(?:19|20)[0-9]{2}年")
_LONGEST_LINE = 45
_LONGEST_FIGURE = 16
_LONGEST_FIGURES = 30
_BESIDE_THE_FIGURE = 3
# One order is clear from what fits where so many of its pairs do, and so much more of them than of the other's.
_FEWEST_THAT_FIT = 3
_CLEARLY_MORE = 0.15

# Whether a label names what a measure word may count.
Fits = Callable[[str, str], bool]


@lru_cache(maxsize=256)
def figures(line: str, grammar: Grammar) -> tuple[Quantity, ...]:
    """The figures of a short line, which is looked at more than once: by itself, in its list, as a heading."""
    return tuple(find(line, grammar))


class ShortLine(NamedTuple):
    """A short line of a page: its words (folded) and the number of blank lines before it."""

    text: str
    blank_before: int


def is_figure_first(runs: Sequence[Sequence[ShortLine]], grammar: Grammar, fits: Fits) -> bool:
    """Whether figures stand above their labels in the lists of an article.

    Labels fit their own figures more often than those of their neighbours (`fits`). Where that
    doesn't tell: the blank lines inside a pair are fewer than between pairs; where they don't
    differ, a list that ends with a label has its figures first.
    """
    before_label: list[int] = []
    before_figure: list[int] = []
    ends: list[str] = []
    fitting: dict[str, list[bool]] = {"figure": [], "label": []}
    for lines in runs:
        cells = _cells(lines, grammar)
        for (kind, start, middle), (following, _, end) in pairwise(cells):
            if {kind, following} != {"figure", "label"}:
                continue
            blank = lines[middle].blank_before
            (before_label if kind == "figure" else before_figure).append(blank)
            upper = "".join(line.text for line in lines[start:middle])
            lower = "".join(line.text for line in lines[middle:end])
            figure, label = (upper, lower) if kind == "figure" else (lower, upper)
            unit = next((q.unit for q in figures(figure, grammar) if q.unit), "")
            fitting[kind].append(bool(unit) and fits(label, unit))
        if any(kind == "figure" for kind, _, _ in cells):
            ends.append(cells[-1][0])
    figure_first, label_first = (
        sum(fit) / len(fit) if fit else 0.0 for fit in (fitting["figure"], fitting["label"])
    )
    fit = max(map(sum, fitting.values()))
    if fit >= _FEWEST_THAT_FIT and abs(figure_first - label_first) >= _CLEARLY_MORE:
        return figure_first > label_first
    if before_label and before_figure and mean(before_label) != mean(before_figure):
        return mean(before_label) < mean(before_figure)
    return ends.count("label") > ends.count("figure")


def group(
    lines: Sequence[ShortLine], grammar: Grammar, figure_first: bool
) -> list[tuple[int, int]]:
    """Half-open runs of line numbers that belong together, covering all lines in order."""
    cells = _cells(lines, grammar)
    kinds = [kind for kind, _, _ in cells]
    pair = ("figure", "label") if figure_first else ("label", "figure")
    runs: list[tuple[int, int]] = []
    position = 0
    while position < len(cells):
        _, start, end = cells[position]
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
        if grammar.number_alone.fullmatch(text):
            if end < len(lines) and _is_measure_word(lines[end].text, grammar):
                end += 1
            cells.append(("figure", position, end))
        elif _is_figure(text, grammar):
            cells.append(("figure", position, end))
        elif any(character.isdigit() for character in _YEAR.sub("", text)):
            cells.append(("other", position, end))
        else:
            cells.append(("label", position, end))
        position = end
    return cells


def _is_measure_word(text: str, grammar: Grammar) -> bool:
    return text in grammar.measures


def _is_figure(text: str, grammar: Grammar) -> bool:
    """A figure with its measure word and nothing else to speak of, or what explains it behind a mark."""
    if not any(c.isdigit() for c in text[:_LONGEST_FIGURE]):
        return False
    if mark := _EXPLAINS.search(text[:_LONGEST_FIGURE]):
        text = text[: mark.start()]
    if len(text) > _LONGEST_FIGURE:
        return False
    found = figures(text, grammar)
    return len(found) == 1 and len(text) - (found[0].end - found[0].start) <= _BESIDE_THE_FIGURE


def is_figures(text: str, grammar: Grammar) -> bool:
    """One figure or several with their measure words, and nothing else to speak of: 4次、10次、20次."""
    if len(text) > _LONGEST_FIGURES or not any(c.isdigit() for c in text):
        return False
    found = figures(text, grammar)
    rest = len(text) - sum(q.end - q.start for q in found)
    return bool(found) and all(q.unit for q in found) and rest <= len(found)


def figures_with_labels(text: str, grammar: Grammar, fits: Fits) -> Iterable[Quantity]:
    """The figures of a sentence; 收到提案（件）312 takes its measure word from the label,
    2187，是收集到的意见条数 from what explains it, and 8常委会会议（次）, 8常委会会议次 from the label behind;
    a row of a table (常委会会议次5) has it in a column of its own. Where it is nowhere (25听取审议的报告),
    it is one that the label may have (`fits`)."""
    found = figures(text, grammar) if len(text) <= _LONGEST_LINE else find(text, grammar)
    for quantity in found:
        if not quantity.unit and (
            (match := grammar.unit_in_label.search(text, 0, quantity.start))
            or (match := grammar.unit_behind.match(text, quantity.end))
            or (match := grammar.unit_in_label_behind.fullmatch(text, quantity.end))
        ):
            unit_text = match.group(match.lastindex or 0)
            measure = grammar.measures.get(unit_text)
            if measure is not None:
                yield quantity._replace(unit=measure.normal, unit_text=unit_text)
                continue
        begins = not quantity.unit and quantity.start == 0 and len(text) <= _LONGEST_LINE
        if begins and (unit := _unit_by_label(text[quantity.end :], grammar, fits)):
            yield quantity._replace(unit=unit)
            continue
        if not quantity.unit and quantity.end == len(text) and len(found) == 1:
            match = grammar.unit_before.fullmatch(text, 0, quantity.start)
            measure = grammar.measures.get(match.group(1)) if match else None
            if match and measure is not None:
                start, unit_text = match.start(1), match.group(1)
                yield quantity._replace(start=start, unit=measure.normal, unit_text=unit_text)
                continue
        yield quantity


def _unit_by_label(behind: str, grammar: Grammar, fits: Fits) -> str:
    """The first measure word that the label behind a bare number may have; "" where there is no such label."""
    label = _LABEL_BEHIND.match(behind)
    if label is None:
        return ""
    return next((unit for unit in grammar.label_measures if fits(label.group(), unit)), "")
