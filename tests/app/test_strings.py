"""What a person sees stands in app/strings: no module of the dashboard has words of its own."""

import ast
import re
from collections.abc import Iterator

import pytest

from etl.store import ROOT

MODULES = [*sorted((ROOT / "app").rglob("*.py")), ROOT / "dashboard.py"]
CHINESE = re.compile(r"[\u3400-\u9fff]")


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The string literals of a module, less its docstrings."""
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_has_chinese_words(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [f"{node.lineno}: {node.value}" for node in strings(tree) if CHINESE.search(node.value)]
    assert found == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_widget_has_a_label_of_its_own(path):
    """st.button("Go") would stay English: labels come from words(...); signs may be written."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        f"{node.lineno}: {ast.unparse(node)[:80]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith(("st.", "st.sidebar."))
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and re.search(r"[A-Za-z]{2}", str(node.args[0].value))
        and not ast.unparse(node.func).startswith(("st.components", "st.session_state", "st.query"))
    ]
    assert found == []
