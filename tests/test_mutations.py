"""Reports that were damaged at random still give a table that keeps its contract: a run never stops at one of them.

What is damaged is drawn from a fixed seed; the table's own check (etl.table.check) runs in the build.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from etl import pipeline
from tools.score import GOLDEN

_DOCUMENTS = sorted((GOLDEN / "development" / "documents").glob("*.txt"))[::4]
_NOISE = "，。；、\n0123456789%件项（）“”《》"
_INTERRUPTIONS = ("", "（张三 摄）", "图为会场。", "第3版", "1月5日，会议召开。", "——")

Damage = Callable[[str, random.Random], str]


def _shuffled(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    chance.shuffle(lines)
    return "\n".join(lines)


def _cut_anywhere(text: str, chance: random.Random) -> str:
    width = chance.randrange(3, 50)
    return "\n\n".join(text[i : i + width] for i in range(0, len(text), width))


def _without_stops(text: str, chance: random.Random) -> str:
    return text.translate(str.maketrans("", "", chance.choice(["，。；", "。\n", "，、"])))


def _noisy(text: str, chance: random.Random) -> str:
    return "".join(c if chance.random() > 0.03 else chance.choice(_NOISE) for c in text)


def _interrupted(text: str, chance: random.Random) -> str:
    lines = [[line, chance.choice(_INTERRUPTIONS)] for line in text.splitlines()]
    return "\n".join(piece for pair in lines for piece in pair)


def _upside_down(text: str, _chance: random.Random) -> str:
    return "\n".join(reversed(text.splitlines()))


@pytest.mark.parametrize(
    "damage",
    [_shuffled, _cut_anywhere, _without_stops, _noisy, _interrupted, _upside_down],
)
def test_a_damaged_report_stops_no_run(damage: Damage, tmp_path: Path) -> None:
    chance = random.Random(1)
    folder = tmp_path / "documents"
    folder.mkdir()
    for path in _DOCUMENTS:
        text = path.read_bytes().decode("utf-8-sig", errors="ignore")
        (folder / path.name).write_text(damage(text, chance), encoding="utf-8")
    outcome = pipeline.build(folder, tmp_path / "data", workers=1)
    assert outcome.facts > len(_DOCUMENTS)
