"""Scores the extraction against hand-labelled reports: python -m tools.score [SET ...] [--show]

A set is a folder under tests/golden with documents/ and label files (labels*.csv),
one an author; without documents/ the labels are for the project's own reports.
Where a set has several authors, each one's score is printed before that of the whole.
A fact is right when document, body, indicator, value and years agree with a
label. Labels with required=optional are neutral: finding one is no error,
missing one neither; saying the same figure twice is no error. An empty area or
year in a label agrees with anything.
"""

import argparse
import csv
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import pipeline, store

GOLDEN = store.ROOT / "tests" / "golden"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over required labels, and how often a matched fact agrees in the other columns."""

    documents: int
    hits: int
    misses: tuple[str, ...]
    extras: tuple[str, ...]
    agree: Mapping[str, int]

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.hits + len(self.extras))

    @property
    def recall(self) -> float:
        return self.hits / max(1, self.hits + len(self.misses))

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def share(self, column: str) -> float:
        return self.agree.get(column, 0) / max(1, self.hits)

    def __str__(self) -> str:
        return (
            f"documents {self.documents} hits {self.hits} misses {len(self.misses)} "
            f"extras {len(self.extras)} precision {self.precision:.3f} recall {self.recall:.3f} "
            f"F1 {self.f1:.3f} "
            + " ".join(
                f"{column} {self.share(column):.3f}" for column in ("area", "qualifier", "status")
            )
        )


def labels_by_author(folder: Path) -> dict[str, list[Row]]:
    """The rows of each label file of a set; a row without indicator names a document without facts."""
    return {path.stem: _rows(path) for path in sorted(folder.glob("labels*.csv"))}


def labels(folder: Path) -> list[Row]:
    """The rows of all label files of a set."""
    return [row for rows in labels_by_author(folder).values() for row in rows]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _number(text: str) -> float:
    return round(float(text.replace(",", "").rstrip("%")), 6)


def _same_area(label: str, fact: str) -> bool:
    """武汉市武昌区 and 武昌区, 迪庆州 and 迪庆藏族自治州 are the same place."""
    return not label or (
        bool(fact) and (label.endswith(fact) or fact.endswith(label) or label[:2] == fact[:2])
    )


def _agrees(label: Row, fact: Row) -> bool:
    if (label["body"], label["indicator"]) != (fact["body"], fact["indicator"]):
        return False
    if _number(label["value"]) != _number(fact["value"]):
        return False
    return not label["year_end"] or all(
        int(float(label[key])) == int(float(fact[key])) for key in ("year_start", "year_end")
    )


def _closeness(label: Row, fact: Row) -> int:
    same = sum(label[key] == fact[key] for key in ("qualifier", "status", "area_level"))
    return same + _same_area(label["area"], fact["area"])


def score(gold: Iterable[Row], facts: Iterable[Row]) -> Score:
    """Compare facts with labels, document by document. Facts of unlabelled documents are ignored."""
    wanted: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        wanted[row["document"]] += [row] if row["indicator"] else []
    given: dict[str, list[Row]] = defaultdict(list)
    for row in facts:
        given[row["document"]].append(row)
    hits = 0
    misses: list[str] = []
    extras: list[str] = []
    agree: Counter[str] = Counter()
    for document, rows in sorted(wanted.items()):
        found = given[document]
        used: set[int] = set()
        for label in sorted(rows, key=lambda row: row["required"] != "yes"):
            options = [i for i, fact in enumerate(found) if i not in used and _agrees(label, fact)]
            required = label["required"] == "yes"
            if not options:
                if required:
                    misses.append(_line("MISS ", label, label["evidence"]))
                continue
            best = max(options, key=lambda i: _closeness(label, found[i]))
            used.add(best)
            if required:
                hits += 1
                agree["area"] += _same_area(label["area"], found[best]["area"])
                agree["qualifier"] += label["qualifier"] == found[best]["qualifier"]
                agree["status"] += label["status"] == found[best]["status"]
        for i, fact in enumerate(found):
            if i not in used and not any(_agrees(label, fact) for label in rows):
                extras.append(_line("EXTRA", fact, fact["sentence"][-70:]))
    return Score(len(wanted), hits, tuple(misses), tuple(extras), agree)


def _line(kind: str, row: Row, words: str) -> str:
    return (
        f"{kind} {row['document']} {row['body']} {row['indicator']}={row['value']} "
        f"{row['year_start']}-{row['year_end']} {row['status']} {words}"
    )


def facts_of(folder: Path) -> list[Row]:
    """Run the whole pipeline on a set's documents: the rows of the table that it writes."""
    with tempfile.TemporaryDirectory() as output:
        documents = folder / "documents"
        pipeline.build(
            documents if documents.is_dir() else store.DOCUMENTS, Path(output), workers=1
        )
        return _rows(Path(output) / store.FACTS)


def score_set(folder: Path) -> Score:
    """Score the facts of a set's documents against the labels of all its authors."""
    return score(labels(folder), facts_of(folder))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.score", description=__doc__.split("\n")[0]
    )
    parser.add_argument("sets", nargs="*", default=["seed", "development", "heldout"])
    parser.add_argument(
        "--show", action="store_true", help="list misses and extras (never of heldout)"
    )
    options = parser.parse_args(arguments)
    for name in options.sets:
        facts = facts_of(GOLDEN / name)
        result = score(labels(GOLDEN / name), facts)
        if options.show and name != "heldout":
            print("\n".join([*result.misses, *result.extras]))
        by_author = labels_by_author(GOLDEN / name)
        for author, rows in by_author.items() if len(by_author) > 1 else ():
            print(f"{name} {author}: {score(rows, facts)}")
        print(f"{name}: {result}")


if __name__ == "__main__":
    main()
