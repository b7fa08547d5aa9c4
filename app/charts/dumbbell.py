"""Two years of an area in one row: a small mark for the earlier one, a large one for the later."""

from collections.abc import Sequence
from dataclasses import replace

from app import format as fmt
from app.charts import rows
from app.charts.canvas import Setting, escape, note, start_of
from app.charts.drawing import Drawing
from app.charts.marks import Mark

PALE = 0.45
SMALL_MARK, LARGE_MARK = 9, 17
Pair = tuple[Mark, Mark]


def draw(pairs: Sequence[Pair], setting: Setting, unit: str) -> Drawing:
    """`pairs` are the marks of the earlier and the later year of each area."""
    words, palette = setting.words, setting.palette
    pairs = sorted(pairs, key=_order)
    values = [mark.value for pair in pairs for mark in pair if mark.value is not None]
    origin = start_of(values, unit)
    first, last = (next((m.year or 0 for m in marks), 0) for marks in zip(*pairs, strict=True))
    heading = fmt.years(first, last, words) if len(pairs) >= rows.DENSE_FROM else ""
    leading = [_leading(pair, setting) for pair in pairs]
    groups = rows.focus_first([(heading, leading)], setting)
    if len(groups) > 1:
        pairs = [*(pair for pair in pairs if pair[1].area == setting.focus), *pairs]
    laid = rows.lay_out(groups, setting, origin)
    figure = rows.ground(laid, setting)
    _join(figure, laid, pairs, setting)
    for side in (0, 1):
        shown = [(y, pair[side]) for y, pair in zip(laid.at, pairs, strict=True)
                 if pair[side].value is not None]  # fmt: skip
        figure.add_scatter(
            x=[mark.value for _, mark in shown],
            y=[y for y, _ in shown],
            mode="markers",
            marker=rows.markers([m for _, m in shown], setting, LARGE_MARK if side else SMALL_MARK)
            | {"opacity": 1},
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            customdata=[mark.key for _, mark in shown],
            hovertext=[escape(mark.hover) for _, mark in shown],
            hovertemplate="%{hovertext}<extra></extra>",
            name="later" if side else "earlier",
        )  # fmt: skip
    figure.add_scatter(
        x=[mark.value for mark in laid.marks if mark.value is not None],
        y=[y for y, mark in laid.places if mark.value is not None],
        mode="text",
        text=["     " + escape(mark.label) for mark in laid.marks if mark.value is not None],
        textposition="middle right",
        cliponaxis=False,
        textfont={"size": laid.size, "color": palette.ink},
        hoverinfo="skip",
        name="values",
    )
    _missing(figure, laid, pairs, setting)
    said = words("chart.dumbbell_key", first=first, last=last)
    if origin:
        said += words("list.semicolon") + words("chart.starts_at", start=f"{origin:g}%")
    note(figure, said, setting)
    return figure


def _join(figure: Drawing, laid: rows.Rows, pairs: Sequence[Pair], setting: Setting) -> None:
    """A pale line from mark to mark of each area that has both; one trace for each colour."""
    by_color: dict[str, list[tuple[float, Pair]]] = {}
    for y, pair in zip(laid.at, pairs, strict=True):
        if pair[0].value is not None and pair[1].value is not None:
            by_color.setdefault(setting.style(pair[1].area).color, []).append((y, pair))
    for color, joined in by_color.items():
        figure.add_scatter(
            x=[x for _, (earlier, later) in joined for x in (earlier.value, later.value, None)],
            y=[place for y, _ in joined for place in (y, y, None)],
            mode="lines",
            line={"color": color, "width": 6},
            opacity=PALE,
            connectgaps=False,
            hoverinfo="skip",
            name="change",
        )


def _order(pair: Pair) -> tuple[bool, float]:
    later = pair[1].value if pair[1].value is not None else pair[0].value
    return later is None, -(later or 0)


def _leading(pair: Pair, setting: Setting) -> Mark:
    """The mark at which the row's words stand: the larger one, labelled with both figures."""
    earlier, later = pair
    words = setting.words
    missing = "\n".join(
        words("chart.missing_of_year", year=mark.year, missing=mark.missing)
        for mark in pair
        if mark.missing
    )
    if earlier.missing and later.missing == earlier.missing:
        missing = later.missing
    if earlier.value is not None and later.value is not None:
        larger = max(pair, key=lambda mark: mark.value or 0)
        label = words("chart.from_to", first=earlier.short, last=later.label)
        return replace(larger, label=label, missing="")
    present = earlier if later.value is None else later
    if present.value is not None:
        year = fmt.years(present.year or 0, present.year or 0, words)
        label = words("chart.value_of_year", year=year, value=present.label)
        return replace(present, label=label, missing=missing)
    return replace(later, missing=missing)


def _missing(figure: Drawing, laid: rows.Rows, pairs: Sequence[Pair], setting: Setting) -> None:
    """What is missing, written in the lane; a click there leads to the later gap."""
    absent = [(y, lead.missing, next(m for m in reversed(pair) if m.missing))
              for y, lead, pair in zip(laid.at, laid.marks, pairs, strict=True) if lead.missing]  # fmt: skip
    figure.add_scatter(
        x=[laid.origin - laid.lane * 0.52] * len(absent),
        y=[y for y, _, _ in absent],
        mode="markers+text",
        marker={"size": 30, "color": "rgba(0,0,0,0)"},
        text=[laid.written(said) for _, said, _ in absent],
        textfont={"size": min(setting.room.small, laid.size), "color": setting.palette.muted},
        customdata=[mark.key for _, _, mark in absent],
        hovertext=[escape(mark.hover) for _, _, mark in absent],
        hovertemplate="%{hovertext}<extra></extra>",
        name="missing",
    )
