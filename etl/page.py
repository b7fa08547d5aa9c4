"""A page: the repaired text of a document, its blocks and articles, and the way back.

White space is dropped (kept only between Latin words) and nothing is ever
added, so every span of a page maps to one span of its document.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a block is on its page."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    LIST = "list"
    FURNITURE = "furniture"


class Block(NamedTuple):
    """A run of page text with one role: a paragraph or part of one, a heading, a caption.

    `article` is the index of its article in `Page.articles`, `blank_before` the
    number of blank lines above it.
    """

    start: int
    end: int
    role: Role
    article: int = 0
    blank_before: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its own headline on the page; `start` and `end` enclose its blocks."""

    index: int
    heading: str
    start: int
    end: int


def _article_of(block: Block) -> int:
    return block.article


@dataclass(frozen=True, slots=True)
class Page:
    """The repaired text of one document.

    `text` has the document's own characters; `folded` has the same length, with
    full-width letters and digits, half-width punctuation and traditional
    characters brought to one form for matching. `piece_starts` and
    `piece_origins` are the offset map: the k-th piece of the page begins at
    `piece_starts[k]` in the page and at `piece_origins[k]` in the document;
    `breaks[k]` tells that other words of the document stand between it and the
    next piece.
    """

    text: str
    folded: str
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    piece_starts: tuple[int, ...]
    piece_origins: tuple[int, ...]
    breaks: tuple[bool, ...]

    def blocks_of(self, article: Article) -> range:
        """The numbers of the article's blocks, which stand together in `blocks`."""
        return range(
            bisect_left(self.blocks, article.index, key=_article_of),
            bisect_right(self.blocks, article.index, key=_article_of),
        )

    def origin(self, offset: int) -> int:
        """The document offset of the page character at `offset`."""
        piece = bisect_right(self.piece_starts, offset) - 1
        return self.piece_origins[piece] + offset - self.piece_starts[piece]

    def origin_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open document span of the non-empty page span [start, end)."""
        return self.origin(start), self.origin(end - 1) + 1

    def contiguous(self, start: int, end: int, keep_start: int, keep_end: int) -> tuple[int, int]:
        """Shorten the span [start, end) to what stands in one piece in the document.

        A caption in mid-sentence cuts the sentence in two; the piece around
        [keep_start, keep_end) is kept.
        """
        low = bisect_right(self.piece_starts, keep_start) - 1
        while low > 0 and self.piece_starts[low] > start and self._follows(low - 1):
            low -= 1
        high = bisect_right(self.piece_starts, keep_end - 1) - 1
        last = len(self.piece_starts) - 1
        while high < last and self.piece_starts[high + 1] < end and self._follows(high):
            high += 1
        limit = self.piece_starts[high + 1] if high < last else len(self.text)
        return max(start, self.piece_starts[low]), min(end, limit)

    def is_contiguous(self, start: int, end: int) -> bool:
        """Whether the span [start, end) stands in one piece in the document."""
        return self.contiguous(start, end, start, start + 1)[1] == end

    def _follows(self, piece: int) -> bool:
        """Whether the next piece of the page is also the next one of the document."""
        return not self.breaks[piece]
