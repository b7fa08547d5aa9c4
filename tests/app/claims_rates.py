"""Reads the Chinese sentences on rates and checks each claim against plain rows of facts and denominators.

A rate is worked out here from its row and its denominator; the readers of app.claims then check what
is said of the rates as they check what is said of totals.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tests.app.claims import (
    COUNT,
    MARKS,
    NAMED,
    READERS,
    SIGNS,
    Row,
    World,
    gaps,
    number,
    rate_number,
)

PER = {"capita": ("每十万人", "10万人", 100_000), "deputy": ("每百名代表", "百名代表", 100)}
DIVIDED = {
    "census": r"([\d—]+)年人口普查常住人口", "year_end": r"([\d—]+)年末常住人口",
    "in_office": r"([\d—]+)年实有代表人数",
}  # fmt: skip
Denominators = Mapping[tuple[str, str, int], int]


@dataclass(frozen=True)
class Rates:
    """One indicator of a world in a measure; `denominators` by area, basis and year."""

    world: World
    indicator: str
    measure: str
    denominators: Denominators

    def basis(self, years: Sequence[int]) -> str:
        """The one definition: the year's own residents where each figure has them, else the census."""
        if self.measure == "deputy":
            return "in_office"
        rows = [row for year in years for row in self.world.of_year(self.indicator, year)]
        own = all((r["area_code"], "year_end", r["year"]) in self.denominators for r in rows)
        return "year_end" if rows and own else "census"

    def rated(self, years: Sequence[int]) -> World:
        """The world of the rows that have a denominator, with the rate for the value."""
        basis, found = self.basis(years), []
        for row in (r for year in years for r in self.world.of_year(self.indicator, year)):
            area = row["area_code"]
            own = [y for a, b, y in self.denominators if (a, b) == (area, basis)]
            year = max(own, default=0) if basis == "census" else row["year"]
            if count := self.denominators.get((area, basis, year)):
                value = row["value"] * PER[self.measure][2] / count
                found.append({**row, "value": value, "denominator_year": year,
                              "said": _said(row, value)})  # fmt: skip
        return replace(self.world, facts=found, per=PER[self.measure][1])


def check(rates: Rates, years: Sequence[int], sentences: Sequence[str]) -> Counter[str]:
    """Check what is said of one indicator in one measure; returns the kinds of sentences."""
    rated = rates.rated(years)
    first, *rest = sentences
    kinds = Counter({"converted": 1})
    year = _converted(rates, rated, years, first)
    for sentence in rest:
        for name, pattern, reader in READERS:
            if match := re.fullmatch(pattern, sentence):
                assert "已披露" not in sentence
                reader(rated, rates.indicator, year, match)
                kinds[name] += 1
                break
        else:
            raise AssertionError(f"cannot be read: {sentence}")
    return kinds


def _converted(rates: Rates, rated: World, years: Sequence[int], sentence: str) -> int:
    name = PER[rates.measure][0]
    none = rf"(\d{{4}})年，{COUNT}中没有可按{name}折算的"
    some = (
        rf"(\d{{4}})年按{name}折算（([^；）]+)；分母：([^）]*)），"
        rf"(?:{COUNT}(?:中{COUNT}|均)可折算(?:：([^；]*))?|([^；]+))"
    )
    body = sentence.removesuffix("。")
    head = re.match(some, body) or re.match(none, body)
    assert head and body != sentence, sentence
    year, everybody = int(head[1]), len(rates.world.areas)
    rows = rated.of_year(rates.indicator, year)
    by_year = {y: len(rated.of_year(rates.indicator, y)) for y in years}
    assert len(rows) == max(by_year.values())
    if "没有可按" in body:
        assert not rows and int(head[2]) == everybody
    else:
        unit, footer, all_, count = head[2], head[3], head[4] or 1, head[5]
        values = head[6] or head[7]
        assert unit == f"{rows[0]['unit']}/{rated.per}"
        assert (int(all_), int(count or all_)) == (everybody, len(rows))
        used = sorted({row["denominator_year"] for row in rows})
        divided = re.fullmatch(DIVIDED[rates.basis(years)], footer)
        assert divided and divided[1] == "—".join(map(str, {used[0]: 0, used[-1]: 0}))
        if values is None:
            assert len(rows) > NAMED
        else:
            named = [rated.names[row["area_code"]] + row["said"] for row in rows]
            assert Counter(values.split("、")) == Counter(named)
    _absent(rates, rated, year, body[head.end() :])
    return year


def _absent(rates: Rates, rated: World, year: int, said: str) -> None:
    """The figures without a denominator, each with its raw figure; then who did not report."""
    having = {row["area_code"] for row in rated.of_year(rates.indicator, year)}
    lacking = [
        r for r in rates.world.of_year(rates.indicator, year) if r["area_code"] not in having
    ]
    parts = said.split("；")[1:]
    if lacking:
        part = parts.pop(0).removesuffix("缺分母")
        if counted := re.fullmatch(COUNT, part):
            assert int(counted[1]) == len(lacking) > NAMED
        else:
            assert part.split("、") == [
                f"{rated.names[r['area_code']]}（{_raw(r)}{MARKS[r['method']]}）" for r in lacking
            ]
    gaps(rates.world, rates.indicator, year, "；".join(["", *parts]))


def _said(row: Row, value: float) -> str:
    mark = MARKS[row["method"]].strip("（）")
    inside = f"{_raw(row)}，{mark}" if mark else _raw(row)
    return f"{SIGNS[row['qualifier']]}{rate_number(value)}（{inside}）"


def _raw(row: Row) -> str:
    return SIGNS[row["qualifier"]] + number(row["value"]) + row["unit"]
