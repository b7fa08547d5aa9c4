"""One slide and its parts. All text is plain text in the language of the deck."""

from dataclasses import dataclass
from enum import StrEnum

from app.comparison import Comparison
from app.scene import Chart
from app.states import State


class Kind(StrEnum):
    """What a slide is for."""

    TITLE = "title"
    INDICATOR = "indicator"
    COVERAGE = "coverage"
    SOURCES = "sources"


@dataclass(frozen=True, slots=True)
class Source:
    """One document that figures of the deck stand in; `number` is the one that footnotes name.

    `short` fits a footnote (who published it, when); `full` is the whole reference.
    """

    number: int
    document: str
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence behind one figure, its words marked by the half-open span `mark` if found.

    `key` is the figure's id, `said` names it (平顶山市2023年168人次); `note` is what has to be
    checked, if anything.
    """

    key: str
    area: str
    said: str
    sentence: str
    mark: tuple[int, int] | None
    source: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a table: its text, state, and the key of the figure or missing cell ("": none)."""

    text: str
    state: State | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `groups` spans columns with a heading each (label, number of columns), or is empty.

    Each row is its heading and its cells, one a column; `areas` is the area code of each row or,
    where rows are indicators, of each group ("" where there is none).
    """

    corner: str
    groups: tuple[tuple[str, int], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]
    areas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slide:
    """One message.

    `id` is stable: title, coverage, sources (coverage-2 …), an indicator's id, and with -totals,
    -plans or -table behind it. `headline` is a sentence that is true; `subtitle` names indicator,
    unit, years and body. `comparison` is what the chart shows (its areas and years only), `scope`
    which part of it: yearly, totals or plans. `missing` names who did not report. `left_out` says
    what had no room and by which rule. `lines` is the text of title and sources slides.
    """

    id: str
    kind: Kind
    headline: str
    subtitle: str = ""
    comparison: Comparison | None = None
    scope: str = "yearly"
    chart: Chart | None = None
    grid: Grid | None = None
    lines: tuple[str, ...] = ()
    missing: str = ""
    definition: str = ""
    footnotes: tuple[str, ...] = ()
    left_out: str = ""
    sources: tuple[Source, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """The footnotes without the one that names the sources."""
        return self.footnotes[:-1] if self.sources else self.footnotes
