"""What every page is given: the data, the selection and the words."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.data import Table
from app.markup import Node, Ready
from app.selection import Selection
from app.sources import Library
from app.text import Text
from app.theme import LIGHT, Palette, Style, styles

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Context:
    """Data, selection, words and colours of one run; `pages` has each st.Page by its name.

    `window` is that of a "phone", a "desk" or a "projector". `choices` is the selection without what
    lies on the page for a moment: a figure, words, parts of lists.
    """

    table: Table
    library: Library
    selection: Selection
    words: Text
    pages: dict[str, Any] = field(default_factory=dict)
    palette: Palette = LIGHT
    window: str = "desk"
    choices: Selection = field(init=False)

    def __post_init__(self) -> None:
        kept = replace(self.selection, fact="", open="", document="", find="", seek="", words="",
                       page="", slides="")  # fmt: skip
        object.__setattr__(self, "choices", kept)

    @property
    def styles(self) -> Mapping[str, Style]:
        """The chosen areas in order, each with its style."""
        return styles(self.selection.areas, self.table.areas, self.palette)

    def style(self, area: str) -> Style:
        """The style of any area, chosen or not."""
        return styles([*self.selection.areas, area], self.table.areas, self.palette)[area]

    def remembered(self, name: str, make: Callable[[], T], *more: Hashable) -> T:
        """What `make` makes, made once for all sessions.

        It depends on the table, the chosen areas, years and body, the words and the colours; what
        else it depends on (the library of documents, too) is named by `more`.
        """
        chosen = self.selection
        key = (name, chosen.areas, chosen.first, chosen.last, chosen.body,
               self.words.language, self.palette.name, *more)  # fmt: skip
        return self.table.memory.of(key, make)

    def tree(self, name: str, make: Callable[[], Node], *more: Hashable) -> Ready:
        """A tree, remembered as it is shown."""
        return self.remembered(name, lambda: make().ready, *more)

    def document_text(self, name: str) -> str | None:
        """The text of a document, or None where it is no longer in the folder."""
        return self.library.read(name).text if name in self.library.paths else None
