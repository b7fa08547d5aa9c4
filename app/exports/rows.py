"""The tidy table within a selection: its rows, what is missing, in codes or in words."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from app import evidence
from app import format as fmt
from app.comparison import yearly_years
from app.data import CANDIDATE, Table
from app.exports.model import Scope
from app.selection import Selection
from app.states import GLYPHS, State, missing_key
from app.text import Text
from etl.errors import InputError

STATE = "state"
CANDIDATE_STATE = "candidate"
_GLYPHS: Mapping[str, str] = {str(state): glyph for state, glyph in GLYPHS.items()} | {
    CANDIDATE_STATE: "？"
}
_WHOLE = ("year_start", "year_end", "year", "start", "end", "figure_start", "figure_end")
_CODED = ("body", "qualifier", "status", "method", "area_level", STATE)


def of_scope(scope: Scope) -> pd.DataFrame:
    """The rows of the scope: the columns of the table with `state` in front.

    Plans and totals over years are in where their years touch the chosen ones. A missing
    combination (area, indicator, year) has no value and a state that says why; what is seen and
    counted nowhere (待核) has the state "candidate", and a column `doubt` at the end.
    """
    table, chosen = scope.table, scope.selection
    if scope.everything:
        figures = table.facts
        gaps = [missing(table, whole, _indicators(table, whole)) for whole in _wholes(scope)]
    else:
        figures = table.rows(chosen.body, scope.indicators, chosen.areas)
        figures = figures[_inside(figures, chosen)]
        if not scope.with_kept:
            figures = figures[figures["preferred"].to_numpy(dtype=bool)]
        gaps = [missing(table, chosen, scope.indicators)] if scope.with_missing else []
    out = figures.copy(deep=False)
    out.insert(0, STATE, State.REPORTED.value)
    columns = list(out.columns)
    extra = [gap.reindex(columns=columns) for gap in gaps if len(gap)]
    if scope.with_candidates and len(seen := _candidates(scope)):
        columns.append("doubt")
        extra.append(seen.assign(**{STATE: CANDIDATE_STATE}).reindex(columns=columns))
    if extra:
        plain = [_uncategorised(part) for part in (out, *extra)]
        out = pd.concat([part for part in plain if len(part)], ignore_index=True)
        out = out.astype(dict.fromkeys(_WHOLE, "Int64"))
    out = search(out.reindex(columns=columns), table, scope.query)
    return out.reset_index(drop=True)


def for_file(scope: Scope) -> pd.DataFrame:
    """The rows of the scope; raises InputError where there is none, rather than an empty file."""
    found = of_scope(scope)
    if found.empty:
        raise InputError("no_rows")
    return found


def _wholes(scope: Scope) -> list[Selection]:
    """For each body of the table, the selection of all that it has; none without missing rows."""
    table = scope.table
    bodies = table.bodies() if scope.with_missing else ()
    return [
        replace(scope.selection, body=body, areas=tuple(table.areas),
                first=table.years(body)[0], last=table.years(body)[-1])
        for body in bodies
    ]  # fmt: skip


def _indicators(table: Table, chosen: Selection) -> tuple[str, ...]:
    return tuple(i.id for i in table.indicators_for(chosen.body))


def _inside(rows: pd.DataFrame, chosen: Selection) -> npt.NDArray[np.bool_]:
    planned = (rows["status"] == "planned").astype("int64")
    inside = (rows["year_start"] - planned <= chosen.last) & (rows["year_end"] >= chosen.first)
    return inside.to_numpy(dtype=bool)


def _candidates(scope: Scope) -> pd.DataFrame:
    rows, chosen = scope.table.candidates, scope.selection
    if scope.everything:
        return rows
    wanted = (
        _inside(rows, chosen)
        & (rows["body"] == chosen.body).to_numpy(dtype=bool)
        & rows["indicator"].isin(scope.indicators).to_numpy(dtype=bool)
        & rows["area_code"].isin(chosen.areas).to_numpy(dtype=bool)
    )
    return rows[wanted]


def _uncategorised(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(
        {c: "object" for c in frame if isinstance(frame[c].dtype, pd.CategoricalDtype)}
    )


def search(frame: pd.DataFrame, table: Table, query: str) -> pd.DataFrame:
    """The rows with every word of the query in indicator, area, sentence, document or year."""
    parts = query.casefold().split()
    if not parts or frame.empty:
        return frame
    names = {i.id: f"{i.name_zh} {i.name_en}" for i in table.indicators.values()}
    columns = ("area", "sentence", "document", "article", "figure", "year")
    haystack = frame["indicator"].astype("object").map(names).fillna("")
    for name in columns:
        haystack = (
            haystack
            + " "
            + frame[name].astype("object").map(lambda v: "" if pd.isna(v) else str(v))
        )
    haystack = haystack.str.casefold()
    found = pd.Series(True, index=frame.index)
    for part in parts:
        found &= haystack.str.contains(part, regex=False)
    return frame[found.to_numpy(dtype=bool)].reset_index(drop=True)


def for_screen(frame: pd.DataFrame, table: Table, words: Text) -> pa.Table:
    """The columns of the data page, as text: the number with its sign, the years as a period.

    In the form in which they are sent to the browser.
    """

    def texts(column: str) -> list[str]:
        return ["" if pd.isna(text) else str(text) for text in frame[column]]

    def named(column: str, group: str) -> list[str]:
        return [text and words(f"{group}.{text}") for text in texts(column)]

    years = zip(frame["year_start"], frame["year_end"], strict=True)
    values = zip(frame["value"], frame["qualifier"], strict=True)
    shown = {
        "state": [f"{_GLYPHS[s]} {words(f'state.{s}')}" for s in frame[STATE]],
        "area": texts("area"),
        "indicator": [evidence.name_of(table.indicators[i], words) for i in frame["indicator"]],
        "years": [fmt.years(int(first), int(last), words) for first, last in years],
        "value": ["" if pd.isna(v) else fmt.value(float(v), str(q), words) for v, q in values],
        "unit": [fmt.unit_name(unit, words) for unit in texts("unit")],
        "status": named("status", "status"),
        "method": named("method", "method"),
        **({"doubt": texts("doubt")} if "doubt" in frame else {}),
        "sentence": texts("sentence"),
        "document": texts("document"),
    }
    return pa.table({words(f"column.{name}"): column for name, column in shown.items()})


def key_of(row: pd.Series) -> str:
    """The key of a row's evidence: the fact's id, or the key of the missing cell."""
    if row[STATE] == State.REPORTED:
        return str(row["fact_id"])
    if row[STATE] == CANDIDATE_STATE:
        return CANDIDATE + str(row["fact_id"])
    return missing_key(row["area_code"], row["body"], row["indicator"], int(row["year"]))


def missing(table: Table, chosen: Selection, indicators: Iterable[str]) -> pd.DataFrame:
    """A row for each missing area × indicator × year of the selection; the states are states.cells'.

    A row has a state (undisclosed, no_document), the place, the year, the document that was looked
    at, and no value. Whole columns are worked on, not cells: 300 cities have a million of these.
    """
    areas = [table.areas[code] for code in chosen.areas]
    codes = pd.Index([area.code for area in areas], dtype=object)
    looked_at: dict[tuple[int, int], str] = {}
    for place, area in enumerate(areas):
        reports = table.reports_of(area.code, chosen.body)
        for report in sorted(reports, key=lambda r: r.year_end - r.year_start):
            for year in range(report.year_start, report.year_end + 1):
                looked_at.setdefault((place, year), report.document)
    common = yearly_years(table, chosen)
    parts = []
    for indicator in indicators:
        described = table.indicators[indicator]
        if described.planned or chosen.body not in described.bodies:
            continue
        stated = _stated(table.rows(chosen.body, [indicator], chosen.areas), chosen)
        years = np.array(sorted({*common, *stated["year"]}), dtype="int64")
        given = np.zeros((len(areas), len(years)), dtype=bool)
        given[
            codes.get_indexer(pd.Index(stated["area_code"].astype("object"))),
            np.searchsorted(years, stated["year"].to_numpy(dtype="int64")),
        ] = True
        places, columns = np.nonzero(~given)
        parts.append(
            pd.DataFrame({"place": places, "year": years[columns], "indicator": indicator})
        )
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    if found.empty:
        return found
    documents = [looked_at.get(cell) for cell in zip(found["place"], found["year"], strict=True)]
    units = {i: table.indicators[i].unit for i in found["indicator"].unique()}
    return pd.DataFrame(
        {
            STATE: [State.NO_DOCUMENT.value if d is None else State.UNDISCLOSED.value
                    for d in documents],
            "document": [d or "" for d in documents],
            "area": np.array([a.name for a in areas], dtype=object)[found["place"]],
            "area_code": codes.to_numpy()[found["place"]],
            "area_level": np.array([a.level for a in areas], dtype=object)[found["place"]],
            "body": chosen.body,
            "indicator": found["indicator"],
            "year_start": found["year"],
            "year_end": found["year"],
            "year": found["year"],
            "unit": found["indicator"].map(units),
        }
    ).astype({"year": "Int64", "year_start": "Int64", "year_end": "Int64"})  # fmt: skip


def _stated(rows: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """The preferred yearly figures within the chosen years: those that fill a cell."""
    return rows[
        rows["preferred"].to_numpy(dtype=bool)
        & (rows["status"] == "actual").to_numpy(dtype=bool)
        & rows["year"].between(chosen.first, chosen.last).fillna(False).to_numpy(dtype=bool)
    ]


def in_words(frame: pd.DataFrame, table: Table, words: Text) -> pd.DataFrame:
    """Codes and column names of the frame in the language of the screen."""
    out = frame.copy(deep=False)
    for name in _CODED:
        if name in out:
            out[name] = _translated(out[name], {v: words.either(f"{_GROUP[name]}.{v}", str(v))
                                                for v in out[name].dropna().unique()})  # fmt: skip
    if "preferred" in out:
        yes, no = words("yes"), words("no")
        out["preferred"] = [None if pd.isna(v) else (yes if v else no) for v in out["preferred"]]
    if "indicator" in out:
        names = {i.id: i.name_zh if words.chinese else i.name_en for i in table.indicators.values()}
        place = list(out.columns).index("indicator")
        out.insert(place + 1, "indicator_id", out["indicator"])
        out["indicator"] = _translated(out["indicator"], names)
    return out.rename(columns={c: words.either(f"column.{c}", c) for c in out.columns})


_GROUP = {
    "body": "body", "qualifier": "qualifier.name", "status": "status", "method": "method",
    "area_level": "level", STATE: "state",
}  # fmt: skip


def _translated(column: pd.Series, names: Mapping[Any, str]) -> pd.Series:
    return pd.Series([None if pd.isna(v) else names.get(v, v) for v in column], index=column.index)
