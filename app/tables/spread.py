"""Many areas at a glance: for each indicator how many reported, the middle and the ends of what compares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app import comparability
from app import format as fmt
from app.comparability import EXACT, Alike
from app.coverage import Cube
from app.data import Figure, Table
from app.markup import Node, el
from app.tables.parts import framed, indicator_head
from app.text import Text

LEAST = 3


@dataclass(frozen=True, slots=True)
class Spread:
    """One indicator in the year that most areas report it; `year` is None where none does."""

    indicator: str
    year: int | None
    reported: int
    alike: Alike


def spreads(table: Table, cube: Cube) -> tuple[Spread, ...]:
    """The indicators of the cube in order."""
    return tuple(_spread(table, cube, i) for i in range(len(cube.indicators)))


def spread_table(table: Table, found: Sequence[Spread], areas: int, words: Text) -> Node:
    """The spreads as a table; a figure stands with its area and leads to its sentence."""
    names = ("indicator", "unit", "year")
    head = el(
        "tr",
        *(el("th", words(f"column.{name}"), scope="col", cls="name" if name == "indicator" else name)
          for name in names),
        *(el("th", words(f"overview.{name}"), scope="col")
          for name in ("reported", "compared", "median", "most", "least")),
    )  # fmt: skip
    rows = []
    for spread in found:
        indicator = table.indicators[spread.indicator]
        alike = spread.alike
        enough = len(alike.figures) >= LEAST
        rows.append(
            el(
                "tr",
                indicator_head(indicator, words, with_unit=True),
                el("td", fmt.unit_name(indicator.unit, words), cls="unit"),
                el("td", "" if spread.year is None else str(spread.year), cls="year"),
                el("td", f"{spread.reported}/{areas}", cls="value"),
                el("td", str(len(alike.figures)) if spread.reported else "", cls="value"),
                el("td", fmt.value(alike.middle, EXACT, words) if enough else "", cls="value"),
                _end(table, alike.top, words) if enough else el("td"),
                _end(table, alike.bottom, words) if enough else el("td"),
            )
        )
    return framed(words("overview.spread_caption"), [head], rows, "headlines spread")


def _spread(table: Table, cube: Cube, indicator: int) -> Spread:
    counts = cube.reported[:, indicator, :].sum(axis=0)
    y = max(range(len(cube.years)), key=lambda y: (counts[y], y), default=0)
    if not len(counts) or not counts[y]:
        return Spread(cube.indicators[indicator], None, 0, comparability.alike(()))
    areas = np.flatnonzero(cube.reported[:, indicator, y])
    cells = cube.cells(table, [(int(a), indicator, y) for a in areas])
    figures = [cell.figure for cell in cells if cell.figure]
    return Spread(
        cube.indicators[indicator], cube.years[y], len(figures), comparability.alike(figures)
    )


def _end(table: Table, figure: Figure | None, words: Text) -> Node:
    """The figure at one end; where two share it, that."""
    if figure is None:
        return el("td", el("small", words("overview.tied")), cls="value end")
    return el(
        "td",
        el("button", el("strong", fmt.value(figure.value, figure.qualifier, words)),
           el("small", table.areas[figure.area_code].label), cls="figure", pick=figure.fact_id),
        cls="value end",
    )  # fmt: skip
