"""Whose report it is: the reference area and the body (人大, 政协, or neither) of an article.

Reports name their own place in passing (《鹤壁市公园管理条例》), call it 我市, and
name others as partners. So an article's area is found by weight: a place right
before 人大 or 政协 or inside a law's title counts more than a bare mention, and
the place has to be of the kind that the speaker calls itself (市人大 → a 市).

Decisions:
* Headlines go before bodies of text; 政府工作报告 and the courts' reports speak
  for nobody that this program reads, whatever figures they hold.
* On a page with both a congress and a committee, a block without a sign of its
  own goes with the one before it.
* In a municipality (直辖市) a district whose body is named speaks before the municipality.
* What a government or an office was given to handle is a part of what was handed in.
* A sentence that names the body of another place (宝丰县人大常委会) is that place's.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.areas import Area
from etl.gazetteer import Gazetteer, Mention
from etl.model import AreaLevel, Body
from etl.patterns import load_lists
from etl.sentences import Sentence

_SUFFIXES = {
    "省": ("省",),
    "自治区": ("自治区",),
    "市": ("市",),
    "县": ("县",),
    "区": ("区",),
    "州": ("州",),
    "旗": ("旗",),
    "盟": ("盟",),
}
# A figure with one of the commonest measure words: what it counts is not done by a body named later.
_COUNTED = re.compile("[0-9一二三四五六七八九十]余?(?:次(?!会议|全会|全体)|[件项篇条期场个名])")
_COUNTED_IN_DIGITS = re.compile("[0-9]余?[次件项篇条期场个名人]")
_MUNICIPAL = re.compile("市(?=政协|人大)")
_HEADLINES = 6
_PAGE_WEIGHT = 4
_SHARE_OF_PARENT = 0.7
_OTHER_SHARE = 0.2
# With a sibling named now and then, too, a text is about the city above them both.
_SHARE_OF_SIBLING = 0.3
_HEADLINE_WEIGHT = 6
_SIGNS_OF_A_NOTICE = 2
_ARTICLES_OF_A_LAW = 6
_SIGNS_OF_A_HIGHER_BODY = 2
_SIGNS_OF_AN_OFFICE = 2


class Speaker(NamedTuple):
    """The area whose body reports; `area` is None where the text doesn't tell."""

    area: Area | None
    body: Body


@dataclass(frozen=True, slots=True)
class BodyRules:
    """data/catalogue/bodies.toml, compiled; see the comments there."""

    npc: re.Pattern[str]
    cppcc: re.Pattern[str]
    other: re.Pattern[str]
    headline_other: re.Pattern[str]
    headline_npc: re.Pattern[str]
    headline_cppcc: re.Pattern[str]
    announces: re.Pattern[str]
    body_alone: re.Pattern[str]
    organ_alone: re.Pattern[str]
    other_body: re.Pattern[str]
    not_a_report: re.Pattern[str]
    firm: re.Pattern[str]
    own_office: re.Pattern[str]
    government_handles: re.Pattern[str]
    law_article: re.Pattern[str]
    names_a_body: re.Pattern[str]
    report: re.Pattern[str]
    of_nation: re.Pattern[str]
    of_province: re.Pattern[str]
    own_body: re.Pattern[str]
    we: re.Pattern[str]
    speaks: re.Pattern[str]
    acts: re.Pattern[str]
    spoken_in: re.Pattern[str]
    partner: re.Pattern[str]
    paper: re.Pattern[str]


def load_rules(catalogue: Path) -> BodyRules:
    """Compile the rules of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    return BodyRules(**load_lists(catalogue / "bodies.toml", BodyRules.__dataclass_fields__))


def body_of(headings: Sequence[str], text: str, rules: BodyRules) -> Body:
    """The body that an article speaks for."""
    if len({match.group() for match in rules.not_a_report.finditer(text)}) >= _SIGNS_OF_A_NOTICE:
        return Body.OTHER
    if len(rules.law_article.findall(text)) >= _ARTICLES_OF_A_LAW:
        return Body.OTHER
    whole = "".join(headings[:_HEADLINES]) + text
    if not rules.names_a_body.search(whole):
        return Body.OTHER
    firms = len(rules.firm.findall(text))
    if firms and firms > len(rules.names_a_body.findall(whole)):
        return Body.OTHER
    if len(rules.own_office.findall(text)) >= _SIGNS_OF_AN_OFFICE:
        return Body.OTHER
    if rules.government_handles.search(text) and "常委会" not in text:
        return Body.OTHER
    if _is_higher(rules.of_nation, "\n".join([*headings[:_HEADLINES], text]), rules):
        return Body.OTHER
    npc = len(rules.npc.findall(text))
    cppcc = len(rules.cppcc.findall(text))
    other = len(rules.other.findall(text))
    announced = False
    for heading in headings[:_HEADLINES]:
        of_npc = bool(rules.headline_npc.search(heading))
        of_cppcc = bool(rules.headline_cppcc.search(heading))
        if rules.headline_other.search(heading) and "常委会工作" not in heading and not announced:
            return Body.OTHER
        announced |= of_npc or of_cppcc
        npc += _HEADLINE_WEIGHT * of_npc
        cppcc += _HEADLINE_WEIGHT * of_cppcc
    if max(npc, cppcc) == 0 or other > 2 * max(npc, cppcc):
        return Body.OTHER
    if max(npc, cppcc) < 2 and other:
        return Body.OTHER
    return _larger(npc, cppcc)


def _is_higher(signs: re.Pattern[str], text: str, rules: BodyRules) -> bool:
    """Whether a text speaks of a body above cities and counties (`signs`) and names none of theirs."""
    if len(signs.findall(text)) < _SIGNS_OF_A_HIGHER_BODY:
        return False
    named = (*rules.own_body.finditer(text), *rules.we.finditer(text))
    return all(match.group("unit") in ("省", "自治区") for match in named)


def _larger(npc: int, cppcc: int) -> Body:
    return Body.NPC if npc >= cppcc else Body.CPPCC


def is_report(headings: Sequence[str], rules: BodyRules) -> bool:
    """Whether the headlines call the article a report or a review of work."""
    return any(rules.report.search(heading) for heading in headings[:_HEADLINES])


def bodies_of_blocks(article_body: Body, blocks: Sequence[str], rules: BodyRules) -> list[Body]:
    """The body of each block of an article; differs only where the article holds both."""
    counts = [(len(rules.npc.findall(b)), len(rules.cppcc.findall(b))) for b in blocks]
    npc, cppcc = sum(c[0] for c in counts), sum(c[1] for c in counts)
    if (
        article_body is Body.OTHER
        or min(npc, cppcc) < _OTHER_SHARE * max(npc, cppcc)
        or min(npc, cppcc) < 6
    ):
        return [article_body] * len(blocks)
    bodies: list[Body] = []
    current: Body = article_body
    for here_npc, here_cppcc in counts:
        if max(here_npc, here_cppcc) >= 2 and abs(here_npc - here_cppcc) >= 2:
            current = _larger(here_npc, here_cppcc)
        bodies.append(current)
    return bodies


def area_of(
    headings: Sequence[str],
    text: str,
    gazetteer: Gazetteer,
    rules: BodyRules,
    page: Area | None = None,
    body: Body | None = None,
) -> Area | None:
    """The place whose body an article speaks for, None where the text names none.

    `page` is the place of the whole page, which speaks unless the article's own
    words outweigh it; a county below it only where its body is named. A headline
    that names the other body than `body` is another article's.
    """
    titles = [heading for heading in headings if not _COUNTED_IN_DIGITS.search(heading)]
    headline = "\n".join(titles[:_HEADLINES])
    named = _named_in_headline(headline, gazetteer, rules, body)
    if named is not None:
        return named
    if page is None and _is_higher(rules.of_province, f"{headline}\n{text}", rules):
        return _province_that_speaks(f"{headline}\n{text}", gazetteer, rules)
    unit = _own_unit(headline, text, rules)
    weights: defaultdict[Area, float] = defaultdict(float)
    speaking: dict[Area, int] = {}  # in the order in which they are first named so
    for source, factor in ((headline, 4), (text, 1)):
        for mention in gazetteer.mentions(source):
            if rules.speaks.search(source[mention.end : mention.end + 12]):
                for area in mention.areas:
                    speaking.setdefault(area, len(speaking))
            weight = factor * _weight(source, mention, rules)
            for area in mention.areas:
                weights[area] += weight
                above = gazetteer.parent(area)
                if len(mention.areas) == 1 and above is not None and area.level is AreaLevel.COUNTY:
                    weights[above] += _SHARE_OF_PARENT * min(weight, 1.0)
    if page is not None:
        weights[page] += _PAGE_WEIGHT
    if not weights:
        return None
    fitting = {area: w for area, w in weights.items() if _fits(area, unit)}
    if not fitting:
        fitting = _derived(weights, unit, gazetteer)
    if not fitting:
        return None
    mentioned = set(weights)

    def rank(area: Area) -> tuple[float, bool, str]:
        parent = gazetteer.parent(area)
        at_home = parent is not None and parent in mentioned
        if at_home and area in speaking and parent in speaking:
            at_home = speaking[area] < speaking[parent]
        if at_home:
            beside = (weights[a] for a in mentioned - {area} if gazetteer.parent(a) == parent)
            at_home = max(beside, default=0.0) < _SHARE_OF_SIBLING * weights[area]
        return fitting[area] + (1.5 if at_home else 0), not area.note, area.code

    best = max(fitting, key=rank)
    if best.level is AreaLevel.PROVINCE:
        districts = [area for area in speaking if gazetteer.parent(area) == best]
        best = max(districts, key=lambda area: weights[area], default=best)
    below_page = page is not None and gazetteer.parent(best) == page
    return page if below_page and best not in speaking else best


def _province_that_speaks(text: str, gazetteer: Gazetteer, rules: BodyRules) -> Area | None:
    """The province whose body a text names (四川省政协), None for 省政协 alone; a city that is named so goes first."""
    speaking = [
        area
        for mention in gazetteer.mentions(text)
        if len(mention.areas) == 1 and rules.speaks.search(text[mention.end : mention.end + 12])
        for area in mention.areas
    ]
    return min(speaking, key=lambda area: area.level is AreaLevel.PROVINCE, default=None)


def _named_in_headline(
    headline: str, gazetteer: Gazetteer, rules: BodyRules, body: Body | None
) -> Area | None:
    """The place whose body a headline names in full (政协襄汾县第十三届委员会): that settles it."""
    mentions = gazetteer.mentions(headline)
    around = {area for mention in mentions for area in mention.areas}
    for mention in mentions:
        after = headline[mention.end : mention.end + 12]
        if not (mention.text[-1] in "省市县区州旗盟" and rules.speaks.search(after)):
            continue
        if body is not None and _body_named(headline, mention) not in (None, body):
            continue
        at_home = [area for area in mention.areas if gazetteer.parent(area) in around]
        bearers = at_home or list(mention.areas)
        if len(bearers) == 1 and bearers[0].level is not AreaLevel.PROVINCE:
            return bearers[0]
    return None


def _body_named(headline: str, mention: Mention) -> Body | None:
    """Which body the words around a place name: 政协襄汾县, 宝丰县人大常委会."""
    around = headline[max(0, mention.start - 10) : mention.end + 16]
    if "政协" in around or "政治协商" in around:
        return Body.CPPCC
    return Body.NPC if "人大" in around or "人民代表大会" in around else None


def _own_unit(headline: str, text: str, rules: BodyRules) -> str | None:
    """The character that the speaker uses for itself: 市, 县, 区, 州, 旗, 盟."""
    counts: Counter[str] = Counter()
    for pattern, weight in ((rules.own_body, 1.0), (rules.we, 1.0)):
        for source, factor in ((headline, 5), (text, 1)):
            for match in pattern.finditer(source):
                if match.group("unit") != "省":
                    counts[match.group("unit")] += int(weight * factor)
    return counts.most_common(1)[0][0] if counts else None


def _fits(area: Area, unit: str | None) -> bool:
    if area.level is AreaLevel.PROVINCE and not area.name.endswith("市"):
        return False
    if unit is None:
        return True
    return area.name.endswith(_SUFFIXES[unit])


def _derived(
    weights: Mapping[Area, float], unit: str | None, gazetteer: Gazetteer
) -> dict[Area, float]:
    """Where no mentioned place is of the speaker's kind: the places above the mentioned ones."""
    derived: dict[Area, float] = {}
    for area, weight in weights.items():
        parent = gazetteer.parent(area)
        if parent is not None and _fits(parent, unit):
            derived[parent] = derived.get(parent, 0) + weight
    return derived


def _weight(source: str, mention: Mention, rules: BodyRules) -> float:
    after = source[mention.end : mention.end + 12]
    before = source[max(0, mention.start - 14) : mention.start]
    if rules.partner.search(before[-3:]):
        return 0.5
    weight = 1.0
    if rules.speaks.search(after):
        weight += 4
    elif rules.paper.search(after):
        weight += 2
    if any(match.end() == len(before) for match in rules.spoken_in.finditer(before)):
        weight += 2
    return weight


def speaker_of_heading(
    heading: str, article: Speaker, gazetteer: Gazetteer, rules: BodyRules
) -> Speaker | None:
    """The speaker that a heading inside an article announces (市政协工作报告亮点), or None."""
    if rules.organ_alone.search(heading):
        return Speaker(article.area, Body.OTHER)
    match = rules.announces.search(heading)
    if match is None:
        return _named_alone(heading, gazetteer, rules)
    if rules.headline_other.search(heading) or rules.other_body.search(match.group()):
        return Speaker(article.area, Body.OTHER)
    body: Body = Body.CPPCC if "政协" in match.group() else Body.NPC
    for mention in gazetteer.mentions(heading):
        if rules.speaks.search(heading[mention.end : mention.end + 12]) and len(mention.areas) == 1:
            return Speaker(mention.areas[0], body)
    return Speaker(article.area, body)


def _named_alone(heading: str, gazetteer: Gazetteer, rules: BodyRules) -> Speaker | None:
    """The speaker that a heading names and nothing else: 【政协自贡市委员会】, 荣县政协."""
    if not rules.body_alone.search(heading):
        return None
    areas = {area for mention in gazetteer.mentions(heading) for area in mention.areas}
    if len(areas) != 1:
        return None
    return Speaker(areas.pop(), Body.CPPCC if "政" in heading else Body.NPC)


def as_in_a_province(
    sentences: Sequence[Sentence], area: Area | None, gazetteer: Gazetteer
) -> Sequence[Sentence]:
    """The sentences of a district of a municipality (直辖市) as those of a county would be, for the rules:
    the level above it, which rules know as 省政协, is 市政协 there."""
    above = gazetteer.parent(area) if area is not None else None
    if above is None or above.level is not AreaLevel.PROVINCE or not above.name.endswith("市"):
        return sentences
    return [s._replace(text=_MUNICIPAL.sub("省", s.text)) for s in sentences]


def speaker_of_sentence(
    sentence: str, article: Speaker, gazetteer: Gazetteer, rules: BodyRules
) -> Speaker | None:
    """The other place whose body the sentence names, or None.

    A city's page has its counties' news: a place below the article's own, or a neighbour
    below the same city, speaks for itself. Any other place whose body is the subject of
    a clause is nobody's that this article reports on: the speaker has no area.
    """
    if article.area is None:
        return None
    if not re.search("人大|政协", sentence) and not rules.acts.search(sentence):
        return None
    home = (
        gazetteer.parent(article.area) if article.area.level is AreaLevel.COUNTY else article.area
    )
    for mention in gazetteer.mentions(sentence):
        if _COUNTED.search(sentence, 0, mention.start):
            break
        speaks = rules.speaks.search(sentence[mention.end : mention.end + 12])
        for area in mention.areas if speaks else ():
            above = gazetteer.parent(area)
            if (
                area.level is AreaLevel.COUNTY
                and above in (article.area, home)
                and area != article.area
            ):
                cppcc = "政协" in sentence[mention.end : mention.end + 8]
                return Speaker(area, Body.CPPCC if cppcc else Body.NPC)
        opens_clause = mention.start == 0 or sentence[mention.start - 1] in "，；。："
        stranger = article.area not in mention.areas
        if stranger and opens_clause and rules.acts.match(sentence, mention.end):
            return Speaker(None, article.body)
    return None
