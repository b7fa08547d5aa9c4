"""The records that travel through the pipeline, and the code lists that they use.

All of them are frozen. Offsets are half-open. Offsets into a *document* count
characters of the decoded file as received; offsets into a *page* count
characters of the repaired text (see etl.layout), which drops white space and
never adds a character.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha1
from typing import NamedTuple


class Body(StrEnum):
    """Who reports: a people's congress (人大), a CPPCC committee (政协), or somebody else."""

    NPC = "npc"
    CPPCC = "cppcc"
    OTHER = "other"


class AreaLevel(StrEnum):
    """Administrative level of a reference area, as GB/T 2260 orders them."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class Kind(StrEnum):
    """How an indicator behaves over time: only flows may be added up over years."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Qualifier(StrEnum):
    """How exactly the report states a figure."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


class Status(StrEnum):
    """Observation status: done, planned for next year, or running since the term began."""

    ACTUAL = "actual"
    PLANNED = "planned"
    CUMULATIVE = "cumulative"


class Method(StrEnum):
    """How the value came out of the text."""

    STATED = "stated"
    COUNTED = "counted"
    SUMMED = "summed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Document:
    """One report as received.

    `text` is the decoded file, character for character; `name` the file name;
    the other fields come from documents.toml and are empty without it.
    """

    name: str
    text: str
    encoding: str
    sha256: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    citation: str = ""


class Quantity(NamedTuple):
    """A figure found in a text, with its measure word.

    `start` and `end` enclose the numeral, the words of approximation around it
    and the measure word (近400余件以上). `value` is multiplied out: 2.8万 is
    28000, 百分之九十六 is 96 with unit "%". `upper` is the upper end of a range
    (60至70件: value 60, upper 70), else None. `unit` is the measure word in its
    normal form ("" where there is none), `unit_text` as written.
    `chinese` tells a numeral in characters (两部) from one in digits.
    """

    start: int
    end: int
    value: float
    unit: str
    unit_text: str
    qualifier: Qualifier
    chinese: bool = False
    upper: float | None = None


class Fact(NamedTuple):
    """A figure with its meaning and the way back to its words.

    `start`..`end` is the span of `sentence` in the document and
    `figure_start`..`figure_end` that of `figure`, both as received. `rule`
    names what found it, `evidence` says why in words, `score` how well it fits
    (see etl.binding). `trusted` is False for a candidate: seen, but not to be
    shown as a fact before a person has accepted it; `doubt` says why. `rivals`
    are the other readings of the figure that lost, for explain.
    """

    document: str
    article: str
    area: str
    area_code: str
    area_level: AreaLevel
    body: Body
    indicator: str
    year_start: int
    year_end: int
    value: float
    unit: str
    unit_text: str
    qualifier: Qualifier
    status: Status
    method: Method
    sentence: str
    start: int
    end: int
    figure: str
    figure_start: int
    figure_end: int
    rule: str
    evidence: tuple[str, ...]
    score: float
    trusted: bool = True
    doubt: str = ""
    rivals: tuple[str, ...] = ()
    published: date | None = None

    @property
    def fact_id(self) -> str:
        """Stable over re-runs while document, span, indicator and period stay.

        It begins with a letter: spreadsheets read 3541e9730617 as a number, and lose the id.
        """
        key = (
            f"{self.document}|{self.figure_start}-{self.figure_end}|{self.indicator}"
            f"|{self.body}|{self.area_code or self.area}|{self.year_start}-{self.year_end}|{self.status}"
        )
        return "f" + sha1(key.encode("utf-8"), usedforsecurity=False).hexdigest()[:11]


@dataclass(frozen=True, slots=True)
class Report:
    """A report found in a document, whether or not it holds figures."""

    document: str
    article: str
    area: str
    area_code: str
    area_level: AreaLevel
    body: Body
    year_start: int
    year_end: int
    published: date | None
    facts: int
