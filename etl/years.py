"""Years as texts write them, and the words of data/catalogue/periods.toml that tell of time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.patterns import load_lists

FIRST_YEAR, LAST_YEAR = 1979, 2049
TERM_YEARS = 5
NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
YEAR = r"((?:19|20)[0-9]{2})"
BARE_YEAR = re.compile(YEAR)
YEAR_WITH_MARK = re.compile(YEAR + "年")
_OPENING_YEAR = re.compile(YEAR + "年(?!(?:[0-9]{1,2}月)?[^，。；]{0,6}以来|[至到]|[—-])")


_PLACEHOLDERS = {"YYYY": YEAR, "MM": "(1[0-2]|0?[1-9])", "DD": "[0-9]{1,2}"}
_CHINESE_YEAR = re.compile(r"[一二][九〇零][一二三四五六七八九〇零]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """data/catalogue/periods.toml, compiled; see the comments there."""

    review_year: re.Pattern[str]
    perhaps_review_year: re.Pattern[str]
    review_sentence: re.Pattern[str]
    report_title: re.Pattern[str]
    year_behind_title: re.Pattern[str]
    to_a_session: re.Pattern[str]
    first_session: re.Pattern[str]
    plan_year: re.Pattern[str]
    plan_document: re.Pattern[str]
    given_headline: re.Pattern[str]
    given: re.Pattern[str]
    yearbook: re.Pattern[str]
    this_year_so_far: re.Pattern[str]
    begins_this_year: re.Pattern[str]
    part_of_year: re.Pattern[str]
    begins_part_of_year: re.Pattern[str]
    next_year: re.Pattern[str]
    says_last_year: re.Pattern[str]
    says_this_year: re.Pattern[str]
    work_done: re.Pattern[str]
    looks_back: re.Pattern[str]
    looks_forward: re.Pattern[str]
    year_alone: re.Pattern[str]
    opens_plan: re.Pattern[str]
    number_of_part: re.Pattern[str]
    number_of_section: re.Pattern[str]
    first_of_row: re.Pattern[str]
    plan_of_years: re.Pattern[str]
    intends: re.Pattern[str]
    term_review: re.Pattern[str]
    one_year: re.Pattern[str]
    since_term_began: re.Pattern[str]
    running: re.Pattern[str]
    term_began: re.Pattern[str]
    since_session: re.Pattern[str]
    sums_up: re.Pattern[str]
    since_start: re.Pattern[str]
    span_of_years: re.Pattern[str]
    last_years: re.Pattern[str]
    plan_period: re.Pattern[str]
    since_year: re.Pattern[str]
    one_day: re.Pattern[str]
    any_time: re.Pattern[str]
    longer_time: re.Pattern[str]
    named_year: re.Pattern[str]
    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    this_session: re.Pattern[str]
    whole_year: re.Pattern[str]
    says_when: re.Pattern[str]
    picks_out: re.Pattern[str]
    one_year_named: re.Pattern[str]
    session: re.Pattern[str]
    at_session: re.Pattern[str]


def load_rules(catalogue: Path) -> PeriodRules:
    """Compile the period rules of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    keys = PeriodRules.__dataclass_fields__
    return PeriodRules(**load_lists(catalogue / "periods.toml", keys, _PLACEHOLDERS))


def digits_of_years(text: str) -> str:
    """二〇二三年 → 2023年, character for character."""
    if "〇" not in text and "零" not in text and "九" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)


def years_of(match: re.Match[str]) -> list[int]:
    """The years that the groups of a match hold, in order."""
    return [
        int(group)
        for group in match.groups()
        if group and len(group) == 4 and FIRST_YEAR <= int(group) <= LAST_YEAR
    ]


def names_century(text: str) -> bool:
    """Whether a year may stand in the text at all: sooner said than where."""
    return "20" in text or "19" in text


def first_years(pattern: re.Pattern[str], text: str) -> Iterable[int]:
    """The first year of each match of `pattern`."""
    if names_century(text):
        for match in pattern.finditer(text):
            yield from years_of(match)[:1]


def opening_year(text: str) -> int | None:
    """The year that a text begins with (2019年，…), None where it begins otherwise."""
    match = _OPENING_YEAR.match(text)
    return next(iter(years_of(match)), None) if match else None
