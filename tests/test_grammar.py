"""The grammar: kinds of measure words, expressions in linear time, and mistakes in the file."""

from collections.abc import Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the only way to see what is compiled
from typing import Any

import pytest

from etl.errors import CatalogueError
from etl.grammar import load_grammar
from tests.specs import Case, cases

CATALOGUE = Path(__file__).parents[1] / "data" / "catalogue"
GRAMMAR = load_grammar(CATALOGUE)


def test_kinds_tell_counts_from_the_rest() -> None:
    kinds = [GRAMMAR.kinds[unit] for unit in ("件", "人次", "%", "个月", "元", "亩")]
    assert kinds == ["count", "count", "share", "duration", "money", "size"]


# ----------------------------------------------------------------------- linear work


def _unbounded(parsed: Any) -> Iterator[str]:
    """The names of the repeats without upper bound in a parsed expression."""
    for operation, argument in parsed:
        if isinstance(argument, tuple) and argument[1:2] == (_parser.MAXREPEAT,):
            yield str(operation)
        children = argument if isinstance(argument, (tuple, list)) else [argument]
        for child in children:
            if isinstance(child, _parser.SubPattern):
                yield from _unbounded(child)
            elif isinstance(child, list):
                for branch in child:
                    if isinstance(branch, _parser.SubPattern):
                        yield from _unbounded(branch)


def test_nothing_unbounded_backtracks() -> None:
    patterns = [GRAMMAR.token, GRAMMAR.session_of_term, GRAMMAR.idiom, *GRAMMAR.slogans.values()]
    repeats = {
        name
        for pattern in patterns
        for name in _unbounded(_parser.parse(pattern.pattern, pattern.flags))
    }
    assert repeats == {"POSSESSIVE_REPEAT"}


# -------------------------------------------------------------------------- mistakes


@pytest.mark.parametrize("case", cases("grammar", "mistakes"))
def test_mistakes_are_named(tmp_path: Path, case: Case) -> None:
    text = (CATALOGUE / "measures.toml").read_text(encoding="utf-8")
    assert case["old"] in text
    mistaken = text.replace(case["old"], case["new"], 1)
    (tmp_path / "measures.toml").write_text(mistaken, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_grammar(tmp_path)
    assert caught.value.file == "measures.toml"
    assert caught.value.entry.startswith(case["entry"])
    assert caught.value.key == case["key"]


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"measures\.toml"):
        load_grammar(tmp_path)
