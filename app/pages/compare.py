"""对比: one indicator, the chosen areas by year, each mark one click from its sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app import charts, controls, download, evidence, filters, tables, takeaways, view
from app import format as fmt
from app.comparison import Comparison, on_show, year_on_show
from app.context import Context
from app.data import Figure
from app.markup import Node, el
from app.pages import choices, parts, views
from app.selection import TEXT
from app.slides.said import differences
from app.states import Cell
from app.text import Text

# More marks than these are chosen in two steps: the area, then the year.
LISTED_UP_TO = 200
Mark = Figure | Cell


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: marks by key, the one to begin with, and what is said of them."""

    comparison: Comparison
    marks: Mapping[str, Mark]
    first: str
    said: str
    warnings: tuple[str, ...]

    @property
    def nbytes(self) -> int:
        """About how much memory it takes."""
        return 1000 + 400 * len(self.marks)


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    if not chosen.areas or chosen.indicator not in table.indicators:
        st.title(words("page.compare"), anchor=False)
        parts.show_nothing_chosen(context)
        return
    shown = context.remembered("comparison", lambda: _shown(context), context.choices)
    comparison, marks = shown.comparison, shown.marks
    download.button(context, [chosen.indicator], "compare")
    if not marks:
        _nothing(context, shown)
        _below(context, comparison, lambda: ())
        return
    choices.show(context, comparison, lambda: _above(context, shown), shown.warnings)
    current = chosen.fact if chosen.fact in marks else shown.first
    if chosen.view == TEXT or views.wide_table(context, comparison):
        _below(context, comparison, views.show(context, comparison, current))
        return
    left, right = st.columns([0.63, 0.37], gap="large")
    with left:
        _below(context, comparison, views.show(context, comparison, current))
    with right, st.container(border=True, key="evidence_card"):
        if len(marks) > controls.LISTED_UP_TO:
            _choose_mark(context, marks, current)
            parts.show_evidence(context, current, "compare")
        else:
            parts.show_evidence(
                context, current, "compare", lambda: _list_marks(context, marks, current)
            )


def _nothing(context: Context, shown: Shown) -> None:
    """That there is neither figure nor report, and the way to all years."""
    table, chosen, words = context.table, context.selection, context.words
    tree = el("div", *_above(context, shown))
    view.show(tree, "choices", words, on_pick=lambda key: choices.take(context, key))
    name = evidence.name_of(shown.comparison.indicator, words)
    st.info(words("compare.nothing", name=name))
    years = table.years(chosen.body)
    first, last = years[0], years[-1]
    if (first, last) != (chosen.first, chosen.last):
        st.button(words("compare.all_years", years=fmt.years(first, last, words)), key="all_years",
                  on_click=filters.change, kwargs={"first": first, "last": last})  # fmt: skip


def _shown(context: Context) -> Shown:
    table, words = context.table, context.words
    comparison = on_show(table, context.selection)
    marks = _marks(comparison)
    return Shown(
        comparison,
        marks,
        _first(comparison, marks) if marks else "",
        takeaways.summary(table, comparison, words) or "",
        differences(table, comparison, words),
    )


def _above(context: Context, shown: Shown) -> list[Node]:
    """The heading, and what is said of the comparison."""
    chosen, words = context.selection, context.words
    years = fmt.years(chosen.first, chosen.last, words)
    if shown.comparison.latest:
        years = words("compare.latest_within", years=years)
    name = evidence.name_of(shown.comparison.indicator, words)
    unit = charts.unit_of(shown.comparison, chosen.body, words)
    scope = words("compare.scope", body=words(f"body.{chosen.body}"), years=years, unit=unit)
    found = [parts.head(name, scope, choices.steps(context))]
    return [*found, el("p", shown.said, cls="stated")] if shown.said else found


def _below(context: Context, comparison: Comparison, notes: Callable[[], Sequence[Node]]) -> None:
    """What stands below a view: its `notes`, what rates are made with, 口径, unit and sources."""
    words = context.words
    unit = charts.unit_of(comparison, context.selection.body, words)

    def tree() -> Node:
        return el(
            "div",
            *notes(),
            _denominators(comparison, words),
            tables.about(context.table, comparison, context.library, unit, words),
            cls="parts",
        )

    made = context.tree("below", tree, context.choices, context.library)
    view.show(made, "below", words, on_pick=filters.choose_fact)


def _denominators(comparison: Comparison, words: Text) -> Node | None:
    """What the rates are made with."""
    if not comparison.rated or not comparison.basis:
        return None
    said = []
    if years := comparison.denominator_years:
        said.append(words(f"rate.note.{comparison.basis}", years=fmt.years(*years, words)))
    figures = [cell.figure for cell in comparison.cells if cell.figure]
    if lacking := sum(figure.fact_id not in comparison.rates for figure in figures):
        said.append(words("rate.note.lacking", count=lacking))
    if comparison.totals or comparison.plans:
        said.append(words("rate.note.apart"))
    if comparison.rates:
        said.append(words("rate.note.rounded"))
    return el("p", ("" if words.chinese else " ").join(said), cls="note")


def _list_marks(context: Context, marks: Mapping[str, Mark], current: str) -> Node:
    """All figures and gaps of the page in one list."""
    options = [(key, _option(context, mark)) for key, mark in marks.items()]
    return controls.listed("mark", context.words("evidence.choose"), options, current, "wide")


def _choose_mark(context: Context, marks: Mapping[str, Mark], current: str) -> None:
    """The same, of so many that one has to look for it; in two lists, where one would be too long."""
    table, words = context.table, context.words
    offered = marks
    if len(marks) > LISTED_UP_TO:
        key = "w_mark_area"
        area = _area(marks[current])
        filters.put(key, area)

        def moved() -> None:
            wanted = st.session_state[key]
            filters.choose_fact(next(k for k, mark in marks.items() if _area(mark) == wanted))

        st.selectbox(
            words("column.area"),
            list(dict.fromkeys(_area(mark) for mark in marks.values())),
            key=key,
            format_func=lambda code: table.areas[code].label,
            on_change=moved,
        )
        offered = {key: mark for key, mark in marks.items() if _area(mark) == area}
    widget = "w_mark"
    filters.put(widget, current)

    def changed() -> None:
        filters.choose_fact(st.session_state[widget])

    st.selectbox(
        words("evidence.choose"),
        list(offered),
        key=widget,
        format_func=lambda key: _option(context, offered[key]),
        on_change=changed,
    )


def _first(comparison: Comparison, marks: Mapping[str, Mark]) -> str:
    """The mark to begin with: a figure of the year that most areas reported on, else any."""
    year = year_on_show(comparison)
    figures = (cell for cell in comparison.cells if cell.figure and cell.year == year)
    return next((cell.key for cell in figures), next(iter(marks)))


def _marks(comparison: Comparison) -> dict[str, Mark]:
    """All figures of the page by key, then its gaps."""
    found: dict[str, Mark] = {figure.fact_id: figure for figure in comparison.figures}
    return found | {cell.key: cell for cell in comparison.cells if cell.figure is None}


def _area(mark: Mark) -> str:
    return mark.area_code if isinstance(mark, Figure) else mark.area


def _option(context: Context, mark: Mark) -> str:
    words = context.words
    said = (
        evidence.describe(mark, words)
        if isinstance(mark, Figure)
        else words(
            "coverage.cell",
            years=fmt.years(mark.year, mark.year, words),
            state=words(f"state.{mark.state}"),
        )
    )
    return words("evidence.option", area=context.table.areas[_area(mark)].label, value=said)
