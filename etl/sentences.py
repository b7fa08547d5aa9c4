"""Cuts an article into sentences: paragraphs at full stops, short lines as lists group them."""

import re
from dataclasses import dataclass

from etl import lists
from etl.page import Article, Block, Page, Role
from etl.quantities import Grammar

_SENTENCE_END = re.compile(r"[。！？!?]+[”’）)》」』]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on its page; `text` is folded, `heading` that of its section."""

    start: int
    end: int
    text: str
    heading: str
    block: int


def of_article(page: Page, article: Article, grammar: Grammar) -> list[Sentence]:
    """The sentences of an article in reading order, each with the heading that it stands under."""
    sentences: list[Sentence] = []
    heading = ""
    short: list[tuple[int, Block]] = []

    def add_short_lines() -> None:
        nonlocal heading
        lines = [lists.ShortLine(page.folded[b.start : b.end], b.blank_before) for _, b in short]
        for low, high in lists.group(lines, grammar):
            number, first = short[low]
            words = page.folded[first.start : short[high - 1][1].end]
            sentences.append(
                Sentence(first.start, first.start + len(words), words, heading, number)
            )
            if not any(character.isdigit() for character in words) or "年" in words:
                heading = words
        short.clear()

    for number, block in enumerate(page.blocks):
        if block.article != article.index or block.role not in (Role.BODY, Role.HEADING):
            continue
        if block.role is Role.HEADING:
            if short and short[-1][1].end != block.start:
                add_short_lines()
            short.append((number, block))
            continue
        add_short_lines()
        start = block.start
        for match in _SENTENCE_END.finditer(page.folded, block.start, block.end):
            sentences.append(
                Sentence(start, match.end(), page.folded[start : match.end()], heading, number)
            )
            start = match.end()
        if start < block.end:
            sentences.append(
                Sentence(start, block.end, page.folded[start : block.end], heading, number)
            )
    add_short_lines()
    return sentences
