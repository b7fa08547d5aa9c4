"""Binds a figure to the indicator that it counts, by evidence that can be shown.

Each figure of a sentence is tried against the cues whose measure words it
carries. A cue has to find its noun right before or right after the figure; its
verb, topic and context words must be where the catalogue wants them. What
speaks for and against is added up:

    10   the noun is there, on a side that the cue allows
    −2   for each word between noun and figure that is neither a filler nor one of the cue's `through`
    −5   the noun stands before the figure, but another thing follows the measure word
         (对34个职能部门开展专题询问: 34 counts 部门)
    −3   another verb stands between them (调研视察、征集会议发言26次: 26 counts 发言)
    −4   the segmenter sees the noun end inside a longer word (建议 in 建议书)
    −1   the verb is borrowed from the clause before; −1 the topic comes from an earlier sentence
    −1   the noun stands in an earlier clause, and that of the figure says only how many
    −1   the cue is a weak one
    +0.2 for each character of the noun, so that the more specific noun wins

The best cue wins the figure. From FACT up it is a fact, from CANDIDATE up
something for a person to look at, below that nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.catalogue import Catalogue, Cue
from etl.lending import lent
from etl.model import Body, Quantity
from etl.needles import Sifted
from etl.readings import Clauses, Reading, readings

FACT = 7.0
CANDIDATE = 4.0

_BASE = 10.0
_WORD_BETWEEN = 2.0
_OTHER_HEAD = 5.0
_OTHER_VERB = 3.0
_INSIDE_WORD = 4.0
_BORROWED_VERB = 1.0
_EARLIER_TOPIC = 1.0
_LENT_NOUN = 1.0
_WEAK_CUE = 1.0
_NOUN_CHARACTER = 0.2

# How far from the figure a word still forbids a reading: a longish noun phrase.
NEAR = 16

_BULLET = re.compile(
    r"^(?:[★☆●■◆◇▲※][^★☆●■◆◇▲※，。；]{1,8}[★☆●■◆◇▲※]|[★☆●○■□◆◇▲△►▶·•※✓√、\s]|【[^】]{1,8}】|[0-9]{1,2}[.．、]|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)+"
)


class Context(NamedTuple):
    """What surrounds a sentence: `earlier` the sentences before it (nearest last), `heading` its section."""

    earlier: str
    heading: str
    body: Body


class Binding(NamedTuple):
    """A figure read as an indicator: the cue, its score, and the evidence in words."""

    reading: Reading
    cue: Cue
    score: float
    noun: tuple[int, int]
    evidence: tuple[str, ...]

    @property
    def quantity(self) -> Quantity:
        return self.reading.quantity


def bind(
    clauses: Clauses, quantities: Sequence[Quantity], context: Context, catalogue: Catalogue
) -> list[Binding]:
    """All bindings of the figures of a sentence that score CANDIDATE or more, best first per figure.

    `quantities` carry offsets into the sentence. A figure that is a difference
    (比上年增加12件) or last year's is bound to nothing.
    """
    text, syntax = clauses.text, clauses.syntax
    sifted = clauses.sift(catalogue.sieve)
    result: list[Binding] = []
    for reading in readings(clauses, quantities):
        quantity = reading.quantity
        if quantity.unit not in catalogue.cues_by_measure:
            continue
        near = max(reading.clause[0], quantity.start - 24)
        if sifted.holds(catalogue.terms.comparison, near, quantity.start):
            continue
        before = text[near : quantity.start]
        if syntax.planned.search(before[-6:]) and syntax.done.match(text, quantity.end):
            continue
        if syntax.level_before.search(before[-2:]) and syntax.rises.match(text, quantity.end):
            continue
        left, right = sifted.sides(reading.left, reading.right)
        options = [
            binding
            for number in catalogue.asking(quantity.unit, context.body, left | right)
            if (
                binding := _try(
                    catalogue.cues[number],
                    reading,
                    (number in left, number in right),
                    clauses,
                    context,
                    catalogue,
                )
            )
            is not None
        ]
        if all(binding.score < FACT for binding in options):
            options += _lent(reading, clauses, sifted, quantities, context, catalogue)
        options.sort(key=lambda binding: -binding.score)
        result += options
    return result


def _lent(
    reading: Reading,
    clauses: Clauses,
    sifted: Sifted,
    quantities: Sequence[Quantity],
    context: Context,
    catalogue: Catalogue,
) -> list[Binding]:
    """Bindings to a thing that an earlier clause names, from the nearest that names one."""
    if not clauses.syntax.no_head.match(clauses.text, *reading.right):
        return []
    lenders = lent(clauses, reading, quantities)
    if not lenders:
        return []
    unit = reading.quantity.unit
    own = clauses.at(reading.quantity.start)[0]
    rest = catalogue.terms.bare.sub("", clauses.text[own : reading.left[1]])
    for lender in lenders:
        left, right = sifted.sides(lender.left, lender.right)
        options = [
            binding._replace(score=round(binding.score - _LENT_NOUN, 2))
            for number in catalogue.asking(unit, context.body, left)
            if _says_only_how_many(rest, cue := catalogue.cues[number])
            and (binding := _try(cue, lender, (True, number in right), clauses, context, catalogue))
            is not None
        ]
        if options:
            return options
    return []


def _says_only_how_many(rest: str, cue: Cue) -> bool:
    """Whether `rest`, a clause without the words that name no thing, has but words that the cue allows."""
    for allowed in (cue.verb, cue.through):
        rest = allowed.sub("", rest) if allowed and rest else rest
    return not rest


def _try(
    cue: Cue,
    reading: Reading,
    may_be: tuple[bool, bool],
    clauses: Clauses,
    context: Context,
    catalogue: Catalogue,
) -> Binding | None:
    """The figure as the cue reads it; `may_be` tells on which sides its noun may stand at all."""
    text, syntax = clauses.text, clauses.syntax
    sides = []
    if (
        may_be[0]
        and cue.side != "right"
        and (nouns := list(cue.noun.finditer(text, *reading.left)))
    ):
        sides.append(("left", nouns[-1].span()))
    if may_be[1] and cue.side != "left" and (noun := cue.noun.search(text, *reading.right)):
        sides.append(("right", noun.span()))
    if not sides:
        return None
    evidence: list[str] = []
    penalty = _words_required(cue, reading, clauses, context, catalogue, evidence)
    if penalty is None:
        return None
    scored = [
        (_position_score(side, span, cue, reading, clauses, catalogue), side, span)
        for side, span in sides
    ]
    score, side, span = max(scored)
    if _is_bare_one(reading.quantity) and not (
        _ends_phrase(clauses, reading)
        if side == "left"
        else span[0] == reading.quantity.end
        and (
            syntax.done_once.search(text, *reading.left) or syntax.next_in_list.match(text, span[1])
        )
    ):
        return None
    score -= penalty + (_WEAK_CUE if cue.weak else 0)
    if score < CANDIDATE:
        return None
    evidence.insert(0, f"名词“{text[slice(*span)]}”在数字{'前' if side == 'left' else '后'}")
    return Binding(reading, cue, round(score, 2), span, tuple(evidence))


def _is_bare_one(quantity: Quantity) -> bool:
    """一次, 一项: a count where it closes its phrase (召开全会一次) or where something was done once
    (开展了一次专题询问, 唯一一次), else an article (一次调研)."""
    return quantity.chinese and quantity.value == 1


def _ends_phrase(clauses: Clauses, reading: Reading) -> bool:
    text, quantity = clauses.text, reading.quantity
    if text[quantity.end : quantity.end + 1] not in ("", "，", "、", "。", "；", "（"):
        return False
    before = text[max(0, quantity.start - 4) : quantity.start]
    return clauses.syntax.no_count.search(before) is None


def _words_required(
    cue: Cue,
    reading: Reading,
    clauses: Clauses,
    context: Context,
    catalogue: Catalogue,
    evidence: list[str],
) -> float | None:
    """Penalty for the words that the cue asks for, None where one is missing or one forbids."""
    text = clauses.text
    clause_start = reading.clause[0]
    left, start = reading.left
    end = reading.quantity.end
    right = max(reading.right[1], end, start)  # what explains a figure may stand behind it
    if cue.never:
        dots = text.count("…", left, start)
        near = max(left, text.rfind("】", left, start) + 1, start - NEAR - dots)
        if cue.never.search(text[near:start] + "#" + text[end : min(right, end + NEAR)]):
            return None
    if cue.never_before and cue.never_before.search(text[left:start]):
        return None
    if cue.must and not cue.must.search(text[: max(right, reading.clause[1])]):
        return None
    if cue.context and not (
        cue.context.search(text)
        or cue.context.search(context.earlier)
        or cue.context.search(context.heading)
    ):
        return None
    if cue.unless and cue.unless.search(text):
        return None
    penalty = 0.0
    if cue.verb:
        verb = cue.verb.search(text, clause_start, reading.quantity.start) or cue.verb.search(
            text, end, right
        )
        if verb and verb.end() == right < reading.clause[1] and _opens_next(clauses, cue, reading):
            verb = None
        if verb is None:
            verb = _borrowed_verb(cue, text, clause_start, start, catalogue)
            if verb is None and not _is_label(
                cue, clauses, (left, start), (end, right), catalogue.terms.verbs
            ):
                return None
            penalty += _BORROWED_VERB
        evidence.append(f"动词“{verb.group()}”" if verb else "名词是数字的标签")
    if cue.topic:
        topic = cue.topic.search(text, 0, right)
        if topic is None:
            topic = cue.topic.search(context.earlier) or cue.topic.search(context.heading)
            if topic is None:
                return None
            penalty += _EARLIER_TOPIC
        evidence.append(f"话题“{topic.group()}”")
    return penalty


def _is_label(
    cue: Cue,
    clauses: Clauses,
    left: tuple[int, int],
    right: tuple[int, int],
    verbs: re.Pattern[str],
) -> bool:
    """A list item like 专题协商：3次 or 3次专题协商 needs no verb: nothing else stands in it.

    Nor does one that others of its kind stand before (常委会会议4次，主席会议10次，专题协商6次).
    """
    text, syntax = clauses.text, clauses.syntax
    before = syntax.subject.sub("", _BULLET.sub("", text[slice(*left)]))
    after = text[slice(*right)].strip("】）。；|｜ ")
    if not before.strip("【（|｜"):
        return left[0] == 0 and cue.noun.fullmatch(after) is not None
    in_a_list = not after.strip("，、") and not verbs.search(
        text, text.rfind("；", 0, left[0]) + 1, left[0]
    )
    if left[0] > 0 and not in_a_list and not syntax.label.search(before):
        return False
    return cue.noun.fullmatch(syntax.label.sub("", before).rstrip("…")) is not None


def _opens_next(clauses: Clauses, cue: Cue, reading: Reading) -> bool:
    """Whether a verb right before the next figure is that one's: 179件建议已办结|171件, not 建议192件交付|39个单位."""
    text = clauses.text
    named_before = cue.side != "right" and cue.noun.search(text, *reading.left)
    return not named_before and not clauses.syntax.goes_on_as_list.match(text, reading.right[1])


def _borrowed_verb(
    cue: Cue, text: str, clause_start: int, start: int, catalogue: Catalogue
) -> re.Match[str] | None:
    """The verb of an earlier clause, if this one has none and no other verb comes between."""
    if catalogue.terms.verbs.search(text, clause_start, start):
        return None
    assert cue.verb is not None
    last = None
    for match in catalogue.terms.verbs.finditer(text, 0, clause_start):
        last = match
    if last is None:
        return None
    clause_of_verb = max(text.rfind(mark, 0, last.start()) for mark in "，；：。") + 1
    return cue.verb.search(text, clause_of_verb, clause_start)


def _position_score(
    side: str,
    span: tuple[int, int],
    cue: Cue,
    reading: Reading,
    clauses: Clauses,
    catalogue: Catalogue,
) -> float:
    text = clauses.text
    quantity = reading.quantity
    gap = (span[1], reading.left[1]) if side == "left" else (quantity.end, span[0])
    between, verb = (
        (0, False)
        if reading.paired
        else _words_between(gap, side, cue, reading, clauses, catalogue)
    )
    score = _BASE + _NOUN_CHARACTER * min(10, span[1] - span[0])
    score -= _WORD_BETWEEN * max(0, between - cue.reach) + 0.3 * min(between, cue.reach)
    if verb:
        score -= _OTHER_VERB
    if side == "left" and not clauses.syntax.no_head.match(text, *reading.right):
        score -= _OTHER_HEAD
    if clauses.is_inside_word(span[1]):
        score -= _INSIDE_WORD
    return score


def _words_between(
    gap: tuple[int, int],
    side: str,
    cue: Cue,
    reading: Reading,
    clauses: Clauses,
    catalogue: Catalogue,
) -> tuple[int, bool]:
    """How many words of a meaning of their own stand between noun and figure, and is one a verb.

    After a figure even a colourless verb ends its phrase (23个乡镇都建立了代表活动室).
    """
    start, end = max(gap[0], reading.clause[0]), min(gap[1], reading.clause[1])
    if start >= end:
        return 0, False
    text = clauses.text
    free: set[int] = set()
    if cue.through:
        for match in cue.through.finditer(text, start, end):
            free.update(range(*match.span()))
    if len(free) == end - start:
        return 0, False
    if catalogue.terms.fillers.fullmatch(text, start, end):
        # One word, however the segmenter would cut it.
        return 0, side == "right" and catalogue.terms.verbs.fullmatch(text, start, end) is not None
    count = 0
    other_verb = False
    # One character is one word or its edge: no need to segment.
    for a, b in [gap] if end - start == 1 else clauses.words(start, end):
        a, b = max(a, start), min(b, end)
        if all(offset in free for offset in range(a, b)):
            continue
        is_verb = catalogue.terms.verbs.fullmatch(text, a, b) is not None
        if catalogue.terms.fillers.fullmatch(text, a, b):
            other_verb |= is_verb and side == "right"
            continue
        count += 1
        other_verb |= is_verb and not (cue.verb and cue.verb.fullmatch(text, a, b))
    return count, other_verb
