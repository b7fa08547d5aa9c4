"""Charts, tables, trees, strings and colours, without a browser."""

import ast
import json
import re
import string
import tomllib
from pathlib import Path

import pandas as pd
import pytest

import app
from app import (
    charts,
    comparison,
    data,
    evidence,
    markup,
    reader,
    selection,
    tables,
    text,
    theme,
)
from etl import layout

APP = Path(app.__file__).parent
HOSTILE = [
    "<script>alert(1)</script>", "**粗** 3~5%，到10~20亿元", "[x](javascript:alert(1))",
    '<b>b</b><a href="http://example.org">x</a>', "<span style='background:url(http://x)'>",
    "字" * 10_000, "&amp;&lt;", "\u202e倒",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules():
    return layout.load_rules(APP.parent / "data" / "catalogue")


STYLES = theme.styles_of(theme.LIGHT)


def compared(table, **params):
    chosen, _ = selection.from_params(params, table)
    return comparison.compare(table, chosen), theme.styles(chosen.areas, table.areas)


def trace(figure, name):
    return next(t for t in figure.data if t.name == name)


def test_missing_is_a_named_mark_and_never_a_bar(table, words):
    shown, styles = compared(table, years="2023")
    figure = charts.yearly(table, shown, styles, words).figure()
    assert list(trace(figure, "values").x) == [168, 102]
    assert list(trace(figure, "missing").text) == ["– 无文件"]
    assert max(trace(figure, "missing").x) < 0
    assert list(trace(figure, "values").text) == ["168人次", "102人次"]


def test_one_year_is_sorted_with_the_missing_last(table, words):
    shown, styles = compared(table, years="2023", indicator="deputies_attending")
    figure = charts.yearly(table, shown, styles, words).figure()
    assert list(trace(figure, "values").x) == sorted(trace(figure, "values").x, reverse=True)
    assert trace(figure, "missing").y[0] > max(trace(figure, "values").y)


def test_every_mark_can_be_clicked(table, words):
    shown, styles = compared(table)
    figure = charts.yearly(table, shown, styles, words).figure()
    assert list(trace(figure, "targets").customdata) == [
        c.key for year in shown.years for c in shown.cells if c.year == year
    ]


def test_inexact_figures_look_different(table, words):
    shown, styles = compared(table, years="2023", indicator="opinions_collected")
    bars = trace(charts.yearly(table, shown, styles, words).figure(), "values")
    pattern = dict(zip(bars.text, bars.marker.pattern.shape, strict=True))
    assert pattern == {"≥4,300条": "/", "2,493条": ""}


def test_lines_never_join_across_a_gap(table, words):
    shown, styles = compared(table)
    figure = charts.yearly(table, shown, styles, words, kind="lines").figure()
    lines = [t for t in figure.data if "lines" in (t.mode or "")]
    assert len(lines) == 3
    assert all(line.connectgaps is False for line in lines)
    assert [list(line.y) for line in lines] == [[168, None], [102, None], [None, 64]]


def test_totals_stand_apart_with_their_average(table, words):
    shown, styles = compared(table, body="cppcc", indicator="proposals_replied")
    yearly = charts.yearly(table, shown, styles, words).figure()
    assert 1918 not in list(trace(yearly, "values").x)
    apart = charts.apart(table, shown, shown.totals, styles, words).figure()
    assert list(trace(apart, "values").text) == ["1,918件，年均383.6（折算）"]


def test_alternative_text_names_values_and_gaps(table, words):
    shown, _ = compared(table, years="2023")
    said = charts.alternative(table, shown, words)
    assert "平顶山市2023年168人次" in said and "焦作市2023年无文件" in said


@pytest.mark.parametrize("name", HOSTILE, ids=lambda n: n[:12])
def test_names_are_text_in_charts(table, words, name):
    facts = table.facts.astype("object").assign(area=name)
    made = data.make(
        facts, pd.DataFrame(columns=[*data.Report.__dataclass_fields__]), table.indicators
    )
    shown, styles = compared(made, areas="410400.410600", years="2023")
    for kind in ("bars", "lines"):
        figure = json.loads(charts.yearly(made, shown, styles, words, kind=kind).figure().to_json())
        for found in strings(figure):
            assert not re.search(
                r"<(?!span style=\"color:#|/span>|br>|b>|/b>|extra>|/extra>)", found
            )


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def whole(script, text_, figures, words):
    """All windows of a document as one tree."""
    return markup.el("div", *(
        reader.document(text_, script.of(window), figures, {}, words)
        for window in range(len(script.windows))
    ))  # fmt: skip


@pytest.mark.parametrize("words_of_document", HOSTILE, ids=lambda n: n[:12])
def test_document_text_is_only_ever_text(words, rules, words_of_document):
    tree = whole(reader.as_received(words_of_document), words_of_document, [], words)
    assert tree.text() == words_of_document
    page = layout.read_page(words_of_document, rules)
    joined = whole(reader.to_read(page), words_of_document, [], words)
    assert "".join(joined.text().split()) == "".join(words_of_document.split())
    assert tags(tree) | tags(joined) <= markup.TAGS


def tags(node):
    return {node.tag}.union(*(tags(c) for c in node.children if isinstance(c, markup.Node)))


def test_a_document_keeps_every_character_and_marks_every_figure(table, library, words, rules):
    for name in library.paths:
        text_ = library.read(name).text
        figures = table.of_document(name)
        for tree in (
            whole(reader.as_received(text_), text_, figures, words),
            whole(reader.to_read(layout.read_page(text_, rules)), text_, figures, words),
        ):
            # A caption in mid-sentence is moved behind the sentence when lines are joined.
            assert sorted("".join(tree.text().split())) == sorted("".join(text_.split()))
            marked: dict[str, str] = {}
            for node in every(tree):
                if node.tag == "mark" and node.attributes["class"] == "figure":
                    for fact in node.attributes["data-fact"].split():
                        marked[fact] = marked.get(fact, "") + node.text()
            for figure in figures:
                assert "".join(marked[figure.fact_id].split()) == figure.figure


def every(node):
    yield node
    for child in node.children:
        if isinstance(child, markup.Node):
            yield from every(child)


def test_evidence_shows_sentence_source_and_reading(table, library, words):
    figure = next(f for f in table.figures("npc", "appointments") if f.value == 102)
    style = STYLES[0]
    panel = evidence.panel(figure, table, library.read(figure.document).text, style, words)
    assert "".join(next(panel.find(cls="figure")).text().split()) == "102人次"
    assert next(panel.find(cls="quote")).text() == figure.sentence
    said = evidence.background(figure, table, library, words).text()
    for part in (library.title(figure.document), "原文直述", "任免国家机关工作人员的总人次"):
        assert part in said
    assert "method=" not in said


def test_missing_evidence_says_what_is_held(table, library, words):
    from app import states

    cell = states.cell(table, "410800", "npc", "appointments", 2023)
    said = evidence.missing(cell, table, library, STYLES[0], words).text()
    assert "尚未收录焦作市人大涵盖2023年的报告" in said
    assert "已收录焦作市人大的报告：2024年" in said


def test_overview_tells_the_states_apart(table, words):
    chosen = selection.default(table)
    styles = theme.styles(chosen.areas, table.areas)
    shown = [
        comparison.compare(table, chosen, i.id, (2023, 2024)) for i in table.headlines_for("npc")
    ]
    figures = tables.headlines(table, shown, styles, words).text()
    assert "≥4,300" in figures and "2（计数）" in figures
    assert "未披露" in figures


def test_tree_refuses_what_the_browser_would_not_build():
    with pytest.raises(ValueError, match="script"):
        markup.el("script", "x")
    with pytest.raises(ValueError, match="onclick"):
        markup.el("p", "x", onclick="alert(1)")


def test_browser_and_python_agree_on_tags_and_attributes():
    source = (APP / "view.js").read_text(encoding="utf-8")
    lists = [set(m.split()) for m in re.findall(r'new Set\("([^"]+)"', source)]
    assert lists == [set(markup.TAGS), set(markup.ATTRIBUTES)]
    assert "innerHTML" not in source and "insertAdjacentHTML" not in source


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=lambda p: p.name)
def test_colours_can_be_seen(palette):
    for ground in (palette.paper, palette.lane, palette.highlight):
        for text_ in (palette.ink, palette.muted, palette.accent):
            assert contrast(text_, ground) >= 4.5, (text_, ground)
        for mark in (*palette.areas, palette.dim):
            assert contrast(mark, ground) >= 3, (mark, ground)


def test_a_city_keeps_its_style_and_neighbours_differ():
    everyone = [f"{i}" for i in range(300)]
    assert theme.styles(["0", "1", "2"], everyone)["2"] == STYLES[2]
    assert theme.styles(["2"], everyone)["2"] == STYLES[2]
    chosen = theme.styles(["0", "8", "16", "1"], everyone)
    assert len(set(chosen.values())) == 4
    assert list(chosen) == ["0", "8", "16", "1"]
    assert len(theme.styles(everyone, everyone)) == 300
    dark = theme.styles(["0", "1"], everyone, theme.DARK)
    assert [s.symbol for s in dark.values()] == [s.symbol for s in STYLES[:2]]
    assert [s.color for s in dark.values()] == list(theme.DARK.areas[:2])


def test_strings_name_the_same_values_in_both_languages():
    for key, strings_ in text.catalogue().items():
        named = [
            sorted({f for _, f, _, _ in string.Formatter().parse(s) if f})
            for s in strings_.values()
        ]
        assert named[0] == named[1], key


def used_keys():
    """Keys of strings in the code, with * where a value is filled in."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in ("words", "either"):
                continue
            inside = {
                id(part)
                for joined in ast.walk(node.args[0])
                if isinstance(joined, ast.JoinedStr)
                for part in joined.values
            }
            for given in ast.walk(node.args[0]):
                if id(given) in inside:
                    continue
                if isinstance(given, ast.JoinedStr):
                    yield "".join(
                        v.value if isinstance(v, ast.Constant) else "*" for v in given.values
                    )
                elif isinstance(given, ast.Constant) and isinstance(given.value, str):
                    yield given.value


def test_strings_are_all_there_and_all_used():
    known = set(text.catalogue())
    patterns = [re.compile(re.escape(k).replace(r"\*", ".+")) for k in used_keys()]
    for pattern in patterns:
        if "." in pattern.pattern:
            assert any(pattern.fullmatch(k) for k in known), pattern.pattern
    indirect = ("chrome.", "column.", "app.language_")
    for key in known:
        used = any(p.fullmatch(key) for p in patterns) or key.startswith(indirect)
        assert used, f"strings › {key} is not used"


def test_no_chinese_outside_strings():
    chinese = re.compile("[\u4e00-\u9fff]")
    for path in [*APP.rglob("*.py"), APP.parent / "dashboard.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(n.body[0].value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.FunctionDef | ast.ClassDef)
            and n.body and isinstance(n.body[0], ast.Expr)
        }  # fmt: skip
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in docs
            ):
                assert not chinese.search(node.value), f"{path.name}:{node.lineno} {node.value!r}"


ORDER = [
    "text", "format", "typeset", "rates", "data", "stored", "states", "coverage", "selection",
    "comparability", "comparison", "wording", "ranking", "peers", "area_order", "bands", "takeaways", "theme",
    "markup", "controls", "sources", "evidence", "opening", "reader", "tables", "charts", "scene", "slides",
    "present", "exports", "guide", "view", "loading",
    "session", "filters", "context", "download", "pages",
]  # fmt: skip


def test_imports_run_one_way_and_streamlit_stays_at_the_edge():
    for path in APP.rglob("*.py"):
        name = path.relative_to(APP).with_suffix("").parts[0]
        if name == "__init__":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = []
            if isinstance(node, ast.ImportFrom) and node.module:
                modules = [node.module] + [f"{node.module}.{a.name}" for a in node.names]
            elif isinstance(node, ast.Import):
                modules = [a.name for a in node.names]
            for module in modules:
                parts = module.split(".")
                if parts[0] == "streamlit":
                    assert name in ("view", "loading", "session", "filters", "download", "pages"), (
                        f"{name} → streamlit"
                    )
                if parts[0] == "app" and len(parts) > 1 and parts[1] in ORDER:
                    assert ORDER.index(parts[1]) <= ORDER.index(name), f"{name} → {parts[1]}"


def papers():
    """The colours that view.css names, by theme: light as they stand, dark over light."""
    source = (APP / "view.css").read_text(encoding="utf-8")
    blocks = re.findall(r'\.view(\[data-theme="dark"\])? \{([^}]*--paper[^}]*)\}', source)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block)) for _, block in blocks)
    assert light.keys() == dark.keys()
    rest = source[source.rindex(blocks[1][1]) + len(blocks[1][1]) :]
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b", rest), "a colour outside of both papers"
    return {"light": light, "dark": dark}


@pytest.mark.parametrize("palette", theme.PALETTES.values(), ids=lambda p: p.name)
def test_colours_of_tables_and_documents_can_be_read(palette):
    named = papers()[palette.name]
    same = {"paper": "paper", "ink": "ink", "muted": "muted", "faint": "faint", "wash": "lane",
            "accent": "accent", "chosen": "highlight"}  # fmt: skip
    assert {n: named[n] for n in same} == {n: getattr(palette, p) for n, p in same.items()}
    grounds = [named[n] for n in ("paper", "wash", "hover", "chosen", "doubt")]
    for text_ in ("ink", "muted", "accent", "reported", "undisclosed"):
        for ground in grounds:
            assert contrast(named[text_], ground) >= 4.5, (text_, ground)
    for ground in ("figure", "sentence", "chosen-figure", "shade1", "shade2", "shade3", "shade4"):
        assert contrast(named["ink"], named[ground]) >= 4.5, ground
    for edge in ("chosen-edge", "doubt-edge"):
        assert contrast(named[edge], named["paper"]) >= 3, edge


def test_streamlits_theme_has_the_same_colours():
    given = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for palette in theme.PALETTES.values():
        colours = given["theme"][palette.name]
        assert colours["backgroundColor"] == palette.paper
        assert colours["secondaryBackgroundColor"] == palette.lane
        assert colours["textColor"] == palette.ink
        assert colours["primaryColor"] == colours["linkColor"] == palette.accent
        assert colours["borderColor"] == palette.faint
