"""Scores extraction on short labelled passages: python -m tools.passages [--show]

tests/golden/passages holds one or a few sentences a row, as many authors would word each indicator,
and near misses that state nothing. A passage is read as the text of a report whose head names
place, body and year, so that all that can go wrong is the reading of its sentences. Columns:
author, id, body (npc or cppcc), text, facts (indicator=value, with >= for 余 or 以上, <= for 近
and ~ for 约 behind the value, joined by ;) and optional (as facts: neutral in the score).
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import facts, store
from etl.model import Document, Qualifier
from etl.rules import Rules, load_rules
from tools.score import GOLDEN, Score

FOLDER = GOLDEN / "passages"
SETS = ("development", "heldout")

_HEADS = {
    "npc": "安阳市人民代表大会常务委员会工作报告\n——2024年1月18日在安阳市第十五届人民代表大会第三次会议上\n"
    "各位代表：\n一、2023年工作回顾\n2023年，市人大常委会依法履职。\n",
    "cppcc": "中国人民政治协商会议安阳市第十四届委员会常务委员会工作报告\n"
    "——2024年1月17日在政协安阳市第十四届委员会第三次会议上\n各位委员：\n一、2023年工作回顾\n"
    "2023年，市政协常委会认真履职。\n",
}
_MARKS = {">=": Qualifier.AT_LEAST, "~": Qualifier.ABOUT, "<=": Qualifier.AT_MOST}

Figure = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and what it states: the qualifier of each figure by indicator and value."""

    author: str
    name: str
    text: str
    facts: dict[Figure, Qualifier]
    optional: dict[Figure, Qualifier]

    @property
    def document(self) -> Document:
        """The passage under the head of a report."""
        return Document(self.name, self.text, "utf-8", "")


def passages(path: Path) -> list[Passage]:
    """The passages of a file, each with its head. Raises ValueError for a label that can't be read."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Passage(
                author=row["author"],
                name=row["id"],
                text=f"{_HEADS[row['body']]}{row['text']}\n",
                facts=_figures(row["facts"]),
                optional=_figures(row["optional"]),
            )
            for row in csv.DictReader(handle)
        ]


def _figures(written: str) -> dict[Figure, Qualifier]:
    """appointments=97;suggestions_received=160>= as figures."""
    figures: dict[Figure, Qualifier] = {}
    for entry in filter(None, (part.strip() for part in written.split(";"))):
        indicator, _, value = entry.partition("=")
        mark = next((mark for mark in _MARKS if value.endswith(mark)), "")
        figures[indicator, float(value.removesuffix(mark))] = _MARKS.get(mark, Qualifier.EXACT)
    return figures


def score(given: Iterable[Passage], rules: Rules) -> Score:
    """Extract each passage and compare: a figure is right when indicator and value are.

    Of the columns, only the qualifier is compared.
    """
    counts: Counter[str] = Counter()
    misses: list[str] = []
    extras: list[str] = []
    for passage in given:
        found = {
            (fact.indicator, fact.value): fact
            for fact in facts.extract(passage.document, rules).facts
            if fact.trusted
        }
        counts["read"] += 1
        words = passage.text.rstrip().rpartition("\n")[2]
        for figure, qualifier in passage.facts.items():
            if figure in found:
                counts["hits"] += 1
                counts["qualified"] += found[figure].qualifier == qualifier
            else:
                misses.append(f"MISS  {passage.name} {figure[0]}={figure[1]:g} {words}")
        for figure in found.keys() - passage.facts.keys() - passage.optional.keys():
            extras.append(f"EXTRA {passage.name} {figure[0]}={figure[1]:g} {words}")
    agree = {"qualifier": counts["qualified"]}
    return Score(counts["read"], counts["hits"], tuple(misses), tuple(extras), agree)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tools.passages", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--show", action="store_true", help="list misses and extras (never of heldout)"
    )
    options = parser.parse_args(arguments)
    rules = load_rules(store.CATALOGUE)
    for name in SETS:
        given = passages(FOLDER / f"{name}.csv")
        result = score(given, rules)
        if options.show and name != "heldout":
            print("\n".join([*result.misses, *result.extras]))
        print(
            f"{name}: passages {result.documents} hits {result.hits} misses {len(result.misses)} "
            f"extras {len(result.extras)} precision {result.precision:.3f} "
            f"recall {result.recall:.3f} qualifier {result.share('qualifier'):.3f}"
        )


if __name__ == "__main__":
    main()
