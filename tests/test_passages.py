"""Golden: extraction of short labelled passages. The set "heldout" is read by the program only."""

from functools import cache

import pytest

from tests.samples import rules
from tests.specs import read
from tools import passages
from tools.passages import FOLDER, SETS
from tools.score import Score

_FLOORS = read("passages_floors")


@cache
def _score(name: str) -> Score:
    return passages.score(passages.passages(FOLDER / f"{name}.csv"), rules())


@pytest.mark.parametrize(
    ("name", "measure"), [(name, measure) for name in SETS for measure in _FLOORS[name]]
)
def test_score(name: str, measure: str) -> None:
    result = _score(name)
    told = "" if name == "heldout" else "\n".join([*result.misses, *result.extras])
    reached = result.share(measure) if measure == "qualifier" else getattr(result, measure)
    assert reached >= _FLOORS[name][measure], f"{result}\n{told}"


@pytest.mark.parametrize("name", SETS)
def test_labels_name_indicators_of_the_catalogue(name: str) -> None:
    known = rules().catalogue.indicators
    for passage in passages.passages(FOLDER / f"{name}.csv"):
        unknown = {indicator for indicator, _ in passage.facts | passage.optional} - known.keys()
        assert not unknown, f"{passage.name}: {unknown}"


def test_the_scorer_sees_misses_extras_and_qualifiers() -> None:
    path = FOLDER / "development.csv"
    given = next(p for p in passages.passages(path) if p.name == "t001")
    right = passages.score([given], rules())
    assert (right.hits, right.share("qualifier"), right.misses, right.extras) == (1, 1.0, (), ())
    (figure,) = given.facts
    rounded = passages.Qualifier.AT_LEAST
    loose = passages.Passage("", "", given.text, {figure: rounded}, {})
    assert passages.score([loose], rules()).share("qualifier") == 0
    missing = passages.Passage("", "", given.text, {(figure[0], figure[1] + 1): rounded}, {})
    wrong = passages.score([missing], rules())
    assert (wrong.hits, len(wrong.misses), len(wrong.extras)) == (0, 1, 1)
