"""A scope's slides for a file, as the plan of 演示 picks, orders and titles them."""

from app.exports.model import Scope
from app.slides import Kind, Slide, deck, plan


def planned(scope: Scope) -> tuple[Slide, ...]:
    """The slides of the scope as planned; all of them where the plan is one for other indicators.

    As on the page, planned slides that are no longer there are passed over.
    """
    slides = deck(scope.table, scope.library, scope.selection, scope.words, scope.indicators)
    wanted = plan.parse(scope.selection.slides)
    picked = wanted.apply(slides)
    suits = any(slide.kind is Kind.INDICATOR for slide in picked)
    return picked if suits or not wanted.unknown(slides) else slides
