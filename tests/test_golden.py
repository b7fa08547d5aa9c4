"""Golden: extraction against the hand-labelled reports, and the labels themselves.

The texts of the set "heldout" are read by the program only: no message of this
module shows their words.
"""

import csv
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from etl import documents, store
from etl.layout import read_page
from etl.model import AreaLevel, Body, Method, Qualifier, Status
from tests.samples import rules
from tests.specs import read
from tools.score import GOLDEN, Row, Score, labels, labels_by_author, score, score_set

_FLOORS = read("golden_floors")
_SETS = sorted(_FLOORS)
_COLUMNS = [
    "document", "area", "area_level", "body", "indicator", "year_start", "year_end", "value",
    "unit", "qualifier", "status", "method", "required", "evidence",
]  # fmt: skip
_CODES: dict[str, Iterable[str]] = {
    "area_level": AreaLevel,
    "body": [Body.NPC, Body.CPPCC],
    "qualifier": Qualifier,
    "status": Status,
    "method": Method,
    "required": ["yes", "optional"],
}


@cache
def _score(name: str) -> Score:
    return score_set(GOLDEN / name)


def _folder(name: str) -> Path:
    own = GOLDEN / name / "documents"
    return own if own.is_dir() else store.DOCUMENTS


def _bare(text: str) -> str:
    """Without white space, full-width digits and letters as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def _words(path: Path) -> str:
    """The document's words as received, then as repaired (without what interrupts a sentence)."""
    text = documents.read(path).text
    return _bare(text) + "\n" + _bare(read_page(text, rules().layout).text)


@pytest.mark.parametrize(
    ("name", "measure"), [(name, measure) for name in _SETS for measure in _FLOORS[name]]
)
def test_score(name: str, measure: str) -> None:
    result = _score(name)
    reached = getattr(result, measure, None)
    if reached is None:
        reached = result.share(measure)
    told = "" if name == "heldout" else "\n".join([*result.misses, *result.extras])
    assert reached >= _FLOORS[name][measure], f"{result}\n{told}"


def test_every_required_fact_of_the_five_reports_is_labelled() -> None:
    rows = labels(GOLDEN / "seed")
    assert sum(row["required"] == "yes" for row in rows) == 79
    assert {row["document"] for row in rows} == {p.name for p in documents.paths(store.DOCUMENTS)}


def test_every_set_has_floors() -> None:
    assert {path.parent.name for path in GOLDEN.glob("*/labels*.csv")} == set(_SETS)


@pytest.mark.parametrize("name", _SETS)
def test_label_files(name: str) -> None:
    for path in (GOLDEN / name).glob("labels*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as handle:
            assert next(csv.reader(handle)) == _COLUMNS, path.name


def _mistakes(row: Row, folder: Path) -> list[str]:
    """What is wrong with a label, as words that quote neither evidence nor document."""
    path = folder / row["document"]
    if not path.is_file():
        return ["no such document"]
    if not row["indicator"]:
        return []
    found = [
        f"{key} {row[key]!r} is not in the code list"
        for key, codes in _CODES.items()
        if row[key] not in [str(code) for code in codes]
    ]
    indicator = rules().catalogue.indicators.get(row["indicator"])
    if indicator is None:
        return [*found, f"no indicator {row['indicator']!r}"]
    if row["required"] == "yes" and row["body"] not in indicator.bodies:
        found.append(f"{row['body']} does not report {indicator.id}")
    if not row["unit"]:
        found.append("no unit")
    if _bare(row["evidence"]) not in _words(path):
        found.append("evidence is not in its document")
    if not row["evidence"].strip():
        found.append("no evidence")
    if float(row["value"]) < 0 or (indicator.unit == "%" and float(row["value"]) > 100):
        found.append("value out of range")
    if row["year_end"] and int(row["year_start"]) > int(row["year_end"]):
        found.append("years out of order")
    return found


@pytest.mark.parametrize("name", _SETS)
def test_labels_are_valid(name: str) -> None:
    wrong = [
        f"row {number} ({row['document']} {row['indicator']}): {mistake}"
        for number, row in enumerate(labels(GOLDEN / name), 1)
        for mistake in _mistakes(row, _folder(name))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", _SETS)
def test_every_document_is_labelled(name: str) -> None:
    labelled = {row["document"] for row in labels(GOLDEN / name)}
    assert labelled == {path.name for path in documents.paths(_folder(name))}


@pytest.mark.parametrize("name", _SETS)
def test_a_document_has_one_author(name: str) -> None:
    """So that the authors' scores add up to the set's."""
    owners = [
        {row["document"] for row in rows} for rows in labels_by_author(GOLDEN / name).values()
    ]
    assert sum(map(len, owners)) == len(set().union(*owners))


def test_documents_of_the_project_are_as_received() -> None:
    register = tomllib.loads((store.DOCUMENTS / documents.REGISTER).read_text(encoding="utf-8"))
    assert all(entry.get("sha256") for entry in register["document"])
    for entry in documents.read_register(store.DOCUMENTS).values():
        documents.read(store.DOCUMENTS / entry.file, entry)


def test_the_scorer_sees_misses_extras_and_wrong_columns() -> None:
    label = dict.fromkeys(_COLUMNS, "") | {
        "document": "a.txt", "area": "鹤壁市", "area_level": "city", "body": "npc", "value": "102",
        "indicator": "appointments", "year_start": "2023", "year_end": "2023", "required": "yes",
        "qualifier": "exact", "status": "actual",
    }  # fmt: skip
    fact = label | {"sentence": "任免102人次。"}
    right = score([label], [fact])
    assert (right.precision, right.recall, right.share("area")) == (1.0, 1.0, 1.0)
    wrong = score([label], [fact | {"value": "103"}])
    assert (wrong.hits, len(wrong.misses), len(wrong.extras)) == (0, 1, 1)
    assert score([label], [fact | {"area": "焦作市"}]).share("area") == 0.0
    assert score([label], [fact | {"status": "planned"}]).share("status") == 0.0
    assert score([label | {"required": "optional"}], []).recall == 0.0
    assert not score([label | {"indicator": ""}], [fact]).hits
