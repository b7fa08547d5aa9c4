"""What a web page puts around a report changes none of its facts: menus, the path to it, links to others."""

import pytest

from etl import documents, facts
from etl.model import Document
from tests.samples import rules
from tests.specs import Case, cases
from tools.score import GOLDEN

_DOCUMENTS = sorted((GOLDEN / "development" / "documents").glob("*.txt"))[::5]


def _facts(text: str) -> set[tuple[object, ...]]:
    extraction = facts.extract(Document("report.txt", text, "utf-8", ""), rules())
    return {
        (f.area, f.body, f.indicator, f.value, f.year_start, f.year_end, f.trusted)
        for f in extraction.facts
    }


@pytest.mark.parametrize("case", cases("surroundings", "pages"))
def test_a_report_on_a_web_page(case: Case) -> None:
    changed = []
    for path in _DOCUMENTS:
        text = documents.read(path).text
        page = f"{case.get('above', '')}\n{text}\n{case.get('below', '')}"
        if _facts(page) != _facts(text):
            changed.append(path.name)
    assert not changed
