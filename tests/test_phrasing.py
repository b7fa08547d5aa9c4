"""Phrasing: which runs of characters stand around a figure, and what their weights add up to."""

from pathlib import Path

import pytest

from etl import documents, phrasing, store
from etl.model import Qualifier, Quantity
from tests.samples import rules


def _quantity(text: str, figure: str, unit: str) -> Quantity:
    start = text.index(figure)
    return Quantity(start, start + len(figure), 1.0, unit, unit, Qualifier.EXACT)


def test_runs_tell_where_they_stand() -> None:
    text = "一年来，收案237件，其中12件并案"
    runs = phrasing.runs(text, _quantity(text, "237件", "件"), (4, 10))
    assert {"m件", "b收案", "B案", "e年来", "l，其"} <= runs
    assert not {run for run in runs if run[0] in "aA"}, "the clause ends with the figure"


def test_other_figures_are_all_the_same() -> None:
    text = "提交138件、立案96件"
    assert "b件、立" in phrasing.runs(text, _quantity(text, "96件", "件"), (0, len(text)))
    assert "b交#件" in phrasing.runs(text, _quantity(text, "96件", "件"), (0, len(text)))


def test_words_out_of_reach_say_nothing() -> None:
    text = "收案" + "甲" * 40 + "237件"
    assert "b收案" not in phrasing.runs(text, _quantity(text, "237件", "件"), (0, len(text)))


def test_known_runs_are_those_with_a_weight() -> None:
    learned = rules().weights.phrasing
    for path in documents.paths(store.DOCUMENTS):
        text = "".join(documents.read(path).text.split())
        for at in range(0, len(text) - 3, 17):
            quantity = Quantity(at, at + 3, 1.0, "件", "件", Qualifier.EXACT)
            clause = (max(0, at - at % 29), at + 3 + at % 31)
            runs = phrasing.runs(text, quantity, clause)
            known = {learned.listed[number] for number in learned.known(text, quantity, clause)}
            assert known == {"", *runs & learned.weights.keys()}


def test_odds_are_the_start_and_what_the_runs_add() -> None:
    weights = {"b收案": (("proposals_received", 2.0), ("training_courses", -1.0))}
    learned = phrasing.Phrasing({"proposals_received": -3.0, "training_courses": -2.0}, weights)
    text = "收案237件"
    known = learned.known(text, _quantity(text, "237件", "件"), (0, len(text)))
    asked = ("proposals_received", "unheard_of")
    assert learned.odds(known, asked) == {"proposals_received": -1.0}


def test_the_weightiest_words_are_told() -> None:
    weights = {
        "b收案": (("proposals_received", 2.0),),
        "B案": (("proposals_received", 1.5),),
        "e大会": (("proposals_received", 0.5),),
        "l并案": (("proposals_received", -1.0),),
    }
    learned = phrasing.Phrasing({"proposals_received": -3.0}, weights)
    text = "大会以来，收案237件，并案9件"
    known = learned.known(text, _quantity(text, "237件", "件"), (5, 12))
    assert learned.telling(known, "proposals_received", 3) == ["收案", "大会"]
    assert learned.telling(known, "proposals_received", 1) == ["收案"]


def test_rows_read_back(tmp_path: Path) -> None:
    learned = phrasing.Phrasing(
        {"training_courses": -2.5}, {"b，收": (("training_courses", 0.25),), "m期": ()}
    )
    lines = [",".join(f'"{field}"' for field in row) for row in phrasing.rows(learned)]
    table = "\n".join([",".join(phrasing.COLUMNS), *lines])
    (tmp_path / phrasing.PHRASING).write_text(table, encoding="utf-8")
    read = phrasing.load(tmp_path)
    assert (read.start, read.weights) == (
        {"training_courses": -2.5},
        {"b，收": (("training_courses", 0.25),)},
    )


def test_shipped_phrasing_knows_the_indicators() -> None:
    shipped, known = rules().weights.phrasing, set(rules().catalogue.indicators)
    assert set(shipped.start) <= known
    assert {name for given in shipped.weights.values() for name, _ in given} <= set(shipped.start)


@pytest.mark.parametrize("run", ["b立案", "b提案"])
def test_shipped_phrasing_knows_the_words_of_proposals(run: str) -> None:
    given = dict(rules().weights.phrasing.weights.get(run, ()))
    assert any(name.startswith("proposals_") and weight > 0 for name, weight in given.items())
