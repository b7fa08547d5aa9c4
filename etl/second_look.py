"""A second look at figures that no cue binds: what speaks for and against, weighed by learned weights.

A cue asks for its words in their places, and misses what a report says in words of its own. For each
indicator that an article gives nowhere else, the figures without a meaning that it may count
(etl.pairs) are weighed (etl.weights). The most confident one is taken: as a fact, or as a candidate
for a person to look at.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from etl.binding import CANDIDATE, FACT, Binding
from etl.findings import Found, Reading, place
from etl.model import Body
from etl.pairs import Pair, Unsettled, pairs
from etl.readings import Reading as Words
from etl.rules import Rules
from etl.weights import Weights

# So many of the words that speak for a figure are told.
_MOST_WORDS = 3

# What is bound in a sentence that the cues left unsettled.
Look = Callable[[Unsettled, Rules], list[Binding]]


def weighed(sentence: Unsettled, rules: Rules) -> list[Binding]:
    """Bindings that no cue gave, the more confident first; below the limit of facts they score less than FACT."""
    result: list[Binding] = []
    confident = [
        (confidence, pair)
        for pair in pairs(sentence, rules.catalogue, rules.weights, rules.weights.candidate)
        if (confidence := rules.weights.confidence(pair.evidence)) >= rules.weights.candidate
    ]
    for confidence, pair in sorted(confident, key=lambda item: -item[0]):
        start, end = pair.quantity.start, pair.quantity.end
        clause = sentence.clauses.at(start)
        words = Words(pair.quantity, clause, (clause[0], start), (end, clause[1]))
        evidence = _words(pair, confidence, sentence, rules.weights)
        score = _score(confidence, rules.weights)
        noun = pair.noun or (start, start)
        result.append(Binding(words, pair.cue, score, noun, evidence))
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
    settled = {place(item) for item in found if item.score >= FACT}
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
        reading._replace(bindings=tuple(again[number]))
        if reading.bindings or number in again
        else reading
        for number, reading in enumerate(readings)
    ]


def _settled(reading: Reading, settled: Collection[int]) -> set[int]:
    """The starts of a sentence's figures that count something: by a cue, or in one of the `settled` places."""
    start = reading.sentence.start
    bound = {bound.quantity.start for bound in reading.bindings if bound.score >= FACT}
    return bound | {q.start for q in reading.quantities if start + q.start in settled}


def _score(confidence: float, weights: Weights) -> float:
    """On the scale of etl.binding: CANDIDATE to FACT for a candidate, up to one more for a fact."""
    if confidence < weights.fact:
        share = (confidence - weights.candidate) / (weights.fact - weights.candidate)
        return round(CANDIDATE + share * (FACT - CANDIDATE) - 0.01, 2)
    return round(FACT + (confidence - weights.fact) / (1 - weights.fact), 2)


def _words(pair: Pair, confidence: float, sentence: Unsettled, weights: Weights) -> tuple[str, ...]:
    """The evidence in words: the noun, if there is one, what else is worded so, and the confidence."""
    text = sentence.clauses.text
    told: list[str] = []
    if pair.noun:
        side = "前" if pair.evidence.before else "后"
        noun = text[slice(*pair.noun)]
        told.append(f"名词“{noun}”在同一句，数字{side}{pair.evidence.distance:g}字")
    found = weights.phrasing.known(text, pair.quantity, sentence.clauses.at(pair.quantity.start))
    worded = weights.phrasing.telling(found, pair.cue.indicator, _MOST_WORDS)
    if worded:
        told.append(f"常见的用词“{'”“'.join(worded)}”在数字前后")
    told.append(f"没有规则完全相合，综合各项依据的把握为{confidence:.2f}")
    return tuple(told)
