"""Two years as two columns, a line an area; an area that lacks one of them is listed beneath it."""

from collections.abc import Sequence

from app.charts.canvas import PHONE, Setting, empty, escape, note, start_of
from app.charts.drawing import Drawing
from app.charts.dumbbell import Pair
from app.charts.marks import Mark

PLOT = 380
TOP = 40
LINE = 26
# The columns' distance from the edges, where the names stand, in shares of the plot's width.
_WIDE, _PHONE = 0.38, 0.44


def draw(pairs: Sequence[Pair], setting: Setting, unit: str) -> Drawing:
    """`pairs` are the marks of the earlier and the later year of each area."""
    palette = setting.palette
    left = _PHONE if setting.room == PHONE else _WIDE
    right = 1 - left
    values = [mark.value for pair in pairs for mark in pair if mark.value is not None]
    start = start_of(values, unit)
    span = ((max(values, default=0.0) - start) or 1.0) * 1.08
    plot = max(PLOT, LINE * (len(pairs) + 2))
    absent = max(sum(bool(pair[side].missing) for pair in pairs) for side in (0, 1))
    height = TOP + plot + (absent * LINE + 24 if absent else 0)
    figure = empty(height + 16, 8, palette, room=setting.room)
    figure.update_xaxis(range=[0, 1])

    def y_of(mark: Mark) -> float:
        return TOP + plot - 20 - ((mark.value or 0) - start) / span * (plot - 40)

    for side, x in ((0, left), (1, right)):
        figure.add_shape(type="line", x0=x, x1=x, y0=TOP, y1=TOP + plot,
                         line={"color": palette.faint, "width": 2}, layer="below")  # fmt: skip
        anchor = ("right", "left")[side] if setting.room == PHONE else "center"
        year = next((pair[side].year for pair in pairs), None)
        figure.add_annotation(x=x, y=TOP / 2, showarrow=False, xanchor=anchor,
                              text=f"<b>{setting.words('period.year', year=year)}</b>")  # fmt: skip
    for pair in pairs:
        style = setting.style(pair[0].area)
        shown = [(x, m) for x, m in zip((left, right), pair, strict=True) if m.value is not None]
        figure.add_scatter(
            x=[x for x, _ in shown],
            y=[y_of(mark) for _, mark in shown],
            mode="lines+markers",
            line={"color": style.color, "width": 3},
            marker={
                "color": style.color,
                "opacity": 1,
                "size": [17 if m.key == setting.chosen else 13 for _, m in shown],
                "symbol": [style.mark(m.exact) for _, m in shown],
                "line": {"width": 2, "color": style.color},
            },
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
            customdata=[mark.key for _, mark in shown],
            hovertext=[escape(mark.hover) for _, mark in shown],
            hovertemplate="%{hovertext}<extra></extra>",
            name=setting.name(pair[0].area),
        )
    size = setting.room.size if len(pairs) <= 8 else setting.room.small
    lowest = float(TOP + plot)
    for side, x, anchor, shift in ((0, left, "right", -16), (1, right, "left", 16)):
        shown_marks = [pair[side] for pair in pairs if pair[side].value is not None]
        for mark, y in zip(shown_marks, spread([y_of(m) for m in shown_marks], LINE), strict=True):
            lowest = max(lowest, y + LINE / 2)
            figure.add_annotation(x=x, y=y, xanchor=anchor, xshift=shift, showarrow=False,
                                  text=_label(mark, setting, left=not side),
                                  font={"size": size})  # fmt: skip
    figure.update(height=height + 16 + lowest - TOP - plot)
    figure.update_yaxis(range=[height + lowest - TOP - plot, 0])
    _missing(figure, pairs, lowest + 12, setting)
    if start:
        note(figure, setting.words("chart.starts_at", start=f"{start:g}%"), setting)
    return figure


def spread(wanted: Sequence[float], apart: float) -> list[float]:
    """Places as near as can be to the wanted ones, in their order, at least `apart` from each other."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[list[float]] = []  # sum of (wanted - offset), count
    for i in order:
        blocks.append([wanted[i], 1])
        while len(blocks) > 1:
            (before, m), (after, n) = blocks[-2], blocks[-1]
            middle_before, middle_after = before / m, after / n
            if middle_after - middle_before >= apart * (m + n) / 2:
                break
            blocks[-2:] = [[before + after, m + n]]
    found = [0.0] * len(wanted)
    place = iter(order)
    for total, count in blocks:
        middle = total / count
        for step in range(int(count)):
            found[next(place)] = middle + (step - (count - 1) / 2) * apart
    return found


def _label(mark: Mark, setting: Setting, left: bool) -> str:
    name, value = setting.marked_name(mark.area), f"<b>{escape(mark.label)}</b>"
    return f"{name} {value}" if left else f"{value} {name}"


def _one_line(missing: str) -> str:
    return escape(missing.replace("\n", " "))


def _missing(figure: Drawing, pairs: Sequence[Pair], top: float, setting: Setting) -> None:
    """Under each year, the areas without a figure of it."""
    # Centred at a quarter and three quarters, so that long names keep within the window.
    gaps = [(x, [pair[side] for pair in pairs if pair[side].missing])
            for side, x in ((0, 0.24), (1, 0.76))]  # fmt: skip
    if not any(marks for _, marks in gaps):
        return
    figure.add_shape(type="rect", x0=0, x1=1, y0=top, y1=top + 12 + LINE * max(len(m) for _, m in gaps),
                     fillcolor=setting.palette.lane, line={"width": 0}, layer="below", name="lane")  # fmt: skip
    placed = [(x, top + 6 + LINE * (i + 0.5), m) for x, marks in gaps for i, m in enumerate(marks)]
    figure.add_scatter(
        x=[x for x, _, _ in placed],
        y=[y for _, y, _ in placed],
        mode="markers+text",
        marker={"size": 24, "color": "rgba(0,0,0,0)"},
        text=[
            f"{setting.name(mark.area)} {escape(mark.missing.replace(chr(10), ' '))}"
            for _, _, mark in placed
        ],
        textfont={"size": setting.room.small, "color": setting.palette.muted},
        customdata=[mark.key for _, _, mark in placed],
        hovertext=[escape(mark.hover) for _, _, mark in placed],
        hovertemplate="%{hovertext}<extra></extra>",
        name="missing",
    )
