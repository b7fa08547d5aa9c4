"""What every page is given: the data, the selection and the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.data import Table
from app.selection import Selection
from app.sources import Library
from app.text import Text
from app.theme import LIGHT, Palette, Style, styles


@dataclass(frozen=True, slots=True)
class Context:
    """Data, selection, words and colours of one run; `pages` has each st.Page by its name."""

    table: Table
    library: Library
    selection: Selection
    words: Text
    pages: dict[str, Any] = field(default_factory=dict)
    palette: Palette = LIGHT

    @property
    def styles(self) -> Mapping[str, Style]:
        """The chosen areas in order, each with its style."""
        return styles(self.selection.areas, self.table.areas, self.palette)

    def style(self, area: str) -> Style:
        """The style of any area, chosen or not."""
        return styles([*self.selection.areas, area], self.table.areas, self.palette)[area]

    def document_text(self, name: str) -> str | None:
        """The text of a document, or None where it is no longer in the folder."""
        return self.library.read(name).text if name in self.library.paths else None
