"""Table: preferred figures, the contract of its columns, and figures that contradict each other."""

import pandas as pd
import pytest

from etl import table
from etl.model import Fact
from tests.samples import REPORT, fact, rules
from tests.specs import Case, cases


def _frame(facts: list[Fact]) -> pd.DataFrame:
    return table.build(facts, rules().catalogue)[0]


def test_columns_and_types() -> None:
    built = _frame([fact(), fact(at=50, year_start=2021), fact(at=90, trusted=False, doubt="存疑")])
    assert list(built.columns) == table.COLUMNS
    assert len(built) == 2
    first, second = built.to_dict("records")
    assert (first["value"], first["year"], first["body"]) == (102.0, 2023, "npc")
    assert pd.isna(second["year"])
    assert str(built["year"].dtype) == "Int64"
    assert first["fact_id"] != second["fact_id"]


def test_no_facts_make_an_empty_table() -> None:
    built = _frame([])
    assert list(built.columns) == table.COLUMNS
    assert built.empty


def test_the_same_fact_twice_is_one_row() -> None:
    assert len(_frame([fact(), fact()])) == 1


def test_candidates_and_reports_have_their_columns() -> None:
    _, seen = table.build([fact(), fact(at=50, trusted=False, doubt="存疑")], rules().catalogue)
    assert list(seen.columns) == table.CANDIDATE_COLUMNS
    assert list(seen["doubt"]) == ["存疑"]
    found = table.reports([REPORT])
    assert list(found.columns) == table.REPORT_COLUMNS
    assert (found["published"][0], found["body"][0]) == ("", "npc")
    assert list(table.reports([]).columns) == table.REPORT_COLUMNS


@pytest.mark.parametrize("case", cases("table", "preferred"))
def test_preferred(case: Case) -> None:
    built = _frame([fact(**changes) for changes in case["facts"]])
    assert [n for n, preferred in enumerate(built["preferred"], 1) if preferred] == case[
        "preferred"
    ]


@pytest.mark.parametrize("case", cases("table", "breakages"))
def test_breakage_names_its_row(case: Case) -> None:
    indicator = case.get("indicator", "appointments")
    other = {} if case.get("same_key") else {"status": "planned"}
    built = _frame([fact(indicator=indicator, value=50.0), fact(at=50, **other)])
    table.check(built, rules().catalogue)
    row = 1 if case.get("same_key") else 0
    value = built["fact_id"][1] if case.get("same_id") else case["value"]
    built.loc[row, case["column"]] = value
    with pytest.raises(table.CheckError) as caught:
        table.check(built, rules().catalogue)
    assert case["says"] in str(caught.value)
    assert built["fact_id"][row] in str(caught.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(table.CheckError, match="qualifier"):
        table.check(_frame([fact()]).drop(columns="qualifier"), rules().catalogue)


@pytest.mark.parametrize("case", cases("table", "inconsistencies"))
def test_inconsistencies(case: Case) -> None:
    facts = [
        fact(
            at=50 * number,
            indicator=indicator,
            value=float(value),
            body=case.get("body", "npc"),
            qualifier=case.get("qualifier", "exact"),
        )
        for number, (indicator, value) in enumerate(case["facts"].items())
    ]
    built = _frame(facts)
    noted = table.inconsistencies(built)
    by_id = dict(zip(built["fact_id"], built["indicator"], strict=True))
    assert sorted(by_id[fact_id] for fact_id, _ in noted) == case["noted"]
    assert sorted(built[built["note"] != ""]["indicator"]) == case["noted"]
    assert all("请核对原文" in note for _, note in noted)


def test_no_spreadsheet_reads_an_id_as_a_number() -> None:
    ids = {fact(at).fact_id for at in range(5000)}
    assert len(ids) == 5000
    assert all(each[0].isalpha() for each in ids)
