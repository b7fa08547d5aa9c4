"""Tells news of one event from an account of a year, and why its figures are in doubt.

A newspaper or a website tells of a day at a station (接待选民15名) in the words in which a
report tells of a year. Only words of a span of time make a figure that of a year.
"""

from collections.abc import Sequence

from etl.rules import Rules
from etl.sentences import Sentence

_OPENING = 60
_SHORTEST_TOLD = 20


def is_undated(text: str, rules: Rules) -> bool:
    """A news item (本报讯) without any word of time: the page's year need not be its figures'."""
    return (
        rules.layout.opener.search(text[:80]) is not None
        and rules.periods.any_time.search(text) is None
    )


def told_of_event_until(text: str, sentences: Sequence[Sentence], rules: Rules) -> int:
    """Up to which offset of `text` an article tells of one day and of no longer time; 0 where it doesn't.

    `sentences` are the article's. It does where its first sentence names a day (7月20日,
    近日) and holds no word of a year or a longer span; from such a word on it may look back.
    """
    told = next((s.text for s in sentences if len(s.text) >= _SHORTEST_TOLD and "。" in s.text), "")
    if not told or rules.periods.one_day.search(told[:_OPENING]) is None:
        return 0
    span = rules.periods.longer_time.search(text)
    return span.start() if span else len(text)
