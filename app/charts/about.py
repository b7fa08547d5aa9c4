"""What stands beside a figure: its words for those who do not see it, its footer, its toolbar."""

from app import evidence, wording
from app import format as fmt
from app.charts.canvas import WIDE, Room, escape
from app.charts.drawing import Drawing
from app.charts.marks import yearly_marks
from app.comparison import Comparison
from app.data import Table
from app.text import Text
from app.theme import LIGHT, Palette
from app.typeset import wrap

FOOTER, LINE = 30, 21
SAID_UP_TO = 60
# In pixels: Chromium and Firefox draw no image that is higher than 32,767.
HIGHEST_IMAGE = 32_000


def with_footer(
    figure: Drawing,
    comparison: Comparison,
    body: str,
    words: Text,
    palette: Palette = LIGHT,
    *,
    room: Room = WIDE,
) -> Drawing:
    """The figure with lines beneath that say what it shows, so that its image stands alone."""
    said = words(
        "chart.footer",
        name=evidence.name_of(comparison.indicator, words),
        unit=unit_of(comparison, body, words),
        body=words(f"body.{body}"),
    )
    size = room.small - 1
    fitting = (room.width - 8) / size
    lines = [line for text in (said, *cautions(comparison, words)) for line in wrap(text, fitting)]
    added = FOOTER + int(LINE * room.scale) * (len(lines) - 1)
    figure.grow(added, b=added)
    margin = figure.layout["margin"]
    figure.add_annotation(
        x=0, xref="paper", xanchor="left", xshift=4 - margin["l"],
        y=0, yref="paper", yanchor="bottom", yshift=-margin["b"],
        text="<br>".join(map(escape, lines)), align="left", showarrow=False,
        font={"size": size, "color": palette.muted},
    )  # fmt: skip
    return figure


def unit_of(comparison: Comparison, body: str, words: Text) -> str:
    """The unit of what is shown: 件, or 件/10万人 where rates are."""
    unit = comparison.indicator.unit
    if comparison.rated:
        return fmt.rate_unit(unit, comparison.measure, body, words)
    return fmt.unit_name(unit, words)


def cautions(comparison: Comparison, words: Text) -> list[str]:
    """What whoever sees the image alone has to know: the denominators, and that 口径 differ."""
    found = []
    if years := comparison.denominator_years:
        said = fmt.years(*years, words)
        found.append(words(f"rate.footer.{comparison.basis}", years=said))
    if comparison.differences or wording.differing(comparison):
        found.append("⚠ " + words("chart.differing"))
    return found


def alternative(table: Table, comparison: Comparison, words: Text) -> str:
    """What the chart shows, in words, for those who do not see it; of many areas, their number."""
    name = evidence.name_of(comparison.indicator, words)
    cells = comparison.cells
    if len(cells) > SAID_UP_TO:
        return words(
            "chart.alt_many",
            name=name,
            areas=len(comparison.areas),
            reported=sum(bool(c.figure and comparison.value(c.figure) is not None) for c in cells),
            all=len(cells),
        )
    marks = yearly_marks(table, comparison, words)
    said = [
        words(
            "chart.alt_item",
            area=table.areas[mark.area].label,
            years=fmt.years(mark.year or 0, mark.year or 0, words),
            value=mark.label or mark.missing[2:].replace("\n", words("list.comma")),
        )
        for mark in marks
    ]
    return words("chart.alt", name=name, items=words("list.semicolon").join(said))


def config(file_name: str, words: Text, height: float = 0.0) -> dict[str, object]:
    """Plotly's settings: a toolbar with one button, in the language of the screen; image at 3×.

    A chart of such a `height` that 3× would be more than a browser can draw has a smaller one.
    """
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
        "toImageButtonOptions": {
            "format": "png",
            "scale": min(3, HIGHEST_IMAGE / max(1.0, height)),
            "filename": file_name,
        },
        "scrollZoom": False,
        "doubleClick": False,
    }
