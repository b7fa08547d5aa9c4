"""The years that a figure covers, and whether it is a result, a plan, or a running total.

Two steps. `chronology` finds out once for an article which year it reports on,
when it was given, whether it looks back over a term, and when the term began.
`timeline` then walks through its sentences and says for each which years are
being spoken of and whether the passage looks forward. `period_of` combines
that with the words right around a figure.

Decisions:
* An annual report given in the first half of a year reports on the year before.
  The date is one vote among those of headings and sentences.
* A yearbook's title carries the year of print, not the one described.
* “X届一次会议以来” in the report to the second session is that one year. Later,
  it is a running total; so is 换届以来. The term's first year follows from the
  number of the latest session: one session a year.
* 去年 is the report's own year where the report was given the year after.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.model import Kind, Status
from etl.patterns import load_lists

FIRST_YEAR, LAST_YEAR = 1979, 2049
_TERM_YEARS = 5
_SESSIONS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_HEADLINES = 8
_DEEPEST = 9
_LATE = 0.6
_OPENING_WORDS = 16
_LAST_MONTH_OF_ANNUAL_REPORTS = 6
_YEAR = r"((?:19|20)[0-9]{2})"
_CHINESE_YEAR = re.compile(r"[一二][九〇零][一二三四五六七八九〇零]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class Period:
    """The years year_start..year_end (inclusive) with the observation status."""

    year_start: int
    year_end: int
    status: Status


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """data/catalogue/periods.toml, compiled; see the comments there."""

    review_year: re.Pattern[str]
    perhaps_review_year: re.Pattern[str]
    review_sentence: re.Pattern[str]
    plan_year: re.Pattern[str]
    given_headline: re.Pattern[str]
    given: re.Pattern[str]
    yearbook: re.Pattern[str]
    looks_back: re.Pattern[str]
    looks_forward: re.Pattern[str]
    opens_plan: re.Pattern[str]
    term_review: re.Pattern[str]
    one_year: re.Pattern[str]
    since_term_began: re.Pattern[str]
    running: re.Pattern[str]
    since_session: re.Pattern[str]
    since_start: re.Pattern[str]
    span_of_years: re.Pattern[str]
    since_year: re.Pattern[str]
    session: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Chronology:
    """What an article says about its own time.

    `year` is the year it reports on (the last one of a term), `span` the years
    of a term review, `present` the year in which it speaks (今年), `session`
    the number of the latest session of the current term, `running` whether its
    headline sums up a term that goes on (换届以来).
    """

    year: int | None
    span: tuple[int, int] | None
    present: int | None
    session: int | None
    running: bool = False

    @property
    def term_start(self) -> int | None:
        """First year of the term, if the number of the latest session is known."""
        if self.session is None or self.present is None:
            return None
        return self.present - self.session + 1


@dataclass(frozen=True, slots=True)
class Moment:
    """Which years a sentence speaks of (None: those of the report), whether it looks forward,
    and whether its section sums up a term that goes on."""

    years: tuple[int, int] | None
    plan: bool
    running: bool = False


_PLACEHOLDERS = {"YYYY": _YEAR, "MM": "(1[0-2]|0?[1-9])", "DD": "[0-9]{1,2}"}


def load_rules(catalogue: Path) -> PeriodRules:
    """Compile the period rules of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    keys = PeriodRules.__dataclass_fields__
    return PeriodRules(**load_lists(catalogue / "periods.toml", keys, _PLACEHOLDERS))


def digits_of_years(text: str) -> str:
    """二〇二三年 → 2023年, character for character."""
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)


def _years(match: re.Match[str]) -> list[int]:
    return [
        int(group)
        for group in match.groups()
        if group and len(group) == 4 and FIRST_YEAR <= int(group) <= LAST_YEAR
    ]


def _voted(pattern: re.Pattern[str], text: str) -> Iterable[int]:
    for match in pattern.finditer(text):
        yield from _years(match)[:1]


def chronology(
    headings: Sequence[str],
    sentences: Sequence[str],
    rules: PeriodRules,
    published: int | None = None,
    fallback: "Chronology | None" = None,
) -> Chronology:
    """Date an article from its headings and sentences (folded text).

    `published` is the year and month of publication as year*100+month, if the
    register knows it; `fallback` the chronology of the whole page, used for
    what the article itself doesn't say.
    """
    top = [digits_of_years(heading) for heading in headings]
    body = [digits_of_years(sentence) for sentence in sentences]
    everything = "".join(body)
    is_yearbook = any(rules.yearbook.search(heading) for heading in top[:_HEADLINES])
    given = None if is_yearbook else published or _given(top, body, rules)
    votes = _votes(top, body, given, is_yearbook, rules)
    if not votes:
        votes.update(_voted(re.compile(_YEAR + "年"), everything))
    if given is not None:
        for late in [y for y in votes if y > given // 100]:
            del votes[late]
    year: int | None = max(votes, key=lambda y: (votes[y], y)) if votes else None
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
    return Chronology(
        year=year,
        span=_span(top, everything, year, rules),
        present=present,
        session=session,
        running=any(rules.running.search(text) for text in [*top[:_HEADLINES], *body[:1]]),
    )


def _given(top: Sequence[str], body: Sequence[str], rules: PeriodRules) -> int | None:
    """Year and month in which the report was given, as year*100+month."""
    sources = [(rules.given_headline, text) for text in top[:_HEADLINES]]
    sources += [(rules.given, text) for text in [*top, *body[:_HEADLINES], *body[-3:]]]
    for pattern, text in sources:
        match = pattern.search(text)
        if match and _years(match):
            month = next((int(g) for g in match.groups() if g and len(g) <= 2), 1)
            return _years(match)[0] * 100 + month
    return None


def _votes(
    top: Sequence[str],
    body: Sequence[str],
    given: int | None,
    is_yearbook: bool,
    rules: PeriodRules,
) -> "Counter[int]":
    """What speaks for each year to be the one reported on."""
    votes: Counter[int] = Counter()
    for rank, heading in enumerate(top):
        if rules.yearbook.search(heading):
            for year in _voted(re.compile(_YEAR), heading):
                votes[year - 1] += 2
            continue
        planned = set(_voted(rules.plan_year, heading))
        for year in planned:
            votes[year - 1] += 4
        for year in set(_voted(rules.review_year, heading)) - planned:
            votes[year] += 12 if rank < _HEADLINES else 8
        for year in set(_voted(rules.perhaps_review_year, heading)) - planned:
            votes[year] += 3
    for sentence in body:
        if "20" not in sentence and "19" not in sentence:
            continue
        planned = set(_voted(rules.plan_year, sentence))
        for year in planned:
            votes[year - 1] += 2
        for year in set(_voted(rules.review_sentence, sentence)) - planned:
            votes[year] += 4
    if given is not None:
        annual = given % 100 <= _LAST_MONTH_OF_ANNUAL_REPORTS
        votes[given // 100 - (1 if annual and not _speaks_of_this_year(top, body) else 0)] += 6
    return votes


def _speaks_of_this_year(top: Sequence[str], body: Sequence[str]) -> bool:
    """A bulletin of the running year: 今年一季度, 今年以来 right at the beginning."""
    opening = "".join([*top[:_HEADLINES], *body[:3]])
    return re.search("今年以来|[一二三]季度|上半年", opening) is not None


def _present(
    year: int, top: Sequence[str], body: Sequence[str], everything: str, rules: PeriodRules
) -> int:
    """The year in which a report on `year` speaks, where no date says so."""
    planned = {y for text in [*top, *body] for y in _voted(rules.plan_year, text)}
    if re.search("明年|来年|下一年", "".join(top) + everything):
        return year
    reviewed = any(year in _voted(rules.review_year, heading) for heading in top[:_HEADLINES])
    looks_back = everything.count("去年") > everything.count("今年") or (
        reviewed and not _speaks_of_this_year(top, body)
    )
    return year + 1 if year + 1 in planned or looks_back else year


def _span(
    top: Sequence[str], everything: str, year: int | None, rules: PeriodRules
) -> tuple[int, int] | None:
    """The years of a term review: named as 2017年至2021年, else the five up to the report's."""
    in_headings = any(rules.term_review.search(heading) for heading in top)
    if not in_headings and len(rules.term_review.findall(everything)) < 2:
        return None
    for text in [*top, everything]:
        for match in rules.span_of_years.finditer(text):
            first, last = ([*_years(match), 0, 0])[:2]
            if 3 <= last - first <= 5 and (year is None or last in (year, year + 1)):
                return (last - _TERM_YEARS + 1 if last - first == _TERM_YEARS else first), last
    return (year - _TERM_YEARS + 1, year) if year is not None else None


def _latest_session(top: Sequence[str], everything: str, rules: PeriodRules) -> int | None:
    numbers = [
        _SESSIONS[match.group("n")]
        for text in [*top, everything]
        for match in rules.session.finditer(text)
        if match.group("n") in _SESSIONS
    ]
    return max(numbers) if numbers else None


def timeline(
    sentences: Sequence[tuple[str, str]], chron: Chronology, rules: PeriodRules
) -> list[Moment]:
    """Walk through an article's (heading, sentence) pairs; one Moment for each.

    What a heading says holds until the next one of its level or above, what an
    opening phrase says until the next heading. “2025年将…” opens a plan only
    towards the end; before, it looks ahead for one sentence.
    """
    moments: list[Moment] = []
    heading_before = ""
    plan = running = opened = False
    years: tuple[int, int] | None = None
    held_by = _DEEPEST
    for heading, sentence in sentences:
        if rules.since_term_began.search(sentence):
            running = True
        if heading != heading_before:
            heading_before = heading
            running = False
            if opened:
                plan = opened = False
            level = _level(heading)
            if level <= held_by:
                years, held_by = None, _DEEPEST
            dated = digits_of_years(heading)
            planned = set(_voted(rules.plan_year, dated))
            named = [y for y in _heading_years(dated, rules) if y not in planned]
            if rules.looks_back.search(dated) and not planned:
                plan, years = False, None
            elif chron.year and named and max(named) <= chron.year:
                plan = False
            elif (
                planned
                or rules.looks_forward.search(dated)
                or (chron.year and named and min(named) > chron.year)
            ):
                plan = True
            named = [y for y in named if chron.span and chron.span[0] <= y <= chron.span[1]]
            if named and not plan and chron.span:
                years, held_by = (named[0], named[0]), level
            if rules.term_review.search(dated) and chron.span:
                years, held_by = chron.span, level
            elif chron.span and rules.one_year.search(dated) and chron.year and not plan:
                years, held_by = (chron.year, chron.year), level
        opening = digits_of_years(sentence[:60])
        late = len(moments) >= _LATE * len(sentences)
        opens = rules.opens_plan.search(opening) and not _looks_back_at(opening, chron, rules)
        if plan and _returns(opening, chron, rules):
            plan = opened = False
        if opens and (late or not re.match(_YEAR, opening)):
            opened = opened or not plan
            plan = True
        if chron.span and not plan:
            if rules.term_review.search(sentence):
                years, held_by = chron.span, _DEEPEST
            elif chron.year and (
                rules.one_year.search(opening[:16]) or opening.startswith(f"{chron.year}年")
            ):
                years, held_by = (chron.year, chron.year), _DEEPEST
        moments.append(Moment(years, plan or bool(opens), running))
    return moments


def _returns(opening: str, chron: Chronology, rules: PeriodRules) -> bool:
    """Whether a sentence after a look ahead turns back: 2016年，… of the report on 2016; 一年来."""
    begins = opening[:_OPENING_WORDS]
    if rules.plan_year.search(opening) or re.search("将|要|拟|计划", begins):
        return False
    return _looks_back_at(opening, chron, rules) or rules.one_year.match(begins) is not None


def _level(heading: str) -> int:
    """How deep a heading stands: 一、 before （一） before 1."""
    if re.match("[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部分]", heading):
        return 1
    if re.match("（[一二三四五六七八九十]{1,3}）", heading):
        return 2
    return 3


def _heading_years(heading: str, rules: PeriodRules) -> list[int]:
    return [*_voted(rules.review_year, heading), *_voted(rules.perhaps_review_year, heading)]


def _looks_back_at(opening: str, chron: Chronology, rules: PeriodRules) -> bool:
    return any(
        chron.year is not None and year <= chron.year
        for year in _voted(re.compile("^" + _YEAR + "年"), opening)
    )


def period_of(
    before: str,
    after: str,
    moment: Moment,
    chron: Chronology,
    kind: Kind,
    planned: bool,
    rules: PeriodRules,
) -> Period | None:
    """The period of a figure.

    `before` and `after` are the sentence up to the figure and from it on,
    `planned` tells whether its words speak of a plan. Returns None where the years can't be
    told from the text: such a figure is no fact.
    """
    before = digits_of_years(before)
    named = _named_years(before)
    if planned:
        year = _plan_year(before, named, chron)
        return Period(year, year, Status.PLANNED) if year else None
    if kind is Kind.STOCK:
        year = named[-1] if named and chron.year and named[-1] < chron.year else chron.year
        return Period(year, year, Status.ACTUAL) if year else None
    if match := _last(rules.span_of_years, before):
        first, last = ([*_years(match), 0, 0])[:2]
        if first < last:
            return Period(first, last, Status.ACTUAL)
    if match := _last(rules.since_session, before):
        return _since_session(match, chron)
    if rules.since_term_began.search(before) or _sums_up(before, after, rules):
        return running_total(chron.term_start, chron)
    if rules.since_start.search(before):
        return running_total(None, chron)
    if (match := _last(rules.since_year, before)) and chron.year:
        first = _years(match)[0]
        last = (
            max(first, chron.present if first == chron.present else chron.year)
            if chron.present
            else chron.year
        )
        if first == last:
            return Period(first, first, Status.ACTUAL)
        if chron.span and first == chron.span[0]:
            return Period(*chron.span, Status.ACTUAL)
        return Period(first, last, Status.CUMULATIVE) if first < last else None
    if rules.term_review.search(before) and chron.span:
        return Period(*chron.span, Status.ACTUAL)
    if named and (chron.year is None or named[-1] <= (chron.present or chron.year)):
        return Period(named[-1], named[-1], Status.ACTUAL)
    if "去年" in before[-30:] or "上年" in before[-12:]:
        return _last_year(chron)
    if "今年" in before[-40:] and chron.present and chron.present == chron.year:
        return Period(chron.present, chron.present, Status.ACTUAL)
    if chron.running and kind is Kind.FLOW and not rules.one_year.search(before):
        return running_total(chron.term_start, chron)
    years = moment.years or chron.span or (chron.year and (chron.year, chron.year))
    return Period(years[0], years[1], Status.ACTUAL) if years else None


def _sums_up(before: str, after: str, rules: PeriodRules) -> bool:
    """Figures first, then “……换届以来，…”: the period follows what it holds."""
    match = rules.since_term_began.search(after)
    return match is not None and not re.search("今年|去年|[0-9]年", before)


# Not a plan's name, not the date of an event, not the end of a span (截至2024年11月).
_NAMED_YEAR = re.compile(
    r"(?<!截至)(?<!截止)(?<![至到])"
    + _YEAR
    + r"年(?!度?(?:立法|监督|工作)?计划|[0-9]{1,2}月[^，。；]{0,8}(?:召开|举行|换届|成立)|以来)"
)


def _named_years(text: str) -> list[int]:
    found = [int(year) for year in _NAMED_YEAR.findall(text)]
    return [year for year in found if FIRST_YEAR <= year <= LAST_YEAR]


def _plan_year(before: str, named: Sequence[int], chron: Chronology) -> int | None:
    if named and chron.year and named[-1] > chron.year:
        return named[-1]
    if chron.year and chron.year == chron.present and re.search("今年|全年|本年", before[-40:]):
        return chron.year
    if chron.present and chron.year:
        return max(chron.present, chron.year + 1) if chron.present != chron.year else chron.year + 1
    return chron.year + 1 if chron.year else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return matches[-1] if matches else None


def _since_session(match: re.Match[str], chron: Chronology) -> Period | None:
    if chron.year is None:
        return None
    number = _SESSIONS[match.group("n")]
    latest = chron.session or number
    if latest - number <= 1 or number > 1:
        return Period(chron.year, chron.year, Status.ACTUAL)
    return running_total(chron.term_start, chron)


def running_total(start: int | None, chron: Chronology) -> Period | None:
    """The years since `start` up to the report's; None where the start is not known."""
    if start is None or chron.year is None:
        return None
    if chron.span:
        return Period(*chron.span, Status.ACTUAL)
    return Period(start, max(start, chron.year), Status.CUMULATIVE)


def _last_year(chron: Chronology) -> Period | None:
    if chron.present is None:
        return None
    return Period(chron.present - 1, chron.present - 1, Status.ACTUAL)
