"""多指标: small charts of the chosen indicators, each one click from its comparison.

A page holds PANELS of them. Up to SIDE_BY_SIDE areas are lines of their own; of more, a band shows
how their figures are spread, and one area in focus stands over it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from app import charts, download, evidence, filters, tables, view
from app import format as fmt
from app.bands import Band, bands
from app.charts import panel
from app.charts.canvas import Setting
from app.charts.drawing import Drawing
from app.charts.marks import Mark, yearly_marks
from app.comparison import Comparison, compare, yearly_years
from app.context import Context
from app.coverage import Cube, cube
from app.exports.names import file_stem
from app.markup import Node
from app.pages import paging, parts
from app.rates import TOTAL
from app.selection import AXES, SHARED
from app.theme import styles_of
from etl.catalogue import Indicator

PANELS, COLUMNS = 12, 3
SIDE_BY_SIDE = 8
NAMED_UP_TO = 6
_PICKED = "_panel_picked"


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart: the areas' marks, or the bands with the marks of the area in focus."""

    indicator: Indicator
    marks: Sequence[Mark]
    bands: Sequence[Band]
    reported: int
    alt: str

    @property
    def values(self) -> list[float]:
        """What the value axis has to hold."""
        return [m.value for m in self.marks if m.value is not None] + [
            b.high for b in self.bands if b.high is not None
        ]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel as it is shown."""

    indicator: Indicator
    reported: int
    alt: str
    drawing: Drawing

    @property
    def nbytes(self) -> int:
        """How much memory it takes."""
        return self.drawing.nbytes


def show(context: Context) -> None:
    """Draw the page."""
    table, chosen, words = context.table, context.selection, context.words
    if not chosen.areas:
        st.title(words("multiples.heading", body=words(f"body.{chosen.body}")), anchor=False)
        parts.show_nothing_chosen(context)
        return
    wanted = parts.listed(context)
    whole = context.remembered("multiples", lambda: _cube(context, wanted), chosen.listed)
    counts = whole.reported.sum(axis=(0, 2))
    with_figures = [i for i, count in zip(wanted, counts, strict=True) if count]
    _heading(context, with_figures)
    _controls(context)
    if not with_figures:
        st.info(words("multiples.nothing"))
        return
    shown = _window(context, with_figures)
    many = len(chosen.areas) > SIDE_BY_SIDE
    reported = {i.id: int(count) for i, count in zip(wanted, counts, strict=True)}
    window = tuple(indicator.id for indicator in shown)
    found = context.remembered(
        "panels", lambda: _drawn(context, shown, whole, reported), window, chosen.axes, chosen.focus,
        whole.years, context.window,
    )  # fmt: skip
    if not many:
        legend = context.tree("areas", lambda: tables.area_legend(table, context.styles, words))
        view.show(legend, "areas", words)
    for row in range(0, len(found), COLUMNS):
        for place, each in zip(st.columns(COLUMNS), found[row : row + COLUMNS], strict=False):
            with place:
                _show(context, each, whole)
    _silent(context, [i for i, count in zip(wanted, counts, strict=True) if not count])
    lane = len(whole.years) <= panel.APART_UP_TO
    st.caption(words(f"multiples.{'note_band' if many else 'note' if lane else 'note_lines'}"))
    picked = _behind(context, shown, whole, many)
    parts.follow(context, picked or st.session_state.pop(_PICKED, ""))


def _cube(context: Context, indicators: Sequence[Indicator]) -> Cube:
    """The indicators over the years that say something, the same for all panels."""
    table, chosen = context.table, context.selection
    every = [y for y in table.years(chosen.body) if chosen.first <= y <= chosen.last]
    whole = cube(table, chosen.body, [i.id for i in indicators], chosen.areas, every)
    reported = whole.reported.sum(axis=(0, 1)) > 0
    with_report = yearly_years(table, chosen)
    return whole.of_years([y for y, year in enumerate(every) if reported[y] or year in with_report])


def _heading(context: Context, indicators: Sequence[Indicator]) -> None:
    chosen, words = context.selection, context.words
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width="stretch", gap="xsmall", key="heading"):
            st.title(words("multiples.heading", body=words(f"body.{chosen.body}")), anchor=False)
            years = fmt.years(chosen.first, chosen.last, words)
            st.caption(words("multiples.scope", years=years, areas=len(chosen.areas),
                             shown=len(indicators)))  # fmt: skip
        # Over many areas' band, the one in focus stands out.
        focus = chosen.focus if len(chosen.areas) > SIDE_BY_SIDE else ""
        shown = replace(chosen.of_totals, focus=focus)
        download.button(context, [i.id for i in indicators], "multiples", shown)


def _controls(context: Context) -> None:
    chosen, words = context.selection, context.words
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        parts.choose_listed(context, "multiples")
        key = "w_axes"
        filters.put(key, chosen.axes)

        def changed() -> None:
            filters.change(axes=st.session_state[key] or SHARED)

        st.segmented_control(
            words("multiples.axes"), AXES, key=key, required=True, on_change=changed,
            format_func=lambda name: words(f"multiples.axes_{name}"),
            help=words("multiples.axes_help"),
        )  # fmt: skip
        if len(chosen.areas) > 1:
            _focus(context)


def _focus(context: Context) -> None:
    table, chosen, words = context.table, context.selection, context.words
    key = "w_panel_focus"
    filters.put(key, chosen.focus)

    def changed() -> None:
        filters.change(focus=st.session_state[key] or "")

    st.selectbox(
        words("multiples.focus"), ["", *chosen.areas], key=key, on_change=changed, width=170,
        format_func=lambda code: table.areas[code].label if code else words("multiples.no_focus"),
    )  # fmt: skip


def _window(context: Context, indicators: Sequence[Indicator]) -> Sequence[Indicator]:
    """One part of the indicators."""
    words = context.words
    part = paging.part(
        context, "panels", len(indicators), PANELS,
        lambda first, last: words(
            "multiples.window", first=first, last=last, all=len(indicators)
        ),
    )  # fmt: skip
    return indicators[part]


def _comparisons(
    context: Context, indicators: Sequence[Indicator], years: tuple[int, ...]
) -> list[Comparison]:
    # The totals alone: the panels stand beside one another, and not every indicator has rates.
    chosen = replace(context.selection, measure=TOTAL)
    return [compare(context.table, chosen, indicator.id, years) for indicator in indicators]


def _of_few(
    context: Context,
    indicators: Sequence[Indicator],
    years: tuple[int, ...],
    reported: dict[str, int],
) -> list[Panel]:
    table, words = context.table, context.words
    return [
        Panel(each.indicator, yearly_marks(table, each, words), (), reported[each.indicator.id],
              charts.alternative(table, each, words))
        for each in _comparisons(context, indicators, years)
    ]  # fmt: skip


def _of_many(
    context: Context, indicators: Sequence[Indicator], whole: Cube, reported: dict[str, int]
) -> list[Panel]:
    table, chosen, words = context.table, context.selection, context.words
    spread = bands(table, whole, [indicator.id for indicator in indicators])
    found = []
    for indicator in indicators:
        marks: list[Mark] = []
        if chosen.focus:
            own = replace(chosen, areas=(chosen.focus,), measure=TOTAL)
            comparison = compare(table, own, indicator.id, whole.years)
            marks = yearly_marks(table, comparison, words)
        alt = words(
            "chart.alt_many", name=evidence.name_of(indicator, words), areas=len(chosen.areas),
            reported=reported[indicator.id], all=len(chosen.areas) * len(whole.years),
        )  # fmt: skip
        found.append(Panel(indicator, marks, spread[indicator.id], reported[indicator.id], alt))
    return found


def _drawn(
    context: Context, indicators: Sequence[Indicator], whole: Cube, reported: dict[str, int]
) -> tuple[Drawn, ...]:
    many = len(context.selection.areas) > SIDE_BY_SIDE
    found = (
        _of_many(context, indicators, whole, reported)
        if many
        else _of_few(context, indicators, whole.years, reported)
    )
    return tuple(
        Drawn(each.indicator, each.reported, each.alt, _drawing(context, each, found))
        for each in found
    )


def _show(context: Context, each: Drawn, whole: Cube) -> None:
    chosen, words = context.selection, context.words
    name, unit = evidence.name_of(each.indicator, words), each.indicator.unit
    st.button(
        name, key=f"open_{each.indicator.id}", type="tertiary", on_click=_remember,
        args=(f"indicator:{each.indicator.id}",), help=words("multiples.open", name=name),
    )  # fmt: skip
    cells = len(chosen.areas) * len(whole.years)
    st.caption(words("multiples.unit", unit=fmt.unit_name(unit, words),
                     reported=f"{each.reported:,}", all=f"{cells:,}"))  # fmt: skip
    years = fmt.years(chosen.first, chosen.last, words)
    stem = file_stem([name, words(f"body.{chosen.body}"), years])
    view.chart(
        each.drawing,
        f"panel_{chosen.body}_{each.indicator.id}",
        charts.config(stem, words) | {"displayModeBar": False},
        each.alt,
        _remember,
    )


def _drawing(context: Context, each: Panel, all_: Sequence[Panel]) -> Drawing:
    chosen = context.selection
    names = {area: context.table.areas[area].label for area in chosen.areas}
    looks = context.styles
    if each.bands and chosen.focus:
        looks = {chosen.focus: styles_of(context.palette)[0]}
    room = charts.PROJECTOR if context.window == "projector" else charts.WIDE
    setting = Setting(names, looks, context.words, context.palette, focus=chosen.focus, room=room)
    unit, name = each.indicator.unit, evidence.name_of(each.indicator, context.words)
    top = 0.0
    if chosen.axes == SHARED:
        top = panel.top_of([v for other in all_ if other.indicator.unit == unit
                            for v in other.values])  # fmt: skip
    if each.bands:
        return panel.band(each.bands, each.marks, setting, unit, top, name)
    years = sorted({mark.year for mark in each.marks if mark.year})
    return panel.areas(each.marks, years, setting, unit, top, name)


def _remember(key: str) -> None:
    st.session_state[_PICKED] = key


def _silent(context: Context, indicators: Sequence[Indicator]) -> None:
    """Name the indicators that are not drawn, or count them."""
    words = context.words
    if not indicators:
        return
    if len(indicators) > NAMED_UP_TO:
        st.caption(words("multiples.silent_many", count=len(indicators)))
        return
    names = words("list.comma").join(evidence.name_of(i, words) for i in indicators)
    st.caption(words("multiples.silent", names=names))


def _behind(context: Context, indicators: Sequence[Indicator], whole: Cube, many: bool) -> str:
    """The charts as a table: heard by a screen reader, seen when the keyboard comes to it."""
    table, words, ids = context.table, context.words, tuple(i.id for i in indicators)

    def tree() -> Node:
        if many:
            found = tables.bands_table(table, bands(table, whole, ids), whole.years, words)
        else:
            every = _comparisons(context, indicators, whole.years)
            found = tables.headlines(table, every, context.styles, words)
        return tables.behind(found)

    return view.show(context.tree("panels_behind", tree, ids, whole.years), "behind", words)
