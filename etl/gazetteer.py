"""Finds the places of China that a text mentions, by the names of GB/T 2260.

`load` reads two files of a folder: areas.csv (see etl.areas) and area_names.toml, which says how
people call the places and which of their names are also everyday words (see etl.area_names).
`Gazetteer.mentions` walks a text once, from left to right, and takes the longest name at each
spot. Words that only look like a place (长治久安) or run into one (聚焦+作) are in the second file,
too; inside them no name starts but a full one that goes on beyond (参加+大同市).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from etl import area_names
from etl import areas as area_list
from etl.area_names import NAMES_FILE, NO_STOPS, Usage
from etl.areas import AREAS_FILE, LEVEL_ORDER, Area

# 恩施土家族苗族自治州 is 恩施州 in every report; so for 自治县 and 自治旗.
_AUTONOMOUS = {"自治州": "州", "自治县": "县", "自治旗": "旗"}
_ENUMERATION = "、和与及"


class Mention(NamedTuple):
    """A name at text[start:end]; `areas` has several members when the name is ambiguous."""

    start: int
    end: int
    text: str
    areas: tuple[Area, ...]


class _Rule(IntEnum):
    """What an entry needs around it to count; at one spot the lower value is tried first."""

    WORD = 0  # no place: only a longer name, in full, may start inside it
    NAME = 1  # a full name or a usual contraction of it
    BOUND = 2  # a full name that arises across words (召开+县): needs an edge on its left
    GENERIC = 3  # a full name that is a common noun (城区): needs its city on its left
    SHORT = 4  # a short name
    WEAK = 5  # a short name that is also a word: needs an administrative cue


_SHORT = frozenset({_Rule.SHORT, _Rule.WEAK})


@dataclass(frozen=True, slots=True)
class _Entry:
    """A name and its areas; `lesser` are those in the shade of a greater place of that name."""

    text: str
    rule: _Rule
    areas: tuple[Area, ...] = ()
    lesser: tuple[Area, ...] = ()


class Gazetteer:
    """The areas of one areas.csv; made by `load`."""

    def __init__(self, areas: Sequence[Area], usage: Usage) -> None:
        self.areas = tuple(areas)
        self._usage = usage
        # In force comes last, so that it wins over a former holder of the same code.
        self._by_code = {a.code: a for a in sorted(areas, key=lambda a: a.in_force)}
        self._named: dict[str, tuple[Area, ...]] = {
            name: self._living(found) for name, found in self._names().items()
        }
        self._by_pair = self._entries()
        by_text: dict[str, list[_Entry]] = defaultdict(list)
        for entries in self._by_pair.values():
            for entry in entries:
                by_text[entry.text].append(entry)
        self._by_number = list(by_text.values())
        # Some megabytes more than the default, and a third less time.
        self._automaton = AhoCorasick(by_text, implementation=Implementation.DFA)

    @property
    def by_code(self) -> Mapping[str, Area]:
        """Code → area; where a code was renamed, the area in force."""
        return self._by_code

    def named(self, name: str) -> tuple[Area, ...]:
        """Every area with this full name, short name or usual contraction.

        In force first, then from province to county. A former area is left out
        where its successor, or that of its prefecture, bears the same name.
        """
        return self._named.get(name, ())

    def parent(self, area: Area) -> Area | None:
        """The prefecture or province that the area lies in; None for a province."""
        return self._by_code.get(area.parent_code)

    def holds(self, outer: Area, inner: Area) -> bool:
        """Whether `inner` lies inside `outer` (and is not `outer` itself)."""
        above = self.parent(inner)
        while above is not None and above.code != outer.code:
            above = self.parent(above)
        return above is not None

    def mentions(self, text: str) -> list[Mention]:
        """The places that `text` names, in order, none overlapping another.

        `text` is prose without white space inside words (see etl.layout). An
        ambiguous name keeps only the areas that fit the name next to it: 南京市鼓楼区,
        北京朝阳, 新华区、卫东区. Takes time in proportion to the length of the text.
        """
        found: list[Mention] = []
        end = 0  # of the mention before
        word = 0  # end of the last of usage.words: before it, only longer names start
        names = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for number, start, stop in sorted(names, key=_longest_at_each_spot):
            if start < end:
                continue
            for entry in self._by_number[number]:
                if entry.rule is _Rule.WORD:
                    word = max(word, stop)
                if start < word and (stop <= word or entry.rule in _SHORT):
                    continue
                if self._stopped(entry, text, stop):
                    if entry.rule in _SHORT:
                        word = stop + 1  # 宝丰镇: no 丰镇 either
                    continue
                before = found[-1] if found else None
                if areas := self._accepted(entry, text, start, stop, before):
                    self._append(found, Mention(start, stop, entry.text, areas), text)
                    end = stop
                    break
        return found

    def _accepted(
        self, entry: _Entry, text: str, start: int, stop: int, before: Mention | None
    ) -> tuple[Area, ...]:
        """The areas meant by `entry`, a name, at this spot; () if none is."""
        rule = entry.rule
        if rule in _SHORT:
            if self._person(text, start, stop):
                return ()
            vouched = self._beside(entry.areas, text, start, before) or self._beside(
                entry.lesser, text, start, before
            )
            plain = rule is _Rule.SHORT or text.startswith(self._usage.cues, stop)
            return vouched or (entry.areas if plain else ())
        if rule is _Rule.NAME:
            return entry.areas
        related = self._beside(entry.areas, text, start, before)
        if related:
            return related
        if self._is_han(text, start - 1) and text[start - 1] not in self._usage.edges:
            return ()
        cue = rule is _Rule.BOUND or text.startswith(self._usage.cues, stop)
        return entry.areas if cue else ()

    def _stopped(self, entry: _Entry, text: str, at: int) -> bool:
        """Whether text[at:] turns `entry`, which ends there, into another word (中山路, 东方市场).

        Not so where another place begins there: 河南镇平县 is no township 河南镇.
        """
        usage = self._usage
        stops = usage.after_ending.get(text[at - 1], NO_STOPS)
        if not stops.stop(text, at) and not (
            entry.rule in _SHORT and usage.after_short.stop(text, at)
        ):
            return False
        return not any(
            other.rule in (_Rule.NAME, _Rule.SHORT) and text.startswith(other.text, at)
            for other in self._by_pair.get(text[at : at + 2], ())
        )

    def _person(self, text: str, start: int, stop: int) -> bool:
        """Whether text[start:stop] is the given name of a person: 、刘桂平、, 记者马玉山."""
        at = start - 1
        if stop - start != 2 or at < 0 or text[at] not in self._usage.surnames:
            return False
        return not self._is_han(text, at - 1) or text.endswith(self._usage.titles, 0, at)

    def _is_han(self, text: str, at: int) -> bool:
        return at >= 0 and "\u3400" <= text[at] <= "\u9fff"

    def _beside(
        self, areas: tuple[Area, ...], text: str, start: int, before: Mention | None
    ) -> tuple[Area, ...]:
        """Those of `areas` that the mention before vouches for: it holds them, or lists them.

        宁夏同心: the name stands right behind an area that holds it.
        依安、富裕: it follows a sibling in an enumeration.
        """
        if before is None:
            return ()
        if before.end == start:
            return tuple(a for a in areas if any(self.holds(b, a) for b in before.areas))
        if before.end == start - 1 and text[start - 1] in _ENUMERATION:
            parents = {b.parent_code for b in before.areas}
            return tuple(a for a in areas if a.parent_code in parents)
        return ()

    def _append(self, found: list[Mention], mention: Mention, text: str) -> None:
        """Adds the mention; narrows it and its neighbour to the areas that fit together."""
        before = found[-1] if found else None
        if before is not None and (before.end == mention.start or _listed(before, mention, text)):
            inside = before.end == mention.start
            pairs = [
                (b, a)
                for b in before.areas
                for a in mention.areas
                if (self.holds(b, a) if inside else b.parent_code == a.parent_code)
            ]
            if pairs:
                outer, inner = {id(b) for b, _ in pairs}, {id(a) for _, a in pairs}
                found[-1] = before._replace(areas=tuple(b for b in before.areas if id(b) in outer))
                mention = mention._replace(areas=tuple(a for a in mention.areas if id(a) in inner))
        found.append(mention)

    def _names(self) -> dict[str, list[Area]]:
        """Every name that leads to areas, full, short or contracted."""
        names: dict[str, list[Area]] = defaultdict(list)
        for area in self.areas:
            names[area.name].append(area)
            for name in (area.short_name, _contraction(area)):
                if name and name != area.name:
                    names[name].append(area)
        for name, code in self._usage.contractions.items():
            if self._by_code[code] not in names[name]:
                names[name].append(self._by_code[code])
        return names

    def _living(self, areas: Iterable[Area]) -> tuple[Area, ...]:
        """`areas` in order, without former ones whose successor is among them."""
        codes = {a.code for a in areas if a.in_force}
        kept = (a for a in areas if a.in_force or not codes & set(self._heirs(a)))
        return tuple(sorted(kept, key=lambda a: (not a.in_force, LEVEL_ORDER[a.level], a.code)))

    def _heirs(self, area: Area) -> Iterator[str]:
        """Codes of the successors of a former area and of the former areas that held it."""
        here: Area | None = area
        while here is not None and not here.in_force:
            if here.successor:
                yield here.successor
            here = self.parent(here)

    def _outer(self, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        """`areas` without those that lie in another of them: 新乡市, but not 新乡县."""
        return tuple(a for a in areas if not any(self.holds(b, a) for b in areas if b is not a))

    def _entries(self) -> dict[str, tuple[_Entry, ...]]:
        """All entries by their first two characters, the longest first."""
        usage = self._usage
        entries = [_Entry(word, _Rule.WORD) for word in usage.words]
        for name, areas in self._named.items():
            full = tuple(a for a in areas if name != a.short_name)
            short = tuple(a for a in areas if name == a.short_name)
            if name in usage.weak:
                full, short = tuple(a for a in full if name == a.name), areas
            if full and name in usage.generic:
                entries.append(_Entry(name, _Rule.GENERIC, full))
            elif full:
                rule = _Rule.BOUND if name in usage.bound else _Rule.NAME
                entries.append(_Entry(name, rule, full))
            if short:
                rule = _Rule.WEAK if name in usage.weak else _Rule.SHORT
                meant = self._outer(short) if rule is _Rule.WEAK else _greatest(short)
                lesser = tuple(a for a in short if a not in meant)
                entries.append(_Entry(name, rule, meant, lesser))
        by_pair: dict[str, list[_Entry]] = defaultdict(list)
        for entry in sorted(entries, key=lambda e: (-len(e.text), e.rule)):
            by_pair[entry.text[:2]].append(entry)
        return {pair: tuple(group) for pair, group in by_pair.items()}


def load(folder: Path) -> Gazetteer:
    """Reads areas.csv and area_names.toml in `folder` (data/catalogue).

    Raises CatalogueError for a missing file, a malformed line or an unknown entry.
    """
    areas = area_list.read(folder / AREAS_FILE)
    return Gazetteer(areas, area_names.read(folder / NAMES_FILE, areas))


def _longest_at_each_spot(hit: tuple[int, int, int]) -> tuple[int, int]:
    _, start, stop = hit
    return start, -stop


def _listed(before: Mention, mention: Mention, text: str) -> bool:
    """Whether one 、 or 和 joins the two: 新华区、卫东区."""
    return before.end == mention.start - 1 and text[before.end] in _ENUMERATION


def _greatest(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Those of the highest level: 吉林 alone is the province, 西安 the prefecture in 陕西.

    A former area of a level above (莱芜市 beside 莱芜区) stays: it depends on the year.
    """
    highest = min(LEVEL_ORDER[a.level] for a in areas if a.in_force or not areas[0].in_force)
    return tuple(a for a in areas if LEVEL_ORDER[a.level] <= highest)


def _contraction(area: Area) -> str:
    """恩施州, 景宁县, 鄂温克旗: the usual name of an autonomous place; "" for all others."""
    ending = _AUTONOMOUS.get(area.name[-3:])
    return area.short_name + ending if ending and area.short_name else ""
