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
from etl.words import RUN, Segmenter

LABEL = re.compile(r"：(?:约|近|超过?|共|计|逾|达)?$")
_CLAUSE_END = re.compile(
    r"[，；。！？]|：(?!(?:约|近|超过?|共|计|逾|达)?[0-9])|——(?![0-9])|（(?![^（）]{1,8}）)|(?<=[^（]{9})）|…++(?![0-9])"
)
# A clause that says no more than how many; what was counted stands in the clause before it.
# Longer words first, and no way back (++): 共计共计共计… can be read in 2ⁿ ways.
_BARE_COMMENT = re.compile(
    r"(?:全年|本年度|今年|去年|一年(?:来|间|中|当中|下来|里)?|[二三四五]年|年内|年末|年底|至年[末底]|目前|现|累计|共计?|总共|总计|合计|先后|前后|已经?|达到?了?"
    r"|有|计|为|是|数量|总数|仅|就|审查完毕|分别|各|开展|开了?|召开|举行|办理|进行|的|了|和|约|近|超过?|突破|听取|审议|审查|备案|收集|征集|接待|走访|组织|完成|作出|办结|督办|受理|收到|在聘|入库)++"
)
# Behind a Chinese character, a word goes on with another one or a letter, never with a digit.
_WORD_GOES_ON = re.compile(r"(?<![\u4e00-\u9fff])[A-Za-z0-9+#&._%-]|[\u4e00-\u9fffA-Za-z]")
# After the figure of before: 由12个增加到18个; and what stood before that figure: 由年初的.
_RISEN_TO = re.compile(
    r"^(?:增加|增长|提高|上升|发展|扩大|扩展|扩容|扩充|壮大|提升|跃升|减少|压缩|下降|升|增|扩|减|降|上涨|拓展|调整)(?:到|至|为)了?[^，。；]{0,6}$"
)
_RISEN_FROM = re.compile(r"(?:由|从)[^，。；由从]{0,8}$")
# How a clause begins that says what became of the figure before it: 9件建议，列为重点督办件.
_BECAME = re.compile(
    r"(?:列[为入]|作为|纳入|确定为|由)[^，。；]{0,16}(?:督办|盯着?办|领办)"
    r"|(?:得到|获得?|被)[^，。；]{2,16}(?:推广|转发|推介|肯定)"
)
# An adverb with a figure: 62名同志分9批宣誓.
_IN_BATCHES = re.compile(r"分(?:作|成|为)?$")
_BATCHES = frozenset({"批", "批次", "次", "期", "场", "组", "路"})
# Verbs that begin a thing of their own: 93部法规开展检查、视察、调研206次.
_SETS_OUT = re.compile(r"(?:开展|组织|进行|举行|召开|举办)(?!的)")
# A thing of which there are more now, and the words before the figure of all: 新建联络站18个，累计达到172个.
ADDED = re.compile(r"(?:新(?:建成?|设立?|增设?|挂牌|确定|成立|聘任?)|增设|增建)了?")
NOW_ALL = re.compile(
    r"(?:总数|总量|累计|增至|增加到|达到?|共有|已有|现有|合计)(?:达到?|已达|为|有|至)?了?$"
)
# Behind a figure: it counts the kinds that are added up (检查、视察、调研三项合计三十二次).
_KINDS = re.compile(r"合计|共计|加起来|相加|合起来")
# How words end that are no label: what is counted comes behind (提出的52件建议, 邀请96名代表列席会议8次).
_NO_LABEL = re.compile(
    r"(?:的|了|对|由|把|将|就|为|有|共|已|全[市县区州旗]|邀请|组织|依托|安排|选派|聘请|聘任|建成|建立|设立|开展|举办|收到|制定)$"
)
# Between two figures of one thing: 八批五十三人次, 7场（69人）.
_SAME_THING_AGAIN = re.compile(r"[、（，]?(?:共计?|参加者|参加人员)?")
_COORDINATION = re.compile(r"[、和及与]|以及|并(?=[\u4e00-\u9fff])")
_DISTRIBUTED = re.compile(r"(?:各|均)(?:自|有|为|达到?了?)?(?:开展|举行|召开|组织|进行|完成)?$")
# Without one of these, neither _DISTRIBUTED nor _RESPECTIVELY is in the sentence.
_SHARES_OUT = re.compile("[各均]|分别|依次")
_RESPECTIVELY = re.compile(
    r"(?:分别|依次|各)(?:为|达到?了?|是|有|占|达成|办理|提出|收到|召开|开展|完成|举行|开|进行|组织|涉及|(?:采用|采纳|选用|录用)(?:社情民意)?(?:信息)?)?了?$"
)
_FIGURES_FIRST = re.compile(r"，?(?:分别|依次)(?:对应|为|是|指)(?:的?是)?")
_EXPLAINS = re.compile(r"，(?:这)?(?:是|指)(?:的是)?")


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

    def __init__(self, text: str, segmenter: Segmenter) -> None:
        self.text = text
        self._segmenter = segmenter
        self._runs: list[tuple[int, int]] | None = None
        self._words: dict[int, list[tuple[int, int]]] = {}
        edges = [0, *[match.end() for match in _CLAUSE_END.finditer(text)], len(text)]
        self.spans = [(a, b) for a, b in pairwise(edges) if a < b]

    def at(self, offset: int) -> tuple[int, int]:
        """The clause that holds the character at `offset`."""
        for start, end in self.spans:
            if start <= offset < end:
                return start, end
        return self.spans[-1]

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
            words += [(a, b) for a, b in self._words_of_run(first, last) if a < end and b > start]
            start = last
        return words + [(at, at + 1) for at in range(start, end)]

    def _words_of_run(self, first: int, last: int) -> list[tuple[int, int]]:
        if first not in self._words:
            spans = self._segmenter.spans(self.text[first:last])
            self._words[first] = [(a + first, b + first) for a, b in spans]
        return self._words[first]

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
    text = clauses.text
    quantities = [q for q in quantities if not (q.chinese and _KINDS.match(text, q.end))]
    found: list[Reading] = []
    previous: Reading | None = None
    for position, quantity in enumerate(quantities):
        clause = clauses.at(quantity.start)
        left, left_end = clause[0], quantity.start
        if previous is not None and previous.clause == clause:
            left = previous.quantity.end
            between = text[left : quantity.start]
            if _SAME_THING_AGAIN.fullmatch(between):
                left = previous.left[0]
            elif _RISEN_TO.match(between):
                left, left_end = previous.left
                if origin := _RISEN_FROM.search(text, left, left_end):
                    left_end = origin.start()
            elif NOW_ALL.search(between) and (thing := added(text, previous)):
                left, left_end = thing
            elif not _keeps_together(between) and (cut := _COORDINATION.search(between)):
                anew = _SETS_OUT.search(between, 0, cut.start())
                left += anew.start() if anew else cut.start()
        right = clause[1]
        if quantity.end > right:
            right = quantity.end
        if right < len(text) and text[right - 1] == "，" and _BECAME.match(text, right):
            right = clauses.at(right)[1]
        following = _next(text, quantities, position)
        if following is not None and following.start < right:
            right = following.start
            if LABEL.search(text[quantity.end : right]):
                right = quantity.end
            elif cut := _COORDINATION.search(text, quantity.end, right):
                right = cut.start()
        if left == clause[0] > 0 and _is_comment(
            text[left : quantity.start], text[quantity.end : right]
        ):
            topic = clauses.at(left - 1)
            if not any(topic[0] <= q.start < topic[1] for q in quantities):
                clause, left = (topic[0], clause[1]), topic[0]
        reading = Reading(quantity, clause, (left, left_end), (quantity.end, right))
        found.append(reading)
        previous = reading
    found = _labels_first(text, found)
    if _SHARES_OUT.search(text):
        found = _respective(text, _distributed(text, found))
    return _explained(clauses, _figures_first(clauses, found))


def added(text: str, reading: Reading) -> tuple[int, int] | None:
    """Where the thing stands of which the figure says how many there are more: 新建|联络站|18个, 联络站|增设7个."""
    start, end = reading.left
    match = ADDED.search(text, start, end)
    if match is None:
        return None
    return (match.end(), end) if match.end() < end else (start, match.start())


def _next(text: str, quantities: Sequence[Quantity], position: int) -> Quantity | None:
    """The figure after that at `position` that counts something, and is no adverb (分9批)."""
    for quantity in quantities[position + 1 :]:
        if quantity.unit not in _BATCHES or not _IN_BATCHES.search(text, 0, quantity.start):
            return quantity
    return None


def _labels_first(text: str, found: list[Reading]) -> list[Reading]:
    """收到意见1.56万条解决问题1.48万个: without a stop between them, each figure closes its label."""
    result = list(found)
    for n, (reading, following) in enumerate(pairwise(found)):
        between = text[reading.quantity.end : following.quantity.start]
        same = reading.clause == following.clause
        opens = n == 0 or found[n - 1].clause != reading.clause
        if same and opens and between and not _COORDINATION.search(between):
            members = [r for r in found[n:] if r.clause == reading.clause]
            labelled = text[reading.clause[0] : reading.quantity.start].strip("★●■◆①②③④⑤⑥⑦⑧⑨⑩")
            if _NO_LABEL.search(labelled):
                continue
            if labelled and members[-1].quantity.end >= reading.clause[1] - 1:
                for at, member in enumerate(members[:-1], n):
                    end = member.quantity.end
                    result[at] = member._replace(right=(end, end))
    return result


def _is_comment(before: str, after: str) -> bool:
    """Whether a clause says only how many (五年共9次; 二十三次), with nothing after the figure."""
    if not before:
        return after in ("", "，", "。", "；")
    return _BARE_COMMENT.fullmatch(before) is not None


def _figures_first(clauses: Clauses, found: list[Reading]) -> list[Reading]:
    """4次、10次、20次分别为常委会会议、主席会议、党组会议的次数: nouns behind their figures, in order."""
    text = clauses.text
    result = list(found)
    for last, reading in enumerate(found):
        match = _FIGURES_FIRST.match(text, reading.quantity.end)
        if not match:
            continue
        first = last
        while first > 0 and re.fullmatch(
            r"[、和及与，]", text[found[first - 1].quantity.end : found[first].quantity.start]
        ):
            first -= 1
        end = clauses.at(match.end() - 1)[1]
        pieces = [
            (match.end() + piece.start(), match.end() + piece.end())
            for piece in re.finditer(r"[^、和及与，。；！？]+", text[match.end() : end])
        ]
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
        match = _EXPLAINS.match(text, quantity.end)
        if match is None or clauses.at(quantity.start)[0] != quantity.start:
            continue
        clause = clauses.at(match.end())
        if not any(clause[0] <= other.quantity.start < clause[1] for other in found):
            span = (match.end(), clause[1])
            result[at] = Reading(quantity, (quantity.start, clause[1]), span, (0, 0), True)
    return result


def _keeps_together(between: str) -> bool:
    """Whether all words since the last figure belong to this one: a label, 各, 分别."""
    return bool(
        LABEL.search(between) or _DISTRIBUTED.search(between) or _RESPECTIVELY.search(between)
    )


def _distributed(text: str, found: list[Reading]) -> list[Reading]:
    result: list[Reading] = []
    for reading in found:
        left, end = reading.left
        match = _DISTRIBUTED.search(text[left:end])
        pieces = re.split(r"[、和及与]", text[left : left + match.start()]) if match else []
        if len(pieces) < 2:
            result.append(reading)
            continue
        position = left
        for piece in pieces:
            span = (position, position + len(piece))
            result.append(Reading(reading.quantity, reading.clause, span, reading.right, True))
            position += len(piece) + 1
    return result


def _respective(text: str, found: list[Reading]) -> list[Reading]:
    result = list(found)
    for first, reading in enumerate(found):
        left, end = reading.left
        match = _RESPECTIVELY.search(text[left:end])
        if not match:
            continue
        if (
            not re.search(r"[、和及与]", text[left : left + match.start()])
            and reading.clause[0] > 0
        ):
            left = text.rfind("，", 0, max(0, left - 1)) + 1
            match = _RESPECTIVELY.search(text[left:end])
            assert match is not None
        pieces = [
            (left + piece.start(), left + piece.end())
            for piece in re.finditer(r"[^、和及与]+", text[left : left + match.start()])
        ]
        group = [reading]
        for following in found[first + 1 :]:
            between = text[group[-1].quantity.end : following.quantity.start]
            if not re.fullmatch(r"[、和及与，]", between):
                break
            group.append(following)
        if len(group) < 2 or len(pieces) < len(group):
            continue
        for offset, (piece, member) in enumerate(zip(pieces[-len(group) :], group, strict=True)):
            result[first + offset] = Reading(member.quantity, member.clause, piece, (0, 0), True)
    return result
