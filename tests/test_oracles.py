"""Our reading of figures against what other programs read (tools/oracles.py).

Their answers are kept in tests/specs/oracles.csv, so that they need not be installed; where they
are, in the version kept, they must still say the same.
"""

from importlib import metadata

import pytest

from etl.lines import fold
from tests.samples import rules
from tools import oracles
from tools.oracles import PACKAGES, Difference, Reason

_GROUPS = oracles.spec_texts()
_VERSIONS, _KEPT = oracles.load_answers()
# A case that was changed since has no answer.
_ANSWERS = {t: _KEPT[t] for t in (*_GROUPS, *oracles.written_texts()) if t in _KEPT}
_FOUND = list(oracles.differences(_ANSWERS, _GROUPS, rules()))
_DIFFERENCES = [found for found in _FOUND if isinstance(found, Difference)]
_REASONS = oracles.load_reasons()


def test_every_difference_has_a_reason() -> None:
    """A new one: look who is right, then mend the grammar or write down why we differ."""
    assert [d for d in _DIFFERENCES if not any(reason.explains(d) for reason in _REASONS)] == []


@pytest.mark.parametrize("reason", _REASONS, ids=lambda reason: reason.name)
def test_nothing_under_a_reason_is_idle(reason: Reason) -> None:
    explained = [d for d in _DIFFERENCES if reason.explains(d)]
    cases = {(d.oracle, d.text, d.words, d.theirs) for d in explained}
    assert reason.cases - cases == set()
    assert reason.groups - {d.group for d in explained if not d.ours} == set()


@pytest.mark.parametrize("name", PACKAGES)
def test_the_oracles_agree_where_it_counts(name: str) -> None:
    """Reasons are exceptions: most figures are read alike."""
    figures = [d for d in _DIFFERENCES if d.oracle == name and d.ours]
    assert _FOUND.count(name) > 3 * len(figures)


def test_the_answers_keep_up_with_the_texts() -> None:
    """`python -m tools.oracles --write` asks for what is new or changed; a few cases may wait."""
    texts = {*_GROUPS, *oracles.written_texts()}
    assert len(texts - _ANSWERS.keys()) < len(texts) / 20


@pytest.mark.parametrize("name", PACKAGES)
def test_an_installed_oracle_still_says_so(name: str) -> None:
    try:
        installed = metadata.version(PACKAGES[name])
        read = oracles.oracle(name)
    except (metadata.PackageNotFoundError, ImportError) as error:
        pytest.skip(f"{error}; its kept answers are tested (requirements-oracles.txt)")
    if installed != _VERSIONS[name]:
        pytest.skip(f"{name} {installed} is installed, {_VERSIONS[name]} is kept; make oracles")
    layout = rules().layout
    assert {text: read(fold(text, layout)) for text in _ANSWERS} == {
        text: numbers[name] for text, numbers in _ANSWERS.items()
    }
