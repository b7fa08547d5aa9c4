"""Reads cases from tests/specs/*.toml and turns them into pytest parameters.

A file holds groups of cases; the keys of a group are the defaults of its cases:

    [[group]]
    name = "whole and part"
    cases = [
      { text = "…", … },
    ]

A case that the program is known to get wrong carries known_gap = "why": it is
run all the same, must fail, and shows its reason (strict xfail). When the
program learns it, the test says so and the key has to go.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

FOLDER = Path(__file__).parent / "specs"

Case = Mapping[str, Any]


def read(name: str) -> dict[str, Any]:
    """The content of tests/specs/NAME.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def cases(name: str, kind: str = "group") -> list[ParameterSet]:
    """The cases of all [[kind]] groups of a spec, as pytest parameters.

    The id of a case is its `name`, else its group and number.
    """
    found: list[ParameterSet] = []
    for group in read(name)[kind]:
        defaults = {key: value for key, value in group.items() if key not in ("name", "cases")}
        title = group.get("name", kind)
        for number, raw in enumerate(group["cases"], 1):
            case = defaults | raw
            gap = case.get("known_gap")
            marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
            found.append(pytest.param(case, id=case.get("name", f"{title} {number}"), marks=marks))
    assert found, f"{name}.toml has no case under {kind}"
    return found
