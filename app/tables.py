"""Overview, coverage and comparison as real tables; every cell leads to its sentence."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.comparison import Comparison, latest, yearly_average
from app.data import Figure, Table
from app.markup import Node, el
from app.states import GLYPHS, Cell, State
from app.text import Text
from app.theme import Style

CARD_YEARS = 3


def cards(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """One card an area: how many of the overview's indicators it reported, year by year."""
    if not comparisons:
        return el("div")
    years = comparisons[0].years
    found = []
    for area, style in styles.items():
        lines = _summary(comparisons, area, words) if len(years) > CARD_YEARS else []
        for year in years if not lines else ():
            own = [c for cmp in comparisons for c in cmp.cells if (c.area, c.year) == (area, year)]
            reported = sum(c.state is State.REPORTED for c in own)
            if all(c.state is State.NO_DOCUMENT for c in own):
                said = f"{GLYPHS[State.NO_DOCUMENT]} {words('state.no_document')}"
            else:
                said = words("overview.card_share", reported=reported, all=len(own))
            lines.append(el("div", el("dt", fmt.years(year, year, words)), el("dd", said)))
        totals = sum(len([f for f in c.totals if f.area_code == area]) for c in comparisons)
        if totals:
            lines.append(
                el("div", el("dt", words("overview.card_totals")),
                   el("dd", words("overview.card_totals_count", count=totals)))
            )  # fmt: skip
        found.append(
            el(
                "section",
                el(
                    "h3",
                    el("span", style.glyph, cls="glyph", style=style.color, hidden="true"),
                    table.areas[area].label,
                ),
                el("dl", *lines) if lines else el("p", words("overview.card_nothing"), cls="why"),
                style=style.color,
                cls="card",
            )
        )
    return el("div", *found, cls="cards")


def _summary(comparisons: Sequence[Comparison], area: str, words: Text) -> list[Node]:
    own = [c for comparison in comparisons for c in comparison.cells if c.area == area]
    held = {c.year for c in own if c.state is not State.NO_DOCUMENT}
    within = [c for c in own if c.year in held]
    reported = sum(c.state is State.REPORTED for c in within)
    return [
        el("div", el("dt", words("overview.card_years")),
           el("dd", words("overview.card_years_count", all=len({c.year for c in own}),
                          reported=len(held)))),
        el("div", el("dt", words("overview.card_all")),
           el("dd", words("overview.card_all_count", all=len(within), reported=reported))),
    ]  # fmt: skip


def headlines(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """The overview's indicators: each area's latest figure within the years, with its year."""
    head = el(
        "tr",
        el("th", words("column.indicator"), scope="col", cls="name"),
        el("th", words("column.unit"), scope="col", cls="unit"),
        *(_area_head(table, area, style) for area, style in styles.items()),
    )
    rows = [
        el(
            "tr",
            _indicator_head(comparison, words),
            el("td", fmt.unit_name(comparison.indicator.unit, words), cls="unit"),
            *(_latest_cell(comparison, area, words) for area in styles),
        )
        for comparison in comparisons
    ]
    return _table(words("overview.headlines_caption"), [head], rows, "headlines")


def coverage(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """Indicator × area × year: the state of each cell by glyph and colour, and a count."""
    years = comparisons[0].years if comparisons else ()
    over = el(
        "tr",
        el("th", words("column.indicator"), scope="col", rowspan=2, cls="name"),
        *(
            el("th", _dot(style), table.areas[area].label, scope="colgroup",
               colspan=len(years), cls="area")
            for area, style in styles.items()
        ),
        el("th", words("coverage.reported"), scope="col", rowspan=2),
    )  # fmt: skip
    under = el("tr", *(el("th", str(y), scope="col", cls="year") for _ in styles for y in years))
    rows = []
    for comparison in comparisons:
        reported = sum(c.state is State.REPORTED for c in comparison.cells)
        cells = [
            _glyph_cell(cell, table, words, cell.year == years[0]) for cell in comparison.cells
        ]
        share = el("td", f"{reported}/{len(comparison.cells)}", cls="share")
        rows.append(el("tr", _indicator_head(comparison, words), *cells, share))
    return _table(words("coverage.caption"), [over, under], rows, "coverage")


def legend(words: Text) -> Node:
    """What the glyphs of the coverage table mean."""
    return el(
        "ul",
        *(
            el(
                "li",
                el("span", GLYPHS[state], cls=f"glyph {state}", hidden="true"),
                el("span", words(f"state.{state}")),
                el("small", words(f"state.{state}.meaning")),
            )
            for state in State
        ),
        cls="legend",
    )


def comparison_table(
    table: Table, comparison: Comparison, styles: Mapping[str, Style], words: Text
) -> Node:
    """What the chart shows, as a table: areas by years, then totals over years and plans apart."""
    indicator = comparison.indicator
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        *(el("th", fmt.years(y, y, words), scope="col") for y in comparison.years),
    )
    rows = []
    for area, style in styles.items():
        own = [cell for cell in comparison.cells if cell.area == area]
        rows.append(
            el("tr", el("th", _dot(style), table.areas[area].label, scope="row", cls="name"),
               *(_value_cell(cell, words) for cell in own))
        )  # fmt: skip
    parts = [
        _table(
            words("compare.table_caption", name=evidence.name_of(indicator, words),
                  unit=fmt.unit_name(indicator.unit, words)),
            [head], rows, "comparison",
        )
    ] if comparison.years else []  # fmt: skip
    for figures, caption in (
        (comparison.totals, "compare.totals"),
        (comparison.plans, "compare.plans"),
    ):
        if figures:
            parts.append(_apart(table, comparison, figures, words(caption), styles, words))
    return el("div", *parts)


def _apart(
    table: Table,
    comparison: Comparison,
    figures: Sequence[Figure],
    caption: str,
    styles: Mapping[str, Style],
    words: Text,
) -> Node:
    averages = [yearly_average(f, comparison.indicator.kind) for f in figures]
    with_average = any(average is not None for average in averages)
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        el("th", words("column.period"), scope="col"),
        el("th", words("column.value"), scope="col"),
        el("th", words("column.average"), scope="col") if with_average else None,
    )
    rows = [
        el(
            "tr",
            el("th", _dot(styles[f.area_code]), table.areas[f.area_code].label,
               scope="row", cls="name"),
            el("td", evidence.period(f, words)),
            el("td", el("button", evidence.amount(f, words), cls="figure", pick=f.fact_id),
               cls="value"),
            el("td", "" if average is None else evidence.average(f, average, words), cls="value")
            if with_average else None,
        )
        for f, average in zip(figures, averages, strict=True)
    ]  # fmt: skip
    return _table(caption, [head], rows, "comparison")


def _table(caption: str, head: list[Node], rows: list[Node], cls: str) -> Node:
    return el(
        "div",
        el("table", el("caption", caption), el("thead", *head), el("tbody", *rows), cls=cls),
        cls="scroll",
        role="region",
        label=caption,
        tabindex="0",
    )


def _dot(style: Style) -> Node:
    return el("span", style.glyph, cls="glyph", style=style.color, hidden="true")


def _area_head(table: Table, area: str, style: Style) -> Node:
    return el("th", _dot(style), table.areas[area].label, scope="col", cls="area")


def _indicator_head(comparison: Comparison, words: Text) -> Node:
    indicator = comparison.indicator
    return el(
        "th",
        el("button", evidence.name_of(indicator, words), cls="link",
           pick=f"indicator:{indicator.id}", title=words("overview.open_indicator")),
        scope="row",
        cls="name",
    )  # fmt: skip


def _latest_cell(comparison: Comparison, area: str, words: Text) -> Node:
    cell = latest(comparison, area)
    total = next((f for f in comparison.totals if f.area_code == area), None)
    if (cell is None or cell.state is not State.REPORTED) and total is not None:
        return el(
            "td",
            el("button", evidence.amount(total, words), cls="figure", pick=total.fact_id),
            el("small", evidence.period(total, words)),
            cls="value total",
        )
    if cell is None:
        return el("td", el("span", GLYPHS[State.NO_DOCUMENT], cls="glyph no_document"),
                  words("state.no_document"), cls="value missing")  # fmt: skip
    return _value_cell(cell, words, with_year=True)


def _value_cell(cell: Cell, words: Text, with_year: bool = False) -> Node:
    if cell.figure is None:
        return el(
            "td",
            el("button", el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true"),
               words(f"state.{cell.state}"), cls="figure missing", pick=cell.key),
            cls="value missing",
        )  # fmt: skip
    figure = cell.figure
    return el(
        "td",
        el(
            "button",
            el("strong", fmt.value(figure.value, figure.qualifier, words)),
            el("span", fmt.marks(figure.method, words), cls="notes"),
            cls="figure",
            pick=figure.fact_id,
        ),
        el("small", fmt.years(cell.year, cell.year, words)) if with_year else None,
        cls="value",
    )


def _glyph_cell(cell: Cell, table: Table, words: Text, first: bool) -> Node:
    said = (
        evidence.describe(cell.figure, words)
        if cell.figure
        else words(
            "coverage.cell",
            years=fmt.years(cell.year, cell.year, words),
            state=words(f"state.{cell.state}"),
        )
    )
    label = words("coverage.label", area=table.areas[cell.area].label, said=said)
    return el(
        "td",
        el("button", el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true"),
           label=label, title=label, pick=cell.key),
        cls="first" if first else None,
    )  # fmt: skip
