"""All formats that a page offers, in the order of the buttons."""

from collections.abc import Callable
from dataclasses import replace

from app.exports import csv, docx, image, offline, package, pptx, sdmx, xlsx
from app.exports.model import Export, Scope

FORMATS: tuple[Callable[[Scope], Export | None], ...] = (
    xlsx.offer,
    pptx.offer,
    docx.offer,
    image.png,
    image.svg,
    image.pdf,
    csv.offer,
    package.offer,
    sdmx.offer,
    offline.offer,
)
# Beyond so many areas × years × indicators a file may take longer than a person waits unasked.
LONG = 400
# Files of rows hold the whole table where that is asked for; the others always the selection.
_OF_ROWS = (csv.offer, package.offer, sdmx.offer)


def offers(scope: Scope) -> list[Export]:
    """One export a format that suits; empty where the scope holds no area or no indicator."""
    if not scope.areas or not scope.indicators:
        return []
    chosen = scope.selection
    selected = replace(scope, everything=False)
    found = (offer(scope if offer in _OF_ROWS else selected) for offer in FORMATS)
    cells = len(scope.areas) * len(scope.indicators) * (chosen.last - chosen.first + 1)
    return [replace(export, long=cells > LONG) for export in found if export]
