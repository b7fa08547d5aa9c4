"""Every kind of chart, as pure functions of made-up comparisons."""

import json

import pytest

from app import charts, comparability, comparison, selection, theme
from app.charts import canvas, marks, rows, slope
from app.data import Area
from app.selection import CHARTS
from app.states import Cell, State, missing_key
from tests.app.conftest import spec
from tests.app.test_pure import figure, ids

FIRST = 2010


class Names:
    """As much of a table as charts ask for."""

    def __init__(self, count):
        self.areas = {str(i): Area(str(i), f"{i}市", "city", f"{i}市") for i in range(count)}


def made(table, areas, reported, unit="件", latest=False, **values):
    """A comparison: `reported` is a word of y and - for all areas, or a list with one for each."""
    given = [reported] * areas if isinstance(reported, str) else reported
    indicator = table.indicators["suggestions_satisfaction" if unit == "%" else "appointments"]
    cells = []
    for area, pattern in enumerate(given):
        for step, letter in enumerate(pattern):
            year = FIRST + step
            if letter == "y":
                stated = figure(
                    fact_id=f"{area}-{year}", area_code=str(area), area=f"{area}市", year=year,
                    year_start=year, year_end=year, unit=unit,
                    value=values.get("value", float(60 + (area * 7 + step * 3) % 40)),
                    qualifier=values.get("qualifier", "exact"),
                )  # fmt: skip
                cells.append(Cell(str(area), "npc", indicator.id, year, State.REPORTED, stated))
            else:
                cells.append(Cell(str(area), "npc", indicator.id, year, State.UNDISCLOSED))
    years = tuple(range(FIRST, FIRST + len(given[0])))
    found = comparison.Comparison(
        indicator, tuple(str(i) for i in range(areas)), years, tuple(cells), (), (), ()
    )
    return comparison.at_latest(found) if latest else found


def drawn(table, shown, words, kind="", **values):
    names = Names(len(shown.areas))
    styles = theme.styles(shown.areas, names.areas)
    return charts.yearly(names, shown, styles, words, kind, **values).figure()


def keys(plot):
    """The keys that a click on the figure can report."""
    found = set()
    for trace in plot.data:
        found |= set(trace.customdata if trace.customdata is not None else ())
    return found


@pytest.mark.parametrize("case", spec("charts", "kind"), ids=ids)
def test_kind_follows_the_data(case, table, words):
    shown = made(
        table, case["areas"], case.get("mixed") or case["reported"],
        case.get("unit", "件"), case.get("latest", False),
    )  # fmt: skip
    assert charts.suited(shown) == case["suited"]
    assert charts.suited(shown) in charts.offered(shown)
    if "offered" in case:
        assert list(charts.offered(shown)) == case["offered"]
    assert drawn(table, shown, words).layout.height > 0


@pytest.mark.parametrize("case", spec("charts", "spread"), ids=ids)
def test_labels_keep_apart(case):
    assert slope.spread(case["wanted"], 20) == pytest.approx(case["found"], abs=0.01)


@pytest.mark.parametrize("reported", ["y", "yy", "y-", "-y", "--", "yyy", "y-y"])
@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("areas", [8, 9])
def test_every_cell_can_be_clicked_and_no_gap_has_a_value(table, words, kind, reported, areas):
    shown = made(table, areas, reported)
    if kind not in charts.offered(shown):
        return
    plot = drawn(table, shown, words, kind)
    figures = {cell.key for cell in shown.cells if cell.figure}
    gaps = {cell.key for cell in shown.cells if not cell.figure}
    assert figures <= keys(plot)
    # Of more than eight areas, lines have a lane for a few alone.
    if kind in ("bars", "dots", "slope") or (kind == "lines" and areas == 8):
        assert gaps <= keys(plot)
    for trace in plot.data:
        clickable = trace.customdata is not None and trace.name not in ("targets", "missing")
        if clickable and "lane" not in trace.name:
            for key, x, y in zip(trace.customdata, trace.x, trace.y, strict=True):
                assert key in figures or x is None or y is None, (trace.name, key)


@pytest.mark.parametrize("kind", ["lines", "slope"])
def test_no_line_joins_across_a_gap(table, words, kind):
    shown = made(table, 3, "y-y" if kind == "lines" else "y-")
    for trace in drawn(table, shown, words, kind).data:
        if "lines" in (trace.mode or ""):
            assert not trace.connectgaps
            values = list(trace.y)
            assert values == [] or len(values) < 2 or None in values


@pytest.mark.parametrize("kind", CHARTS)
def test_no_text_is_empty(table, words, kind):
    shown = made(table, 9, "y-" if kind in ("dumbbell", "slope") else "y-yyy")
    texts = [
        trace.text for trace in drawn(table, shown, words, kind).data if trace.text is not None
    ]
    assert texts and all(text for each in texts for text in each)


def test_lines_write_fewer_numbers_where_they_are_in_each_others_way(table, words):
    shown = made(table, 3, ["yyyyyyyy"] * 3)
    lines_ = [t for t in drawn(table, shown, words, "lines").data if "lines" in t.mode]
    written = [text for line in lines_ for text in line.text if text.strip()]
    assert 3 <= len(written) < 24
    for line in lines_:
        assert any(text.strip() for text in line.text), "an area without any number"


def test_a_dumbbell_joins_only_pairs(table, words):
    shown = made(table, 4, ["yy", "yy", "y-", "-y"])
    plot = drawn(table, shown, words, "dumbbell")
    joined = [value for trace in plot.data if trace.name == "change" for value in trace.x]
    assert joined.count(None) == 2 and len(joined) == 6
    said = list(next(t for t in plot.data if t.name == "missing").text)
    assert sorted(said) == ["2010年○ 未披露", "2011年○ 未披露"]


@pytest.mark.parametrize("kind", ["dots", "dumbbell", "slope", "lines"])
def test_inexact_figures_are_hollow(table, words, kind):
    shown = made(table, 3, "y" if kind == "dots" else "yy", qualifier="at_least")
    symbols = []
    for trace in drawn(table, shown, words, kind).data:
        symbol = trace.marker.symbol if trace.type == "scatter" and trace.marker else None
        if isinstance(symbol, tuple):
            symbols += symbol
    assert symbols and all(symbol.endswith("-open") for symbol in symbols)


def test_an_axis_that_does_not_start_at_zero_says_so(table, words):
    plot = drawn(table, made(table, 3, "y", "%", value=97.0), words, "dots")
    said = [note.text for note in plot.layout.annotations]
    assert "数轴从90%起" in said
    counted = drawn(table, made(table, 3, "y", value=97.0), words, "dots")
    assert not any("数轴" in note.text for note in counted.layout.annotations)


@pytest.mark.parametrize(
    ("values", "count", "name"),
    [({"focus": "250"}, 1, "250市"), ({"chosen": "250-2010"}, 5, "250市")],
)
def test_a_strip_names_at_most_five(table, words, values, count, name):
    shown = made(table, 300, "y")
    plot = drawn(table, shown, words, "strip", **values)
    named = [t for t in plot.data if t.name and not t.name.startswith("others")]
    assert len(named) == count
    assert name in {t.name for t in named}
    assert keys(plot) == {cell.key for cell in shown.cells}
    assert any("300/300" in (note.text or "") for note in plot.layout.annotations)


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize(("areas", "years"), [(400, 1), (400, 2), (200, 2), (300, 15)])
def test_hundreds_of_areas_stay_light(table, words, kind, areas, years):
    shown = made(table, areas, "y" * years)
    plot = drawn(table, shown, words, kind if kind in charts.offered(shown) else "")
    assert len(json.dumps(json.loads(plot.to_json()), ensure_ascii=False).encode()) < 300_000


@pytest.mark.parametrize(("kind", "years"), [("bars", 1), ("dots", 2), ("dumbbell", 2)])
def test_among_hundreds_the_area_in_focus_stands_first_and_in_its_place(table, words, kind, years):
    plot = drawn(table, made(table, 100, "y" * years), words, kind, focus="37")
    headings = [note.text for note in plot.layout.annotations if "突出显示的地区" in note.text]
    named = [note.y for note in plot.layout.annotations if note.text.endswith("> 37市")]
    groups = 1 if kind == "dumbbell" else years
    assert len(headings) == groups and len(named) == 2 * groups
    assert named[0] == min(named) < 60
    few = drawn(table, made(table, 20, "y" * years), words, kind, focus="7")
    assert not any("突出显示的地区" in note.text for note in few.layout.annotations)


@pytest.mark.parametrize("kind", ["bars", "dots", "lines"])
def test_all_but_the_focus_are_grey(table, words, kind):
    shown = made(table, 3, "y" if kind != "lines" else "yyy")
    plot = drawn(table, shown, words, kind, focus="1", palette=theme.DARK)
    text = plot.to_json()
    own = theme.styles(shown.areas, Names(3).areas)
    assert theme.DARK.dim in text and own["1"].color in text
    assert own["0"].color not in text and own["2"].color not in text


def test_the_latest_figures_carry_their_year(table, words):
    shown = made(table, 3, ["yy-", "y--", "---"], latest=True)
    plot = drawn(table, shown, words)
    assert set(next(t for t in plot.data if t.name == "values").text) == {
        "63件（2011年）", "67件（2010年）"
    }  # fmt: skip
    assert list(next(t for t in plot.data if t.name == "missing").text) == ["○ 未披露"]
    assert keys(plot) >= {missing_key("2", "npc", "appointments", FIRST + 2)}


HOSTILE = ["<b>b</b><a href='http://x'>x</a>", "<script>", "&lt;", "%{x}", "字" * 10_000]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: name[:8])
@pytest.mark.parametrize("kind", CHARTS)
def test_names_are_text_in_every_kind(table, words, kind, name):
    shown = made(table, 9, "yy" if kind in ("dumbbell", "slope", "lines") else "y")
    names = Names(9)
    names.areas = {code: Area(code, name, "city", name) for code in names.areas}
    plot = charts.yearly(names, shown, theme.styles(shown.areas, names.areas), words, kind).figure()
    text = json.dumps(json.loads(plot.to_json()), ensure_ascii=False)
    assert "<a href" not in text and "<script" not in text
    assert "%{x}" not in "".join(str(trace.hovertemplate) for trace in plot.data)


def test_the_image_says_what_its_reader_has_to_know(table, words):
    chosen, _ = selection.from_params(
        {"measure": "capita", "indicator": "suggestions_handled"}, table
    )
    shown = comparison.compare(table, chosen)
    plot = charts.with_footer(
        charts.yearly(table, shown, theme.styles(shown.areas, table.areas), words),
        shown, "npc", words,
    ).figure()  # fmt: skip
    said = plot.layout.annotations[-1].text
    assert "分母：2020年人口普查常住人口" in said and "⚠ 各地口径或读取方式不一" in said
    assert plot.layout.margin.b >= 8 + 30 + 2 * 21


@pytest.mark.parametrize("case", spec("differences", "differences"), ids=ids)
def test_differences(case, table):
    """Of each area's latest figure, as of all."""
    indicator = table.indicators["appointments"]
    cells = tuple(
        Cell(str(i), "npc", indicator.id, FIRST, State.REPORTED,
             figure(fact_id=str(i), area_code=str(i), year=FIRST, **values))
        for i, values in enumerate(case["figures"])
    )  # fmt: skip
    areas = tuple(cell.area for cell in cells)
    shown = comparison.Comparison(indicator, areas, (FIRST,), cells, (), (), ())
    assert list(comparison.at_latest(shown).differences) == case["found"]
    assert list(comparison.of_year(shown, FIRST).differences) == case["found"]
    figures = [cell.figure for cell in cells]
    assert comparability.comparable(figures) == (not case["found"])
    assert (comparability.alike(figures).others == 0) == (not case["found"])


@pytest.mark.parametrize("room", [canvas.WIDE, canvas.PHONE, canvas.PROJECTOR])
@pytest.mark.parametrize("name", ["甲市", "广福布依族苗族自治州"])
@pytest.mark.parametrize("reported", ["y", "yy", "-y"])
def test_labels_and_gaps_have_room_in_a_narrow_window(table, words, room, name, reported):
    shown = made(table, 4, [reported, "y" * len(reported), "-" * len(reported), reported])
    areas = dict.fromkeys(shown.areas, name)
    setting = canvas.Setting(areas, theme.styles(areas, areas), words, theme.LIGHT, room=room)
    laid = rows.lay_out([("", marks.yearly_marks(Names(4), shown, words))], setting)
    width = room.plot(laid.left)
    scale = width / (laid.reach + laid.lane)
    for mark in laid.marks:
        if mark.value is not None:
            assert mark.value * scale + canvas.pixels(mark.label, laid.size) <= laid.reach * scale
        else:
            assert canvas.pixels(mark.missing, laid.size) <= laid.lane * scale
