"""Scopes and tables that the tests of the files start from, and other programs that read them."""

import csv
import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from app import data, selection, sources
from app.data import Table
from app.exports import fonts, xlsx
from app.exports.model import Scope
from app.selection import Selection
from app.sources import Library
from app.text import text
from etl import catalogue, store
from etl.errors import InputError
from tests.app import synthetic

OFFICE = shutil.which("soffice") or ""
EMPTY = Library(Path(), {}, {}, ())


def scope_of(table: Table, chosen: Selection, library: Library = EMPTY, **more: Any) -> Scope:
    """A scope of the selection: its listed indicators, or all of the body's."""
    all_ = tuple(i.id for i in table.indicators_for(chosen.body))
    more.setdefault("indicators", chosen.listed or all_)
    return Scope(table, library, chosen, words=text(chosen.language), **more)


def whole(table: Table, body: str = "npc", **more: Any) -> Scope:
    """All areas of the table, for one body."""
    return scope_of(
        table, replace(selection.default(table, body), areas=tuple(table.areas)), **more
    )


def made_up(cities: int, years: int, *indicators: str) -> Table:
    """A large made-up table of these indicators (none: all), with gaps and long names."""
    facts = synthetic.facts(cities, years)
    if indicators:
        facts = facts[facts["indicator"].isin(indicators)]
    known = catalogue.load(store.CATALOGUE).indicators
    return data.make(facts, synthetic.reports(facts), known, "made-up")


def with_text(table: Table, given: str) -> Table:
    """The same table with `given` wherever a document's own words stand."""
    columns = dict.fromkeys(("article", "sentence", "figure", "note", "unit_text"), given)
    facts = table.facts.astype("object").assign(**columns)
    reports = pd.DataFrame([_plain(r) for r in table.reports]).assign(article=given)
    return data.make(facts, reports, table.indicators, table.digest)


def _plain(report: data.Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in data.Report.__dataclass_fields__}


def library_with_titles(library: Library, title: str) -> Library:
    """The same documents, all with this title and citation."""
    entries = {
        name: sources.Entry(name, title=title, publisher=title, citation=title)
        for name in library.entries
    }
    return Library(library.folder, library.paths, entries, library.refused)


def xml_of(raw: bytes, prefix: str) -> str:
    """The XML parts of an Office file whose names begin with `prefix`, one behind the other."""
    archive = zipfile.ZipFile(io.BytesIO(raw))
    parts = [n for n in archive.namelist() if n.startswith(prefix) and n.endswith(".xml")]
    return "".join(archive.read(name).decode("utf-8") for name in parts)


def has_chinese_font() -> bool:
    """Whether pictures can be drawn on this machine."""
    try:
        return bool(fonts.chinese())
    except InputError:
        return False


def chinese_fonts(pdf: Path) -> list[str]:
    """The embedded typefaces of a PDF with Chinese glyphs: those that poppler counts as CJK ones."""
    said = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout
    embedded = [line for line in said.splitlines()[2:] if " yes yes yes " in line]
    return [line.split()[0] for line in embedded if "CJK" in line or "CID" in line]


def page_width(pdf: Path) -> float:
    """The width of the first page in points."""
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("Page size")]
    return float(line.split()[2])


def convert(path: Path, kind: str, *filters: str) -> Path:
    """LibreOffice's reading of a file: `kind` is csv, pdf, …; returns the new file."""
    target = path.with_name("converted")
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{path.parent}/office", "--headless", *filters,
         "--convert-to", kind, "--outdir", str(target), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return target / (path.stem + "." + kind.partition(":")[0])


def cells_of(raw: bytes, encoding: str) -> list[list[str]]:
    """The cells of a CSV file, by Python's own reader."""
    return list(csv.reader(io.StringIO(raw.decode(encoding), newline=""), strict=True))


def workbook(scope: Scope, **how: Any) -> openpyxl.Workbook:
    """The scope's workbook, by openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(xlsx.encode(scope)), **how)
