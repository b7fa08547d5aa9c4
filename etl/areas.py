"""The administrative divisions of China of areas.csv: provinces, prefectures and counties.

GB/T 2260 codes and names, in force or given up since 2008; where they come from stands in
data/catalogue/SOURCES.md.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from etl.errors import CatalogueError
from etl.model import AreaLevel

AREAS_FILE = "areas.csv"
COLUMNS = ("code", "name", "short_name", "level", "parent_code", "note", "until", "successor")
LEVEL_ORDER: Mapping[AreaLevel, int] = {
    AreaLevel.PROVINCE: 0,
    AreaLevel.CITY: 1,
    AreaLevel.COUNTY: 2,
}


class Area(NamedTuple):
    """An administrative division of the county level or above.

    `short_name` is empty where the rest of the name is one character or an
    everyday word. `parent_code` is empty for a province; a county that no
    prefecture governs (a district of 北京, 济源) has its province as parent.
    `until` is the year of the decision that ended the division or its code, None
    while it is in force; `successor` the code in force of the one division that
    took over all or most of it, else empty.
    """

    code: str
    name: str
    short_name: str
    level: AreaLevel
    parent_code: str
    note: str
    until: int | None = None
    successor: str = ""

    @property
    def in_force(self) -> bool:
        """Whether the division exists today under this code and name."""
        return self.until is None


def read(path: Path) -> list[Area]:
    """The areas of the file, in its order.

    Raises CatalogueError for a missing file, a malformed line, a code given twice, or a parent or
    successor that does not fit.
    """
    areas: list[Area] = []
    lines: dict[tuple[str, str], int] = {}
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path.name, "", "", "unopened", detail=error) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise CatalogueError(path.name, "line 1", "", "columns", known=",".join(COLUMNS))
    for line, row in enumerate(rows[1:], start=2):
        if len(row) != len(COLUMNS):
            count = {"found": len(row), "expected": len(COLUMNS)}
            raise CatalogueError(path.name, f"line {line}", "", "fields", **count)
        area = _area(dict(zip(COLUMNS, row, strict=True)), path.name, f"line {line}")
        key = (area.code, "" if area.in_force else area.name)
        if key in lines:
            first = {"area": f"{area.code} {area.name}", "line": lines[key]}
            raise CatalogueError(path.name, f"line {line}", "code", "area_twice", **first)
        lines[key] = line
        areas.append(area)
    _check_links(areas, list(lines.values()), path.name)
    return areas


def _area(row: Mapping[str, str], file: str, line: str) -> Area:
    """One line of areas.csv, checked by itself."""
    code, name, short, until = row["code"], row["name"], row["short_name"], row["until"]
    if not re.fullmatch(r"[1-9][0-9]{5}", code):
        raise CatalogueError(file, line, "code", "area_code", value=code)
    level = _level(code)
    if row["level"] != level:
        both = {"value": row["level"], "code": code, "level": str(level)}
        raise CatalogueError(file, line, "level", "area_level", **both)
    if len(name) < 2 or len(short) == 1 or not name.startswith(short):
        raise CatalogueError(file, line, "short_name", "area_short", value=short, name=name)
    if until and not re.fullmatch(r"20[0-9]{2}", until):
        raise CatalogueError(file, line, "until", "area_until", value=until)
    if row["successor"] and not until:
        raise CatalogueError(file, line, "successor", "area_in_force", name=name)
    ended = int(until) if until else None
    return Area(code, name, short, level, row["parent_code"], row["note"], ended, row["successor"])


def _check_links(areas: list[Area], lines: list[int], file: str) -> None:
    """Parents and successors must exist; a parent has the level and the prefix for it."""
    levels = {a.code: a.level for a in areas}
    in_force = {a.code for a in areas if a.in_force}
    for area, number in zip(areas, lines, strict=True):
        line, parent = f"line {number}", levels.get(area.parent_code)
        if area.level is AreaLevel.PROVINCE:
            fits = not area.parent_code
        elif parent is None or LEVEL_ORDER[parent] >= LEVEL_ORDER[area.level]:
            fits = False
        else:
            fits = area.code.startswith(area.parent_code[: 4 if parent is AreaLevel.CITY else 2])
        if not fits:
            both = {"value": area.parent_code, "area": f"{area.code} {area.name}"}
            raise CatalogueError(file, line, "parent_code", "area_parent", **both)
        if area.successor and area.successor not in in_force:
            raise CatalogueError(file, line, "successor", "area_successor", value=area.successor)


def _level(code: str) -> AreaLevel:
    if code.endswith("0000"):
        return AreaLevel.PROVINCE
    return AreaLevel.CITY if code.endswith("00") else AreaLevel.COUNTY
