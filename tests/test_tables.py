"""Tables with a column a year: the newest year's figures, each with its unit; others are left as they are."""

import pytest

from etl import facts
from etl.model import Document
from tests.samples import rules
from tests.specs import Case, cases


@pytest.mark.parametrize("case", cases("tables", "tables"))
def test_table(case: Case) -> None:
    text = f"{case['title']}\n\n{case['rows']}\n\n政协林州市委员会办公室\n"
    found = [
        f for f in facts.extract(Document("a.txt", text, "utf-8", ""), rules()).facts if f.trusted
    ]
    assert sorted(f"{f.indicator}={f.value:g} {f.year_end}" for f in found) == case["facts"]
    for fact in found:
        # The words on the page between the unit and its figure are white space.
        words = text[fact.figure_start : fact.figure_end].split()
        assert "".join(words) == fact.figure
        assert text[fact.start : fact.end].split()[0] in fact.sentence
