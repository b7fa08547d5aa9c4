"""How many areas' figures are spread, indicator by indicator and year by year, as a table."""

from collections.abc import Mapping, Sequence

from app import evidence
from app import format as fmt
from app.bands import Band
from app.data import Table
from app.markup import Node, el
from app.tables.parts import framed
from app.text import Text


def bands_table(
    table: Table, bands: Mapping[str, Sequence[Band]], years: Sequence[int], words: Text
) -> Node:
    """A row an indicator: each year's middle and middle half, and how many areas reported."""
    head = el(
        "tr",
        el("th", words("column.indicator"), scope="col", cls="name"),
        el("th", words("column.unit"), scope="col", cls="unit"),
        *(el("th", fmt.years(year, year, words), scope="col") for year in years),
    )
    rows = []
    for indicator, own in bands.items():
        described = table.indicators[indicator]
        rows.append(
            el(
                "tr",
                el("th", evidence.name_of(described, words), scope="row", cls="name"),
                el("td", fmt.unit_name(described.unit, words), cls="unit"),
                *(el("td", _said(band, words), cls="value") for band in own),
            )
        )
    return framed(words("multiples.band_caption"), [head], rows, "bands")


def _said(band: Band, words: Text) -> str:
    if band.middle is None or band.low is None or band.high is None:
        return words("multiples.band_few", reported=band.reported)
    return words(
        "multiples.band_cell",
        middle=fmt.number(band.middle),
        low=fmt.number(band.low),
        high=fmt.number(band.high),
        reported=band.reported,
    )
