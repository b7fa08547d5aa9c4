"""Facts → the tidy table: columns, the preferred figure of each key, and the checks.

`preferred` marks the one figure to show for an area, body, indicator, years and
status. The order: corrected by a person, stated, summed, counted; then exact
before approximate; then the document published later; then the better binding.
The others stay in the table.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pyarrow

from etl.catalogue import Catalogue
from etl.errors import CheckError
from etl.model import AreaLevel, Body, Fact, Method, Qualifier, Report, Status

KEY = ["area", "body", "indicator", "year_start", "year_end", "status"]
COLUMNS = [
    "fact_id", "document", "article", "area", "area_code", "area_level", "body", "indicator",
    "year_start", "year_end", "year", "value", "unit", "unit_text", "qualifier", "status", "method",
    "preferred", "note", "sentence", "start", "end", "figure", "figure_start", "figure_end", "rule",
    "published",
]  # fmt: skip
# What a fact says of itself; for the other columns all facts have to be known.
_OF_ONE_FACT = [c for c in COLUMNS if c not in ("preferred", "note")]
CANDIDATE_COLUMNS = [*_OF_ONE_FACT, "score", "doubt"]
_INTEGERS = ("year_start", "year_end", "start", "end", "figure_start", "figure_end")
# The types of the columns that hold no text.
_TYPES = dict.fromkeys((*_INTEGERS, "year"), pyarrow.int64()) | dict.fromkeys(
    ("value", "score"), pyarrow.float64()
)
REPORT_COLUMNS = [
    "document", "article", "area", "area_code", "area_level", "body", "year_start", "year_end",
    "published", "facts",
]  # fmt: skip

# Indicators of which `inconsistencies` compares the figures; the first of _WHOLES goes before.
_RECEIVED, _FILED = "proposals_received", "proposals_filed"
_WHOLES = ("suggestions_handled", "suggestions_received")
_PARTS = ("suggestions_resolved", "suggestions_in_progress")
_COMPARED = (_RECEIVED, _FILED, *_WHOLES, *_PARTS)

# A fact takes some kilobytes until it is in columns, so that a block takes about a megabyte.
_BLOCK = 500

_METHOD_ORDER = {Method.CORRECTED: 0, Method.STATED: 1, Method.SUMMED: 2, Method.COUNTED: 3}


class _Figure(NamedTuple):
    fact_id: str
    value: float
    exact: bool


def give_memory_back() -> None:
    """For a process that builds a table and ends: Arrow's own allocator holds back about as much again."""
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())


def build(facts: Iterable[Fact], catalogue: Catalogue) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of the trusted facts (COLUMNS) and that of the others (CANDIDATE_COLUMNS), in order.

    The second has the score and the reason for the doubt. Facts go into columns block by block, as
    they come, and are not kept. Raises CheckError if a column, code list or key is broken.
    """
    trusted, doubted = [], []
    coming = iter(facts)
    while block := list(islice(coming, _BLOCK)):
        trusted.append(_columns([f for f in block if f.trusted], _OF_ONE_FACT))
        doubted.append(_columns([f for f in block if not f.trusted], CANDIDATE_COLUMNS))
    table = _table(trusted, _OF_ONE_FACT)
    trusted.clear()
    if (repeated := table["fact_id"].duplicated()).any():
        table = table[~repeated].reset_index(drop=True)
    table["preferred"] = _preferred(table)
    notes = dict(inconsistencies(table))
    table["note"] = pd.Series([notes.get(i, "") for i in table["fact_id"]], dtype="str")
    table = table[COLUMNS]
    check(table, catalogue)
    return table, _table(doubted, CANDIDATE_COLUMNS)


def reports(found: list[Report]) -> pd.DataFrame:
    """The reports that the documents hold: REPORT_COLUMNS."""
    rows = [{name: getattr(report, name) for name in REPORT_COLUMNS} for report in found]
    table = pd.DataFrame(rows, columns=REPORT_COLUMNS)
    return table.assign(
        published=[d.isoformat() if d else "" for d in table["published"]],
        area_level=table["area_level"].astype(str),
        body=table["body"].astype(str),
    )


def _columns(facts: Sequence[Fact], columns: Sequence[str]) -> pyarrow.RecordBatch:
    """The facts as typed `columns`."""
    values: dict[str, Sequence[Any]] = dict.fromkeys(Fact._fields, ())
    values |= zip(Fact._fields, zip(*facts, strict=True), strict=False)
    values["fact_id"] = [fact.fact_id for fact in facts]
    values["year"] = [f.year_start if f.year_start == f.year_end else None for f in facts]
    values["published"] = [f.published.isoformat() if f.published else "" for f in facts]
    return pyarrow.record_batch([values[name] for name in columns], schema=_schema(columns))


def _table(blocks: Sequence[pyarrow.RecordBatch], columns: Sequence[str]) -> pd.DataFrame:
    """The blocks one below the other; Arrow's texts become those of pandas as they are."""
    whole = pyarrow.Table.from_batches(blocks, schema=_schema(columns))
    text = pd.StringDtype(na_value=np.nan)
    table: pd.DataFrame = whole.to_pandas(types_mapper={pyarrow.large_string(): text}.get)
    return table.astype({"year": "Int64"})


def _schema(columns: Sequence[str]) -> pyarrow.Schema:
    return pyarrow.schema([(name, _TYPES.get(name, pyarrow.large_string())) for name in columns])


def _preferred(table: pd.DataFrame) -> pd.Series:
    """Which fact stands for its key. Numbers are sorted instead of rows, so that no text is copied."""
    methods = {str(method): rank for method, rank in _METHOD_ORDER.items()}
    best_first = np.lexsort(
        (
            table["start"],
            _ranks(table["document"]),
            -_ranks(table["published"]),  # no date is the lowest rank, and comes last
            table["qualifier"] != str(Qualifier.EXACT),
            table["method"].map(methods),
        )
    )
    keys = pd.DataFrame({name: _ranks(table[name]) for name in KEY})
    is_first = ~keys.iloc[best_first].duplicated()
    return is_first.sort_index()


def _ranks(column: pd.Series) -> np.ndarray:
    """The place of each value among the different values of a column, in their order."""
    return pd.factorize(column, sort=True)[0]


def schema(catalogue: Catalogue) -> pa.DataFrameSchema:
    """The contract of facts.csv: types, code lists, unique ids, spans in order."""

    def one_of(
        values: type[Body] | type[AreaLevel] | type[Qualifier] | type[Status] | type[Method],
    ) -> pa.Check:
        return pa.Check.isin([str(value) for value in values])

    percent = {i.id for i in catalogue.indicators.values() if i.unit == "%"}
    return pa.DataFrameSchema(
        {
            "fact_id": pa.Column(str, unique=True),
            "document": pa.Column(str, pa.Check.str_length(min_value=1)),
            "article": pa.Column(str),
            "area": pa.Column(str, pa.Check.str_length(min_value=1)),
            "area_code": pa.Column(str, pa.Check.str_matches(r"^(\d{6})?$")),
            "area_level": pa.Column(str, one_of(AreaLevel)),
            "body": pa.Column(str, pa.Check.isin([str(Body.NPC), str(Body.CPPCC)])),
            "indicator": pa.Column(str, pa.Check.isin(list(catalogue.indicators))),
            "year_start": pa.Column(int, pa.Check.in_range(1949, 2100)),
            "year_end": pa.Column(int, pa.Check.in_range(1949, 2100)),
            "year": pa.Column("Int64", nullable=True),
            "value": pa.Column(float, pa.Check.ge(0)),
            "unit": pa.Column(str),
            "unit_text": pa.Column(str),
            "qualifier": pa.Column(str, one_of(Qualifier)),
            "status": pa.Column(str, one_of(Status)),
            "method": pa.Column(str, one_of(Method)),
            "preferred": pa.Column(bool),
            "note": pa.Column(str),
            "sentence": pa.Column(str, pa.Check.str_length(min_value=1)),
            "start": pa.Column(int, pa.Check.ge(0)),
            "end": pa.Column(int),
            "figure": pa.Column(str, pa.Check.str_length(min_value=1)),
            "figure_start": pa.Column(int),
            "figure_end": pa.Column(int),
            "rule": pa.Column(str),
            "published": pa.Column(str, pa.Check.str_matches(r"^(\d{4}-\d{2}-\d{2})?$")),
        },
        checks=[
            pa.Check(lambda t: t["year_start"] <= t["year_end"], name="years in order"),
            pa.Check(
                lambda t: (t["start"] <= t["figure_start"]) & (t["figure_end"] <= t["end"]),
                name="figure inside its sentence",
            ),
            pa.Check(
                lambda t: ~t["indicator"].isin(percent) | (t["value"] <= 100),
                name="percentages up to 100",
            ),
            pa.Check(
                lambda t: ~(t["preferred"] & t.duplicated([*KEY, "preferred"])),
                name="one preferred figure a key",
            ),
        ],
        strict=True,
        ordered=True,
    )


def check(table: pd.DataFrame, catalogue: Catalogue) -> None:
    """Check the table against the schema. Raises CheckError naming check and rows."""
    try:
        schema(catalogue).validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        breaks = []
        for (name, column), group in cases.groupby(["check", "column"], dropna=False, sort=False):
            rows = sorted({int(i) for i in group["index"].dropna()})
            if rows:
                named = ", ".join(table["fact_id"].iloc[rows[:10]].astype(str))
            else:
                named = ", ".join(sorted({str(case) for case in group["failure_case"]}))
            breaks.append((str(name), str(column), named))
        raise CheckError(breaks) from errors


def inconsistencies(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Figures of one report that contradict each other, as (fact_id, note in Chinese).

    Contradictions are shown, not thrown away: the report itself may be wrong.
    """
    report = ["document", "area", "body", "year_start", "year_end", "status"]
    compared = table["preferred"] & table["indicator"].isin(_COMPARED)
    shown = table.loc[compared, [*report, "indicator", "fact_id", "value", "qualifier"]]
    figures: dict[tuple[object, ...], dict[str, _Figure]] = defaultdict(dict)
    exact = shown["qualifier"] == str(Qualifier.EXACT)
    for key, indicator, *figure in zip(
        zip(*(shown[name] for name in report), strict=True),
        shown["indicator"],
        shown["fact_id"],
        shown["value"],
        exact,
        strict=True,
    ):
        figures[key][indicator] = _Figure(*figure)
    notes: list[tuple[str, str]] = []
    for stated in figures.values():
        for indicators, problem in _contradictions(stated):
            notes += [(stated[indicator].fact_id, problem) for indicator in indicators]
    return notes


def _contradictions(stated: Mapping[str, _Figure]) -> Iterator[tuple[tuple[str, ...], str]]:
    """The indicators of one report that can't all be right, and why (in Chinese)."""
    received, filed = stated.get(_RECEIVED), stated.get(_FILED)
    if received and filed and filed.value > received.value:
        yield (
            (_RECEIVED, _FILED),
            f"立案{filed.value:g}件多于收到{received.value:g}件，请核对原文",
        )
    involved = (_WHOLES[0] if _WHOLES[0] in stated else _WHOLES[1], *_PARTS)
    if all(indicator in stated and stated[indicator].exact for indicator in involved):
        whole, resolved, progress = (stated[indicator].value for indicator in involved)
        rest = whole - resolved - progress
        told = f"已解决{resolved:g}件与正在解决{progress:g}件之和"
        if rest < 0:
            yield involved, f"{told}大于总数{whole:g}件，请核对原文"
        elif rest > 0:
            # 因条件限制、留作参考: many reports have a third class, so this may be right.
            yield involved, f"{told}比总数{whole:g}件少{rest:g}件，或另有一类，请核对原文"
