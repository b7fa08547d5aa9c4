"""Holds our reading of figures against other programs': python -m tools.oracles [--write]

The oracles, both optional (requirements-oracles.txt): Recognizers-Text, which finds numbers in a
text, and cn2an, which reads a numeral. They read the spec table of figures, and numerals written in
each usual way; what they read is kept in tests/specs/oracles.csv (--write), so that
tests/test_oracles.py holds our grammar against it without them. Where they differ from us,
tests/specs/oracles.toml says why we are right; a difference without a reason is printed. So are the
figures of the labelled reports that they read otherwise: there is where we may learn something.
"""

import argparse
import csv
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import NamedTuple

from etl import quantities, sentences, store
from etl.layout import read_page
from etl.lines import fold
from etl.rules import Rules, load_rules
from tests.writing import DIGITS, in_characters, ways
from tools.labelled import SPECS
from tools.labelled import texts as labelled_texts

ANSWERS = SPECS / "oracles.csv"
REASONS = SPECS / "oracles.toml"
# The package of each oracle.
PACKAGES = {"recognizers": "recognizers-text-number", "cn2an": "cn2an"}
# The groups of what is no case of the spec table.
WRITTEN = "numerals written out"
REPORTED = "labelled reports"


class Number(NamedTuple):
    """A number that an oracle sees in text[start:end]."""

    start: int
    end: int
    value: float

    @classmethod
    def of(cls, start: int, end: int, value: str | float) -> "Number":
        """Rounded, as 0.3 is 0.30000000000000004 to an oracle."""
        return cls(start, end, round(float(value), 9))


Numbers = tuple[Number, ...]
# By text, what each oracle sees.
Answers = Mapping[str, Mapping[str, Numbers]]


class Difference(NamedTuple):
    """Where an oracle reads `words` otherwise; no `theirs` where it sees nothing, no `ours` where we don't."""

    oracle: str
    group: str
    text: str
    words: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why we differ from an oracle, and where: see tests/specs/oracles.toml."""

    name: str
    groups: frozenset[str]
    words: Mapping[str, re.Pattern[str]]
    cases: frozenset[tuple[str, str, str, tuple[float, ...]]]

    def explains(self, difference: Difference) -> bool:
        """Whether this is the reason of the difference."""
        oracle, group, text, words, ours, theirs = difference
        if group in (WRITTEN, REPORTED):
            return oracle in self.words and bool(self.words[oracle].search(words))
        return (oracle, text, words, theirs) in self.cases or (not ours and group in self.groups)


# --------------------------------------------------------------------------- oracles


def oracle(name: str) -> Callable[[str], Numbers]:
    """The oracle `name` as a function of a folded text; raises ImportError where it isn't installed."""
    return {"recognizers": _recognizers, "cn2an": _cn2an}[name]()


def _recognizers() -> Callable[[str], Numbers]:
    module = import_module("recognizers_number")
    recognizer = module.NumberRecognizer(module.Culture.Chinese)
    models = (recognizer.get_percentage_model(), recognizer.get_number_model())

    def read(text: str) -> Numbers:
        found: list[Number] = []
        for model in models:
            for result in model.parse(text):
                value = (result.resolution or {}).get("value")
                start, end = result.start, result.end + 1
                if value and not any(n.start < end and start < n.end for n in found):
                    found.append(Number.of(start, end, value.rstrip("%")))
        return tuple(sorted(found))

    return read


# What is given to cn2an, which reads a numeral and finds none: all that looks like one.
_NUMERAL = re.compile(
    r"[百千万]分之"
    r"|(?P<numeral>[0-9]{1,3}(?:,[0-9]{3})+[万亿]?|[0-9]+(?:\.[0-9]+)?[十百千万亿]*(?:[0-9]+[百千万亿])*"
    r"|[零〇一二两三四五六七八九十百千万亿廿卅]+(?:点[零〇一二三四五六七八九]+[十百千万亿]*)?)"
)


def _cn2an() -> Callable[[str], Numbers]:
    convert = import_module("cn2an").cn2an

    def read(text: str) -> Numbers:
        found: list[Number] = []
        for match in _NUMERAL.finditer(text):
            if numeral := match["numeral"]:
                try:
                    value = convert(numeral.replace(",", ""), "smart")
                except ValueError:
                    continue
                found.append(Number.of(*match.span("numeral"), value))
        return tuple(found)

    return read


# ----------------------------------------------------------------------------- texts


def spec_texts() -> dict[str, str]:
    """The texts of the spec table of figures, each with its group."""
    spec = tomllib.loads((SPECS / "quantities.toml").read_text(encoding="utf-8"))
    return {case[0]: group for group, table in spec.items() for case in table["cases"] if case[0]}


def written_texts() -> Iterator[str]:
    """Figures in each usual way of writing: counts up to 20,000 and beyond, sums of money, shares."""
    numbers = [*range(1, 32), *range(90, 125), *range(130, 20_001, 797)]
    for scale in (10**3, 10**4, 10**5, 10**8):
        numbers += [scale * head + rest for head in (2, 11) for rest in (0, 5, 110, 231, 600)]
    for number in numbers:
        yield from (f"收到{numeral}件" for numeral in (*ways(number), number, f"{number:,}"))
    for tenths in range(3, 1000, 71):
        whole, tenth = divmod(tenths, 10)
        numeral = f"{in_characters(whole) or '零'}点{DIGITS[tenth]}"
        yield from (f"占{tenths / 10}%", f"占百分之{numeral}")
        yield from (f"投入{n}{scale}元" for n in (tenths / 10, numeral) for scale in "万亿")


# ------------------------------------------------------------------------- comparing


def differences(
    answers: Answers, groups: Mapping[str, str], rules: Rules
) -> Iterator[Difference | str]:
    """Where an oracle and our grammar differ; its name alone for each figure on which they agree."""
    for text, seen in answers.items():
        figures = quantities.find(fold(text, rules.layout), rules.grammar)
        group = groups.get(text, WRITTEN)
        for name, numbers in seen.items():
            beyond = set(numbers)
            for figure in figures:
                here = [n for n in numbers if n.start < figure.end and figure.start < n.end]
                beyond -= set(here)
                theirs = tuple(number.value for number in here)
                ours = (figure.value, *([figure.upper] if figure.upper else []))
                words = text[figure.start : figure.end]
                yield name if ours == theirs else Difference(name, group, text, words, ours, theirs)
            for number in sorted(beyond):
                words = text[number.start : number.end]
                yield Difference(name, group, text, words, (), (number.value,))


def load_reasons() -> list[Reason]:
    """The reasons of tests/specs/oracles.toml."""
    return [
        Reason(
            name=entry["name"],
            groups=frozenset(entry.get("groups", ())),
            words={name: re.compile(words) for name, words in entry.get("words", {}).items()},
            cases=frozenset(
                (name, text, words, tuple(map(float, theirs)))
                for name in PACKAGES
                for text, words, *theirs in entry.get(name, ())
            ),
        )
        for entry in tomllib.loads(REASONS.read_text(encoding="utf-8"))["reason"]
    ]


# --------------------------------------------------------------------------- records


def load_answers() -> tuple[dict[str, str], Answers]:
    """The versions of the oracles and what they answered when tests/specs/oracles.csv was written."""
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        (_, *heads), *rows = csv.reader(file)
    names = [head.split()[0] for head in heads]
    return dict(head.split() for head in heads), {
        text: {name: _numbers(cell) for name, cell in zip(names, cells, strict=True)}
        for text, *cells in rows
    }


def _numbers(cell: str) -> Numbers:
    parts = (re.split("[-=]", number, maxsplit=2) for number in cell.split())
    return tuple(Number(int(start), int(end), float(value)) for start, end, value in parts)


def write_answers(versions: Mapping[str, str], answers: Answers) -> None:
    """Keep the answers: a row a text, a column an oracle, a number as start-end=value."""
    with ANSWERS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["text", *(f"{name} {version}" for name, version in versions.items())])
        for text, numbers in answers.items():
            seen = (
                [f"{n.start}-{n.end}={n.value!r}".removesuffix(".0") for n in numbers[name]]
                for name in versions
            )
            writer.writerow([text, *map(" ".join, seen)])


# ------------------------------------------------------------------------------ main


def ask(texts: Iterable[str], rules: Rules) -> Answers:
    """What each oracle sees in each text; raises ImportError where one isn't installed."""
    oracles = {name: oracle(name) for name in PACKAGES}
    folded = {text: fold(text, rules.layout) for text in texts}
    return {text: {name: read(folded[text]) for name, read in oracles.items()} for text in folded}


def main(arguments: list[str]) -> int:
    """Compare, print what has no reason, and keep the answers if told to; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.oracles")
    parser.add_argument("--write", action="store_true", help="keep the answers of the oracles")
    options = parser.parse_args(arguments)
    rules = load_rules(store.CATALOGUE)
    groups = spec_texts()
    try:
        answers = ask([*groups, *written_texts()], rules)
    except ImportError as error:
        print(f"{error}; see requirements-oracles.txt", file=sys.stderr)
        return 1
    versions = {name: metadata.version(package) for name, package in PACKAGES.items()}
    print(", ".join(f"{name} {version}" for name, version in versions.items()))
    unexplained = _report("spec table and numerals written out", answers, groups, rules)
    reported = dict.fromkeys(_sentences(rules), REPORTED)
    figures = [d for d in _report(REPORTED, ask(reported, rules), reported, rules) if d.ours]
    for oracle, _, text, words, ours, theirs in (*unexplained, *figures):
        around = re.search(f".{{0,9}}{re.escape(words)}.{{0,6}}", text)
        print(f"{oracle:12}", around and around[0], words, ours, theirs, sep="  ")
    if options.write:
        write_answers(versions, answers)
    return 1 if unexplained else 0


def _report(
    title: str, answers: Answers, groups: Mapping[str, str], rules: Rules
) -> list[Difference]:
    """Print how often each oracle agrees; the differences without a reason."""
    found = list(differences(answers, groups, rules))
    print(f"{title}: {len(answers)}")
    for name in PACKAGES:
        counts = Counter(_kind(d) for d in found if name in (d, d[0]))
        print(
            f"  {name:12}", ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
        )
    reasons = load_reasons()
    unexplained = (d for d in found if isinstance(d, Difference))
    return [d for d in unexplained if not any(reason.explains(d) for reason in reasons)]


def _kind(found: Difference | str) -> str:
    if isinstance(found, str):
        return "agrees"
    if not found.ours:
        return "no figure of ours"
    return "differs" if found.theirs else "doesn't see it"


def _sentences(rules: Rules) -> Iterator[str]:
    """The sentences of the labelled reports that may be read."""
    for labelled in labelled_texts():
        page = read_page(labelled.document.text, rules.layout)
        for article in page.articles:
            yield from (
                s.text
                for s in sentences.of_article(page, article, rules.grammar, rules.catalogue.fits)
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
