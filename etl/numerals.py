"""Numerals, in digits and in Chinese characters, and the numbers that they name."""

from functools import lru_cache
from typing import NamedTuple

# Longer than any count, sum or population; a longer string of digits is a code.
_LONGEST_INTEGER = 15
# Longer than any numeral up to 万亿; a longer run of numeral characters is not one number.
_LONGEST_RUN = 24

DIGITS = "0123456789"
CHARACTERS = "零〇一二两三四五六七八九十百千万亿廿卅"
NUMERALS = DIGITS + CHARACTERS
# Of the characters, those that stand for one digit, as all do behind the decimal 点.
CHARACTER_VALUES = {"零": 0, "两": 2} | {digit: i for i, digit in enumerate("〇一二三四五六七八九")}
# The scale words that may stand behind a number (2万, 3千万).
SCALES = {
    "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_CONTRACTIONS = str.maketrans({"廿": "二十", "卅": "三十"})
# 三五个 is the one usual range whose ends are not neighbours.
_NEIGHBOURS = {(n, n + 1) for n in range(1, 9)} | {(3, 5)}


class Numeral(NamedTuple):
    """The number that a numeral names.

    `upper` is the upper end where the numeral names a range (五六十). `bare_scale` tells a
    百, 千, 万 or 亿 without a digit, which is a figure only with a word of approximation.
    """

    value: float
    upper: float | None = None
    bare_scale: bool = False


def parse(number: str) -> Numeral | None:
    """The value of a numeral in digits or in characters, as its first character tells.

    `number` is not empty; for None and what is raised see the two functions that do the work.
    """
    # Looked at here, so that the cache never holds a long text.
    return _parse_cached(number) if len(number) <= _LONGEST_RUN else _parse(number)


def _parse(number: str) -> Numeral | None:
    return parse_digits(number) if number[0] in DIGITS else parse_characters(number)


_parse_cached = lru_cache(maxsize=4096)(_parse)


def parse_digits(number: str) -> Numeral | None:
    """The value of 1234, 1,234, 1，234 or 98.5; None for a string too long to be a figure.

    Raises ValueError for a string that is no number.
    """
    plain = number.replace(",", "").replace("，", "")
    if len(plain.partition(".")[0]) > _LONGEST_INTEGER or len(plain) > 2 * _LONGEST_INTEGER:
        return None
    return Numeral(float(plain))


def parse_characters(number: str) -> Numeral | None:
    """The value of a numeral in characters, or None where the characters name no number.

    Reads 三万五千, 一百零五, 两千六 (2600), 廿一, 九十八点五, 五六十 (50 to 60) and a bare
    百 or 千万; not 二〇一九, 一一 or 百千. Raises KeyError where something else than the
    digits of CHARACTER_VALUES stands behind 点.
    """
    if len(number) > _LONGEST_RUN:
        return None
    run = number.translate(_CONTRACTIONS)
    if scale := SCALES.get(run):
        return Numeral(float(scale), bare_scale=True)
    run, point, decimals = run.partition("点")
    if point:
        whole = 0 if run in "零〇" else _whole(run)
        digits = "".join(str(CHARACTER_VALUES[digit]) for digit in decimals)
        return None if whole is None else Numeral(float(f"{whole}.{digits}"))
    if value := _whole(run):
        return Numeral(float(value))
    for i in range(len(run) - 1):
        pair = (CHARACTER_VALUES.get(run[i], 0), CHARACTER_VALUES.get(run[i + 1], 0))
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
        if tail in CHARACTER_VALUES:
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
            if scale >= last_scale or (digit is None and scale != 10):
                return None
            if after_zero and digit is None and last_scale == 100:
                return None  # 一百零十, unlike 一千零十二
            total += scale * (1 if digit is None else digit)
            last_scale, digit, after_zero = scale, None, False
        elif digit is not None or character not in CHARACTER_VALUES:
            return None
        elif character in "零〇":
            if after_zero or (first and i == 0):
                return None
            after_zero = True
        else:
            digit = CHARACTER_VALUES[character]
    if digit is None:
        return total if run and not after_zero else None
    if last_scale in (100, 1000) and not after_zero:
        if not last:
            return None
        digit *= last_scale // 10
    return total + digit
