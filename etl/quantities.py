"""Figures in Chinese text: finds them, and reads value, measure word and approximation.

The expression of etl.grammar, with its words in data/catalogue/measures.toml, finds everything
that begins like a figure; etl.verdicts says what it is. The work is linear in the length of the
text, whatever the text: so is that of the expression, and a rule looks at no more than a numeral
and a bounded stretch around it.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from etl import numerals
from etl.grammar import CHAINS, Approximation, Grammar, Mask, Measure, load_grammar
from etl.model import Qualifier, Quantity
from etl.numerals import CHARACTER_VALUES, DIGITS, NUMERALS, SCALES, Numeral
from etl.verdicts import (
    FIGURE,
    LOWER_END,
    MASKED,
    ORDINAL,
    Candidate,
    Verdict,
    judge,
    without_list_number,
)

# Who calls `find` needs its grammar, and has it from here.
__all__ = ["Grammar", "find", "load_grammar"]

_SCALE_CHARACTERS = frozenset("十百千万亿")
_DASHES = "-—–―"
_TWO_IN_ONE = re.compile("[(（/]")
_MINOR = re.compile(rf"([0-9]+)({'|'.join(sorted(SCALES, key=len, reverse=True))})?")


class _Reading(NamedTuple):
    """A match of the token expression, read.

    `unit_text` is the measure word; `bare` tells a numeral and nothing else. A figure and a
    lower end have a quantity.
    """

    verdict: Verdict
    end: int
    unit_text: str = ""
    bare: bool = False
    quantity: Quantity | None = None


_NOTHING_YET = _Reading(MASKED, end=0)


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
    last = _NOTHING_YET
    for match in grammar.token.finditer(text):
        begin = match.start()
        if text[begin] not in NUMERALS:
            if not match["title"]:
                quoted_until = max(match.end("quoted"), match.end("straight"))
            continue
        reading = _read(match, text, grammar, last.end, quoted=begin < quoted_until)
        if begin - last.end <= 3:
            link = text[last.end : begin].strip(" \u3000")
            if joined := _join(last, reading, link, text, grammar):
                if last.verdict is FIGURE:
                    figures.pop()
                reading = joined
            elif link in grammar.range_words or link in CHAINS:
                verdict, keep_last = _settle_chain(last, reading, link)
                if not keep_last:
                    figures.pop()
                reading = reading._replace(verdict=verdict)
        if reading.verdict is FIGURE and reading.quantity:
            figures.append(reading.quantity)
        last = reading
    return figures


def _join(low: _Reading, high: _Reading, link: str, text: str, grammar: Grammar) -> _Reading | None:
    """The range of two readings that `link` joins (60至70件), or None where they are no range."""
    a, b = low.quantity, high.quantity
    if link not in grammar.range_words or a is None or b is None:
        return None
    if low.verdict not in (FIGURE, LOWER_END):
        return None
    if high.verdict is not FIGURE or (high.bare and link in _DASHES):
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
    return _Reading(FIGURE, high.end, quantity=quantity)


def _in_scale_of(high: Quantity, low: float, text: str) -> float:
    """The lower end of 3至5万名 has the scale of the upper end."""
    for character in "亿万":
        if character in text[high.start : high.end]:
            scaled = low * SCALES[character]
            return scaled if scaled < high.value else low
    return low


def _settle_chain(last: _Reading, reading: _Reading, link: str) -> tuple[Verdict, bool]:
    """The verdict on `reading`, and whether `last` remains the figure that it was.

    What holds of one link of a chain holds of its neighbour: 第三、四次 and 第三次、四次 are
    ordinals both; 3、4月 are months both; 0375-2862000 and 12—15 are no figures.
    """
    verdict = reading.verdict
    if last.verdict is ORDINAL and (last.bare or last.unit_text == reading.unit_text):
        return ORDINAL, True
    if last.verdict is not FIGURE or not last.bare:
        return verdict, True
    if link in _DASHES:
        return (MASKED if reading.bare else verdict), False
    return verdict, verdict not in (MASKED, ORDINAL)


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
    number, unit_text, after = match.group("rest", "unit", "after")
    number = text[begin] + number
    unit_text = unit_text or ""
    verdict, quantity = _judge(match, text, number, unit_text, after, grammar, floor, quoted)
    return _Reading(verdict, end, unit_text, len(number) == end - begin, quantity)


def _judge(
    match: re.Match[str],
    text: str,
    number: str,
    unit_text: str,
    behind: str | None,
    grammar: Grammar,
    floor: int,
    quoted: bool,
) -> tuple[Verdict, Quantity | None]:
    """What the numeral `number` is, with its quantity where it may be part of a figure.

    `unit_text` is its measure word, "" for none, `behind` what looks like a word of approximation there.
    """
    begin, end = match.span()
    numeral = _numeral(number, match["inside_scale"])
    if numeral is None:
        return MASKED, None
    start, before = _word_before(text, floor, begin, number, unit_text, grammar)
    if isinstance(before, Mask):
        return ORDINAL if before.ordinal else MASKED, None
    measure = _measure(unit_text, grammar)
    if unit_text and measure is None:
        return MASKED, None  # a word under [masked_after]
    if measure and before and measure.normal in before.not_units:
        start, before = begin, None
    after = _word_after(behind, measure, grammar) if behind else None
    if behind and not after:
        end = match.end("counted") if unit_text else match.end("scaled")
    factor = measure.factor if measure else 1
    chinese = number[0] not in DIGITS
    quantity = Quantity(
        start,
        end,
        _amount(numeral.value, factor, match),
        measure.normal if measure else "",
        unit_text,
        _agree(
            before.qualifier if before else None,
            grammar.inside.get(match["inside"]),
            measure.qualifier if measure else None,
            after.qualifier if after else None,
        ),
        chinese,
        None if numeral.upper is None else _amount(numeral.upper, factor, match),
    )
    candidate = Candidate(
        text, begin, number, numeral, quantity, measure, match.end("unit"), quoted
    )
    verdict = judge(candidate, grammar)
    return verdict, without_list_number(candidate) if "." in number else quantity


def _read_share(match: re.Match[str], text: str, grammar: Grammar, floor: int) -> _Reading:
    """Read 百分之九十五以上, 千分之三, 百分之二十至三十, 百分百."""
    begin, end = match.span()
    masked = _Reading(MASKED, end)
    low = numerals.parse(match["low"])
    high = numerals.parse(match["high"]) if match["high"] else None
    if low is None or (match["high"] and (high is None or high.value <= low.value)):
        return masked
    start, before = _word_before(text, floor, begin, match["low"], "%", grammar)
    if isinstance(before, Mask):
        return masked
    measure = grammar.measures["‰" if text[begin] == "千" else "%"]
    after = _word_after(match["share_after"], measure, grammar)
    if match["share_after"] and not after:
        end = match.end("share")
    quantity = Quantity(
        start=start,
        end=end,
        value=low.value,
        unit=measure.normal,
        unit_text=text[begin : match.start("low")].rstrip(),
        qualifier=_agree(
            before.qualifier if before else None,
            grammar.inside.get(match["share_inside"]),
            after.qualifier if after else None,
        ),
        chinese=match["low"][0] not in DIGITS,
        upper=high.value if high else low.upper,
    )
    return masked._replace(verdict=FIGURE, quantity=quantity)


def _numeral(number: str, scale: str | None) -> Numeral | None:
    """The numeral `number`, counted in the `scale` from which a word of approximation parts it.

    Together they are one numeral: 一亿三千 in 一亿三千余万 are 13000 times 万.
    """
    if scale and number[0] not in DIGITS and (whole := numerals.parse(number + scale)):
        upper = None if whole.upper is None else whole.upper / SCALES[scale]
        return whole._replace(value=whole.value / SCALES[scale], upper=upper)
    return numerals.parse(number)


def _amount(value: float, factor: int, match: re.Match[str]) -> float:
    """Multiply out the scale words around a number: 2.8万, 2万3千, 3万4000, 1亿3千余万, 十余万, 九成三."""
    if factor == 1 and not match["scaled"]:
        return value
    scale = SCALES[match["scale"]] if match["scale"] else 1
    inside_scale = SCALES[match["inside_scale"]] if match["inside_scale"] else 1
    minor = 0
    if match["minor"]:
        minor = inside_scale * sum(
            int(digits) * SCALES.get(word, 1) for digits, word in _MINOR.findall(match["minor"])
        )
    else:
        scale *= inside_scale
    if scale == factor == 1:
        return value
    # Binary floating point would make 1.15亿 one short.
    product = float(Decimal(repr(value)) * Decimal(scale) * Decimal(factor))
    if match["tenth"]:
        product += CHARACTER_VALUES.get(match["tenth"], 5) * factor // 10
    return product + (minor if minor < scale else 0)


def _agree(*qualifiers: Qualifier | None) -> Qualifier:
    """One qualifier out of several words: 近400余条 says both less and more, so about."""
    if not any(qualifiers):
        return Qualifier.EXACT
    stated = {qualifier for qualifier in qualifiers if qualifier} - {Qualifier.EXACT}
    if not stated:
        return Qualifier.EXACT
    return stated.pop() if len(stated) == 1 else Qualifier.ABOUT


def _measure(unit_text: str, grammar: Grammar) -> Measure | None:
    """The measure word as written, or None for a word that makes the numeral no figure.

    人（次） and 人/次 are 人次 where 人次 is a measure word; 个(条) is 个.
    """
    measure = grammar.measures.get(unit_text)
    if measure or not _TWO_IN_ONE.search(unit_text):
        return measure
    head, _, tail = _TWO_IN_ONE.sub("/", unit_text.rstrip(")）")).partition("/")
    return grammar.measures.get(head + tail) or grammar.measures.get(head)


def _word_before(
    text: str, floor: int, begin: int, number: str, unit_text: str, grammar: Grammar
) -> tuple[int, Approximation | Mask | None]:
    """The start of the figure, and the word of approximation or the mask right before it."""
    at = begin - 1 if text[begin - 1 : begin] == " " else begin
    for entry in grammar.before.get(text[at - 1 : at], ()):
        start = at - len(entry.word)
        if start < 0 or not text.startswith(entry.word, start):
            continue
        if text.endswith(entry.unless_after, 0, start):
            continue
        if isinstance(entry, Approximation):
            if start >= floor and (not entry.bare_scale_only or number[0] in "百千万亿"):
                return start, entry
        elif (not entry.units or unit_text in entry.units) and (
            not entry.scale_only or _SCALE_CHARACTERS.issuperset(number)
        ):
            return begin, entry
    return begin, None


def _word_after(
    word: str | None, measure: Measure | None, grammar: Grammar
) -> Approximation | None:
    """What the word behind the measure word says, if it applies to that kind of measure."""
    for entry in grammar.after[word] if word else ():
        if not entry.kinds or (measure and measure.kind in entry.kinds):
            return entry
    return None
