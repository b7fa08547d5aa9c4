"""data/reference → denominators; a figure and its denominator → a rate: 每十万人, 每百名代表.

Decisions: one comparison uses one definition. Where each figure has the resident population at the
end of its own year, that is the denominator; else it is the latest census for all, and the rate
names the census's year. Deputies (人大代表) and members (政协委员) count only for their own year.
Only counts have rates, never percentages. What has no denominator has no rate: another year's is
never borrowed. A lower bound stays a lower bound.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from etl.areas import AREAS_FILE
from etl.catalogue import Indicator
from etl.errors import CatalogueError, InputError
from etl.model import Kind

TOTAL, CAPITA, DEPUTY = MEASURES = ("total", "capita", "deputy")
POPULATION = "population.csv"
DEPUTIES = "deputies.csv"
PER: Mapping[str, int] = {CAPITA: 100_000, DEPUTY: 100}
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    POPULATION: ("area_code", "area", "year", "value", "definition", "source", "url"),
    DEPUTIES: ("area_code", "area", "body", "year", "value", "definition", "source", "url"),
}
_BODIES = ("npc", "cppcc")


class Basis(StrEnum):
    """What a denominator counts (column `definition`)."""

    CENSUS = "census"
    YEAR_END = "year_end"
    IN_OFFICE = "in_office"


_DEFINITIONS: Mapping[str, tuple[Basis, ...]] = {
    POPULATION: (Basis.CENSUS, Basis.YEAR_END),
    DEPUTIES: (Basis.IN_OFFICE,),
}


@dataclass(frozen=True, slots=True)
class Denominator:
    """One row of a reference file: `value` persons in `year`; `source` and `url` say who states it."""

    area: str
    body: str
    year: int
    value: int
    basis: Basis
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Rate:
    """`value` per PER[measure] persons; keeps the qualifier of its figure."""

    value: float
    measure: str
    denominator: Denominator


@dataclass(frozen=True)
class Reference:
    """The denominators by area, body ("" for population), basis and year; `problems` of the files."""

    rows: Mapping[tuple[str, str, Basis, int], Denominator] = field(default_factory=dict)
    problems: tuple[InputError, ...] = ()

    def population(self, area: str) -> Denominator | None:
        """The latest census of an area: what areas of the same size are found by."""
        return self._latest(area, Basis.CENSUS)

    def of(self, area: str, body: str, measure: str, basis: Basis, year: int) -> Denominator | None:
        """The denominator of one figure, or None where the files have none."""
        if basis is Basis.CENSUS:
            return self._latest(area, basis)
        return self.rows.get((area, body if measure == DEPUTY else "", basis, year))

    def basis(self, measure: str, body: str, cells: Iterable[tuple[str, int]]) -> Basis:
        """The one definition for all (area, year) that have a figure."""
        if measure == DEPUTY:
            return Basis.IN_OFFICE
        cells = list(cells)
        own = all((area, "", Basis.YEAR_END, year) in self.rows for area, year in cells)
        return Basis.YEAR_END if cells and own else Basis.CENSUS

    def _latest(self, area: str, basis: Basis) -> Denominator | None:
        return self._latest_rows.get((area, basis))

    @cached_property
    def _latest_rows(self) -> Mapping[tuple[str, Basis], Denominator]:
        ascending = sorted(self.rows.values(), key=lambda row: row.year)
        return {(row.area, row.basis): row for row in ascending}


NONE = Reference()


def measures_for(indicator: Indicator) -> tuple[str, ...]:
    """The measures that make sense for an indicator: a percentage or a plan has no rate."""
    return (TOTAL,) if indicator.kind is Kind.RATE or indicator.planned else MEASURES


def rate(value: float, measure: str, denominator: Denominator) -> Rate:
    """A count → its rate."""
    return Rate(value * PER[measure] / denominator.value, measure, denominator)


def load(folder: Path, catalogue: Path) -> Reference:
    """Read population.csv and deputies.csv of `folder`; a file that is not there has no rows.

    `catalogue` has areas.csv, which names and codes must agree with. A file with a mistake is left
    out and its mistake kept in `problems`.
    """
    names = _names(catalogue / AREAS_FILE)
    rows: dict[tuple[str, str, Basis, int], Denominator] = {}
    problems: list[InputError] = []
    for name in (POPULATION, DEPUTIES):
        if not (folder / name).is_file():
            continue
        try:
            rows |= read(folder / name, names)
        except InputError as error:
            problems.append(error)
    return Reference(rows, tuple(problems))


def read(path: Path, names: Mapping[str, str]) -> dict[tuple[str, str, Basis, int], Denominator]:
    """One reference file; `names` are the areas by code.

    Raises CatalogueError, which names file, line, column and remedy, for a wrong first line, an
    unknown area, body or definition, something that is no number, or a second row of the same key.
    """
    columns = _COLUMNS[path.name]
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path.name, "", "", "unopened", detail=error) from error
    if not lines or tuple(lines[0]) != columns:
        raise CatalogueError(path.name, "line 1", "", "columns", known=",".join(columns))
    found: dict[tuple[str, str, Basis, int], Denominator] = {}
    seen: dict[tuple[str, str, Basis, int], int] = {}
    for number, line in enumerate(lines[1:], start=2):
        if not any(line):
            continue
        place = f"line {number}"
        if len(line) != len(columns):
            counted = {"found": len(line), "expected": len(columns)}
            raise CatalogueError(path.name, place, "", "fields", **counted)
        row = _row(dict(zip(columns, line, strict=True)), names, path.name, place)
        key = (row.area, row.body, row.basis, row.year)
        if key in seen:
            raise CatalogueError(path.name, place, "year", "denominator_twice", line=seen[key])
        found[key], seen[key] = row, number
    return found


def _row(row: Mapping[str, str], names: Mapping[str, str], file: str, place: str) -> Denominator:
    code, area = row["area_code"], row["area"]
    if names.get(code) != area:
        raise CatalogueError(
            file,
            place,
            "area",
            "denominator_area",
            code=code,
            area=area,
            known=names.get(code, "–"),
        )
    body = row.get("body", "")
    if "body" in row and body not in _BODIES:
        raise CatalogueError(file, place, "body", "not_code", value=body, known=", ".join(_BODIES))
    known = _DEFINITIONS[file]
    if row["definition"] not in known:
        raise CatalogueError(
            file, place, "definition", "not_code", value=row["definition"], known=", ".join(known)
        )
    for name in ("year", "value"):
        if not (row[name].isascii() and row[name].isdecimal() and int(row[name]) > 0):
            raise CatalogueError(file, place, name, "denominator_number", value=row[name])
    for name in ("source", "url"):
        if not row[name].strip():
            raise CatalogueError(file, place, name, "denominator_source")
    return Denominator(
        area=code,
        body=body,
        year=int(row["year"]),
        value=int(row["value"]),
        basis=Basis(row["definition"]),
        source=row["source"],
        url=row["url"],
    )


def _names(path: Path) -> dict[str, str]:
    """Area code → name, of the areas in force."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file) if not row["until"]}
