"""A fixed, accessible colour and marker for each area, and the inks of the page.

The first three colours are Okabe and Ito's with at least 3:1 against white; the others were chosen
to keep that contrast and to stay apart for colour-blind readers together with their marker.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

INK = "#1B2733"
MUTED = "#52606D"
FAINT = "#D5DCE3"
LANE = "#F1F4F7"
ACCENT = "#0B4F8A"
HIGHLIGHT = "#FFF3C4"
FONT = "'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Style:
    """How an area is drawn: `symbol` is Plotly's name of the marker, `glyph` the same in text."""

    color: str
    symbol: str
    glyph: str


STYLES = (
    Style("#0072B2", "circle", "●"),
    Style("#D55E00", "square", "■"),
    Style("#009E73", "diamond", "◆"),
    Style("#8E4585", "triangle-up", "▲"),
    Style("#6B5B00", "triangle-down", "▼"),
    Style("#B0305C", "star", "★"),
    Style("#4B5563", "pentagon", "⬟"),
    Style("#3B3FA0", "hexagon", "⬢"),
)


def styles(chosen: Iterable[str], everyone: Iterable[str]) -> Mapping[str, Style]:
    """Area code → style.

    An area's style follows its place among `everyone` (all areas of the table), so that it stays
    while the selection changes. Where two chosen areas meet, the later one takes the next free
    style; with more areas than styles, styles repeat.
    """
    place = {code: position for position, code in enumerate(everyone)}
    taken: dict[str, int] = {}
    chosen = list(dict.fromkeys(chosen))
    for code in sorted(chosen, key=lambda c: place.get(c, 0)):
        wanted = place.get(code, 0) % len(STYLES)
        used = set(taken.values())
        free = [(wanted + step) % len(STYLES) for step in range(len(STYLES))]
        taken[code] = next((slot for slot in free if slot not in used), wanted)
    return {code: STYLES[taken[code]] for code in chosen}
