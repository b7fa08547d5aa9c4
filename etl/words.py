"""Segments clauses into words with jieba's dictionary and the field's own terms.

rjieba is jieba in Rust: the same words, in a fiftieth of the time, and its dictionary
is there in a tenth of a second. Figures are matched on the text and never on these
words: jieba cuts 4300|余条 and 百分之九十|六.
"""

from collections.abc import Iterable
from functools import lru_cache

from rjieba import Jieba

_FREQUENCY_OF_TERMS = 20_000
_NOUN = "n"


class Segmenter:
    """jieba's dictionary and, beside it, the words of the catalogue."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._dictionary = Jieba()
        for term in sorted(terms):
            self._dictionary.add_word(term, _FREQUENCY_OF_TERMS, _NOUN)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The words of `text` as half-open offsets, in order, without gaps."""
        spans = []
        start = 0
        for word in self._dictionary.cut(text):
            end = start + len(word)
            spans.append((start, end))
            start = end
        return spans


@lru_cache(maxsize=4)
def segmenter(terms: frozenset[str]) -> Segmenter:
    """The segmenter of a catalogue's words; made once, as it reads the whole dictionary."""
    return Segmenter(terms)
