"""Tables with a column a year: of each row, what is read is its label, its unit and the newest year's figure.

On a page white space falls away, and the figures of a row would run into one. A table is known by its
head (项目 单位 2020年 2019年); it is left as it is where anything but label and unit stands before the
newest year's column, for then its figures can't be told apart with certainty. The other years' figures
are for the reports of those years to tell.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.lines import Line

_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?度?(?:数|数据|完成|实绩)?")
_UNIT_COLUMN = re.compile("(?:计量)?单位")
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?[%％]?")
_UNIT = re.compile(r"[^0-9]{1,4}")
_FEWEST_COLUMNS = 3


def newest_year(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines of a document (`text`), the rows of such tables cut behind their newest year's figure."""
    result: list[Line] = []
    column: int | None = None
    for line in lines:
        if column is None and len(line.words) < _FEWEST_COLUMNS:
            result.append(line)
            continue
        cells = [text[a:b] for a, b in line.words]
        head = _newest_column(cells)
        if head is not None:
            column = head
        elif column is not None and _is_row(cells, column):
            result.append(_cut(line, cells, column))
            continue
        elif column is not None and len(cells) < column + 1:
            column = None
        result.append(line)
    return result


def _newest_column(cells: Sequence[str]) -> int | None:
    """Where a head of a table has its newest year, if only a label and a unit stand before it."""
    if len(cells) < _FEWEST_COLUMNS or any(mark in "".join(cells) for mark in "，。；"):
        return None
    years = {i: int(m[1]) for i, cell in enumerate(cells) if (m := _YEAR.fullmatch(cell))}
    if len(years) < 2 or 0 in years:
        return None
    newest = max(years, key=lambda i: years[i])
    if newest != min(years):
        return None
    if newest == 1 or (newest == 2 and _UNIT_COLUMN.fullmatch(cells[1])):
        return newest
    return None


def _is_row(cells: Sequence[str], column: int) -> bool:
    """Whether a line has a label, a unit where the head has one, and a number in the newest year's column."""
    if len(cells) <= column or not _NUMBER.fullmatch(cells[column]):
        return False
    before = cells[:column]
    return not _NUMBER.fullmatch(before[0]) and all(map(_UNIT.fullmatch, before[1:]))


def _cut(line: Line, cells: Sequence[str], column: int) -> Line:
    kept = "".join(cells[: column + 1])
    return replace(line, words=line.words[: column + 1], text=kept, item=True)
