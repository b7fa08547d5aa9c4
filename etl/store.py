"""Where the table lives: whole or not at all, and whether it is older than its sources.

Each file is written beside its place, flushed to disk and renamed over the old
one, so a reader sees the old file or the new one and a crash loses nothing.
`build.json` carries a fingerprint of documents, catalogue and corrections and
the checksums of what was written: the table is stale when contents have changed, whatever the
clocks say (a fresh clone has arbitrary times).
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
DOCUMENTS = DATA / "documents"
CATALOGUE = DATA / "catalogue"
CORRECTIONS = DATA / "corrections.toml"

FACTS = "facts.csv"
PARQUET = "facts.parquet"
CANDIDATES = "candidates.csv"
REPORTS = "reports.csv"
MANIFEST = "build.json"
_TABLES = (FACTS, PARQUET, CANDIDATES, REPORTS)

_SUFFIX = ".new"


def corrections_for(catalogue: Path) -> Path:
    """The corrections.toml that goes with a catalogue folder: the shipped one, or the one beside it."""
    return CORRECTIONS if catalogue == CATALOGUE else catalogue.parent / CORRECTIONS.name


def fingerprint(
    documents: Path, catalogue: Path = CATALOGUE, corrections: Path | None = None
) -> str:
    """SHA-256 over names and contents of everything that the table is made from.

    `corrections` is by default the file that goes with the catalogue.
    """
    corrections = corrections or corrections_for(catalogue)
    digest = hashlib.sha256()
    files = [
        path
        for folder in (documents, catalogue)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    if corrections.is_file():
        files.append(corrections)
    for path in files:
        digest.update(path.name.encode("utf-8"))
        with path.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


def is_stale(
    documents: Path = DOCUMENTS,
    catalogue: Path = CATALOGUE,
    output: Path = DATA,
    corrections: Path | None = None,
) -> bool:
    """Whether the table in `output` is missing, damaged or older than its sources.

    `corrections` is by default the file that goes with the catalogue.
    """
    try:
        manifest = json.loads((output / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return True
    written = manifest.get("files", {})
    if any(written.get(name) != _checksum(output / name) for name in _TABLES):
        return True
    return bool(manifest.get("sources") != fingerprint(documents, catalogue, corrections))


def _checksum(path: Path) -> str:
    """SHA-256 of a file's content, empty where there is no such file."""
    if not path.is_file():
        return ""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to; on success it replaces `path`, on an error nothing changes."""
    beside = path.with_name(f".{path.name}.{os.getpid()}{_SUFFIX}")
    try:
        yield beside
        with beside.open("rb+") as handle:
            os.fsync(handle.fileno())
        beside.replace(path)
        _sync_folder(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write(
    output: Path, facts: pd.DataFrame, candidates: pd.DataFrame, reports: pd.DataFrame, sources: str
) -> None:
    """Write the table's files to the folder `output`, which is made if need be.

    facts.csv, candidates.csv and reports.csv are UTF-8 with BOM; facts.parquet
    carries page checksums. build.json comes last: without it the table counts
    as stale.
    """
    output.mkdir(parents=True, exist_ok=True)
    for leftover in output.glob(f".*{_SUFFIX}"):
        leftover.unlink(missing_ok=True)
    for name, table in ((CANDIDATES, candidates), (REPORTS, reports), (FACTS, facts)):
        with replacing(output / name) as path:
            path.write_bytes(_csv(table).encode("utf-8-sig"))
    with replacing(output / PARQUET) as path:
        facts.to_parquet(path, index=False, write_page_checksum=True)
    with replacing(output / MANIFEST) as path:
        files = {name: _checksum(output / name) for name in _TABLES}
        path.write_text(json.dumps({"sources": sources, "files": files}, indent=1) + "\n", "utf-8")


def _csv(table: pd.DataFrame) -> str:
    """Numbers without needless decimals, so that 168 is not written as 168.0."""
    shown = table.copy()
    for name in ("value", "score"):
        if name in shown:
            shown[name] = [f"{value:.10g}" for value in shown[name]]
    text: str = shown.to_csv(index=False, lineterminator="\n")
    return text


def read_facts(output: Path = DATA) -> pd.DataFrame:
    """The table as last written, from facts.parquet.

    Raises FileNotFoundError if it has not been built.
    """
    return pd.read_parquet(output / PARQUET)


def read_reports(output: Path = DATA) -> pd.DataFrame:
    """reports.csv as last written. Raises FileNotFoundError if it has not been built."""
    return pd.read_csv(output / REPORTS, dtype={"area_code": str}, keep_default_na=False)
