"""The cube of states: the same as cell by cell, quick, and small on its way to the browser."""

import json

import pytest

from app import coverage, states, tables, theme
from app.data import make
from app.states import State
from etl import catalogue
from tests.app import fixture, synthetic
from tests.app.conftest import spec

LETTERS = {"r": State.REPORTED, "u": State.UNDISCLOSED, "d": State.NO_DOCUMENT,
           "x": State.NOT_APPLICABLE}  # fmt: skip
THREE = ("410400", "410600", "410800")


@pytest.fixture(scope="module")
def large():
    """300 cities, fifteen years, all indicators."""
    frame = synthetic.facts(300, 15)
    known = catalogue.load(fixture.ROOT / "data" / "catalogue").indicators
    return make(frame, synthetic.reports(frame), known)


def whole(table, body, years=None, areas=None):
    return coverage.cube(
        table,
        body,
        [i.id for i in table.indicators_for(body) if not i.planned],
        areas or table.areas,
        years or table.years(body),
    )


@pytest.mark.parametrize("case", spec("coverage", "row"), ids=lambda c: c["why"])
def test_states_of_the_five_reports(table, case):
    cube = coverage.cube(table, case["body"], [case["indicator"]], THREE, case["years"])
    found = [[cube.state(a, 0, y) for y in range(len(case["years"]))] for a in range(3)]
    assert found == [[LETTERS[letter] for letter in row] for row in case["states"]]


@pytest.mark.parametrize("body", ["npc", "cppcc"])
def test_the_cube_says_the_same_as_each_cell_alone(table, body):
    cube = whole(table, body)
    places = [
        (a, i, y)
        for a in range(len(cube.areas))
        for i in range(len(cube.indicators))
        for y in range(len(cube.years))
    ]
    for shown in cube.cells(table, places):
        alone = states.cell(table, shown.area, body, shown.indicator, shown.year)
        assert (shown.state, shown.figure, shown.key) == (alone.state, alone.figure, alone.key)


@pytest.mark.parametrize("body", ["npc", "cppcc"])
def test_counts_add_up(table, body):
    cube = whole(table, body)
    counts = cube.counts()
    assert sum(counts.values()) == cube.facts.size
    assert counts[State.REPORTED] == cube.by_year.sum() == cube.by_indicator.sum()


def test_areas_are_ordered_by_what_they_report(table):
    cube = whole(table, "npc", years=(2023,), areas=THREE)
    most = [cube.areas[a] for a in cube.ordered(coverage.MOST)]
    assert most[-1] == "410800", "no report of that year"
    least = [cube.areas[a] for a in cube.ordered(coverage.LEAST)]
    assert least[0] == "410800"
    assert cube.ordered(coverage.LISTED) == [0, 1, 2]
    assert cube.of_areas([2, 0]).areas == ("410800", "410400")


@pytest.mark.parametrize("case", spec("coverage", "group"), ids=lambda c: c["key"])
def test_keys_of_groups(case):
    group = coverage.parse_group(case["key"])
    assert group == coverage.Group(case["area"], case.get("year"), case.get("indicator", ""))
    assert group.key == case["key"]


@pytest.mark.parametrize("case", spec("coverage", "no_group"), ids=lambda c: c["key"])
def test_other_keys_are_no_groups(case):
    assert coverage.parse_group(case["key"]) is None


def test_cells_of_a_group(table):
    cube = whole(table, "npc")
    cells = coverage.cells_of(table, cube, coverage.Group("410400", year=2023))
    assert len(cells) == len(cube.indicators) and {c.year for c in cells} == {2023}
    cells = coverage.cells_of(table, cube, coverage.Group("410400", indicator="appointments"))
    assert [c.year for c in cells] == list(cube.years)
    for gone in (coverage.Group("110000", year=2023), coverage.Group("410400", year=1990),
                 coverage.Group("410400", indicator="nothing")):  # fmt: skip
        assert coverage.cells_of(table, cube, gone) == []


def test_tables_tell_the_states_apart_by_glyph_and_name(table, words):
    cube = coverage.cube(table, "npc", ["appointments"], THREE, (2023, 2024))
    styles = theme.styles(THREE, table.areas)
    tree = tables.coverage(table, cube, styles, words)
    assert "●○●––●3/6" in tree.text()
    labels = [n.attributes["aria-label"] for n in walk(tree) if n.tag == "button"
              and "aria-label" in n.attributes]  # fmt: skip
    assert labels[0] == "平顶山市2023年168人次"
    assert labels[4] == "焦作市2023年无文件"
    counts = tables.counts_by_year(table, cube, words)
    assert counts.text().endswith("平顶山市101/2鹤壁市1–1/2焦作市–11/2")


def walk(node):
    yield node
    for child in node.children:
        if not isinstance(child, str):
            yield from walk(child)


@pytest.mark.parametrize("kind", ["detail", "by_year", "by_indicator"])
def test_what_goes_to_the_browser_stays_small(large, words, kind):
    from app.pages import coverage as page

    cube = whole(large, "npc")
    part = cube.of_areas(cube.ordered(coverage.MOST)[: page.window(cube, kind)])
    tree = (
        tables.coverage(large, part, theme.styles(part.areas, large.areas), words)
        if kind == "detail"
        else tables.counts_by_year(large, part, words)
        if kind == "by_year"
        else tables.counts_by_indicator(large, part, words)
    )
    assert len(json.dumps(tree.plain())) < 300_000
