"""The Chinese typefaces of this machine for pictures: which there are, and what they have glyphs for.

A picture must never show boxes, so it is refused where there is no Chinese typeface at all, and a
character that none of them has is drawn as 〓, the printers' sign for a missing sort.
"""

from collections.abc import Iterable
from functools import cache

import matplotlib
from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

from etl.errors import InputError

# Best first: the typefaces of the screen (app.theme.FONT), then what Windows, macOS and Linux have.
FAMILIES = (
    "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC",
    "Source Han Sans CN", "Noto Sans SC", "Hiragino Sans GB", "DengXian", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Heiti SC", "SimSun", "FangSong", "KaiTi",
    "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", "Droid Sans Fallback",
    "AR PL UMing CN",
)  # fmt: skip
MISSING, PLAIN_MISSING = "〓", "?"
_TRUE_TYPE = (1, 0)


@cache
def chinese() -> tuple[str, ...]:
    """The families of FAMILIES that are on this machine, best first.

    Raises InputError where there is none.
    """
    if not (found := _among(_names())):
        # Matplotlib remembers the fonts of its first run: some may have been installed since.
        known = {entry.fname for entry in font_manager.fontManager.ttflist}
        for path in font_manager.findSystemFonts():
            if path not in known:
                _add(path)
        found = _among(_names())
    if not found:
        raise InputError("no_chinese_font", wanted="、".join(FAMILIES[:6]))
    # Outlines of PostScript can't be embedded as Type 42, which is TrueType; Type 3 holds them.
    matplotlib.rcParams["pdf.fonttype"] = 42 if _true_type(found[0]) else 3
    return found


def bold(weight: bool) -> FontProperties:
    """The typefaces, for matplotlib, in regular or bold weight."""
    return FontProperties(family=list(chinese()), weight="bold" if weight else "normal")


def covered(text: str) -> str:
    """The text with 〓 for each character that no typeface of this machine has."""
    known = _characters()
    spare = MISSING if ord(MISSING) in known else PLAIN_MISSING
    return "".join(c if ord(c) in known or c.isspace() else spare for c in text)


@cache
def _characters() -> frozenset[int]:
    found: set[int] = set()
    for family in chinese():
        font = font_manager.get_font(font_manager.findfont(FontProperties(family=[family])))
        found |= font.get_charmap().keys()
    return frozenset(found)


def _names() -> set[str]:
    return {entry.name for entry in font_manager.fontManager.ttflist}


def _among(names: Iterable[str]) -> tuple[str, ...]:
    there = set(names)
    return tuple(family for family in FAMILIES if family in there)


def _add(path: str) -> None:
    try:
        font_manager.fontManager.addfont(path)
    except (OSError, RuntimeError, ValueError):
        return  # A damaged font of the system, or a format that matplotlib does not read.


def _true_type(family: str) -> bool:
    font = font_manager.get_font(font_manager.findfont(FontProperties(family=[family])))
    table = font.get_sfnt_table("maxp")
    return table is not None and tuple(table["version"]) == _TRUE_TYPE
