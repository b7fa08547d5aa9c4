"""The chart of one indicator as PNG, SVG or PDF; several indicators as a PDF of a page each."""

from dataclasses import replace

from app.exports import names, steps
from app.exports.model import Export, Scope
from app.scene import Room
from app.slides import Slide, by_indicator, deck

# A picture is as high as its rows need.
ROOM = Room(areas=8, years=10, rows=40)
PNG, SVG, PDF = "png", "svg", "pdf"
MIMES = {PNG: "image/png", SVG: "image/svg+xml", PDF: "application/pdf"}


def png(scope: Scope) -> Export | None:
    """The picture in pixels; None for several indicators."""
    return _offer(scope, PNG) if len(scope.indicators) == 1 else None


def svg(scope: Scope) -> Export | None:
    """The picture in outlines, sharp in any size; None for several indicators."""
    return _offer(scope, SVG) if len(scope.indicators) == 1 else None


def pdf(scope: Scope) -> Export:
    """The picture to print; with several indicators, a page each."""
    return _offer(scope, PDF)


def encode(scope: Scope, kind: str) -> bytes:
    """The file. Raises InputError where the machine has no Chinese typeface."""
    # Matplotlib takes a second to be loaded: not before a picture is asked for.
    from app.exports import canvas, picture

    groups = pictured(scope)
    sheets = [
        picture.sheet(slides, scope.words, scope.table.digest) for slides in steps.counted(groups)
    ]
    about = picture.described(groups[0])
    return canvas.encode(sheets, kind, groups[0][0].headline, about)


def pictured(scope: Scope) -> list[tuple[Slide, ...]]:
    """The slides of each indicator with a chart, or that say why it has none."""
    words = scope.words
    slides = deck(
        scope.table, scope.library, scope.selection, words, scope.indicators, room=ROOM
    )  # fmt: skip
    groups = list(by_indicator(slides, words).values())
    if len(groups) > 1 and slides[0].left_out:
        first, *others = groups[-1]
        groups[-1] = (replace(first, left_out=first.left_out + slides[0].left_out), *others)
    return groups


def _offer(scope: Scope, kind: str) -> Export:
    words = scope.words
    return Export(
        key=kind,
        label=words(f"report.{kind}_many" if len(scope.indicators) > 1 else f"report.{kind}"),
        file_name=names.of_scope(scope, kind),
        mime=MIMES[kind],
        make=lambda: encode(scope, kind),
        note=words(f"report.{kind}_note"),
    )
