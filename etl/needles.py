"""Finds out which of many expressions can match in a text at all, by what they cannot do without.

Every alternative of a noun holds some characters in any case: (民主)?监督(活动|议题)? needs 监督.
`needles` reads them off the expression; a `Sieve` then leaves a handful of rules to try on a
clause where there were sixty.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import add

# Pairs of characters are rare enough in text, and a text has only as many as characters.
_LENGTH = 2

# So few needles are sooner looked for one by one than among all pairs of a sentence.
_FEW = 50

_TOKEN = re.compile(
    r"""\(\?(?::|<?[=!]|P<[^>]*>)|\(|\)|\|      # groups and alternatives
    |\\.|\[\^?\]?(?:\\.|[^\]\\])*\]             # an escape, a set of characters
    |(?:[?*+]|\{[0-9]*,?[0-9]*\})[?+]?          # how often
    |.""",
    re.VERBOSE | re.DOTALL,
)
_LOOKS_AROUND = ("(?=", "(?!", "(?<=", "(?<!")


def needles(expression: str) -> frozenset[str] | None:
    """Strings of one or two characters of which any match of the expression holds at least one.

    None where there is no such set: the expression may match anything.
    """
    found: set[str] = set()
    for alternative in _split(_TOKEN.findall(expression)):
        best = min(_required(alternative), key=_cost, default=None)
        if best is None:
            return None
        found |= best
    return frozenset(found)


def _cost(choice: frozenset[str]) -> tuple[bool, int]:
    """How much a set of needles lets through: single characters are everywhere."""
    return any(len(needle) < _LENGTH for needle in choice), len(choice)


def _split(tokens: Sequence[str]) -> Iterator[list[str]]:
    """The alternatives of an expression, split at each | outside of groups."""
    depth = 0
    alternative: list[str] = []
    for token in tokens:
        depth += token.startswith("(") - (token == ")")
        if token == "|" and depth == 0:
            yield alternative
            alternative = []
        else:
            alternative.append(token)
    yield alternative


def _required(tokens: Sequence[str]) -> Iterator[frozenset[str]]:
    """Each part of an alternative that has to be there, as a set of needles of which one stands in it."""
    run = ""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _group_end(tokens, position) if token.startswith("(") else position + 1
        follower = tokens[end] if end < len(tokens) else ""
        optional = follower[:1] in ("?", "*") or follower.startswith(("{0", "{,"))
        if len(token) == 1 and token not in ".^$" and not token.startswith("("):
            run += "" if optional else token
            if follower[:1] in ("?", "*", "+", "{"):
                yield from _pieces(run)
                run = ""
        else:
            yield from _pieces(run)
            run = ""
            if token.startswith("(") and not token.startswith(_LOOKS_AROUND) and not optional:
                inner = needles("".join(tokens[position + 1 : end - 1]))
                if inner is not None:
                    yield inner
        position = end + (follower[:1] in ("?", "*", "+", "{") and follower != "")
    yield from _pieces(run)


def _pieces(run: str) -> Iterator[frozenset[str]]:
    """The end of a run of characters: the head of a noun comes last."""
    if run:
        yield frozenset({run[-_LENGTH:]})


def _group_end(tokens: Sequence[str], start: int) -> int:
    """Where the group that opens at `start` ends."""
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].startswith("(") - (tokens[position] == ")")
        if depth == 0:
            return position + 1
    raise ValueError(f"unbalanced expression: {''.join(tokens)}")


class Sieve:
    """An index of expressions by their needles: says which of them may match in a text."""

    def __init__(self, expressions: Iterable[str]) -> None:
        self._always: set[int] = set()
        self._by_needle: dict[str, list[int]] = {}
        for number, expression in enumerate(expressions):
            needed = needles(expression)
            if needed is None:
                self._always.add(number)
            for needle in needed or ():
                self._by_needle.setdefault(needle, []).append(number)
        self._needles = frozenset(self._by_needle)
        self._has_characters = any(len(needle) < _LENGTH for needle in self._needles)

    def may_match(self, text: str) -> set[int]:
        """Numbers of the expressions that may match in the text."""
        found = self._in(text)
        if not found:
            return self._always
        return self._always.union(*map(self._by_needle.__getitem__, found))

    def _in(self, text: str) -> Collection[str]:
        """The needles that stand in the text."""
        if len(self._needles) < _FEW:
            return [needle for needle in self._needles if needle in text]
        pairs = map(add, text, text[1:])
        return self._needles.intersection(chain(text, pairs) if self._has_characters else pairs)

    def sift(self, text: str) -> "Sifted":
        """The places of the needles in a text, looked for once."""
        hits = []
        for needle in self._in(text):
            numbers, at = self._by_needle[needle], text.find(needle)
            while at >= 0:
                hits.append((at, at + len(needle), numbers))
                at = text.find(needle, at + 1)
        return Sifted(self._always, hits)


class Sifted:
    """Where the needles of a sieve stand in a text, so that stretches of it can be asked about."""

    def __init__(self, always: set[int], hits: Sequence[tuple[int, int, list[int]]]) -> None:
        self._always, self._hits = always, hits

    def passing(self, *stretches: tuple[int, int]) -> set[int]:
        """Numbers of the expressions that may match in text[start:end] of one of the stretches."""
        found = [
            numbers
            for first, last, numbers in self._hits
            for start, end in stretches
            if first >= start and last <= end
        ]
        return self._always.union(*found)


class AnyOf:
    """A long list of expressions of which most texts hold none: only those are tried that may match."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self._expressions = ["".join(tokens) for tokens in _split(_TOKEN.findall(pattern.pattern))]
        self._sieve = Sieve(self._expressions)
        self._compiled: dict[int, re.Pattern[str]] = {}

    def found_in(self, text: str) -> bool:
        """Whether one of the expressions matches somewhere in `text`."""
        passing = self._sieve.may_match(text)
        return any(self._pattern(number).search(text) for number in passing)

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._compiled:
            self._compiled[number] = re.compile(self._expressions[number])
        return self._compiled[number]
