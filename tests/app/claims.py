"""Reads the Chinese sentences of the overview and checks each claim against the rows of the table.

Nothing here uses the code that wrote them: figures are looked up in plain rows, numbers and signs
are read with regular expressions. `check` raises AssertionError for a claim that is not true and for
a sentence that it cannot read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

Row = dict[str, Any]
SIGNS = {"exact": "", "at_least": "≥", "at_most": "≤", "about": "约"}
MARKS = {"stated": "", "counted": "（计数）", "summed": "（合计）", "corrected": "（人工校正）"}
NAMED = 6
STATES = ("未披露", "无文件")
COUNT = r"(\d+)(?:市|个地区)"


@dataclass(frozen=True)
class World:
    """The rows of facts and reports, by their columns' names; `areas` are the chosen ones.

    With `per` (10万人) the facts' values are rates, and each row has its words in `said`.
    """

    facts: Sequence[Row]
    reports: Sequence[Row]
    areas: Sequence[str]
    names: dict[str, str]
    per: str = ""

    def figure(self, indicator: str, area: str, year: int) -> Row | None:
        """The one to show."""
        return self._shown.get((indicator, area, year))

    @cached_property
    def _shown(self) -> dict[tuple[str, str, int], Row]:
        found = {}
        for row in self.facts:
            if row["preferred"] and row["status"] == "actual" and row["body"] == "npc":
                key = row["indicator"], row["area_code"], row["year"]
                assert key not in found
                found[key] = row
        return found

    def state(self, indicator: str, area: str, year: int) -> str:
        """ "" for a reported cell, else 未披露 or 无文件."""
        if self.figure(indicator, area, year):
            return ""
        return "未披露" if self.held(area, year) else "无文件"

    def held(self, area: str, year: int) -> bool:
        """Whether a report covers the year."""
        return any(
            r["area_code"] == area and r["body"] == "npc"
            and r["year_start"] <= year <= r["year_end"]
            for r in self.reports
        )  # fmt: skip

    def of_year(self, indicator: str, year: int) -> list[Row]:
        """The figures of all chosen areas in one year."""
        found = (self.figure(indicator, area, year) for area in self.areas)
        return [row for row in found if row]

    def code(self, name: str) -> str:
        """The chosen area of this name."""
        return next(code for code in self.areas if self.names[code] == name)


def amount(row: Row) -> str:
    """The figure as it has to stand in a sentence."""
    if "said" in row:
        return str(row["said"])
    return SIGNS[row["qualifier"]] + number(row["value"]) + row["unit"] + MARKS[row["method"]]


def number(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def bounds(row: Row) -> tuple[float, float]:
    """The true values that a figure allows."""
    value, endless = row["value"], float("inf")
    return {
        "exact": (value, value), "at_least": (value, endless), "at_most": (-endless, value),
        "about": (-endless, endless),
    }[row["qualifier"]]  # fmt: skip


def kind(row: Row) -> tuple[str, str, str]:
    """Reading, measure word and level: a correction reads as a statement, a count has no measure word."""
    reading = "stated" if row["method"] == "corrected" else row["method"]
    return reading, "" if reading == "counted" else row["unit_text"], row["area_level"]


def alike(rows: Sequence[Row]) -> bool:
    """Whether rows share reading, measure word and level, and none is to be checked."""
    return len({kind(row) for row in rows}) <= 1 and not any(row["note"] for row in rows)


def groups(rows: Sequence[Row]) -> dict[tuple[Any, ...], list[Row]]:
    """Exact rows without a note, by reading, measure word and level."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row["qualifier"] == "exact" and not row["note"]:
            found.setdefault(kind(row), []).append(row)
    return found


def check(world: World, indicator: str, sentences: Sequence[str]) -> Counter[str]:
    """Check what is said of one indicator; returns how often each kind of sentence occurred."""
    kinds: Counter[str] = Counter()
    first, *rest = sentences
    year = disclosed(world, indicator, first)
    kinds["disclosed"] += 1
    for sentence in rest:
        for name, pattern, reader in READERS:
            if match := re.fullmatch(pattern, sentence):
                reader(world, indicator, year, match)
                kinds[name] += 1
                break
        else:
            raise AssertionError(f"cannot be read: {sentence}")
    return kinds


def disclosed(world: World, indicator: str, sentence: str) -> int:
    match = re.fullmatch(
        rf"(\d{{4}})年，(?:{COUNT}(?:中{COUNT}|均)披露(?:：([^；]*))?((?:；[^；]+)*)|([^；，]+))。",
        sentence,
    )
    assert match, sentence
    year, all_, reported = int(match[1]), int(match[2] or 1), int(match[3] or match[2] or 1)
    values = match[4] or match[6]
    rows = world.of_year(indicator, year)
    assert all_ == len(world.areas)
    assert reported == len(rows) > 0
    by_year = Counter(
        row["year"] for y in {r["year"] for r in world.facts if r["year"]}
        for row in world.of_year(indicator, y)
    )  # fmt: skip
    assert reported == max(by_year.values())
    if values is not None:
        said = values.split("、")
        assert Counter(said) == Counter(world.names[r["area_code"]] + amount(r) for r in rows)
    else:
        assert len(rows) > NAMED
    gaps(world, indicator, year, match[5] or "")
    return year


def gaps(world: World, indicator: str, year: int, said: str) -> None:
    """Who is missing, state by state: 未披露 and 无文件, by name or counted."""
    missing = {state: [a for a in world.areas if world.state(indicator, a, year) == state]
               for state in STATES}  # fmt: skip
    for part in said.split("；")[1:]:
        state = part[-3:]
        absent = missing.pop(state)
        if counted := re.fullmatch(COUNT, part[:-3]):
            assert int(counted[1]) == len(absent) > NAMED
        else:
            assert part[:-3].split("、") == [world.names[a] for a in absent]
    assert not any(missing.values()), missing


def ranked(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    rows = world.of_year(indicator, year)
    top = world.figure(indicator, world.code(match[2]), year)
    assert top and int(match[1]) == len(rows) >= 2
    assert alike(rows)
    assert all(bounds(top)[0] > bounds(row)[1] for row in rows if row is not top)
    assert match[3] is None or match[3] == amount(top)


def same(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    rows = world.of_year(indicator, year)
    assert int(match[1] or match[2]) == len(rows) >= 2
    assert alike(rows) and len({bounds(row) for row in rows}) == 1
    assert bounds(rows[0])[0] == bounds(rows[0])[1]


def unlike(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    rows = world.of_year(indicator, year)
    assert int(match[1]) == len(rows) >= 2
    reasons = {
        "读取方式不同": len({kind(row)[0] for row in rows}) > 1,
        "计量单位不同": len({r["unit_text"] for r in rows if r["method"] != "counted"}) > 1,
        "地区层级不同": len({row["area_level"] for row in rows}) > 1,
        "有待核对之处": any(row["note"] for row in rows),
        "分母年份不同": len({row.get("denominator_year") for row in rows}) > 1,
    }
    assert sorted(match[2].split("、")) == sorted(reason for reason in reasons if reasons[reason])


def middle(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    rows = world.of_year(indicator, year)
    count, value, name, top, others = match.groups()
    assert len(rows) - int(count) == int(others or 0)
    sizes = [len(group) for group in groups(rows).values()]
    assert int(count) == max(sizes) >= 10

    def fits(group: list[Row]) -> bool:
        values = sorted(row["value"] for row in group)
        if len(group) != int(count) or value != _middle(
            median(values), group[0]["unit"], world.per
        ):
            return False
        if name is None:
            return values[-1] == values[-2]
        first = max(group, key=lambda row: row["value"])
        return (world.names[first["area_code"]], amount(first)) == (name, top) and (
            values[-1] > values[-2]
        )

    assert any(fits(group) for group in groups(rows).values())


def _middle(value: float, unit: str, per: str) -> str:
    return f"{rate_number(value)}{unit}/{per}" if per else number(value) + unit


def rate_number(value: float) -> str:
    """A rate to three digits, and never finer than hundredths."""
    return f"{value:,.{2 if value < 10 else 1 if value < 100 else 0}f}"


def pairs(world: World, indicator: str, year: int) -> list[tuple[Row, Row]]:
    """The areas whose exact, alike figures of two years can be compared."""
    found = [
        (world.figure(indicator, area, year - 1), world.figure(indicator, area, year))
        for area in world.areas
    ]
    return [
        (a, b) for a, b in found
        if a and b and alike([a, b]) and a["qualifier"] == b["qualifier"] == "exact"
    ]  # fmt: skip


def changed(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    said = {}
    for part in match[0].rstrip("。").split("；"):
        if moved := re.fullmatch(r"(.+?)由(\d+)年的(.+)([增升降])至(\d+)年的(.+)", part):
            name, first, before, way, last, after = moved.groups()
        else:
            kept = re.fullmatch(r"(.+?)(\d{4})年为(.+)，与(\d+)年的(.+)持平", part)
            assert kept, part
            name, last, after, first, before = kept.groups()
            way = "持"
        assert (int(first), int(last)) == (year - 1, year)
        said[name] = (before, way, after)
    expected = {}
    for a, b in pairs(world, indicator, year):
        more = "升" if b["unit"] == "%" or world.per else "增"
        way = "持" if a["value"] == b["value"] else more if b["value"] > a["value"] else "降"
        expected[world.names[b["area_code"]]] = (amount(a), way, amount(b))
    assert said == expected


def changes(world: World, indicator: str, year: int, match: re.Match[str]) -> None:
    last, first, count = map(int, match.groups()[:3])
    if every := match[4]:
        ways = {every: count}
    else:
        said = re.findall(r"(\d+)个(增加|上升|减少|下降|持平)", match[5])
        ways = {way: int(number) for number, way in said}
        assert len(ways) == len(said) > 1 and 0 not in ways.values()
    rose, fell = ("上升", "下降") if "折算值" in match[0] else ("增加", "减少")
    up, down, same_ = (ways.pop(way, 0) for way in (rose, fell, "持平"))
    assert not ways
    assert (first, last) == (year - 1, year)
    found = pairs(world, indicator, year)
    assert count == len(found) == up + down + same_
    assert up == sum(b["value"] > a["value"] for a, b in found)
    assert down == sum(b["value"] < a["value"] for a, b in found)


READERS = (
    ("ranked", rf"(?:已披露|可折算)的{COUNT}中，([^，]+)最[多高](?:，为(.+))?。", ranked),
    ("same", rf"(?:已披露的{COUNT}数|可折算的{COUNT}折算)值相同。", same),
    ("unlike", r"(?:已披露|可折算)的(\d+)个数字(.+)，不宜直接比较大小。", unlike),
    (
        "middle",
        r"口径一致的确数(\d+)个，中位数为([^，；。]+?)(?:，([^，]+)最[多高]，为([^；]+?))?"
        r"(?:；另有(\d+)个为约数或口径不同，未参与比较)?。",
        middle,
    ),
    (
        "changes",
        rf"(\d+)年与(\d+)年口径一致、可作比较的{COUNT}"
        r"(?:(?:折算值)?均(增加|上升|减少|下降|持平)|中，(?:折算值)?((?:\d+个[^\d、]{2}、?)+))。",
        changes,
    ),
    ("changed", r".+(?:至\d+年的|持平).*。", changed),
)


def check_opening(
    world: World, indicators: dict[str, str], years: Sequence[int], lead: Sequence[str],
    gaps: Sequence[str], totals: int,
) -> Counter[str]:  # fmt: skip
    """Check the lead and the gaps of the overview for these indicators (id → name) and years."""
    said = [*(("lead", s) for s in lead), *(("gap", s) for s in gaps)]
    kinds: Counter[str] = Counter()
    year = 0
    for place, sentence in said:
        for name, pattern in OPENING:
            if match := re.fullmatch(pattern, sentence):
                year = int(match[1]) if name == "held" else year
                verify_opening(name, match, world, indicators, years, year, totals)
                kinds[name] += 1
                break
        else:
            raise AssertionError(f"cannot be read ({place}): {sentence}")
    return kinds


OPENING = (
    ("held", rf"(\d+)年，{COUNT}(?:中{COUNT}|均)有报告。"),
    (
        "shared",
        r"(\d+)项核心指标(?:中(\d+)项|均)有2个以上地区披露(?:，且有口径一致的确数，可以比较"
        r"|：(\d+)项有口径一致的确数，可以比较；(\d+)项为约数或计量单位、读取方式不同，不宜直接比较大小)。",
    ),
    ("every", r"(\d+)项各地区均披露。"),
    ("other_years", r"另有(\d+)个年份也有可对照的指标。"),
    ("nothing_shared", r"(\d+)(?:—(\d+))?年，没有一项核心指标在同一年有2个以上地区披露，无从逐年对照。"),
    ("only_one", r"只有(.+)披露了核心指标。"),
    ("no_years", r"所选地区在所选年份内没有年度报告，也没有年度数字.+"),
    ("single", r"(.+)最近一份报告涵盖(\d+)年，(\d+)项核心指标中披露(\d+)项。"),
    ("next", r"在左侧再选一个地区，即可对照。"),
    ("all_held", r"(\d+)(?:—(\d+)年各年|年)各地区均有报告。"),
    ("no_document_many", rf"无文件：{COUNT}、(\d+)个年份，共([\d,]+)个地区年度，其中([\d,]+)个没有报告。"),
    ("no_document", r"无文件：(.+)。"),
    ("silent", r"有报告而均未披露：(.+)。"),
    ("silent_many", r"均未披露的核心指标有(\d+)项，如(.+)。"),
    ("totals", r"届期合计、累计(\d+)项，单列于“对比”，不与年度数字比较。"),
)  # fmt: skip


def verify_opening(
    name: str, match: re.Match[str], world: World, indicators: dict[str, str],
    years: Sequence[int], year: int, totals: int,
) -> None:  # fmt: skip
    counts = {(i, y): len(world.of_year(i, y)) for i in indicators for y in years}
    shared = [i for i in indicators if counts.get((i, year), 0) >= 2]
    absent = [
        (a, y) for a in world.areas for y in years
        if all(world.state(i, a, y) == "无文件" for i in indicators)
    ]  # fmt: skip
    if name == "held":
        held = sum(world.held(a, year) for a in world.areas)
        assert (int(match[2]), int(match[3] or match[2])) == (len(world.areas), held)
    elif name == "shared":
        sure = sum(
            any(len(g) >= 2 for g in groups(world.of_year(i, year)).values()) for i in shared
        )
        assert (int(match[1]), int(match[2] or match[1])) == (len(indicators), len(shared))
        assert len(shared) == max(sum(counts[i, y] >= 2 for i in indicators) for y in years) > 0
        assert int(match[3] or len(shared)) == sure
        assert int(match[4] or 0) == len(shared) - sure
    elif name == "every":
        assert int(match[1]) == sum(counts[i, year] == len(world.areas) for i in indicators)
    elif name == "other_years":
        assert int(match[1]) == sum(
            any(counts[i, y] >= 2 for i in indicators) for y in years if y != year
        )
    elif name == "nothing_shared":
        assert max(counts.values(), default=0) < 2
    elif name == "only_one":
        named = {a for a in world.areas for i in indicators for y in years if world.figure(i, a, y)}
        assert named == {world.code(match[1])}
    elif name == "no_years":
        assert not years
    elif name == "single":
        (area,) = world.areas
        last = max(y for y in years if world.held(area, y))
        assert match[1] == world.names[area] and int(match[2]) == last
        assert int(match[3]) == len(indicators)
        assert int(match[4]) == sum(counts[i, last] for i in indicators)
    elif name == "next":
        assert len(world.areas) == 1
    elif name == "all_held":
        assert not absent
    elif name == "no_document":
        said = []
        for part in match[1].split("；"):
            area = next(a for a in world.areas if part.startswith(world.names[a]))
            said += [(area, int(y)) for y in re.findall(r"(\d{4})年", part)]
        assert said == absent
    elif name == "no_document_many":
        assert int(match[1]) == len(world.areas) and int(match[2]) == len(years)
        assert int(match[3].replace(",", "")) == len(world.areas) * len(years)
        assert int(match[4].replace(",", "")) == len(absent)
    elif name in ("silent", "silent_many"):
        silent = [n for i, n in indicators.items() if not any(counts[i, y] for y in years)]
        named = match[1 if name == "silent" else 2].split("、")
        assert named == silent[: len(named)]
        assert any(world.held(a, y) for a in world.areas for y in years)
        assert len(silent) == (len(named) if name == "silent" else int(match[1]))
    elif name == "totals":
        assert int(match[1]) == totals
