"""Rows → CSV that Excel, WPS and pandas open rightly: byte-order mark, CRLF line ends, no formulas."""

import pandas as pd

from app.exports import names, rows
from app.exports.cells import safe_frame
from app.exports.model import Export, Scope


def encode(frame: pd.DataFrame) -> bytes:
    """The frame as CSV in UTF-8 with byte-order mark; missing values are empty cells."""
    return safe_frame(frame).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def offer(scope: Scope) -> Export:
    """The tidy rows of the scope, in words."""
    table, words = scope.table, scope.words

    def make() -> bytes:
        frame = rows.of_scope(scope, with_missing=True)
        return encode(rows.in_words(frame, table, words))

    return Export(
        key="csv",
        label=words("exports.csv"),
        file_name=names.of_scope(scope, "csv"),
        mime="text/csv",
        make=make,
        note=words("exports.csv_note"),
    )
