"""Imports run one way: etl downwards in the order of its flow, and never from etl to app."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from etl import store
from tests.specs import read

_SPEC = read("imports")
_ORDER: list[str] = _SPEC["order"]
_ETL = sorted((store.ROOT / "etl").glob("*.py"))
_APP = sorted((store.ROOT / "app").rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """The dotted names that a module imports anywhere in it, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            assert node.module
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def _etl_modules(names: set[str]) -> set[str]:
    modules = {path.stem for path in _ETL}
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "etl" and len(part) > 1 and part[1] in modules}


def test_the_order_names_every_module() -> None:
    assert sorted(_ORDER) == [path.stem for path in _ETL if path.stem != "__init__"]


@pytest.mark.parametrize("path", _ETL, ids=lambda path: path.stem)
def test_etl_imports_only_what_comes_before(path: Path) -> None:
    if path.stem == "__init__":
        assert not _etl_modules(_imports(path))
        return
    before = set(_ORDER[: _ORDER.index(path.stem)])
    assert _etl_modules(_imports(path)) <= before


@pytest.mark.parametrize("path", _ETL, ids=lambda path: path.stem)
def test_etl_knows_nothing_of_the_dashboard(path: Path) -> None:
    packages = {name.split(".")[0] for name in _imports(path)}
    assert not packages & set(_SPEC["never_in_etl"])


@pytest.mark.parametrize("path", _APP, ids=lambda path: path.relative_to(store.ROOT).as_posix())
def test_only_the_outer_modules_of_the_dashboard_know_streamlit(path: Path) -> None:
    name = path.relative_to(store.ROOT / "app").as_posix()
    if not name.startswith(tuple(_SPEC["with_streamlit"])):
        assert "streamlit" not in {imported.split(".")[0] for imported in _imports(path)}


def test_the_outer_modules_of_the_dashboard_are_there() -> None:
    names = [path.relative_to(store.ROOT / "app").as_posix() for path in _APP]
    for outer in _SPEC["with_streamlit"]:
        assert any(name.startswith(outer) for name in names)


def test_loading_etl_loads_nothing_of_the_dashboard() -> None:
    """Also not by way of another package."""
    code = (
        "import sys, etl.pipeline, etl.__main__\n"
        f"print(*sorted(set(sys.modules) & set({_SPEC['never_in_etl']!r})))"
    )
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=store.ROOT, capture_output=True, text=True, check=True
    )
    assert finished.stdout.split() == []
