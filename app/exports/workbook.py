"""A workbook of XlsxWriter with our looks: fonts, formats and safe text in one place.

A workbook of many rows is put together in files, not in memory.
Sentences never become formulas or links; what XML can't carry is dropped (app.exports.cells).
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from app.exports.cells import plain
from app.exports.xlsx_rows import Rows
from app.text import Text

# Excel's limits: characters of a cell, of a sheet's name, links of a sheet, points of a row.
CELL, SHEET_NAME, LINKS, ROW = 32_767, 31, 65_530, 409.0
_A4 = 9
_LINE = 15.0

HEAD_FONT, BODY_FONT = "Microsoft YaHei", "SimSun"
_BASE: Mapping[str, Any] = {"font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter"}
_BORDER: Mapping[str, Any] = {"border": 1, "border_color": "#9AA5B1"}
STYLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_name": HEAD_FONT, "font_size": 16, "bold": True, "align": "center"},
    "scope": {"font_name": BODY_FONT, "font_color": "#52606D"},
    "unit": {"align": "right"},
    "heading": {"font_name": HEAD_FONT, "font_size": 12, "bold": True},
    "head": {"font_name": HEAD_FONT, "bold": True, "align": "center", "text_wrap": True,
             "bg_color": "#E4ECF4", **_BORDER},
    "label": {"text_wrap": True, "indent": 1, **_BORDER},
    "center": {"align": "center", **_BORDER},
    "number": {"align": "right", "indent": 1, **_BORDER},
    "missing": {"align": "right", "indent": 1, "font_color": "#6B7280", **_BORDER},
    "text": {"text_wrap": True, "valign": "top", **_BORDER},
    "note": {"text_wrap": True, "valign": "top"},
    "plain": {},
}  # fmt: skip


class Book:
    """A workbook in memory; `content` is the file once it is closed."""

    def __init__(self, words: Text, many_rows: bool) -> None:
        self._target = BytesIO()
        self.words = words
        self._formats: dict[tuple[str, str], Format] = {}
        self.file = xlsxwriter.Workbook(
            self._target,
            {
                "in_memory": not many_rows,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "nan_inf_to_errors": False,
            },
        )

    def style(self, name: str, number: str = "") -> Format:
        """The format of a style, with a number format."""
        key = name, number
        if key not in self._formats:
            more = {"num_format": number} if number else {}
            self._formats[key] = self.file.add_format({**_BASE, **STYLES[name], **more})
        return self._formats[key]

    def sheet(self, name: str) -> Rows:
        """A new sheet, set up to be printed on A4 in landscape with page numbers."""
        sheet: Rows = self.file.add_worksheet(name[:SHEET_NAME], Rows)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{self.words('app.title')}&C{self.words('exports.page')}&R&D")
        sheet.hide_gridlines(2)
        return sheet

    def close(self, properties: Mapping[str, Any]) -> None:
        """Put the file together; nothing can be written any more."""
        self.file.set_properties(dict(properties))
        self.file.close()

    @property
    def content(self) -> bytes:
        """The file, once the workbook is closed."""
        return self._target.getvalue()


def text(value: str, more: str) -> str:
    """Text that a cell can hold: what is beyond Excel's limit is cut, and `more` says so."""
    kept = plain(value)
    return kept if len(kept) <= CELL else kept[: CELL - len(more)] + more


def width(label: str) -> int:
    """The width of a text in columns of a Latin character; a Chinese one takes two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in label)


def height(label: str, columns: float) -> float:
    """The height of a row that shows all of a wrapped text in `columns` columns."""
    lines = sum(max(1, -(-width(line) // max(1, int(columns)))) for line in label.split("\n"))
    return _LINE * lines + 3
