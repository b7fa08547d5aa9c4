"""The ETL against other work over the same text, and against itself on more text.

Recognizers-Text is optional (requirements-bench.txt); without it its line says so.
"""

import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import jieba

from etl import store
from etl.rules import Rules, load_rules
from tools.bench import corpus
from tools.bench.corpus import MEGABYTE
from tools.bench.report import Row, seconds

SIZES = (1, 5, 10, 25, 50)
TEXT = 5
# One text as long as this for the recogniser: its time grows faster than the text, so that
# carrying it on in a straight line flatters it.
SLICE = MEGABYTE
ROUNDS = 3

_LIBRARIES = "import pandas, jieba; jieba.initialize()"

# In a process of its own, as memory that was once taken is seldom given back: read a folder,
# keep the facts or not, and say how many bytes the process had at its peak, and the table. VmHWM, as
# what getrusage calls the peak takes in that of the process which started this one.
_PEAK = r"""
import re, sys
from pathlib import Path
from etl import documents, facts, store, table
from etl.rules import load_rules
rules = load_rules(store.CATALOGUE)
table.give_memory_back()
paths = sorted(Path(sys.argv[1]).iterdir())[: int(sys.argv[2])]
found = (fact for path in paths for fact in facts.extract(documents.read(path), rules).facts)
if sys.argv[3] == "keep":
    size = sum(int(t.memory_usage(deep=True).sum()) for t in table.build(found, rules.catalogue))
else:
    size = sum(0 for _ in found)
print(int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) * 1024, size)
"""


def rows() -> Iterator[Row]:
    """All lines, one by one as they are measured."""
    rules = load_rules(store.CATALOGUE)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        yield from against_others(scratch, rules)
        yield from growth(scratch / "growth", rules)
        yield from memory(scratch / "memory")
        yield start_up(scratch / "table")


def against_others(folder: Path, rules: Rules) -> Iterator[Row]:
    """The ETL beside jieba and the recogniser, over the same text."""
    jieba.initialize()
    kinds = {"the five reports": corpus.REPORTS, "labelled reports": corpus.LABELLED}
    for number, (kind, folders) in enumerate(kinds.items()):
        paths = corpus.write(folder / f"others{number}", TEXT * MEGABYTE, folders)
        contents = [path.read_text(encoding="utf-8") for path in paths]
        rounds = [
            (seconds(partial(corpus.etl, paths, rules)), seconds(partial(_segment, contents)))
            for _ in range(ROUNDS)
        ]
        ours, theirs = (min(times) for times in zip(*rounds, strict=True))
        remark = f"{ours:.1f} s / {theirs:.1f} s"
        yield Row(f"ETL / jieba.cut, {TEXT} MB of {kind}", ours / theirs, 1.0, remark)
        yield recogniser(kind, "".join(contents), ours)


def _segment(contents: list[str]) -> None:
    for content in contents:
        for _ in jieba.cut(content):
            pass


def recogniser(kind: str, text: str, ours: float) -> Row:
    """The ETL's time over that of Recognizers-Text, carried on from a slice in a straight line."""
    subject = f"ETL / Recognizers-Text numbers, {TEXT} MB of {kind}"
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
        paths = corpus.write(folder / str(size), size * MEGABYTE, corpus.REPORTS)
        rounds = ROUNDS if size == SIZES[0] else 1
        spent = min(seconds(partial(corpus.etl, paths, rules)) for _ in range(rounds))
        each.append(spent / size)
        yield Row(
            f"time at {size} MB / {size} × time at {SIZES[0]} MB",
            each[-1] / each[0],
            1.25,
            f"{spent:.1f} s",
        )


def memory(folder: Path) -> Iterator[Row]:
    """The process at its peak when it reads many documents: alone, and with their facts kept."""
    total = len(corpus.write(folder, 10 * MEGABYTE, corpus.REPORTS))
    few = total // 10
    (less, _), (more, _) = (_peak(folder, count, "drop") for count in (few, total))
    yield Row(
        f"peak memory, {total} documents / {few}, facts dropped",
        more / less,
        1.1,
        f"{more / MEGABYTE:.0f} MB / {less / MEGABYTE:.0f} MB",
    )
    (less, _), (more, size) = (_peak(folder, count, "keep") for count in (few, total))
    yield Row(
        f"peak memory, {total} documents − {few}, / the table's own",
        (more - less) / (size * (1 - few / total)),
        None,
        f"{(more - less) / MEGABYTE:.1f} MB, table {size / MEGABYTE:.1f} MB",
    )


def _peak(folder: Path, count: int, facts: str) -> tuple[int, int]:
    command = [sys.executable, "-c", _PEAK, str(folder), str(count), facts]
    done = subprocess.run(command, check=True, capture_output=True, cwd=store.ROOT, text=True)
    peak, size = done.stdout.split()
    return int(peak), int(size)


def start_up(folder: Path) -> Row:
    """`python -m etl run` on the five reports over importing pandas and jieba alone."""
    run = ["-m", "etl", "run", "--output", str(folder)]
    rounds = [(_process(run), _process(["-c", _LIBRARIES])) for _ in range(ROUNDS)]
    ours, theirs = (min(times) for times in zip(*rounds, strict=True))
    return Row(
        "etl run on the five reports / import pandas and jieba",
        ours / theirs,
        2.5,
        f"{ours:.2f} s / {theirs:.2f} s",
    )


def _process(arguments: list[str]) -> float:
    command = [sys.executable, *arguments]
    run = partial(subprocess.run, command, check=True, capture_output=True, cwd=store.ROOT)
    return seconds(run, time.perf_counter)
