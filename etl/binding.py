"""Binds a figure to the indicator that it counts, by evidence that can be shown.

Each figure of a sentence is tried against the cues whose measure words it
carries. A cue has to find its noun right before or right after the figure; its
verb, topic and context words must be where the catalogue wants them. What
speaks for and against is added up:

    10   the noun is there, on a side that the cue allows
    −2   for each word between noun and figure that is neither a filler nor one of the cue's `through`
    −4   the noun stands before the figure, but another thing follows the measure word
         (对34个职能部门开展专题询问: 34 counts 部门)
    −3   another verb stands between them (调研视察、征集会议发言26次: 26 counts 发言)
    −4   the segmenter sees the noun end inside a longer word (建议 in 建议书)
    −1   the verb is borrowed from the clause before; −1 the topic comes from an earlier sentence
    +0.2 for each character of the noun, so that the more specific noun wins

The best cue wins the figure. From FACT up it is a fact, from CANDIDATE up
something for a person to look at, below that nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.catalogue import Catalogue, Cue
from etl.model import Body, Quantity
from etl.words import Segmenter

FACT = 7.0
CANDIDATE = 4.0

_BASE = 10.0
_WORD_BETWEEN = 2.0
_OTHER_HEAD = 4.0
_OTHER_VERB = 3.0
_INSIDE_WORD = 4.0
_BORROWED_VERB = 1.0
_EARLIER_TOPIC = 1.0
_NOUN_CHARACTER = 0.2

# How far from the figure a word still forbids a reading: a longish noun phrase.
_BESIDE = 16

_CLAUSE_END = re.compile(
    r"[，；。！？]|：(?!(?:约|近|超过?|共|计|逾|达)?[0-9])|——(?![0-9])|（(?![^（）]{1,8}）)|(?<=[^（]{9})）|…+(?![0-9])"
)
_BULLET = re.compile(r"^(?:[★☆●○■□◆◇▲△►▶·•※✓√、\s]|【[^】]{1,8}】|[0-9]{1,2}[.．、])+")
_LABEL = re.compile(r"：(?:约|近|超过?|共|计|逾|达)?$")
# A clause that says no more than how many; what was counted stands in the clause before it.
# Longer words first, and no way back (++): 共计共计共计… can be read in 2ⁿ ways.
_BARE_COMMENT = re.compile(
    r"(?:全年|本年度|今年|去年|一年(?:来|间|中|当中|下来|里)?|[二三四五]年|年内|年末|年底|至年[末底]|目前|现|累计|共计?|总共|总计|合计|先后|前后|已经?|达到?了?"
    r"|有|计|为|是|数量|总数|仅|就|审查完毕|分别|各|开展|开了?|召开|举行|办理|进行|的|了|和|约|近|超过?|突破|听取|审议|审查|备案|收集|征集|接待|走访|组织|完成|作出|办结|督办|受理|收到|在聘|入库)++"
)
# Behind a Chinese character, a word goes on with another one or a letter, never with a digit.
_WORD_GOES_ON = re.compile(r"(?<![\u4e00-\u9fff])[A-Za-z0-9+#&._%-]|[\u4e00-\u9fffA-Za-z]")
# After the figure of before: 由12个增加到18个.
_RISEN_TO = re.compile(
    r"^(?:增加|增长|提高|上升|发展|扩大|扩展|扩容|提升|升|增|上涨|拓展)(?:到|至|为)了?[^，。；]{0,6}$"
)
# Between two figures of one thing: 八批五十三人次, 7场（69人）.
_SAME_THING_AGAIN = ("", "、", "（", "共", "，")
_COORDINATION = re.compile(r"[、和及与]|以及|并(?=[\u4e00-\u9fff])")
_NO_HEAD = re.compile(
    r"^(?:[^\u4e00-\u9fff“]|$|的?(?:以上|左右|均|全部|已|都|被|得到|获|由|在|余|是|为|占|等|和|及|与|并|且|，"
    r"|向|经|比|较|同比|转|作为|列为|共|其中|（|“))"
)
_DISTRIBUTED = re.compile(r"(?:各|均)(?:自|有|为|达到?了?)?(?:开展|举行|召开|组织|进行|完成)?$")
_RESPECTIVELY = re.compile(
    r"(?:分别|依次|各)(?:为|达到?了?|是|有|占|达成|办理|提出|收到|召开|开展|完成|举行|开|进行|组织)?了?$"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a sentence: `earlier` the sentences before it (nearest last), `heading` its section."""

    earlier: str
    heading: str
    body: Body


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a figure: where its clause lies and which words before and after belong to it.

    All offsets count characters of the sentence. `paired` tells that the words
    before it were assigned by 各 or 分别, however far away they stand.
    """

    quantity: Quantity
    clause: tuple[int, int]
    left: tuple[int, int]
    right: tuple[int, int]
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """A figure read as an indicator: the cue, its score, and the evidence in words."""

    reading: Reading
    cue: Cue
    score: float
    noun: tuple[int, int]
    evidence: tuple[str, ...]

    @property
    def quantity(self) -> Quantity:
        return self.reading.quantity


class Clauses:
    """The clauses of one sentence, with the words of a clause segmented when first asked for."""

    def __init__(self, text: str, segmenter: Segmenter) -> None:
        self.text = text
        self._segmenter = segmenter
        self._words: dict[tuple[int, int], list[tuple[int, int]]] = {}
        edges = [0]
        for match in _CLAUSE_END.finditer(text):
            edges.append(match.end())
        self.spans = [(a, b) for a, b in zip(edges, [*edges[1:], len(text)], strict=True) if a < b]

    def at(self, offset: int) -> tuple[int, int]:
        """The clause that holds the character at `offset`."""
        for start, end in self.spans:
            if start <= offset < end:
                return start, end
        return self.spans[-1]

    def words(self, clause: tuple[int, int]) -> list[tuple[int, int]]:
        """The words of the clause, as offsets into the sentence."""
        if clause not in self._words:
            start, end = clause
            spans = self._segmenter.spans(self.text[start:end])
            self._words[clause] = [(a + start, b + start) for a, b in spans]
        return self._words[clause]

    def is_inside_word(self, offset: int) -> bool:
        """Whether the segmenter sees a word that begins before `offset` and ends behind it.

        Most nouns end before a mark or a figure, where no word goes on: no need to segment.
        """
        if _WORD_GOES_ON.match(self.text, offset) is None:
            return False
        return any(a < offset < b for a, b in self.words(self.at(offset - 1)))


def readings(clauses: Clauses, quantities: Sequence[Quantity]) -> list[Reading]:
    """Say for each figure of the sentence which words before and after it can belong to it.

    The words between two figures of a clause go to the first up to a 、 or 和,
    to the second from there on. 视察、调研各5次 gives the figure one reading for
    each noun; 办结率、满意率分别达到98%和95% pairs nouns and figures in order.
    """
    text = clauses.text
    found: list[Reading] = []
    previous: Reading | None = None
    for position, quantity in enumerate(quantities):
        clause = clauses.at(quantity.start)
        left = clause[0]
        if previous is not None and previous.clause == clause:
            left = previous.quantity.end
            between = text[left : quantity.start]
            if between in _SAME_THING_AGAIN or _RISEN_TO.match(between):
                left = previous.left[0]
            elif not _keeps_together(between) and (cut := _COORDINATION.search(between)):
                left += cut.start()
        right = clause[1]
        if quantity.end > right:
            right = quantity.end
        if position + 1 < len(quantities) and quantities[position + 1].start < right:
            right = quantities[position + 1].start
            if _LABEL.search(text[quantity.end : right]):
                right = quantity.end
            elif cut := _COORDINATION.search(text, quantity.end, right):
                right = cut.start()
        if left == clause[0] > 0 and _is_comment(
            text[left : quantity.start], text[quantity.end : right]
        ):
            topic = clauses.at(left - 1)
            if not any(topic[0] <= q.start < topic[1] for q in quantities):
                clause, left = (topic[0], clause[1]), topic[0]
        reading = Reading(quantity, clause, (left, quantity.start), (quantity.end, right))
        found.append(reading)
        previous = reading
    return _respective(text, _distributed(text, _labels_first(text, found)))


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
            if labelled and members[-1].quantity.end >= reading.clause[1] - 1:
                for at, member in enumerate(members[:-1], n):
                    end = member.quantity.end
                    result[at] = replace(member, right=(end, end))
    return result


def _is_comment(before: str, after: str) -> bool:
    """Whether a clause says only how many (五年共9次; 二十三次), with nothing after the figure."""
    if not before:
        return after in ("", "，", "。", "；")
    return _BARE_COMMENT.fullmatch(before) is not None


def _keeps_together(between: str) -> bool:
    """Whether all words since the last figure belong to this one: a label, 各, 分别."""
    return bool(
        _LABEL.search(between) or _DISTRIBUTED.search(between) or _RESPECTIVELY.search(between)
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


def bind(
    clauses: Clauses, quantities: Sequence[Quantity], context: Context, catalogue: Catalogue
) -> list[Binding]:
    """All bindings of the figures of a sentence that score CANDIDATE or more, best first per figure.

    `quantities` carry offsets into the sentence. A figure that is a difference
    (比上年增加12件) or last year's is bound to nothing.
    """
    text = clauses.text
    result: list[Binding] = []
    relevant = [q for q in quantities if q.unit in catalogue.cues_by_measure]
    if not relevant:
        return result
    for reading in readings(clauses, quantities):
        quantity = reading.quantity
        cues = catalogue.cues_by_measure.get(quantity.unit)
        if not cues:
            continue
        before = text[reading.clause[0] : quantity.start]
        if catalogue.terms.comparison.search(before[-24:]):
            continue
        sides = text[slice(*reading.left)], text[slice(*reading.right)]
        options = [
            binding
            for number in catalogue.sieves[quantity.unit].passing(*sides)
            if context.body in cues[number].bodies
            and (binding := _try(cues[number], reading, clauses, context, catalogue)) is not None
        ]
        options.sort(key=lambda binding: -binding.score)
        result += options
    return result


def _try(
    cue: Cue, reading: Reading, clauses: Clauses, context: Context, catalogue: Catalogue
) -> Binding | None:
    text = clauses.text
    sides = []
    if cue.side != "right":
        nouns = [m.span() for m in cue.noun.finditer(text, *reading.left)]
        if nouns:
            sides.append(("left", nouns[-1]))
    if cue.side != "left":
        match = cue.noun.search(text, *reading.right)
        if match:
            sides.append(("right", match.span()))
    if not sides:
        return None
    evidence: list[str] = []
    penalty = _words_required(cue, reading, text, context, catalogue, evidence)
    if penalty is None:
        return None
    scored = [
        (_position_score(side, span, cue, reading, clauses, catalogue), side, span)
        for side, span in sides
    ]
    score, side, span = max(scored)
    if _is_bare_one(reading.quantity) and (side == "right" or not _ends_phrase(text, reading)):
        return None
    score -= penalty
    if score < CANDIDATE:
        return None
    noun = text[slice(*span)]
    evidence.insert(0, f"名词“{noun}”在数字{'前' if side == 'left' else '后'}")
    return Binding(reading, cue, round(score, 2), span, tuple(evidence))


def _is_bare_one(quantity: Quantity) -> bool:
    """一次, 一项: a count only where it closes its phrase (召开全会一次), else an article (一次调研)."""
    return quantity.chinese and quantity.value == 1


def _ends_phrase(text: str, reading: Reading) -> bool:
    before = text[max(0, reading.quantity.start - 4) : reading.quantity.start]
    after = text[reading.quantity.end : reading.quantity.end + 1]
    return after in ("", "，", "、", "。", "；", "（") and not re.search("每|至少|首|第", before)


def _words_required(
    cue: Cue,
    reading: Reading,
    text: str,
    context: Context,
    catalogue: Catalogue,
    evidence: list[str],
) -> float | None:
    """Penalty for the words that the cue asks for, None where one is missing or one forbids."""
    clause_start = reading.clause[0]
    left, start = reading.left
    end, right = reading.quantity.end, max(reading.right[1], reading.quantity.end)
    near = max(left, text.rfind("】", left, start) + 1, start - _BESIDE)
    around = text[near:start] + "#" + text[end : min(right, end + _BESIDE)]
    if cue.never and cue.never.search(around):
        return None
    if cue.never_before and cue.never_before.search(text[left:start]):
        return None
    if cue.must and not cue.must.search(text[: max(right, reading.clause[1])]):
        return None
    if cue.context and not (
        cue.context.search(text)
        or cue.context.search(context.earlier)
        or cue.context.search(context.heading)
    ):
        return None
    if cue.unless and cue.unless.search(text):
        return None
    penalty = 0.0
    if cue.verb:
        verb = cue.verb.search(text, clause_start, start) or cue.verb.search(text, end, right)
        if verb is None:
            verb = _borrowed_verb(cue, text, clause_start, start, catalogue)
            if verb is None and not _is_label(cue, text, (left, start), (end, right)):
                return None
            penalty += _BORROWED_VERB
        evidence.append(f"动词“{verb.group()}”" if verb else "名词是数字的标签")
    if cue.topic:
        topic = cue.topic.search(text, 0, right)
        if topic is None:
            topic = cue.topic.search(context.earlier) or cue.topic.search(context.heading)
            if topic is None:
                return None
            penalty += _EARLIER_TOPIC
        evidence.append(f"话题“{topic.group()}”")
    return penalty


def _is_label(cue: Cue, text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """A list item like 专题协商：3次 or 3次专题协商 needs no verb: nothing else stands in it."""
    before = _BULLET.sub("", text[slice(*left)])
    after = text[slice(*right)].strip("】）。；|｜ ")
    if not before.strip("【（|｜"):
        return left[0] == 0 and cue.noun.fullmatch(after) is not None
    if left[0] > 0 and not _LABEL.search(before):
        return False
    return cue.noun.fullmatch(_LABEL.sub("", before)) is not None


def _borrowed_verb(
    cue: Cue, text: str, clause_start: int, start: int, catalogue: Catalogue
) -> re.Match[str] | None:
    """The verb of an earlier clause, if this one has none and no other verb comes between."""
    if catalogue.terms.verbs.search(text, clause_start, start):
        return None
    assert cue.verb is not None
    last = None
    for match in catalogue.terms.verbs.finditer(text, 0, clause_start):
        last = match
    if last is None:
        return None
    clause_of_verb = max(text.rfind(mark, 0, last.start()) for mark in "，；：。") + 1
    return cue.verb.search(text, clause_of_verb, clause_start)


def _position_score(
    side: str,
    span: tuple[int, int],
    cue: Cue,
    reading: Reading,
    clauses: Clauses,
    catalogue: Catalogue,
) -> float:
    text = clauses.text
    quantity = reading.quantity
    gap = (span[1], quantity.start) if side == "left" else (quantity.end, span[0])
    between, verb = (
        (0, False)
        if reading.paired
        else _words_between(gap, side, cue, reading, clauses, catalogue)
    )
    score = _BASE + _NOUN_CHARACTER * min(10, span[1] - span[0])
    score -= _WORD_BETWEEN * max(0, between - cue.reach) + 0.3 * min(between, cue.reach)
    if verb:
        score -= _OTHER_VERB
    if side == "left" and not _NO_HEAD.search(text[slice(*reading.right)]):
        score -= _OTHER_HEAD
    if clauses.is_inside_word(span[1]):
        score -= _INSIDE_WORD
    return score


def _words_between(
    gap: tuple[int, int],
    side: str,
    cue: Cue,
    reading: Reading,
    clauses: Clauses,
    catalogue: Catalogue,
) -> tuple[int, bool]:
    """How many words of a meaning of their own stand between noun and figure, and is one a verb.

    After a figure even a colourless verb ends its phrase (23个乡镇都建立了代表活动室).
    """
    start, end = gap
    if start >= end:
        return 0, False
    text = clauses.text
    free: set[int] = set()
    if cue.through:
        for match in cue.through.finditer(text, start, end):
            free.update(range(*match.span()))
    if len(free) == end - start:
        return 0, False
    count = 0
    other_verb = False
    # One character is one word or its edge: no need to segment.
    for a, b in [gap] if end - start == 1 else clauses.words(reading.clause):
        a, b = max(a, start), min(b, end)
        if a >= b or all(offset in free for offset in range(a, b)):
            continue
        is_verb = catalogue.terms.verbs.fullmatch(text, a, b) is not None
        if catalogue.terms.fillers.fullmatch(text, a, b):
            other_verb |= is_verb and side == "right"
            continue
        count += 1
        other_verb |= is_verb and not (cue.verb and cue.verb.fullmatch(text, a, b))
    return count, other_verb
