"""Figures that a text gives only in words.

* whole   “均已办结” takes the figure of the suggestions it speaks of;
* counted laws named in 《》 under 制定, 修订, 通过, where no number is given.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl import binding, periods
from etl.catalogue import Indicator, Whole
from etl.chronology import Chronology
from etl.findings import Found, Reading
from etl.model import Method, Qualifier, Quantity
from etl.periods import Period
from etl.places import Speaker
from etl.readings import Clauses
from etl.rules import Rules
from etl.sentences import Sentence
from etl.syntax import Syntax
from etl.timeline import Moment

_TITLE = re.compile(r"《([^《》]{4,40})》")
_LONGEST_QUOTE = 600
_WHOLE_REACH = 6


def wholes(found: Sequence[Found], readings: Sequence[Reading], rules: Rules) -> list[Found]:
    """Facts like “均已办结”: the figure of the thing that all of them were."""
    derived: list[Found] = []
    stated = {(item.indicator.id, item.period, item.speaker) for item in found if not item.doubt}
    largest: defaultdict[tuple[str, Period, Speaker], float] = defaultdict(float)
    for item in found:
        if not item.doubt and not item.part:
            key = item.indicator.id, item.period, item.speaker
            largest[key] = max(largest[key], item.quantity.value)
    by_sentence = {reading.sentence.start: n for n, reading in enumerate(readings)}
    for indicator in rules.catalogue.indicators.values():
        whole = indicator.whole
        if whole is None:
            continue
        for source in sorted(
            (f for f in found if f.indicator.id in whole.of and not f.doubt and not f.part),
            key=lambda f: (whole.of.index(f.indicator.id), not f.whole),
        ):
            if source.quantity.value < largest[source.indicator.id, source.period, source.speaker]:
                continue
            if _is_a_year_of_several(source, found):
                continue
            number = by_sentence[source.sentence.start]
            here = readings[number]
            if (indicator.id, source.period, source.speaker) in stated:
                continue
            told = _all_of_them(
                source, readings[number : number + _WHOLE_REACH], whole, rules.catalogue.syntax
            )
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
                    # What is added up may begin in an earlier sentence.
                    quote=(min(here.sentence.start, source.begins), quote_end),
                )
            )
    return derived


def _is_a_year_of_several(source: Found, found: Sequence[Found]) -> bool:
    """Whether a sentence gives a figure for each of several years: “五年间均办复” is said of none of them."""
    beside = [
        item.period
        for item in found
        if item.indicator is source.indicator
        and item.sentence is source.sentence
        and not item.doubt
    ]
    first, last = min(p.year_start for p in beside), max(p.year_end for p in beside)
    return last - first > 1 and (source.period.year_start, source.period.year_end) != (first, last)


def _all_of_them(
    source: Found, readings: Sequence[Reading], whole: Whole, syntax: Syntax
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
        another = _another_figure(between, match.start(), source, text, syntax)
        return None if another else (match, reading.sentence.end)
    return None


def _repeats(source: Found, reading: Reading) -> bool:
    return any(
        q.value == source.quantity.value and q.unit == source.quantity.unit
        for q in reading.quantities
    )


def _another_figure(
    between: Iterable[Quantity], end: int, source: Found, text: str, syntax: Syntax
) -> bool:
    """Whether another count of the same measure word stands between the figure and “all of them”.

    A part that is only mentioned (其中重点提案10件) doesn't count, nor do parts that make up
    the figure (其中A类132件、B类41件、C类10件).
    """
    others = [
        q
        for q in between
        if q.start < end and q.unit == source.quantity.unit and q.value < source.quantity.value
    ]
    rest = any(syntax.rest.search(text, 0, q.start) for q in others)
    if sum(q.value for q in others) == source.quantity.value and not rest:
        return False
    return any(
        not syntax.mentioned_part.search(text, text.rfind("；", 0, q.start) + 1, q.start)
        for q in others
    )


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
    syntax = rules.catalogue.syntax
    clauses = Clauses(text, rules.segmenter, syntax)
    for match in _TITLE.finditer(text):
        title = match.group(1)
        name = re.sub(r"（[^）]*）$", "", title)
        if not name.endswith(indicator.titles.endings) or syntax.draft.search(title):
            continue
        clause = clauses.at(match.start())
        before, after = text[clause[0] : match.start()], text[match.end() : clause[1]]
        around = re.sub(r"《[^》]*》", "", before) + "#" + re.sub(r"《[^》]*》", "", after)
        if not indicator.titles.verbs.search(around) or indicator.titles.never.search(around):
            continue
        if indicator.titles.never.search(name) or not _own_law(name, speaker, rules):
            continue
        yield title, match.start(), match.end()


def _own_law(title: str, speaker: Speaker, rules: Rules) -> bool:
    """Whether a law is the speaker's own: named after its place, or a 条例 named after none.

    河南省养老服务条例 is the province's, 云南省楚雄彝族自治州…条例 the prefecture's; an 办法 without a
    place is a house rule.
    """
    mentions = rules.gazetteer.mentions(title[:16])
    if not mentions or mentions[0].start > 0:
        return rules.catalogue.syntax.own_law.search(title) is not None
    end = 0
    for mention in mentions:
        if mention.start != end:
            break
        if speaker.area is None or speaker.area in mention.areas:
            return True
        end = mention.end
    return False
