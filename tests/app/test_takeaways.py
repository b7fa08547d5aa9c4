"""Takeaways are true of thousands of tables that a generator made up, with all kinds of gaps."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import comparison, selection, takeaways
from app.data import Area, Table
from app.states import Cell, State
from app.text import text
from tests.app.test_pure import figure

WORDS = text("zh")
YEARS = (2022, 2023, 2024)
NAMES = ("甲市", "乙市", "丙市", "丁市")


@st.composite
def cells(draw):
    """Cells of up to four areas and three years, each reported in some way or missing."""
    areas = draw(st.integers(1, 4))
    found = []
    for area in range(areas):
        for year in YEARS:
            state = draw(
                st.sampled_from([State.REPORTED] * 3 + [State.UNDISCLOSED, State.NO_DOCUMENT])
            )
            stated = None
            if state is State.REPORTED:
                stated = figure(
                    fact_id=f"{area}-{year}", area=NAMES[area], area_code=str(area), year=year,
                    year_start=year, year_end=year, value=float(draw(st.integers(0, 3))),
                    qualifier=draw(st.sampled_from(["exact"] * 3 + ["at_least", "at_most", "about"])),
                    method=draw(st.sampled_from(["stated"] * 4 + ["counted"])),
                    unit_text=draw(st.sampled_from(["件"] * 4 + ["部"])),
                )  # fmt: skip
            found.append(Cell(str(area), "npc", "appointments", year, state, stated))
    return found


def possible(stated):
    """The true values that a figure allows, as (lowest, highest)."""
    return {
        "exact": (stated.value, stated.value),
        "at_least": (stated.value, float("inf")),
        "at_most": (float("-inf"), stated.value),
        "about": (float("-inf"), float("inf")),
    }[stated.qualifier]


@settings(max_examples=3000, deadline=None)
@given(cells())
def test_always_true(made):
    areas = {str(i): Area(str(i), name, "city", name) for i, name in enumerate(NAMES)}
    shown = comparison.Comparison(
        indicator=None, areas=tuple(dict.fromkeys(c.area for c in made)), years=YEARS,
        cells=tuple(made), totals=(), plans=(), differences=(),
    )  # fmt: skip
    said = takeaways.sentences(Bare(areas), shown, WORDS)
    reported = [c for c in made if c.figure]
    if not reported:
        assert said == []
        return
    year = max(YEARS, key=lambda y: (sum(c.year == y for c in reported), y))
    of_year = [c for c in made if c.year == year]
    figures = [c.figure for c in of_year if c.figure]
    assert f"{year}年，{len(of_year)}个地区中{len(figures)}个披露" in said[0]
    for cell in of_year:
        if cell.state is State.REPORTED:
            sign = {"exact": "", "at_least": "≥", "at_most": "≤", "about": "约"}[
                cell.figure.qualifier
            ]
            assert f"{NAMES[int(cell.area)]}{sign}{cell.figure.value:.0f}人次" in said[0]
        else:
            assert NAMES[int(cell.area)] in said[0].split("；", 1)[1]
    for sentence in said[1:]:
        if "最多" in sentence:
            top = next(f for f in figures if f"，{f.area}最多" in sentence)
            others = [f for f in figures if f is not top]
            assert others and f"已披露的{len(figures)}个地区" in sentence
            assert all(possible(top)[0] > possible(other)[1] for other in others)
            assert len({(f.method, f.unit_text) for f in figures}) == 1
        else:
            area = next(name for name in NAMES if sentence.startswith(name))
            pair = [
                next(c.figure for c in made if (NAMES[int(c.area)], c.year) == (area, y))
                for y in (year - 1, year)
            ]
            assert all(f.qualifier == "exact" for f in pair)
            before, after = (f.value for f in pair)
            word = "持平" if before == after else "增至" if after > before else "降至"
            assert word in sentence


@dataclasses.dataclass
class Bare:
    """A table that knows its areas only."""

    areas: dict[str, Area]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (
            "2023",
            [
                "2023年，3个地区中2个披露：平顶山市168人次、鹤壁市102人次；焦作市无文件。",
                "已披露的2个地区中，平顶山市最多。",
            ],
        ),
        ("2024", ["2024年，3个地区中1个披露：焦作市64人次；平顶山市未披露；鹤壁市无文件。"]),
    ],
)
def test_of_the_five_reports(table: Table, years, expected):
    chosen, _ = selection.from_params({"years": years}, table)
    assert takeaways.sentences(table, comparison.compare(table, chosen), WORDS) == expected


def test_many_areas_are_counted_not_named():
    names = [f"{i}市" for i in range(30)]
    areas = {str(i): Area(str(i), name, "city", name) for i, name in enumerate(names)}
    made = tuple(
        Cell(str(i), "npc", "appointments", 2024, State.NO_DOCUMENT if i % 2 else State.REPORTED,
             None if i % 2 else figure(area=names[i], area_code=str(i), value=float(i)))
        for i in range(30)
    )  # fmt: skip
    shown = comparison.Comparison(None, tuple(areas), (2024,), made, (), (), ())  # type: ignore[arg-type]
    said = takeaways.sentences(Bare(areas), shown, WORDS)  # type: ignore[arg-type]
    assert said == [
        "2024年，30个地区中15个披露；15个地区无文件。",
        "已披露的15个地区中，28市最多。",
    ]
