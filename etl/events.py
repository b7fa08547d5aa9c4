"""Years that a text names by what they are the year of: 去年是中国共产党成立一百周年, 十四五开局之年.

Reports to a session often name no year at all; their deputies know which one it is. What an event is
said of (去年是) tells its year best; where no word of a text does, the only event that it names still may.
The words are in data/catalogue/events.toml; the years are those of history, a plan's of the plans themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl import numerals
from etl.patterns import check_keys, compile_any, read_toml

EVENTS = "events.toml"

_YEARS_OF_A_PLAN = 5
_NUMBER = "(?P<n>[0-9]{{2,3}}|[一二三四五六七八九十百零]{{1,5}})"
_ANNIVERSARY = "(?:{words})的?" + _NUMBER + "周年"
_YEARS_AFTER = "(?:{words})的?" + _NUMBER + "年(?=之际)"
_YEARS_SINCE = "(?:{words})的?" + _NUMBER + "年"
_FIRST_OF_PLAN = "(?:{words})”?(?:规划|时期)?[^，。；]{{0,4}}(?:开局|起步|开启)[^，。；]{{0,3}}年"
_LAST_OF_PLAN = "(?:{words})”?(?:规划|时期)?[^，。；]{{0,4}}(?:收官|最后)[^，。；]{{0,3}}年"
_OF_CONGRESS = "(?:{words})”?(?:胜利|隆重)?召开(?:之|的)?[^，。；]{{0,2}}年"
_HELD = "(?:{words})”?(?:胜利|隆重)召开"
_AFTER_CONGRESS = "(?:{words})”?精神[^，。；]{{0,4}}(?:开局|起步|第一)[^，。；]{{0,3}}年"
_JUBILEE = "(?:{words})的?" + _NUMBER + "(?:周年|年)?华诞"
_SESSION = (
    "(?:全国(?:人大|政协|人民代表大会)第?{words}届|{words}届全国(?:人大|政协|人民代表大会))第?"
    "(?P<n>[一二三四五])次"
)
# How far behind 去年是 its event is told.
_FAR = 80


class _Event(NamedTuple):
    """Words of an event and their year; `counts` where they say how many years after it, `tells` where they
    alone tell the year (成立七十周年; in 改革开放四十年来 they don't)."""

    words: re.Pattern[str]
    year: int
    counts: bool = False
    tells: bool = True


@dataclass(frozen=True, slots=True)
class Events:
    """data/catalogue/events.toml, compiled; see the comments there."""

    last_year: re.Pattern[str]
    this_year: re.Pattern[str]
    events: tuple[_Event, ...]

    def last(self, sentence: str) -> int | None:
        """The year that the sentence calls the one before, by its event; None where it says none."""
        return self._year(self.last_year, sentence)

    def this(self, sentence: str) -> int | None:
        """The year that the sentence calls the running one, by its event; None where it says none."""
        return self._year(self.this_year, sentence)

    def named(self, text: str) -> frozenset[int]:
        """The years of all events that a text names, whatever it says of them; 改革开放四十年来 is of no year."""
        years = {
            self._of(event, match)
            for event in self.events
            if event.tells
            for match in event.words.finditer(text)
        }
        return frozenset(year for year in years if year is not None)

    def _year(self, said_of: re.Pattern[str], sentence: str) -> int | None:
        if "是" not in sentence or "年" not in sentence:
            return None
        if (said := said_of.search(sentence)) is None:
            return None
        end = said.end() + _FAR
        for event in self.events:
            if match := event.words.search(sentence, said.end(), end):
                return self._of(event, match)
        return None

    def _of(self, event: _Event, match: re.Match[str]) -> int | None:
        if not event.counts:
            return event.year
        number = numerals.parse(match["n"])
        return event.year + int(number.value) if number else None


def load_events(catalogue: Path) -> Events:
    """Compile the events of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    data = read_toml(catalogue / EVENTS)
    tables = ("anniversaries", "jubilees", "plans", "congresses", "terms")
    check_keys(data, EVENTS, "top level", ["last_year", "this_year", *tables])
    anniversaries, jubilees, plans, congresses, terms = (data[table] for table in tables)
    return Events(
        last_year=_said_of(data["last_year"], "last_year"),
        this_year=_said_of(data["this_year"], "this_year"),
        events=(
            *_events(_ANNIVERSARY, anniversaries, "anniversaries", counts=True),
            *_events(_YEARS_AFTER, anniversaries, "anniversaries", counts=True),
            *_events(_YEARS_SINCE, anniversaries, "anniversaries", counts=True, tells=False),
            *_events(_JUBILEE, jubilees, "jubilees", counts=True),
            *_events(_FIRST_OF_PLAN, plans, "plans"),
            *_events(_LAST_OF_PLAN, plans, "plans", later=_YEARS_OF_A_PLAN - 1),
            *_events(_OF_CONGRESS, congresses, "congresses"),
            *_events(_SESSION, terms, "terms", later=-1, counts=True),
            *_events(_HELD, congresses, "congresses"),
            *_events(_AFTER_CONGRESS, congresses, "congresses", later=1),
        ),
    )


def _said_of(words: list[str], key: str) -> re.Pattern[str]:
    """去年是, 去年，是."""
    return compile_any([f"(?:{word})[^。；是]{{0,8}}是" for word in words], EVENTS, key, "")


def _events(
    frame: str,
    years: Mapping[str, int],
    table: str,
    *,
    later: int = 0,
    counts: bool = False,
    tells: bool = True,
) -> list[_Event]:
    return [
        _Event(re.compile(frame.format(words=_plain(words, table))), year + later, counts, tells)
        for words, year in years.items()
    ]


def _plain(words: str, table: str) -> str:
    """An expression without groups of its own, checked."""
    return compile_any([words], EVENTS, table, words).pattern
