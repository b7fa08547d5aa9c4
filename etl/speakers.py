"""Who speaks in each sentence of an article, and from which word on: its own body, or another place's.

A city's page has its counties' news, a county's report the city's. Decisions:
* A heading announces its speaker to the next (市政协工作报告亮点).
* A paragraph that opens with a place as its label (勐海县：县政协…) is that place's.
* A sentence that names the body of a place below (宝丰县人大常委会) is that place's, from there on where
  figures stand before it; 全市, or the own body at the beginning of a clause, takes the word back.
* 该县, and in the same paragraph 县政协 on a prefecture's page, are the county that was named last.
* Any other place whose body is the subject of a clause is nobody's that the article reports on:
  such a speaker has no area.
"""

from collections.abc import Sequence
from typing import NamedTuple

from etl.areas import Area
from etl.gazetteer import Gazetteer, Mention
from etl.model import AreaLevel, Body
from etl.places import BodyRules, Speaker
from etl.sentences import Sentence

_AFTER = 12
_BULLET = 1
# How many sentences back 该县 may have been named.
_REFERS_BACK = 6
_OPENS_CLAUSE = "，；。："


class Turn(NamedTuple):
    """From `start` on, an offset into a sentence, `speaker` has the word."""

    start: int
    speaker: Speaker


Turns = tuple[Turn, ...]


def at(turns: Turns, offset: int) -> Speaker:
    """Who has the word at an offset into the sentence."""
    return next(turn.speaker for turn in reversed(turns) if turn.start <= offset)


def of_sentences(
    cut: Sequence[Sentence],
    bodies: Sequence[Body],
    article: Speaker,
    gazetteer: Gazetteer,
    rules: BodyRules,
) -> list[Turns]:
    """The speakers of an article's sentences; `bodies` says for each which body its words are of."""
    listener = _Listener(article, gazetteer, rules)
    return [
        listener.hear(cut[max(0, number - _REFERS_BACK) : number + 1], body)
        for number, body in enumerate(bodies)
    ]


class _Listener:
    """Follows an article from sentence to sentence."""

    def __init__(self, article: Speaker, gazetteer: Gazetteer, rules: BodyRules) -> None:
        self._article, self._gazetteer, self._rules = article, gazetteer, rules
        self._heading, self._block = "", -1
        self._announced: Speaker | None = None
        self._labelled: Speaker | None = None
        self._last: Speaker | None = None

    def hear(self, sentences: Sequence[Sentence], body: Body) -> Turns:
        """Who speaks in the last of `sentences`; those before it are what it may refer to."""
        sentence = sentences[-1]
        gazetteer, rules = self._gazetteer, self._rules
        if sentence.heading != self._heading:
            # A column on single deputies ends with the next heading, whatever that says.
            before = None if _is_column(self._heading, rules) else self._announced
            self._heading = sentence.heading
            self._announced = of_heading(self._heading, self._article, gazetteer, rules) or before
        home = self._announced or Speaker(self._article.area, body)
        if sentence.block != self._block:
            self._block, self._last = sentence.block, None
            self._labelled = labelled(sentence.text, home, gazetteer, rules)
        named = places_named(sentence.text, home, gazetteer, rules)
        first = (
            of_sentence(sentence.text, named, home, gazetteer, rules)
            or self._referred(sentences, home)
            or (None if _takes_back(sentence.text, home, rules) else self._labelled)
            or home
        )
        turns = [Turn(0, first), *_later(sentence.text, named, home, gazetteer, rules)]
        self._last = turns[-1].speaker if turns[-1].speaker != home else None
        return tuple(turns)

    def _referred(self, sentences: Sequence[Sentence], home: Speaker) -> Speaker | None:
        """The place that 该县 names, or 县政协 right after a county has spoken."""
        if home.area is None:
            return None
        text = sentences[-1].text
        if match := self._rules.that_place.search(text):
            unit = match.group("unit")
            for earlier in reversed(sentences):
                before = earlier.text[: match.start()] if earlier is sentences[-1] else earlier.text
                for mention in reversed(self._gazetteer.mentions(before)):
                    for area in mention.areas:
                        if area.name.endswith(unit) and _is_below(area, home, self._gazetteer):
                            return Speaker(area, home.body)
            return home if home.area.name.endswith(unit) else Speaker(None, home.body)
        own = self._rules.opens_with_unit.match(text)
        if own is None or self._last is None or self._last.area is None:
            return None
        unit = own.group("unit")
        if not self._last.area.name.endswith(unit) or home.area.name.endswith(unit):
            return None
        return Speaker(self._last.area, Body.CPPCC if own.group("body") == "政协" else Body.NPC)


def of_heading(
    heading: str, article: Speaker, gazetteer: Gazetteer, rules: BodyRules
) -> Speaker | None:
    """The speaker that a heading inside an article announces (市政协工作报告亮点); None where it names both bodies."""
    if "人大" in heading and "政协" in heading:
        return None
    if rules.organ_alone.search(heading) or _is_column(heading, rules):
        return Speaker(article.area, Body.OTHER)
    match = rules.announces.search(heading)
    if match is None:
        return _named_alone(heading, gazetteer, rules)
    if rules.headline_other.search(heading) or rules.other_body.search(match.group()):
        return Speaker(article.area, Body.OTHER)
    body: Body = Body.CPPCC if "政协" in match.group() else Body.NPC
    for mention in gazetteer.mentions(heading):
        speaks = rules.speaks.search(heading[mention.end : mention.end + _AFTER])
        if speaks and len(mention.areas) == 1:
            return Speaker(mention.areas[0], body)
    return Speaker(article.area, body)


def _is_column(heading: str, rules: BodyRules) -> bool:
    """Whether a heading is that of a column on single deputies: 【代表风采】; without brackets it may be a report's."""
    return heading.startswith("【") and rules.column.search(heading) is not None


def _named_alone(heading: str, gazetteer: Gazetteer, rules: BodyRules) -> Speaker | None:
    """The speaker that a heading names and nothing else: 【政协自贡市委员会】, 荣县政协."""
    if not rules.body_alone.search(heading):
        return None
    areas = {area for mention in gazetteer.mentions(heading) for area in mention.areas}
    if len(areas) != 1:
        return None
    is_cppcc = "政协" in heading or "政治协商" in heading
    return Speaker(areas.pop(), Body.CPPCC if is_cppcc else Body.NPC)


def as_in_a_province(
    sentences: Sequence[Sentence], area: Area | None, gazetteer: Gazetteer, rules: BodyRules
) -> Sequence[Sentence]:
    """The sentences of a district of a municipality (直辖市) as those of a county would be, for the rules:
    the level above it, which rules know as 省政协, is 市政协 there."""
    above = gazetteer.parent(area) if area is not None else None
    if above is None or above.level is not AreaLevel.PROVINCE or not above.name.endswith("市"):
        return sentences
    return [s._replace(text=rules.municipal.sub("省", s.text)) for s in sentences]


def labelled(
    sentence: str, home: Speaker, gazetteer: Gazetteer, rules: BodyRules
) -> Speaker | None:
    """The place below that a paragraph has as its label: 勐海县：县政协组织视察7次."""
    label = rules.label.match(sentence)
    if label is None or home.area is None:
        return None
    named = gazetteer.mentions(label.group())
    below = [area for m in named for area in m.areas if _is_below(area, home, gazetteer)]
    if len(named) != 1 or named[0].start > _BULLET or len(below) != 1:
        return None
    words = sentence[: label.end() + _AFTER]
    body: Body = Body.CPPCC if "政协" in words else Body.NPC if "人大" in words else home.body
    return Speaker(below[0], body)


def places_named(
    sentence: str, home: Speaker, gazetteer: Gazetteer, rules: BodyRules
) -> list[Mention]:
    """The places that a sentence names, none where none of them can have the word in it."""
    may_speak = (
        "人大" in sentence
        or "政协" in sentence
        or rules.acts.search(sentence)
        or rules.whole_place.search(sentence)
    )
    return gazetteer.mentions(sentence) if home.area is not None and may_speak else []


def of_sentence(
    sentence: str,
    named: Sequence[Mention],
    home: Speaker,
    gazetteer: Gazetteer,
    rules: BodyRules,
) -> Speaker | None:
    """The other place whose body the sentence names before its first figure, or None.

    `named` are the places that it names (see places_named).
    """
    for mention in named:
        if rules.counted.search(sentence, 0, mention.start):
            break
        if rules.speaks.search(sentence[mention.end : mention.end + _AFTER]):
            for area in mention.areas:
                if _is_below(area, home, gazetteer):
                    return Speaker(area, _body_after(sentence, mention.end))
        opens_clause = mention.start == 0 or sentence[mention.start - 1] in _OPENS_CLAUSE
        stranger = home.area not in mention.areas
        acts = rules.acts.match(sentence, mention.end) or rules.whole_place.match(
            sentence, mention.end
        )
        if stranger and opens_clause and acts:
            return Speaker(None, home.body)
    return None


def _later(
    sentence: str,
    named: Sequence[Mention],
    home: Speaker,
    gazetteer: Gazetteer,
    rules: BodyRules,
) -> list[Turn]:
    """Who takes the word behind a figure, at the beginning of a clause, and who takes it back."""
    first = rules.counted.search(sentence) if named else None
    if home.area is None or first is None:
        return []
    turns: list[Turn] = []
    for mention in named:
        if mention.start < first.end() or sentence[mention.start - 1] not in _OPENS_CLAUSE:
            continue
        if rules.speaks.search(sentence[mention.end : mention.end + _AFTER]):
            below = [area for area in mention.areas if _is_below(area, home, gazetteer)]
            if len(below) == 1:
                body = _body_after(sentence, mention.end)
                turns.append(Turn(mention.start, Speaker(below[0], body)))
    if turns:
        turns += [
            Turn(match.start(), home)
            for match in rules.takes_back.finditer(sentence, turns[0].start)
            if home.area.name.endswith(match.group("unit"))
        ]
    return sorted(turns, key=lambda turn: turn.start)


def _takes_back(sentence: str, home: Speaker, rules: BodyRules) -> bool:
    """Whether a sentence begins with the page's own place or body: 全市共…"""
    match = rules.takes_back.match(sentence)
    return match is not None and home.area is not None and home.area.name.endswith(match["unit"])


def _is_below(area: Area, home: Speaker, gazetteer: Gazetteer) -> bool:
    """Whether an area is a county of the speaker's city, or of the city that the speaker's county is in."""
    assert home.area is not None
    is_county = home.area.level is AreaLevel.COUNTY
    city = gazetteer.parent(home.area) if is_county else home.area
    if area.level is not AreaLevel.COUNTY or area == home.area:
        return False
    return gazetteer.parent(area) in (home.area, city)


def _body_after(sentence: str, end: int) -> Body:
    """The body that stands behind a place; without a name it is the congress."""
    return Body.CPPCC if "政协" in sentence[end : end + 8] else Body.NPC
