"""Learns the weights of a second look (etl.second_look) from what is labelled: python -m tools.learn

The pairs that the cues leave unsettled in the development set, the five reports and the small cases
of tests/specs are held against their labels; scikit-learn (requirements-learn.txt) fits a logistic
function, and data/catalogue/weights.toml is written. Before that, each author's texts are weighed
by what the others' taught, and the outcome is printed: how it does on a new author's.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, pstdev

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from etl import documents, facts, second_look, store
from etl.binding import Binding
from etl.model import Document
from etl.rules import Rules, load_rules
from etl.second_look import Pair, Unsettled
from etl.weights import WEIGHTS, Evidence, Usual, Weights
from tools.score import GOLDEN, Row, labels, labels_by_author

# The sets that whoever writes rules may read, and the project's own five reports.
SETS = ("development", "seed")
SPECS = store.ROOT / "tests" / "specs"

Wanted = set[tuple[str, float]]
FACT = 0.55
CANDIDATE = 0.25
# Regularisation: some hundred pairs to learn from, and weights that should stay small.
_C = 0.1
_LEAST_SPREAD = 0.5

_HEAD = """\
# What a second look at unsettled figures (etl/second_look.py) goes by. Written by `python -m tools.learn`.
#
# fact, candidate: from which confidence on a pair of figure and noun is a fact, or a candidate.
# evidence: the weight of each kind of evidence; for a pair, intercept and weighted evidence are added up.
# usual: mean and standard deviation of ln(value) of an indicator in the labelled reports.
"""


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of a labelled report or small case, and whether its label says so."""

    author: str
    document: str
    pair: Pair
    right: bool


def usual_of(rows: Iterable[Row]) -> Usual:
    """Mean and spread of ln(value) by indicator, of done things."""
    values: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row["indicator"] and row["status"] == "actual":
            values[row["indicator"]].append(math.log(max(0.5, _value(row))))
    return {key: (fmean(given), pstdev(given) + _LEAST_SPREAD) for key, given in values.items()}


def _value(row: Row) -> float:
    return float(row["value"].replace(",", "").rstrip("%"))


def labelled() -> Iterator[tuple[str, Document, Wanted]]:
    """(author, document, what is in it) of all that may be read: reports, and small cases in specs."""
    for name in SETS:
        folder = GOLDEN / name / "documents"
        jobs, _ = documents.inventory(folder if folder.is_dir() else store.DOCUMENTS)
        read = {path.name: documents.read(path, entry) for path, entry in jobs}
        for author, rows in labels_by_author(GOLDEN / name).items():
            wanted: dict[str, set[tuple[str, float]]] = defaultdict(set)
            for row in rows:
                wanted[row["document"]] |= (
                    {(row["indicator"], _value(row))} if row["indicator"] else set()
                )
            for document, facts_of_it in wanted.items():
                yield f"{name} {author}", read[document], facts_of_it
    phrases = tomllib.loads((SPECS / "phrases.toml").read_text(encoding="utf-8"))
    for group in phrases["phrases"]:
        for case in group["cases"]:
            text = phrases["reports"][case.get("report", group.get("report"))] + case["text"]
            yield "phrases", Document("phrase", text, "utf-8", ""), _written(case["facts"])
    for group in tomllib.loads((SPECS / "facts.toml").read_text(encoding="utf-8"))["group"]:
        for case in group["cases"]:
            text = f"{case.get('headline', group.get('headline'))}\n\n{case['text']}\n"
            yield "facts", Document("case", text, "utf-8", ""), _written(case["facts"])


def _written(cases: Iterable[str]) -> Wanted:
    """indicator=value, with more words behind, as the specs write facts."""
    figures = [case.split()[0].partition("=") for case in cases]
    return {(indicator, float(value)) for indicator, _, value in figures}


def examples(rules: Rules, usual: Usual) -> list[Example]:
    """All unsettled pairs of all that may be read."""
    found: list[Example] = []
    for number, (author, document, wanted) in enumerate(labelled()):

        def look(
            sentence: Unsettled,
            rules: Rules,
            key: tuple[str, str] = (author, str(number)),
            wanted: Wanted = wanted,
        ) -> list[Binding]:
            for pair in second_look.pairs(sentence, rules.catalogue, usual):
                right = (pair.cue.indicator, pair.quantity.value) in wanted
                found.append(Example(*key, pair, right))
            return []

        facts.extract(document, rules, look)
    return found


def fit(given: Sequence[Example]) -> tuple[Evidence, float]:
    """The weights of the evidence as it stands, and the intercept."""
    table = np.array([example.pair.evidence for example in given], dtype=float)
    right = np.array([example.right for example in given])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_C, max_iter=5000))
    model.fit(table, right)
    scale, logistic = model[0], model[1]
    weights = logistic.coef_[0] / scale.scale_
    intercept = logistic.intercept_[0] - float(weights @ scale.mean_)
    return Evidence(*(round(float(w), 3) for w in weights)), round(float(intercept), 3)


def best(given: Iterable[Example], weights: Weights) -> list[tuple[float, Example]]:
    """As the pipeline takes them: of each report and indicator the pair with the most confidence."""
    chosen: dict[tuple[str, str], tuple[float, Example]] = {}
    for example in given:
        confidence = weights.confidence(example.pair.evidence)
        key = example.document, example.pair.cue.indicator
        if confidence >= CANDIDATE and (key not in chosen or confidence > chosen[key][0]):
            chosen[key] = confidence, example
    return list(chosen.values())


def report(given: Sequence[Example], usual: Usual) -> None:
    """Print, author by author, what the others' reports would have taught of this one's."""
    for author in sorted({example.author for example in given}):
        learned = fit([example for example in given if example.author != author])
        weights = Weights(FACT, CANDIDATE, learned[1], learned[0], usual)
        chosen = best((example for example in given if example.author == author), weights)
        told = ", ".join(
            f"{limit}: {sum(e.right for c, e in chosen if c >= limit)} right "
            f"{sum(not e.right for c, e in chosen if c >= limit)} wrong"
            for limit in (0.5, 0.6, 0.7, 0.8)
        )
        print(f"{author}, by the others' weights, from a confidence of {told}")


def write(
    weights: Evidence, intercept: float, usual: Usual, folder: Path = store.CATALOGUE
) -> None:
    """Write weights.toml."""
    lines = [_HEAD, f"fact = {FACT}", f"candidate = {CANDIDATE}", f"intercept = {intercept}"]
    lines += ["", "[evidence]", *(f"{key} = {value}" for key, value in weights._asdict().items())]
    lines += ["", "[usual]"]
    lines += [
        f"{key} = [{mean:.2f}, {spread:.2f}]" for key, (mean, spread) in sorted(usual.items())
    ]
    (folder / WEIGHTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    rules = load_rules(store.CATALOGUE)
    usual = usual_of(row for name in SETS for row in labels(GOLDEN / name))
    given = examples(rules, usual)
    print(f"{len(given)} pairs, {sum(example.right for example in given)} right")
    report(given, usual)
    write(*fit(given), usual)


if __name__ == "__main__":
    main()
