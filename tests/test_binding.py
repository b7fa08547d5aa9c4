"""Binding: clauses, readings, and the indicator that wins a figure, from tests/specs/binding.toml."""

from itertools import pairwise

import pytest

from etl import binding, quantities
from etl.binding import Context
from etl.model import Body
from etl.readings import Clauses, readings
from tests.samples import rules
from tests.specs import Case, cases


def _clauses(text: str) -> Clauses:
    return Clauses(text, rules().segmenter, rules().catalogue.syntax)


@pytest.mark.parametrize("case", cases("binding", "clauses"))
def test_clauses(case: Case) -> None:
    spans = _clauses(case["text"]).spans
    assert [case["text"][start:end] for start, end in spans] == case["clauses"]


@pytest.mark.parametrize("case", cases("binding", "clauses"))
def test_words_cover_their_clause(case: Case) -> None:
    clauses = _clauses(case["text"])
    for clause in clauses.spans:
        words = clauses.words(*clause)
        assert (words[0][0], words[-1][1]) == clause
        assert all(a[1] == b[0] for a, b in pairwise(words))


@pytest.mark.parametrize("case", cases("binding", "readings"))
def test_readings(case: Case) -> None:
    text = case["text"]
    found = readings(_clauses(text), quantities.find(text, rules().grammar))
    assert [text[slice(*reading.left)] for reading in found] == case["left"]


@pytest.mark.parametrize("case", cases("binding"))
def test_best_binding(case: Case) -> None:
    text = case["text"]
    found = quantities.find(text, rules().grammar)
    context = Context(case.get("earlier", ""), case.get("heading", ""), Body(case["body"]))
    bindings = binding.bind(_clauses(text), found, context, rules().catalogue)
    best: dict[tuple[int, int], str] = {}
    places: list[tuple[int, int]] = []
    for reading in readings(_clauses(text), found):
        place = (reading.quantity.start, reading.left[0])
        places.append(place)
    for bound in bindings:
        trust = "" if bound.score >= binding.FACT else " candidate"
        place = (bound.quantity.start, bound.reading.left[0])
        best.setdefault(place, f"{bound.cue.indicator}{trust}")
        assert bound.evidence
        assert bound.score >= binding.CANDIDATE
    assert [best.get(place, "") for place in places] == case["bound"]
