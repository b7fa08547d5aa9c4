"""data/reference/population.csv against what was published: sums of cities, second sources."""

import csv
import dataclasses
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from app import peers, rates
from app.data import Area
from app.rates import Basis
from tests import specs

DATA = Path(__file__).resolve().parents[2] / "data"
SPEC = specs.read("population")


def units(kind: str) -> list[dict[str, Any]]:
    return [unit for group in SPEC[kind] for unit in group["units"]]


@pytest.fixture(scope="module")
def persons() -> dict[str, int]:
    """Area code → residents at the census of 2020."""
    reference = rates.load(DATA / "reference", DATA / "catalogue")
    assert not reference.problems
    return {
        row.area: row.value
        for row in reference.rows.values()
        if row.basis is Basis.CENSUS and row.year == 2020
    }


@pytest.fixture(scope="module")
def children() -> dict[str, list[str]]:
    """Area code → the areas in force directly under it."""
    found = defaultdict(list)
    with (DATA / "catalogue" / "areas.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if not row["until"]:
                found[row["parent_code"]].append(row["code"])
    return found


@pytest.mark.parametrize("unit", units("provinces"), ids=lambda unit: unit["name"])
def test_a_provinces_units_add_up_to_what_the_state_published(unit, persons, children):
    assert persons[unit["code"]] == unit["persons"]
    held = sum(persons.get(code, 0) for code in children[unit["code"]])
    assert held + unit.get("gap", 0) == unit["persons"]


@pytest.mark.parametrize("unit", units("elsewhere") + units("alone"), ids=lambda unit: unit["name"])
def test_second_sources_agree(unit, persons):
    assert persons[unit["code"]] == unit["persons"]


def test_counties_add_up_to_their_city_and_none_is_missing(persons, children):
    """A city has all its counties of today in the file or none, but for those that stand alone."""
    cities = [code for code in persons if code.endswith("00") and not code.endswith("0000")]
    alone = {unit["code"] for unit in units("alone")}
    held = persons.keys() - alone
    with_counties = [city for city in cities if any(c in held for c in children[city])]
    assert len(with_counties) > 200
    for city in with_counties:
        assert sum(persons[code] for code in children[city]) == persons[city], city
    below = {code for city in with_counties for code in children[city]}
    provinces = {code for unit in units("provinces") for code in children[unit["code"]]}
    assert held - below - provinces == {unit["code"] for unit in units("provinces")}


@pytest.mark.parametrize("case", SPEC["peers"], ids=lambda case: case["name"])
def test_any_citys_peers_of_size_and_its_rate(case, table):
    """Among all cities of China, not only those with a report."""
    with (DATA / "catalogue" / "areas.csv").open(encoding="utf-8-sig", newline="") as file:
        areas = {
            row["code"]: Area(row["code"], row["name"], row["level"], row["name"])
            for row in csv.DictReader(file)
            if not row["until"] and row["level"] == "city"
        }
    reference = rates.load(DATA / "reference", DATA / "catalogue")
    china = dataclasses.replace(table, areas=areas, reference=reference)
    assert set(peers.same_size(china, case["area"])) == {case["area"], *case["same_size"]}
    given = reference.of(case["area"], "npc", rates.CAPITA, Basis.CENSUS, case["year"])
    assert given is not None and given.year == 2020
    assert rates.rate(case["figure"], rates.CAPITA, given).value == pytest.approx(case["rate"])


def test_what_stays_open_is_left_out(persons):
    assert not persons.keys() & set(SPEC["open"][0]["units"])
