"""Sizes, widths of text and the empty figure that every kind of chart begins with."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.charts.drawing import Drawing
from app.text import Text
from app.theme import FONT, Palette, Style, styles_of
from app.typeset import ems, shorten

SIZE = 18
SMALL = 15
NOTE, TOOLBAR = 34, 44


@dataclass(frozen=True, slots=True)
class Room:
    """What a window has room for: two sizes of type, and names of at most `name_ems`.

    A label on one line may take `line` of the plot. All labels have room where a chart is `width`
    pixels wide; a wider one only adds space.
    """

    width: int
    size: int
    small: int
    name_ems: int
    line: float

    @property
    def scale(self) -> float:
        """How much larger than on a laptop rows and lines of text are; a phone keeps their size."""
        return max(1.0, self.size / SIZE)

    def name_width(self, names: Iterable[str], size: int = 0) -> int:
        """The left margin that names and their markers need."""
        size = size or self.size
        widths = (pixels(shorten(name, self.name_ems), size) for name in names)
        return 22 + size + int(max(widths, default=60))

    def plot(self, left: int) -> float:
        """How wide the plot is in a narrow window, right of a margin for names."""
        return max(self.width * 0.35, self.width - left - 8.0)

    def label(self, text: str, left: int) -> str:
        """A label, its note in parentheses on a line of its own where both would fill the plot."""
        note = text.find("(" if "(" in text else "（")
        if note <= 0 or pixels(text, self.size) < self.plot(left) * self.line:
            return text
        return f"{text[:note].rstrip()}\n{text[note:]}"


# A laptop's half window, a phone of 390 pixels, and a projector that is read from the back of the room.
WIDE, PHONE = Room(570, SIZE, SMALL, 10, line=1.0), Room(354, 14, 12, 6, line=0.6)
PROJECTOR = Room(760, 22, 19, 12, line=1.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a chart is drawn with: the areas' labels and styles by code, words, colours.

    `chosen` is the key of the mark whose sentence is on show; `focus` the code of the area that
    stands out, or ""; `room` is that of the window.
    """

    names: Mapping[str, str]
    styles: Mapping[str, Style]
    words: Text
    palette: Palette
    chosen: str = ""
    focus: str = ""
    room: Room = WIDE

    def style(self, area: str) -> Style:
        """The style of an area; grey where another one is in focus."""
        style = self.styles[area]
        if self.focus and area != self.focus:
            return Style(self.palette.dim, style.symbol, style.glyph)
        return style

    @property
    def alike(self) -> "Setting":
        """The setting with one style for all where there are more areas than styles.

        A colour would not tell there which area is which.
        """
        known = styles_of(self.palette)
        if len(self.styles) <= len(known):
            return self
        return replace(self, styles=dict.fromkeys(self.styles, known[0]))

    def name(self, area: str) -> str:
        """The area's label, cut where it is long, as text for Plotly."""
        return escape(shorten(self.names[area], self.room.name_ems))

    def marked_name(self, area: str) -> str:
        """The area's marker in its colour, and its name."""
        style = self.style(area)
        return f'<span style="color:{style.color}">{style.glyph}</span> {self.name(area)}'


def escape(string: str) -> str:
    """Text for Plotly, which would read <b> and <a href> as markup; line breaks stay."""
    plain = string.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("\n", "<br>")


def pixels(text: str, size: int = SIZE) -> float:
    """How wide a text is: its widest line."""
    return max(map(ems, text.split("\n"))) * size


def empty(
    height: float,
    left: int,
    palette: Palette,
    bottom: int = 8,
    right: int = 8,
    *,
    room: Room = WIDE,
) -> Drawing:
    """A figure without axes' furniture, in the colours of the paper."""
    transparent = "rgba(0,0,0,0)"
    axis = {"visible": False, "fixedrange": True, "automargin": True, "zerolinewidth": 2}
    return Drawing(
        {
            "height": int(height),
            "margin": {"l": left, "r": right, "t": 8, "b": bottom, "autoexpand": False},
            "font": {"family": FONT, "size": room.size, "color": palette.ink},
            "paper_bgcolor": palette.paper,
            "plot_bgcolor": palette.paper,
            "showlegend": False,
            "dragmode": False,
            "clickmode": "event+select",
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": palette.paper, "bordercolor": palette.faint, "align": "left",
                           "font": {"family": FONT, "size": room.size - 2, "color": palette.ink}},
            "modebar": {"orientation": "h", "color": palette.muted, "activecolor": palette.ink,
                        "bgcolor": transparent},
            "xaxis": dict(axis),
            "yaxis": dict(axis),
        }
    )  # fmt: skip


def start_of(values: Iterable[float], unit: str) -> float:
    """Where a value axis of dots or lines starts: 0 but for percentages that lie close together.

    Those start at the tens below the lowest, where that is above 50; a chart says so beside it.
    """
    lowest = min(values, default=0.0)
    if unit != "%" or lowest <= 50:
        return 0.0
    return min(90.0, (lowest - 1) // 10 * 10)


def value_axis(setting: Setting) -> dict[str, object]:
    """How an axis of values with its grid looks."""
    return {
        "visible": True, "gridcolor": setting.palette.faint, "fixedrange": True, "nticks": 5,
        "tickformat": ",", "zeroline": False,
        "tickfont": {"size": setting.room.small, "color": setting.palette.muted},
    }  # fmt: skip


def ticks_of(years: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many years of an axis at equal distances, the last one always among them."""
    if not years:
        return ()
    first, last = years[0], years[-1]
    step = math.ceil((last - first + 1) / max(1, most))
    return tuple(range(last, first - 1, -step))[::-1]


def note(figure: Drawing, text: str, setting: Setting) -> None:
    """A line of small print above the plot, left of the toolbar, for which the plot makes room."""
    grown = NOTE - figure.layout["margin"]["t"]
    if grown > 0:
        figure.grow(grown, t=grown)
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", xshift=-TOOLBAR, y=1, yref="paper", yanchor="bottom",
        yshift=6, showarrow=False, text=escape(text),
        font={"size": setting.room.small - 1, "color": setting.palette.muted},
    )  # fmt: skip
