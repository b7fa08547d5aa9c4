"""Areas as rows: names at the left, a lane for what is missing, and what a click finds.

The ground of bars, dots and dumbbell. Row y runs downwards in pixels; the value axis runs from
`origin`, and the lane lies left of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.charts.canvas import Setting, empty, escape, pixels
from app.charts.drawing import Drawing
from app.charts.marks import Mark

ROW, COMPACT_ROW, DENSE_ROW = 44, 28, 24
HEADING = 40
BETWEEN = 10
COMPACT_FROM, DENSE_FROM = 13, 41
Group = tuple[str, Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Where everything stands. `at` is each row's middle, `blocks` each group's first and last y.

    `size` is the type that fits a row, `left` the margin of the names; `reach` is the value at the
    right edge, `lane` the width of the lane in the same measure.
    """

    marks: tuple[Mark, ...]
    at: tuple[float, ...]
    headings: tuple[tuple[float, str], ...]
    blocks: tuple[tuple[float, float], ...]
    height: float
    row: float
    compact: bool
    size: int
    left: int
    origin: float
    reach: float
    lane: float

    def written(self, missing: str) -> str:
        """What is missing, on two lines where a row has room for them."""
        return escape(missing.replace("\n", " ") if self.compact else missing)

    @property
    def places(self) -> list[tuple[float, Mark]]:
        """Each mark with the middle of its row."""
        return list(zip(self.at, self.marks, strict=True))


def ordered(marks: Iterable[Mark]) -> list[Mark]:
    """By value, the largest first; what has none stays last and in its order."""
    return sorted(marks, key=lambda m: (m.value is None, -(m.value or 0)))


def focus_first(groups: Sequence[Group], setting: Setting) -> list[Group]:
    """Long groups with the row of the area in focus above each: among hundreds nobody would find it."""
    found: list[Group] = []
    for heading, marks in groups:
        own = [mark for mark in marks if mark.area == setting.focus]
        if own and len(marks) >= DENSE_FROM:
            found.append((setting.words("chart.in_focus", heading=heading), own))
        found.append((heading, marks))
    return found


def lay_out(groups: Sequence[Group], setting: Setting, origin: float = 0.0) -> Rows:
    """Groups of marks, each under its heading ("" for none)."""
    areas = max((len(marks) for _, marks in groups), default=0)
    room, compact = setting.room, areas >= COMPACT_FROM
    high = DENSE_ROW if areas >= DENSE_FROM else COMPACT_ROW if compact else ROW
    row = high * room.scale
    size = room.small if compact else room.size
    at: list[float] = []
    headings: list[tuple[float, str]] = []
    blocks: list[tuple[float, float]] = []
    y = 0.0
    for heading, marks in groups:
        if heading:
            headings.append((y + HEADING / 2, heading))
            y += HEADING
        blocks.append((y, y + row * len(marks)))
        at += [y + row * (place + 0.5) for place in range(len(marks))]
        y += row * len(marks) + BETWEEN
    every = tuple(mark for _, marks in groups for mark in marks)
    left = room.name_width([setting.names[mark.area] for mark in every], size)
    if not compact:
        every = tuple(replace(mark, label=room.label(mark.label, left)) for mark in every)
    reach, lane = _extent(every, origin, room.plot(left), size)
    return Rows(
        every, tuple(at), tuple(headings), tuple(blocks), y, row, compact, size, left, origin,
        origin + reach, lane,
    )  # fmt: skip


def ground(rows: Rows, setting: Setting) -> Drawing:
    """The figure with names, headings, lane, base line and the highlighted row."""
    palette = setting.palette
    left = rows.left
    figure = empty(rows.height + 16, left, palette, room=setting.room)
    at_left = {"x": 0, "xref": "paper", "xanchor": "left", "showarrow": False}
    names = [
        at_left
        | {"xshift": 8 - left, "y": y, "text": setting.marked_name(mark.area),
           "font": {"size": rows.size, "color": palette.ink}}
        for y, mark in rows.places
    ]  # fmt: skip
    headings = [
        at_left
        | {"xshift": 4 - left, "y": y, "text": f"<b>{escape(heading)}</b>",
           "font": {"size": setting.room.size, "color": palette.ink}}
        for y, heading in rows.headings
    ]  # fmt: skip
    # Set at once: Plotly checks all of them anew for each one that is added.
    figure.update(annotations=names + headings, shapes=_shapes(rows, setting))
    figure.update_xaxis(range=[rows.origin - rows.lane, rows.reach])
    figure.update_yaxis(range=[rows.height, 0])
    return figure


def _shapes(rows: Rows, setting: Setting) -> list[dict[str, object]]:
    """The lane and the base line of each block, and the light behind the chosen mark."""
    palette, origin, lane = setting.palette, rows.origin, rows.lane
    found: list[dict[str, object]] = []
    for first, last in rows.blocks:
        if lane:
            found.append(
                {"type": "rect", "x0": origin - lane, "x1": origin - lane * 0.05, "y0": first,
                 "y1": last, "fillcolor": palette.lane, "line": {"width": 0}, "layer": "below",
                 "name": "lane"}
            )  # fmt: skip
        found.append(
            {"type": "line", "x0": origin, "x1": origin, "y0": first, "y1": last,
             "line": {"color": palette.muted, "width": 1}}
        )  # fmt: skip
    found += [
        {"type": "rect", "x0": origin - lane, "x1": rows.reach, "y0": y - rows.row / 2 + 2,
         "y1": y + rows.row / 2 - 2, "fillcolor": palette.highlight, "line": {"width": 0},
         "layer": "below"}
        for y, mark in rows.places
        if mark.key == setting.chosen
    ]  # fmt: skip
    return found


def markers(marks: Sequence[Mark], setting: Setting, size: int) -> dict[str, object]:
    """How the marks of several areas are drawn: in their colours, open where a figure is not exact."""
    styles = [setting.style(mark.area) for mark in marks]
    colors = [style.color for style in styles]
    return {
        "color": colors,
        "symbol": [style.mark(m.exact) for style, m in zip(styles, marks, strict=True)],
        "size": size,
        "line": {"width": 2, "color": colors},
    }


def add_missing(figure: Drawing, rows: Rows, setting: Setting) -> None:
    """What is missing, written in the lane."""
    absent = [(y, mark) for y, mark in rows.places if mark.missing]
    figure.add_scatter(
        x=[rows.origin - rows.lane * 0.52] * len(absent),
        y=[y for y, _ in absent],
        mode="text",
        text=[rows.written(mark.missing) for _, mark in absent],
        textfont={
            "size": [
                setting.room.small if "\n" in mark.missing else rows.size - 1 for _, mark in absent
            ],
            "color": setting.palette.muted,
        },
        hoverinfo="skip",
        name="missing",
    )


def add_targets(figure: Drawing, rows: Rows, setting: Setting) -> None:
    """An invisible bar over each whole row: what the mouse finds, and what a click reports."""
    invisible = {"marker": {"opacity": 0}}
    figure.add_bar(
        orientation="h",
        base=[rows.origin - rows.lane] * len(rows.marks),
        x=[rows.lane + rows.reach - rows.origin] * len(rows.marks),
        y=list(rows.at),
        width=rows.row * 0.94,
        marker={"opacity": 0, "color": setting.palette.ink},
        selected=invisible,
        unselected=invisible,
        customdata=[mark.key for mark in rows.marks],
        hovertext=[escape(mark.hover) for mark in rows.marks],
        hovertemplate="%{hovertext}<extra></extra>",
        name="targets",
    )
    figure.update(barmode="overlay")


def _extent(marks: Sequence[Mark], origin: float, width: float, size: int) -> tuple[float, float]:
    """How far the value axis reaches and how wide the lane is, so that every label has room.

    `width` is that of the plot in a narrow window, in pixels.
    """
    longest = max((pixels(mark.missing, size) for mark in marks), default=0.0)
    share = min(0.6, (longest + 16) / width) if longest else 0.0
    lane = share / (1 - share)
    reach = 0.0
    for mark in marks:
        if mark.value is not None:
            label = min(0.8, (pixels(mark.label, size) + 24) / width)
            reach = max(reach, (mark.value - origin) / max(0.08, 1 - label - label * lane))
    reach = reach or 1.0
    return reach, lane * reach
