"""The tidy table within a selection: its rows, what is missing, in codes or in words."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app import evidence
from app import format as fmt
from app.comparison import yearly_years
from app.data import CANDIDATE, Area, Table
from app.exports.model import Scope
from app.selection import Selection
from app.states import GLYPHS, State, cells, missing_key
from app.text import Text

STATE = "state"
CANDIDATE_STATE = "candidate"
_GLYPHS: Mapping[str, str] = {str(state): glyph for state, glyph in GLYPHS.items()} | {
    CANDIDATE_STATE: "？"
}
_CODED = ("body", "qualifier", "status", "method", "area_level", STATE)


def selected(
    table: Table,
    chosen: Selection,
    with_missing: bool = False,
    with_kept: bool = False,
    with_candidates: bool = False,
) -> pd.DataFrame:
    """The rows of the selection with a column `state` in front.

    Plans and totals over years are in where their years touch the chosen ones. `with_kept`
    adds figures that charts do not use (备查), `with_missing` a row for each missing combination,
    `with_candidates` what is seen and counted nowhere (待核), with a column `doubt` at the end.
    """
    wanted = [i.id for i in table.indicators_for(chosen.body)]
    wanted = [i for i in wanted if i in chosen.listed] or wanted
    rows = table.rows(chosen.body, wanted, chosen.areas)
    rows = rows[_inside(rows, chosen)]
    if not with_kept:
        rows = rows[rows["preferred"].to_numpy(dtype=bool)]
    if with_missing:
        out = _with_missing(rows, table, chosen, wanted)
    else:
        out = rows.copy(deep=False)
        out.insert(0, STATE, State.REPORTED.value)
    if with_candidates:
        out = _with_candidates(out, table, chosen, wanted)
    return out.reset_index(drop=True)


def of_scope(scope: Scope, with_missing: bool) -> pd.DataFrame:
    """The preferred rows of the scope, as `selected` gives them."""
    chosen = replace(scope.selection, listed=scope.indicators)
    return selected(scope.table, chosen, with_missing=with_missing)


def _inside(rows: pd.DataFrame, chosen: Selection) -> npt.NDArray[np.bool_]:
    planned = (rows["status"] == "planned").astype("int64")
    inside = (rows["year_start"] - planned <= chosen.last) & (rows["year_end"] >= chosen.first)
    return inside.to_numpy(dtype=bool)


def _with_candidates(
    shown: pd.DataFrame, table: Table, chosen: Selection, wanted: Sequence[str]
) -> pd.DataFrame:
    """`shown` with the candidates of the selection, which have a state of their own and a doubt."""
    rows = table.candidates
    rows = rows[
        _inside(rows, chosen)
        & (rows["body"] == chosen.body).to_numpy(dtype=bool)
        & rows["indicator"].isin(wanted).to_numpy(dtype=bool)
        & rows["area_code"].isin(chosen.areas).to_numpy(dtype=bool)
    ]
    extra = rows.assign(**{STATE: CANDIDATE_STATE}).reindex(columns=[*shown.columns, "doubt"])
    plain = _uncategorised(shown).assign(doubt=None)
    return pd.concat([plain, _uncategorised(extra)], ignore_index=True) if len(rows) else plain


def _uncategorised(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.astype(
        {c: "object" for c in frame if isinstance(frame[c].dtype, pd.CategoricalDtype)}
    )


def search(frame: pd.DataFrame, table: Table, query: str, words: Text) -> pd.DataFrame:
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


def for_screen(frame: pd.DataFrame, table: Table, words: Text) -> pd.DataFrame:
    """The columns of the data page, as text: the number with its sign, the years as a period."""
    out = pd.DataFrame(index=frame.index)
    out["state"] = [f"{_GLYPHS[s]} {words(f'state.{s}')}" for s in frame[STATE].astype("object")]
    out["area"] = frame["area"].astype("object")
    out["indicator"] = [
        evidence.name_of(table.indicators[i], words) for i in frame["indicator"].astype("object")
    ]
    out["years"] = [
        fmt.years(int(a), int(b), words)
        for a, b in zip(frame["year_start"], frame["year_end"], strict=True)
    ]
    out["value"] = [
        "" if pd.isna(v) else fmt.value(float(v), str(q), words)
        for v, q in zip(frame["value"], frame["qualifier"].astype("object"), strict=True)
    ]
    out["unit"] = [fmt.unit_name(str(u), words) for u in frame["unit"]]
    for name, group in (("status", "status"), ("method", "method")):
        out[name] = [
            "" if pd.isna(v) else words(f"{group}.{v}") for v in frame[name].astype("object")
        ]
    out["sentence"] = frame["sentence"].astype("object").where(frame["sentence"].notna(), "")
    out["document"] = frame["document"].astype("object").where(frame["document"].notna(), "")
    if "doubt" in frame:
        doubt = frame["doubt"].astype("object")
        out.insert(list(out).index("sentence"), "doubt", doubt.where(frame["doubt"].notna(), ""))
    return out.rename(columns={name: words(f"column.{name}") for name in out.columns})


def key_of(row: pd.Series) -> str:
    """The key of a row's evidence: the fact's id, or the key of the missing cell."""
    if row[STATE] == State.REPORTED:
        return str(row["fact_id"])
    if row[STATE] == CANDIDATE_STATE:
        return CANDIDATE + str(row["fact_id"])
    return missing_key(row["area_code"], row["body"], row["indicator"], int(row["year"]))


def _with_missing(
    shown: pd.DataFrame, table: Table, chosen: Selection, wanted: Sequence[str]
) -> pd.DataFrame:
    """`shown` with a column `state`, and a row for each missing area × indicator × year.

    Such rows have a state (undisclosed, no_document), the place, the year and no value.
    """
    out = shown.copy(deep=False)
    out.insert(0, STATE, State.REPORTED.value)
    rows = []
    for indicator in wanted:
        if table.indicators[indicator].planned:
            continue
        figures = [f for f in table.figures(chosen.body, indicator, chosen.areas) if f.preferred]
        years = yearly_years(table, chosen, figures)
        for cell in cells(table, chosen.areas, chosen.body, indicator, years):
            if cell.state in (State.UNDISCLOSED, State.NO_DOCUMENT):
                rows.append(_missing_row(cell.area, table.areas[cell.area], chosen.body, indicator,
                                         table.indicators[indicator].unit, cell.year,
                                         cell.state.value,
                                         cell.report.document if cell.report else ""))  # fmt: skip
    if not rows:
        return out
    extra = pd.DataFrame(rows)
    plain = _uncategorised(out)
    return pd.concat([plain, extra.reindex(columns=plain.columns)], ignore_index=True)


def _missing_row(
    code: str,
    area: Area,
    body: str,
    indicator: str,
    unit: str,
    year: int,
    state: str,
    document: str,
) -> dict[str, object]:
    return {
        STATE: state, "document": document, "area": area.name, "area_code": code,
        "area_level": area.level, "body": body, "indicator": indicator, "year_start": year,
        "year_end": year, "year": year, "unit": unit,
    }  # fmt: skip


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
