"""Periods: the year of an article and the years of its figures, from tests/specs/periods.toml."""

from functools import cache

import pytest

from etl import periods, store, years
from etl.chronology import Chronology, chronology
from etl.model import Kind
from etl.periods import Period
from etl.sentences import Sentence
from etl.timeline import timeline
from etl.years import PeriodRules
from tests.specs import Case, cases


@cache
def _rules() -> PeriodRules:
    return years.load_rules(store.CATALOGUE)


def _sections(case: Case) -> list[tuple[str, str]]:
    """(heading, sentence) of each sentence; the marks around the figure are still in it."""
    heading = ""
    found = []
    for line in case["lines"].split("\n"):
        if line.startswith("# "):
            heading = line[2:]
        else:
            found.append((heading, line))
    return found


def _unmarked(text: str) -> str:
    return text.replace("【", "").replace("】", "")


def _chronology(case: Case) -> Chronology:
    headings = [line[2:] for line in case["lines"].split("\n") if line.startswith("# ")]
    sentences = [_unmarked(sentence) for _, sentence in _sections(case)]
    return chronology(headings, sentences, _rules(), case.get("published"))


def _shown(period: Period | None) -> str:
    if period is None:
        return "none"
    years = f"{period.year_start}-{period.year_end}"
    if period.year_start == period.year_end:
        years = str(period.year_start)
    return years if period.status == "actual" else f"{years} {period.status}"


@pytest.mark.parametrize("case", cases("periods", "chronology"))
def test_chronology(case: Case) -> None:
    found = _chronology(case)
    for key in ("year", "present", "session", "annual"):
        if key in case:
            assert getattr(found, key) == case[key]
    if "span" in case:
        assert found.span == tuple(case["span"])
    for key in case.get("none", ()):
        assert getattr(found, key) is None


@pytest.mark.parametrize("case", cases("periods"))
def test_period_of_a_figure(case: Case) -> None:
    article = _chronology(case)
    sections = _sections(case)
    marked = next(number for number, (_, sentence) in enumerate(sections) if "【" in sentence)
    told = [
        Sentence(0, 0, _unmarked(text), heading, block)
        for block, (heading, text) in enumerate(sections)
    ]
    moments = timeline(told, article, _rules())
    before, _, rest = sections[marked][1].partition("【")
    period = periods.period_of(
        before,
        _unmarked(rest),
        moments[marked],
        article,
        Kind(case.get("kind", "flow")),
        moments[marked].plan or case.get("planned", False),
        _rules(),
    )
    assert _shown(period) == case["period"]


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二〇二三年和二零一九年，三十二人", "2023年和2019年，三十二人"),
        ("二〇〇九年一月八日在市人民代表大会上", "2009年1月8日在市人民代表大会上"),
        ("一九九八年十二月三十日", "1998年12月30日"),
        ("二〇一六年二十件实事，一月一会", "2016年二十件实事，一月一会"),
        ("二〇二三", "二〇二三"),
        ("没有年份", "没有年份"),
    ],
)
def test_digits_of_years(text: str, digits: str) -> None:
    assert years.digits_of_years(text) == digits
