"""Ranks, honest about what is missing, equal, bounded or approximate; and peers."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import comparison, peers
from app.ranking import ranking
from app.rates import Basis, Denominator, Reference
from app.states import Cell, State
from app.tables.ranking import said
from tests.app.conftest import spec
from tests.app.test_pure import figure, ids

QUALIFIERS = {"=": "exact", ">": "at_least", "<": "at_most", "~": "about"}
YEAR = 2023


def made(indicator, figures):
    cells = []
    for place, stated in enumerate(figures):
        area = str(place)
        if not stated:
            cells.append(Cell(area, "npc", indicator.id, YEAR, State.UNDISCLOSED))
            continue
        found = figure(
            fact_id=area, area_code=area, value=float(stated[:-1]), qualifier=QUALIFIERS[stated[-1]]
        )
        cells.append(Cell(area, "npc", indicator.id, YEAR, State.REPORTED, found))
    areas = tuple(str(i) for i in range(len(figures)))
    return comparison.Comparison(indicator, areas, (YEAR,), tuple(cells), (), (), ())


@pytest.mark.parametrize("case", spec("ranking", "rank"), ids=ids)
def test_rank(case, table, words):
    name = "suggestions_satisfaction" if case.get("unit") == "%" else "appointments"
    places = ranking(made(table.indicators[name], case["figures"]))
    assert [place.value or 0 for place in places] == case["order"]
    assert [said(place, words) for place in places] == case["said"]


stated = st.one_of(
    st.just(""), st.builds("{}{}".format, st.integers(0, 4), st.sampled_from("===><~"))
)


@settings(max_examples=500, deadline=None)
@given(st.lists(stated, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_certain_rank_holds_whatever_the_bounds_hide(table_of_indicators, figures, random):
    places = ranking(made(table_of_indicators["appointments"], figures))
    hidden = {}
    for place in places:
        if place.rank and place.cell.figure:
            value = place.cell.figure.value
            more = {"exact": 0, "at_least": random.randint(0, 9),
                    "at_most": -random.uniform(0, value)}  # fmt: skip
            hidden[place.cell.area] = value + more[place.cell.figure.qualifier]
    for place in places:
        assert bool(place.rank) == (place.cell.area in hidden)
        if place.rank and place.certain:
            larger = sum(other > hidden[place.cell.area] for other in hidden.values())
            assert place.rank == larger + 1


@pytest.fixture(scope="module")
def table_of_indicators(table):
    return table.indicators


@pytest.mark.parametrize("case", spec("peers", "peers"), ids=ids)
def test_peers(case, table):
    assert set(peers.same_province(table, case["area"])) == set(case["same_province"])
    assert set(peers.same_size(table, case["area"])) == set(case["same_size"])


def test_peers_of_size_are_the_nearest_by_ratio(table, monkeypatch):
    """199 is nearer to 100 than 48 is: half as many is as far as twice as many."""
    persons = {"410400": 100, "410600": 199, "410800": 48}
    rows = {
        (code, "", Basis.CENSUS, 2020): Denominator(code, "", 2020, value, Basis.CENSUS, "x", "x")
        for code, value in persons.items()
    }
    monkeypatch.setattr(peers, "NEAREST", 1)
    known = dataclasses.replace(table, reference=Reference(rows))
    assert peers.same_size(known, "410400") == ("410400", "410600")
