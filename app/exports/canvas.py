"""A sheet of paper in pixels, from the upper left corner: text, bars, marks → PNG, SVG or PDF.

Matplotlib draws, because it needs neither a browser nor the network. Text is plain text: no markup,
no formulas, no control characters. In SVG it becomes outlines, so that it looks the same on a
machine without our typefaces; in PDF the typefaces are embedded and the text can be searched.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from app.exports import fonts
from app.exports.cells import plain
from app.theme import LIGHT

PNG, SVG, PDF = "png", "svg", "pdf"
# Pixels of a PNG to one of the sheet: sharp on paper and on a projector.
SCALE = 3
_DPI = 72
_HATCH = "////"
_PALE = 0.45
_BREAKS = re.compile(r"[\t\r\n]+")
# Plotly's names of the markers → matplotlib's.
_MARKERS = {
    "circle": "o", "square": "s", "diamond": "D", "triangle-up": "^", "triangle-down": "v",
    "star": "*", "pentagon": "p", "hexagon": "h",
}  # fmt: skip
_LARGER = {"*": 1.45, "^": 1.1, "v": 1.1, "p": 1.1, "h": 1.1, "s": 0.9, "D": 0.85}
# Matplotlib shares its caches between threads and promises nothing for several at a time.
_ONE_AT_A_TIME = Lock()
# Names in an SVG follow from this and its content: the same picture is the same file.
matplotlib.rcParams["svg.hashsalt"] = "lvzhi"


class Sheet:
    """A white sheet of `width` by `height` pixels. Raises InputError without a Chinese typeface."""

    def __init__(self, width: float, height: float) -> None:
        fonts.chinese()
        self.width, self.height = width, height
        self._figure = Figure((width / _DPI, height / _DPI), dpi=_DPI, facecolor=LIGHT.paper)
        FigureCanvasAgg(self._figure)
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        color: str = LIGHT.ink,
        bold: bool = False,
        align: str = "left",
        halo: bool = False,
    ) -> None:
        """One line of text, its middle at height `y`; `halo` keeps it legible over lines."""
        if not (shown := fonts.covered(plain(_BREAKS.sub(" ", text)))):
            return
        box: dict[str, Any] | None = None
        if halo:
            box = {"facecolor": LIGHT.paper, "edgecolor": "none", "alpha": 0.75, "pad": 0.5}
        self._axes.text(
            x, y, shown, color=color, fontproperties=fonts.bold(bold), fontsize=size,
            ha=align, va="center_baseline", parse_math=False, bbox=box, zorder=5,
        )  # fmt: skip

    def bar(self, x: float, y: float, width: float, height: float, color: str, exact: bool) -> None:
        """A bar; hatched where its figure is not exact."""
        self._axes.add_patch(
            Rectangle(
                (x, y),
                width,
                height,
                edgecolor=color,
                linewidth=1.5,
                zorder=2,
                facecolor=color if exact else LIGHT.paper,
                hatch=None if exact else _HATCH,
            )
        )

    def ground(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A field of colour beneath everything."""
        self._axes.add_patch(
            Rectangle((x, y), width, height, facecolor=color, linewidth=0, zorder=0)
        )

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        color: str,
        width: float = 1.0,
        pale: bool = False,
    ) -> None:
        """A line through the points."""
        self._axes.add_line(
            Line2D(
                xs,
                ys,
                color=color,
                linewidth=width,
                zorder=3 if width > 1 else 1,
                alpha=_PALE if pale else None,
                solid_capstyle="round",
            )
        )

    def dots(self, xs: Sequence[float], ys: Sequence[float], size: float) -> None:
        """Grey dots behind everything that has a name."""
        self._axes.add_line(
            Line2D(
                xs,
                ys,
                linestyle="none",
                marker="o",
                markersize=size,
                markeredgewidth=0,
                color=LIGHT.dim,
                alpha=_PALE,
                zorder=1,
            )
        )

    def mark(
        self, x: float, y: float, symbol: str, size: float, color: str, exact: bool = True
    ) -> None:
        """An area's marker (Plotly's name of it); hollow where its figure is not exact."""
        marker = _MARKERS[symbol]
        self._axes.add_line(
            Line2D(
                [x],
                [y],
                linestyle="none",
                marker=marker,
                markersize=size * _LARGER.get(marker, 1),
                markerfacecolor=color if exact else LIGHT.paper,
                markeredgecolor=color,
                markeredgewidth=2,
                zorder=4,
            )
        )

    def encode(self, kind: str, title: str, about: str = "") -> bytes:
        """The sheet as PNG at SCALE, SVG or PDF, with its title and description inside."""
        return encode([self], kind, title, about)


def encode(sheets: Sequence[Sheet], kind: str, title: str, about: str = "") -> bytes:
    """The sheets as one file: PDF takes any number, one a page; PNG and SVG take one."""
    out = BytesIO()
    title, about = plain(title), plain(about)
    with _ONE_AT_A_TIME:
        if kind == PDF:
            said = {"Title": title, "Subject": about, "CreationDate": None, "ModDate": None}
            with PdfPages(out, metadata=said) as pages:
                for sheet in sheets:
                    pages.savefig(sheet._figure)
        elif kind == SVG:
            (sheet,) = sheets
            said = {"Title": title, "Description": about, "Date": None}
            sheet._figure.savefig(out, format=kind, metadata=said)
        else:
            (sheet,) = sheets
            said = {"Title": title, "Description": about, "Software": None}
            sheet._figure.savefig(out, format=kind, dpi=_DPI * SCALE, metadata=said)
    return out.getvalue()
