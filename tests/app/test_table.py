"""The table in memory: what is asked of it, and what it does with odd input."""

import csv
import io

import pandas as pd
import pytest

from app import comparison, data, evidence, selection, theme
from app.exports import csv as csv_export
from app.exports import rows as tidy
from app.states import State
from etl.errors import InputError
from tests.app import fixture
from tests.app.exports import scope_of


def test_every_row_becomes_a_figure(table):
    shown = data.figures_of(table.facts)
    labels = pd.read_csv(fixture.LABELS, encoding="utf-8-sig")
    assert len(shown) == len(table.facts) == len(labels)
    assert all(table.figure(f.fact_id) == f for f in shown[:20])


def test_unknown_things_are_absent(table):
    assert table.figure("") is None
    assert table.figure("nothing") is None
    assert table.figures("npc", "proposals_filed") == []
    assert table.reports_of("999999", "npc") == ()
    assert table.of_document("nothing.txt") == []


def test_areas_are_ordered_by_level_then_code(table):
    assert list(table.areas)[:4] == ["410400", "410600", "410800", "410421"]


def test_areas_that_share_a_name_show_their_code(table):
    facts = table.facts.astype("object").assign(area="鼓楼区")
    twins = data.make(facts, pd.DataFrame(columns=[*_report_columns()]), table.indicators)
    assert twins.areas["410400"].label == "鼓楼区（410400）"


def test_an_area_without_a_code_goes_by_its_name(table):
    facts = table.facts.astype("object").assign(area_code="")
    made = data.make(facts, pd.DataFrame(columns=[*_report_columns()]), table.indicators)
    assert "鹤壁市" in made.areas


def test_a_missing_column_is_named(table):
    with pytest.raises(InputError, match="sentence"):
        data.make(
            table.facts.drop(columns="sentence"),
            pd.DataFrame(columns=[*_report_columns()]),
            table.indicators,
        )


def test_facts_of_an_unknown_indicator_are_left_out(table):
    facts = table.facts.astype("object")
    facts.loc[0, "indicator"] = "gone"
    made = data.make(facts, pd.DataFrame(columns=[*_report_columns()]), table.indicators)
    assert len(made.facts) == len(table.facts) - 1


def _report_columns():
    return data.Report.__dataclass_fields__


def test_comparison_keeps_yearly_totals_and_plans_apart(table):
    chosen, _ = selection.from_params({"body": "cppcc", "indicator": "proposals_replied"}, table)
    shown = comparison.compare(table, chosen)
    assert shown.years == (2023,)
    assert [(c.area, c.state.value) for c in shown.cells] == [
        ("410400", "reported"), ("410600", "no_document"), ("410800", "no_document")
    ]  # fmt: skip
    assert [f.value for f in shown.totals] == [1918]
    assert shown.plans == ()


def test_a_plan_is_shown_with_the_year_that_made_it(table):
    for years, expected in (("2024", [9.0]), ("2023", [])):
        chosen, _ = selection.from_params({"indicator": "laws_planned", "years": years}, table)
        shown = comparison.compare(table, chosen)
        assert [f.value for f in shown.plans] == expected
        assert shown.cells == ()


def test_the_required_picture(table):
    chosen, _ = selection.from_params({"years": "2023"}, table)
    shown = comparison.compare(table, chosen)
    assert {c.area: c.figure.value if c.figure else c.state for c in shown.cells} == {
        "410400": 168, "410600": 102, "410800": State.NO_DOCUMENT
    }  # fmt: skip


def test_yearly_average_is_only_for_whole_years_of_a_flow(table):
    flow = table.indicators["proposals_replied"].kind
    stock = table.indicators["cppcc_members"].kind
    total = next(f for f in table.figures("cppcc", "proposals_replied") if not f.yearly)
    running = next(f for f in table.figures("npc", "laws_passed") if f.status == "cumulative")
    assert comparison.yearly_average(total, flow) == pytest.approx(383.6)
    assert comparison.yearly_average(total, stock) is None
    assert comparison.yearly_average(running, flow) is None


def test_a_count_has_no_measure_word_to_differ_in(table):
    """Titles that are counted (计数) come without one."""
    facts = table.facts.astype("object")
    facts.loc[facts["method"] == "counted", "unit_text"] = ""
    reports = pd.DataFrame([vars_of(r) for r in table.reports])
    made = data.make(facts, reports, table.indicators)
    chosen, _ = selection.from_params({"indicator": "laws_passed"}, made)
    assert comparison.compare(made, chosen).differences == ("methods",)


def vars_of(report):
    return {name: getattr(report, name) for name in _report_columns()}


def test_differences_are_named(table):
    chosen, _ = selection.from_params({"indicator": "laws_passed"}, table)
    assert comparison.compare(table, chosen).differences == ("methods",)


def test_csv_has_mark_header_and_every_row(table, words):
    chosen = selection.default(table)
    frame = tidy.of_scope(scope_of(table, chosen, with_missing=False))
    raw = csv_export.encode(tidy.in_words(frame, table, words))
    assert raw.startswith("\ufeff状态,编号,".encode())
    assert raw.count(b"\r\n") == len(frame) + 1
    read = pd.read_csv(io.BytesIO(raw), dtype=str)
    assert list(read["数值"].astype(float)) == list(frame["value"])
    assert set(read["状态"]) == {"已披露"}
    assert "任免国家机关工作人员" in set(read["指标"]) and "appointments" in set(read["指标代码"])


def test_csv_of_everything_keeps_the_columns_of_the_table(table):
    raw = csv_export.encode(table.facts).decode("utf-8-sig")
    header = raw.split("\r\n")[0].split(",")
    assert header[:5] == ["fact_id", "document", "article", "area", "area_code"]
    assert raw.count("\r\n") == len(table.facts) + 1


def test_missing_combinations_are_rows_without_a_value(table):
    chosen, _ = selection.from_params({"years": "2023", "list": "appointments"}, table)
    frame = tidy.of_scope(scope_of(table, chosen))
    rows = {r.area: (r.state, r.value) for r in frame.itertuples()}
    assert rows["平顶山市"] == ("reported", 168)
    assert rows["焦作市"][0] == "no_document"
    assert pd.isna(rows["焦作市"][1])
    text = csv_export.encode(frame).decode("utf-8-sig")
    assert ",0," not in text.split("no_document")[1]


def test_kept_figures_only_on_request(table):
    chosen = selection.default(table)
    few, many = (
        tidy.of_scope(scope_of(table, chosen, with_missing=False, with_kept=c))
        for c in (False, True)
    )
    assert few["preferred"].all()
    assert len(many) > len(few)


@pytest.mark.parametrize(
    ("query", "count"),
    [("鹤壁 任免", 1), ("168人次", 1), ("没有这样的词", 0), ("(", 0), ("APPOINTMENTS", 3)],
)
def test_search(table, query, count):
    frame = tidy.of_scope(scope_of(table, selection.default(table), with_missing=False))
    found = tidy.search(frame, table, query)
    if query == "鹤壁 任免":
        assert set(found["area"]) == {"鹤壁市"}
        assert "appointments" in set(found["indicator"])
    else:
        assert len(found) == count


def test_candidates_are_rows_of_their_own_and_count_nowhere(table, words):
    chosen = selection.default(table)
    plain = tidy.of_scope(scope_of(table, chosen, with_missing=False))
    frame = tidy.of_scope(scope_of(table, chosen, with_missing=False, with_candidates=True))
    assert "doubt" not in plain
    assert list(frame["fact_id"][: len(plain)]) == list(plain["fact_id"])
    (row,) = [r for _, r in frame.iterrows() if r["state"] == "candidate"]
    assert (row["doubt"], row["value"]) == (fixture.DOUBT, 7.0)
    key = tidy.key_of(row)
    figure = table.figure(key)
    assert (figure.value, figure.doubt, figure.preferred) == (7.0, fixture.DOUBT, False)
    assert figure.fact_id not in set(table.facts["fact_id"])
    assert 7.0 not in [f.value for f in table.figures("npc", figure.indicator)]
    tree = evidence.panel(
        figure, table, None, theme.styles(["410600"], table.areas)["410600"], words
    )
    assert "待核数字：与线索的搭配较松。未计入" in tree.text()
    raw = csv_export.encode(tidy.in_words(frame, table, words))
    last = raw.decode("utf-8-sig").splitlines()[-1]
    assert last.startswith("待核,") and last.endswith(fixture.DOUBT)


@pytest.mark.parametrize("with_words", [False, True])
def test_csv_reads_back_the_same_in_csv_and_pandas(table, words, with_words):
    frame = tidy.of_scope(
        scope_of(table, selection.default(table), with_kept=True, with_candidates=True)
    )
    raw = csv_export.encode(tidy.in_words(frame, table, words) if with_words else frame)
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    read = pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert {len(row) for row in rows} == {len(read.columns)}
    assert rows[1:] == read.to_numpy().tolist()
    assert len(read) == len(frame)
    name = words("column.sentence") if with_words else "sentence"
    assert list(read[name]) == ["" if pd.isna(s) else s for s in frame["sentence"]]
