"""Reports broken at a number of characters, as columns and pages break them, give what they gave whole."""

from pathlib import Path

import pytest

from tools.score import GOLDEN, facts_of, labels, score

_SET = GOLDEN / "development"
# A report is whole if so much of it stands in lines that no column would hold.
_LONG_LINE = 45
_MOST = 0.5
# What a broken report may lose: headlines that end with their column, lists that become text.
_LEAST_F1 = 0.96


def _broken(text: str, characters: int, blank: bool, indent: str) -> str:
    """Each paragraph of a text cut every so many characters, headlines without an indent."""
    lines: list[str] = []
    for paragraph in (line.strip() for line in text.splitlines()):
        if len(paragraph) > characters:
            is_headline = len(paragraph) < 40 and paragraph[-1] not in "。；！"
            paragraph = paragraph if is_headline else indent + paragraph
        pieces = [paragraph[i : i + characters] for i in range(0, len(paragraph), characters)]
        for piece in pieces or [""]:
            lines += [piece, ""] if blank else [piece]
    return "\n".join(lines)


def _whole_reports() -> dict[str, str]:
    found = {}
    for path in sorted((_SET / "documents").glob("*.txt")):
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            continue
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if sum(len(li) for li in lines if len(li) > _LONG_LINE) >= _MOST * sum(map(len, lines)):
            found[path.name] = text
    return found


@pytest.mark.parametrize(
    ("characters", "blank", "indent"),
    [(14, False, "　　"), (18, True, ""), (24, False, "    ")],
)
def test_broken_reports_lose_little(
    characters: int, blank: bool, indent: str, tmp_path: Path
) -> None:
    reports = _whole_reports()
    assert len(reports) > 100
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in reports.items():
        broken = _broken(text, characters, blank, indent)
        (folder / name).write_text(broken, encoding="utf-8")
    rows = [row for row in labels(_SET) if row["document"] in reports]
    assert score(rows, facts_of(tmp_path)).f1 >= _LEAST_F1
