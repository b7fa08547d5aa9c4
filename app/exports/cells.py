"""Text on its way into a file: no formula for a spreadsheet, nothing that XML can't carry.

Text that a spreadsheet would read as a formula gets an apostrophe in front (OWASP ASVS 1.2.10,
CWE-1236); numbers stay numbers.
"""

import re

import pandas as pd

_FORMULA = re.compile(r"[\s\x00]*[=+\-@|%＝＋－＠\t\r\n\x00]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The text without control characters and other code points that XML 1.0 forbids."""
    return _CONTROL.sub("", text) if _CONTROL.search(text) else text


def safe(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; anything but text is returned as it is."""
    if not isinstance(cell, str):
        return cell
    cell = plain(cell)
    # A sign on its own, as the unit %, is no formula.
    if len(cell) > 1 and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def safe_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with all text, names of columns too, made safe; missing text is None."""
    out = frame.copy(deep=False)
    for name in out.columns:
        if not pd.api.types.is_numeric_dtype(out[name].dtype):
            out[name] = pd.Series([safe(v) for v in out[name]], index=out.index, dtype="object")
    out.columns = [str(safe(str(name))) for name in out.columns]
    return out
