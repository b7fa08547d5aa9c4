"""The list of areas in an order: by code, name, the value of the shown indicator, or population.

The order of the list is no ranking: the value of an area is its latest figure within the chosen
years, each with its year beside it, and what has none stands last. area_order.toml helps names
into the order of their sound.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from app import format as fmt
from app.comparison import compare
from app.data import Table
from app.rates import TOTAL
from app.selection import RANGE, Selection
from app.states import Cell, State
from app.text import Text

_FILE = Path(__file__).with_suffix(".toml")
CODE, NAME, VALUE, POPULATION = ORDERS = ("code", "name", "value", "population")


@dataclass(frozen=True, slots=True)
class Listed:
    """The codes of all areas in their order, and what is said beside the names of some."""

    areas: tuple[str, ...]
    beside: Mapping[str, str] = field(default_factory=dict)


def listed(table: Table, chosen: Selection, order: str, words: Text) -> Listed:
    """All areas of the table in the order, one of ORDERS; of equals the one with the lower code first."""
    if order == VALUE:
        asked = chosen.body, chosen.indicator, chosen.first, chosen.last, words.language
        return table.memory.of(("area_values", asked), lambda: _by_value(table, chosen, words))
    if order == POPULATION:
        populations = "area_populations", words.language
        return table.memory.of(populations, lambda: _by_population(table, words))
    if order == NAME:
        return table.memory.of(("area_names",), lambda: _by_name(table))
    return Listed(tuple(table.areas))


def _sorted(table: Table, key: Callable[[str], object]) -> tuple[str, ...]:
    return tuple(sorted(table.areas, key=key))  # type: ignore[arg-type]


def _by_name(table: Table) -> Listed:
    """GB 18030 has the common characters in the order of their sound (pinyin)."""
    alike = sounds()
    return Listed(
        _sorted(table, lambda code: table.areas[code].label.translate(alike).encode("gb18030"))
    )


@cache
def sounds() -> dict[int, str]:
    """Rare characters and the common ones that sound like them."""
    alike = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sounds"]
    return {ord(rare): common for common, others in alike.items() for rare in others}


def _by_value(table: Table, chosen: Selection, words: Text) -> Listed:
    every = replace(chosen, areas=tuple(table.areas), measure=TOTAL, at=RANGE, focus="")
    found: dict[str, Cell] = {}
    for cell in compare(table, every).cells:
        before = found.get(cell.area)
        if before is None or _telling(cell) >= _telling(before):
            found[cell.area] = cell
    values = {code: cell.figure.value for code, cell in found.items() if cell.figure}
    return Listed(
        _largest_first(table, values), {code: _said(cell, words) for code, cell in found.items()}
    )


def _telling(cell: Cell) -> tuple[bool, bool, int]:
    """What says most of an area: its last figure, else its last report."""
    return cell.figure is not None, cell.state is State.UNDISCLOSED, cell.year


def _said(cell: Cell, words: Text) -> str:
    if cell.figure is None:
        return words(f"state.{cell.state}")
    figure = cell.figure
    shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return shown + words("chart.of_year", year=cell.year)


def _by_population(table: Table, words: Text) -> Listed:
    known = {code: own for code in table.areas if (own := table.reference.population(code))}
    said = {
        code: words("filters.persons", persons=fmt.number(own.value))
        + words("chart.of_year", year=own.year)
        for code, own in known.items()
    }
    return Listed(_largest_first(table, {code: own.value for code, own in known.items()}), said)


def _largest_first(table: Table, values: Mapping[str, float]) -> tuple[str, ...]:
    return _sorted(table, lambda code: (code not in values, -values.get(code, 0.0)))
