"""Settles what the figures of an article's sentences count, sentence by sentence.

Each figure is bound to the indicators that it may count (etl.binding); the best binding is dated
(etl.periods), doubted where its words give reason to (etl.findings), and parts of a figure before it
are marked.
"""

from collections import defaultdict
from collections.abc import Sequence

from etl import binding, findings, lists, periods, speakers
from etl.binding import Binding, Context
from etl.chronology import Chronology
from etl.findings import Found, Reading
from etl.model import Body, Quantity, Status
from etl.needles import Sifted
from etl.readings import Clauses
from etl.rules import Rules
from etl.sentences import Sentence
from etl.speakers import Turns
from etl.timeline import Moment


def read_sentences(cut: Sequence[Sentence], bodies: Sequence[Body], rules: Rules) -> list[Reading]:
    """Bind the figures of an article's sentences, each in the light of the two before it."""
    readings: list[Reading] = []
    for number, sentence in enumerate(cut):
        found: tuple[Quantity, ...] = ()
        if not sentence.crowded:
            found = tuple(
                quantity
                for quantity in lists.figures_with_labels(
                    sentence.text, rules.grammar, rules.catalogue.fits
                )
                if rules.grammar.kinds.get(quantity.unit) != "duration"  # 备案审查五年共217件
            )
        bound: list[Binding] = []
        clauses: Clauses | None = None
        context: Context | None = None
        if any(quantity.unit in rules.catalogue.cues_by_measure for quantity in found):
            earlier = "".join([s.text for s in cut[max(0, number - 2) : number]])
            context = Context(earlier, sentence.heading, bodies[number])
            clauses = Clauses(sentence.text, rules.segmenter, rules.catalogue.syntax)
            bound = binding.bind(clauses, found, context, rules.catalogue)
        readings.append(Reading(sentence, found, tuple(bound), clauses, context))
    return readings


def settle(
    readings: Sequence[Reading],
    turns: Sequence[Turns],
    moments: Sequence[Moment],
    chron: Chronology,
    rules: Rules,
) -> list[Found]:
    """What the bindings of an article's sentences come to, in the order of the text."""
    found: list[Found] = []
    for reading, heard, moment in zip(readings, turns, moments, strict=True):
        if reading.bindings:
            here = _winners(reading, heard, moment, chron, rules)
            found += _mark_parts(here, reading.sentence.text, rules)
    return found


def _winners(
    reading: Reading, turns: Turns, moment: Moment, chron: Chronology, rules: Rules
) -> list[Found]:
    """The best binding of each figure, dated; others of the figure are left aside."""
    won: list[Found] = []
    taken: set[tuple[int, str, str]] = set()
    readings_of: dict[tuple[int, tuple[int, int]], list[Binding]] = defaultdict(list)
    for bound in reading.bindings:
        readings_of[bound.quantity.start, bound.reading.left].append(bound)
    text, heading = reading.sentence.text, reading.sentence.heading
    assert reading.clauses is not None  # who has bindings has clauses
    sifted = reading.clauses.sift(rules.catalogue.sieve)
    for (start, _), options in readings_of.items():
        for bound in options:
            indicator = rules.catalogue.indicators[bound.cue.indicator]
            clause_start = bound.reading.clause[0]
            before = text[:start]
            clause = text[clause_start:start]
            planned = moment.plan or _plans(sifted, clause_start, start, rules)
            if indicator.planned and not planned:
                planned = bool(
                    rules.catalogue.terms.plan_document.search(text[: bound.quantity.end])
                )
            if indicator.planned != planned and (indicator.planned or indicator.titles):
                continue
            if (start, indicator.id, bound.cue.part) in taken:
                break
            period = periods.period_of(
                before, text[start:], moment, chron, indicator.kind, planned, rules.periods, heading
            )
            if period is None:
                break
            taken.add((start, indicator.id, bound.cue.part))
            whole_year = not chron.so_far and period.status is Status.ACTUAL
            doubt = findings.doubt_of(bound, sifted, text, whole_year, rules.catalogue)
            if planned and not indicator.planned:
                doubt = doubt or "说的是打算，不是报告期内做的"
            won.append(
                Found(
                    indicator=indicator,
                    quantity=bound.quantity,
                    sentence=reading.sentence,
                    period=period,
                    speaker=speakers.at(turns, clause_start),
                    score=bound.score,
                    rule=bound.cue.name,
                    evidence=bound.evidence,
                    part=bound.cue.part,
                    alone=bound.cue.alone,
                    adds=bound.cue.adds,
                    weak=_is_weak(bound, options),
                    whole=bool(rules.catalogue.terms.total.search(clause[-20:])),
                    doubt=doubt,
                    rivals=tuple(
                        f"{other.cue.name} 得分{other.score:g}：{'；'.join(other.evidence)}"
                        for other in options
                        if other is not bound
                    ),
                )
            )
            break
    return won


def _is_weak(bound: Binding, options: Sequence[Binding]) -> bool:
    """Whether only weak cues bind a figure to its indicator, as the same part."""
    same = bound.cue.indicator, bound.cue.part
    return all(o.cue.weak for o in options if (o.cue.indicator, o.cue.part) == same)


def _plans(sifted: Sifted, clause_start: int, start: int, rules: Rules) -> bool:
    """Whether the words up to a figure speak of what is to be done: its clause, or the one it goes on from.

    2024年拟制定法规3部，修订1部 plans both.
    """
    terms = rules.catalogue.terms
    return sifted.holds(terms.plan, clause_start, start) or sifted.holds(
        terms.plan_goes_on, 0, start
    )


def _mark_parts(found: list[Found], text: str, rules: Rules) -> list[Found]:
    """In one sentence, a figure after 其中 is a part of the one before that counts the same."""
    marked: list[Found] = []
    for item in found:
        earlier = [
            f for f in marked if f.indicator.id == item.indicator.id and f.period == item.period
        ]
        if earlier and not item.part and (item.weak or not earlier[-1].weak):
            between = text[earlier[-1].quantity.end : item.quantity.start]
            if rules.catalogue.terms.part_of.search(between):
                item = item._replace(doubt="是前一数字的部分数")
        marked.append(item)
    return marked
