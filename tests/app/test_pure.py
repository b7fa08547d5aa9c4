"""Runs the cases of tests/specs/app_*.toml against the pure parts of the app."""

import pytest

from app import evidence, selection, states
from app import format as fmt
from app.data import Figure
from app.exports import cells
from tests.app.conftest import spec


def ids(case):
    return str(case.get("why") or case.get("shown") or case.get("given") or case)[:60]


@pytest.mark.parametrize("case", spec("format", "value"), ids=ids)
def test_value(case, words):
    shown = fmt.with_unit(case["value"], case["qualifier"], case["unit"], words)
    assert shown == case["shown"]


@pytest.mark.parametrize("case", spec("format", "marks"), ids=ids)
def test_marks(case, words):
    assert fmt.marks(case["method"], words) == case["shown"]


@pytest.mark.parametrize("case", spec("format", "years"), ids=ids)
def test_years(case, words):
    assert fmt.years(case["first"], case["last"], words) == case["shown"]


@pytest.mark.parametrize("case", spec("states", "cell"), ids=ids)
def test_state(case, table, words):
    cell = states.cell(table, case["area"], case["body"], case["indicator"], case["year"])
    assert cell.state == case["state"]
    assert (cell.figure.value if cell.figure else None) == case.get("value")
    assert (evidence.describe(cell.total, words) if cell.total else None) == case.get("total")
    many = states.cells(table, [case["area"]], case["body"], case["indicator"], [case["year"]])
    assert many == [cell]
    if not cell.figure:
        place = (case["area"], case["body"], case["indicator"], case["year"])
        assert states.parse_key(cell.key) == place


@pytest.mark.parametrize("case", spec("selection", "link"), ids=ids)
def test_link(case, table):
    chosen, dropped = selection.from_params(case["params"], table)
    assert [part.key for part in dropped] == case["dropped"]
    if "years" in case:
        assert [chosen.first, chosen.last] == case["years"]
    for name in ("areas", "listed", "rows"):
        if name in case:
            assert list(getattr(chosen, name)) == case[name]
    for name in chosen.__dataclass_fields__.keys() - {"areas", "listed", "rows"}:
        if name in case:
            assert getattr(chosen, name) == case[name]
    again, nothing = selection.from_params(selection.to_params(chosen), table)
    assert (again, nothing) == (chosen, ())


def test_link_names_every_parameter_that_shapes_the_page(table):
    params = selection.to_params(selection.default(table))
    assert params.keys() == {
        "areas", "years", "at", "body", "indicator", "measure", "view", "chart", "axes", "cover",
        "scope", "order", "lines", "lang", "data",
    }  # fmt: skip
    assert params["data"] == table.digest


@pytest.mark.parametrize("case", spec("selection", "switch"), ids=ids)
def test_switch_of_body(case, table):
    before, _ = selection.from_params(case["params"], table)
    after = selection.with_body(before, table, case["to"])
    assert after.body == case["to"]
    assert [after.first, after.last] == case["years"]
    assert after.indicator == case.get("indicator", after.indicator)
    assert after.areas == before.areas
    assert selection.from_params(selection.to_params(after), table) == (after, ())


@pytest.mark.parametrize("case", spec("csv", "cell"), ids=ids)
def test_cell_is_no_formula(case):
    assert cells.safe(case["given"]) == case["safe"]


def figure(**values) -> Figure:
    """A figure with the given fields, the others plain."""
    plain = {
        "fact_id": "f1", "document": "a.txt", "article": "", "area": "甲市", "area_code": "410000",
        "area_level": "city", "body": "npc", "indicator": "appointments", "year_start": 2023,
        "year_end": 2023, "year": 2023, "value": 1.0, "unit": "人次", "unit_text": "人次",
        "qualifier": "exact", "status": "actual", "method": "stated", "preferred": True,
        "sentence": "", "start": 0, "end": 0, "figure": "", "figure_start": 0, "figure_end": 0,
        "rule": "", "published": "",
    }  # fmt: skip
    return Figure(**{**plain, **values})


@pytest.mark.parametrize("case", spec("evidence", "mark"), ids=ids)
def test_mark_in_sentence(case):
    document = case.get("document")
    start = figure_start = 0
    if document:
        start = document.index(case["sentence"][:3]) if case["sentence"][:3] in document else 3
        figure_start = document.index(case["figure_at"])
    span = evidence.mark_in_sentence(
        figure(sentence=case["sentence"], figure=case["figure"], start=start,
               figure_start=figure_start),
        document,
    )  # fmt: skip
    if "marked" not in case:
        assert span is None
    else:
        assert case["sentence"][slice(*span)] == case["marked"]
        assert span[0] == case.get("marked_at", span[0])
