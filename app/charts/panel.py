"""A small chart of one indicator among many: areas by year, or how many areas' figures are spread."""

from collections.abc import Sequence
from typing import TypeVar

from app import format as fmt
from app.bands import Band
from app.charts.canvas import Setting, empty, escape, start_of, ticks_of, value_axis
from app.charts.drawing import Drawing
from app.charts.marks import Mark
from app.comparability import EXACT

PLOT, LANE, TICKS = 150, 26, 26
LEFT, RIGHT = 46, 14
HEADROOM = 1.22
# So many years stand far enough apart for the areas of a year to stand side by side.
APART_UP_TO = 3
LABELS_UP_TO = 6
TICKS_UP_TO = 5
T = TypeVar("T")


def top_of(values: Sequence[float]) -> float:
    """Where the value axis of a panel ends, for values of its own or shared ones."""
    return (max(values, default=0.0) or 1.0) * HEADROOM


def areas(
    marks: Sequence[Mark],
    years: Sequence[int],
    setting: Setting,
    unit: str,
    top: float = 0.0,
    name: str = "",
) -> Drawing:
    """A line an area, never joined across a gap; up to APART_UP_TO years with a lane for the missing.

    `name` is the indicator's, for the hover texts; `top` ends the value axis, which then starts at 0;
    without it the axis is the panel's own.
    """
    codes = tuple(dict.fromkeys(mark.area for mark in marks))
    few = len(years) <= APART_UP_TO
    figure = _ground(
        years, [m.value for m in marks if m.value is not None], setting, unit, top, few
    )
    step = min(0.22, 0.7 / max(1, len(codes)))
    labelled = few and len(codes) * len(years) <= LABELS_UP_TO
    for place, area in enumerate(codes):
        own = [mark for mark in marks if mark.area == area]
        shift = (place - (len(codes) - 1) / 2) * step if few else 0.0
        _line(figure, own, shift, setting, labelled, (name, unit))
        if few:
            _missing(figure, [mark for mark in own if mark.value is None], shift, setting)
    return figure


def band(
    bands: Sequence[Band],
    marks: Sequence[Mark],
    setting: Setting,
    unit: str,
    top: float = 0.0,
    name: str = "",
) -> Drawing:
    """The middle half of many areas' figures as a band with its middle; `marks` of one area over it."""
    words, palette = setting.words, setting.palette
    values = [b.high for b in bands if b.high is not None]
    values += [mark.value for mark in marks if mark.value is not None]
    figure = _ground([b.year for b in bands], values, setting, unit, top, False)
    for run in _runs(bands):
        years = [b.year for b in run]
        figure.add_scatter(
            x=years + years[::-1],
            y=[b.high for b in run] + [b.low for b in reversed(run)],
            mode="lines", fill="toself", fillcolor=palette.faint, hoverinfo="skip",
            line={"color": palette.faint, "width": 6 if len(run) == 1 else 1}, name="half",
        )  # fmt: skip
    middles = _parted(bands, [b.year for b in bands])
    figure.add_scatter(
        x=[b and b.year for b in middles], y=[b and b.middle for b in middles],
        mode="lines+markers", connectgaps=False,
        line={"color": palette.muted, "width": 2}, marker={"color": palette.muted, "size": 5},
        hovertext=[escape(_said(b, unit, setting)) if b else "" for b in middles],
        hovertemplate="%{hovertext}<extra></extra>", name=words("multiples.median"),
    )  # fmt: skip
    if marks:
        _line(figure, marks, 0.0, setting, False, (name, unit))
    return figure


def _ground(
    years: Sequence[int],
    values: Sequence[float],
    setting: Setting,
    unit: str,
    top: float,
    lane: bool,
) -> Drawing:
    palette, room = setting.palette, setting.room
    start = 0.0 if top else start_of(values, unit)
    end = top or start + top_of([value - start for value in values])
    height = PLOT + TICKS + (LANE if lane else 0)
    left, ticks_high = int(LEFT * room.scale), int(TICKS * room.scale)
    figure = empty(height + 8, left, palette, ticks_high, RIGHT, room=room)
    bottom = LANE / (PLOT + LANE) if lane else 0.0
    ticks = ticks_of(years, TICKS_UP_TO)
    figure.update_xaxis(
        visible=True, showgrid=False, zeroline=False, tickvals=list(ticks), tickangle=0,
        ticks="outside", ticklen=5, tickcolor="rgba(0,0,0,0)",
        ticktext=[str(year) for year in ticks], tickfont={"size": room.small - 1},
        range=[years[0] - 0.5, years[-1] + 0.5] if years else [0, 1],
    )  # fmt: skip
    figure.update(
        yaxis=value_axis(setting)
        | {"domain": [bottom, 1], "range": [start, end], "nticks": 4, "zeroline": True,
           "zerolinecolor": palette.muted, "ticklabeloverflow": "allow",
           "tickfont": {"size": room.small - 2, "color": palette.muted}}
    )  # fmt: skip
    if lane:
        figure.update(
            yaxis2={"domain": [0, bottom], "range": [0, 1], "visible": False, "fixedrange": True},
            xaxis={"anchor": "y2"},
        )
        figure.add_shape(type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0,
                         y1=bottom, fillcolor=palette.lane, line={"width": 0}, layer="below")  # fmt: skip
    return figure


def _line(
    figure: Drawing,
    own: Sequence[Mark],
    shift: float,
    setting: Setting,
    labelled: bool,
    about: tuple[str, str],
) -> None:
    style = setting.style(own[0].area)
    marks = _parted(own, [mark.year or 0 for mark in own])
    line = figure.add_scatter(
        x=[mark and (mark.year or 0) + shift for mark in marks],
        y=[mark and mark.value for mark in marks],
        connectgaps=False, mode="lines+markers+text" if labelled else "lines+markers",
        text=[escape(mark.short) if mark else "" for mark in marks],
        textposition="top center", textfont={"size": setting.room.small - 2}, cliponaxis=False,
        line={"color": style.color, "width": 2},
        marker={
            "symbol": _each([style.mark(mark is None or mark.exact) for mark in marks]),
            "size": 9, "color": style.color, "opacity": 1,
            "line": {"width": 2, "color": style.color},
        },
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        customdata=["" if mark is None or mark.value is None else mark.key for mark in marks],
        name=setting.name(own[0].area),
    )  # fmt: skip
    if shift or len(own) <= APART_UP_TO:
        line["hovertext"] = [escape(mark.hover) if mark else "" for mark in marks]
        line["hovertemplate"] = "%{hovertext}<extra></extra>"
    else:
        # Whole sentences for every mark of every panel would weigh too much.
        name, unit = about
        said = setting.words(
            "multiples.hover", area=setting.names[own[0].area], year="%{x}", value="%{text}",
            name=name, unit=fmt.unit_name(unit, setting.words),
        )  # fmt: skip
        line["hovertemplate"] = escape(said) + "<extra></extra>"


def _parted(items: Sequence[T], years: Sequence[int]) -> list[T | None]:
    """The items with None between two whose years do not follow on each other: a gap in a line."""
    found: list[T | None] = []
    for number, item in enumerate(items):
        if number and years[number] - years[number - 1] > 1:
            found.append(None)
        found.append(item)
    return found


def _each(values: list[str]) -> list[str] | str:
    """The values, or the one that all of them are."""
    return values[0] if len(set(values)) == 1 else values


def _missing(figure: Drawing, own: Sequence[Mark], shift: float, setting: Setting) -> None:
    if not own:
        return
    color = setting.style(own[0].area).color
    figure.add_scatter(
        x=[(mark.year or 0) + shift for mark in own], y=[0.5] * len(own), yaxis="y2",
        mode="markers+text", marker={"size": 18, "color": "rgba(0,0,0,0)"},
        text=[escape(mark.missing[:1]) for mark in own], textfont={"size": setting.room.small, "color": color},
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
        customdata=[mark.key for mark in own], hovertext=[escape(mark.hover) for mark in own],
        hovertemplate="%{hovertext}<extra></extra>", name="missing",
    )  # fmt: skip


def _runs(bands: Sequence[Band]) -> list[list[Band]]:
    """The bands that have a middle, parted where one has none or a year is left out."""
    runs: list[list[Band]] = [[]]
    for each in _parted(bands, [b.year for b in bands]):
        if each is None or each.middle is None:
            runs.append([])
        else:
            runs[-1].append(each)
    return [run for run in runs if run]


def _said(each: Band, unit: str, setting: Setting) -> str:
    words = setting.words
    if each.middle is None or each.low is None or each.high is None:
        return ""
    return words(
        "multiples.band",
        years=fmt.years(each.year, each.year, words),
        reported=each.reported,
        alike=each.alike,
        middle=fmt.with_unit(each.middle, EXACT, unit, words),
        low=fmt.number(each.low),
        high=fmt.with_unit(each.high, EXACT, unit, words),
    )
