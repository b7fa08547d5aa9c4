"""Figures in Chinese text: numerals, their measure words, approximation and ranges.

One expression finds everything that begins like a figure; a few rules, with their
words in data/catalogue/measures.toml, then decide what it is. Digits are figures
unless something says otherwise (a date, an ordinal, a name such as “1661”);
numerals in characters are figures only with a measure word (两部条例), since most
of them are slogans, terms and idioms (两个维护, 十二届, 一体推进).

The work is linear in the length of the text, whatever the text: unbounded repeats
never give back what they took (possessive quantifiers), a run of numerals is tried
from its first character only, and all look-around is bounded.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import CatalogueError
from etl.model import Qualifier, Quantity

_FILE = "measures.toml"

# Longer than any count, sum or population; a longer string of digits is a code.
_LONGEST_INTEGER = 15
# Longer than any numeral up to 万亿; a longer run of numeral characters is not one number.
_LONGEST_RUN = 24
# Bare digits this long are telephone numbers: large counts are written with 万 or 亿.
_SHORTEST_TELEPHONE = 7
# Years that bare digits may name; with a measure word they are counts (2023件).
_YEARS = range(1900, 2100)
# Slogans have few points (三个务必, 十四个坚持).
_LARGEST_SLOGAN = 30
_LONGEST_TITLE = 120
_LONGEST_QUOTED_NAME = 24
_LONGEST_SESSION_NAME = 24

_ARABIC = "0123456789"
_NUMERALS = _ARABIC + "零〇一二两三四五六七八九十百千万亿廿卅"
_CHARACTER_VALUES = {"零": 0, "两": 2} | {
    digit: i for i, digit in enumerate("〇一二三四五六七八九")
}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {
    "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_SCALE_CHARACTERS = frozenset("十百千万亿")
_CONTRACTIONS = str.maketrans({"廿": "二十", "卅": "三十"})
# 三五个 is the one usual range whose ends are not neighbours.
_NEIGHBOURS = {(n, n + 1) for n in range(1, 9)} | {(3, 5)}

_DASHES = "-—–―"
_CHAINS = ("、", "和", "及", "与", "或", "/")
_LINE_STARTS = "\n。；：;:！？!? \u3000"
_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}


class _Verdict(Enum):
    """What a numeral turned out to be."""

    FIGURE = auto()
    LOWER_END = auto()  # no figure, unless as the lower end of a range (三至五名)
    MASKED = auto()
    ORDINAL = auto()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word: its normal form, its kind and what one unit counts in the normal form.

    `kind` is count, share, duration, money, size or score; `chinese` tells whether it
    may follow a numeral in characters.
    """

    normal: str
    kind: str
    factor: float
    qualifier: Qualifier | None
    chinese: bool


@dataclass(frozen=True, slots=True)
class Approximation:
    """A word of approximation and where it applies; see [[approximations]] in measures.toml."""

    word: str
    qualifier: Qualifier
    unless_after: tuple[str, ...]
    bare_scale_only: bool
    kinds: frozenset[str]
    not_units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mask:
    """A word that makes the numeral after it no figure; see [[masked_before]] in measures.toml."""

    word: str
    ordinal: bool
    unless_after: tuple[str, ...]
    units: frozenset[str]
    scale_only: bool


@dataclass(frozen=True, slots=True)
class Grammar:
    """data/catalogue/measures.toml, compiled by `load_grammar`.

    `kinds` gives the kind of each normal form of a measure word, so that a caller can tell
    counts from durations, sums of money and shares. The other fields serve `find`.
    """

    kinds: Mapping[str, str]
    measures: Mapping[str, Measure]
    token: re.Pattern[str]
    before: Mapping[str, tuple[Approximation | Mask, ...]]
    inside: Mapping[str, Qualifier]
    after: Mapping[str, tuple[Approximation, ...]]
    range_words: frozenset[str]
    range_unless_after: tuple[str, ...]
    single_measures: frozenset[str]
    single_unless_after: tuple[str, ...]
    single_unless_before: tuple[str, ...]
    quoted_digits: frozenset[str]
    quoted_chinese: frozenset[str]
    term_measures: frozenset[str]
    term_counted_after: tuple[str, ...]
    term_counted_before: tuple[str, ...]
    term_never_before: tuple[str, ...]
    session_measures: frozenset[str]
    session_of_term: re.Pattern[str]
    session_assemblies: tuple[str, ...]
    session_meetings: tuple[str, ...]
    idiom: re.Pattern[str]
    slogans: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number that a numeral names.

    `upper` is the upper end where the numeral names a range (五六十). `bare_scale` tells a
    百, 千, 万 or 亿 without a digit, which is a figure only with a word of approximation.
    """

    value: float
    upper: float | None = None
    bare_scale: bool = False


@dataclass(slots=True)
class _Reading:
    """A match of the token expression, read.

    `unit_text` is the measure word; `bare` tells a numeral and nothing else.
    """

    verdict: _Verdict
    end: int
    unit_text: str = ""
    bare: bool = False
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
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


# -------------------------------------------------------------------------- finding


def find(text: str, grammar: Grammar) -> list[Quantity]:
    """The figures of `text` in order, none overlapping another.

    `text` is folded (see measures.toml); a stray single space within a figure is
    tolerated (98 %, 4300 余条). Durations, sums of money and lengths are returned with
    their unit, so that the caller sees that they are no counts. Takes any text, in time
    linear in its length; never raises.
    """
    figures: list[Quantity] = []
    quoted_until = 0
    last = _Reading(_Verdict.MASKED, end=0)
    for match in grammar.token.finditer(text):
        begin = match.start()
        if match["title"]:
            continue
        if text[begin] not in _NUMERALS:
            quoted_until = max(match.end("quoted"), match.end("straight"))
            continue
        reading = _read(match, text, grammar, last.end, quoted=begin < quoted_until)
        if begin - last.end <= 3:
            link = text[last.end : begin].strip(" \u3000")
            if joined := _join(last, reading, link, text, grammar):
                if last.verdict is _Verdict.FIGURE:
                    figures.pop()
                reading = joined
            elif link in grammar.range_words or link in _CHAINS:
                _settle_chain(last, reading, link, figures)
        if reading.verdict is _Verdict.FIGURE and reading.quantity:
            figures.append(reading.quantity)
        last = reading
    return figures


def _join(low: _Reading, high: _Reading, link: str, text: str, grammar: Grammar) -> _Reading | None:
    """The range of two readings that `link` joins (60至70件), or None where they are no range."""
    a, b = low.quantity, high.quantity
    if link not in grammar.range_words or a is None or b is None:
        return None
    if low.verdict not in (_Verdict.FIGURE, _Verdict.LOWER_END):
        return None
    if high.verdict is not _Verdict.FIGURE or (high.bare and link in _DASHES):
        return None
    if a.upper is not None or b.upper is not None:
        return None
    if a.chinese != b.chinese or a.unit not in ("", b.unit):
        return None
    if text.endswith(grammar.range_unless_after, 0, a.start):
        return None
    value = _in_scale_of(b, a.value, text) if low.bare else a.value
    if value >= b.value:
        return None
    quantity = Quantity(
        start=a.start,
        end=b.end,
        value=value,
        unit=b.unit,
        unit_text=b.unit_text,
        qualifier=_agree(a.qualifier, b.qualifier),
        chinese=a.chinese,
        upper=b.value,
    )
    return _Reading(_Verdict.FIGURE, high.end, quantity=quantity)


def _in_scale_of(high: Quantity, low: float, text: str) -> float:
    """The lower end of 3至5万名 has the scale of the upper end."""
    for scale in "亿", "万":
        if scale in text[high.start : high.end]:
            return low * _SCALES[scale] if low * _SCALES[scale] < high.value else low
    return low


def _settle_chain(last: _Reading, reading: _Reading, link: str, figures: list[Quantity]) -> None:
    """What holds of one link of a chain holds of its neighbour.

    第三、四次 and 第三次、四次 are ordinals both; 3、4月 are months both; 0375-2862000 and
    12—15 are no figures.
    """
    if last.verdict is _Verdict.ORDINAL and (last.bare or last.unit_text == reading.unit_text):
        reading.verdict = _Verdict.ORDINAL
    elif last.verdict is _Verdict.FIGURE and last.bare:
        if link in _DASHES and reading.bare:
            reading.verdict = _Verdict.MASKED
        if link in _DASHES or reading.verdict in (_Verdict.MASKED, _Verdict.ORDINAL):
            figures.pop()
            last.verdict = _Verdict.MASKED


# -------------------------------------------------------------------------- reading


def _read(
    match: re.Match[str], text: str, grammar: Grammar, floor: int, *, quoted: bool
) -> _Reading:
    """Read one numeral together with what stands around it, and judge it.

    Words before `floor` belong to the figure before (3年多 | 于5年).
    """
    if match["low"]:
        return _read_share(match, text, grammar, floor)
    begin, end = match.span()
    number = text[begin : match.end("rest")]
    unit_text = match["unit"] or ""
    reading = _Reading(_Verdict.MASKED, end, unit_text, bare=len(number) == end - begin)
    chinese = number[0] not in _ARABIC
    numeral = _parse(number)
    if numeral is None:
        return reading
    start, approximation, mask = _word_before(text, floor, begin, number, unit_text, grammar)
    if mask:
        reading.verdict = _Verdict.ORDINAL if mask.ordinal else _Verdict.MASKED
        return reading
    measure = _measure(unit_text, grammar) if unit_text else None
    if unit_text and measure is None:
        return reading  # a word under [masked_after]
    if measure and approximation and measure.normal in approximation.not_units:
        start, approximation = begin, None
    after = _word_after(match["after"], measure, grammar)
    if match["after"] and not after:
        end = match.end("unit") if unit_text else match.end("scaled")
    factor = measure.factor if measure else 1
    reading.quantity = Quantity(
        start=start,
        end=end,
        value=_amount(numeral.value, factor, match),
        unit=measure.normal if measure else "",
        unit_text=unit_text,
        qualifier=_agree(
            approximation.qualifier if approximation else None,
            grammar.inside[match["inside"]] if match["inside"] else None,
            measure.qualifier if measure else None,
            after.qualifier if after else None,
        ),
        chinese=chinese,
        upper=None if numeral.upper is None else _amount(numeral.upper, factor, match),
    )
    candidate = _Candidate(
        text, begin, number, numeral, reading.quantity, measure, match.end("unit"), quoted
    )
    if chinese:
        reading.verdict = _judge_characters(candidate, grammar)
    else:
        reading.verdict = _judge_digits(candidate, grammar)
        reading.quantity = _without_list_number(candidate)
    return reading


def _read_share(match: re.Match[str], text: str, grammar: Grammar, floor: int) -> _Reading:
    """Read 百分之九十五以上, 千分之三, 百分之二十至三十, 百分百."""
    begin, end = match.span()
    reading = _Reading(_Verdict.MASKED, end)
    low = _parse(match["low"])
    high = _parse(match["high"]) if match["high"] else None
    if low is None or (match["high"] and (high is None or high.value <= low.value)):
        return reading
    start, approximation, mask = _word_before(text, floor, begin, match["low"], "%", grammar)
    if mask:
        return reading
    measure = grammar.measures["‰" if text[begin] == "千" else "%"]
    after = _word_after(match["share_after"], measure, grammar)
    if match["share_after"] and not after:
        end = match.end("share")
    reading.quantity = Quantity(
        start=start,
        end=end,
        value=low.value,
        unit=measure.normal,
        unit_text=text[begin : match.start("low")].rstrip(),
        qualifier=_agree(
            approximation.qualifier if approximation else None,
            grammar.inside[match["share_inside"]] if match["share_inside"] else None,
            after.qualifier if after else None,
        ),
        chinese=match["low"][0] not in _ARABIC,
        upper=high.value if high else low.upper,
    )
    reading.verdict = _Verdict.FIGURE
    return reading


def _amount(value: float, factor: float, match: re.Match[str]) -> float:
    """Multiply out the scale words around a number: 2.8万, 2万3千, 十余万."""
    scale = _SCALES[match["scale"]] if match["scale"] else 1
    if match["inside_scale"]:
        scale *= _SCALES[match["inside_scale"]]
    if scale == factor == 1:
        return value
    # Binary floating point would make 1.15亿 one short.
    product = float(Decimal(repr(value)) * Decimal(scale) * Decimal(factor))
    if match["minor"]:
        minor = int(match["minor"]) * _SCALES[match["minor_scale"]]
        product += minor if minor < scale else 0
    return product


def _agree(*qualifiers: Qualifier | None) -> Qualifier:
    """One qualifier out of several words: 近400余条 says both less and more, so about."""
    stated = {qualifier for qualifier in qualifiers if qualifier} - {Qualifier.EXACT}
    if not stated:
        return Qualifier.EXACT
    return stated.pop() if len(stated) == 1 else Qualifier.ABOUT


def _measure(unit_text: str, grammar: Grammar) -> Measure | None:
    """The measure word as written, or None for a word that makes the numeral no figure.

    人（次） and 人/次 are 人次 where 人次 is a measure word; 个(条) is 个.
    """
    measure = grammar.measures.get(unit_text)
    if measure is None:
        head, _, tail = re.sub(r"[(（/]", "/", unit_text.rstrip(")）")).partition("/")
        measure = (tail and grammar.measures.get(head + tail)) or grammar.measures.get(head)
    return measure or None


def _word_before(
    text: str, floor: int, begin: int, number: str, unit_text: str, grammar: Grammar
) -> tuple[int, Approximation | None, Mask | None]:
    """The start of the figure and the word of approximation, or the mask, right before it."""
    at = begin - 1 if text[begin - 1 : begin] == " " else begin
    for entry in grammar.before.get(text[at - 1 : at], ()):
        start = at - len(entry.word)
        if start < 0 or not text.startswith(entry.word, start):
            continue
        if text.endswith(entry.unless_after, 0, start):
            continue
        if isinstance(entry, Approximation):
            if start >= floor and (not entry.bare_scale_only or number[0] in "百千万亿"):
                return start, entry, None
        elif (not entry.units or unit_text in entry.units) and (
            not entry.scale_only or _SCALE_CHARACTERS.issuperset(number)
        ):
            return begin, None, entry
    return begin, None, None


def _word_after(
    word: str | None, measure: Measure | None, grammar: Grammar
) -> Approximation | None:
    """What the word behind the measure word says, if it applies to that kind of measure."""
    for entry in grammar.after[word] if word else ():
        if not entry.kinds or (measure and measure.kind in entry.kinds):
            return entry
    return None


# -------------------------------------------------------------------------- judging


def _judge_digits(candidate: _Candidate, grammar: Grammar) -> _Verdict:
    """Digits are a figure unless they are a date, an ordinal, a code or a name."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    if text[begin - 1 : begin] == "+":
        return _Verdict.MASKED  # 12+108+N
    if candidate.quoted and quantity.unit_text not in grammar.quoted_digits:
        return _Verdict.MASKED
    if candidate.measure is None:
        masked = text[quantity.end - 1] == "+" or _is_code(candidate)
        return _Verdict.MASKED if masked else _Verdict.FIGURE
    if candidate.measure.normal == "年" and _names_year(candidate):
        return _Verdict.MASKED
    return _judge_measured(candidate, grammar)


def _judge_characters(candidate: _Candidate, grammar: Grammar) -> _Verdict:
    """A numeral in characters is a figure only with a measure word that takes such numerals."""
    text, begin, quantity = candidate.text, candidate.begin, candidate.quantity
    if candidate.measure is None:
        return _Verdict.LOWER_END
    if not candidate.measure.chinese:
        return _Verdict.MASKED
    if candidate.quoted and quantity.unit_text not in grammar.quoted_chinese:
        return _Verdict.MASKED
    if grammar.idiom.match(text, begin):
        return _Verdict.MASKED
    if candidate.numeral.bare_scale and quantity.qualifier is Qualifier.EXACT:
        return _Verdict.MASKED  # 百件实事, unlike 上百件 and 百余件
    verdict = _judge_measured(candidate, grammar)
    if verdict is _Verdict.FIGURE and candidate.number == "一":
        counted = (
            not candidate.quoted
            and quantity.unit_text in grammar.single_measures
            and not text.endswith(grammar.single_unless_after, 0, begin)
            and not text.startswith(grammar.single_unless_before, candidate.measured)
        )
        return _Verdict.FIGURE if counted else _Verdict.LOWER_END
    return verdict


def _judge_measured(candidate: _Candidate, grammar: Grammar) -> _Verdict:
    """Terms, sessions and slogans have a measure word as well."""
    text, begin, measured = candidate.text, candidate.begin, candidate.measured
    unit = candidate.quantity.unit
    if unit in grammar.term_measures:
        counted = text.endswith(grammar.term_counted_after, 0, begin) or (
            not candidate.quantity.chinese
            and text.startswith(grammar.term_counted_before, measured)
        )
        if not counted or text.startswith(grammar.term_never_before, measured):
            return _Verdict.ORDINAL
    # Ordinals are written 二次, never 两次.
    if unit in grammar.session_measures and "两" not in candidate.number:
        name = text[max(0, begin - _LONGEST_SESSION_NAME) : begin]
        meeting = text.startswith(grammar.session_meetings, measured)
        chinese = candidate.quantity.chinese
        if (meeting or chinese) and grammar.session_of_term.search(name):
            return _Verdict.ORDINAL
        if meeting and chinese and name.endswith(grammar.session_assemblies):
            return _Verdict.ORDINAL
    slogan = grammar.slogans.get(unit)
    if slogan and candidate.quantity.value <= _LARGEST_SLOGAN and slogan.match(text, measured):
        return _Verdict.MASKED
    return _Verdict.FIGURE


def _names_year(candidate: _Candidate) -> bool:
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


def _is_code(candidate: _Candidate) -> bool:
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
    return begin == 0 or text[begin - 1] in _LINE_STARTS


def _without_list_number(candidate: _Candidate) -> Quantity:
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
        return replace(quantity, start=begin + len(number) + 1, value=float(counted))
    return quantity


# -------------------------------------------------------------------------- numerals


def _parse(number: str) -> Numeral | None:
    return parse_digits(number) if number[0] in _ARABIC else parse_characters(number)


def parse_digits(number: str) -> Numeral | None:
    """The value of 1234, 1,234 or 98.5; None for a string too long to be a figure."""
    plain = number.replace(",", "").replace("，", "")
    if len(plain.partition(".")[0]) > _LONGEST_INTEGER or len(plain) > 2 * _LONGEST_INTEGER:
        return None
    return Numeral(float(plain))


def parse_characters(number: str) -> Numeral | None:
    """The value of a numeral in characters, or None where the characters name no number.

    Reads 三万五千, 一百零五, 两千六 (2600), 廿一, 九十八点五, 五六十 (50 to 60) and a bare
    百 or 千万; not 二〇一九, 一一 or 百千.
    """
    return None if len(number) > _LONGEST_RUN else _parse_characters(number)


@lru_cache(maxsize=4096)
def _parse_characters(number: str) -> Numeral | None:
    run = number.translate(_CONTRACTIONS)
    if scale := _SCALES.get(run):
        return Numeral(float(scale), bare_scale=True)
    run, point, decimals = run.partition("点")
    if point:
        whole = 0 if run in "零〇" else _whole(run)
        digits = "".join(str(_CHARACTER_VALUES[digit]) for digit in decimals)
        return None if whole is None else Numeral(float(f"{whole}.{digits}"))
    if value := _whole(run):
        return Numeral(float(value))
    for i in range(len(run) - 1):
        pair = (_CHARACTER_VALUES.get(run[i], 0), _CHARACTER_VALUES.get(run[i + 1], 0))
        if pair in _NEIGHBOURS:
            low, high = _whole(run[: i + 1] + run[i + 2 :]), _whole(run[:i] + run[i + 1 :])
            return Numeral(float(low), float(high)) if low and high else None
    return None


def _whole(run: str, *, first: bool = True, last: bool = True) -> int | None:
    """The whole number that characters name, or None.

    `first` and `last` tell whether they begin and end the numeral: only the first part may
    not begin with 零, and only the last may leave its scale out (三万五, 两千六).
    """
    for scale, character in ((10**8, "亿"), (10**4, "万")):
        head, found, tail = run.partition(character)
        if not found:
            continue
        high = _whole(head, first=first, last=False)
        low = _whole(tail, first=False, last=last) if tail else 0
        if not high or low is None or low >= scale:
            return None
        if tail in _CHARACTER_VALUES:
            if not last:
                return None
            low *= scale // 10
        return high * scale + low
    return _below_ten_thousand(run, first, last)


def _below_ten_thousand(run: str, first: bool, last: bool) -> int | None:
    """A number whose scales 千 百 十 stand in descending order, or None."""
    total, last_scale = 0, 10**4
    digit: int | None = None
    after_zero = False
    for i, character in enumerate(run):
        if scale := _SMALL_SCALES.get(character):
            if scale >= last_scale or (digit is None and (scale != 10 or after_zero)):
                return None
            total += scale * (1 if digit is None else digit)
            last_scale, digit, after_zero = scale, None, False
        elif digit is not None or character not in _CHARACTER_VALUES:
            return None
        elif character in "零〇":
            if after_zero or (first and i == 0):
                return None
            after_zero = True
        else:
            digit = _CHARACTER_VALUES[character]
    if digit is None:
        return total if run and not after_zero else None
    if last_scale in (100, 1000) and not after_zero:
        if not last:
            return None
        digit *= last_scale // 10
    return total + digit


# -------------------------------------------------------------------------- loading

# The keys of each table: a type is a required key of that type, anything else the default.
_SCHEMA: dict[str, dict[str, Any]] = {
    "measures": {
        "kind": str, "words": list, "normal": "", "factor": 1, "qualifier": "", "chinese": True,
    },
    "approximations": {
        "position": str, "qualifier": str, "words": list, "unless_after": [],
        "unless_before": [], "bare_scale_only": False, "kinds": [], "not_units": [],
    },
    "masked_before": {
        "words": list, "ordinal": False, "unless_after": [], "with": [], "scale_only": False,
    },
    "masked_after": {"words": list},
    "ranges": {"words": list, "unless_after": []},
    "single": {"measures": list, "unless_after": [], "unless_before": []},
    "quoted": {"digits": list, "chinese": list},
    "terms": {
        "measures": list, "counted_after": list, "counted_before": [], "never_before": [],
    },
    "sessions": {
        "measures": list, "terms": list, "assemblies": list, "meetings": list,
        "verb_characters": str,
    },
    "idioms": {"words": list},
}  # fmt: skip
_Entry = TypeVar("_Entry")
_REPEATED = ("measures", "approximations", "masked_before")
_KEYED_BY_MEASURE = ("not_before", "slogans")
_KINDS = ("count", "share", "duration", "money", "size", "score")
_POSITIONS = ("before", "inside", "after")


def load_grammar(folder: Path) -> Grammar:
    """Compile measures.toml of a catalogue folder; once is enough, it takes some milliseconds.

    Raises CatalogueError, which names file, entry and key, for a file that can't be read, a
    key that is missing, unknown or of the wrong type, and a word that has no meaning there.
    """
    data = _load(folder / _FILE)
    measures = _measures(data["measures"])
    units = [*measures, *data["masked_after"]["words"]]
    for table, known in (("not_before", units), ("slogans", measures)):
        for word in data[table].keys() - set(known):
            raise CatalogueError(_FILE, table, word, "is no measure word of this file")
    approximations = _approximations(data["approximations"])
    words: dict[str, list[Approximation]] = {position: [] for position in _POSITIONS}
    unless: dict[str, dict[str, list[str]]] = {position: {} for position in _POSITIONS}
    for position, approximation, unless_before in approximations:
        words[position].append(approximation)
        unless[position].setdefault(approximation.word, []).extend(unless_before)
    before: list[Approximation | Mask] = [*words["before"], *_masks(data["masked_before"])]
    before.sort(key=lambda entry: -len(entry.word))
    ranges, single = data["ranges"], data["single"]
    terms, sessions = data["terms"], data["sessions"]
    return Grammar(
        kinds={measure.normal: measure.kind for measure in measures.values()},
        measures=measures,
        token=_token_expression(
            units=_alternation(units, data["not_before"]),
            counts=_alternation([w for w, measure in measures.items() if measure.kind == "count"]),
            inside=_alternation(unless["inside"], unless["inside"]),
            after=_alternation(unless["after"], unless["after"]),
            links=_alternation(ranges["words"]),
            # What a numeral in characters must be followed by to be worth a look.
            followers={
                word[0] for word in [*measures, *unless["inside"], *ranges["words"], *_CHAINS]
            },
        ),
        before=_grouped((entry.word[-1], entry) for entry in before),
        inside={approximation.word: approximation.qualifier for approximation in words["inside"]},
        after=_grouped((entry.word, entry) for entry in words["after"]),
        range_words=frozenset(ranges["words"]),
        range_unless_after=tuple(ranges["unless_after"]),
        single_measures=frozenset(single["measures"]),
        single_unless_after=tuple(single["unless_after"]),
        single_unless_before=tuple(single["unless_before"]),
        quoted_digits=frozenset(data["quoted"]["digits"]),
        quoted_chinese=frozenset(data["quoted"]["chinese"]),
        term_measures=frozenset(terms["measures"]),
        term_counted_after=tuple(terms["counted_after"]),
        term_counted_before=tuple(terms["counted_before"]),
        term_never_before=tuple(terms["never_before"]),
        session_measures=frozenset(sessions["measures"]),
        session_of_term=re.compile(
            rf"{_alternation(sessions['terms'])}"
            rf"(?:[^，。；：、“”0-9{re.escape(sessions['verb_characters'])}]{{0,12}}"
            rf"{_alternation(sessions['assemblies'])})?\Z"
        ),
        session_assemblies=tuple(sessions["assemblies"]),
        session_meetings=tuple(sessions["meetings"]),
        idiom=re.compile(_alternation(data["idioms"]["words"])),
        slogans={unit: re.compile(_alternation(nouns)) for unit, nouns in data["slogans"].items()},
    )


def _load(path: Path) -> dict[str, Any]:
    """The checked tables of the file, with defaults filled in.

    A repeated table becomes a list of (place for messages, entry).
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(_FILE, "", "", f"cannot be read: {error}") from error
    _check_keys("top level", data, required=[*_SCHEMA, *_KEYED_BY_MEASURE])
    checked: dict[str, Any] = {}
    for name, schema in _SCHEMA.items():
        if name not in _REPEATED:
            checked[name] = _check(name, data[name], schema)
        elif isinstance(data[name], list):
            places = [f"{name} {i}" for i in range(1, len(data[name]) + 1)]
            checked[name] = [
                (place, _check(place, entry, schema))
                for place, entry in zip(places, data[name], strict=True)
            ]
        else:
            raise CatalogueError(_FILE, name, "", f"is a repeated table; write [[{name}]]")
    for name in _KEYED_BY_MEASURE:
        checked[name] = _check(name, data[name], dict.fromkeys(data[name], list))
    return checked


def _check(place: str, entry: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    """`entry` with its defaults; lists are lists of words."""
    if not isinstance(entry, dict):
        raise CatalogueError(_FILE, place, "", "should be a table")
    required = [key for key, default in schema.items() if isinstance(default, type)]
    _check_keys(place, entry, required, optional=schema.keys() - set(required))
    for key, value in entry.items():
        wanted = schema[key] if key in required else type(schema[key])
        if type(value) is not wanted:
            raise CatalogueError(_FILE, place, key, f"should be of type {wanted.__name__}")
        if wanted is list and not all(isinstance(word, str) for word in value):
            raise CatalogueError(_FILE, place, key, "should be a list of words")
    return {**schema, **entry}


def _check_keys(
    place: str, entry: Mapping[str, Any], required: Iterable[str], optional: Iterable[str] = ()
) -> None:
    for key in required:
        if key not in entry:
            raise CatalogueError(_FILE, place, key, "is missing")
    for key in entry.keys() - {*required, *optional}:
        known = ", ".join(sorted({*required, *optional}))
        raise CatalogueError(_FILE, place, key, f"is no key of this table; its keys are {known}")


_Entries = Iterable[tuple[str, dict[str, Any]]]


def _measures(entries: _Entries) -> dict[str, Measure]:
    measures: dict[str, Measure] = {}
    for place, entry in entries:
        for word in entry["words"]:
            if word in measures:
                raise CatalogueError(_FILE, place, "words", f"{word} is there twice; remove one")
            measures[word] = Measure(
                normal=entry["normal"] or word,
                kind=_one_of(_KINDS, entry["kind"], place, "kind"),
                factor=entry["factor"],
                qualifier=_qualifier(entry, place) if entry["qualifier"] else None,
                chinese=entry["chinese"],
            )
    return measures


def _approximations(entries: _Entries) -> list[tuple[str, Approximation, list[str]]]:
    """Position, word of approximation, and what must not follow it."""
    return [
        (
            _one_of(_POSITIONS, entry["position"], place, "position"),
            Approximation(
                word=word,
                qualifier=_qualifier(entry, place),
                unless_after=tuple(entry["unless_after"]),
                bare_scale_only=entry["bare_scale_only"],
                kinds=frozenset(_one_of(_KINDS, kind, place, "kinds") for kind in entry["kinds"]),
                not_units=frozenset(entry["not_units"]),
            ),
            entry["unless_before"],
        )
        for place, entry in entries
        for word in entry["words"]
    ]


def _masks(entries: _Entries) -> list[Mask]:
    return [
        Mask(
            word=word,
            ordinal=entry["ordinal"],
            unless_after=tuple(entry["unless_after"]),
            units=frozenset(entry["with"]),
            scale_only=entry["scale_only"],
        )
        for _, entry in entries
        for word in entry["words"]
    ]


def _one_of(choices: Iterable[str], value: str, place: str, key: str) -> str:
    if value not in (choices := list(choices)):
        raise CatalogueError(_FILE, place, key, f"{value} should be one of {', '.join(choices)}")
    return value


def _qualifier(entry: Mapping[str, Any], place: str) -> Qualifier:
    return Qualifier(_one_of(Qualifier, entry["qualifier"], place, "qualifier"))


def _grouped(pairs: Iterable[tuple[str, _Entry]]) -> dict[str, tuple[_Entry, ...]]:
    groups: dict[str, tuple[_Entry, ...]] = {}
    for key, entry in pairs:
        groups[key] = (*groups.get(key, ()), entry)
    return groups


def _alternation(
    words: Iterable[str], unless_before: Mapping[str, Iterable[str]] | None = None
) -> str:
    """An expression for any of the words, the longest that fits, with what must not follow each."""
    alternatives = []
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        following = "|".join(map(re.escape, (unless_before or {}).get(word, ())))
        alternatives.append(re.escape(word) + (f"(?!{following})" if following else ""))
    return f"(?:{'|'.join(alternatives)})"


def _token_expression(
    *, units: str, counts: str, inside: str, after: str, links: str, followers: Iterable[str]
) -> re.Pattern[str]:
    """The one expression that `find` runs over a text.

    It begins with a set of characters, so that the engine skips everything else fast.
    Numerals: `rest` is the numeral without its first character, `scaled` the scale and
    approximation behind it, then come `unit` and `after`. Percentages: `low` to `high`.
    Titles are consumed; short quotations are looked at, so that what is in them is read.
    """
    run, digits = _NUMERALS.removeprefix(_ARABIC), "".join(_CHARACTER_VALUES)
    space, scale = r"[ \u3000]?", r"(?:万亿|[百千][万亿]|亿|万|千(?![瓦米克伏焦])|百(?![分姓强]))"
    number = rf"(?:[0-9]++(?:\.[0-9]++)?|[{run}]++(?:点[{digits}]++)?)"
    following = re.escape("".join(sorted({*followers, "万", "亿"})))
    name = r"[^“”‘’「」『』《》\"'，。；！？,;!?\n]"
    opening, closing = "".join(_QUOTES), "".join(_QUOTES.values())
    return re.compile(
        rf"""[{_NUMERALS}《"\'{opening}](?:
        (?<=《)[^《》\n]{{0,{_LONGEST_TITLE}}}+
            (?:《[^《》\n]{{0,{_LONGEST_TITLE}}}+》[^《》\n]{{0,{_LONGEST_TITLE}}}+)?(?P<title>》)
        |(?<=[{opening}])(?=(?P<quoted>{name}{{1,{_LONGEST_QUOTED_NAME}}}+)[{closing}])
        |(?<=["'])(?=(?P<straight>[{_NUMERALS}]{name}{{0,{_LONGEST_QUOTED_NAME}}}+)["'])
        |(?<=[百千])(?<![{_NUMERALS}].)
            (?P<share>分(?:之{space}|(?=百))(?P<low>{number})(?P<share_inside>{inside})?
                (?:{links}(?:[百千]分之)?(?P<high>{number}))?)
            (?:{space}(?P<share_after>{after}))?
        |(?P<rest>
            (?<=[0-9])(?:
                (?<![0-9][,，].)(?<=[1-9])[0-9]{{0,2}}
                    (?:(?:,[0-9]{{3}}){{1,4}}|，[0-9]{{3}}(?={space}[{following}]))(?![,，]?[0-9])
                |[0-9]*+
            )(?:\.[0-9]++)?
            |(?<=[{run}])(?<![{_NUMERALS}].)[{run}]*+(?:点[{digits}]++(?![十百千]))?
                (?={space}[{following}])
        )
        (?P<scaled>
            (?:{space}(?P<scale>{scale})(?:(?P<minor>[0-9]{{1,4}})(?P<minor_scale>千万|百万|[百千万]))?)?
            (?:{space}(?P<inside>{inside})(?P<inside_scale>{scale})?)?
        )
        (?:{space}(?P<unit>{units}(?:[(（]{counts}[)）]|/次)?))?
        (?:{space}(?P<after>{after}))?
        )""",
        re.VERBOSE,
    )
