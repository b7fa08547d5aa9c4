"""What every page is given: the data, the selection and the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.data import Table
from app.selection import Selection
from app.sources import Library
from app.text import Text
from app.theme import Style, styles


@dataclass(frozen=True, slots=True)
class Context:
    """Data, selection and words of one run; `pages` has the st.Page of each page by its name."""

    table: Table
    library: Library
    selection: Selection
    words: Text
    pages: dict[str, Any] = field(default_factory=dict)

    @property
    def styles(self) -> Mapping[str, Style]:
        """The chosen areas in order, each with its style."""
        return styles(self.selection.areas, self.table.areas)

    def style(self, area: str) -> Style:
        """The style of any area, chosen or not."""
        return styles([*self.selection.areas, area], self.table.areas)[area]

    def document_text(self, name: str) -> str | None:
        """The text of a document, or None where it is no longer in the folder."""
        return self.library.read(name).text if name in self.library.paths else None
