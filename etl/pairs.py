"""Figures that no cue binds, each with the indicators that it may count and what speaks for them.

An indicator may be named in the figure's sentence, or its wording may give it away (etl.phrasing).
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from etl.binding import NEAR, Context
from etl.catalogue import Catalogue, Cue
from etl.model import Quantity
from etl.readings import Clauses
from etl.weights import OF_NOUN, Evidence, Weights

Span = tuple[int, int]
# A cue and where the sentence has its noun, if it does.
Named = tuple[Cue, Span | None]

# What can be asked of a cue counts this much more than a character of distance when one cue of the
# indicator is chosen to stand for it.
_ASKED = 15
# A distance of more characters says no more.
_FAR = 30
# How far before a figure words still speak of it.
_BESIDE = 24
# Log-odds of the wording from which on an indicator is thought of that the sentence doesn't name,
# and beyond which they say no more.
_SPEAKS_FOR = 0.0
_CLEAR = 6.0

_STOP = re.compile("[；。！？]")
_NO_NOUN = dict.fromkeys(OF_NOUN, 0.0)


class Unsettled(NamedTuple):
    """A sentence with its figures, where those that count something already begin (`settled`), and
    the `indicators` that its article gives nowhere."""

    clauses: Clauses
    quantities: Sequence[Quantity]
    settled: Collection[int]
    context: Context
    indicators: Collection[str]


class Pair(NamedTuple):
    """A figure, and the cue of an indicator that it may count; `noun` is None where the sentence names none."""

    quantity: Quantity
    cue: Cue
    noun: Span | None
    evidence: Evidence


class _Asked(NamedTuple):
    """Which of the words that a cue asks for, or forbids, its sentence and what surrounds it hold."""

    verb: bool
    no_verb: bool
    topic: bool
    context: bool
    must: bool
    unless: bool


def pairs(
    sentence: Unsettled, catalogue: Catalogue, weights: Weights, least: float = 0.0
) -> Iterator[Pair]:
    """Each unbound figure of a sentence with each of its indicators that the sentence names, or whose
    wording is near.

    Pairs of less than the `least` confidence are left out as soon as this shows: what isn't looked at
    yet is held to speak as well for a pair as it can.
    """
    text, syntax = sentence.clauses.text, sentence.clauses.syntax
    sifted = sentence.clauses.sift(catalogue.sieve)
    asked: dict[Cue, _Asked] = {}
    countable: dict[str, _Countable] = {}
    nouns = _Nouns(text)
    for quantity in sentence.quantities:
        start, unit = quantity.start, quantity.unit
        if start in sentence.settled or unit not in catalogue.cues_by_measure:
            continue
        if unit not in countable:
            countable[unit] = _countable(unit, sentence, catalogue)
        wanted, naming = countable[unit]
        near = max(0, start - _BESIDE)
        if not wanted or sifted.holds(catalogue.terms.comparison, near, start):
            continue
        if syntax.paired_in_order.search(text[near:start]):
            continue
        known = weights.phrasing.known(text, quantity, sentence.clauses.at(start))
        odds = weights.phrasing.odds(known, wanted)
        of_figure: Evidence | None = None
        for indicator, cues in wanted.items():
            wording = odds.get(indicator, -_CLEAR)
            named = nouns.beside(quantity, naming[indicator]) if indicator in naming else []
            options: list[Named] = list(named)
            if not options and wording > _SPEAKS_FOR:
                options = [(cue, None) for cue in cues]
            if not options:
                continue
            of_figure = of_figure or _of_figure(quantity, sentence, catalogue, weights)
            evidence = of_figure._replace(
                phrasing=max(-_CLEAR, min(_CLEAR, wording)),
                **_of_value(quantity, weights.usual.get(indicator)),
            )
            if weights.confidence(evidence) < least:
                continue
            if not (options := _allowed(quantity, options, text)):
                continue
            for cue, _ in options:
                if cue not in asked:
                    asked[cue] = _asked(cue, sentence)
            cue, noun = max(options, key=lambda option: _fit(quantity, option[1], asked[option[0]]))
            evidence = evidence._replace(
                weak=cue.weak,
                part=bool(cue.part),
                **asked[cue]._asdict(),
                **(_of_noun(cue, noun, quantity, sentence) if noun else _NO_NOUN),
            )
            if weights.confidence(evidence) < least:
                continue
            nearest = min((_distance(quantity, noun) for _, noun in named), default=_FAR)
            nearer = any(
                _distance(quantity, noun) < nearest
                for other, others in naming.items()
                if other != indicator
                for _, noun in nouns.beside(quantity, others)
            )
            yield Pair(quantity, cue, noun, evidence._replace(nearer_noun=nearer))


class _Countable(NamedTuple):
    """What a measure word can count, by indicator: the cues of each that is wanted, and of all,
    wanted or not, the cues that the sentence may name."""

    wanted: Mapping[str, Sequence[Cue]]
    naming: Mapping[str, Sequence[Cue]]


def _countable(unit: str, sentence: Unsettled, catalogue: Catalogue) -> _Countable:
    text, body = sentence.clauses.text, sentence.context.body
    wanted = {
        indicator: cues
        for indicator, cues in catalogue.counting.get((unit, body), {}).items()
        if indicator in sentence.indicators
    }
    naming: dict[str, list[Cue]] = defaultdict(list)
    if wanted:
        sifted = sentence.clauses.sift(catalogue.sieve)
        for cue in catalogue.naming(unit, body, sifted, (0, len(text))):
            naming[cue.indicator].append(cue)
    return _Countable(wanted, naming)


class _Nouns:
    """Where a sentence has the nouns of cues, each looked for when first asked about."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: dict[Cue, list[Span]] = {}

    def beside(self, quantity: Quantity, cues: Sequence[Cue]) -> list[tuple[Cue, Span]]:
        """The nouns of the cues that stand before or behind a figure, with their cues."""
        found: list[tuple[Cue, Span]] = []
        for cue in cues:
            spans = self._spans.get(cue)
            if spans is None:
                spans = [noun.span() for noun in cue.noun.finditer(self._text)]
                self._spans[cue] = spans
            found += [
                (cue, noun)
                for noun in spans
                if noun[1] <= quantity.start or noun[0] >= quantity.end
            ]
        return found


def _allowed(quantity: Quantity, options: Sequence[Named], text: str) -> list[Named]:
    """Without the nouns that a cue's `never` speaks of: another cue may not know of it."""
    before, behind = text[: quantity.start], text[quantity.end : quantity.end + NEAR]
    around = before[-NEAR:] + "#" + behind
    forbidden = {
        noun
        for cue, noun in options
        if (cue.never and cue.never.search(around))
        or (cue.never_before and cue.never_before.search(before))
    }
    return [(cue, noun) for cue, noun in options if noun not in forbidden]


def _distance(quantity: Quantity, noun: Span) -> int:
    return quantity.start - noun[1] if noun[1] <= quantity.start else noun[0] - quantity.end


def _asked(cue: Cue, sentence: Unsettled) -> _Asked:
    text = sentence.clauses.text
    told = (text, sentence.context.earlier, sentence.context.heading)

    def given(pattern: re.Pattern[str] | None) -> bool:
        return pattern is None or any(pattern.search(words) for words in told)

    def held(pattern: re.Pattern[str] | None) -> bool:
        return pattern is not None and pattern.search(text) is not None

    return _Asked(
        verb=held(cue.verb),
        no_verb=cue.verb is None,
        topic=given(cue.topic),
        context=given(cue.context),
        must=cue.must is None or held(cue.must),
        unless=held(cue.unless),
    )


def _fit(quantity: Quantity, noun: Span | None, a: _Asked) -> float:
    """How well a cue fits, among those of one indicator."""
    asked = max(a.verb, a.no_verb) + a.topic + a.context + a.must - a.unless
    return _ASKED * asked - (min(_FAR, _distance(quantity, noun)) if noun else _FAR)


def _of_figure(
    quantity: Quantity, sentence: Unsettled, catalogue: Catalogue, weights: Weights
) -> Evidence:
    """What a figure and the words before it tell, whatever it may count; the rest is hoped for."""
    text, terms, syntax = sentence.clauses.text, catalogue.terms, sentence.clauses.syntax
    start = quantity.start
    before = text[max(0, start - _BESIDE) : start]
    return weights.hopes._replace(
        only_figure=len(sentence.quantities) == 1,
        chinese=quantity.chinese,
        total=terms.total.search(before[-12:]) is not None,
        each=syntax.one_of_many.search(before[-3:]) is not None,
        higher=syntax.higher_level.search(before) is not None,
        earlier_year=syntax.earlier_year.search(before) is not None,
        others=sentence.clauses.sift(catalogue.sieve).holds(terms.others, 0, start),
    )


def _of_value(quantity: Quantity, usual: tuple[float, float] | None) -> dict[str, float]:
    """By how much a figure is over or under what is `usual` for an indicator."""
    mean, spread = usual or (0.0, math.inf)
    off = (math.log(max(0.5, quantity.value)) - mean) / spread
    return {"larger": min(3.0, max(0.0, off)), "smaller": min(3.0, max(0.0, -off))}


def _of_noun(cue: Cue, noun: Span, quantity: Quantity, sentence: Unsettled) -> dict[str, float]:
    """What the place of a cue's noun tells."""
    text, start, end = sentence.clauses.text, quantity.start, quantity.end
    is_before = noun[1] <= start
    gap = (noun[1], start) if is_before else (end, noun[0])
    between = text[slice(*gap)]
    clause = sentence.clauses.at(start)
    return {
        "named": True,
        "wrong_side": cue.side == ("right" if is_before else "left"),
        "before": is_before,
        "noun_length": min(8, noun[1] - noun[0]),
        "distance": min(_FAR, len(between)),
        "same_clause": clause[0] <= noun[0] < clause[1],
        "stops": min(2, len(_STOP.findall(between))),
        "figures": min(3, sum(gap[0] <= other.start < gap[1] for other in sentence.quantities)),
        "other_head": is_before and sentence.clauses.syntax.no_head.match(text, end) is None,
    }
