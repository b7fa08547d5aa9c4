"""Numerals: the spec table, and round trips from number to numeral and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.lines import fold
from etl.numerals import Numeral, parse, parse_characters, parse_digits
from tests.samples import rules
from tests.specs import Case, cases
from tests.writing import DIGITS, ways


@pytest.mark.parametrize("case", cases("numerals"))
def test_spec(case: Case) -> None:
    expected = Numeral(case["value"], case.get("upper"), case.get("bare_scale", False))
    assert parse(case["numeral"]) == expected


@pytest.mark.parametrize("case", cases("numerals", "no_number"))
def test_no_number(case: Case) -> None:
    assert parse(case["numeral"]) is None


# ---------------------------------------------------------------------- round trips


@given(st.integers(1, 10**12 - 1))
def test_characters_round_trip(number: int) -> None:
    for numeral in ways(number):
        assert parse_characters(fold(numeral, rules().layout)) == Numeral(number)


@given(st.integers(0, 10**15 - 1), st.sampled_from(["", ",", "，"]))
def test_digits_round_trip(number: int, separator: str) -> None:
    assert parse_digits(f"{number:,}".replace(",", separator)) == Numeral(number)


@given(st.integers(1, 8), st.sampled_from([("", 1), ("十", 10), ("百", 100), ("千", 1000)]))
def test_neighbouring_digits_are_a_range(digit: int, scale: tuple[str, int]) -> None:
    character, factor = scale
    numeral = parse_characters(f"{DIGITS[digit]}{DIGITS[digit + 1]}{character}")
    assert numeral == Numeral(digit * factor, (digit + 1) * factor)
