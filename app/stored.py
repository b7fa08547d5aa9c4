"""A data folder → Table: facts.parquet, candidates.csv, reports.csv and the denominators."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from pyarrow import parquet

from app import rates
from app.data import CANDIDATES, CATEGORIES, FACTS, Table, make
from etl.catalogue import Indicator

REPORTS = "reports.csv"
REFERENCE = "reference"
CATALOGUE = "catalogue"


def read(folder: Path, indicators: Mapping[str, Indicator]) -> Table:
    """Read the built table of a folder.

    Raises FileNotFoundError where it has not been built, InputError where a column is missing.
    """
    reports = pd.read_csv(
        folder / REPORTS,
        dtype={"area_code": str, "published": str, "article": str},
        keep_default_na=False,
        encoding="utf-8-sig",
    )
    candidates = pd.read_csv(
        folder / CANDIDATES,
        dtype=dict.fromkeys(CATEGORIES, "str"),
        keep_default_na=False,
        na_values={"year": [""]},
        encoding="utf-8-sig",
    )
    facts = pd.read_parquet(folder / FACTS)
    reference = rates.load(folder / REFERENCE, folder / CATALOGUE)
    return make(facts, reports, indicators, digest(folder), candidates, reference)


def count(folder: Path) -> int:
    """How many facts the table of a folder has, without reading them.

    Raises OSError or ValueError where there is no such table.
    """
    return int(parquet.read_metadata(folder / FACTS).num_rows)


def files(folder: Path) -> list[Path]:
    """What a table is read from: the built files and the denominators that are there."""
    reference = [folder / REFERENCE / name for name in (rates.POPULATION, rates.DEPUTIES)]
    built = [folder / name for name in (FACTS, REPORTS, CANDIDATES)]
    return built + [path for path in reference if path.is_file()]


def digest(folder: Path) -> str:
    """A short hash of the built table; changes exactly when a file of it changes."""
    content = hashlib.sha256()
    for path in files(folder):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]
