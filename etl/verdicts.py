"""Judges whether a numeral is a figure, by its measure word and what stands right around it.

Digits are figures unless something says otherwise (a date, an ordinal, a name such as “1661”);
numerals in characters are figures only with a measure word (两部条例), since most of them are
slogans, terms and idioms (两个维护, 十二届, 一体推进). A rule looks at no more than a bounded
stretch around the numeral.
"""

import re
from enum import Enum, auto
from typing import NamedTuple

from etl.grammar import Grammar, Measure
from etl.model import Qualifier, Quantity
from etl.numerals import Numeral

# Bare digits this long are telephone numbers: large counts are written with 万 or 亿.
_SHORTEST_TELEPHONE = 7
# Years that bare digits may name; with a measure word they are counts (2023件).
_YEARS = range(1900, 2100)
# Slogans have few points (三个务必, 十四个坚持).
_LARGEST_SLOGAN = 30
_LONGEST_SESSION_NAME = 24
_TEN_THOUSAND = 10_000

_LINE_STARTS = "\n。；：;:！？!? \u3000"


class Verdict(Enum):
    """What a numeral turned out to be."""

    FIGURE = auto()
    LOWER_END = auto()  # no figure, unless as the lower end of a range (三至五名)
    MASKED = auto()
    ORDINAL = auto()


# An attribute of an enumeration is slow to look up, and these are by the hundred thousand.
FIGURE, LOWER_END, MASKED, ORDINAL = Verdict


class Candidate(NamedTuple):
    """A quantity to judge, with what the judgement needs.

    `number` is the numeral as written, beginning at `begin`; `measured` is where its
    measure word ends; `quoted` tells whether it stands in short quotation marks.
    """

    text: str
    begin: int
    number: str
    numeral: Numeral
    quantity: Quantity
    measure: Measure | None
    measured: int
    quoted: bool


def judge(candidate: Candidate, grammar: Grammar) -> Verdict:
    """What the numeral is; LOWER_END only for one in characters."""
    if candidate.quantity.chinese:
        return _judge_characters(candidate, grammar)
    return _judge_digits(candidate, grammar)


def _judge_digits(candidate: Candidate, grammar: Grammar) -> Verdict:
    """Digits are a figure unless they are a date, an ordinal, a code or a name."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    if text[begin - 1 : begin] == "+":
        return MASKED  # 12+108+N
    if candidate.quoted and quantity.unit_text not in grammar.quoted_digits:
        return MASKED
    if candidate.measure is None:
        masked = text[quantity.end - 1] == "+" or _is_code(candidate)
        return MASKED if masked else FIGURE
    if candidate.measure.normal == "年" and _names_year(candidate):
        return MASKED
    return _judge_measured(candidate, grammar)


def _judge_characters(candidate: Candidate, grammar: Grammar) -> Verdict:
    """A numeral in characters is a figure only with a measure word that takes such numerals."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    if candidate.measure is None:
        # 万 and 亿 count without a measure word: 十多万群众, 阅读量逾百万。
        counted = quantity.value >= _TEN_THOUSAND and quantity.qualifier is not Qualifier.EXACT
        return FIGURE if counted and not candidate.quoted else LOWER_END
    if not candidate.measure.chinese:
        return MASKED
    if candidate.quoted and quantity.unit_text not in grammar.quoted_chinese:
        return MASKED
    if grammar.idiom.match(text, begin):
        return MASKED
    if candidate.numeral.bare_scale and quantity.qualifier is Qualifier.EXACT:
        return MASKED  # 百件实事, unlike 上百件 and 百余件
    verdict = _judge_measured(candidate, grammar)
    if verdict is FIGURE and candidate.number == "一":
        counted = (
            not candidate.quoted
            and quantity.unit_text in grammar.single_measures
            and not text.endswith(grammar.single_unless_after, 0, begin)
            and not text.startswith(grammar.single_unless_before, candidate.measured)
        )
        return FIGURE if counted else LOWER_END
    return verdict


def _judge_measured(candidate: Candidate, grammar: Grammar) -> Verdict:
    """Terms, sessions and slogans have a measure word as well."""
    text, begin, measured = candidate.text, candidate.begin, candidate.measured
    unit = candidate.quantity.unit
    if unit in grammar.term_measures:
        counted = text.endswith(grammar.term_counted_after, 0, begin) or (
            not candidate.quantity.chinese
            and text.startswith(grammar.term_counted_before, measured)
        )
        if not counted or text.startswith(grammar.term_never_before, measured):
            return ORDINAL
    # Ordinals are written 二次, never 两次.
    if unit in grammar.session_measures and "两" not in candidate.number:
        name = text[max(0, begin - _LONGEST_SESSION_NAME) : begin]
        meeting = text.startswith(grammar.session_meetings, measured)
        chinese = candidate.quantity.chinese
        if (meeting or chinese) and grammar.session_of_term.search(name):
            return ORDINAL
        if meeting and chinese and name.endswith(grammar.session_assemblies):
            return ORDINAL
    slogan = grammar.slogans.get(unit)
    if slogan and candidate.quantity.value <= _LARGEST_SLOGAN and slogan.match(text, measured):
        return MASKED
    return FIGURE


def _names_year(candidate: Candidate) -> bool:
    """2023 (年), 08 (年), also with a list number glued to it: 1.2023 (年)."""
    if candidate.quantity.value != candidate.numeral.value:
        return False
    whole, _, fraction = candidate.number.partition(".")
    year = fraction or whole
    exact = candidate.quantity.qualifier is Qualifier.EXACT
    return (exact and len(year) == 4 and year[0] in "12") or (len(whole) > 1 and whole[0] == "0")


# Right behind or before digits without a measure word: formulas, times, scores, fractions,
# versions, addresses.
_CODE_BEHIND = re.compile(r"[A-Za-z_@#°]|[:：∶/·比][0-9]|\.[A-Za-z0-9]|/[A-Za-z]")
_CODE_BEFORE = re.compile(r"[A-Za-z_@#№〔\[/]\Z|[A-Za-z0-9][-.:：∶·比]\Z")
_BETWEEN_DASHES = re.compile(r"[-—–―·]\s?[0-9]++\s?[-—–―·](?!\s?[0-9])")
_LIST_NUMBER = re.compile(r"[0-9]{1,2}(?:[.)）、](?![0-9]))")
_GLUED_LIST_NUMBER = re.compile(r"[0-9]{1,2}\.(?![0-9\s])(?!\Z)")
_IN_BRACKETS = re.compile(r"[(（][0-9]{1,2}[)）]")
_MONTH_AND_DAY = re.compile(r"(?:[1-9]|1[0-2])\.(?:[1-9]|[12][0-9]|3[01])(?=[\u4e00-\u9fff])")


def _is_code(candidate: Candidate) -> bool:
    """Whether digits without a measure word are a code, a time, a list number or the like."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    end = begin + len(candidate.number)
    if _CODE_BEHIND.match(text, end) or _CODE_BEFORE.search(text[max(0, begin - 2) : begin]):
        return True
    if quantity.start < begin or quantity.end > end:
        return False  # approximation or a scale make it a figure
    whole, _, fraction = candidate.number.partition(".")
    if "," not in whole:
        if len(whole) >= _SHORTEST_TELEPHONE or (len(whole) > 1 and whole[0] == "0"):
            return True
        if len(whole) == 4 and int(whole) in _YEARS:
            return True
    if fraction == "0" or _MONTH_AND_DAY.match(text, begin):
        return True
    if begin and (_IN_BRACKETS.match(text, begin - 1) or _GLUED_LIST_NUMBER.match(text, begin)):
        return True
    dash = begin - 2 if text[begin - 1 : begin] == " " else begin - 1
    if dash >= 0 and _BETWEEN_DASHES.match(text, dash):
        return True
    return _begins_line(text, begin) and _LIST_NUMBER.match(text, begin) is not None


def _begins_line(text: str, begin: int) -> bool:
    """Whether a list number may stand there."""
    return begin == 0 or text[begin - 1] in _LINE_STARTS


def without_list_number(candidate: Candidate) -> Quantity:
    """1.5名 at the beginning of a line are five, numbered one: people don't come in halves."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    number, _, counted = candidate.number.partition(".")
    if (
        counted
        and counted[0] != "0"
        and len(number) <= 2
        and candidate.measure
        and candidate.measure.kind == "count"
        and quantity.start == begin
        and quantity.value == candidate.numeral.value
        and _begins_line(text, begin)
    ):
        return quantity._replace(start=begin + len(number) + 1, value=float(counted))
    return quantity
