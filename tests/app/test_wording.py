"""Where sentences differ in what they count."""

import pytest

from app import comparison, wording
from app.states import Cell, State
from tests.app.conftest import spec
from tests.app.test_pages import run, trees
from tests.app.test_pure import figure, ids


@pytest.mark.parametrize("case", spec("wording", "counted"), ids=ids)
def test_what_a_figure_counts(case):
    distinction = next(d for d in wording.distinctions() if case["indicator"] in d.indicators)
    stated = figure(sentence=case["sentence"], figure=case["figure"])
    assert list(wording.counted(stated, distinction)) == case["kinds"]


@pytest.mark.parametrize("case", spec("wording", "differing"), ids=ids)
def test_where_sentences_differ(case, table):
    indicator = table.indicators[case["indicator"]]
    cells = tuple(
        Cell(
            str(area), "npc", indicator.id, 2023, State.REPORTED,
            figure(fact_id=str(area), area_code=str(area), sentence=sentence, figure="158件"),
        )
        for area, sentence in enumerate(case["sentences"])
    )  # fmt: skip
    shown = comparison.Comparison(indicator, ("0", "1", "2"), (2023,), cells, (), (), ())
    found = {"、".join(kinds): list(areas) for kinds, areas in wording.differing(shown).items()}
    assert found == case["groups"]


def test_every_indicator_of_the_file_is_in_the_catalogue(table):
    named = {i for d in wording.distinctions() for i in d.indicators}
    assert named <= table.indicators.keys()


def test_the_page_warns_where_sentences_differ(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", indicator="suggestions_handled")
    said = trees(app)
    assert "平顶山市、焦作市为“办结”" in said and "鹤壁市为“答复”" in said


def test_the_page_says_where_things_were_merged(data_folder, monkeypatch):
    app = run(data_folder, monkeypatch, "compare", indicator="law_inspections")
    assert "鹤壁市将几项合并为一个数（" in trees(app)
