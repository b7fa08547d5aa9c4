"""Figures that a text gives only indirectly.

* whole   “均已办结” takes the figure of the suggestions it speaks of;
* summed  任命56人、免职30人 without a total, 会议期间 and 闭会期间;
* counted laws named in 《》 under 制定, 修订, 通过, where no number is given.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from etl import binding, periods
from etl.catalogue import Indicator, Whole
from etl.chronology import Chronology
from etl.findings import Found, Reading, place
from etl.gazetteer import Gazetteer
from etl.model import Method, Qualifier, Quantity, Status
from etl.periods import Period
from etl.places import Speaker
from etl.readings import Clauses
from etl.rules import Rules
from etl.sentences import Sentence
from etl.timeline import Moment

_TITLE = re.compile(r"《([^《》]{4,40})》")
_TOTAL = re.compile(
    r"(?:合计|共计|总计|总共|相加|共|计|总数|一共)(?:为|达|有|是|采用|收到|提出|办理|开展|组织)?$"
)
_ALL = re.compile("共|总|合计|累计|全部")
_REST = re.compile("(?:其余|余下|剩余)的?$")
_BOTH_TIMES = re.compile(
    "(?:会议|大会|全会)(?:期间|上)?[和及与、](?:闭会|会后|平时|闭幕)[^；。]*(?:分别|依次)"
)
_MENTIONED_PART = re.compile("其中[^，。；]{0,10}$")
_MOST_SUMMANDS = 24
_LONGEST_QUOTE = 600
_SUM_REACH = 100
_WHOLE_REACH = 6
_SUM_REACH_OF_WHOLES = 400


def sums(
    found: Sequence[Found], readings: Sequence[Reading], part_of: re.Pattern[str]
) -> list[Found]:
    """Totals of parts that stand close together and have no total of their own.

    Either all members are parts (任命, 免职), or a part follows a figure that it
    is added to (提出建议118件，闭会期间26件). Where the report states the total
    without saying of what (共144件), the arithmetic shows it, and it is stated.
    """
    groups: dict[tuple[str, Period, Speaker], list[Found]] = defaultdict(list)
    for item in found:
        if not item.doubt:
            groups[item.indicator.id, item.period, item.speaker].append(item)
    sums: list[Found] = []
    numbers = {reading.sentence.start: number for number, reading in enumerate(readings)}
    for items in groups.values():
        members = _members(sorted(items, key=place), part_of)
        if not members:
            continue
        first, last = members[0], members[-1]
        value = sum(item.quantity.value for item in members)
        evidence = tuple(f"{item.part or '其余'}：{item.quantity.value:g}" for item in members)
        number = numbers[members[-1].sentence.start]
        total = _stated_total(value, members[-1], readings[number : number + 2])
        if total is not None:
            sentence, quantity = total
            sums.append(
                first._replace(
                    quantity=quantity,
                    part="",
                    whole=True,
                    rule=f"{first.indicator.id}:total",
                    evidence=evidence,
                    sentence=sentence,
                    quote=(
                        min(first.sentence.start, sentence.start),
                        max(last.sentence.end, sentence.end),
                    ),
                )
            )
            continue
        approximate = [
            m.quantity.qualifier for m in members if m.quantity.qualifier != Qualifier.EXACT
        ]
        sums.append(
            first._replace(
                quantity=last.quantity._replace(
                    value=value,
                    qualifier=approximate[0] if approximate else Qualifier.EXACT,
                ),
                sentence=last.sentence,
                method=Method.SUMMED,
                part="",
                whole=True,
                rule=f"{first.indicator.id}:sum",
                evidence=evidence,
                span=(place(first), last.sentence.start + last.quantity.end),
                quote=(first.sentence.start, last.sentence.end),
            )
        )
    return sums


def in_session_and_after(found: Sequence[Found]) -> list[Found]:
    """Sums of the pair that a session and the time after it gave: 会议期间和闭会期间分别收到提案225件、11件."""
    sums: list[Found] = []
    for first, second in pairwise(sorted((f for f in found if not f.doubt), key=place)):
        if first.indicator is not second.indicator or first.sentence is not second.sentence:
            continue
        text = first.sentence.text
        between = text[first.quantity.end : second.quantity.start]
        if between not in ("、", "和") or not _BOTH_TIMES.search(text, 0, first.quantity.start):
            continue
        sums.append(
            first._replace(
                quantity=first.quantity._replace(
                    value=first.quantity.value + second.quantity.value
                ),
                method=Method.SUMMED,
                whole=True,
                rule=f"{first.indicator.id}:sum",
                evidence=tuple(f"{f.quantity.value:g}{f.quantity.unit}" for f in (first, second)),
                span=(place(first), second.sentence.start + second.quantity.end),
            )
        )
    return sums


def joined(found: Sequence[Found]) -> list[Found]:
    """Sums of two indicators of which one takes in the other: 专题调研13次、委员视察6次 are 19 视察调研."""
    sums: list[Found] = []
    stated = {
        (item.indicator.id, item.sentence.start)
        for item in found
        if not item.part and not item.doubt
    }
    for item in found:
        if item.doubt or not item.part or not item.indicator.joint:
            continue
        if (item.indicator.id, item.sentence.start) in stated:
            continue
        if item.period.status is Status.PLANNED:
            continue
        others = [
            other
            for other in found
            if other.indicator.id in item.indicator.joint
            and not other.doubt
            and other.sentence is item.sentence
            and (other.period, other.speaker) == (item.period, item.speaker)
        ]
        if not others:
            continue
        other = max(others, key=lambda f: (f.method is Method.SUMMED, f.quantity.value))
        first, last = sorted((item, other), key=place)
        sums.append(
            item._replace(
                quantity=item.quantity._replace(
                    value=item.quantity.value + other.quantity.value,
                    qualifier=max(item.quantity.qualifier, other.quantity.qualifier),
                ),
                method=Method.SUMMED,
                part="",
                whole=True,
                rule=f"{item.indicator.id}:joint",
                evidence=tuple(f"{f.indicator.id}：{f.quantity.value:g}" for f in (item, other)),
                span=(place(first), last.sentence.start + last.quantity.end),
            )
        )
    return sums


def totals(found: Sequence[Found], readings: Sequence[Reading]) -> list[Found]:
    """Totals named after their parts: 任免法院42人次、检察院37人次，合计79人次.

    A figure after 合计, 共 or the like that nothing else claims and that is the
    sum of the figures before it, of which the first counts an indicator.
    """
    result: list[Found] = []
    claimed: dict[int, Found] = {}
    for item in found:
        claimed.setdefault(place(item), item)
    for reading in readings:
        quantities = reading.quantities
        for last, total in enumerate(quantities):
            at = reading.sentence.start + total.start
            before = reading.sentence.text[: total.start]
            if at in claimed or not _TOTAL.search(before):
                continue
            parts = _summands(quantities[:last], total)
            first = claimed.get(reading.sentence.start + parts[0].start) if parts else None
            if first is None or first.doubt:
                continue
            result.append(
                first._replace(
                    quantity=total,
                    part="",
                    whole=True,
                    rule=f"{first.indicator.id}:total",
                    evidence=tuple(f"{q.value:g}{q.unit}" for q in parts),
                )
            )
    return result


def _summands(before: Sequence[Quantity], total: Quantity) -> Sequence[Quantity]:
    """The last two or more figures of the same measure word that add up to `total`."""
    same = [q for q in before if q.unit == total.unit][-_MOST_SUMMANDS:]
    for first in range(len(same) - 2, -1, -1):
        if sum(q.value for q in same[first:]) == total.value:
            return same[first:]
    return ()


def _members(items: Sequence[Found], part_of: re.Pattern[str]) -> list[Found]:
    """The figures to add up, in order; none where a total stands among them or they lie far apart."""
    parts: dict[str, Found] = {}
    for item in items:
        if item.part and (item.part not in parts or item.score > parts[item.part].score + 1):
            parts[item.part] = item
    if not parts:
        return []
    members = sorted(parts.values(), key=place)
    wholes = [item for item in items if not item.part]
    if wholes:
        addend = members[0]
        before = [
            w
            for w in wholes
            if w.quantity.unit == addend.quantity.unit
            and 0 < place(addend) - place(w) <= _SUM_REACH
        ]
        if len(parts) > 1 or not addend.adds or not before or any(map(_says_all, before)):
            return []
        if addend.sentence is before[-1].sentence and part_of.search(
            addend.sentence.text, before[-1].quantity.end, addend.quantity.start
        ):
            return []
        members.insert(0, before[-1])
    reach = _SUM_REACH_OF_WHOLES if all(m.alone for m in members) else _SUM_REACH
    if len(members) < 2 or place(members[-1]) - place(members[0]) > reach * (len(members) - 1):
        return []
    return members


def _says_all(item: Found) -> bool:
    """Whether the words before a figure, in its clause, say that it is the sum (共收到144件)."""
    text, start = item.sentence.text, item.quantity.start
    clause = max(text.rfind(mark, 0, start) for mark in "，；。") + 1
    return _ALL.search(text, max(clause, start - 20), start) is not None


def _stated_total(
    value: float, last: Found, readings: Sequence[Reading]
) -> tuple[Sentence, Quantity] | None:
    """The figure behind the last member that is the sum, in its sentence or the next (`readings`)."""
    for near in readings:
        for quantity in near.quantities:
            at = near.sentence.start + quantity.start
            same_unit = quantity.unit == last.quantity.unit
            if at > place(last) and quantity.value == value and same_unit:
                return near.sentence, quantity
    return None


def wholes(found: Sequence[Found], readings: Sequence[Reading], rules: Rules) -> list[Found]:
    """Facts like “均已办结”: the figure of the thing that all of them were."""
    derived: list[Found] = []
    stated = {(item.indicator.id, item.period, item.speaker) for item in found if not item.doubt}
    by_sentence = {reading.sentence.start: n for n, reading in enumerate(readings)}
    for indicator in rules.catalogue.indicators.values():
        whole = indicator.whole
        if whole is None:
            continue
        for source in sorted(
            (f for f in found if f.indicator.id in whole.of and not f.doubt and not f.part),
            key=lambda f: (whole.of.index(f.indicator.id), not f.whole),
        ):
            number = by_sentence[source.sentence.start]
            here = readings[number]
            if (indicator.id, source.period, source.speaker) in stated:
                continue
            told = _all_of_them(source, readings[number : number + _WHOLE_REACH], whole)
            if told is None:
                continue
            match, quote_end = told
            stated.add((indicator.id, source.period, source.speaker))
            derived.append(
                source._replace(
                    indicator=indicator,
                    rule=f"{indicator.id}:whole",
                    evidence=(
                        f"“{match.group()}”指前述{source.quantity.value:g}{source.quantity.unit}",
                    ),
                    quote=(here.sentence.start, quote_end),
                )
            )
    return derived


def _all_of_them(
    source: Found, readings: Sequence[Reading], whole: Whole
) -> tuple[re.Match[str], int] | None:
    """The words that say “all of them”, and the end of their sentence.

    They stand behind the figure in its sentence (the first of `readings`) or in the next; later
    only where the thing is named again (立案提案交由66个单位…) or its figure has just been repeated.
    """
    for place_, reading in enumerate(readings):
        text = reading.sentence.text
        start = 0 if place_ else source.quantity.end
        if place_ > 1 and not (
            whole.again.search(text)
            or any(_repeats(source, near) for near in readings[place_ - 1 : place_ + 1])
        ):
            continue
        match = whole.when.search(text, start)
        if match is None:
            continue
        between = [q for q in reading.quantities if q.start >= start]
        another = _another_figure(between, match.start(), source, text)
        return None if another else (match, reading.sentence.end)
    return None


def _repeats(source: Found, reading: Reading) -> bool:
    return any(
        q.value == source.quantity.value and q.unit == source.quantity.unit
        for q in reading.quantities
    )


def _another_figure(between: Iterable[Quantity], end: int, source: Found, text: str) -> bool:
    """Whether another count of the same measure word stands between the figure and “all of them”.

    A part that is only mentioned (其中重点提案10件) doesn't count, nor do parts that make up
    the figure (其中A类132件、B类41件、C类10件).
    """
    others = [
        q
        for q in between
        if q.start < end and q.unit == source.quantity.unit and q.value < source.quantity.value
    ]
    rest = any(_REST.search(text[: q.start]) for q in others)
    if sum(q.value for q in others) == source.quantity.value and not rest:
        return False
    return any(not _MENTIONED_PART.search(text[: q.start]) for q in others)


def titles(
    found: Sequence[Found],
    sentences: Sequence[Sentence],
    moments: Sequence[Moment],
    speaker: Speaker,
    chron: Chronology,
    rules: Rules,
) -> list[Found]:
    """Laws named but not counted. None where the article gives their number anywhere."""
    counted: list[Found] = []
    for indicator in rules.catalogue.indicators.values():
        if indicator.titles is None or speaker.body not in indicator.bodies:
            continue
        if any(f.indicator is indicator and not f.doubt for f in found):
            continue
        named: dict[str, tuple[Sentence, int, int]] = {}
        running = False
        for sentence, moment in zip(sentences, moments, strict=True):
            if moment.plan or "《" not in sentence.text:
                continue
            for title, start, end in _governed_titles(sentence.text, indicator, speaker, rules):
                named.setdefault(title, (sentence, start, end))
                running |= moment.running
        period = (
            periods.running_total(chron.term_start, chron)
            if running
            else periods.period_of_passage(None, chron)
        )
        if not named or period is None:
            continue
        places_named = list(named.values())
        first, last = places_named[0], places_named[-1]
        if last[0].end - first[0].start > _LONGEST_QUOTE:
            last = max((p for p in places_named if p[0] is first[0]), key=lambda p: p[2])
        start, end = first[0].start + first[1], last[0].start + last[2]
        counted.append(
            Found(
                indicator=indicator,
                quantity=Quantity(first[1], first[2], len(named), "部", "", Qualifier.EXACT),
                sentence=first[0],
                period=period,
                speaker=speaker,
                score=binding.FACT,
                rule=f"{indicator.id}:titles",
                evidence=tuple(f"《{title}》" for title in named),
                method=Method.COUNTED,
                span=(start, end),
                quote=(first[0].start, last[0].end),
            )
        )
    return counted


def _governed_titles(
    text: str, indicator: Indicator, speaker: Speaker, rules: Rules
) -> Iterable[tuple[str, int, int]]:
    """Titles of own laws that a verb of making governs, with their offsets in the sentence."""
    assert indicator.titles is not None
    clauses = Clauses(text, rules.segmenter)
    for match in _TITLE.finditer(text):
        title = match.group(1)
        name = re.sub(r"（[^）]*）$", "", title)
        if not name.endswith(indicator.titles.endings) or "草案" in title:
            continue
        clause = clauses.at(match.start())
        before, after = text[clause[0] : match.start()], text[match.end() : clause[1]]
        around = re.sub(r"《[^》]*》", "", before) + "#" + re.sub(r"《[^》]*》", "", after)
        if not indicator.titles.verbs.search(around) or indicator.titles.never.search(around):
            continue
        if indicator.titles.never.search(name) or not _own_law(name, speaker, rules.gazetteer):
            continue
        yield title, match.start(), match.end()


def _own_law(title: str, speaker: Speaker, places_known: Gazetteer) -> bool:
    """Whether a law is the speaker's own: named after its place, or a 条例 named after none.

    河南省养老服务条例 is the province's; an 办法 without a place is a house rule.
    """
    mentions = places_known.mentions(title[:16])
    if not mentions or mentions[0].start > 0:
        return title.endswith("条例") and not title.startswith("中华人民共和国")
    return speaker.area is None or speaker.area in mentions[0].areas
