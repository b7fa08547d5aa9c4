"""What 总览 opens with: what can be compared, what stands out, what is missing.

Everything is said of the cube of the headline indicators, the chosen areas and the years on show,
in sentences whose figures lead to their evidence (app.takeaways).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app import comparability, evidence
from app import format as fmt
from app.comparison import Comparison
from app.coverage import Cube
from app.data import Table
from app.takeaways import NAMED_UP_TO, Sentence, counted, takeaways
from app.text import Text

POINTS = 3
LEAST_TO_COMPARE = 2


@dataclass(frozen=True, slots=True)
class Point:
    """One indicator and the sentences on it."""

    indicator: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """`lead`: what can be compared; `points`: what stands out; `gaps`: what is missing."""

    lead: tuple[str, ...]
    points: tuple[Point, ...]
    gaps: tuple[str, ...]


def opening(table: Table, cube: Cube, totals: int, words: Text) -> Opening:
    """The opening for a cube with at least one area; `totals` counts the figures over several years."""
    if not cube.years:
        return Opening((words("opening.no_years"),), (), tuple(_totals(totals, words)))
    return Opening(
        tuple(_lead(table, cube, words)),
        tuple(_points(table, cube, words)),
        (*_gaps(table, cube, words), *_totals(totals, words)),
    )


def main_year(cube: Cube) -> int:
    """The position of the year in which most indicators can be compared.

    Of equal ones the year with more figures, then the later one.
    """
    several = (cube.reported.sum(axis=0) >= LEAST_TO_COMPARE).sum(axis=0)
    figures = cube.reported.sum(axis=(0, 1))
    return max(range(len(cube.years)), key=lambda y: (several[y], figures[y], y))


def _lead(table: Table, cube: Cube, words: Text) -> Iterator[str]:
    if len(cube.areas) == 1:
        yield from _single(table, cube, words)
        return
    y = main_year(cube)
    by_indicator = cube.reported[:, :, y].sum(axis=0)
    several = np.flatnonzero(by_indicator >= LEAST_TO_COMPARE)
    every = int((by_indicator == len(cube.areas)).sum())
    if not len(several):
        yield words("opening.nothing_shared", years=_years(cube, words))
        reporting = np.flatnonzero(cube.reported.any(axis=(1, 2)))
        if len(reporting) == 1:
            yield words("opening.only_one", area=table.areas[cube.areas[reporting[0]]].label)
        return
    held = int(cube.held[:, y].sum())
    yield words(
        "opening.held_all" if held == len(cube.areas) else "opening.held",
        years=fmt.years(cube.years[y], cube.years[y], words),
        all=counted(table, cube.areas, len(cube.areas), words),
        held=counted(table, cube.areas, held, words, part=True),
    )
    alike = sum(_alike(table, cube, int(i), y) for i in several)
    unlike = len(several) - alike
    mixed, by_all = "_mixed" * (unlike > 0), "_by_all" * (len(several) == len(cube.indicators))
    yield words(
        f"opening.shared{mixed}{by_all}",
        all=len(cube.indicators),
        shared=len(several),
        alike=alike,
        unlike=unlike,
    )
    if every:
        yield words("opening.every", every=every)
    shared = (cube.reported.sum(axis=0) >= LEAST_TO_COMPARE).any(axis=0)
    if others := int(shared.sum()) - 1:
        yield words("opening.other_years", count=others)


def _single(table: Table, cube: Cube, words: Text) -> Iterator[str]:
    held = np.flatnonzero(cube.held[0])
    area = table.areas[cube.areas[0]].label
    if len(held):
        y = int(held[-1])
        yield words(
            "opening.single",
            area=area,
            years=fmt.years(cube.years[y], cube.years[y], words),
            all=len(cube.indicators),
            reported=int(cube.reported[0, :, y].sum()),
        )
    yield words("opening.single_next")


def _alike(table: Table, cube: Cube, indicator: int, year: int) -> bool:
    """Whether two areas or more gave exact figures that are alike."""
    areas = np.flatnonzero(cube.reported[:, indicator, year])
    cells = cube.cells(table, [(int(a), indicator, year) for a in areas])
    alike = comparability.alike([cell.figure for cell in cells if cell.figure])
    return len(alike.figures) >= LEAST_TO_COMPARE


def _points(table: Table, cube: Cube, words: Text) -> list[Point]:
    """The indicators that most areas report, those with a comparison first, in their order."""
    counts = cube.reported.sum(axis=0).max(axis=1)
    order = sorted(np.flatnonzero(counts), key=lambda i: (-counts[i], i))
    said = [
        Point(cube.indicators[i], tuple(takeaways(table, _around(table, cube, int(i)), words)))
        for i in order
    ]
    ranked = sorted(said, key=lambda point: -len(point.sentences))[:POINTS]
    return [point for point in said if point in ranked]


def _around(table: Table, cube: Cube, indicator: int) -> Comparison:
    """One indicator in the year that most areas report it and the year before."""
    counts = cube.reported[:, indicator, :].sum(axis=0)
    best = max(range(len(cube.years)), key=lambda y: (counts[y], y))
    positions = [y for y in (best - 1, best) if y >= 0]
    places = [(a, indicator, y) for a in range(len(cube.areas)) for y in positions]
    return Comparison(
        indicator=table.indicators[cube.indicators[indicator]],
        areas=cube.areas,
        years=tuple(cube.years[y] for y in positions),
        cells=tuple(cube.cells(table, places)),
        totals=(),
        plans=(),
        differences=(),
    )


def _gaps(table: Table, cube: Cube, words: Text) -> Iterator[str]:
    comma = words("list.comma")
    absent = ~cube.held & ~cube.reported.any(axis=1)
    rows = [a for a in range(len(cube.areas)) if absent[a].any()]
    if not rows:
        one = "_one_year" * (len(cube.years) == 1)
        yield words(f"opening.all_held{one}", years=_years(cube, words))
    elif len(rows) <= NAMED_UP_TO and len(cube.years) <= NAMED_UP_TO:
        items = [
            words(
                "opening.no_document_of",
                area=table.areas[cube.areas[a]].label,
                years=comma.join(
                    fmt.years(cube.years[y], cube.years[y], words)
                    for y in np.flatnonzero(absent[a])
                ),
            )
            for a in rows
        ]
        yield words("opening.no_document", items=words("list.semicolon").join(items))
    else:
        yield words(
            "opening.no_document_many",
            areas=counted(table, cube.areas, len(cube.areas), words),
            years=len(cube.years),
            all=f"{absent.size:,}",
            count=f"{int(absent.sum()):,}",
        )
    silent = np.flatnonzero(~cube.reported.any(axis=(0, 2)) & cube.applicable)
    if len(silent) and cube.held.any():
        names = [
            evidence.name_of(table.indicators[cube.indicators[i]], words)
            for i in silent[:NAMED_UP_TO]
        ]
        key = "silent" if len(silent) <= NAMED_UP_TO else "silent_many"
        yield words(f"opening.{key}", names=comma.join(names), count=len(silent))


def _totals(count: int, words: Text) -> Iterator[str]:
    if count:
        yield words("opening.totals", count=count)


def _years(cube: Cube, words: Text) -> str:
    return fmt.years(cube.years[0], cube.years[-1], words)
