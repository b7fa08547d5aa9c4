"""A folder of reports → the table: reads, extracts, corrects, checks, and writes it as a whole.

Documents are independent of each other, so a large folder is read by several
processes; the result is the same and in the same order.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from etl import corrections, documents, facts, store, table
from etl.errors import DocumentError
from etl.model import Fact, Report
from etl.rules import Rules, load_rules

Progress = Callable[[int, int, str], None]

_ONE_PROCESS_UP_TO = 4_000_000
_CHUNK = 8

_rules: Rules | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What came out of one document; `error` is set instead for a refused one.

    `cut` and `crowded` say where it could not be read as sentences (see facts.Extraction).
    """

    name: str
    characters: int = 0
    reports: tuple[Report, ...] = ()
    facts: int = 0
    candidates: int = 0
    cut: int = 0
    crowded: int = 0
    error: DocumentError | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run."""

    summaries: tuple[Summary, ...]
    facts: int
    candidates: int

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """(name, reason in English) of each document that was not read."""
        return tuple(
            (s.error.name, s.error.problem()) for s in self.summaries if s.error is not None
        )


@dataclass(frozen=True, slots=True)
class _Extract:
    summary: Summary
    facts: tuple[Fact, ...] = ()


def build(
    documents_folder: Path = store.DOCUMENTS,
    output: Path = store.DATA,
    progress: Progress | None = None,
    catalogue: Path = store.CATALOGUE,
    workers: int | None = None,
    corrections_file: Path | None = None,
) -> Outcome:
    """Read every report under `documents_folder` and write the table to `output`.

    `progress(done, total, name)` is called after each document. `workers` is the
    number of processes (default: one for small folders, else one a core),
    `corrections_file` the people's corrections (default: those that go with the catalogue).
    Documents that can't be read are reported in the outcome, the others go in.
    Raises DocumentError if the folder is not there, CatalogueError for a mistake
    in the catalogue, documents.toml or corrections.toml, CheckError if the table
    breaks its contract; in each case the old table stays as it was.
    """
    corrections_file = corrections_file or store.corrections_for(catalogue)
    sources = store.fingerprint(documents_folder, catalogue, corrections_file)
    jobs, problems = documents.inventory(documents_folder)
    rules = _load(catalogue)
    corrected = corrections.load(corrections_file, rules.catalogue)
    summaries = [Summary(problem.name, error=problem) for problem in problems]

    def found() -> Iterator[Fact]:
        for done, extract in enumerate(_extracts(jobs, catalogue, workers), 1):
            summaries.append(extract.summary)
            yield from corrections.apply(
                extract.summary.name, extract.facts, corrected, rules.catalogue
            )
            if progress is not None:
                progress(done, len(jobs), extract.summary.name)

    facts_table, candidates_table = table.build(found(), rules.catalogue)
    reports_table = table.reports([report for s in summaries for report in s.reports])
    store.write(output, facts_table, candidates_table, reports_table, sources)
    return Outcome(tuple(summaries), len(facts_table), len(candidates_table))


def _load(catalogue: Path) -> Rules:
    global _rules
    _rules = load_rules(catalogue)
    return _rules


def _extracts(
    jobs: list[tuple[Path, documents.Entry | None]], catalogue: Path, workers: int | None
) -> Iterator[_Extract]:
    if workers is None:
        size = sum(path.stat().st_size for path, _ in jobs)
        workers = 1 if size < _ONE_PROCESS_UP_TO else os.cpu_count() or 1
    if workers <= 1:
        yield from map(_extract, jobs)
        return
    with ProcessPoolExecutor(workers, initializer=_load, initargs=(catalogue,)) as pool:
        yield from pool.map(_extract, jobs, chunksize=_CHUNK)


def _extract(job: tuple[Path, documents.Entry | None]) -> _Extract:
    path, entry = job
    assert _rules is not None
    try:
        document = documents.read(path, entry)
    except DocumentError as error:
        return _Extract(Summary(path.name, error=error))
    extraction = facts.extract(document, _rules)
    trusted = sum(fact.trusted for fact in extraction.facts)
    summary = Summary(
        path.name,
        characters=len(document.text),
        reports=extraction.reports,
        facts=trusted,
        candidates=len(extraction.facts) - trusted,
        cut=extraction.cut,
        crowded=extraction.crowded,
    )
    return _Extract(summary, extraction.facts)
