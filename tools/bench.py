"""Measures the speed of the ETL as ratios within one run: python -m tools.bench

Ratios hold on any machine, seconds do not. Every figure stands beside its target:
the whole ETL (file to table) against bare jieba over the same text and against the
number recogniser of Recognizers-Text; growth of time from 1 to 50 MB; growth of memory
with the number of documents; start-up against the libraries' own. The text is that of
the five reports and of the labelled ones, repeated under other names.

Recognizers-Text is optional (requirements-bench.txt); without it its line says so.
"""

import gc
import importlib
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

import jieba

from etl import documents, facts, store, table
from etl.model import Fact
from etl.rules import Rules, load_rules

MEGABYTE = 1_000_000
SIZES = (1, 5, 10, 25, 50)
TEXT = 5
# One text as long as this for the recogniser: its time grows faster than the text, so that
# carrying it on in a straight line flatters it.
SLICE = MEGABYTE
ROUNDS = 3

FOLDERS = (store.DOCUMENTS, store.ROOT / "tests" / "golden" / "development" / "documents")
_LIBRARIES = "import pandas, jieba; jieba.initialize()"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the result; `target` is the most that `measured` may be, None for a mere figure."""

    subject: str
    measured: float | None
    target: float | None = None
    remark: str = ""

    def __str__(self) -> str:
        measured = "not run" if self.measured is None else f"{self.measured:.2f}"
        target = "" if self.target is None else f"≤ {self.target:g}"
        verdict = ""
        if self.measured is not None and self.target is not None:
            verdict = "ok" if self.measured <= self.target else "ABOVE"
        return f"{self.subject:<58}{measured:>9} {target:>7} {verdict:<6}{self.remark}"


def texts() -> list[bytes]:
    """The reports that the corpus is made of, as stored."""
    return [path.read_bytes() for folder in FOLDERS for path in documents.paths(folder)]


def corpus(folder: Path, size: int) -> list[Path]:
    """Write copies of the reports under other names until they hold `size` bytes."""
    folder.mkdir(parents=True)
    written = 0
    paths: list[Path] = []
    for number, text in enumerate(cycle(texts())):
        if written >= size:
            return paths
        paths.append(folder / f"report_{number:06}.txt")
        paths[-1].write_bytes(text)
        written += len(text)
    raise AssertionError("a cycle does not end")


def etl(paths: list[Path], rules: Rules) -> int:
    """Files to table, as pipeline.build does in one process; returns the number of facts."""
    found: list[Fact] = []
    for path in paths:
        found += facts.extract(documents.read(path), rules).facts
    table.candidates(found)
    return len(table.frame(found, rules.catalogue))


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, with the garbage of earlier work swept away."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def against_others(folder: Path, rules: Rules) -> Iterator[Row]:
    """The ETL beside jieba and the recogniser, over the same text."""
    paths = corpus(folder, TEXT * MEGABYTE)
    contents = [path.read_text(encoding="utf-8") for path in paths]
    jieba.initialize()

    def segment() -> None:
        for content in contents:
            for _ in jieba.cut(content):
                pass

    rounds = [(seconds(lambda: etl(paths, rules)), seconds(segment)) for _ in range(ROUNDS)]
    ours, theirs = (min(times) for times in zip(*rounds, strict=True))
    yield Row(
        f"(a) ETL / jieba.cut, {TEXT} MB", ours / theirs, 1.0, f"{ours:.1f} s / {theirs:.1f} s"
    )
    few = paths[: len(list(documents.paths(store.DOCUMENTS)))]
    plain = [path.read_text(encoding="utf-8") for path in few]
    for _ in range(2):  # the first round warms up
        mine = seconds(lambda: [facts.extract(documents.read(p), rules) for p in few * 20])
        bare = seconds(lambda: [list(jieba.cut(text)) for text in plain * 20])
    yield Row("    of it the five reports alone, without the table", mine / bare)
    yield recogniser("".join(contents), ours)


def recogniser(text: str, ours: float) -> Row:
    """The ETL's time over that of Recognizers-Text, carried on from a slice in a straight line."""
    subject = f"(b) ETL / Recognizers-Text numbers, {TEXT} MB"
    try:
        numbers = importlib.import_module("recognizers_number")
    except ImportError as error:
        return Row(subject, None, 0.1, f"cannot be imported ({error}); see requirements-bench.txt")
    model = numbers.NumberRecognizer(numbers.Culture.Chinese).get_number_model()
    model.parse("共3件")
    share = text.encode()[:SLICE].decode(errors="ignore")
    theirs = seconds(lambda: model.parse(share)) * len(text.encode()) / len(share.encode())
    return Row(subject, ours / theirs, 0.1, f"{theirs:.0f} s, from {SLICE / MEGABYTE:g} MB")


def growth(folder: Path, rules: Rules) -> Iterator[Row]:
    """Time per megabyte at each size, over that at the smallest (its best of several rounds)."""
    each: list[float] = []
    for size in SIZES:
        paths = corpus(folder / str(size), size * MEGABYTE)
        rounds = ROUNDS if size == SIZES[0] else 1
        spent = min(seconds(partial(etl, paths, rules)) for _ in range(rounds))
        each.append(spent / size)
        yield Row(
            f"(c) time at {size} MB / {size} × time at {SIZES[0]} MB",
            each[-1] / each[0],
            1.25,
            f"{spent:.1f} s",
        )


def memory(folder: Path, rules: Rules) -> Iterator[Row]:
    """Peak memory while reading many documents, without their facts, over that of few."""
    paths = corpus(folder, 2 * MEGABYTE)
    some = len(texts())
    few, many = (_peak(paths[:count], rules) for count in (some, len(paths)))
    yield Row(
        f"(d) peak memory, {len(paths)} documents / {some}",
        many / few,
        1.1,
        f"{many / MEGABYTE:.1f} MB / {few / MEGABYTE:.1f} MB beyond the facts",
    )


def _peak(paths: list[Path], rules: Rules) -> float:
    gc.collect()
    tracemalloc.start()
    for path in paths:
        facts.extract(documents.read(path), rules)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def start_up(folder: Path) -> Row:
    """`python -m etl run` on the five reports over importing pandas and jieba alone."""
    run = ["-m", "etl", "run", "--output", str(folder)]
    rounds = [(_process(run), _process(["-c", _LIBRARIES])) for _ in range(ROUNDS)]
    ours, theirs = (min(times) for times in zip(*rounds, strict=True))
    return Row(
        "(e) etl run on the five reports / pandas and jieba",
        ours / theirs,
        2.5,
        f"{ours:.2f} s / {theirs:.2f} s",
    )


def _process(arguments: list[str]) -> float:
    command = [sys.executable, *arguments]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True, cwd=store.ROOT))


def main() -> None:
    """Measure everything and print it line by line."""
    rules = load_rules(store.CATALOGUE)
    print(f"{'':<58}{'measured':>9} {'target':>7}")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for row in against_others(scratch / "others", rules):
            print(row, flush=True)
        for row in growth(scratch / "growth", rules):
            print(row, flush=True)
        for row in memory(scratch / "memory", rules):
            print(row, flush=True)
        print(start_up(scratch / "table"))


if __name__ == "__main__":
    main()
