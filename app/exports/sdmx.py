"""Rows → SDMX-CSV 2.0, with OBS_STATUS of the SDMX code list CL_OBS_STATUS 2.2.

Columns as the SDMX-CSV 2.0 field guide has them: STRUCTURE, STRUCTURE_ID, ACTION, then dimensions,
OBS_VALUE and attributes. A rounded figure (4300余) stays status A: E would claim an estimation
method. Its qualifier and bounds stand beside it, its wording in COMMENT_OBS. A missing figure has
no value and status O (未披露: reason unspecified), L (无文件: exists, not collected) or M (不适用).
UTF-8 without byte-order mark: readers look for STRUCTURE as the first characters.
"""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from app.exports import names, rows
from app.exports.cells import safe_frame
from app.exports.model import Export, Scope
from app.states import State
from app.text import Text

DATAFLOW = "LVZHI:DF_PERFORMANCE(1.0.0)"
DIMENSIONS = ("FREQ", "REF_AREA", "REPORTING_BODY", "INDICATOR", "NATURE", "TIME_PERIOD")
MISSING: Mapping[str, str] = {
    State.UNDISCLOSED.value: "O", State.NO_DOCUMENT.value: "L", State.NOT_APPLICABLE.value: "M",
}  # fmt: skip
_LOWER, _UPPER = ("exact", "at_least"), ("exact", "at_most")


def offer(scope: Scope) -> Export:
    """The preferred figures of the scope, and what is missing where the scope asks for it."""
    words = scope.words
    return Export(
        key="sdmx",
        label=words("exports.sdmx"),
        file_name=names.of_scope(scope, "csv", "SDMX"),
        mime="application/vnd.sdmx.data+csv; version=2.0.0",
        make=lambda: encode(scope),
        note=words("exports.sdmx_note"),
    )


def encode(scope: Scope) -> bytes:
    """The file. One observation a key: kept figures (备查) and candidates (待核) are left out."""
    frame = rows.for_file(replace(scope, with_candidates=False))
    frame = frame[frame["preferred"].astype("boolean").fillna(True).to_numpy(dtype=bool)]
    out = safe_frame(observations(frame, scope.words))
    return out.to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def observations(frame: pd.DataFrame, words: Text) -> pd.DataFrame:
    """Rows with a state → the columns of SDMX-CSV; all but OBS_VALUE and the bounds are text."""
    state = frame[rows.STATE].astype("object")
    reported = state == State.REPORTED.value
    value = [_number(v) for v in frame["value"]]
    qualifier = frame["qualifier"].astype("object").where(reported, "")
    years = list(zip(frame["year_start"], frame["year_end"], strict=True))
    said = [words(f"state.{s}.meaning") for s in state]
    return pd.DataFrame(
        {
            "STRUCTURE": "dataflow",
            "STRUCTURE_ID": DATAFLOW,
            "ACTION": "I",
            "FREQ": "A",
            "REF_AREA": frame["area_code"].astype("object"),
            "REPORTING_BODY": frame["body"].astype("object"),
            "INDICATOR": frame["indicator"].astype("object"),
            "NATURE": frame["status"].astype("object").where(reported, "actual"),
            "TIME_PERIOD": [str(a) if a == b else f"{a}-01-01/P{b - a + 1}Y" for a, b in years],
            "OBS_VALUE": value,
            "OBS_STATUS": [MISSING.get(s, "A") for s in state],
            "UNIT_MEASURE": frame["unit"].astype("object"),
            "UNIT_MULT": "0",
            "QUALIFIER": qualifier,
            "LOWER_BOUND": [v if q in _LOWER else "" for v, q in zip(value, qualifier, strict=True)],
            "UPPER_BOUND": [v if q in _UPPER else "" for v, q in zip(value, qualifier, strict=True)],
            "COLLECTION": frame["method"].astype("object").where(reported, ""),
            "COMMENT_OBS": frame["sentence"].astype("object").where(reported, pd.Series(said, frame.index)),
            "SOURCE": frame["document"].astype("object").fillna(""),
            "FACT_ID": frame["fact_id"].astype("object").where(reported, ""),
        },
        index=frame.index,
    )  # fmt: skip


def _number(value: float | None) -> str:
    if value is None or pd.isna(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))
