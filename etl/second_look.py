"""A second look at figures that no cue binds: what speaks for and against, weighed by learned weights.

A cue asks for its words in their places, and misses what a report says in words of its own. The
noun of the indicator is mostly in the sentence all the same. For each indicator that an article
gives nowhere else, every unbound figure whose sentence names it and whose measure word fits makes
a pair, and the pair's evidence is weighed (etl.weights). The most confident pair of an indicator is
taken: as a fact, or as a candidate for a person to look at.
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from etl.binding import CANDIDATE, FACT, NEAR, Binding, Context
from etl.catalogue import Catalogue, Cue
from etl.findings import Found, Reading, place
from etl.model import Body, Quantity
from etl.needles import Sifted
from etl.readings import Clauses
from etl.readings import Reading as Words
from etl.rules import Rules
from etl.weights import Evidence, Usual, Weights

Named = tuple[Cue, tuple[int, int]]

# What can be asked of a cue counts this much more than a character of distance when one cue of the
# indicator is chosen to stand for it.
_ASKED = 15
# A distance of more characters says no more.
_FAR = 30
# How far before a figure words still speak of it.
_BESIDE = 24

_STOP = re.compile("[；。！？]")


class Unsettled(NamedTuple):
    """A sentence with its figures, where those that count something already begin (`settled`), and
    the `indicators` that its article gives nowhere."""

    clauses: Clauses
    quantities: Sequence[Quantity]
    settled: Collection[int]
    context: Context
    indicators: Collection[str]


class Pair(NamedTuple):
    """A figure, and the cue of an indicator that it may count."""

    quantity: Quantity
    cue: Cue
    noun: tuple[int, int]
    evidence: Evidence


class _Asked(NamedTuple):
    """Which of the words that a cue asks for, or forbids, its sentence and what surrounds it hold."""

    verb: bool
    no_verb: bool
    topic: bool
    context: bool
    must: bool
    unless: bool


# What is bound in a sentence that the cues left unsettled.
Look = Callable[[Unsettled, Rules], list[Binding]]


def weighed(sentence: Unsettled, rules: Rules) -> list[Binding]:
    """Bindings that no cue gave, the more confident first; below the limit of facts they score less than FACT."""
    result: list[Binding] = []
    confident = [
        (confidence, pair)
        for pair in pairs(sentence, rules.catalogue, rules.weights.usual)
        if (confidence := rules.weights.confidence(pair.evidence)) >= rules.weights.candidate
    ]
    for confidence, pair in sorted(confident, key=lambda item: -item[0]):
        start, end = pair.quantity.start, pair.quantity.end
        clause = sentence.clauses.at(start)
        words = Words(pair.quantity, clause, (clause[0], start), (end, clause[1]))
        evidence = _words(pair, confidence, sentence.clauses.text)
        score = _score(confidence, rules.weights)
        result.append(Binding(words, pair.cue, score, pair.noun, evidence))
    return result


def look_again(
    found: Sequence[Found],
    readings: Sequence[Reading],
    bodies: Sequence[Body],
    rules: Rules,
    look: Look = weighed,
) -> list[Reading]:
    """An article's sentences with what a second look binds: for each indicator not found, its best figure."""
    given = {(item.indicator.id, item.speaker.body) for item in found if not item.doubt}
    absent = {
        body: {i for i in rules.catalogue.indicators if (i, body) not in given}
        for body in set(bodies)
    }
    settled = {place(item) for item in found}
    best: dict[tuple[str, Body], tuple[int, Binding]] = {}
    for number, (reading, body) in enumerate(zip(readings, bodies, strict=True)):
        if reading.clauses is None or reading.context is None:
            continue
        claimed = _settled(reading, settled)
        measures = {q.unit for q in reading.quantities if q.start not in claimed}
        if measures.isdisjoint(rules.catalogue.cues_by_measure):
            continue
        unsettled = Unsettled(
            reading.clauses,
            reading.quantities,
            claimed,
            reading.context,
            absent[body],
        )
        for bound in look(unsettled, rules):
            key = bound.cue.indicator, body
            if key not in best or bound.score > best[key][1].score:
                best[key] = number, bound
    again: dict[int, list[Binding]] = defaultdict(list)
    for number, bound in sorted(best.values(), key=lambda item: -item[1].score):
        again[number].append(bound)
    return [
        reading._replace(bindings=tuple(again[number])) for number, reading in enumerate(readings)
    ]


def _settled(reading: Reading, settled: Collection[int]) -> set[int]:
    """The starts of a sentence's figures that count something: by a cue, or in one of the `settled` places."""
    start = reading.sentence.start
    bound = {bound.quantity.start for bound in reading.bindings if bound.score >= FACT}
    return bound | {q.start for q in reading.quantities if start + q.start in settled}


def pairs(sentence: Unsettled, catalogue: Catalogue, usual: Usual) -> Iterator[Pair]:
    """Each unbound figure of a sentence with each of its indicators that the sentence names."""
    text = sentence.clauses.text
    sifted = sentence.clauses.sift(catalogue.sieve)
    nouns: dict[str, list[Named]] = {}
    seen: dict[Cue, list[tuple[int, int]]] = {}
    asked: dict[Cue, _Asked] = {}
    for quantity in sentence.quantities:
        unit = quantity.unit
        if quantity.start in sentence.settled or unit not in catalogue.cues_by_measure:
            continue
        if unit not in nouns:
            nouns[unit] = _nouns(unit, sentence, sifted, catalogue, seen)
        if not nouns[unit]:
            continue
        near = max(0, quantity.start - _BESIDE)
        if sifted.holds(catalogue.terms.comparison, near, quantity.start):
            continue
        if sentence.clauses.syntax.paired_in_order.search(text[near : quantity.start]):
            continue
        named = _named(quantity, nouns[unit])
        if named.keys().isdisjoint(sentence.indicators):
            continue
        nearest = {
            indicator: min(_distance(quantity, noun) for _, noun in options)
            for indicator, options in named.items()
        }
        for indicator in (name for name in named if name in sentence.indicators):
            others = [nearest[other] for other in named if other != indicator]
            nearer = bool(others) and min(others) < nearest[indicator]
            allowed = _allowed(quantity, named[indicator], text)
            for cue, _ in allowed:
                if cue not in asked:
                    asked[cue] = _asked(cue, sentence)
            if allowed:
                cue, noun = max(
                    allowed, key=lambda option: _fit(quantity, option[1], asked[option[0]])
                )
                evidence = _evidence(
                    cue, noun, asked[cue], quantity, nearer, sentence, catalogue, usual
                )
                yield Pair(quantity, cue, noun, evidence)


def _nouns(
    unit: str,
    sentence: Unsettled,
    sifted: Sifted,
    catalogue: Catalogue,
    seen: dict[Cue, list[tuple[int, int]]],
) -> list[Named]:
    """What the sentence names of all that a measure word can count; nothing where none of its indicators is.

    `seen` keeps where it names each cue's noun, which several measure words may count.
    """
    text = sentence.clauses.text

    def places(cue: Cue) -> list[tuple[int, int]]:
        if cue not in seen:
            seen[cue] = [noun.span() for noun in cue.noun.finditer(text)]
        return seen[cue]

    cues = catalogue.naming(unit, sentence.context.body, sifted, (0, len(text)))
    if not any(places(cue) for cue in cues if cue.indicator in sentence.indicators):
        return []
    return [(cue, noun) for cue in cues for noun in places(cue)]


def _named(quantity: Quantity, nouns: Sequence[Named]) -> dict[str, list[Named]]:
    """The indicators that the sentence names beside a figure: cue and noun."""
    named: dict[str, list[Named]] = defaultdict(list)
    for cue, noun in nouns:
        if noun[1] <= quantity.start or noun[0] >= quantity.end:
            named[cue.indicator].append((cue, noun))
    return named


def _allowed(quantity: Quantity, named: Sequence[Named], text: str) -> list[Named]:
    """Without the nouns that a cue's `never` speaks of: another cue may not know of it."""
    before, behind = text[: quantity.start], text[quantity.end : quantity.end + NEAR]
    around = before[-NEAR:] + "#" + behind
    forbidden = {
        noun
        for cue, noun in named
        if (cue.never and cue.never.search(around))
        or (cue.never_before and cue.never_before.search(before))
    }
    return [(cue, noun) for cue, noun in named if noun not in forbidden]


def _distance(quantity: Quantity, noun: tuple[int, int]) -> int:
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


def _fit(quantity: Quantity, noun: tuple[int, int], a: _Asked) -> float:
    """How well a cue fits, among those of one indicator."""
    asked = max(a.verb, a.no_verb) + a.topic + a.context + a.must - a.unless
    return _ASKED * asked - min(_FAR, _distance(quantity, noun))


def _evidence(
    cue: Cue,
    noun: tuple[int, int],
    asked: _Asked,
    quantity: Quantity,
    nearer: bool,
    sentence: Unsettled,
    catalogue: Catalogue,
    usual: Usual,
) -> Evidence:
    text, terms, syntax = sentence.clauses.text, catalogue.terms, sentence.clauses.syntax
    start, end = quantity.start, quantity.end
    is_before = noun[1] <= start
    gap = (noun[1], start) if is_before else (end, noun[0])
    between = text[slice(*gap)]
    before = text[max(0, start - _BESIDE) : start]
    clause = sentence.clauses.at(start)
    mean, spread = usual.get(cue.indicator, (0.0, math.inf))
    off = (math.log(max(0.5, quantity.value)) - mean) / spread

    return Evidence(
        **asked._asdict(),
        wrong_side=cue.side == ("right" if is_before else "left"),
        weak=cue.weak,
        part=bool(cue.part),
        before=is_before,
        noun_length=min(8, noun[1] - noun[0]),
        distance=min(_FAR, len(between)),
        same_clause=clause[0] <= noun[0] < clause[1],
        stops=min(2, len(_STOP.findall(between))),
        figures=min(3, sum(gap[0] <= other.start < gap[1] for other in sentence.quantities)),
        other_head=is_before and syntax.no_head.match(text, end) is None,
        nearer_noun=nearer,
        only_figure=len(sentence.quantities) == 1,
        chinese=quantity.chinese,
        total=terms.total.search(before[-12:]) is not None,
        each=syntax.one_of_many.search(before[-3:]) is not None,
        higher=syntax.higher_level.search(before) is not None,
        earlier_year=syntax.earlier_year.search(before) is not None,
        others=sentence.clauses.sift(catalogue.sieve).holds(terms.others, 0, start),
        larger=min(3.0, max(0.0, off)),
        smaller=min(3.0, max(0.0, -off)),
    )


def _score(confidence: float, weights: Weights) -> float:
    """On the scale of etl.binding: CANDIDATE to FACT for a candidate, up to one more for a fact."""
    if confidence < weights.fact:
        share = (confidence - weights.candidate) / (weights.fact - weights.candidate)
        return round(CANDIDATE + share * (FACT - CANDIDATE) - 0.01, 2)
    return round(FACT + (confidence - weights.fact) / (1 - weights.fact), 2)


def _words(pair: Pair, confidence: float, text: str) -> tuple[str, ...]:
    side = "前" if pair.evidence.before else "后"
    return (
        f"名词“{text[slice(*pair.noun)]}”在同一句，数字{side}{pair.evidence.distance:g}字",
        f"没有规则完全相合，综合各项依据的把握为{confidence:.2f}",
    )
