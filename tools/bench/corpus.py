"""The text that the ETL is measured on, and the ETL in one process.

Two kinds: the five reports as received, and with them the labelled ones of tests/golden, which
hold several times as many figures a page as a report that somebody publishes.
"""

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from etl import documents, facts, store, table
from etl.rules import Rules

MEGABYTE = 1_000_000

REPORTS = (store.DOCUMENTS,)
LABELLED = (store.DOCUMENTS, store.ROOT / "tests" / "golden" / "development" / "documents")


def texts(folders: Sequence[Path]) -> list[bytes]:
    """The reports of the folders, as stored."""
    return [path.read_bytes() for folder in folders for path in documents.paths(folder)]


def write(folder: Path, size: int, folders: Sequence[Path] = LABELLED) -> list[Path]:
    """Write copies of the reports under other names until they hold `size` bytes."""
    folder.mkdir(parents=True)
    written = 0
    paths: list[Path] = []
    for number, text in enumerate(cycle(texts(folders))):
        if written >= size:
            return paths
        paths.append(folder / f"report_{number:06}.txt")
        paths[-1].write_bytes(text)
        written += len(text)
    raise AssertionError("a cycle does not end")


def etl(paths: Sequence[Path], rules: Rules) -> int:
    """Files to table, as pipeline.build does in one process; returns the number of facts."""
    found = (fact for path in paths for fact in facts.extract(documents.read(path), rules).facts)
    return len(table.build(found, rules.catalogue)[0])
