"""Learns how each indicator is worded (etl.phrasing) from all figures of labelled texts."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from etl import layout, sentences, settling
from etl.findings import Reading
from etl.model import Body
from etl.phrasing import Phrasing, runs
from etl.rules import Rules
from tools.labelled import Labelled

# A run of characters says something only if it stands by so many figures.
_FEWEST_FIGURES = 3
# An indicator with fewer figures is left to the cues.
_FEWEST_RIGHT = 5
# Regularisation: L1, so that few runs are kept.
_C = 1.0
# So many characters before a figure have to be in a label's quote, to tell it from a like one.
_OWN_WORDS = 3
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a labelled text: the runs around it, what it may count and what it counts."""

    author: str
    runs: frozenset[str]
    may_count: frozenset[str]
    counts: frozenset[str]


def figures(texts: Sequence[Labelled], rules: Rules) -> list[Figure]:
    """All figures whose measure word an indicator asks for."""
    catalogue = rules.catalogue
    may_count = {
        measure: frozenset(cue.indicator for cue in cues)
        for measure, cues in catalogue.cues_by_measure.items()
    }
    found: list[Figure] = []
    for text in texts:
        seen = [
            (reading.sentence.text, reading.clauses, quantity)
            for reading in _readings(text, rules)
            if reading.clauses is not None
            for quantity in reading.quantities
            if quantity.unit in may_count
        ]
        for sentence, clauses, quantity in seen:
            own = _WHITE.sub("", sentence[max(0, quantity.start - _OWN_WORDS) : quantity.end])
            alone = sum(other.value == quantity.value for _, _, other in seen) == 1
            counts = frozenset(
                label.indicator
                for label in text.labels
                if label.value == quantity.value
                and (alone or not label.quote or own in _WHITE.sub("", label.quote))
            )
            around = frozenset(runs(sentence, quantity, clauses.at(quantity.start)))
            found.append(Figure(text.author, around, may_count[quantity.unit], counts))
    return found


def _readings(text: Labelled, rules: Rules) -> Iterator[Reading]:
    page = layout.read_page(text.document.text, rules.layout)
    for article in page.articles:
        cut = sentences.of_article(page, article, rules.grammar, rules.catalogue.fits)
        yield from settling.read_sentences(cut, [Body.NPC] * len(cut), rules)


def fit(given: Sequence[Figure], indicators: Collection[str]) -> Phrasing:
    """What the figures teach: for each indicator a logistic function of the runs around a figure."""
    vectors = DictVectorizer(dtype=np.float32)
    table = vectors.fit_transform([dict.fromkeys(figure.runs, 1) for figure in given]).tocsr()
    names = vectors.get_feature_names_out()
    kept = np.asarray(table.sum(axis=0)).ravel() >= _FEWEST_FIGURES
    table, names = table[:, kept], names[kept]
    start: dict[str, float] = {}
    weights: dict[str, list[tuple[str, float]]] = {}
    for indicator in indicators:
        rows = [i for i, figure in enumerate(given) if indicator in figure.may_count]
        right = np.array([indicator in given[i].counts for i in rows])
        if _FEWEST_RIGHT <= right.sum() < len(rows):
            start[indicator], learned = _logistic(table[rows], right)
            for column in np.flatnonzero(learned):
                weights.setdefault(str(names[column]), []).append(
                    (indicator, round(float(learned[column]), 2))
                )
    return Phrasing(start, {run: tuple(listed) for run, listed in weights.items()})


def _logistic(table: csr_matrix, right: np.ndarray) -> tuple[float, np.ndarray]:
    model = LogisticRegression(C=_C, l1_ratio=1, solver="liblinear", random_state=0)
    model.fit(table, right)
    return round(float(model.intercept_[0]), 2), model.coef_[0].round(2)
