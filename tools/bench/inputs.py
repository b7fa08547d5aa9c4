"""Texts that no report looks like (tests/specs/bad_input.toml): time at twice the length, and at 50 MB."""

from collections.abc import Iterator
from functools import partial

from etl import facts, store
from etl.model import Document
from etl.rules import Rules, load_rules
from tests import specs
from tools.bench import corpus
from tools.bench.corpus import MEGABYTE
from tools.bench.report import Row, seconds

LENGTH = 100_000
ROUNDS = 2
MOST = 2.5
# What the issue calls a line of 5 MB and a text of 50 MB, in bytes of UTF-8.
LINE, WHOLE = 5, 50
_BYTES = 3


def rows() -> Iterator[Row]:
    """One line a text, then the long ones."""
    rules = load_rules(store.CATALOGUE)
    for group in specs.read("bad_input")["group"]:
        for case in group["cases"]:
            short, long = (_text({**group, **case}, LENGTH * times) for times in (1, 2))
            once, twice = (min(_read(text, rules) for _ in range(ROUNDS)) for text in (short, long))
            yield Row(f"2 × {case['name']}", twice / once, MOST, f"{once:.2f} s, {twice:.2f} s")
    report = b"\n".join(corpus.texts(corpus.REPORTS)).decode(errors="ignore")
    line = "".join(report.split())
    for name, text, size in (("one line", line, LINE), ("one text", report, WHOLE)):
        short = _repeat(text, size * MEGABYTE // _BYTES // 5)
        once, five = _read(short, rules), _read(_repeat(short, 5 * len(short)), rules)
        subject = f"{name} of {size} MB / 5 × one of {size // 5} MB"
        yield Row(subject, five / once / 5, 1.25, f"{five:.1f} s")


def _text(case: dict[str, str], length: int) -> str:
    """The head of the case and its unit again and again, # in it being the number of the repeat."""
    unit = case["unit"]
    repeats = -(-length // len(unit))
    if "#" not in unit:
        return case["head"] + unit * repeats
    return case["head"] + "".join(unit.replace("#", str(n)) for n in range(1, repeats + 1))


def _repeat(text: str, length: int) -> str:
    return (text * (length // len(text) + 1))[:length]


def _read(text: str, rules: Rules) -> float:
    return seconds(partial(facts.extract, Document("bad.txt", text, "utf-8", ""), rules))
