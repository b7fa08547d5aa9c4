"""Learns the weights of a second look (etl.second_look) from what is labelled: python -m tools.learn

First, from all figures of the development set, the five reports and the small cases of tests/specs,
how each indicator is worded (data/catalogue/phrasing.csv); then, from the figures that the cues leave
unsettled, how much each kind of evidence says (data/catalogue/weights.toml). scikit-learn
(requirements-learn.txt) fits the logistic functions. What one author's texts teach is never used to
weigh the same author's, and the outcome is printed: how it does on a new author's.
"""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, pstdev

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from etl import facts, pairs, phrasing, store
from etl.binding import Binding
from etl.pairs import Pair, Unsettled
from etl.phrasing import PHRASING, Phrasing
from etl.rules import Rules, load_rules
from etl.weights import WEIGHTS, Evidence, Usual, Weights
from tools import learn_phrasing
from tools.labelled import SETS, Labelled, label_of, texts
from tools.score import GOLDEN, Row, labels

FACT = 0.6
CANDIDATE = 0.25
# Regularisation: some hundred pairs to learn from, and weights that should stay small.
_C = 0.1
_LEAST_SPREAD = 0.5

_HEAD = """\
# What a second look at unsettled figures (etl/second_look.py) goes by. Written by `python -m tools.learn`.
#
# fact, candidate: from which confidence on a pair of figure and indicator is a fact, or a candidate.
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
            values[row["indicator"]].append(math.log(max(0.5, label_of(row).value)))
    return {key: (fmean(given), pstdev(given) + _LEAST_SPREAD) for key, given in values.items()}


def examples(given: Iterable[Labelled], rules: Rules, weights: Weights) -> list[Example]:
    """All unsettled pairs of labelled texts, seen with the `weights`' usual values and phrasing."""
    found: list[Example] = []
    for number, text in enumerate(given):

        def look(
            sentence: Unsettled, rules: Rules, text: Labelled = text, number: int = number
        ) -> list[Binding]:
            wanted = {(label.indicator, label.value) for label in text.labels}
            for pair in pairs.pairs(sentence, rules.catalogue, weights):
                right = (pair.cue.indicator, pair.quantity.value) in wanted
                found.append(Example(text.author, f"{text.author} {number}", pair, right))
            return []

        facts.extract(text.document, rules, look)
    return found


def seen_by_others(
    given: Sequence[Labelled],
    figures: Sequence[learn_phrasing.Figure],
    rules: Rules,
    weights: Weights,
) -> list[Example]:
    """All unsettled pairs, the wording of each text told by what the other authors' teach."""
    found: list[Example] = []
    for author in dict.fromkeys(text.author for text in given):
        others = [figure for figure in figures if figure.author != author]
        learned = learn_phrasing.fit(others, rules.catalogue.indicators)
        own = [text for text in given if text.author == author]
        found += examples(own, rules, replace(weights, phrasing=learned))
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


def report(given: Sequence[Example], weights: Weights) -> None:
    """Print, author by author, what the others' reports would have taught of this one's."""
    for author in sorted({example.author for example in given}):
        learned, intercept = fit([example for example in given if example.author != author])
        others = replace(weights, intercept=intercept, weights=learned)
        chosen = best((example for example in given if example.author == author), others)
        told = ", ".join(
            f"{limit}: {sum(e.right for c, e in chosen if c >= limit)} right "
            f"{sum(not e.right for c, e in chosen if c >= limit)} wrong"
            for limit in (0.5, 0.6, 0.7, 0.8)
        )
        print(f"{author}, by the others' weights, from a confidence of {told}")


def write(weights: Weights, folder: Path = store.CATALOGUE) -> None:
    """Write weights.toml and phrasing.csv."""
    lines = [_HEAD, f"fact = {FACT}", f"candidate = {CANDIDATE}"]
    lines += [f"intercept = {weights.intercept}", "", "[evidence]"]
    lines += [f"{key} = {value}" for key, value in weights.weights._asdict().items()]
    lines += ["", "[usual]"]
    lines += [
        f"{key} = [{mean:.2f}, {spread:.2f}]"
        for key, (mean, spread) in sorted(weights.usual.items())
    ]
    (folder / WEIGHTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    table = io.StringIO(newline="")
    out = csv.writer(table, lineterminator="\n")
    out.writerow(phrasing.COLUMNS)
    out.writerows(phrasing.rows(weights.phrasing))
    (folder / PHRASING).write_text(table.getvalue(), encoding="utf-8")


def main() -> None:
    rules = load_rules(store.CATALOGUE)
    given = list(texts())
    usual = usual_of(row for name in SETS for row in labels(GOLDEN / name))
    unlearned = Weights(FACT, CANDIDATE, 0.0, Evidence(), usual, Phrasing({}, {}))
    figures = learn_phrasing.figures(given, rules)
    seen = seen_by_others(given, figures, rules, unlearned)
    print(f"{len(figures)} figures; {len(seen)} pairs, {sum(e.right for e in seen)} right")
    report(seen, unlearned)
    learned, intercept = fit(seen)
    worded = learn_phrasing.fit(figures, rules.catalogue.indicators)
    write(replace(unlearned, intercept=intercept, weights=learned, phrasing=worded))


if __name__ == "__main__":
    main()
