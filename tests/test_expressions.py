"""Expressions that begin with a character: what they are written as, and that they find the same."""

import re
from collections.abc import Iterator

import pytest

from etl import catalogue, documents, layout, lines, patterns, places, store, years
from etl.expressions import led
from tests.samples import rules


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("建议|提案", "建议|提案"),
        ("(?:民主)?监督|提案", "民主监督|监督|提案"),
        ("(?:(?:委员|个人)提案)|议案", "委员提案|个人提案|议案"),
        ("(?<!不)任命|免去", "任(?<=(?<!不)任)命|免去"),
        ("^据(?!说)|今年", "据(?<=^据)(?!说)|今年"),
        ("[两三]年来|去年", "两年来|三年来|去年"),
        ("(?:专题|重点)*协商", "专题(?:专题|重点)*协商|重点(?:专题|重点)*协商|协商"),
        ("议+案?", "议议*案?"),
        ("[0-2两]{1,3}届|周", "0[0-2两]{0,2}届|1[0-2两]{0,2}届|2[0-2两]{0,2}届|两[0-2两]{0,2}届|周"),
        ("(?:市|县){2}|区", "市(?:市|县){1}|县(?:市|县){1}|区"),
        ("县{2,}|区", "县县{1,}|区"),
        ("…++案|(?:议)?案", "……*+案|议案|案"),
        (r"共?\.[条件]", r"共\.[条件]|\.[条件]"),
        # Led by a look at the character: they capture, or there would be too many.
        ("(20[0-9]{2})年|今年", "(?=[2今])(?:(20[0-9]{2})年|今年)"),
        ("(?P<n>[两三])年来|前(?P<m>两)年", "(?=[三两前])(?:(?P<n>[两三])年来|前(?P<m>两)年)"),
        ("(市|县)?人大", "(?=[人县市])(?:(市|县)?人大)"),
        ("[0-9]?" * 8 + "届", "(?=[0123456789届])(?:" + "[0-9]?" * 8 + "届)"),
        # As they are: with a set or any character first, with nothing, led already, broken.
        ("[一二三四五]年", "[一二三四五]年"),
        ("[^，]年|今年", "[^，]年|今年"),
        ("(?:代表)*", "(?:代表)*"),
        ("(?:(?:代表)*)*建议", "(?:(?:代表)*)*建议"),
        ("(?P<unit>市|县)人大", "(?P<unit>市|县)人大"),
        ("(?:市|县?人大", "(?:市|县?人大"),
        ("(20[0-9]{2})年", "(20[0-9]{2})年"),
        ("(?:(?:委员|个人)提案)", "(?:(?:委员|个人)提案)"),
        ("今年|(?:去)年", "今年|去年"),
    ],
)  # fmt: skip
def test_led(expression: str, expected: str) -> None:
    assert led(expression) == expected


def _expressions(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """The expressions of the catalogue's files as they are written there, and as they are compiled."""
    seen: dict[str, str] = {}

    def noted(expression: str) -> str:
        seen[expression] = led(expression)
        return expression

    monkeypatch.setattr(patterns, "led", noted)
    for load in (catalogue.load, lines.load_rules, places.load_rules, years.load_rules):
        load(store.CATALOGUE)
    return iter(seen.items())


def test_what_is_led_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        layout.read_page(documents.read(path).text, rules().layout).folded[:6000]
        for path in documents.paths(store.DOCUMENTS)
    ]
    written_anew = 0
    for plain, begun in _expressions(monkeypatch):
        written_anew += begun != plain
        before, after = re.compile(plain), re.compile(begun)
        for text in texts if begun != plain else ():
            assert [m.span() for m in before.finditer(text)] == [
                m.span() for m in after.finditer(text)
            ], plain
    assert written_anew > 100
