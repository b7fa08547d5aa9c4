"""Says which words of a sentence can belong to a figure: its clause, what stands before and after it.

Reports pack several figures into a clause (召开全会1次、常委会5次), put one figure
to two nouns (视察、调研各5次), pair nouns and figures in order (分别为98%和95%), or
name the thing first and count it in a clause of its own (专题询问，全年共两次).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from etl.model import Quantity
from etl.needles import Sieve, Sifted
from etl.syntax import Syntax
from etl.words import RUN, Piece, Segmenter

# Behind a Chinese character, a word goes on with another one or a letter, never with a digit.
_WORD_GOES_ON = re.compile(r"(?<![\u4e00-\u9fff])[A-Za-z0-9+#&._%-]|[\u4e00-\u9fffA-Za-z]")


class Reading(NamedTuple):
    """One way to read a figure: where its clause lies and which words before and after belong to it.

    All offsets count characters of the sentence. `paired` tells that the words
    before it were assigned by 各 or 分别, however far away they stand.
    """

    quantity: Quantity
    clause: tuple[int, int]
    left: tuple[int, int]
    right: tuple[int, int]
    paired: bool = False


class Clauses:
    """The clauses of one sentence, with the words of a stretch segmented when first asked for."""

    def __init__(self, text: str, segmenter: Segmenter, syntax: Syntax) -> None:
        self.text = text
        self.syntax = syntax
        self._segmenter = segmenter
        self._sifted: Sifted | None = None
        self._runs: list[tuple[int, int]] | None = None
        self._pieces: dict[int, list[Piece]] = {}
        edges = [0, *[match.end() for match in syntax.clause_end.finditer(text)], len(text)]
        self.spans = [(a, b) for a, b in pairwise(edges) if a < b]

    def at(self, offset: int) -> tuple[int, int]:
        """The clause that holds the character at `offset`."""
        for start, end in self.spans:
            if start <= offset < end:
                return start, end
        return self.spans[-1]

    def sift(self, sieve: Sieve) -> Sifted:
        """The places of the needles of `sieve`, which is always the same, looked for once."""
        if self._sifted is None:
            self._sifted = sieve.sift(self.text)
        return self._sifted

    def words(self, start: int, end: int) -> list[tuple[int, int]]:
        """The words that have a character in text[start:end], as offsets into the sentence."""
        if self._runs is None:
            self._runs = [match.span() for match in RUN.finditer(self.text)]
        words: list[tuple[int, int]] = []
        for first, last in self._runs:
            if last <= start:
                continue
            words += [(at, at + 1) for at in range(start, min(first, end))]
            if first >= end:
                return words
            words += self._words_of_run(first, last, start, end)
            start = last
        return words + [(at, at + 1) for at in range(start, end)]

    def _words_of_run(self, first: int, last: int, start: int, end: int) -> list[tuple[int, int]]:
        """Those words of the run text[first:last] that have a character in text[start:end]."""
        if first not in self._pieces:
            self._pieces[first] = self._segmenter.pieces(self.text[first:last])
        words: list[tuple[int, int]] = []
        for a, b, unknown in self._pieces[first]:
            a, b = a + first, b + first
            if a >= end:
                break
            if b <= start:
                continue
            if unknown:
                found = self._segmenter.recognised(self.text[a:b])
                words += [(a + c, a + d) for c, d in found if a + c < end and a + d > start]
            else:
                words.append((a, b))
        return words

    def is_inside_word(self, offset: int) -> bool:
        """Whether the segmenter sees a word that begins before `offset` and ends behind it.

        Most nouns end before a mark or a figure, where no word goes on: no need to segment.
        """
        if _WORD_GOES_ON.match(self.text, offset) is None:
            return False
        return any(a < offset < b for a, b in self.words(offset - 1, offset))


def readings(clauses: Clauses, quantities: Sequence[Quantity]) -> list[Reading]:
    """Say for each figure of the sentence which words before and after it can belong to it.

    The words between two figures of a clause go to the first up to a 、 or 和,
    to the second from there on. 视察、调研各5次 gives the figure one reading for
    each noun; 办结率、满意率分别达到98%和95% pairs nouns and figures in order.
    """
    text, syntax = clauses.text, clauses.syntax
    quantities = [q for q in quantities if not (q.chinese and syntax.added_up.match(text, q.end))]
    found: list[Reading] = []
    previous: Reading | None = None
    for position, quantity in enumerate(quantities):
        clause = clauses.at(quantity.start)
        left, left_end = clause[0], quantity.start
        if previous is not None and previous.clause == clause:
            left = previous.quantity.end
            between = text[left : quantity.start]
            if syntax.same_thing.fullmatch(between):
                left = previous.left[0]
            elif syntax.risen_to.match(between):
                left, left_end = previous.left
                if origin := syntax.risen_from.search(text, left, left_end):
                    left_end = origin.start()
            elif syntax.now_all.search(between) and (thing := added(clauses, previous)):
                left, left_end = thing
            elif not _keeps_together(between, syntax) and (
                cut := syntax.second_thing.search(between)
            ):
                anew = syntax.sets_out.search(between, 0, cut.start())
                left += anew.start() if anew else cut.start()
        right = clause[1]
        if quantity.end > right:
            right = quantity.end
        if right < len(text) and text[right - 1] == "，" and syntax.became.match(text, right):
            right = clauses.at(right)[1]
        following = _next(clauses, quantities, position)
        if following is not None and following.start < right:
            right = following.start
            if syntax.label.search(text[quantity.end : right]):
                right = quantity.end
            elif cut := syntax.second_thing.search(text, quantity.end, right):
                right = cut.start()
        if left == clause[0] > 0 and _is_comment(
            text[left : quantity.start], text[quantity.end : right], syntax
        ):
            topic = clauses.at(left - 1)
            if not any(topic[0] <= q.start < topic[1] for q in quantities):
                clause, left = (topic[0], clause[1]), topic[0]
        reading = Reading(quantity, clause, (left, left_end), (quantity.end, right))
        found.append(reading)
        previous = reading
    found = _labels_first(clauses, found)
    if syntax.shares_out.search(text):
        found = _respective(clauses, _distributed(clauses, found))
    return _explained(clauses, _figures_first(clauses, found))


def added(clauses: Clauses, reading: Reading) -> tuple[int, int] | None:
    """Where the thing stands of which the figure says how many there are more: 新建|联络站|18个, 联络站|增设7个."""
    start, end = reading.left
    match = clauses.syntax.added.search(clauses.text, start, end)
    if match is None:
        return None
    return (match.end(), end) if match.end() < end else (start, match.start())


def _next(clauses: Clauses, quantities: Sequence[Quantity], position: int) -> Quantity | None:
    """The figure after that at `position` that counts something, and is no adverb (分9批)."""
    text, syntax = clauses.text, clauses.syntax
    for quantity in quantities[position + 1 :]:
        batches = syntax.batch_measure.fullmatch(quantity.unit)
        if not batches or not syntax.in_batches.search(text, 0, quantity.start):
            return quantity
    return None


def _labels_first(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    """收到意见1.56万条解决问题1.48万个: without a stop between them, each figure closes its label."""
    text, syntax = clauses.text, clauses.syntax
    result = list(found)
    for n, (reading, following) in enumerate(pairwise(found)):
        between = text[reading.quantity.end : following.quantity.start]
        same = reading.clause == following.clause
        opens = n == 0 or found[n - 1].clause != reading.clause
        if same and opens and between and not syntax.second_thing.search(between):
            members = [r for r in found[n:] if r.clause == reading.clause]
            labelled = text[reading.clause[0] : reading.quantity.start].strip("★●■◆①②③④⑤⑥⑦⑧⑨⑩")
            if syntax.no_label.search(labelled):
                continue
            if labelled and members[-1].quantity.end >= reading.clause[1] - 1:
                for at, member in enumerate(members[:-1], n):
                    end = member.quantity.end
                    result[at] = member._replace(right=(end, end))
    return result


def _is_comment(before: str, after: str, syntax: Syntax) -> bool:
    """Whether a clause says only how many (五年共9次; 二十三次), with nothing after the figure."""
    if not before:
        return after in ("", "，", "。", "；")
    return syntax.bare_comment.fullmatch(before) is not None


def _figures_first(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    """4次、10次、20次分别为常委会会议、主席会议、党组会议的次数: nouns behind their figures, in order."""
    text, syntax = clauses.text, clauses.syntax
    if len(found) < 2:
        return found
    result = list(found)
    for last, reading in enumerate(found):
        match = syntax.figures_in_order.match(text, reading.quantity.end)
        if not match:
            continue
        first = last
        while first > 0 and syntax.joint_or_comma.fullmatch(
            text, found[first - 1].quantity.end, found[first].quantity.start
        ):
            first -= 1
        end = clauses.at(match.end() - 1)[1]
        pieces = [piece.span() for piece in syntax.noun.finditer(text, match.end(), end)]
        if first == last or len(pieces) != last - first + 1:
            continue
        for at, piece in enumerate(pieces, first):
            member = found[at]
            result[at] = Reading(member.quantity, (member.clause[0], end), piece, (0, 0), True)
    return result


def _explained(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    """9.6万，是代表接待群众的人次: a clause that is but a figure, told what it counts by the next."""
    text = clauses.text
    result = list(found)
    for at, reading in enumerate(found):
        quantity = reading.quantity
        match = clauses.syntax.explains.match(text, quantity.end)
        if match is None or clauses.at(quantity.start)[0] != quantity.start:
            continue
        clause = clauses.at(match.end())
        if not any(clause[0] <= other.quantity.start < clause[1] for other in found):
            span = (match.end(), clause[1])
            result[at] = Reading(quantity, (quantity.start, clause[1]), span, (0, 0), True)
    return result


def _keeps_together(between: str, syntax: Syntax) -> bool:
    """Whether all words since the last figure belong to this one: a label, 各, 分别."""
    return bool(
        syntax.label.search(between)
        or syntax.for_each.search(between)
        or syntax.nouns_in_order.search(between)
    )


def _distributed(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    text, syntax = clauses.text, clauses.syntax
    result: list[Reading] = []
    for reading in found:
        left, end = reading.left
        match = syntax.for_each.search(text[left:end])
        pieces = syntax.joint.split(text[left : left + match.start()]) if match else []
        if len(pieces) < 2:
            result.append(reading)
            continue
        position = left
        for piece in pieces:
            span = (position, position + len(piece))
            result.append(Reading(reading.quantity, reading.clause, span, reading.right, True))
            position += len(piece) + 1
    return result


def _respective(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    text, syntax = clauses.text, clauses.syntax
    result = list(found)
    for first, reading in enumerate(found):
        left, end = reading.left
        match = syntax.nouns_in_order.search(text, left, end)
        if not match:
            continue
        if not syntax.joint.search(text, left, match.start()) and reading.clause[0] > 0:
            left = text.rfind("，", 0, max(0, left - 1)) + 1
            match = syntax.nouns_in_order.search(text, left, end)
            assert match is not None
        pieces = [
            piece.span() for piece in syntax.between_joints.finditer(text, left, match.start())
        ]
        group = [reading]
        for following in found[first + 1 :]:
            between = text[group[-1].quantity.end : following.quantity.start]
            alike = following.quantity.unit == reading.quantity.unit
            if not syntax.joint_or_comma.fullmatch(between) or (between == "，" and not alike):
                break
            group.append(following)
        if len(group) < 2 or len(pieces) < len(group):
            continue
        for offset, (piece, member) in enumerate(zip(pieces[-len(group) :], group, strict=True)):
            result[first + offset] = Reading(member.quantity, member.clause, piece, (0, 0), True)
    return result
