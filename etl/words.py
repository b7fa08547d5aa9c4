"""Segments text into words with jieba and a user dictionary of the field's terms.

The path through jieba's dictionary is the one that `jieba.cut` takes, found with half its work
(tests/test_words.py holds the two against each other); and its model for words that no dictionary
has, the dearer part, runs only on the few characters that are asked about.

jieba's own cache is a marshalled file in the system's shared temporary folder;
reading the dictionary itself takes as long and trusts nobody, so the cache is
not used. Figures are matched on the text and never on these words: jieba cuts
4300|余条 and 百分之九十|六.
"""

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from math import log
from typing import NamedTuple

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42.1: invalid escapes, pkg_resources
    import jieba
    from jieba import finalseg

# jieba cuts each such run by itself; any other character is a word of its own.
RUN = re.compile(r"[\u4e00-\u9fd5A-Za-z0-9+#&._%-]+")

_FREQUENCY_OF_TERMS = 20_000


class Piece(NamedTuple):
    """A word at run[start:end], or characters that are no words of the dictionary side by side (`unknown`)."""

    start: int
    end: int
    unknown: bool


class Segmenter:
    """A jieba tokenizer that knows the words of the catalogue."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self.tokenizer = jieba.Tokenizer()
        dictionary = self.tokenizer.get_dict_file()
        with dictionary:
            self.tokenizer.FREQ, self.tokenizer.total = self.tokenizer.gen_pfdict(dictionary)
        self.tokenizer.initialized = True
        for term in sorted(terms):
            self.tokenizer.add_word(term, _FREQUENCY_OF_TERMS)

    def pieces(self, run: str) -> list[Piece]:
        """The words of a RUN as its dictionary tells, in order, without gaps."""
        stops = self._likeliest(run)
        pieces: list[Piece] = []
        at, end = 0, len(run)
        while at < end:
            start, at = at, stops[at]
            if at - start > 1:
                pieces.append(Piece(start, at, unknown=False))
                continue
            while at < end and stops[at] == at + 1:
                at += 1
            if at - start > 1 and not self.tokenizer.FREQ.get(run[start:at]):
                pieces.append(Piece(start, at, unknown=True))
            else:
                pieces += [Piece(one, one + 1, unknown=False) for one in range(start, at)]
        return pieces

    def _likeliest(self, run: str) -> list[int]:
        """Where the word that begins at each character ends, on the likeliest way to the end of the run."""
        frequency, total = self.tokenizer.FREQ.get, log(self.tokenizer.total)
        end = len(run)
        stops = [0] * end
        scores = [0.0] * (end + 1)
        for start in range(end - 1, -1, -1):
            best = None
            stop = start
            known = frequency(run[start])
            while known is not None:  # 0 for what only begins a word
                stop += 1
                if known:
                    score = log(known) - total + scores[stop]
                    if best is None or score >= best:
                        best, stops[start] = score, stop
                if stop == end:
                    break
                known = frequency(run[start : stop + 1])
            if best is None:
                best, stops[start] = scores[start + 1] - total, start + 1
            scores[start] = best
        return stops

    def recognised(self, unknown: str) -> list[tuple[int, int]]:
        """The words that jieba's model sees in characters of an unknown piece, as half-open offsets."""
        spans = []
        start = 0
        for word in finalseg.cut(unknown):
            spans.append((start, start + len(word)))
            start += len(word)
        return spans


@lru_cache(maxsize=4)
def segmenter(terms: frozenset[str]) -> Segmenter:
    """The segmenter of a catalogue's words; made once, as reading the dictionary takes half a second."""
    return Segmenter(terms)
