"""The list of areas by code, name, value and population; no area's name has a character without a sound."""

import csv
from dataclasses import replace

import pytest

from app import area_order, selection
from app.data import Area
from etl.areas import AREAS_FILE
from etl.store import CATALOGUE
from tests.app.conftest import spec


@pytest.mark.parametrize("case", spec("area_order", "order"), ids=lambda case: case["why"])
def test_order(case, table, words):
    chosen, dropped = selection.from_params(case.get("params", {}), table)
    assert not dropped
    found = area_order.listed(table, chosen, case["by"], words)
    assert sorted(found.areas) == sorted(table.areas)
    names = [table.areas[code].label for code in found.areas]
    assert names == case.get("names", names)
    beside = case.get("beside", {})
    assert {code: found.beside[code] for code in beside} == beside


@pytest.mark.parametrize("case", spec("area_order", "sound"), ids=lambda case: case["names"][0])
def test_names_stand_by_their_sound(case, table, words):
    shuffled = sorted(case["names"], key=lambda name: name[::-1])
    areas = {name: Area(name, name, "city", name) for name in shuffled}
    other = replace(table, areas=areas, memory=type(table.memory)(10_000))
    chosen, _ = selection.from_params({}, table)
    found = area_order.listed(other, chosen, area_order.NAME, words)
    assert list(found.areas) == case["names"]


def test_every_character_of_a_name_has_its_place():
    """GB 2312 has its first 3,755 characters by sound: lead bytes B0 to D7."""
    with (CATALOGUE / AREAS_FILE).open(encoding="utf-8-sig", newline="") as file:
        names = "".join(row["name"] for row in csv.DictReader(file) if not row["until"])
    sounds = area_order.sounds()
    places = {character: character.translate(sounds).encode("gb18030") for character in names}
    assert [
        c for c, place in places.items() if len(place) != 2 or not 0xB0 <= place[0] <= 0xD7
    ] == []
