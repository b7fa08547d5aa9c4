"""The years that a figure covers, and whether it is a result, a plan, or a running total.

What the article says of its time (etl.chronology) and what its passage says
(etl.timeline) is combined with the words right around the figure.

Decisions:
* “X届一次会议以来” in the report to the second session is that one year, in a report on
  the term the term. Else it is a running total; so are 换届以来 and 三年来.
* 去年 is the report's own year where the report was given the year after.
* What is received at a session that is being held (二次会议收到提案) is of the year of the session.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from etl.chronology import Chronology
from etl.model import Kind, Status
from etl.needles import Guarded
from etl.timeline import Moment
from etl.years import (
    NUMBERS,
    TERM_YEARS,
    PeriodRules,
    digits_of_years,
    first_years,
    names_century,
    years_of,
)


class Period(NamedTuple):
    """The years year_start..year_end (inclusive) with the observation status."""

    year_start: int
    year_end: int
    status: Status


def period_of(
    before: str,
    after: str,
    moment: Moment,
    chron: Chronology,
    kind: Kind,
    planned: bool,
    rules: PeriodRules,
    heading: str = "",
) -> Period | None:
    """The period of a figure.

    `before` and `after` are the sentence up to the figure and from it on, `heading` that of its
    section, `planned` tells whether its words speak of a plan. Returns None where the years can't be
    told from the text: such a figure is no fact.
    """
    before = digits_of_years(before)
    named = list(first_years(rules.named_year, before))
    if planned:
        if rules.plan_of_years.search(heading + "：" + before) and not named:
            return None
        year = _plan_year(f"{heading}：{before}", named, chron, rules)
        return _one_year(year, Status.PLANNED)
    if kind is Kind.STOCK:
        past = bool(named) and chron.year is not None and named[-1] < chron.year
        return _one_year(named[-1] if past else chron.year)
    if named and _narrows(before, rules):
        return _one_year(named[-1])
    says_year = names_century(before)
    if says_year and (match := _last(rules.span_of_years, before)):
        first, last = ([*years_of(match), 0, 0])[:2]
        if first < last:
            return Period(first, last, Status.ACTUAL)
    if match := _last(rules.last_years, before):
        number = NUMBERS[match.group("n") or match.group("m")]
        if _is_age_of_term(number, chron):
            return running_total(chron.first, chron)
        return _last_years(number + bool(match.group("more")), chron)
    if rules.rises_to.search(before):
        return _one_year(chron.present)
    if rules.plan_period.search(before):
        return None
    if match := _last(rules.since_session, before):
        return _since_session(match, chron)
    if says_year and chron.year and (match := _last(rules.since_year, before)):
        return _since_year(years_of(match)[0], chron.year, chron)
    if rules.since_term_began.search(before) or _sums_up(before, after, rules):
        return running_total(chron.term_start, chron)
    if rules.since_start.search(before):
        return running_total(None, chron)
    if rules.term_review.search(before) and chron.span:
        return Period(*chron.span, Status.ACTUAL)
    if named and (chron.year is None or named[-1] <= (chron.present or chron.year)):
        return _one_year(named[-1])
    if chron.at_session:
        looks_back = rules.says_last_year.search(before) or rules.last_year.search(before)
        return _one_year(chron.present - bool(looks_back) if chron.present else None)
    if rules.this_session.search(before):
        return _one_year(chron.present)
    if rules.last_year.search(before):
        return _one_year(chron.present - 1 if chron.present else None)
    if rules.this_year.search(before) and chron.present == chron.year:
        return _one_year(chron.present)
    by_passage = moment.years is not None or rules.one_year.search(before) is not None
    goes_on = moment.running and rules.sums_up.search(before) is not None
    if (chron.running or goes_on) and kind is Kind.FLOW and not by_passage:
        return running_total(chron.term_start, chron)
    return period_of_passage(moment.years, chron)


def _narrows(before: str, rules: PeriodRules) -> bool:
    """Whether one of the years spoken of is picked out: 换届以来…28项，其中2023年…19项."""
    year = _last(rules.named_year, before)
    if year is None:
        return False
    return rules.picks_out.search(before[: year.start()]) is not None


def period_of_passage(years: tuple[int, int] | None, chron: Chronology) -> Period | None:
    """The period of what names no year itself: its passage's, the term's, or the report's."""
    years = years or (None if chron.annual else chron.span)
    return Period(*years, Status.ACTUAL) if years else _one_year(chron.year)


def running_total(start: int | None, chron: Chronology) -> Period | None:
    """The years since `start` up to the report's; None where the start is not known."""
    if chron.span:
        return Period(*chron.span, Status.ACTUAL)
    if start is None or chron.year is None:
        return None
    if start > chron.year:
        return None
    whole = chron.ends_term and chron.year - start + 1 == TERM_YEARS
    return Period(start, chron.year, Status.ACTUAL if whole else Status.CUMULATIVE)


def _one_year(year: int | None, status: Status = Status.ACTUAL) -> Period | None:
    return Period(year, year, status) if year else None


def _sums_up(before: str, after: str, rules: PeriodRules) -> bool:
    """Figures first, then “……换届以来，…”: the period follows what it holds."""
    return (
        rules.since_term_began.search(after) is not None and rules.says_when.search(before) is None
    )


def _plan_year(
    before: str, named: Sequence[int], chron: Chronology, rules: PeriodRules
) -> int | None:
    if chron.year is None:
        return None
    if named and named[-1] > chron.year:
        return named[-1]
    for year in first_years(rules.plan_named, before):
        if year in (chron.year, chron.year + 1):
            return year
    same_year = rules.whole_year.search(before) is not None or (
        chron.so_far and not rules.next_year.search(before)
    )
    if chron.year == chron.present and same_year:
        return chron.year
    return max(chron.present or 0, chron.year + 1)


def _last(pattern: Guarded, text: str) -> re.Match[str] | None:
    last = None
    for match in pattern.finditer(text):
        last = match
    return last


def _is_age_of_term(number: int, chron: Chronology) -> bool:
    """Whether a term whose first year is known is so old, counted from its first session or its first year."""
    if chron.first is None or chron.year is None:
        return False
    return number in (chron.year - chron.first, chron.year - chron.first + 1)


def _last_years(number: int, chron: Chronology) -> Period | None:
    """两年来, 三年间: so many years up to the report's."""
    if chron.year is None:
        return None
    if chron.span and number in (TERM_YEARS, chron.span[1] - chron.span[0] + 1):
        return Period(*chron.span, Status.ACTUAL)
    whole_term = number == TERM_YEARS and chron.session == 1
    status = Status.ACTUAL if whole_term else Status.CUMULATIVE
    return Period(chron.year - number + 1, chron.year, status)


def _since_session(match: re.Match[str], chron: Chronology) -> Period | None:
    number = NUMBERS[match.group("n")]
    if number == 1 and chron.span:
        return Period(*chron.span, Status.ACTUAL)
    if number == 1 and chron.first is not None and chron.year and chron.first < chron.year:
        return running_total(chron.first, chron)
    latest = chron.session or number
    if latest - number <= 1 or number > 1:
        return _one_year(chron.year)
    return running_total(chron.term_start, chron)


def _since_year(first: int, reported: int, chron: Chronology) -> Period | None:
    """2021年以来: up to the report's year, or the running year where it begins in that."""
    last = max(first, reported) if chron.present == first else reported
    if first == last:
        return _one_year(first)
    if chron.span and first == chron.span[0]:
        return Period(*chron.span, Status.ACTUAL)
    return Period(first, last, Status.CUMULATIVE) if first < last else None
