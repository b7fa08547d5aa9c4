"""Corrections: drop, accept and set; a stale or wrong entry fails aloud."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import corrections, store
from etl.corrections import Correction
from etl.errors import CatalogueError
from tests.samples import fact, rules
from tests.specs import Case, cases

_USUAL: dict[str, Any] = {
    "document": "report.txt",
    "figure": "102人次",
    "start": 30,
    "end": 35,
    "indicator": "appointments",
    "action": "drop",
    "reason": "复核原文",
    "by": "李明",
    "on": date(2024, 5, 6),
}


def _toml(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else repr(value)


def _load(path: Path, case: Case) -> tuple[Correction, ...]:
    keys = _USUAL | dict(case.get("correction", {}))
    keys.pop(case.get("gone", ""), None)
    lines = case.get("lines") or [
        "[[correction]]",
        *(f"{key} = {_toml(value)}" for key, value in keys.items()),
    ]
    file = path / corrections.CORRECTIONS
    file.write_text("\n".join(lines), encoding="utf-8")
    return corrections.load(file, rules().catalogue)


@pytest.mark.parametrize("case", cases("corrections", "actions"))
def test_action(case: Case, tmp_path: Path) -> None:
    bystander = fact(at=50, indicator="decisions")
    before = [fact(**case.get("fact", {})), bystander]
    *after, last = corrections.apply("report.txt", before, _load(tmp_path, case), rules().catalogue)
    assert last is bystander
    assert len(after) == len(case["facts"])
    for found, expected in zip(after, case["facts"], strict=True):
        assert {key: getattr(found, key) for key in expected} == expected
        assert (found.sentence, found.start, found.figure) == (before[0].sentence, 20, "102人次")
        if found.method == "corrected":
            assert any("李明" in words and "复核原文" in words for words in found.evidence)


@pytest.mark.parametrize("case", cases("corrections", "stale"))
def test_stale_correction_fails_aloud(case: Case, tmp_path: Path) -> None:
    loaded = _load(tmp_path, case) * (2 if case.get("again") else 1)
    with pytest.raises(CatalogueError) as caught:
        corrections.apply("report.txt", [fact()], loaded, rules().catalogue)
    error = caught.value
    assert error.file == "corrections.toml"
    assert error.entry == f"report.txt {loaded[0].figure}"
    assert error.key == case["key"]
    assert "update or remove" in error.problem()


@pytest.mark.parametrize("case", cases("corrections", "mistakes"))
def test_mistake(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        _load(tmp_path, case)
    error = caught.value
    assert (error.file, error.entry, error.key) == ("corrections.toml", case["entry"], case["key"])
    assert error.problem()


def test_no_file_means_no_corrections(tmp_path: Path) -> None:
    assert corrections.load(tmp_path / "corrections.toml", rules().catalogue) == ()


def test_shipped_corrections_are_valid() -> None:
    corrections.load(store.CORRECTIONS, rules().catalogue)
