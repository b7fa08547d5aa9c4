"""One card an area: what it reported."""

from collections.abc import Mapping, Sequence

from app import format as fmt
from app.comparison import Comparison
from app.data import Table
from app.markup import Node, el
from app.states import GLYPHS, State
from app.text import Text
from app.theme import Style

CARD_YEARS = 3


def cards(
    table: Table, comparisons: Sequence[Comparison], styles: Mapping[str, Style], words: Text
) -> Node:
    """One card an area: how many of the overview's indicators it reported, year by year."""
    if not comparisons:
        return el("div")
    years = comparisons[0].years
    found = []
    for area, style in styles.items():
        lines = _summary(comparisons, area, words) if len(years) > CARD_YEARS else []
        for year in years if not lines else ():
            own = [c for cmp in comparisons for c in cmp.cells if (c.area, c.year) == (area, year)]
            reported = sum(c.state is State.REPORTED for c in own)
            if all(c.state is State.NO_DOCUMENT for c in own):
                said = f"{GLYPHS[State.NO_DOCUMENT]} {words('state.no_document')}"
            else:
                said = words("overview.card_share", reported=reported, all=len(own))
            lines.append(el("div", el("dt", fmt.years(year, year, words)), el("dd", said)))
        totals = sum(len([f for f in c.totals if f.area_code == area]) for c in comparisons)
        if totals:
            lines.append(
                el("div", el("dt", words("overview.card_totals")),
                   el("dd", words("overview.card_totals_count", count=totals)))
            )  # fmt: skip
        found.append(
            el(
                "section",
                el(
                    "h3",
                    el("span", style.glyph, cls="glyph", style=style.color, hidden="true"),
                    table.areas[area].label,
                ),
                el("dl", *lines) if lines else el("p", words("overview.card_nothing"), cls="why"),
                style=style.color,
                cls="card",
            )
        )
    return el("div", *found, cls="cards")


def _summary(comparisons: Sequence[Comparison], area: str, words: Text) -> list[Node]:
    own = [c for comparison in comparisons for c in comparison.cells if c.area == area]
    held = {c.year for c in own if c.state is not State.NO_DOCUMENT}
    within = [c for c in own if c.year in held]
    reported = sum(c.state is State.REPORTED for c in within)
    return [
        el("div", el("dt", words("overview.card_years")),
           el("dd", words("overview.card_years_count", all=len({c.year for c in own}),
                          reported=len(held)))),
        el("div", el("dt", words("overview.card_all")),
           el("dd", words("overview.card_all_count", all=len(within), reported=reported))),
    ]  # fmt: skip
