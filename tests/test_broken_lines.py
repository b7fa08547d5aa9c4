"""Reports broken into lines give what they gave whole.

They are broken at a number of characters, as programs cut them, or at a width, as pages set them: digits
are half as wide, no number is parted, and no punctuation begins a line.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.score import GOLDEN, Row, facts_of, labels, score

_SET = GOLDEN / "development"
# A report is whole if so much of it stands in lines that no column would hold.
_LONG_LINE = 45
_MOST = 0.5
# What broken reports may lose of their F1: headlines that end with their column, lists that become text.
_MOST_LOST = 0.025
# What web pages print above and below a text (a time stamp, the path to the page); no column breaks those.
_WEB_PAGE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|首[页頁]")
_UNPARTED = re.compile(r"[0-9０-９][0-9０-９.,，．]*[％%]?|[A-Za-z]+|.")
_NOT_AT_BEGINNING = "，。、；：！？）》”％%"


def _cut(paragraph: str, characters: int) -> Iterator[str]:
    for i in range(0, len(paragraph), characters):
        yield paragraph[i : i + characters]


def _set(paragraph: str, width: int) -> Iterator[str]:
    line, taken = "", 0.0
    for piece in _UNPARTED.findall(paragraph):
        needs = sum(0.5 if ord(character) < 128 else 1 for character in piece)
        if line and taken + needs > width and piece not in _NOT_AT_BEGINNING:
            yield line
            line, taken = "", 0.0
        line, taken = line + piece, taken + needs
    yield line


def _broken(text: str, characters: int, blank: bool, indent: str, as_set: bool) -> str:
    """Each paragraph of a text cut every so many characters, headlines without an indent."""
    lines: list[str] = []
    for paragraph in (line.strip() for line in text.splitlines()):
        if len(paragraph) > characters:
            is_headline = len(paragraph) < 40 and paragraph[-1] not in "。；！"
            paragraph = paragraph if is_headline else indent + paragraph
        pieces = _set(paragraph, characters) if as_set else _cut(paragraph, characters)
        for piece in pieces if paragraph else [""]:
            lines += [piece, ""] if blank else [piece]
    return "\n".join(lines)


@cache
def _f1_of_whole_reports() -> float:
    return score(_labels(), facts_of(_SET)).f1


def _labels() -> list[Row]:
    whole = _whole_reports()
    return [row for row in labels(_SET) if row["document"] in whole]


@cache
def _whole_reports() -> dict[str, str]:
    found = {}
    for path in sorted((_SET / "documents").glob("*.txt")):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            continue
        if _WEB_PAGE.search(text):
            continue
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if sum(len(li) for li in lines if len(li) > _LONG_LINE) >= _MOST * sum(map(len, lines)):
            found[path.name] = text
    return found


@pytest.mark.parametrize(
    ("characters", "blank", "indent", "as_set"),
    [
        (14, False, "　　", False),
        (18, True, "", False),
        (24, False, "    ", False),
        (14, False, "　　", True),
        (16, True, "", True),
        (28, True, "", True),
    ],
)
def test_broken_reports_lose_little(
    characters: int, blank: bool, indent: str, as_set: bool, tmp_path: Path
) -> None:
    reports = _whole_reports()
    assert len(reports) > 100
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in reports.items():
        broken = _broken(text, characters, blank, indent, as_set)
        (folder / name).write_text(broken, encoding="utf-8")
    assert score(_labels(), facts_of(tmp_path)).f1 >= _f1_of_whole_reports() - _MOST_LOST
