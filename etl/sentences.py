"""Cuts an article into sentences: paragraphs at full stops, short lines as lists group them.

What goes on for more than LONGEST characters without a full stop is cut at commas, and
what holds more than MOST_NUMERALS numerals is marked as crowded: no sentence of a report
comes near (the longest of five hundred has 366 characters and twelve figures), and so the
work stays in proportion to the length of the text, whatever the text.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from etl import lists
from etl.numerals import NUMERALS
from etl.page import Article, Block, Page, Role
from etl.quantities import Grammar

LONGEST = 1000
MOST_NUMERALS = 100
_LONGEST_MARKED_HEADING = 24
_FEWEST_CAPTIONED = 3
_COUNTS = ("count", "share")

_SENTENCE_END = re.compile(r"[。！？!?][。！？!?]*[”’）)》」』]*")
_PAUSES = "；，、"
_NUMERAL = re.compile(rf"[{NUMERALS}]++")


class Sentence(NamedTuple):
    """A sentence on its page; `text` is folded, `heading` that of its section.

    `cut` tells that it was cut off at a comma for its length, `crowded` that it holds too
    many numerals to be a sentence.
    """

    start: int
    end: int
    text: str
    heading: str
    block: int
    cut: bool = False
    crowded: bool = False


def of_article(page: Page, article: Article, grammar: Grammar, fits: lists.Fits) -> list[Sentence]:
    """The sentences of an article in reading order, each with the heading that it stands under.

    `fits` tells whether a label names what a measure word may count.
    """
    parts = list(_parts(page, article))
    lists_of_article = [
        _short_lines(page, part) for part in parts if part[0][1].role is Role.HEADING
    ]
    figure_first = lists.is_figure_first(lists_of_article, grammar, fits)
    captions_below = _figures_have_captions_below(page, parts, grammar)
    sentences: list[Sentence] = []
    heading = ""
    for part in parts:
        if part[0][1].role is Role.BODY:
            number, block = part[0]
            words = page.folded[block.start : block.end]
            if len(words) <= _LONGEST_MARKED_HEADING and _is_heading(words, grammar):
                heading = words
            start = block.start
            above = sentences[-1] if captions_below and sentences else None
            if above and above.end == start and lists.is_figures(above.text, grammar):
                start = sentences.pop().start
            sentences += _of_paragraph(page, number, start, block.end, heading)
            continue
        for low, high in lists.group(_short_lines(page, part), grammar, figure_first):
            number, first = part[low]
            words = page.folded[first.start : part[high - 1][1].end]
            sentences.append(
                Sentence(first.start, first.start + len(words), words, heading, number)
            )
            if _is_heading(words, grammar):
                heading = words
    return sentences


def _is_heading(words: str, grammar: Grammar) -> bool:
    """Whether a short line names what follows: it ends without a stop and counts nothing.

    A numeral in characters counts only at an edge of the line (九个), not in 四个能力明显增强.
    """
    if words[-1] in "。！？；，":
        return False
    return not any(
        grammar.kinds.get(q.unit) in _COUNTS
        and (not q.chinese or q.start == 0 or q.end == len(words))
        for q in lists.figures(words, grammar)
    )


def _figures_have_captions_below(
    page: Page, parts: list[list[tuple[int, Block]]], grammar: Grammar
) -> bool:
    """Whether figures on lines of their own stand above paragraphs that say what they count."""
    pairs = 0
    for above, below in pairwise(parts):
        if above[0][1].role is Role.HEADING and below[0][1].role is Role.BODY:
            _, last = above[-1]
            pairs += lists.is_figures(page.folded[last.start : last.end], grammar)
    return pairs >= _FEWEST_CAPTIONED


def _parts(page: Page, article: Article) -> Iterator[list[tuple[int, Block]]]:
    """Paragraphs one by one and unbroken runs of short lines, with the numbers of their blocks."""
    run: list[tuple[int, Block]] = []
    for number in page.blocks_of(article):
        block = page.blocks[number]
        if block.role not in (Role.BODY, Role.HEADING):
            continue
        if run and (block.role is Role.BODY or run[-1][1].end != block.start):
            yield run
            run = []
        if block.role is Role.BODY:
            yield [(number, block)]
        else:
            run.append((number, block))
    if run:
        yield run


def _short_lines(page: Page, part: list[tuple[int, Block]]) -> list[lists.ShortLine]:
    return [lists.ShortLine(page.folded[b.start : b.end], b.blank_before) for _, b in part]


def _of_paragraph(
    page: Page, number: int, start: int, end: int, heading: str
) -> Iterator[Sentence]:
    for match in _SENTENCE_END.finditer(page.folded, start, end):
        yield from _of_sentence(page, start, match.end(), heading, number)
        start = match.end()
    if start < end:
        yield from _of_sentence(page, start, end, heading, number)


def _of_sentence(page: Page, start: int, end: int, heading: str, number: int) -> Iterator[Sentence]:
    """The sentence, or the pieces of one that is too long."""
    while end - start > LONGEST:
        limit = start + LONGEST
        stop = max(page.folded.rfind(pause, start, limit) for pause in _PAUSES) + 1 or limit
        words = page.folded[start:stop]
        yield Sentence(start, stop, words, heading, number, True, _is_crowded(words))
        start = stop
    words = page.folded[start:end]
    yield Sentence(start, end, words, heading, number, False, _is_crowded(words))


def _is_crowded(words: str) -> bool:
    """Whether the text holds more numerals than any sentence."""
    return len(words) > 2 * MOST_NUMERALS and len(_NUMERAL.findall(words)) > MOST_NUMERALS
