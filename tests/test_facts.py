"""Facts: small reports and the facts that they state, from tests/specs/facts.toml."""

import pytest

from etl import facts
from etl.model import Document, Fact
from tests.samples import rules, written
from tests.specs import Case, cases

_QUALIFIERS = ("at_least", "at_most", "about")
_STATUSES = ("planned", "cumulative")
_METHODS = ("summed", "counted")
_BODIES = ("npc", "cppcc")


def _read(case: Case) -> list[Fact]:
    text = f"{case['headline']}\n\n{case['text']}\n"
    document = Document("report.txt", text, "utf-8", "")
    return [fact for fact in facts.read(document, rules())[0] if written(fact)]


def _expected(words: str, body: str) -> dict[str, object]:
    """A fact as the spec writes it: indicator=value, then what differs from the usual."""
    figure, *rest = words.split()
    indicator, _, value = figure.partition("=")
    fact: dict[str, object] = {
        "indicator": indicator,
        "value": float(value),
        "qualifier": "exact",
        "status": "actual",
        "method": "stated",
        "years": (2023, 2023),
        "body": body,
        "area": "鹤壁市",
    }
    for word in rest:
        if word in _QUALIFIERS:
            fact["qualifier"] = word
        elif word in _STATUSES:
            fact["status"] = word
        elif word in _METHODS:
            fact["method"] = word
        elif word in _BODIES:
            fact["body"] = word
        elif word.startswith("@"):
            fact["area"] = word[1:]
        else:
            first, _, last = word.partition("-")
            fact["years"] = (int(first), int(last or first))
    return fact


def _shown(fact: Fact) -> dict[str, object]:
    return {
        "indicator": fact.indicator,
        "value": fact.value,
        "qualifier": str(fact.qualifier),
        "status": str(fact.status),
        "method": str(fact.method),
        "years": (fact.year_start, fact.year_end),
        "body": str(fact.body),
        "area": fact.area,
    }


def _in_order(facts_shown: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(facts_shown, key=repr)


@pytest.mark.parametrize("case", cases("facts"))
def test_facts_of_a_small_report(case: Case) -> None:
    given = _read(case)
    assert all(f.start <= f.figure_start and f.figure_end <= f.end for f in given)
    found = {repr(_shown(fact)): _shown(fact) for fact in given}
    expected = [_expected(words, case["body"]) for words in case["facts"]]
    assert _in_order(list(found.values())) == _in_order(expected)
