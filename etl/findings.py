"""Figures that were understood, and which of them stands for its report.

One document gives one figure for one indicator and period. Where several fit,
the whole goes before the part, then the firm reading before the weak, then the
larger figure (for rates the first); the others are kept as candidates with the
reason.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from etl.binding import FACT, Binding, Context
from etl.catalogue import Catalogue, Indicator
from etl.model import Kind, Method, Quantity
from etl.needles import Sifted
from etl.periods import Period
from etl.places import Speaker
from etl.readings import Clauses
from etl.sentences import Sentence

_WHOLE_PERCENTAGE = 100


class Reading(NamedTuple):
    """A sentence read: all bindings of its figures, best first, and the figures themselves.

    `clauses` is None where no figure has a measure word that any indicator asks for. `context` is
    what surrounds the sentence.
    """

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    bindings: tuple[Binding, ...]
    clauses: Clauses | None = None
    context: Context | None = None


class Found(NamedTuple):
    """A bound figure on its way to becoming a fact; `span` and `quote` are offsets into the page.

    Without them the figure is that of `quantity` and the quote is `sentence`.
    """

    indicator: Indicator
    quantity: Quantity
    sentence: Sentence
    period: Period
    speaker: Speaker
    score: float
    rule: str
    evidence: tuple[str, ...]
    method: Method = Method.STATED
    part: str = ""
    alone: bool = True
    adds: bool = False
    weak: bool = False
    whole: bool = False
    doubt: str = ""
    rivals: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    quote: tuple[int, int] | None = None

    @property
    def begins(self) -> int:
        """Where its figure, or the first of those that are added up, stands on the page."""
        return self.span[0] if self.span else place(self)


def place(item: Found) -> int:
    """Where the figure stands on its page."""
    return item.sentence.start + item.quantity.start


def doubt_of(
    bound: Binding, sifted: Sifted, text: str, whole_year: bool, catalogue: Catalogue
) -> str:
    """Why a bound figure of the sentence `text` is no fact before a person has looked, "" where it is one.

    `whole_year` tells that its report is on a whole year or more, and it no plan.
    """
    terms, syntax = catalogue.terms, catalogue.syntax
    start = bound.quantity.start
    clause_start = bound.reading.clause[0]
    clause = text[clause_start:start]
    if bound.score < FACT:
        return "与线索的搭配较松"
    if sifted.holds(terms.subset, clause_start, start):
        return "可能只是某一专题的部分数"
    received = catalogue.indicators[bound.cue.indicator].received
    if not received and sifted.holds(terms.others, text.rfind("；", 0, start) + 1, start):
        return "说的可能是别的机关、某一群人、某一个站或某一个人"
    if whole_year and syntax.within_year.search(clause):
        return "只是一年中一段时间的数字"
    if syntax.each.search(clause) and not bound.reading.paired:
        return "“各”几次，总数要另算"
    if bound.quantity.upper is not None:
        return "原文是区间，不是一个数"
    return ""


def choose(found: Sequence[Found]) -> list[Found]:
    """One finding for each indicator, period and speaker; the others get a doubt."""
    chosen: list[Found] = []
    groups: dict[tuple[str, Period, Speaker], list[Found]] = defaultdict(list)
    for item in found:
        if not item.doubt:
            item = item._replace(doubt=_never_a_fact(item))
        groups[item.indicator.id, item.period, item.speaker].append(item)
    for items in groups.values():
        summed = any(item.method is Method.SUMMED and not item.part for item in items)
        whole = [
            item
            for item in items
            if not item.doubt and (not item.part or (item.alone and not summed))
        ]
        best = max(whole, key=_rank) if whole else None
        for item in items:
            agrees = best is not None and item.quantity.value == best.quantity.value
            if not item.doubt and not agrees:
                item = item._replace(doubt="同一报告另有更完整的数字" if best else "只有部分数")
            chosen.append(item)
    chosen.sort(key=lambda item: (item.sentence.start, item.quantity.start))
    return chosen


def _never_a_fact(item: Found) -> str:
    """Why no table can hold the figure, whatever its sentence says; "" where one can."""
    if item.speaker.area is None:
        return "看不出是哪个地方的数字"
    if item.indicator.unit == "%" and item.quantity.value > _WHOLE_PERCENTAGE:
        return "百分率大于100%，请核对原文"
    if item.indicator.unit != "%" and not float(item.quantity.value).is_integer():
        return "不是整数，可能是平均数"
    return ""


def _rank(item: Found) -> tuple[bool, bool, bool, float]:
    """What makes a figure the one of its report: for rates the first, for counts the whole, the larger."""
    is_rate = item.indicator.kind is Kind.RATE
    return (
        item.method is not Method.COUNTED,
        not item.weak,
        item.whole and not is_rate,
        -place(item) if is_rate else item.quantity.value,
    )
