"""Finds out which of many expressions can match in a text at all, by what they cannot do without.

Every alternative of a noun holds some characters in any case: (民主)?监督(活动|议题)? needs 监督.
`needles` reads them off the expression; a `Sieve` looks for those of all expressions in one pass
(an Aho-Corasick automaton) and leaves a handful of rules to try on a clause where there were sixty.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from etl.expressions import LOOKS_AROUND, alternatives, group_end, led, tokens

_FEW = 6


def needles(expression: str) -> frozenset[str] | None:
    """Strings of which any match of the expression holds at least one.

    None where there is no such set: the expression may match anything.
    """
    found: set[str] = set()
    for alternative in alternatives(tokens(expression)):
        best = min(_required(alternative), key=_cost, default=None)
        if best is None:
            return None
        found |= best
    return frozenset(s for s in found if not any(other in s for other in found - {s}))


def _cost(choice: frozenset[str]) -> tuple[bool, int, int]:
    """How much a set of needles lets through: single characters are everywhere, long ones seldom."""
    shortest = min(map(len, choice))
    return shortest == 1, len(choice), -shortest


def _required(of: Sequence[str]) -> Iterator[frozenset[str]]:
    """Each part of an alternative that has to be there, as a set of needles of which one stands in it."""
    run = ""
    position = 0
    while position < len(of):
        token = of[position]
        end = group_end(of, position) if token.startswith("(") else position + 1
        follower = of[end] if end < len(of) else ""
        optional = follower[:1] in ("?", "*") or follower.startswith(("{0", "{,"))
        if token.startswith(LOOKS_AROUND):
            pass  # what it looks at stands in the place of others, and parts none
        elif len(token) == 1 and token not in ".^$" and token != "(":
            run += "" if optional else token
            if run and follower[:1] in ("?", "*", "+", "{"):
                yield frozenset({run})
                run = ""
        else:
            if run:
                yield frozenset({run})
            run = ""
            if token.startswith("(") and not optional:
                inner = needles("".join(of[position + 1 : end - 1]))
                if inner is not None:
                    yield inner
        position = end + (follower[:1] in ("?", "*", "+", "{") and follower != "")
    if run:
        yield frozenset({run})


class Guarded:
    """An expression that is tried only on a text that holds one of the few strings which it can't do without."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        needed = needles(pattern.pattern) or ()
        # Looking for many takes longer than the expression does. "" is in every text.
        self._needles = list(needed) if 0 < len(needed) <= _FEW else [""]

    def search(self, text: str) -> re.Match[str] | None:
        """As of the pattern; so `match`, `finditer` and `findall`."""
        for needle in self._needles:
            if needle in text:
                return self.pattern.search(text)
        return None

    def match(self, text: str) -> re.Match[str] | None:
        for needle in self._needles:
            if needle in text:
                return self.pattern.match(text)
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        for needle in self._needles:
            if needle in text:
                return self.pattern.finditer(text)
        return iter(())

    def findall(self, text: str) -> list[str]:
        return self.pattern.findall(text) if self.search(text) else []


Hit = tuple[int, int, tuple[int, ...]]


class AnyOf:
    """A long list of expressions of which most texts hold none: the list of this `number` in a Sieve."""

    def __init__(self, pattern: re.Pattern[str], number: int) -> None:
        self.number = number
        self.expressions = ["".join(tokens) for tokens in alternatives(tokens(pattern.pattern))]
        self._compiled: dict[int, re.Pattern[str]] = {}

    def found_in(self, text: str, numbers: Iterable[int]) -> bool:
        """Whether one of the expressions of these numbers matches somewhere in `text`."""
        for number in numbers:
            if number not in self._compiled:
                self._compiled[number] = re.compile(led(self.expressions[number]))
            if self._compiled[number].search(text):
                return True
        return False


class Sieve:
    """An index of lists of expressions by their needles: says which of them may match in a text."""

    def __init__(self, *lists: Iterable[str]) -> None:
        by_needle: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._always: list[frozenset[int]] = []
        for which, expressions in enumerate(lists):
            always = set()
            for number, expression in enumerate(expressions):
                needed = needles(expression)
                if needed is None:
                    always.add(number)
                for needle in needed or ():
                    by_needle[needle][which].append(number)
            self._always.append(frozenset(always))
        self._automaton = AhoCorasick(by_needle, implementation=Implementation.DFA)
        self._numbers = [
            [(which, tuple(numbers)) for which, numbers in of_needle.items()]
            for of_needle in by_needle.values()
        ]

    def sift(self, text: str) -> "Sifted":
        """The places of all needles in a text, looked for once."""
        hits: list[list[Hit]] = [[] for _ in self._always]
        for needle, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for which, numbers in self._numbers[needle]:
                hits[which].append((start, end, numbers))
        return Sifted(text, self._always, hits)


class Sifted:
    """Where the needles of a sieve stand in a text, so that stretches of it can be asked about."""

    def __init__(
        self, text: str, always: Sequence[frozenset[int]], hits: Sequence[Sequence[Hit]]
    ) -> None:
        self._text, self._always, self._hits = text, always, hits

    def passing(self, *stretches: tuple[int, int], which: int = 0) -> frozenset[int]:
        """Numbers of the expressions of a list that may match in text[start:end] of one of the stretches."""
        found = [
            numbers
            for first, last, numbers in self._hits[which]
            for start, end in stretches
            if first >= start and last <= end
        ]
        return self._always[which].union(*found)

    def sides(self, left: tuple[int, int], right: tuple[int, int]) -> tuple[set[int], set[int]]:
        """As `passing` for the first list: what may match in the left stretch, and what in the right one."""
        (a, b), (c, d) = left, right
        on_left, on_right = set(self._always[0]), set(self._always[0])
        for first, last, numbers in self._hits[0]:
            if first >= a and last <= b:
                on_left.update(numbers)
            if first >= c and last <= d:
                on_right.update(numbers)
        return on_left, on_right

    def holds(self, words: AnyOf, start: int, end: int) -> bool:
        """Whether one of the `words` matches somewhere in text[start:end]."""
        which = words.number
        hits, always = self._hits[which], self._always[which]
        if not hits and not always:
            return False
        may_match = set(always)
        for first, last, numbers in hits:
            if first >= start and last <= end:
                may_match.update(numbers)
        return bool(may_match) and words.found_in(self._text[start:end], may_match)
