"""Where the lines of a document break: the column that they fill, and which of them reach its edge.

A column shows in that its lines break off where the next character or number had no more room:
each line is no wider than the column, and with what follows it would have been. Columns are counted
in characters (as programs cut them), with white space or without, or in width, where digits and
Latin letters take half a character (as pages set them).
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from etl.lines import Line, has_leaders, width_of
from etl.page import Role

# All widths are in halves of a Chinese character, so that they are whole numbers.
_WIDEST_COLUMN = 90
_SHORTEST_LENGTH = 20
_FEWEST_WRAPPED = 8
_ALIKE = 0.6
# A column stands out where so many lines that break off bear it out: such a share of all (the others are
# headings and lists), and such a share of those that are about as wide (in a ragged text, few are).
_FEWEST_OF_A_COLUMN = 4
_SHARE_OF_ALL = 0.4
_SHARE_OF_THOSE_ALIKE = 0.75
_ABOUT_AS_WIDE = (0.7, 1.2)
# Where more of a text stands in lines that are so many times as long, it is not broken there.
_BEYOND = 1.3
_MOST_BEYOND = 0.2
# Where no more than one in so many lines breaks off inside a number, numbers are kept whole.
_NUMBERS_WHOLE = 50

_NUMBER = re.compile(r"[0-9０-９][0-9０-９.．,，]*+[%％]?")
_NOT_AT_BEGINNING = "，。、；：！？）》”’％%"
# What begins a line and would not be parted: a number or a character, with the punctuation that
# doesn't begin a line.
_UNPARTED = re.compile(f".[{_NOT_AT_BEGINNING}]*")
_UNPARTED_NUMBER = re.compile(f"(?:{_NUMBER.pattern}|.)[{_NOT_AT_BEGINNING}]*")


class Column(NamedTuple):
    """What a text is broken at: `width` by `measure` (see `lines.Line.lengths`), numbers kept whole or not."""

    width: int
    measure: int
    whole_numbers: bool


class Breaks(NamedTuple):
    """How the lines of a document are broken: `wrapped` if they are at all, `sharp` if at a column that is
    known, `full` for each line whether it reaches the edge."""

    wrapped: bool
    sharp: bool
    full: list[bool]


def breaks(lines: Sequence[Line]) -> Breaks:
    """Find the column that the lines fill, or see that most are as wide as those around them."""
    column = column_of(lines)
    if column is not None:
        full = [line.spaced or _fills(lines, i, column) for i, line in enumerate(lines)]
        return Breaks(wrapped=True, sharp=True, full=full)
    if not _is_wrapped(lines):
        return Breaks(wrapped=False, sharp=False, full=[False] * len(lines))
    full = [line.spaced or _is_as_full_as_others(lines, i) for i, line in enumerate(lines)]
    return Breaks(wrapped=True, sharp=False, full=full)


def column_of(lines: Sequence[Line]) -> Column | None:
    """The column at which the text is broken, None where none stands out."""
    broken = [i for i, line in enumerate(lines) if line.role is Role.BODY and line.is_open]
    inside = sum(
        lines[i].text[-1].isdigit() and lines[i + 1].text[0].isdigit() for i in broken[:-1]
    )
    whole_numbers = inside * _NUMBERS_WHOLE <= len(broken)
    best: tuple[int, Column] | None = None
    follows = [_next(lines, i, whole_numbers) for i in broken]
    for measure in range(3):
        lengths = [
            (lines[i].lengths[measure], ahead[measure])
            for i, ahead in zip(broken, follows, strict=True)
            if lines[i].lengths[measure] >= _SHORTEST_LENGTH
        ]
        fitting: Counter[int] = Counter()
        for (length, ahead), times in Counter(lengths).items():
            for width in range(length, length + ahead):
                fitting[width] += times
        for width, times in fitting.most_common(1):
            least, most = (share * width for share in _ABOUT_AS_WIDE)
            alike = sum(least <= length <= most for length, _ in lengths)
            enough = times >= max(
                _FEWEST_OF_A_COLUMN, _SHARE_OF_ALL * len(lengths), _SHARE_OF_THOSE_ALIKE * alike
            )
            if enough and (best is None or times > best[0]):
                best = times, Column(width, measure, whole_numbers)
    if best is None or best[1].width > _WIDEST_COLUMN:
        return None
    column = best[1]
    text = sum(len(line.text) for line in lines)
    limit = _BEYOND * column.width
    beyond = sum(len(line.text) for line in lines if line.lengths[column.measure] > limit)
    return column if beyond <= _MOST_BEYOND * text else None


def _next(lines: Sequence[Line], i: int, whole_numbers: bool) -> tuple[int, int, int]:
    """How much room what begins the line behind line i would have taken in line i, by each measure."""
    if i + 1 == len(lines):
        return 2, 2, 2
    unparted = (_UNPARTED_NUMBER if whole_numbers else _UNPARTED).match(lines[i + 1].text)
    kept = unparted.group() if unparted else ""
    return 2 * len(kept), 2 * len(kept), round(2 * width_of(kept))


def _fills(lines: Sequence[Line], i: int, column: Column) -> bool:
    """Whether line i has no room for what begins the next; a character's room may have been left."""
    room = column.width - lines[i].lengths[column.measure]
    return room <= max(2, _next(lines, i, column.whole_numbers)[column.measure] - 1)


def _is_as_full_as_others(lines: Sequence[Line], i: int) -> bool:
    """Whether line i is as wide as the lines around it, or had no room for the number that begins the next."""
    width = _median([line.width for line in lines[max(0, i - 4) : i + 5]])
    number = _NUMBER.match(lines[i + 1].text) if i + 1 < len(lines) else None
    taken = lines[i].width + (width_of(number.group()) if number else 0)
    return taken >= min(0.82 * width, width - 2.5)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether the document as a whole is wrapped: most lines are as wide as those around them.

    The lines of a list are short, too, and end in mid-air, but no two are alike.
    """
    body = [
        line
        for line in lines
        if line.role is Role.BODY and line.width > 5 and not has_leaders(line)
    ]
    if len(body) < _FEWEST_WRAPPED:
        return False
    if sum(line.is_open for line in body) < 0.5 * len(body):
        return False
    widths = [line.width for line in body]
    alike = 0
    for i, width in enumerate(widths):
        column = _median(widths[max(0, i - 4) : i + 5])
        alike += abs(width - column) <= 0.2 * column
    return 2 * _median(widths) <= _WIDEST_COLUMN and alike >= _ALIKE * len(body)


def _median(widths: list[float]) -> float:
    """As statistics.median, in a third of the time: it is asked for each line."""
    ordered, middle = sorted(widths), len(widths) // 2
    return ordered[middle] if len(widths) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
