"""All formats that a page offers, in the order of the buttons."""

from collections.abc import Callable

from app.exports import csv, offline, package, pptx, sdmx, xlsx
from app.exports.model import Export, Scope

FORMATS: tuple[Callable[[Scope], Export], ...] = (
    xlsx.offer,
    pptx.offer,
    csv.offer,
    package.offer,
    sdmx.offer,
    offline.offer,
)


def offers(scope: Scope) -> list[Export]:
    """One export a format; empty where the scope holds no area or no indicator."""
    if not scope.areas or not scope.indicators:
        return []
    return [offer(scope) for offer in FORMATS]
