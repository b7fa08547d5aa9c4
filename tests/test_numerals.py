"""Numerals: the spec table, and round trips from number to numeral and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.numerals import Numeral, parse, parse_characters, parse_digits
from tests.specs import Case, cases


@pytest.mark.parametrize("case", cases("numerals"))
def test_spec(case: Case) -> None:
    expected = Numeral(case["value"], case.get("upper"), case.get("bare_scale", False))
    assert parse(case["numeral"]) == expected


@pytest.mark.parametrize("case", cases("numerals", "no_number"))
def test_no_number(case: Case) -> None:
    assert parse(case["numeral"]) is None


# ---------------------------------------------------------------------- round trips

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


@given(st.integers(1, 10**12 - 1), st.sampled_from("二两"))
def test_characters_round_trip(number: int, two: str) -> None:
    assert parse_characters(in_characters(number, two)) == Numeral(number)


@given(st.integers(10, 19))
def test_ten_may_leave_out_its_one(number: int) -> None:
    numeral = parse_characters(in_characters(number).removeprefix("一"))
    assert numeral
    assert numeral.value == number


@given(st.integers(0, 10**15 - 1), st.sampled_from(["", ",", "，"]))
def test_digits_round_trip(number: int, separator: str) -> None:
    assert parse_digits(f"{number:,}".replace(",", separator)) == Numeral(number)


@given(st.integers(1, 8), st.sampled_from([("", 1), ("十", 10), ("百", 100), ("千", 1000)]))
def test_neighbouring_digits_are_a_range(digit: int, scale: tuple[str, int]) -> None:
    character, factor = scale
    numeral = parse_characters(f"{DIGITS[digit]}{DIGITS[digit + 1]}{character}")
    assert numeral == Numeral(digit * factor, (digit + 1) * factor)
