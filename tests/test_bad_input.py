"""Bad input: the work grows with the length of the text and no faster, and what is skipped is told.

The texts are in tests/specs/bad_input.toml. Times are compared with each other within
one run and generously: four times the text may take up to eight times as long.
"""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl import facts, sentences, store
from etl.__main__ import main
from etl.facts import Extraction
from etl.layout import read_page
from etl.model import Document
from tests.samples import folder, rules
from tests.specs import Case, cases

_HEAD = "鹤壁市人大常委会2023年工作综述\n\n一年来，"
_LENGTH = 10_000
_MOST_GROWTH = 8.0
# Below this many seconds the clock says little: the text is made longer, up to a million characters.
_NOISE = 0.05
_LENGTHS = (_LENGTH, 50_000, 250_000)

_PLAIN = "召开常委会会议8次。\n\n"
_CROWD = "任免9人，" * 5_000
_PROSE = "依法任免国家机关工作人员102人次。"


def _text(case: Case, length: int) -> str:
    parts = [case["head"]]
    size = number = 0
    while size < length:
        number += 1
        parts.append(case["unit"].replace("#", str(number)))
        size += len(parts[-1])
    return "".join(parts)


def _extract(text: str) -> Extraction:
    return facts.extract(Document("bad.txt", text, "utf-8", ""), rules())


def _seconds(text: str) -> float:
    start = time.process_time()
    _extract(text)
    return time.process_time() - start


@pytest.mark.parametrize("case", cases("bad_input"))
def test_time_grows_with_the_length_of_the_text(case: Case) -> None:
    # Numbers that grow become something else (page 1000 is no page), so texts of them stay short.
    for length in _LENGTHS[:1] if "#" in case["unit"] else _LENGTHS:
        if (spent := _seconds(_text(case, length))) >= _NOISE:
            break
    large = _text(case, 4 * length)
    growth = _seconds(large) / max(_NOISE, spent)
    if growth >= _MOST_GROWTH:  # A second look: something else may have had the machine.
        growth = _seconds(large) / max(_NOISE, _seconds(_text(case, length)))
    assert growth < _MOST_GROWTH


@pytest.mark.parametrize("case", cases("bad_input"))
def test_what_stands_behind_is_read_and_what_is_skipped_told(case: Case) -> None:
    extraction = _extract(_text(case, _LENGTH) + "。\n\n" + _HEAD + _PROSE)
    assert any((f.indicator, f.value) == ("appointments", 102.0) for f in extraction.facts)
    assert bool(extraction.cut or extraction.crowded) == case.get("skips", False)


@pytest.mark.parametrize("case", cases("bad_input"))
def test_sentences_stay_short(case: Case) -> None:
    page = read_page(_text(case, _LENGTH), rules().layout)
    for article in page.articles:
        for sentence in sentences.of_article(
            page, article, rules().grammar, rules().catalogue.fits
        ):
            assert len(sentence.text) <= sentences.LONGEST
            assert page.folded[sentence.start : sentence.end] == sentence.text


def test_nothing_of_an_ordinary_report_is_skipped() -> None:
    extraction = _extract(_HEAD + _PLAIN + _PROSE)
    assert (extraction.cut, extraction.crowded) == (0, 0)
    assert len(extraction.facts) == 2


def test_what_stands_around_a_crowd_of_figures_is_read() -> None:
    extraction = _extract(_HEAD + _PLAIN + _CROWD + "。\n\n" + _PROSE)
    assert extraction.cut and extraction.crowded
    trusted = {(fact.indicator, fact.value) for fact in extraction.facts if fact.trusted}
    assert {("standing_committee_meetings", 8.0), ("appointments", 102.0)} <= trusted


def test_a_sentence_that_is_too_long_is_cut_where_it_pauses() -> None:
    page = read_page(_HEAD + "常委会认真开展工作，" * 400 + "。", rules().layout)
    cut = sentences.of_article(page, page.articles[0], rules().grammar, rules().catalogue.fits)
    assert sum(sentence.cut for sentence in cut) == 4
    assert all(sentence.text.endswith("，") for sentence in cut if sentence.cut)


def test_the_summary_line_says_what_was_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = folder(tmp_path / "in", {"crowd.txt": _HEAD + _CROWD, "plain.txt": _HEAD + _PLAIN})
    assert main(["run", "--documents", str(documents), "--output", str(tmp_path / "out")]) == 0
    crowd, plain, _ = capsys.readouterr().out.splitlines()
    assert "没有句号" in crowd
    assert "未提取" in crowd
    assert "没有句号" not in plain


def test_many_lines_of_furniture_in_mid_sentence_lose_nothing() -> None:
    lines = "".join(f"第{number}页\n" for number in range(1, 30))
    extraction = _extract(f"{_HEAD}召开常委会会议\n{lines}8次，任免干部102人次。")
    assert any(fact.indicator == "appointments" for fact in extraction.facts)


# Run apart, so that an expression that never comes back fails and doesn't hang.
_SEARCH = """
import re, sys
from pathlib import Path
from tests.test_bad_input import expressions
words = re.compile("[\\u4e00-\\u9fff]{1,8}")
for pattern in expressions():
    own = sorted(set(words.findall(pattern.pattern)))
    for text in [word * 60 for word in own] + ["".join(own)[:400] * 2, "（" * 200, "1" * 400]:
        pattern.search(text + "#")
        pattern.fullmatch(text + "#")
"""


def expressions() -> Iterator[re.Pattern[str]]:
    """Every regular expression of the catalogue and of the modules of etl."""
    seen: set[str] = set()
    todo: list[object] = [rules(), *(vars(sys.modules[n]) for n in sys.modules if n[:4] == "etl.")]
    known: set[int] = set()
    while todo:
        value = todo.pop()
        if id(value) in known or isinstance(value, str | bytes | int):
            continue
        known.add(id(value))
        if isinstance(value, re.Pattern):
            if value.pattern not in seen:
                seen.add(value.pattern)
                yield value
        elif isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, tuple | list | set | frozenset):
            todo += value
        elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
            todo += [getattr(value, name) for name in value.__dataclass_fields__]


def test_no_expression_backtracks_without_bound() -> None:
    assert sum(1 for _ in expressions()) > 200
    subprocess.run([sys.executable, "-c", _SEARCH], cwd=store.ROOT, check=True, timeout=120)
