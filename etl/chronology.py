"""When an article speaks, and of which year or term it reports: settled once for the whole article.

Decisions:
* An annual report given in the first half of a year reports on the year before.
  The date is one vote among those of headings and sentences.
* A yearbook's title carries the year of print, not the one described.
* The term's first year follows from the number of the latest session: one session a year.
* News of a session that is being held (no word of work done since) is of the year of the session.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from etl import votes
from etl.votes import HEADLINES, speaks_of_this_year, terms_named
from etl.years import (
    BARE_YEAR,
    NUMBERS,
    TERM_YEARS,
    YEAR_WITH_MARK,
    PeriodRules,
    digits_of_years,
    first_years,
    names_century,
    years_of,
)

# Years before this one are those of history.
_EARLIEST = 2000
_LONGEST_HEADLINE = 40


@dataclass(frozen=True, slots=True)
class Chronology:
    """What an article says about its own time.

    `year` is the year it reports on (the last one of a term), `span` the years
    of a term review, `present` the year in which it speaks (今年), `session`
    the number of the latest session of the current term, `running` whether its
    headline sums up a term that goes on (换届以来), `first` the first year of the
    term if the headline or a sentence names it, `at_session` whether it tells
    of what a session receives and of no work done before or after it, `so_far` whether it tells of
    the first months of a year that goes on: its plans are for the others; `annual` whether it is on
    one year, though it reviews the `span` as well; `ends_term` whether it was given to the first session
    of the next term.
    """

    year: int | None
    span: tuple[int, int] | None
    present: int | None
    session: int | None
    running: bool = False
    at_session: bool = False
    first: int | None = None
    so_far: bool = False
    annual: bool = False
    ends_term: bool = False

    @property
    def term_start(self) -> int | None:
        """First year of the term, if it or the number of the latest session is known."""
        if self.first is not None:
            return self.first
        if self.ends_term and self.year is not None:
            return self.year - TERM_YEARS + 1
        if self.session is None or self.present is None:
            return None
        return self.present - self.session + 1


def chronology(
    headings: Sequence[str],
    sentences: Sequence[str],
    rules: PeriodRules,
    published: int | None = None,
    fallback: Chronology | None = None,
) -> Chronology:
    """Date an article from its headings and sentences (folded text).

    `published` is the year and month of publication as year*100+month, if the
    register knows it; `fallback` the chronology of the whole page, used for
    what the article itself doesn't say.
    """
    if sentences and _is_headline(sentences[0]):
        headings, sentences = [sentences[0], *headings], sentences[1:]
    top = [digits_of_years(heading) for heading in headings]
    body = [digits_of_years(sentence) for sentence in sentences]
    everything = "".join(body)
    is_yearbook = any(rules.yearbook.search(heading) for heading in top[:HEADLINES])
    given = None if is_yearbook else published or _given(top, body, rules)
    tally = votes.for_years(top, body, given, is_yearbook, rules)
    if not tally:
        tally.update(first_years(BARE_YEAR, "".join(top[:HEADLINES])))
    if not tally and (fallback is None or fallback.year is None):
        tally.update(_of_events(top, everything, rules))
    if not tally and (fallback is None or fallback.year is None):
        named = first_years(YEAR_WITH_MARK, everything)
        tally.update(year for year in named if year >= _EARLIEST)
    if given is not None:
        for late in [y for y in tally if y > given // 100]:
            del tally[late]
    year: int | None = max(tally, key=lambda y: (tally[y], y)) if tally else None
    if year is None and fallback is not None:
        year = fallback.year
    present = given // 100 if given is not None else None
    if present is None and fallback is not None and fallback.present is not None:
        present = max(fallback.present, year or 0)
    if present is None and year is not None:
        present = _present(year, top, body, everything, rules)
    session = _latest_session(top, everything, rules)
    if session is None and fallback is not None:
        session = fallback.session
    span = _span(top, body, everything, year, rules)
    first = None if span else _first_of_headline(top, year, rules)
    annual = span is not None and _is_annual(top, body, rules)
    return Chronology(
        year=year,
        span=span,
        present=present,
        session=session,
        running=first is not None
        or (
            not annual and any(rules.running.search(text) for text in [*top[:HEADLINES], *body[:1]])
        ),
        at_session=_is_at_session("".join(top) + everything, rules)
        or any(rules.hands_over.search(text) for text in [*top[:HEADLINES], *body[:2]]),
        first=first or _began(body, year, rules),
        so_far=any(rules.part_of_year.search(text) for text in top[:HEADLINES])
        or any(rules.begins_part_of_year.search(text) for text in body[:2]),
        annual=annual,
        ends_term=_is_given_to_a_first_session(top, body, rules),
    )


def _of_events(top: Sequence[str], everything: str, rules: PeriodRules) -> list[int]:
    """The year that all events named in an account of work done are of; none where they differ."""
    years = rules.events.named("，".join([*top, everything]))
    done = rules.work_done.search(everything) or rules.one_year.search(everything)
    return list(years) if len(years) == 1 and done else []


def _began(body: Sequence[str], year: int | None, rules: PeriodRules) -> int | None:
    """The first year of the term as a sentence names it, if the report is of that term."""
    named = (y for text in filter(names_century, body) for y in first_years(rules.term_began, text))
    first = next(named, None)
    return None if first is not None and year is not None and first > year else first


def _is_annual(top: Sequence[str], body: Sequence[str], rules: PeriodRules) -> bool:
    """Whether a report that speaks of five years is on one: its headings name one year and never the five."""
    return not any(rules.term_review.search(heading) for heading in top) and any(
        rules.annual_report.search(text) for text in [*top, *body[:HEADLINES]]
    )


def _is_headline(sentence: str) -> bool:
    """Whether a text's first sentence is its headline: 市人大常委会2023年“成绩单”来了！"""
    return len(sentence) <= _LONGEST_HEADLINE and sentence[-1:] in "！？”"


def _is_at_session(everything: str, rules: PeriodRules) -> bool:
    """Whether the text is news of what a session that is being held has received."""
    return (
        rules.work_done.search(everything) is None
        and rules.at_session.search(everything) is not None
    )


def _first_of_headline(top: Sequence[str], year: int | None, rules: PeriodRules) -> int | None:
    """The first of the years that a headline sums up: 履职情况（2022—2024年）, 2022年以来工作综述."""
    for heading in top[:HEADLINES]:
        since = next(iter(first_years(rules.since_year, heading)), None)
        if since is not None and year is not None and 0 < year - since < TERM_YEARS:
            return since
        for match in rules.span_of_years.finditer(heading):
            first, last = ([*years_of(match), 0, 0])[:2]
            if last == year and 0 < last - first < TERM_YEARS - 1:
                return first
    return None


def _given(top: Sequence[str], body: Sequence[str], rules: PeriodRules) -> int | None:
    """Year and month in which the report was given, as year*100+month."""
    sources = [(rules.given_headline, text) for text in top[:HEADLINES]]
    sources += [(rules.given, text) for text in [*top, *body[:HEADLINES], *body[-3:]]]
    for pattern, text in sources:
        match = pattern.search(text)
        if match and years_of(match):
            month = next((int(g) for g in match.groups() if g and len(g) <= 2), 1)
            return years_of(match)[0] * 100 + month
    return None


def _present(
    year: int, top: Sequence[str], body: Sequence[str], everything: str, rules: PeriodRules
) -> int:
    """The year in which a report on `year` speaks, where no date says so."""
    if any(rules.events.last(text) == year for text in body):
        return year + 1
    if year in first_years(rules.is_over, everything):
        return year + 1
    if speaks_of_this_year(top, body, rules) or rules.next_year.search("".join(top) + everything):
        return year
    if rules.running.search("".join(top[:HEADLINES]) + everything) and (
        rules.this_year_until.search(everything)
    ):
        return year
    of_this_year = [text for text in body if rules.says_this_year.search(text)]
    if of_this_year and all(rules.plans_this_year.search(text) for text in of_this_year):
        return year + 1
    reviewed = any(year in first_years(rules.review_year, heading) for heading in top[:HEADLINES])
    last, this = (
        len(words.findall(everything)) for words in (rules.says_last_year, rules.says_this_year)
    )
    looks_back = last > this or (reviewed and not speaks_of_this_year(top, body, rules))
    if looks_back or any(year + 1 in first_years(rules.plan_year, text) for text in [*top, *body]):
        return year + 1
    return year


def _span(
    top: Sequence[str], body: Sequence[str], everything: str, year: int | None, rules: PeriodRules
) -> tuple[int, int] | None:
    """The years of a term review: named as 2017年至2021年, else the five up to the report's."""
    if year is not None and (years := _years_of_term(everything, rules)):
        return year - years + 1, year
    in_headings = any(
        rules.term_review.search(heading) or (year in terms_named(heading, rules))
        for heading in top
    )
    at_first = _is_given_to_a_first_session(top, body, rules)
    if not in_headings and len(rules.term_review.findall(everything)) < (1 if at_first else 2):
        return None
    for text in [*top, everything]:
        for match in rules.span_of_years.finditer(text):
            first, last = ([*years_of(match), 0, 0])[:2]
            if 3 <= last - first <= 5 and (year is None or last in (year, year + 1)):
                return (last - TERM_YEARS + 1 if last - first == TERM_YEARS else first), last
    return (year - TERM_YEARS + 1, year) if year is not None else None


def _is_given_to_a_first_session(
    top: Sequence[str], body: Sequence[str], rules: PeriodRules
) -> bool:
    return any(rules.first_session.search(text) for text in [*top[:HEADLINES], *body[:2]])


def _years_of_term(everything: str, rules: PeriodRules) -> int | None:
    """How long a term was that is summed up and was not of five years: 任期四年。四年来，…"""
    term = rules.term_length.search(everything)
    summed_up = term and any(
        match.group("n") == term.group("n") for match in rules.last_years.finditer(everything)
    )
    return NUMBERS[term.group("n")] if term and summed_up else None


def _latest_session(top: Sequence[str], everything: str, rules: PeriodRules) -> int | None:
    numbers = [
        NUMBERS[match.group("n")]
        for text in [*top, everything]
        for match in rules.session.finditer(text)
    ]
    return max(numbers) if numbers else None
