"""The labelled texts that may be read and learned from: reports and passages (tests/golden), cases (tests/specs)."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl import documents, store
from etl.model import Document
from tools.passages import FOLDER, passages
from tools.score import GOLDEN, Row, labels_by_author

# The sets that whoever writes rules may read, and the project's own five reports.
SETS = ("development", "seed")
SPECS = store.ROOT / "tests" / "specs"


@dataclass(frozen=True, slots=True)
class Label:
    """A figure that a text holds; `quote` is empty where nobody wrote down its words."""

    indicator: str
    value: float
    quote: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text of an author, and all the figures that are in it."""

    author: str
    document: Document
    labels: tuple[Label, ...]


def texts() -> Iterator[Labelled]:
    """All labelled texts that may be read."""
    for name in SETS:
        yield from _of_set(name)
    for passage in passages(FOLDER / "development.csv"):
        figures = [*passage.facts, *passage.optional]
        stated = tuple(Label(indicator, value, "") for indicator, value in figures)
        yield Labelled(f"passages {passage.author}", passage.document, stated)
    phrases = tomllib.loads((SPECS / "phrases.toml").read_text(encoding="utf-8"))
    for group in phrases["phrases"]:
        for case in group["cases"]:
            text = phrases["reports"][case.get("report", group.get("report"))] + case["text"]
            yield Labelled("phrases", _document(text), _written(case["facts"]))
    for group in tomllib.loads((SPECS / "facts.toml").read_text(encoding="utf-8"))["group"]:
        for case in group["cases"]:
            text = f"{case.get('headline', group.get('headline'))}\n\n{case['text']}\n"
            yield Labelled("facts", _document(text), _written(case["facts"]))


def _of_set(name: str) -> Iterator[Labelled]:
    folder = GOLDEN / name / "documents"
    jobs, _ = documents.inventory(folder if folder.is_dir() else store.DOCUMENTS)
    read = {path.name: documents.read(path, entry) for path, entry in jobs}
    for author, rows in labels_by_author(GOLDEN / name).items():
        given: dict[str, list[Label]] = defaultdict(list)
        for row in rows:
            given[row["document"]] += [label_of(row)] if row["indicator"] else []
        for document, labels in given.items():
            yield Labelled(f"{name} {author}", read[document], tuple(labels))


def label_of(row: Row) -> Label:
    """A row of a label file."""
    value = float(row["value"].replace(",", "").rstrip("%"))
    return Label(row["indicator"], value, row["evidence"])


def _document(text: str) -> Document:
    return Document("case", text, "utf-8", "")


def _written(cases: Iterable[str]) -> tuple[Label, ...]:
    """indicator=value, with more words behind, as the specs write facts."""
    figures = [case.split()[0].partition("=") for case in cases]
    return tuple(Label(indicator, float(value), "") for indicator, _, value in figures)
