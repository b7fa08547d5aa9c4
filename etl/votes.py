"""What speaks for each year to be the one that an article reports on: headings, sentences and the date.

A report names many years; each way of naming one weighs as much as its words are sure of it.
"""

from collections import Counter
from collections.abc import Sequence

from etl.years import (
    BARE_YEAR,
    NUMBERS,
    TERM_YEARS,
    YEAR_WITH_MARK,
    PeriodRules,
    first_years,
    names_century,
    years_of,
)

# The years that a sentence plans for, and those that it reviews.
_Years = tuple[frozenset[int], frozenset[int]]
_NO_YEARS: _Years = (frozenset(), frozenset())

HEADLINES = 8
_LAST_MONTH_OF_ANNUAL_REPORTS = 6
_AFTER_THE_SESSIONS = 4
# What the date of a report counts for, and how much less all sentences on one year can at most:
# a report on five years tells of each of them.
_GIVEN = 9
_MOST_OF_SENTENCES = 8
# What speaks for a year: a headline that says it of its report (综述, 工作报告, 要点, the years of a
# term), and the same words in a heading further down; a year behind the title, which may be the one
# of print; 2023年工作, which may be a plan's. A yearbook is of the year before, and more surely so
# where the text begins with that year. Sentences speak one by one.
_HEADLINE_SAYS = 12
_HEADING_REVIEWS = 8
_HEADING_PLANS = 4
_HEADING_NAMES_TERM = 3
_BEHIND_TITLE = 6
_PERHAPS = 3
_YEARBOOK_BORNE_OUT = 5
_YEARBOOK = 2
_SENTENCE_REVIEWS = 4
_SENTENCE_PLANS = 2


def for_years(
    top: Sequence[str],
    body: Sequence[str],
    given: int | None,
    is_yearbook: bool,
    rules: PeriodRules,
) -> "Counter[int]":
    """The votes for each year: of the headings `top`, of the sentences `body`, and of the day it was `given` on."""
    to_a_session = any(
        rules.to_a_session.search(text) for text in [*top[:HEADLINES], *body[:HEADLINES]]
    )
    # What each sentence plans for, and what it says was done.
    said = [_plans_and_reviews(text, rules) for text in body]
    votes = _of_headings(top, body, said, to_a_session, rules)
    if to_a_session and (session := _session_reported_to(top, rules)):
        for first in first_years(rules.term_began, "".join(body[:HEADLINES])):
            votes[first + session - 2] += _HEADLINE_SAYS
    reviews_term = any(rules.term_review.search(heading) for heading in top[:HEADLINES])
    for sentence in filter(names_century, body[:HEADLINES]):
        if reviews_term or rules.span_of_years.match(sentence):
            for last in terms_named(sentence, rules)[:1]:
                votes[last] += _HEADLINE_SAYS
    for year, count in _told(body, said, given, to_a_session, rules).items():
        votes[year] += min(count, _MOST_OF_SENTENCES)
    if given is not None:
        annual = given % 100 <= _LAST_MONTH_OF_ANNUAL_REPORTS
        before = annual and not (
            speaks_of_this_year(top, body, rules) or _sums_up_a_running_term(given, body, rules)
        )
        votes[given // 100 - (1 if before else 0)] += _GIVEN
    return votes


def _of_headings(
    top: Sequence[str],
    body: Sequence[str],
    said: Sequence[_Years],
    to_a_session: bool,
    rules: PeriodRules,
) -> "Counter[int]":
    """The votes of the headings; `said` is what each sentence of `body` plans for and reviews."""
    votes: Counter[int] = Counter()
    reviewed = {year for _, years in said for year in years}
    for rank, heading in enumerate(top):
        if not names_century(heading):
            continue
        if rules.yearbook.search(heading):
            first = next(iter(first_years(YEAR_WITH_MARK, "".join(body))), None)
            for year in first_years(BARE_YEAR, heading):
                votes[year - 1] += _YEARBOOK_BORNE_OUT if first == year - 1 else _YEARBOOK
            continue
        is_headline = rank < HEADLINES
        for last in terms_named(heading, rules):
            votes[last] += _HEADLINE_SAYS if is_headline else _HEADING_NAMES_TERM
        planned = set(first_years(rules.plan_year, heading))
        is_plan = is_headline and rules.plan_document.search(heading) is not None
        for year in planned:
            votes[year - 1] += _HEADLINE_SAYS if is_plan else _HEADING_PLANS
        for year in set(first_years(rules.review_year, heading)) - planned:
            votes[year] += _HEADLINE_SAYS if is_headline else _HEADING_REVIEWS
        for year in set(first_years(rules.report_title, heading)) - planned:
            votes[year] += _HEADLINE_SAYS
        for year in first_years(rules.year_before_title, heading) if to_a_session else ():
            # The session's, unless the report begins to tell of that very year.
            if year not in reviewed:
                votes[year] -= _HEADLINE_SAYS
                votes[year - 1] += _HEADLINE_SAYS
        for year in first_years(rules.year_behind_title, heading):
            votes[year - 1 if to_a_session else year] += _BEHIND_TITLE
        for year in set(first_years(rules.perhaps_review_year, heading)) - planned:
            votes[year] += _PERHAPS
    return votes


def _session_reported_to(top: Sequence[str], rules: PeriodRules) -> int | None:
    """The number of the session that a headline says the report was given to."""
    for heading in top[:HEADLINES]:
        if match := rules.session.search(heading):
            number = NUMBERS[match.group("n")]
            return number if number > 1 else None  # the first is told of the term before
    return None


def _sums_up_a_running_term(given: int, body: Sequence[str], rules: PeriodRules) -> bool:
    """Whether a text of the spring or later begins with what was done since a term began: up to the day it is given."""
    return given % 100 >= _AFTER_THE_SESSIONS and any(
        rules.since_term_began.search(text) for text in body[:3]
    )


def _plans_and_reviews(text: str, rules: PeriodRules) -> _Years:
    if not names_century(text):
        return _NO_YEARS
    return (
        frozenset(first_years(rules.plan_year, text)),
        frozenset(first_years(rules.review_sentence, text)),
    )


def _told(
    body: Sequence[str],
    said: Sequence[_Years],
    given: int | None,
    to_a_session: bool,
    rules: PeriodRules,
) -> "Counter[int]":
    """What the sentences say for each year; `said` is what each plans for and reviews.

    What a year is the year of (2021年是开局之年) is told of the one reported on in the first half of a
    report, and of the next in the second.
    """
    told: Counter[int] = Counter()
    # In the second half of a year, its plan is no sign of a report on the year before.
    late = given is not None and given % 100 > _LAST_MONTH_OF_ANNUAL_REPORTS
    running = given // 100 if given is not None and late else 0
    for place, (sentence, (plans, reviews)) in enumerate(zip(body, said, strict=True)):
        further_on = 2 * place >= len(body)
        if (before := rules.events.last(sentence)) is not None:
            told[before] += _SENTENCE_REVIEWS
        elif (this := rules.events.this(sentence)) is not None:
            told[this - 1 if to_a_session or further_on else this] += _SENTENCE_PLANS
        if not names_century(sentence):
            continue
        planned = {year for year in plans if year > running}
        is_year_of = set(first_years(rules.year_is, sentence))
        if further_on:
            planned |= is_year_of
        else:
            reviews = reviews | is_year_of
        for year in planned:
            told[year - 1] += _SENTENCE_PLANS
        for year in reviews - planned:
            told[year] += _SENTENCE_REVIEWS
    return told


def terms_named(heading: str, rules: PeriodRules) -> list[int]:
    """The last years of the five-year spans that a heading names: 第七届人大常委会（2012—2016年）."""
    spans = [years_of(match) for match in rules.span_of_years.finditer(heading)]
    return [
        years[1] for years in spans if len(years) == 2 and years[1] - years[0] == TERM_YEARS - 1
    ]


def speaks_of_this_year(top: Sequence[str], body: Sequence[str], rules: PeriodRules) -> bool:
    """A bulletin of the running year: 今年一季度, 今年以来 right at the beginning."""
    return any(rules.this_year_so_far.search(text) for text in top[:HEADLINES]) or any(
        rules.begins_this_year.search(text) for text in body[:3]
    )
