"""A second look: what it makes of sentences in which no cue fits, and how the evidence is weighed."""

import math

import pytest

from etl import documents, facts, store
from etl.binding import Binding
from etl.model import Document, Fact
from etl.pairs import Unsettled, pairs
from etl.phrasing import Phrasing
from etl.rules import Rules
from etl.weights import Evidence, Weights
from tests.samples import rules
from tests.specs import Case, cases

_REPORTS = {
    "npc": "安阳市人大常委会2023年工作综述\n2023年，市人大常委会依法履职。",
    "cppcc": "政协林州市第十届委员会常务委员会工作报告\n（2024年2月5日）\n一、2023年工作回顾\n",
}


def _blind(sentence: Unsettled, rules: Rules) -> list[Binding]:
    return []


def _found(case: Case) -> list[Fact]:
    """What only the second look finds."""
    document = Document("report.txt", _REPORTS[case["report"]] + case["text"], "utf-8", "")
    without = {fact.figure_start for fact in facts.extract(document, rules(), _blind).facts}
    with_it = facts.extract(document, rules()).facts
    return [fact for fact in with_it if fact.figure_start not in without]


@pytest.mark.parametrize("case", cases("second_look"))
def test_second_look(case: Case) -> None:
    found = _found(case)
    if case["outcome"] == "none":
        assert not [fact for fact in found if fact.trusted]
        return
    (fact,) = found
    assert f"{fact.indicator}={fact.value:g}" == case["figure"]
    assert fact.trusted == (case["outcome"] == "fact")
    assert "把握" in fact.evidence[-1]


def test_pairs_left_out_early_are_those_of_little_confidence() -> None:
    limit = rules().weights.candidate
    compared = 0

    def both(sentence: Unsettled, rules: Rules) -> list[Binding]:
        nonlocal compared
        sure = [
            pair
            for pair in pairs(sentence, rules.catalogue, rules.weights)
            if rules.weights.confidence(pair.evidence) >= limit
        ]
        early = pairs(sentence, rules.catalogue, rules.weights, limit)
        assert [p for p in early if rules.weights.confidence(p.evidence) >= limit] == sure
        compared += len(sure)
        return []

    for path in documents.paths(store.DOCUMENTS):
        facts.extract(documents.read(path), rules(), both)
    assert compared


def test_shipped_weights_know_the_indicators() -> None:
    weights = rules().weights
    assert weights.candidate < weights.fact < 1
    assert set(weights.usual) <= set(rules().catalogue.indicators)


def test_what_can_be_hoped_for_speaks_best() -> None:
    weights = rules().weights
    assert weights.confidence(weights.hopes) > weights.confidence(Evidence())
    for name, value in weights.hopes._asdict().items():
        other = weights.hopes._replace(**{name: 0.0 if value else 1.0})
        assert weights.confidence(other) <= weights.confidence(weights.hopes)


def test_confidence_grows_with_what_speaks_for_a_pair() -> None:
    nothing = Evidence(*[0.0] * len(Evidence._fields))
    weights = Weights(0.5, 0.3, 0.0, nothing._replace(verb=2.0, others=-1.0), {}, Phrasing({}, {}))
    assert weights.confidence(nothing) == 0.5
    assert weights.confidence(nothing._replace(verb=1)) == pytest.approx(1 / (1 + math.exp(-2)))
    assert weights.confidence(nothing._replace(others=1)) < 0.5
