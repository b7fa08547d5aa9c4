"""Comparison → plotly Figure. A missing figure is a named mark in a lane, never a bar of height 0.

Decisions: one or two years are bars, grouped by year, and sorted by value where there is only one
year; three or more are lines that never join across a gap, over a strip that names what is missing.
Totals over several years and plans have figures of their own. Values stand at the marks. Whatever
comes from a document or catalogue is escaped, because Plotly reads a little HTML.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from app import evidence
from app import format as fmt
from app.comparison import Comparison, yearly_average
from app.data import Figure, Table
from app.states import GLYPHS, Cell, State
from app.text import Text
from app.theme import FONT, LIGHT, Style

INK, MUTED, FAINT, LANE = LIGHT.ink, LIGHT.muted, LIGHT.faint, LIGHT.lane
HIGHLIGHT = LIGHT.highlight

ROW = 44
HEADING = 40
NARROW = 440
SIZE = 18
BARS_UP_TO = 2
TICKS = 36
FOOTER = 30
STRIP_UP_TO = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of a bar chart: `key` is what a click reports; `label` stands at the bar's end."""

    key: str
    area: str
    value: float | None
    label: str
    hover: str
    missing: str = ""
    exact: bool = True
    apart: bool = False


def escape(string: str) -> str:
    """Text for Plotly, which would read <b> and <a href> as markup; line breaks stay."""
    plain = string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\n", "<br>")


def yearly(
    table: Table,
    comparison: Comparison,
    styles: Mapping[str, Style],
    words: Text,
    kind: str = "",
    chosen: str = "",
) -> go.Figure:
    """The yearly figures as "bars" or "lines" (default: what suits the number of years).

    `chosen` is the key of the mark whose sentence is on show.
    """
    kind = kind or suited(comparison)
    if kind == "lines":
        return _lines(table, comparison, styles, words, chosen)
    groups = []
    for year in comparison.years:
        marks = [_yearly_mark(cell, table, words) for cell in comparison.cells if cell.year == year]
        if len(comparison.years) == 1:
            marks.sort(key=lambda m: (m.value is None, -(m.value or 0)))
        groups.append((fmt.years(year, year, words), marks))
    return _bars(groups, table, styles, words, chosen)


def with_footer(figure: go.Figure, comparison: Comparison, body: str, words: Text) -> go.Figure:
    """The figure with a line beneath that says what it shows, so that its image stands alone."""
    indicator = comparison.indicator
    said = words(
        "chart.footer",
        name=evidence.name_of(indicator, words),
        unit=fmt.unit_name(indicator.unit, words),
        body=words(f"body.{body}"),
    )
    layout = figure.layout
    figure.update_layout(height=layout.height + FOOTER, margin_b=layout.margin.b + FOOTER)
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", xshift=-layout.margin.l + 4,
        y=0, yref="paper", yanchor="bottom", yshift=-layout.margin.b,
        text=escape(said), showarrow=False, font={"size": SIZE - 4, "color": MUTED},
    )  # fmt: skip
    return figure


def suited(comparison: Comparison) -> str:
    """The chart that suits the years on show: "bars" for one or two, "lines" for more."""
    return "bars" if len(comparison.years) <= BARS_UP_TO else "lines"


def apart(
    table: Table,
    comparison: Comparison,
    figures: Sequence[Figure],
    styles: Mapping[str, Style],
    words: Text,
    chosen: str = "",
) -> go.Figure:
    """Totals over several years, or plans: one group of bars for each period."""
    groups: dict[str, list[Mark]] = {}
    for figure in figures:
        groups.setdefault(evidence.period(figure, words), []).append(
            _apart_mark(figure, comparison, table, words)
        )
    return _bars(list(groups.items()), table, styles, words, chosen)


def alternative(table: Table, comparison: Comparison, words: Text) -> str:
    """What the chart shows, in words, for those who do not see it."""
    name = evidence.name_of(comparison.indicator, words)
    said = []
    for cell in comparison.cells:
        shown = (
            fmt.with_unit(cell.figure.value, cell.figure.qualifier, cell.figure.unit, words)
            if cell.figure
            else words(f"state.{cell.state}")
        )
        said.append(
            words("chart.alt_item", area=table.areas[cell.area].label,
                  years=fmt.years(cell.year, cell.year, words), value=shown)
        )  # fmt: skip
    return words("chart.alt", name=name, items=words("list.semicolon").join(said[:60]))


def config(file_name: str, words: Text) -> dict[str, object]:
    """Plotly's settings: a toolbar with one button, in the language of the screen; image at 3×."""
    dictionary = {
        "Download plot as a PNG": words("chart.save"),
        "Download plot as a png": words("chart.save"),
        "Download plot": words("chart.save"),
        "Preparing image - this may take a few seconds": words("chart.saving"),
        "Image download succeeded": words("chart.saved"),
        "Sorry, there was a problem downloading your image!": words("chart.not_saved"),
    }
    return {
        "locale": "zh-CN" if words.chinese else "en",
        "locales": {"zh-CN": {"dictionary": dictionary, "format": {}}},
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "scale": 3, "filename": file_name},
        "scrollZoom": False,
        "doubleClick": False,
    }


def _yearly_mark(cell: Cell, table: Table, words: Text) -> Mark:
    area = table.areas[cell.area].label
    body = words(f"body.{cell.body}")
    name = evidence.name_of(table.indicators[cell.indicator], words)
    years = fmt.years(cell.year, cell.year, words)
    if cell.figure is None:
        state = words(f"state.{cell.state}")
        return Mark(
            key=cell.key,
            area=cell.area,
            value=None,
            label="",
            hover=words("chart.hover_missing", years=years, area=area, body=body, name=name,
                        state=state),
            missing=f"{GLYPHS[cell.state]} {state}",
        )  # fmt: skip
    return _figure_mark(cell.figure, area, body, name, years, words)


def _figure_mark(
    figure: Figure, area: str, body: str, name: str, years: str, words: Text, more: str = ""
) -> Mark:
    shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return Mark(
        key=figure.fact_id,
        area=figure.area_code,
        value=figure.value,
        label=shown + fmt.marks(figure.method, words) + more,
        hover=words("chart.hover", years=years, area=area, body=body, name=name, value=shown,
                    method=words(f"method.{figure.method}")),
        exact=figure.qualifier == "exact",
        apart=not figure.yearly,
    )  # fmt: skip


def _apart_mark(figure: Figure, comparison: Comparison, table: Table, words: Text) -> Mark:
    average = yearly_average(figure, comparison.indicator.kind)
    more = ""
    if average is not None:
        more = words("chart.average", value=evidence.average(figure, average, words))
    return _figure_mark(
        figure,
        table.areas[figure.area_code].label,
        words(f"body.{figure.body}"),
        evidence.name_of(comparison.indicator, words),
        evidence.period(figure, words),
        words,
        more,
    )


def _layout(height: int, left: int) -> go.Layout:
    return go.Layout(
        height=height,
        margin={"l": left, "r": 8, "t": 8, "b": 8, "autoexpand": False},
        font={"family": FONT, "size": SIZE, "color": INK},
        paper_bgcolor="#FFFFFF",
        plot_bgcolor="#FFFFFF",
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        hoverlabel={"bgcolor": "#FFFFFF", "bordercolor": FAINT,
                    "font": {"family": FONT, "size": SIZE - 2, "color": INK}, "align": "left"},
        modebar={"orientation": "h", "color": MUTED, "activecolor": INK,
                 "bgcolor": "rgba(255,255,255,0)"},
    )  # fmt: skip


def _bars(
    groups: Sequence[tuple[str, Sequence[Mark]]],
    table: Table,
    styles: Mapping[str, Style],
    words: Text,
    chosen: str,
) -> go.Figure:
    places: list[tuple[float, Mark]] = []
    headings: list[tuple[float, str]] = []
    at = 0.0
    for heading, marks in groups:
        headings.append((at + HEADING / 2, heading))
        at += HEADING
        for mark in marks:
            places.append((at + ROW / 2, mark))
            at += ROW
        at += 10
    height = at
    left = _name_width([table.areas[m.area].label for _, m in places])
    reach, lane = _extent([m for _, m in places])
    figure = go.Figure(layout=_layout(int(height) + 16, left))
    for place, mark in places:
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", xshift=-left + 8, y=place, showarrow=False,
            text=_area_name(table.areas[mark.area].label, styles[mark.area]),
            font={"size": SIZE, "color": INK},
        )  # fmt: skip
    for (place, _), (_, marks) in zip(headings, groups, strict=True):
        first, last = place + HEADING / 2, place + HEADING / 2 + ROW * len(marks)
        if lane:
            figure.add_shape(type="rect", x0=-lane, x1=-lane * 0.05, y0=first, y1=last,
                             fillcolor=LANE, line_width=0, layer="below")  # fmt: skip
        figure.add_shape(type="line", x0=0, x1=0, y0=first, y1=last,
                         line={"color": MUTED, "width": 1})  # fmt: skip
    for place, mark in places:
        if mark.key == chosen:
            figure.add_shape(type="rect", x0=-lane, x1=reach, y0=place - ROW / 2 + 2,
                             y1=place + ROW / 2 - 2, fillcolor=HIGHLIGHT, line_width=0,
                             layer="below")  # fmt: skip
    shown = [(place, mark) for place, mark in places if mark.value is not None]
    figure.add_bar(
        orientation="h",
        x=[m.value for _, m in shown],
        y=[p for p, _ in shown],
        width=ROW * 0.56,
        marker={
            "color": [styles[m.area].color for _, m in shown],
            "opacity": [0.92 if m.exact and not m.apart else 0.6 for _, m in shown],
            "line": {"color": [styles[m.area].color for _, m in shown], "width": 1.5},
            "pattern": {"shape": ["" if m.exact else "/" for _, m in shown],
                        "fgcolor": "#FFFFFF", "fgopacity": 0.9, "size": 9, "solidity": 0.25},
        },
        text=[escape(m.label) for _, m in shown],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": SIZE, "color": INK},
        hoverinfo="skip",
        name="values",
    )  # fmt: skip
    absent = [(place, mark) for place, mark in places if mark.missing]
    figure.add_scatter(
        x=[-lane * 0.52] * len(absent),
        y=[p for p, _ in absent],
        mode="text",
        text=[escape(m.missing) for _, m in absent],
        textfont={"size": SIZE - 2, "color": MUTED},
        hoverinfo="skip",
        name="missing",
    )
    invisible = {"marker": {"opacity": 0}}
    figure.add_bar(
        orientation="h",
        base=[-lane] * len(places),
        x=[lane + reach] * len(places),
        y=[p for p, _ in places],
        width=ROW * 0.94,
        marker={"opacity": 0, "color": INK},
        selected=invisible,
        unselected=invisible,
        customdata=[m.key for _, m in places],
        hovertext=[escape(m.hover) for _, m in places],
        hovertemplate="%{hovertext}<extra></extra>",
        name="targets",
    )
    for place, heading in headings:
        figure.add_annotation(x=0, xref="paper", xanchor="left", xshift=-left + 4, y=place,
                              text=f"<b>{escape(heading)}</b>", showarrow=False,
                              font={"size": SIZE, "color": INK})  # fmt: skip
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(range=[-lane, reach], visible=False, fixedrange=True)
    figure.update_yaxes(
        range=[height, 0],
        visible=False,
        fixedrange=True,
    )
    return figure


def _extent(marks: Sequence[Mark]) -> tuple[float, float]:
    """How far the value axis reaches and how wide the lane is, so that every label has room.

    The widths are those of a narrow window (NARROW pixels); a wider one only adds space.
    """
    longest = max((_pixels(m.missing) for m in marks), default=0.0)
    share = min(0.5, (longest + 16) / NARROW) if longest else 0.0
    lane = share / (1 - share)
    reach = 0.0
    for mark in marks:
        if mark.value is not None:
            label = min(0.6, (_pixels(mark.label) + 12) / NARROW)
            reach = max(reach, mark.value / max(0.1, 1 - label - label * lane))
    reach = reach or 1.0
    return reach, lane * reach


def _pixels(label: str) -> float:
    return sum(SIZE if ord(character) > 0x2000 else SIZE * 0.58 for character in label)


def _name_width(names: Sequence[str]) -> int:
    return 40 + int(max((_pixels(_short(name)) for name in names), default=60))


def _area_name(label: str, style: Style) -> str:
    return f'<span style="color:{style.color}">{style.glyph}</span> {escape(_short(label))}'


def _short(label: str) -> str:
    return label if len(label) <= 10 else label[:9] + "…"


def _place_labels(
    comparison: Comparison, words: Text, top: float, height: float
) -> dict[str, tuple[str, str]]:
    """Cell key → (value as shown, Plotly's text position) for the values that have room.

    The latest years come first, so that they keep their labels where marks are dense; a label
    that would cover another label or a mark is left out (hover and table still have the value).
    """
    step = NARROW / max(1, len(comparison.years))
    places = {
        cell.key: (
            (comparison.years.index(cell.year) + 0.5) * step,
            height * (1 - cell.figure.value / top),
        )
        for cell in comparison.cells
        if cell.figure
    }
    taken = [(x - 7, y - 7, x + 7, y + 7, key) for key, (x, y) in places.items()]
    labels: dict[str, tuple[str, str]] = {}
    for cell in sorted(comparison.cells, key=lambda c: -c.year):
        if cell.figure is None:
            continue
        shown = fmt.value(cell.figure.value, cell.figure.qualifier, words)
        shown += fmt.marks(cell.figure.method, words)
        x, y = places[cell.key]
        half = _pixels(shown) * 0.42
        for position, low in (("top center", y - 26), ("bottom center", y + 8)):
            box = (x - half, low, x + half, low + 18)
            if low + 18 < height and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in taken
                if other[4] != cell.key
            ):
                taken.append((*box, ""))
                labels[cell.key] = (shown, position)
                break
    return labels


def _lines(
    table: Table, comparison: Comparison, styles: Mapping[str, Style], words: Text, chosen: str
) -> go.Figure:
    years = comparison.years
    reported = [c for c in comparison.cells if c.figure]
    top = max((c.figure.value for c in reported if c.figure), default=0) or 1
    with_missing = any(c.state is not State.REPORTED for c in comparison.cells)
    strip = with_missing and len(styles) <= STRIP_UP_TO
    strip_height = (30 * len(styles) + 16) if strip else 0
    plot_height = 360
    height = plot_height + strip_height + TICKS + 24
    left = _name_width([table.areas[a].label for a in styles])
    figure = go.Figure(layout=_layout(height, left))
    figure.update_layout(margin_b=TICKS)
    bottom = strip_height / (height - TICKS - 8)
    labels = _place_labels(comparison, words, top * 1.18, plot_height)
    for row, (area, style) in enumerate(styles.items()):
        own = [c for c in comparison.cells if c.area == area]
        values = [c.figure.value if c.figure else None for c in own]
        name = escape(_short(table.areas[area].label))
        marks = [_yearly_mark(c, table, words) for c in own]
        placed = [labels.get(c.key, ("", "top center")) for c in own]
        figure.add_scatter(
            x=list(years), y=values, connectgaps=False, mode="lines+markers+text",
            text=[escape(label) for label, _ in placed],
            textposition=[position for _, position in placed],
            textfont={"size": SIZE - 3, "color": INK},
            cliponaxis=False,
            line={"color": style.color, "width": 3},
            marker={
                "symbol": [style.symbol if m.exact else f"{style.symbol}-open" for m in marks],
                "size": [17 if m.key == chosen else 12 for m in marks],
                "color": style.color,
                "opacity": 1,
                "line": {"width": 2, "color": style.color},
            },
            selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
            customdata=[m.key for m in marks],
            hovertext=[escape(m.hover) for m in marks],
            hovertemplate="%{hovertext}<extra></extra>",
            name=name,
        )  # fmt: skip
        if strip:
            absent = [(y, m) for y, m in zip(years, marks, strict=True)]
            figure.add_scatter(
                x=[y for y, _ in absent], y=[row] * len(absent), yaxis="y2",
                mode="markers+text",
                marker={"size": 24, "color": "rgba(0,0,0,0)"},
                text=[escape(m.missing[:1]) if m.missing
                      else f'<span style="color:{style.color}">{style.glyph}</span>'
                      for _, m in absent],
                textfont={"size": SIZE - 1, "color": MUTED},
                selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}},
                customdata=[m.key for _, m in absent],
                hovertext=[escape(m.hover) for _, m in absent],
                hovertemplate="%{hovertext}<extra></extra>",
                name=f"lane {name}",
            )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(years), ticktext=[str(y) for y in years],
        range=[years[0] - 0.5, years[-1] + 0.5],
        showgrid=False, fixedrange=True, anchor="y2" if strip else "y", zeroline=False,
        tickfont={"size": SIZE - 1},
    )  # fmt: skip
    figure.update_layout(
        yaxis={
            "domain": [min(0.6, bottom + 0.06) if strip else 0, 1], "range": [0, top * 1.18],
            "gridcolor": "#E8ECF0", "fixedrange": True, "nticks": 5, "tickformat": ",",
            "zeroline": True, "zerolinecolor": MUTED,
            "tickfont": {"size": SIZE - 2, "color": MUTED},
        }
    )  # fmt: skip
    if strip:
        figure.update_layout(
            yaxis2={
                "domain": [0, bottom], "range": [len(styles) - 0.5, -0.5], "fixedrange": True,
                "tickvals": list(range(len(styles))),
                "ticktext": [_area_name(table.areas[a].label, s) for a, s in styles.items()],
                "showgrid": False, "zeroline": False, "ticks": "",
            }
        )  # fmt: skip
        figure.add_shape(type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=bottom,
                         fillcolor=LANE, line_width=0, layer="below")  # fmt: skip
    return figure
