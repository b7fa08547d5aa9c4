"""Walks through an article's sentences: which years each speaks of, and whether it looks forward.

Decisions:
* What a heading says holds until the next one of its level or above, what an opening
  phrase says until the next heading. “2025年将…” opens a plan only towards the end;
  before, it looks ahead for one sentence.
* In a report over several years, and in a chronicle, a year that opens a sentence
  (2019年，…) holds to the end of the paragraph.
* A paragraph that begins with its number is a section: what a sentence of the one
  before it has said of its years (（一）…去年，…) ends with that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.chronology import Chronology
from etl.sentences import Sentence
from etl.years import (
    BARE_YEAR,
    NUMBERS,
    PeriodRules,
    digits_of_years,
    first_years,
    names_century,
    opening_year,
)

_DEEPEST = 9
_LATE = 0.6
_OPENING = 60
_OPENING_WORDS = 16
_RECALLS = 24
_YEARS_OF_A_CHRONICLE = 3
# How deep what has no number stands: 一、 before （一） before all others.
_UNNUMBERED = 3


class Moment(NamedTuple):
    """Which years a sentence speaks of (None: those of the report), whether it looks forward,
    and whether its section sums up a term that goes on."""

    years: tuple[int, int] | None
    plan: bool
    running: bool = False


def timeline(sentences: Sequence[Sentence], chron: Chronology, rules: PeriodRules) -> list[Moment]:
    """One Moment for each sentence of an article, in order."""
    openings = [digits_of_years(sentence.text[:_OPENING]) for sentence in sentences]
    opened_by = {opening_year(words) for words in openings} - {None}
    is_chronicle = chron.span is not None or len(opened_by) >= _YEARS_OF_A_CHRONICLE
    walk = _Walk(chron, rules, is_chronicle)
    late = _LATE * len(sentences)
    return [
        walk.pass_by(sentence, opening, number >= late)
        for number, (sentence, opening) in enumerate(zip(sentences, openings, strict=True))
    ]


@dataclass(slots=True)
class _Walk:
    """What holds at the sentence that the walk has come to.

    `years` were named by a heading of level `held_by` or by an opening phrase (_DEEPEST),
    `dated` by the sentence that opened a paragraph of a chronicle. `opened` tells that a
    sentence, not a heading, has begun the plan, `numbered` that a paragraph with a number
    stands above; `named_last` is the year that the sentence before named last.
    """

    chron: Chronology
    rules: PeriodRules
    is_chronicle: bool
    heading: str = ""
    block: int = -1
    plan: bool = False
    opened: bool = False
    running: bool = False
    years: tuple[int, int] | None = None
    held_by: int = _DEEPEST
    dated: tuple[int, int] | None = None
    numbered: bool = False
    named_last: int | None = None

    def pass_by(self, sentence: Sentence, opening: str, late: bool) -> Moment:
        """Go on to the next sentence, which begins with the words `opening`."""
        if self.rules.since_term_began.search(sentence.text):
            self.running = True
        if sentence.heading != self.heading:
            self.heading = sentence.heading
            self._enter(digits_of_years(sentence.heading))
            self.numbered = False
        if sentence.block != self.block and _level(opening, self.rules) < _UNNUMBERED:
            if (
                self.numbered
                and self.held_by == _DEEPEST
                and not self.rules.first_of_row.match(opening)
            ):
                self.years = None
            self.numbered = True
        looks_ahead = self._looks_ahead(opening, late)
        self._date(sentence, opening)
        plan = (self.plan or looks_ahead) and not self._recalls(opening)
        return Moment(self.dated or self.years, plan, self.running)

    def _enter(self, heading: str) -> None:
        """A heading closes what stood under those of its level, and may name years of its own."""
        chron, rules = self.chron, self.rules
        self.running = False
        if self.opened:
            self.plan = self.opened = False
        level = _level(heading, rules)
        if level <= self.held_by:
            self._hold(None, _DEEPEST)
        planned = set(first_years(rules.plan_year, heading))
        named = [y for y in _heading_years(heading, rules) if y not in planned]
        if rules.looks_back.search(heading) and not planned:
            self.plan, self.years = False, None
        elif chron.year and named and max(named) <= chron.year:
            self.plan = False
        elif (
            planned
            or rules.looks_forward.search(heading)
            or (chron.year and named and min(named) > chron.year)
        ):
            self.plan = True
            # A heading that is no more than a year: what follows it is short.
            self.opened = rules.year_alone.search(heading) is not None
        span = chron.span or ((chron.first, chron.year) if chron.first and chron.year else None)
        if span is None:
            past = [y for y in named if chron.year is not None and y <= chron.year]
            if past and rules.year_alone.search(heading) and not self.plan:
                self._hold((past[0], past[0]), level)
            return
        named = [y for y in named if span[0] <= y <= span[1]]
        if named and not self.plan:
            self._hold((named[0], named[0]), level)
        if chron.span and rules.term_review.search(heading):
            self._hold(chron.span, level)
        elif rules.one_year.search(heading) and chron.year and not self.plan:
            self._hold((chron.year, chron.year), level)

    def _hold(self, years: tuple[int, int] | None, level: int) -> None:
        self.years, self.held_by = years, level

    def _looks_ahead(self, opening: str, late: bool) -> bool:
        """Whether the sentence looks forward by its opening; it may end the plan or begin one."""
        opens = self.rules.opens_plan.match(opening) is not None and not self._is_past(
            opening_year(opening)
        )
        if self.plan and self._returns(opening):
            self.plan = self.opened = False
        if opens and (late or opening_year(opening) is None):
            self.opened = self.opened or not self.plan
            self.plan = True
        return opens

    def _date(self, sentence: Sentence, opening: str) -> None:
        """The years that the sentence's own words set for it and those after it."""
        chron, rules = self.chron, self.rules
        if sentence.block != self.block:
            self.block, self.dated = sentence.block, None
        year = opening_year(opening)
        that = self.named_last if rules.that_year.match(opening) else None
        self.named_last = _last_named(sentence.text)
        if that is not None and self._is_past(that):
            self.dated = (that, that)
        elif self.is_chronicle and year is not None and self._is_past(year):
            self.dated = (year, year)
        elif self.dated and chron.present and rules.says_last_year.match(opening):
            self.dated = (chron.present - 1, chron.present - 1)
        if chron.span is None or self.plan:
            return
        of_one_year = rules.one_year.search(opening[:_OPENING_WORDS]) or year == chron.year
        if chron.year and of_one_year:
            if self.years == (chron.year, chron.year):
                return  # as its heading says, and longer
            self._hold((chron.year, chron.year), _DEEPEST)
        elif rules.term_review.search(sentence.text) or self._sums_up_span(sentence.text):
            self._hold(chron.span, _DEEPEST)
            self.dated = None

    def _sums_up_span(self, text: str) -> bool:
        """Whether a sentence speaks of as many years as the term had: 四年来."""
        assert self.chron.span is not None
        first, last = self.chron.span
        match = self.rules.last_years.search(text)
        if match is None:
            return False
        return NUMBERS[match.group("n") or match.group("m")] == last - first + 1

    def _returns(self, opening: str) -> bool:
        """Whether a sentence after a look ahead turns back: 2016年，… of the report on 2016; 一年来."""
        begins = opening[:_OPENING_WORDS]
        if self.rules.plan_year.search(opening) or self.rules.intends.search(begins):
            return False
        return self._is_past(opening_year(opening)) or self.rules.one_year.match(begins) is not None

    def _recalls(self, opening: str) -> bool:
        """Whether a sentence amid plans tells of a year gone by: 附：2022年，…办复347件."""
        if self.chron.present == self.chron.year and self.rules.this_year_done.search(opening):
            return True
        if self.rules.recalls_last_year.search(opening[:_RECALLS]) and not (
            self.rules.intends.search(opening)
        ):
            return True
        match = self.rules.one_year_named.match(opening)
        if match is None or self.rules.intends.search(opening):
            return False
        return self._is_past(next(iter(first_years(BARE_YEAR, match.group())), None))

    def _is_past(self, year: int | None) -> bool:
        return year is not None and self.chron.year is not None and year <= self.chron.year


def _last_named(text: str) -> int | None:
    """The last year that a sentence names."""
    if not names_century(text):
        return None
    return next(reversed([*first_years(BARE_YEAR, digits_of_years(text)[-_OPENING:])]), None)


def _level(heading: str, rules: PeriodRules) -> int:
    if rules.number_of_part.match(heading):
        return 1
    return 2 if rules.number_of_section.match(heading) else _UNNUMBERED


def _heading_years(heading: str, rules: PeriodRules) -> list[int]:
    return [
        *first_years(rules.review_year, heading),
        *first_years(rules.perhaps_review_year, heading),
        *first_years(rules.year_alone, heading),
    ]
