"""Builds the census rows of data/reference/population.csv from the data set leiii/census.

    python tools/build_population.py FOLDER OUTPUT

FOLDER holds two files of that data set (README.md beside the output names version and licence):

    census_county_2020_v1.xlsx      中国人口普查分县资料—2020: province, city, county
    census_city_2010-2020_v1.csv    the cities' own census bulletins

A city's figure is taken where both agree. Where they don't, population_notes.csv beside this file
says which one holds and why, or that neither does; a difference without a line there is an error.
Counties are taken only of cities whose counties of today are those of the census and add up to
the city: else a development zone was counted apart, or the borders have moved, and a county's
figure would be a part of it. A county with a line in the notes stands by itself. Rows of OUTPUT
with another definition than the census stay. Exits with a message when a sum or a comparison fails.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

HERE = Path(__file__).resolve().parent
AREAS = HERE.parent / "data" / "catalogue" / "areas.csv"
COLUMNS = ("area_code", "area", "year", "value", "definition", "source", "url")
YEAR, CENSUS = "2020", "census"
NATION = 1_409_778_724  # all provinces: 公报（第三号）'s 1,411,778,724 without 2,000,000 in service
ORIGIN = "转引自Lei Dong等China Census数据集"
YEARBOOK = f"《中国人口普查分县资料—2020》，{ORIGIN}"
ORIGIN_URL = "https://github.com/leiii/census"
COMMUNIQUE = (
    "第七次全国人口普查公报（第三号），国家统计局、国务院第七次全国人口普查领导小组办公室"
    "2021年5月11日，转引"
)
COMMUNIQUE_URL = "https://zczxwang.com/news/show-65274.html"


@dataclass(frozen=True, slots=True)
class Area:
    """An area in force, of data/catalogue/areas.csv."""

    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of population_notes.csv: `action` is yearbook, bulletin or out."""

    action: str
    said: str


def read_areas(path: Path) -> dict[str, Area]:
    """The areas in force by code."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["code"]: Area(row["name"], row["level"], row["parent_code"])
            for row in csv.DictReader(file)
            if not row["until"]
        }


def read_notes(path: Path) -> dict[str, Note]:
    """The notes by code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Note(row["action"], row["said"]) for row in csv.DictReader(file)}


def read_yearbook(path: Path) -> dict[str, int]:
    """Code → persons, of all rows with a code: provinces, cities, counties and zones."""
    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return {
        str(code): int(str(persons))
        for code, _, _, _, persons in sheet.iter_rows(min_row=2, max_col=5, values_only=True)
        if str(code).isdecimal()
    }


def read_bulletins(path: Path) -> dict[str, int]:
    """Code → persons, of the cities."""
    csv.field_size_limit(sys.maxsize)  # the outlines of the cities are in the file, too
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            row["city_code"]: int(row["popu_2020"])
            for row in csv.DictReader(file)
            if row["popu_2020"]
        }


def chosen(
    units: Iterable[str],
    yearbook: Mapping[str, int],
    bulletins: Mapping[str, int],
    notes: Mapping[str, Note],
) -> dict[str, tuple[int, str]]:
    """Cities, and counties that stand directly under a province: code → persons and source."""
    found = {}
    for code in units:
        note = notes.get(code)
        if note is None:
            if code not in yearbook:
                continue
            if bulletins.get(code, yearbook[code]) != yearbook[code]:
                sys.exit(f"{code}: {yearbook[code]} or {bulletins[code]}? Add a line to the notes")
            found[code] = (yearbook[code], YEARBOOK)
        elif note.action == "yearbook":
            found[code] = (yearbook[code], f"{YEARBOOK}，{note.said}")
        elif note.action == "bulletin":
            found[code] = (bulletins[code], f"{note.said}（{ORIGIN}）")
    return found


def whole(parent: str, children: Sequence[str], yearbook: Mapping[str, int]) -> bool:
    """Whether the counties of today are the parent's at the census, and all of it."""
    return all(code in yearbook for code in children) and (
        sum(yearbook[code] for code in children) == yearbook[parent]
    )


def census(folder: Path) -> list[tuple[str, ...]]:
    """The rows to write, in the order of the codes."""
    areas, notes = read_areas(AREAS), read_notes(HERE / "population_notes.csv")
    yearbook = read_yearbook(folder / "census_county_2020_v1.xlsx")
    bulletins = read_bulletins(folder / "census_city_2010-2020_v1.csv")
    children = defaultdict(list)
    for code, area in areas.items():
        children[area.parent].append(code)
    provinces = [code for code in children[""] if code in yearbook]
    if sum(yearbook[code] for code in provinces) != NATION:
        sys.exit("the provinces do not add up to the nation")
    found = {code: (yearbook[code], COMMUNIQUE) for code in provinces}
    parents = set(provinces)
    for province in provinces:
        # The four municipalities have no cities: their districts are the counties below.
        if not any(areas[code].level == "city" for code in children[province]):
            continue
        units = children[province]
        if sum(yearbook.get(code, 0) for code in units) != yearbook[province]:
            sys.exit(f"{province}: the cities do not add up to the province")
        found |= chosen(units, yearbook, bulletins, notes)
        parents.discard(province)
        parents |= {code for code in units if areas[code].level == "city"}
    # Where sources differ on a city, its borders are in question, and so are its counties.
    for parent in sorted(parents - notes.keys()):
        if whole(parent, children[parent], yearbook):
            found |= {code: (yearbook[code], YEARBOOK) for code in children[parent]}
    # A county that has a line of its own stands, whatever became of its neighbours.
    found |= chosen(notes.keys() - found.keys(), yearbook, bulletins, notes)
    return [
        (code, areas[code].name, YEAR, str(persons), CENSUS, source,
         COMMUNIQUE_URL if source == COMMUNIQUE else ORIGIN_URL)
        for code, (persons, source) in sorted(found.items())
    ]  # fmt: skip


def main(folder: Path, output: Path) -> None:
    """Reads `folder`, writes `output` anew; its rows of other definitions stay."""
    with output.open(encoding="utf-8-sig", newline="") as file:
        others = [
            tuple(row.values()) for row in csv.DictReader(file) if row["definition"] != CENSUS
        ]
    rows = sorted([*census(folder), *others], key=lambda row: row[:1] + row[4:5] + row[2:3])
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    print(f"{len(rows) - len(others)} of the census, {len(others)} others")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
