"""What speaks for and against a figure's counting an indicator, and how much: data/catalogue/weights.toml.

`Evidence` is the list of what is looked at where no cue fits (etl.second_look); a logistic function
of the weighted sum is the confidence. tools.learn writes the weights from labelled reports.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from etl import phrasing
from etl.errors import CatalogueError
from etl.patterns import check_keys, read_toml
from etl.phrasing import Phrasing

WEIGHTS = "weights.toml"

Usual = Mapping[str, tuple[float, float]]


class Evidence(NamedTuple):
    """What speaks for and against a pair of figure and indicator, each 0 or 1 where nothing else is said."""

    phrasing: float = 0.0  # log-odds of its wording (etl.phrasing), between -6 and 6
    verb: float = 0.0  # the cue's verb is in the sentence
    no_verb: float = 0.0  # the cue asks for none
    topic: float = 0.0  # its topic, context and `must` are there, or not asked for
    context: float = 0.0
    must: float = 0.0
    unless: float = 0.0  # a word that the cue forbids is in the sentence
    weak: float = 0.0
    part: float = 0.0
    named: float = 0.0  # the cue's noun is in the sentence; the next eight are told of it
    wrong_side: float = 0.0  # the noun stands where the cue doesn't want it
    before: float = 0.0  # the noun stands before the figure
    noun_length: float = 0.0  # in characters, up to 8
    distance: float = 0.0  # characters between noun and figure, up to 30
    same_clause: float = 0.0
    stops: float = 0.0  # of a sentence between noun and figure, up to 2
    figures: float = 0.0  # other figures between them, up to 3
    other_head: float = 0.0  # the noun stands before, and another thing follows the measure word
    nearer_noun: float = 0.0  # another indicator's noun is nearer to the figure
    only_figure: float = 0.0  # the sentence has no other
    chinese: float = 0.0
    total: float = 0.0  # 共, 累计 right before the figure
    each: float = 0.0  # 每, 各, 第 right before it
    higher: float = 0.0  # 全省, 全国 before it
    earlier_year: float = 0.0
    others: float = 0.0  # another body, group or person is spoken of
    larger: float = 0.0  # by how many deviations the value is over or under the usual (see Weights)
    smaller: float = 0.0


# What is told of a cue's noun.
OF_NOUN = (
    "named", "wrong_side", "before", "noun_length", "distance", "same_clause", "stops", "figures",
    "other_head",
)  # fmt: skip
# The most that evidence can amount to where it isn't 1.
_MOST = {
    "phrasing": 6.0, "noun_length": 8.0, "distance": 30.0, "stops": 2.0, "figures": 3.0,
    "larger": 3.0, "smaller": 3.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """weights.toml and phrasing.csv: from `fact` up a confidence makes a fact, from `candidate` up a candidate.

    `usual` gives mean and standard deviation of ln(value) of each indicator in the labelled reports.
    """

    fact: float
    candidate: float
    intercept: float
    weights: Evidence
    usual: Usual
    phrasing: Phrasing

    @property
    def hopes(self) -> Evidence:
        """The evidence that speaks best for a pair: all that has a weight over 0."""
        return _hopes(self.weights)

    def confidence(self, evidence: Evidence) -> float:
        """Between 0 and 1."""
        total = sum(map(mul, self.weights, evidence))
        return 1 / (1 + math.exp(-total - self.intercept))


@lru_cache
def _hopes(weights: Evidence) -> Evidence:
    return Evidence(
        *(_MOST.get(name, 1.0) * (weight > 0) for name, weight in weights._asdict().items())
    )


def load(folder: Path) -> Weights:
    """Load weights.toml and phrasing.csv of the catalogue folder. Raises CatalogueError at the first mistake."""
    data = read_toml(folder / WEIGHTS)
    check_keys(data, WEIGHTS, "top level", {"fact", "candidate", "intercept", "evidence", "usual"})
    check_keys(data["evidence"], WEIGHTS, "evidence", set(Evidence._fields))
    figures = [("top level", key, data[key]) for key in ("fact", "candidate", "intercept")]
    figures += [("evidence", key, value) for key, value in data["evidence"].items()]
    figures += [("usual", key, value) for key, pair in data["usual"].items() for value in pair]
    for entry, key, value in figures:
        if not isinstance(value, int | float):
            raise CatalogueError(WEIGHTS, entry, key, "no_figure", value=value)
    return Weights(
        data["fact"],
        data["candidate"],
        data["intercept"],
        Evidence(**data["evidence"]),
        {key: (mean, spread) for key, (mean, spread) in data["usual"].items()},
        phrasing.load(folder),
    )
