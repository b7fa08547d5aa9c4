"""Slides → one HTML file for a USB stick: the 演示 of the selection, without any request outside."""

from app.exports import names
from app.exports.model import Export, Scope
from app.exports.planned import planned
from app.present import offline
from app.present.screen import for_screen

MIME = "text/html"


def offer(scope: Scope) -> Export:
    """The slides of the scope's indicators, as the selection's plan picks and titles them."""
    words = scope.words

    def make() -> bytes:
        shown = for_screen(planned(scope), scope.table, words)
        return offline.page(shown, words("app.title"))

    return Export(
        key="html",
        label=words("present.offline"),
        file_name=names.of_scope(scope, "html", words("present.file")),
        mime=MIME,
        make=make,
        note=words("present.offline_note"),
    )
