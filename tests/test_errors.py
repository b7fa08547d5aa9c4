"""Errors: every code that is raised has its words in both languages, and errors can be pickled."""

import ast
import pickle
import string
from pathlib import Path

import pytest

from etl import store
from etl.errors import (
    LANGUAGES,
    CatalogueError,
    CheckError,
    DocumentError,
    InputError,
    messages,
)
from tests.specs import Case, cases

_SOURCES = [*(store.ROOT / "etl").glob("*.py"), *(store.ROOT / "app").rglob("*.py")]
_PLACES = {"InputError": 0, "DocumentError": 1, "CatalogueError": 3}
_SECTIONS = {"InputError": "input", "DocumentError": "document", "CatalogueError": "catalogue"}


def _fields(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name}


def _raised(path: Path) -> list[tuple[ast.Call, str]]:
    calls = [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    ]
    return [(c, c.func.id) for c in calls if isinstance(c.func, ast.Name) and c.func.id in _PLACES]


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: path.relative_to(store.ROOT).as_posix())
def test_what_is_raised_has_words(path: Path) -> None:
    for call, name in _raised(path):
        code = call.args[_PLACES[name]]
        if not isinstance(code, ast.Constant):
            continue
        words = messages().get(f"{_SECTIONS[name]}.{code.value}")
        assert words, f"{path.name}:{call.lineno}: {code.value!r} is not in messages.toml"
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            assert _fields(words["en"]) <= given, f"{path.name}:{call.lineno}"


def test_no_words_are_left_over() -> None:
    text = "".join(path.read_text("utf-8") for path in _SOURCES)
    for code in messages():
        if not code.startswith(("place.", "check.")):
            assert f'"{code.rpartition(".")[2]}"' in text, code
    for check in (code.removeprefix("check.name.") for code in messages() if "check.name." in code):
        assert f'name="{check}"' in text, check


@pytest.mark.parametrize("code", messages())
def test_both_languages_say_the_same(code: str) -> None:
    words = messages()[code]
    assert tuple(words) == LANGUAGES
    assert _fields(words["zh"]) == _fields(words["en"])
    assert words["en"].replace("›", "").replace("…", "").isascii()


_ERRORS = {
    "catalogue": CatalogueError,
    "document": DocumentError,
    "input": InputError,
}


@pytest.mark.parametrize("case", cases("errors", "texts"))
def test_text(case: Case) -> None:
    error = _ERRORS[case["kind"]](*case["place"], case["code"], **case.get("values", {}))
    assert error.text("zh") == case["zh"]
    assert str(error) == error.text("en") == case["en"]


def test_a_broken_table_names_checks_and_rows() -> None:
    error = CheckError([("years in order", "year_start", "0a1b2c"), ("isin", "body", "3d4e5f")])
    assert "起始年晚于截止年（year_start）：0a1b2c；isin（body）：3d4e5f" in error.text("zh")
    assert "years in order (year_start): 0a1b2c; isin (body): 3d4e5f" in str(error)


@pytest.mark.parametrize(
    "error",
    [
        CatalogueError("a.toml", "x", "y", "area_level", value="city", code="410000", level="省"),
        DocumentError("报告.txt", "sha256", found="1", expected="2"),
        InputError("no_fact", fact="0a1b2c"),
        CheckError([("years in order", "year_start", "0a1b2c")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_the_way_from_a_worker(error: InputError) -> None:
    received = pickle.loads(pickle.dumps(error))
    assert type(received) is type(error)
    assert vars(received) == vars(error)
    assert [received.text(language) for language in LANGUAGES] == [
        error.text(language) for language in LANGUAGES
    ]
