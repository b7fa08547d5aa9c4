"""Figures in text: the spec table, round trips of numerals, any text at all, and linear work."""

import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.grammar import load_grammar
from etl.lines import fold
from etl.model import Qualifier
from etl.numerals import parse_characters
from etl.quantities import find
from tests.samples import rules
from tests.specs import read
from tests.writing import DIGITS, in_characters, ways

GRAMMAR = load_grammar(Path(__file__).parents[1] / "data" / "catalogue")


# ------------------------------------------------------------------------ spec table


def _cases() -> Iterator[Any]:
    for group, table in read("quantities").items():
        for text, *figures in table["cases"]:
            expected = [_expected(*figure) for figure in figures]
            yield pytest.param(text, expected, id=f"{group}: {text}")


def _expected(
    words: str, value: float, unit: str, qualifier: str = "exact", upper: float | None = None
) -> tuple[str, float, str, str, float | None]:
    return words, value, unit, qualifier, upper


@pytest.mark.parametrize(("text", "expected"), list(_cases()))
def test_spec(text: str, expected: list[tuple[str, float, str, str, float | None]]) -> None:
    found = find(text, GRAMMAR)
    assert [
        (text[q.start : q.end], q.value, q.unit, q.qualifier.value, q.upper) for q in found
    ] == expected
    for quantity in found:
        assert quantity.unit_text in text[quantity.start : quantity.end]
        assert GRAMMAR.kinds.get(quantity.unit, "count") in {
            "count", "share", "duration", "money", "size", "score",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "unit_text", "chinese"),
    [
        ("4300余条", "条", False),
        ("任免87人（次）", "人（次）", False),
        ("两部条例", "部", True),
        ("百分之九十六", "百分之", True),
        ("96%", "%", False),
        ("九成", "成", True),
        ("提案398，", "", False),
        ("一部条例", "部", True),
    ],
)
def test_unit_as_written(text: str, unit_text: str, chinese: bool) -> None:
    (quantity,) = find(text, GRAMMAR)
    assert (quantity.unit_text, quantity.chinese) == (unit_text, chinese)


# ---------------------------------------------------------------------- round trips


@settings(deadline=None)
@given(st.integers(1, 10**12 - 1))
def test_characters_round_trip(number: int) -> None:
    for numeral in ways(number):
        (quantity,) = find(fold(f"共收到提案{numeral}件。", rules().layout), GRAMMAR)
        assert (quantity.value, quantity.unit, quantity.upper) == (number, "件", None)


@settings(deadline=None)
@given(st.integers(2, 10**8 - 1), st.sampled_from(["余", "多"]), st.sampled_from("万亿"))
def test_approximation_within_a_numeral(number: int, word: str, scale: str) -> None:
    """一亿三千余万 is 一亿三千万, 二十多亿 is 二十亿."""
    if numeral := parse_characters(in_characters(number) + scale):
        (quantity,) = find(f"投入{in_characters(number)}{word}{scale}元。", GRAMMAR)
        assert (quantity.value, quantity.qualifier) == (numeral.value, Qualifier.AT_LEAST)


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(100, 9999), st.sampled_from(["", "余", "多"]))
def test_digits_behind_ten_thousand(high: int, low: int, word: str) -> None:
    (quantity,) = find(f"接待群众{high}万{low}{word}人次", GRAMMAR)
    assert quantity.value == high * 10_000 + low


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(1, 9))
def test_tenths_of_a_share(whole: int, tenth: int) -> None:
    (quantity,) = find(f"满意率为{DIGITS[whole]}成{DIGITS[tenth]}。", GRAMMAR)
    assert (quantity.value, quantity.unit) == (10 * whole + tenth, "%")


@settings(deadline=None)
@given(st.integers(0, 10**15 - 1), st.booleans())
def test_digits_round_trip(number: int, grouped: bool) -> None:
    (quantity,) = find(f"办理建议{number:,}件" if grouped else f"办理建议{number}件", GRAMMAR)
    assert (quantity.value, quantity.unit) == (number, "件")


@settings(deadline=None)
@given(st.integers(1, 99999), st.integers(1, 3), st.sampled_from([("万", 4), ("亿", 8)]))
def test_scaled_decimals_round_trip(number: int, places: int, scale: tuple[str, int]) -> None:
    character, exponent = scale
    (quantity,) = find(f"投入{number / 10**places:.{places}f}{character}元", GRAMMAR)
    assert quantity.value == number * 10 ** (exponent - places)


@settings(deadline=None)
@given(st.integers(1, 8), st.sampled_from([("", 1), ("十", 10), ("百", 100), ("千", 1000)]))
def test_neighbouring_digits_are_a_range(digit: int, scale: tuple[str, int]) -> None:
    character, factor = scale
    text = f"走访{DIGITS[digit]}{DIGITS[digit + 1]}{character}户"
    (quantity,) = find(text, GRAMMAR)
    assert (quantity.value, quantity.upper) == (digit * factor, (digit + 1) * factor)


# -------------------------------------------------------------------------- any text

_PIECES = [
    *"0123456789零〇一二两三五八十百千万亿廿点第年月日号届次件部个人条项名元",
    *"%+-—至到、，。：（）《》“”‘’\"'/. \nA",
    "近", "约", "不足", "多于", "以上", "左右", "余", "多", "来", "百分之", "人次", "会议", "人大",
]  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)))
def test_any_text(text: str) -> None:
    end = 0
    for quantity in find(text, GRAMMAR):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        words = text[quantity.start : quantity.end]
        assert words == words.strip()
        assert quantity.unit_text in words
        assert re.search(r"[0-9零〇一二两三四五六七八九十百千万亿廿卅]", words)
        assert math.isfinite(quantity.value) and quantity.value >= 0
        assert quantity.upper is None or quantity.value < quantity.upper < math.inf
        assert quantity.unit == "" or quantity.unit in GRAMMAR.kinds
        assert quantity.unit or not quantity.chinese or quantity.value >= 10_000


# ----------------------------------------------------------------------- linear work


_MONSTERS = [
    "1", "一", "二〇", "万", "三四", "届", "近", "《", "》", "《“", "“", "“1", '"1', "（", "(1",
    "1,", "1，", "1.", "111,", "1-", "1—", "1至", "1+", "1/", "1 ", "约1", "第1、", "1个(", "12月",
    "三、", "1、", "1万", "1万200", "1亿3千余", "一亿三千余", "九成三",
    "一至", "一点", "一件", "百分之", "百分之一至", "十届二次", "2023年", "3年多于",
]  # fmt: skip


def _steps(text: str) -> int:
    """How many functions run while the figures of `text` are found: work that no clock measures."""
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        find(text, GRAMMAR)
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("piece", _MONSTERS)
def test_steps_grow_with_the_text(piece: str) -> None:
    assert _steps(piece * 4000) <= 2.1 * _steps(piece * 2000) + 100


@pytest.mark.parametrize("piece", _MONSTERS)
def test_long_monsters_finish(piece: str) -> None:
    find(piece * (50_000 // len(piece)), GRAMMAR)
