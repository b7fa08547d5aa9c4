"""Catalogue: the shipped one is complete, and a mistake in it fails with file, entry and key named."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import catalogue, lines, phrasing, places, store, weights, years
from etl.errors import CatalogueError
from tests.samples import rules
from tests.specs import Case, cases

_READERS: dict[str, Callable[[Path], object]] = {
    "catalogue": catalogue.load,
    "layout": lines.load_rules,
    "periods": years.load_rules,
    "bodies": places.load_rules,
    "weights": weights.load,
    "phrasing": phrasing.load,
}


@pytest.mark.parametrize("case", cases("catalogue"))
def test_shipped_indicator(case: Case) -> None:
    indicator = rules().catalogue.indicators[case["name"]]
    assert (indicator.unit, indicator.kind, indicator.theme) == (
        case["unit"],
        case["kind"],
        case["theme"],
    )
    assert indicator.headline is case["headline"]
    assert [str(body) for body in indicator.bodies] == case["bodies"]
    assert indicator.name_zh
    assert indicator.name_en.isascii()
    assert indicator.definition
    assert indicator.cues
    for cue in indicator.cues:
        assert cue.measures
        assert cue.bodies <= set(indicator.bodies)


def test_shipped_catalogue_keeps_every_promised_indicator() -> None:
    promised = [str(parameter.id) for parameter in cases("catalogue")]
    assert len(promised) == 50
    assert set(promised) <= set(rules().catalogue.indicators)


def test_cues_are_found_by_their_measure_words() -> None:
    by_measure = rules().catalogue.cues_by_measure
    for indicator in rules().catalogue.indicators.values():
        for cue in indicator.cues:
            assert all(cue in by_measure[measure] for measure in cue.measures)


def test_plain_words_of_cues_reach_the_segmenter() -> None:
    assert {"任免", "备案审查", "规范性文件"} <= rules().catalogue.vocabulary


@pytest.fixture(scope="module")
def shipped_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(
        shutil.copytree(store.CATALOGUE, tmp_path_factory.mktemp("catalogue") / "catalogue")
    )


@pytest.mark.parametrize("case", cases("catalogue", "mistakes"))
def test_mistake(case: Case, shipped_copy: Path) -> None:
    path = shipped_copy / case["file"]
    original = path.read_text(encoding="utf-8")
    try:
        if case.get("gone"):
            path.unlink()
        else:
            assert case.get("find", "") in original, "the case no longer fits the catalogue"
            find, put = case.get("find"), case["put"]
            changed = original.replace(find, put, 1) if find else f"{original}\n{put}\n"
            path.write_text(changed, encoding="utf-8")
        with pytest.raises(CatalogueError) as caught:
            _READERS[case["reader"]](shipped_copy)
    finally:
        path.write_text(original, encoding="utf-8")
    error = caught.value
    assert error.file == case["file"]
    assert error.entry.startswith(case["entry"])
    assert error.key == case["key"]
    assert error.problem()
    for part in (case["file"], case["entry"], case["key"]):
        assert part in str(error)


def test_a_new_indicator_needs_no_code(shipped_copy: Path) -> None:
    path = shipped_copy / catalogue.INDICATORS
    original = path.read_text(encoding="utf-8")
    entry = """
[[indicator]]
id = "study_visits"
name_zh = "外出考察"
name_en = "Study visits"
unit = "次"
kind = "flow"
theme = "自身建设"
headline = false
bodies = ["npc"]
definition = "外出考察的次数"
measures = ["次"]

[[indicator.cue]]
noun = ["外出考察"]
"""
    path.write_text(original + entry, encoding="utf-8")
    try:
        loaded = catalogue.load(shipped_copy)
    finally:
        path.write_text(original, encoding="utf-8")
    assert list(loaded.indicators)[-1] == "study_visits"
    assert "study_visits#1" in {cue.name for cue in loaded.cues_by_measure["次"]}
