"""Years as texts write them, and the words of data/catalogue/periods.toml that tell of time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.events import Events, load_events
from etl.needles import Guarded
from etl.patterns import load_lists

FIRST_YEAR, LAST_YEAR = 1979, 2049
TERM_YEARS = 5
NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
YEAR = r"((?:19|20)[0-9]{2})"
BARE_YEAR = re.compile(YEAR)
YEAR_WITH_MARK = re.compile(YEAR + "年")
# The year since when something lasts is none of its own: 2016年行使立法权以来.
_OPENING_YEAR = re.compile(YEAR + "年(?!(?:[0-9]{1,2}月)?[^，。；]{0,18}以来|[底末至到]|[—-])")


_PLACEHOLDERS = {"YYYY": YEAR, "MM": "(1[0-2]|0?[1-9])", "DD": "[0-9]{1,2}"}
_CHINESE_YEAR = re.compile(r"[一二][九〇零][一二三四五六七八九〇零]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_MONTH = re.compile(r"(?<=[0-9]年)(十[一二]?|[一二三四五六七八九])月")
_CHINESE_DAY = re.compile(r"(?<=[0-9]月)([二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日")


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """data/catalogue/periods.toml, compiled; see the comments there. `events` are those of events.toml."""

    review_year: Guarded
    perhaps_review_year: Guarded
    annual_report: Guarded
    review_sentence: Guarded
    report_title: Guarded
    year_before_title: Guarded
    year_behind_title: Guarded
    to_a_session: Guarded
    first_session: Guarded
    plan_year: Guarded
    year_is: Guarded
    plan_document: Guarded
    given_headline: Guarded
    given: Guarded
    yearbook: Guarded
    this_year_so_far: Guarded
    begins_this_year: Guarded
    part_of_year: Guarded
    begins_part_of_year: Guarded
    next_year: Guarded
    says_last_year: Guarded
    is_over: Guarded
    says_this_year: Guarded
    this_year_done: Guarded
    recalls_last_year: Guarded
    work_done: Guarded
    looks_back: Guarded
    looks_forward: Guarded
    year_alone: Guarded
    opens_plan: Guarded
    number_of_part: Guarded
    number_of_section: Guarded
    first_of_row: Guarded
    plan_of_years: Guarded
    this_year_until: Guarded
    that_year: Guarded
    plans_this_year: Guarded
    plan_named: Guarded
    intends: Guarded
    term_review: Guarded
    one_year: Guarded
    since_term_began: Guarded
    running: Guarded
    term_began: Guarded
    since_session: Guarded
    sums_up: Guarded
    since_start: Guarded
    span_of_years: Guarded
    last_years: Guarded
    term_length: Guarded
    plan_period: Guarded
    since_year: Guarded
    one_day: Guarded
    any_time: Guarded
    longer_time: Guarded
    named_year: Guarded
    last_year: Guarded
    this_year: Guarded
    this_session: Guarded
    whole_year: Guarded
    says_when: Guarded
    picks_out: Guarded
    one_year_named: Guarded
    session: Guarded
    at_session: Guarded
    hands_over: Guarded
    rises_to: Guarded
    events: Events


def load_rules(catalogue: Path) -> PeriodRules:
    """Compile the period rules of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    keys = PeriodRules.__dataclass_fields__.keys() - {"events"}
    lists = load_lists(catalogue / "periods.toml", keys, _PLACEHOLDERS)
    return PeriodRules(
        **{name: Guarded(pattern) for name, pattern in lists.items()},
        events=load_events(catalogue),
    )


def digits_of_years(text: str) -> str:
    """二〇二三年一月八日 → 2023年1月8日, and 二〇二三年 → 2023年."""
    if "〇" not in text and "零" not in text and "九" not in text:
        return text
    text = _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)
    text = _CHINESE_MONTH.sub(lambda match: f"{_below_hundred(match.group(1))}月", text)
    return _CHINESE_DAY.sub(lambda match: f"{_below_hundred(match.group(1))}日", text)


def _below_hundred(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    return (10 * NUMBERS.get(tens, 1) if ten else 0) + NUMBERS.get(ones, 0)


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


def first_years(pattern: re.Pattern[str] | Guarded, text: str) -> Iterable[int]:
    """The first year of each match of `pattern`."""
    if names_century(text):
        for match in pattern.finditer(text):
            yield from years_of(match)[:1]


def opening_year(text: str) -> int | None:
    """The year that a text begins with (2019年，…), None where it begins otherwise."""
    match = _OPENING_YEAR.match(text) if text.startswith(("20", "19")) else None
    return next(iter(years_of(match)), None) if match else None
