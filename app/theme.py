"""Fixed, accessible colours: a palette for light and for dark paper, and a style for each area.

The first three colours on light paper are Okabe and Ito's with at least 3:1 against white; the
others were chosen to keep that contrast and to stay apart for colour-blind readers together with
their marker. On dark paper each area keeps its hue and its marker. Text has at least 4.5:1 and marks
at least 3:1 on every ground of their palette (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Style:
    """How an area is drawn: `symbol` is Plotly's name of the marker, `glyph` the same in text."""

    color: str
    symbol: str
    glyph: str

    def mark(self, exact: bool) -> str:
        """Plotly's name of the marker: filled for an exact figure, open for ≥, ≤ and 约."""
        return self.symbol if exact else f"{self.symbol}-open"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one paper, as #RRGGBB.

    Grounds: `paper`, `lane` (where missing figures stand), `highlight` (the chosen mark). Text:
    `ink`, `muted`, `accent` (links). Lines: `faint` (rules, grid; decoration only). `dim` draws the
    areas that are out of focus. `areas` are the colours of STYLES, in its order.
    """

    name: str
    paper: str
    lane: str
    highlight: str
    ink: str
    muted: str
    faint: str
    accent: str
    dim: str
    areas: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """True for dark paper."""
        return self.name == "dark"


_PALE = 0.45
_MARKERS = (
    ("circle", "●"),
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("triangle-down", "▼"),
    ("star", "★"),
    ("pentagon", "⬟"),
    ("hexagon", "⬢"),
)

LIGHT = Palette(
    name="light",
    paper="#FFFFFF",
    lane="#F1F4F7",
    highlight="#FFF3C4",
    ink="#1B2733",
    muted="#52606D",
    faint="#D5DCE3",
    accent="#0B4F8A",
    dim="#7C8894",
    areas=("#0072B2", "#D55E00", "#009E73", "#8E4585", "#6B5B00", "#B0305C", "#4B5563", "#3B3FA0"),
)
DARK = Palette(
    name="dark",
    paper="#12181F",
    lane="#1D2630",
    highlight="#4A3D0C",
    ink="#E9EEF3",
    muted="#B3BECA",
    faint="#3A4653",
    accent="#86BEEF",
    dim="#8793A0",
    areas=("#4FA9E2", "#F2833F", "#2FBF93", "#CF93C8", "#C9AE3C", "#F08BAB", "#B4BDC8", "#A3A7F5"),
)
PALETTES: Mapping[str, Palette] = {palette.name: palette for palette in (LIGHT, DARK)}


def palette_of(name: str | None) -> Palette:
    """The palette called "light" or "dark"; LIGHT for anything else."""
    return PALETTES.get(name or "", LIGHT)


def pale(color: str) -> str:
    """The colour mixed with white paper: the earlier of two years."""
    parts = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * _PALE):02X}" for part in parts)


def styles_of(palette: Palette) -> tuple[Style, ...]:
    """The styles that areas can have on this paper."""
    return tuple(
        Style(color, symbol, glyph)
        for color, (symbol, glyph) in zip(palette.areas, _MARKERS, strict=True)
    )


def styles(
    chosen: Iterable[str], everyone: Iterable[str], palette: Palette = LIGHT
) -> Mapping[str, Style]:
    """Area code → style.

    An area's style follows its place among `everyone` (all areas of the table), so that it stays
    while the selection changes. Where two chosen areas meet, the later one takes the next free
    style; with more areas than styles, styles repeat.
    """
    available = styles_of(palette)
    place = {code: position for position, code in enumerate(everyone)}
    taken: dict[str, int] = {}
    used: set[int] = set()
    chosen = list(dict.fromkeys(chosen))
    for code in sorted(chosen, key=lambda c: place.get(c, 0)):
        wanted = place.get(code, 0) % len(available)
        free = [(wanted + step) % len(available) for step in range(len(available))]
        taken[code] = next((slot for slot in free if slot not in used), wanted)
        used.add(taken[code])
    return {code: available[taken[code]] for code in chosen}
