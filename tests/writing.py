"""Writes numbers as numerals in characters, in each way that reports do."""

import re
from collections.abc import Iterator

DIGITS = "零一二三四五六七八九"


def in_characters(number: int, two: str = "二") -> str:
    """The numeral in characters as it is read aloud; `two` stands before 百 千 万 亿."""
    for scale, character in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            gap = "零" if 0 < low < scale // 10 else ""
            head = two if high == 2 else in_characters(high, two)
            return head + character + gap + (_below(low, two) if low else "")
    return _below(number, two)


def _below(number: int, two: str) -> str:
    if number >= 10**4:
        return in_characters(number, two)
    text, zero = "", False
    for scale, character in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if not digit:
            zero = bool(text)
            continue
        name = two if digit == 2 and scale >= 100 else DIGITS[digit]
        text += ("零" if zero else "") + name + character
        zero = False
    return text


# What is written otherwise by some: 〇, an old contraction, a 一 that is not spoken, traditional script.
_HABITS = (
    {"零": "〇"},
    {"二十": "廿"},
    {"三十": "卅"},
    {"零一十": "零十"},
    {"百一十": "百十"},
    {"万": "萬", "亿": "億", "两": "兩"},
)


# Where the last scale goes without saying: 两千六, 三万五.
_UNSAID = re.compile(r"(?<=百.)十$|(?<=千.)百$|(?<=万.)千$")


def ways(number: int) -> Iterator[str]:
    """The numerals in characters that name `number`, the usual one first, each once."""
    seen: dict[str, None] = {}
    for two in "二两":
        usual = in_characters(number, two)
        short = usual.removeprefix("一") if usual.startswith("一十") else usual
        for numeral in (usual, short, _UNSAID.sub("", usual)):
            seen[numeral] = None
            for habit in _HABITS:
                other = numeral
                for old, new in habit.items():
                    other = other.replace(old, new)
                seen[other] = None
    yield from seen
