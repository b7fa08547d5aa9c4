"""What the overview says is true of thousands of tables that a generator made up, with gaps of all kinds."""

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest

from app import comparability, comparison, coverage, data, rates, selection, takeaways
from app.data import Table
from app.opening import opening
from app.text import text
from etl import catalogue
from tests.app import claims, claims_rates, fixture
from tests.app.conftest import spec
from tests.app.test_pure import figure

WORDS = text("zh")
TABLES = 1000
AT_ONCE = 200
INDICATORS = ("appointments", "laws_passed", "suggestions_satisfaction")
YEARS = (2021, 2022, 2023, 2024)
METHODS = ["counted", "summed", "corrected"]
LEVELS = {"市": "city", "州": "city", "县": "county"}


def made_up(seed: int) -> claims.World:
    """Facts and reports of one to fourteen areas: plans, totals, doubles, notes and gaps among them."""
    random = np.random.default_rng(seed)
    pick = random.choice
    count = int(pick([1, 2, 3, 4, 8, 14]))
    ends = pick(list(LEVELS), count, p=[1, 0, 0] if random.random() < 0.6 else [0.6, 0.2, 0.2])
    names = {
        f"{seed:04}{i:02}": f"{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[i]}{seed}{end}"
        for i, end in enumerate(ends)
    }
    uniform, dense, few = random.random() < 0.6, random.random() < 0.5, random.random() < 0.5
    facts, reports = [], []
    for area in names:
        for year in YEARS:
            held = random.random() < 0.75
            if held:
                first = year - 2 if random.random() < 0.1 else year
                reports.append((area, first, year))
            for indicator in INDICATORS:
                if random.random() > (0.9 if dense else 0.45) * (1 if held else 0.15):
                    continue
                row = _row(random, area, indicator, year, uniform, few)
                facts.append(row)
                if random.random() < 0.15:
                    facts.append({**row, "preferred": False, "value": row["value"] + 50})
                if random.random() < 0.1:
                    facts.append({**row, "status": "planned", "value": 99.0})
                if random.random() < 0.1:
                    facts.append(
                        {**row, "status": "cumulative", "year_start": year - 3, "year": None}
                    )
    for number, row in enumerate(facts):
        level = LEVELS[names[row["area_code"]][-1]]
        row |= {"fact_id": f"{seed}-{number}", "area": names[row["area_code"]], "area_level": level}
    listed = [
        {"document": f"{a}-{y}.txt", "article": "", "area": names[a], "area_code": a,
         "area_level": LEVELS[names[a][-1]], "body": "npc", "year_start": first, "year_end": y,
         "published": "", "facts": 1}
        for a, first, y in reports
    ]  # fmt: skip
    return claims.World(facts, listed, tuple(names), names)


def _row(random, area, indicator, year, uniform, few):
    pick = random.choice
    percent = indicator == "suggestions_satisfaction"
    unit = "%" if percent else {"appointments": "人次", "laws_passed": "件"}[indicator]
    return {
        "document": f"{area}-{year}.txt", "article": "", "area_code": area, "body": "npc",
        "indicator": indicator, "year_start": year, "year_end": year, "year": year,
        "value": float(random.integers(1, 4 if few else 3000)) + (0.5 if percent else 0), "unit": unit,
        "unit_text": unit if uniform or random.random() < 0.8 else str(pick(["部", ""])),
        "qualifier": str(pick(["exact"] * 9 + ["at_least", "at_most", "about"])),
        "status": "actual",
        "method": "stated" if uniform else str(pick(["stated"] * 5 + METHODS)),
        "preferred": True, "sentence": "", "start": 0, "end": 0, "figure": "", "figure_start": 0,
        "figure_end": 0, "rule": "", "published": "",
        "note": "" if random.random() < 0.97 else "与另一数字相差较大",
    }  # fmt: skip


@pytest.fixture(scope="module")
def known():
    every = catalogue.load(fixture.ROOT / "data" / "catalogue").indicators
    return {name: every[name] for name in INDICATORS}


def table_of(worlds: list[claims.World], known) -> Table:
    """One table that holds all worlds: making a table is slow, asking it is not."""
    columns = [name for name in data.Figure.__dataclass_fields__ if name != "doubt"]
    facts = pd.DataFrame([row for world in worlds for row in world.facts], columns=columns)
    facts = facts.astype({"year": "Int64", "value": float, "preferred": bool})
    listed = [row for world in worlds for row in world.reports]
    reports = pd.DataFrame(listed, columns=list(data.Report.__dataclass_fields__))
    return data.make(facts, reports, known)


@pytest.mark.parametrize("first", range(0, TABLES, AT_ONCE))
def test_always_true(known, first):
    worlds = [made_up(seed) for seed in range(first, first + AT_ONCE)]
    table = table_of(worlds, known)
    kinds: Counter[str] = Counter()
    for seed, world in enumerate(worlds, start=first):
        try:
            kinds += _check(table, world, known)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
    seldom = {"no_years", "silent_many", "nothing_shared", "only_one"}
    missed = {name for name, *_ in (*claims.READERS, *claims.OPENING)} - kinds.keys() - seldom
    assert not missed, "the generator no longer leads to these sentences"


def _check(table: Table, world: claims.World, known) -> Counter[str]:
    """Have everything said of a world, and every claim checked; returns the kinds of sentences."""
    areas = tuple(area for area in world.areas if area in table.areas)
    if not areas:
        return Counter()
    world = claims.World(world.facts, world.reports, areas, world.names)
    chosen = replace(selection.default(table), areas=areas, first=YEARS[0] - 3, last=YEARS[-1])
    figures = [f for i in INDICATORS for f in table.figures("npc", i, areas) if f.preferred]
    years = comparison.yearly_years(table, chosen, figures)
    cube = coverage.cube(table, "npc", INDICATORS, areas, years)
    totals = sum(f.status == "cumulative" for f in figures)
    said = opening(table, cube, totals, WORDS)
    names = {i: known[i].name_zh for i in INDICATORS}
    kinds = claims.check_opening(world, names, years, said.lead, said.gaps, totals)
    every = [(point.indicator, list(point.sentences)) for point in said.points]
    for indicator in INDICATORS:
        shown = comparison.compare(table, chosen, indicator)
        every.append((indicator, takeaways.takeaways(table, shown, WORDS)))
    for indicator, sentences in every:
        if sentences:
            kinds += claims.check(world, indicator, [takeaways.plain(s) for s in sentences])
        for part in (part for sentence in sentences for part in sentence):
            if not isinstance(part, str):
                row = next(row for row in world.facts if row["fact_id"] == part.key)
                assert part.text == claims.amount(row)
    return kinds


@pytest.mark.parametrize("first", range(0, TABLES, AT_ONCE))
def test_always_true_of_rates(known, first):
    worlds = [made_up(seed) for seed in range(first, first + AT_ONCE)]
    numbers = [denominators(world, seed) for seed, world in enumerate(worlds, start=first)]
    every = [row for each in numbers for row in each.items()]
    table = replace(table_of(worlds, known), reference=reference_of(every))
    kinds: Counter[str] = Counter()
    for seed, (world, given) in enumerate(zip(worlds, numbers, strict=True), start=first):
        areas = tuple(area for area in world.areas if area in table.areas)
        world = claims.World(world.facts, world.reports, areas, world.names)
        chosen = replace(selection.default(table), areas=areas, first=YEARS[0] - 3, last=YEARS[-1])
        for measure, indicator in product(("capita", "deputy"), INDICATORS[:2] if areas else ()):
            shown = comparison.compare(table, replace(chosen, measure=measure), indicator)
            expected = claims_rates.Rates(world, indicator, measure, given)
            said = takeaways.sentences(table, shown, WORDS)
            try:
                kinds += claims_rates.check(expected, shown.years, said) if said else Counter()
            except AssertionError as error:
                raise AssertionError(f"seed {seed}: {said} {error}") from error
    missed = {name for name, *_ in claims.READERS} - kinds.keys() - {"same"}
    assert not missed, "the generator no longer leads to these sentences"


def denominators(world: claims.World, seed: int) -> dict[tuple[str, str, int], int]:
    """Residents and deputies of some areas and years: (area, basis, year) → number."""
    random = np.random.default_rng(seed)
    own, some = random.random() < 0.3, random.random()
    found = {}
    for area in world.areas:
        if random.random() < 0.5 + some / 2:
            census = 2010 if random.random() < 0.1 else 2020
            found[area, "census", census] = int(random.integers(1, 4)) * 500_000
        for year in YEARS:
            if own or random.random() < 0.3:
                found[area, "year_end", year] = int(random.integers(100_000, 9_000_000))
            if random.random() < some:
                found[area, "in_office", year] = int(random.integers(2, 8)) * 100
    return found


def reference_of(rows) -> rates.Reference:
    """The denominators as the app reads them."""
    found = {}
    for (area, basis, year), value in rows:
        body = "npc" if basis == "in_office" else ""
        found[area, body, rates.Basis(basis), year] = rates.Denominator(
            area, body, year, value, rates.Basis(basis), "made up", ""
        )
    return rates.Reference(found)


@pytest.mark.parametrize("case", spec("takeaways", "case"), ids=lambda c: c["why"])
def test_of_the_five_reports(table, case):
    chosen, dropped = selection.from_params(case["params"], table)
    assert not dropped
    assert takeaways.sentences(table, comparison.compare(table, chosen), WORDS) == case["said"]


@pytest.mark.parametrize("case", spec("takeaways", "opening"), ids=lambda c: c["why"])
def test_opening_of_the_five_reports(table, case):
    chosen, _ = selection.from_params(case["params"], table)
    headlines = [i.id for i in table.headlines_for(chosen.body)]
    years = comparison.yearly_years(
        table, chosen, [f for i in headlines for f in table.figures(chosen.body, i, chosen.areas)]
    )
    cube = coverage.cube(table, chosen.body, headlines, chosen.areas, years)
    said = opening(table, cube, case["totals"], WORDS)
    assert list(said.lead) == case["lead"]
    assert [point.indicator for point in said.points] == case["points"]
    assert list(said.gaps) == case["gaps"]


def test_a_lower_bound_may_be_the_largest_and_never_the_smaller():
    lower, exact = figure(value=10.0, qualifier="at_least"), figure(fact_id="f2", value=9.0)
    assert comparability.largest([lower, exact]) is lower
    assert comparability.largest([figure(value=8.0, qualifier="at_least"), exact]) is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pieces_of_a_string_make_the_string(language):
    words = text(language)
    values = {"area": "{甲}", "first": "2022", "last": "2023", "before": "1", "after": "2"}
    assert "".join(words.parts("takeaway.up", **values)) == words("takeaway.up", **values)
