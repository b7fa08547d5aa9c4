"""Coverage: the state of each cell by glyph and colour, counts of them, and what is behind a count."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.coverage import Cube, Group
from app.data import Table
from app.markup import Node, el
from app.states import GLYPHS, Cell, State
from app.tables.parts import dot, framed, glyph_cell, indicator_head
from app.text import Text
from app.theme import Style

SHADES = 4
UPRIGHT_FROM = 6


def coverage(table: Table, cube: Cube, styles: Mapping[str, Style], words: Text) -> Node:
    """Indicator × area × year: the state of each cell by glyph and colour, and a count."""
    over = el(
        "tr",
        el("th", words("column.indicator"), scope="col", rowspan=2, cls="name"),
        *(
            el("th", dot(styles[area]), table.areas[area].label, scope="colgroup",
               colspan=len(cube.years), cls="area")
            for area in cube.areas
        ),
        el("th", words("coverage.reported"), scope="col", rowspan=2),
    )  # fmt: skip
    under = el(
        "tr", *(el("th", str(y), scope="col", cls="year") for _ in cube.areas for y in cube.years)
    )
    size = len(cube.areas) * len(cube.years)
    rows = []
    for i, indicator in enumerate(cube.indicators):
        places = [(a, i, y) for a in range(len(cube.areas)) for y in range(len(cube.years))]
        cells = cube.cells(table, places)
        reported = sum(c.state is State.REPORTED for c in cells)
        rows.append(
            el(
                "tr",
                indicator_head(table.indicators[indicator], words),
                *(glyph_cell(c, table, words, c.year == cube.years[0]) for c in cells),
                el("td", f"{reported}/{size}", cls="share"),
            )
        )
    return framed(words("coverage.caption"), [over, under], rows, "coverage")


def counts_by_year(table: Table, cube: Cube, words: Text) -> Node:
    """Area × year: how many of the indicators are reported; 无文件 where no report is held."""
    counts, size = cube.by_year, int(cube.applicable.sum())
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        *(el("th", str(y), scope="col", cls="year") for y in cube.years),
        el("th", words("coverage.reported"), scope="col"),
    )
    rows = []
    for a, area in enumerate(cube.areas):
        label = table.areas[area].label
        cells = [
            _count_cell(
                int(counts[a, y]), size, bool(cube.held[a, y]), Group(area, year=year).key,
                label, fmt.years(year, year, words), words,
            )
            for y, year in enumerate(cube.years)
        ]  # fmt: skip
        share = el("td", f"{int(counts[a].sum())}/{size * len(cube.years)}", cls="share")
        rows.append(el("tr", el("th", label, scope="row", cls="name"), *cells, share))
    return framed(words("coverage.by_year_caption"), [head], rows, _counts(len(cube.years)))


def counts_of_years(cube: Cube, words: Text) -> Node:
    """Year by year: how many areas have a report, and how many figures are reported."""
    areas, figures = len(cube.areas), len(cube.areas) * int(cube.applicable.sum())
    head = el(
        "tr",
        el("th", words("column.year"), scope="col", cls="name"),
        *(el("th", str(y), scope="col", cls="year") for y in cube.years),
    )
    rows = [
        el(
            "tr",
            el("th", words(f"coverage.{name}", all=f"{size:,}"), scope="row", cls="name"),
            *(el("td", f"{int(count):,}", cls=_shade(int(count), size)) for count in counts),
        )
        for name, size, counts in (
            ("areas_held", areas, cube.held.sum(axis=0)),
            ("figures_reported", figures, cube.by_year.sum(axis=0)),
        )
    ]
    return framed(words("coverage.of_years_caption"), [head], rows, _counts(len(cube.years)))


def counts_by_indicator(table: Table, cube: Cube, words: Text) -> Node:
    """Area × indicator: for how many years the indicator is reported."""
    counts, size = cube.by_indicator, len(cube.years)
    names = [evidence.name_of(table.indicators[i], words) for i in cube.indicators]
    head = el(
        "tr",
        el("th", words("column.area"), scope="col", cls="name"),
        *(el("th", el("span", name), scope="col", cls="upright") for name in names),
        el("th", words("coverage.reported"), scope="col"),
    )
    rows = []
    for a, area in enumerate(cube.areas):
        label = table.areas[area].label
        cells = [
            _count_cell(
                int(counts[a, i]), size, bool(cube.held[a].any()),
                Group(area, indicator=indicator).key, label, names[i], words,
            )
            if cube.applicable[i]
            else el("td", el("span", GLYPHS[State.NOT_APPLICABLE], cls="glyph not_applicable"))
            for i, indicator in enumerate(cube.indicators)
        ]  # fmt: skip
        total = size * int(cube.applicable.sum())
        share = el("td", f"{int(counts[a].sum())}/{total}", cls="share")
        rows.append(el("tr", el("th", label, scope="row", cls="name"), *cells, share))
    return framed(words("coverage.by_indicator_caption"), [head], rows, "coverage counts")


def _count_cell(
    count: int, size: int, held: bool, key: str, area: str, about: str, words: Text
) -> Node:
    if not held and not count:
        said = words("coverage.count_none", area=area, about=about)
        glyph = el("span", GLYPHS[State.NO_DOCUMENT], cls="glyph no_document", hidden="true")
        return el("td", el("button", glyph, label=said, pick=key))
    said = words("coverage.count", area=area, about=about, count=count, all=size)
    return el("td", el("button", str(count), label=said, pick=key, cls=_shade(count, size)))


def _counts(years: int) -> str:
    """The classes of a table of counts; of many years, a phone writes them upright."""
    return "coverage counts many" if years > UPRIGHT_FROM else "coverage counts"


def _shade(count: int, size: int) -> str:
    """The class of a count's ground: the more of `size`, the darker."""
    return f"shade{0 if not count else 1 + min(SHADES - 1, count * SHADES // (size + 1))}"


def group_list(
    table: Table, group: Group, cells: Sequence[Cell], words: Text, style: Style
) -> Node:
    """The cells behind a count, each with its figure or state, and each a way to its sentence."""
    about = (
        fmt.years(group.year, group.year, words)
        if group.year is not None
        else evidence.name_of(table.indicators[group.indicator], words)
    )
    reported = sum(cell.state is State.REPORTED for cell in cells)
    items = []
    for cell in cells:
        name = (
            evidence.name_of(table.indicators[cell.indicator], words)
            if group.year is not None
            else fmt.years(cell.year, cell.year, words)
        )
        figure = cell.figure
        said = (
            fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
            + fmt.marks(figure.method, words)
            if figure
            else words(f"state.{cell.state}")
        )
        glyph = el("span", GLYPHS[cell.state], cls=f"glyph {cell.state}", hidden="true")
        items.append(
            el("li", el("button", glyph, el("span", name, cls="name"),
                        el("span", said, cls="value"), pick=cell.key))
        )  # fmt: skip
    return el(
        "section",
        el("h3", dot(style), words("coverage.group", area=table.areas[group.area].label,
                                   about=about)),
        el("p", words("coverage.group_count", reported=reported, all=len(cells)), cls="why"),
        el("p", words("coverage.group_absent", area=table.areas[group.area].label,
                      body=words(f"body.{cells[0].body}"), about=about))
        if group.year is not None and all(c.state is State.NO_DOCUMENT for c in cells) and cells
        else None,
        el("ul", *items),
        cls="group",
    )  # fmt: skip


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


def area_legend(table: Table, styles: Mapping[str, Style], words: Text) -> Node:
    """Which marker in which colour stands for which area."""
    items = (el("li", dot(style), table.areas[area].label) for area, style in styles.items())
    return el("ul", *items, cls="legend areas", label=words("filters.areas"))
