"""Comparison → where its sentences differ in what they count: 办结 against 交办, 视察 with 调研.

The words stand in wording.toml. A sentence that has none of them says nothing and is not compared.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from app.comparison import Comparison
from app.data import Figure, Table

_FILE = Path(__file__).with_suffix(".toml")
_CLAUSE = re.compile(r"[^，,。；;！!？?★☆\n]+")


@dataclass(frozen=True, slots=True)
class Distinction:
    """`kinds` are names with the words that tell; `unequal` as wording.toml explains it."""

    indicators: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]
    unequal: bool


@cache
def distinctions() -> tuple[Distinction, ...]:
    """The distinctions of wording.toml."""
    return tuple(
        Distinction(
            tuple(entry["indicators"]),
            {name: tuple(words) for name, words in entry["kinds"].items()},
            entry["unequal"],
        )
        for entry in _read()["distinction"]
    )


def differing(comparison: Comparison) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What is counted → the areas that count it, for the yearly figures; empty where all agree."""
    for distinction in distinctions():
        if comparison.indicator.id in distinction.indicators:
            return _differing(distinction, (c.figure for c in comparison.cells if c.figure))
    return {}


def counted(figure: Figure, distinction: Distinction) -> tuple[str, ...]:
    """The kinds that the figure's clause names; else those of the next clause, else the one before."""
    clauses = [match.group() for match in _CLAUSE.finditer(figure.sentence)]
    own = next((i for i, clause in enumerate(clauses) if figure.figure in clause), None)
    if own is None:
        return ()
    for place in (own, own + 1, own - 1):
        if 0 <= place < len(clauses):
            found = tuple(
                name
                for name, words in distinction.kinds.items()
                if any(word in clauses[place] for word in words)
            )
            if found:
                return found
    return ()


def merged(table: Table, comparison: Comparison) -> tuple[Figure, ...]:
    """Figures that state this indicator and another one in one number, of the cells without any."""
    gaps = {(c.area, c.year): c.body for c in comparison.cells if c.figure is None}
    return tuple(
        figure
        for entry in _read()["merged"]
        if comparison.indicator.id in entry["of"]
        for body in dict.fromkeys(gaps.values())
        for figure in table.figures(body, entry["indicator"], comparison.areas)
        if figure.preferred and figure.yearly and (figure.area_code, figure.year) in gaps
    )


def _differing(
    distinction: Distinction, figures: Iterable[Figure]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for figure in figures:
        if kinds := counted(figure, distinction):
            found.setdefault(kinds, {})[figure.area_code] = None
    sets = [set(kinds) for kinds in found]
    apart = any(
        one != other if distinction.unequal else not one & other for one in sets for other in sets
    )
    return {kinds: tuple(areas) for kinds, areas in found.items()} if apart else {}


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
