"""Facts, candidates and reports → Table: what the pages ask, without copies.

A Table is built once and shared by all sessions; nothing in it changes but its bounded memory of
what was worked out before.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from app import rates
from app.figures import Figure, Figures, Positions, figures_of
from app.memory import Memory
from app.rates import Reference
from etl.catalogue import Indicator
from etl.errors import InputError

FACTS = "facts.parquet"
CANDIDATES = "candidates.csv"
CANDIDATE = "candidate:"
# Up to how many bytes of pages, and of the positions of rows, a table remembers.
REMEMBERED, ROWS_REMEMBERED = 80_000_000, 20_000_000
CATEGORIES = (
    "document", "article", "area", "area_code", "area_level", "body", "indicator", "unit",
    "unit_text", "qualifier", "status", "method", "rule", "published", "note",
)  # fmt: skip

__all__ = ["Area", "Figure", "Positions", "Report", "Table", "figures_of", "make"]


@dataclass(frozen=True, slots=True)
class Report:
    """One report found in a document: who reports on which years, and how many figures it gave."""

    document: str
    article: str
    area: str
    area_code: str
    area_level: str
    body: str
    year_start: int
    year_end: int
    published: str
    facts: int

    def covers(self, year: int) -> bool:
        """True where `year` is one of the years that the report speaks of."""
        return self.year_start <= year <= self.year_end

    @property
    def single_year(self) -> bool:
        """True for a yearly report, false for one over a term."""
        return self.year_start == self.year_end


@dataclass(frozen=True, slots=True)
class Area:
    """A reference area; `label` is its name, with its code where two areas share the name."""

    code: str
    name: str
    level: str
    label: str


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of one indicator: those of the area with number n are places[starts[n] : starts[n + 1]]."""

    places: Positions
    starts: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Table:
    """All facts and reports with the indicators that they use, and quick ways into them.

    `candidates` (待核) have the columns of the facts and `doubt`; nothing but the data page uses
    them. `areas` are in the order of level and code; `richest` are the cities (any areas, where
    there is no city) by the number of their figures, the richest first. `digest` identifies the
    data: two tables with the same digest are equal. `reference` has the denominators of rates. For
    each row of the frame, `yearly_preferred` says whether it is the figure to show for its year,
    and `year_numbers` has that year (0 for a span). `memory` keeps what pages have made of the
    table, under keys that begin with a name of the maker's own.
    """

    facts: pd.DataFrame
    candidates: pd.DataFrame
    reports: tuple[Report, ...]
    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]
    richest: tuple[str, ...]
    digest: str
    reference: Reference
    yearly_preferred: npt.NDArray[np.bool_] = field(repr=False)
    year_numbers: npt.NDArray[np.int32] = field(repr=False)
    area_numbers: Mapping[str, int] = field(repr=False)
    _records: Figures = field(repr=False)
    _ids: "pd.Index[Any]" = field(repr=False)
    _rows: Mapping[tuple[str, str], "_Rows"] = field(repr=False)
    _of_document: Mapping[str, Positions] = field(repr=False)
    _reports_of: Mapping[tuple[str, str], tuple[Report, ...]] = field(repr=False)
    _years: Mapping[str, tuple[int, ...]] = field(repr=False)
    memory: Memory = field(default_factory=lambda: Memory(REMEMBERED), repr=False)
    _positions: Memory = field(default_factory=lambda: Memory(ROWS_REMEMBERED), repr=False)

    def figures(
        self, body: str, indicator: str, areas: Iterable[str] | None = None
    ) -> list[Figure]:
        """The figures of one indicator in the order of the table, of `areas` (codes) if given."""
        key = body, indicator, None if areas is None else tuple(areas)
        found = self._positions.of(key, lambda: self.positions(body, indicator, key[2]))
        return self._records.at(found)

    def figures_at(self, positions: Positions | Sequence[int]) -> list[Figure]:
        """The figures at these rows of the frame."""
        return self._records.at(positions)

    def rows(
        self, body: str, indicators: Iterable[str], areas: Iterable[str] | None = None
    ) -> pd.DataFrame:
        """The rows of these indicators as they stand in the frame; of `areas` (codes) if given."""
        areas = None if areas is None else tuple(areas)
        found = [self.positions(body, indicator, areas) for indicator in indicators]
        return self.facts.iloc[np.concatenate(found) if found else []]

    def positions(self, body: str, indicator: str, areas: Iterable[str] | None = None) -> Positions:
        """Where the rows of one indicator stand in the frame, in its order; of `areas` if given."""
        rows = self._rows.get((body, indicator))
        if rows is None:
            return np.array([], dtype=np.intp)
        if areas is None:
            return np.sort(rows.places)
        numbers = {self.area_numbers[area] for area in areas if area in self.area_numbers}
        parts = [rows.places[rows.starts[n] : rows.starts[n + 1]] for n in numbers]
        return np.sort(np.concatenate(parts)) if parts else np.array([], dtype=np.intp)

    def has_figures(self, body: str, indicator: str) -> bool:
        """True where any area has a figure of this indicator."""
        return (body, indicator) in self._rows

    def figure(self, fact_id: str) -> Figure | None:
        """The figure with this id, or None; a candidate's id has CANDIDATE in front."""
        if fact_id.startswith(CANDIDATE):
            rows = self.candidates
            rows = rows[(rows["fact_id"] == fact_id.removeprefix(CANDIDATE)).to_numpy(dtype=bool)]
            found = figures_of(rows.iloc[:1])
            return found[0] if found and found[0].area_code in self.areas else None

        def place() -> Positions:
            return self._ids.get_indexer_for(pd.Index([fact_id], dtype=self._ids.dtype))

        places = self._positions.of(fact_id, place)
        return self._records.at(places)[0] if places[0] >= 0 else None

    def of_document(self, document: str) -> list[Figure]:
        """The figures of one document, in the order in which they stand in it."""
        positions = self._of_document.get(document)
        if positions is None:
            return []
        return sorted(self._records.at(positions), key=lambda f: (f.figure_start, f.indicator))

    def count_of_document(self, document: str) -> int:
        """How many figures a document has."""
        return len(self._of_document.get(document, ()))

    def reports_of(self, area: str, body: str) -> tuple[Report, ...]:
        """The reports of one area's congress or committee, the latest first."""
        return self._reports_of.get((area, body), ())

    def years(self, body: str) -> tuple[int, ...]:
        """All years on which this body has a report or a figure (plans apart), ascending."""
        return self._years.get(body, ())

    def bodies(self) -> tuple[str, ...]:
        """The bodies that have a report, 人大 first."""
        return tuple(body for body in ("npc", "cppcc") if body in self._years)

    def indicators_for(self, body: str) -> tuple[Indicator, ...]:
        """The indicators that this body reports, in the catalogue's order."""
        return tuple(i for i in self.indicators.values() if body in i.bodies)

    def headlines_for(self, body: str) -> tuple[Indicator, ...]:
        """The indicators of the overview for this body."""
        return tuple(i for i in self.indicators_for(body) if i.headline)


def make(
    facts: pd.DataFrame,
    reports: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    digest: str = "",
    candidates: pd.DataFrame | None = None,
    reference: Reference = rates.NONE,
) -> Table:
    """Frames in the columns of data/facts.csv, reports.csv and candidates.csv → Table.

    Facts of an indicator that is not in the catalogue are left out: there is no definition to
    show. An area without a code goes by its name. Raises InputError where a column is missing.
    """
    facts = _prepared(facts, _columns_but("doubt"), indicators, FACTS)
    facts = _in_one_piece(facts.astype(dict.fromkeys(CATEGORIES, "category")))
    seen = facts.iloc[:0].assign(doubt="") if candidates is None else candidates
    seen = _prepared(seen, _columns_but("preferred", "note"), indicators, CANDIDATES)
    reports = _with_codes(reports)
    records = tuple(
        sorted(
            (
                Report(*row)
                for row in reports[[f.name for f in fields(Report)]].itertuples(index=False)
            ),
            key=lambda r: (-r.year_end, -r.year_start, r.document, r.article),
        )
    )
    by_area: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in records:
        by_area[report.area_code, report.body].append(report)
    return Table(
        facts=facts,
        candidates=seen,
        reports=records,
        indicators=indicators,
        areas=_areas(facts, records),
        richest=_richest(records),
        digest=digest,
        reference=reference,
        yearly_preferred=(
            facts["preferred"].to_numpy(dtype=bool)
            & (facts["status"] == "actual").to_numpy(dtype=bool)
            & facts["year"].notna().to_numpy(dtype=bool)
        ),
        year_numbers=facts["year"].fillna(0).to_numpy(dtype=np.int32),
        area_numbers={str(c): n for n, c in enumerate(facts["area_code"].cat.categories)},
        _records=Figures(facts),
        _ids=pd.Index(facts["fact_id"]),
        _rows={
            (str(body), str(indicator)): _by_area(facts, rows)
            for (body, indicator), rows in _positions(facts, ["body", "indicator"])
        },
        _of_document={str(name): rows for (name,), rows in _positions(facts, ["document"])},
        _reports_of={key: tuple(found) for key, found in by_area.items()},
        _years=_years(facts, records),
    )


def _columns_but(*absent: str) -> list[str]:
    return [item.name for item in fields(Figure) if item.name not in absent]


def _prepared(
    rows: pd.DataFrame, wanted: list[str], indicators: Mapping[str, Indicator], file: str
) -> pd.DataFrame:
    """The wanted columns of the rows whose indicator is in the catalogue."""
    if missing := [name for name in wanted if name not in rows.columns]:
        raise InputError("old_table", file=file, columns=", ".join(missing))
    kept = _with_codes(rows).loc[rows["indicator"].isin(list(indicators)), wanted]
    kept = kept.reset_index(drop=True)
    kept["published"] = kept["published"].astype("string").fillna("").str.slice(0, 10)
    return kept


def _in_one_piece(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with each column of texts in one piece; read in many, each look-up joins them first."""
    rows = rows.copy(deep=False)
    for name, column in rows.items():
        if isinstance(column.array, pd.arrays.ArrowStringArray):
            one = pa.chunked_array(column.array.__arrow_array__()).combine_chunks()
            rows[name] = pd.Series(one, dtype=column.dtype, index=rows.index)
    return rows


def _with_codes(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.copy(deep=False)
    code = rows["area_code"].astype("string").fillna("")
    rows["area_code"] = code.where(code != "", rows["area"].astype("string"))
    return rows


def _positions(
    facts: pd.DataFrame, columns: list[str]
) -> Iterable[tuple[tuple[Any, ...], Positions]]:
    """Row positions by the values of `columns`, each group in the order of the table."""
    groups = facts.groupby(columns, observed=True).ngroup().to_numpy()
    order = np.argsort(groups, kind="stable")
    firsts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    names = (facts[column].iloc[order[firsts]] for column in columns)
    return zip(zip(*names, strict=True), np.split(order, firsts[1:]), strict=False)


def _by_area(facts: pd.DataFrame, rows: Positions) -> _Rows:
    """Rows in the order of the table → the same area by area, each in the order of the table."""
    column = facts["area_code"].cat
    numbers = column.codes.to_numpy()[rows]
    order = np.argsort(numbers, kind="stable")
    edges = np.arange(len(column.categories) + 1)
    starts = np.searchsorted(numbers[order], edges).astype(np.int32)
    return _Rows(rows[order], starts)


def _areas(facts: pd.DataFrame, reports: Iterable[Report]) -> dict[str, Area]:
    order = {"province": 0, "city": 1, "county": 2}
    seen = {(r.area_code, r.area, r.area_level) for r in reports}
    distinct = facts[["area_code", "area", "area_level"]].drop_duplicates()
    seen |= {(str(c), str(n), str(level)) for c, n, level in distinct.itertuples(index=False)}
    names = [name for _, name, _ in seen]
    return {
        code: Area(code, name, level, f"{name}（{code}）" if names.count(name) > 1 else name)
        for code, name, level in sorted(seen, key=lambda a: (order.get(a[2], 3), a[0]))
    }


def _richest(reports: Iterable[Report]) -> tuple[str, ...]:
    given: dict[str, int] = defaultdict(int)
    cities: set[str] = set()
    for report in reports:
        given[report.area_code] += report.facts
        if report.area_level == "city":
            cities.add(report.area_code)
    return tuple(sorted(cities or given, key=lambda code: (-given[code], code)))


def _years(facts: pd.DataFrame, reports: Iterable[Report]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for report in reports:
        found[report.body].update(range(report.year_start, report.year_end + 1))
    spans = facts.loc[facts["status"] != "planned", ["body", "year_start", "year_end"]]
    spans = spans.drop_duplicates().dropna()
    for body, first, last in spans.itertuples(index=False):
        found[str(body)].update(range(int(first), int(last) + 1))
    return {body: tuple(sorted(years)) for body, years in found.items()}
