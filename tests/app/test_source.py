"""原文: windows of long documents, finding words, steps from figure to figure, hostile text."""

import json
from pathlib import Path

import pandas as pd
import pytest

from app import reader
from app.reader import WINDOW
from app.text import text
from etl import layout, store
from tests.app import fixture, synthetic
from tests.app.test_pages import run
from tests.app.test_pure import figure

WORDS = text("zh")
LONG = "长篇.txt"
LIMIT = 300_000
HOSTILE = "<script>alert(1)</script> **粗** [x](javascript:alert(1)) <b>b</b> &amp; "


def long_text(size: int = 1_000_000) -> str:
    """A document of so many bytes with a figure every hundred characters, and hostile words."""
    line = "市人大常委会全年共任免国家机关工作人员{:05}人次，{}依法履行各项职责，推动各项工作取得新的进展。\n"
    one = line.format(0, HOSTILE)
    return "".join(line.format(n, HOSTILE) for n in range(size // len(one.encode())))


def long_folder(folder: Path) -> Path:
    """The fixture's data folder with one more document of a megabyte, thousands of figures in it."""
    fixture.build(folder)
    content = long_text()
    (folder / "documents" / LONG).write_text(content, encoding="utf-8")
    facts = store.read_facts(folder)
    plain = facts.iloc[0].to_dict()
    length = content.index("\n") + 1
    rows = [
        {**plain, "fact_id": f"long{n:08}", "document": LONG, "year": 2000, "year_start": 2000,
         "year_end": 2000, "preferred": False, "value": float(n), "start": n * length,
         "end": (n + 1) * length - 1, "figure": f"{n:05}人次", "figure_start": n * length + 19,
         "figure_end": n * length + 26, "sentence": content[n * length : (n + 1) * length - 1]}
        for n in range(len(content) // length)
    ]  # fmt: skip
    facts = pd.concat([facts, pd.DataFrame(rows).astype(facts.dtypes.to_dict())])
    fixture.write(folder, facts, store.read_reports(folder))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return long_folder(tmp_path_factory.mktemp("long"))


def weight(app) -> int:
    """How many bytes the components of the page carry to the browser."""
    return sum(len(e.proto.SerializeToString()) for e in app.get("bidi_component"))


def shown(app) -> dict:
    """The data of the reader's component."""
    return next(
        data
        for element in app.get("bidi_component")
        if (data := tree_of(element)) and "reader" in data["tree"][1].get("class", "")
    )


def tree_of(element) -> dict:
    """The data of a component with its tree read; {} where it shows none."""
    data = json.loads(element.proto.json or "{}")
    return data | {"tree": json.loads(data["tree"])} if "tree" in data else {}


def texts_of(node) -> str:
    return node if isinstance(node, str) else "".join(texts_of(child) for child in node[2])


@pytest.mark.parametrize("as_received", [False, True])
def test_windows_hold_the_whole_document_once(as_received):
    content = long_text(200_000)
    rules = layout.load_rules(fixture.ROOT / "data" / "catalogue")
    script = (
        reader.as_received(content) if as_received
        else reader.to_read(layout.read_page(content, rules))
    )  # fmt: skip
    parts = [script.of(window) for window in range(len(script.windows))]
    assert len(parts) > 3
    assert all(sum(p.length for p in part) <= WINDOW for part in parts)
    whole = "".join(content[a:b] for part in parts for p in part for a, b in p.spans)
    assert "".join(whole.split()) == "".join(content.split())
    for window, part in enumerate(parts):
        for passage in part:
            assert all(script.window_of(start) == window for start, _ in passage.spans)


def test_a_text_without_any_line_break_has_windows_too():
    script = reader.as_received("字" * 100_000)
    assert len(script.windows) > 5
    assert all(sum(p.length for p in script.of(w)) <= WINDOW for w in range(len(script.windows)))


@pytest.mark.parametrize("fact", ["", "long00000000", "long00004000"])
def test_a_megabyte_stays_light_and_shows_the_chosen_figure(folder, monkeypatch, fact):
    app = run(folder, monkeypatch, "source", doc=LONG, fact=fact)
    assert (folder / "documents" / LONG).stat().st_size > 990_000
    assert weight(app) < LIMIT, weight(app)
    if fact:
        assert shown(app)["current"] == fact
        assert f"{int(fact[4:]):05}人次" in texts_of(shown(app)["tree"])


def test_hostile_text_is_shown_as_text(folder, monkeypatch):
    app = run(folder, monkeypatch, "source", doc=LONG)
    assert "".join(HOSTILE.split()) in texts_of(shown(app)["tree"])
    assert not any("alert(1)" in markdown.value for markdown in app.markdown)


def test_turning_to_another_window_and_stepping_back_to_a_figure(folder, monkeypatch):
    app = run(folder, monkeypatch, "source", doc=LONG, fact="long00000003")
    app.button(key="next_figure").click().run()
    assert shown(app)["current"] == "long00000004"
    app.button(key="previous_figure").click().run()
    app.button(key="previous_figure").click().run()
    assert shown(app)["current"] == "long00000002"
    assert any("第3/" in caption.value for caption in app.caption)


def test_words_are_found_wherever_they_stand(folder, monkeypatch):
    app = run(folder, monkeypatch, "source", doc=LONG)
    app.text_input(key="w_find_words").set_value("03777 人次").run()
    assert shown(app)["current"] == reader.FOUND
    assert "03777人次" in texts_of(shown(app)["tree"])
    assert any(caption.value == "第1/1处" for caption in app.caption)
    app.text_input(key="w_find_words").set_value("任免").run()
    app.button(key="hit_after").click().run()
    assert any("第2/" in caption.value for caption in app.caption)
    linked = run(folder, monkeypatch, "source", doc=LONG, words="任免", page="hit.2")
    assert any("第2/" in caption.value for caption in linked.caption)
    app.text_input(key="w_find_words").set_value("没有的词").run()
    assert any("全文没有“没有的词”" in caption.value for caption in app.caption)
    app.button(key="next_figure").click().run()
    assert app.text_input(key="w_find_words").value == ""


@pytest.mark.parametrize(
    ("text_", "query", "found"),
    [
        ("任免国家\n机关", "国家机关", [(2, 7)]),
        ("甲乙甲乙", "甲 乙", [(0, 2), (2, 4)]),
        ("甲乙", "", []),
        ("", "甲", []),
        ("甲甲甲", "甲甲", [(0, 2)]),
    ],
)
def test_find(text_, query, found):
    assert reader.find(text_, query) == found


def test_figures_of_a_window_are_those_that_touch_it():
    script = reader.as_received("甲乙丙\n\n丁戊己")
    passages = script.passages[-1:]
    inside = figure(start=5, end=8, figure_start=6, figure_end=7)
    outside = figure(start=0, end=3, figure_start=1, figure_end=2)
    assert reader.within(passages, [outside, inside]) == [inside]
    assert reader.within((), [inside]) == []


def test_a_long_list_of_documents_gives_way_to_those_of_the_chosen_areas(tmp_path, monkeypatch):
    folder = synthetic.build(tmp_path, 60, 12)
    app = run(folder, monkeypatch, "source", areas="110100", doc="110500_2019.txt")
    offered = app.selectbox(key="w_document").options
    assert len(offered) <= 13 and any("110500_2019.txt" in option for option in offered)
    assert any("只列所选地区的" in caption.value for caption in app.caption)
