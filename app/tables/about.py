"""What stands behind a comparison: 口径, unit, where its figures come from, what its rates are made with."""

from collections.abc import Iterable

from app import evidence
from app import format as fmt
from app.comparison import Comparison
from app.data import Table
from app.markup import Node, el
from app.sources import Library
from app.text import Text

NAMED_UP_TO = 4


def about(table: Table, comparison: Comparison, library: Library, unit: str, words: Text) -> Node:
    """The description of the comparison; `unit` is that of what is shown.

    Documents and sources are named up to NAMED_UP_TO, more are counted.
    """
    figures = comparison.figures
    rows = [
        (words("about.definition"), comparison.indicator.definition),
        (words("about.unit"), unit),
    ]
    if figures:
        first, last = min(f.year_start for f in figures), max(f.year_end for f in figures)
        count = words("about.count", years=fmt.years(first, last, words), figures=f"{len(figures):,}",
                      areas=len({f.area_code for f in figures}))  # fmt: skip
        documents = [library.title(f.document) for f in figures]
        latest = max(f.published for f in figures)
        rows += [
            (words("about.figures"), count),
            (words("about.documents"), _named(documents, "about.documents_many", words)),
            (words("about.published"), evidence.fmt_date(latest, words)),
            (words("about.denominators"), _denominators(comparison, words)),
        ]
    return el(
        "section",
        evidence.description(rows),
        el("p", words("about.missing"), cls="why"),
        cls="evidence",
        label=words("about.label"),
    )


def _denominators(comparison: Comparison, words: Text) -> str:
    """Who states the numbers that figures are divided by; "" where there is no rate."""
    return _named(
        (rate.denominator.source for rate in comparison.rates.values()),
        "about.sources_many",
        words,
    )


def _named(items: Iterable[str], many: str, words: Text) -> str:
    """The items, each once, where they are few; else their number."""
    found = list(dict.fromkeys(items))
    if len(found) > NAMED_UP_TO:
        return words(many, count=f"{len(found):,}")
    return words("list.semicolon").join(found)
