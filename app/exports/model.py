"""What a page offers for download (Export), and what a file is to hold (Scope)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.comparison import Comparison, at_latest, compare, yearly_years
from app.data import Area, Table
from app.selection import LATEST, Selection
from app.sources import Library
from app.text import Text
from etl.catalogue import Indicator


@dataclass(frozen=True, slots=True)
class Export:
    """One file on offer.

    `key` is its format (csv, xlsx, …), unique on a page; `label` the words on the button; `note`
    says in a line what is in the file, or what it leaves out. `make` gives the bytes: it runs in
    a thread without a Streamlit session when the button is clicked, and raises InputError where
    the file can't be made. `problem` says why there can't be one before anybody clicks: the button
    is then disabled and the reason stands beside it. `long` says that making may take many seconds.
    """

    key: str
    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]
    note: str = ""
    problem: str = ""
    long: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What a file is to hold: areas, years and body of the selection, and the indicators (ids).

    Files of rows (CSV, SDMX-CSV, the package) also follow the rest: `with_missing` adds a row for
    each missing combination, `with_kept` figures that charts do not use (备查), `with_candidates`
    what is seen and counted nowhere (待核); `query` keeps the rows with these words; `everything`
    takes the whole table whatever is selected, kept figures included.

    `template` is a PPTX file of the user's own that a deck is to look like.
    """

    table: Table
    library: Library
    selection: Selection
    indicators: tuple[str, ...]
    words: Text
    with_missing: bool = True
    with_kept: bool = False
    with_candidates: bool = False
    query: str = ""
    everything: bool = False
    template: bytes | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """Equal for two scopes that hold the same: a key for what is made from them."""
        chosen = self.selection
        return (
            self.table.digest, chosen.areas, chosen.first, chosen.last, chosen.body,
            self.indicators, self.words.language, self.with_missing, self.with_kept,
            self.with_candidates, self.query, self.everything,
        )  # fmt: skip

    @property
    def areas(self) -> tuple[Area, ...]:
        """The chosen areas, in order."""
        return tuple(self.table.areas[code] for code in self.selection.areas)

    @property
    def described(self) -> tuple[Indicator, ...]:
        """The indicators' entries in the catalogue."""
        return tuple(self.table.indicators[i] for i in self.indicators)

    def comparisons(self) -> list[Comparison]:
        """One comparison an indicator, all over the same years: those that say something of any."""
        figures = [
            figure
            for indicator in self.indicators
            for figure in self.table.figures(self.selection.body, indicator, self.selection.areas)
            if figure.preferred
        ]
        years = yearly_years(self.table, self.selection, figures)
        return [compare(self.table, self.selection, i, years) for i in self.indicators]

    def shown(self) -> list[Comparison]:
        """The comparisons as the selection shows them: each area's latest where that is chosen."""
        found = self.comparisons()
        return [at_latest(c) for c in found] if self.selection.at == LATEST else found
