"""Common phrasings of reports, a sentence each, from tests/specs/phrases.toml."""

import pytest

from etl import facts
from etl.model import Document
from tests.samples import rules, written
from tests.specs import Case, cases, read

_REPORTS = read("phrases")["reports"]


@pytest.mark.parametrize("case", cases("phrases", "phrases"))
def test_phrase(case: Case) -> None:
    document = Document("report.txt", _REPORTS[case["report"]] + case["text"], "utf-8", "")
    found, _ = facts.read(document, rules())
    figures = {f"{fact.indicator}={fact.value:g}" for fact in found if written(fact)}
    assert figures == set(case["facts"])
    if "qualifiers" in case:
        trusted = {f"{fact.indicator}={fact.qualifier}" for fact in found if fact.trusted}
        assert trusted == set(case["qualifiers"])
