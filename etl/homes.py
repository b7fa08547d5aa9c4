"""Which place an article is of: the one whose body speaks in it.

Reports name their own place in passing (《鹤壁市公园管理条例》), call it 我市, and
name others as partners. So an article's area is found by weight: a place right
before 人大 or 政协 or inside a law's title counts more than a bare mention, and
the place has to be of the kind that the speaker calls itself (市人大 → a 市).

In a municipality (直辖市) a district whose body is named speaks before the municipality.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from etl.areas import Area
from etl.gazetteer import Gazetteer, Mention
from etl.model import AreaLevel, Body
from etl.places import HEADLINES, BodyRules, is_higher

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
_PAGE_WEIGHT = 4
_HEADLINE_FACTOR = 4
_NAMED_ONCE = 1.0
_AT_HOME = 1.5
_PARTNER = 0.5
_CLOSING_WEIGHT = 2
_SHARE_OF_PARENT = 0.7
# With a sibling named now and then, too, a text is about the city above them both.
_SHARE_OF_SIBLING = 0.3


class Named(NamedTuple):
    """Places that a text names in one spot, how much that weighs, whether their body is named, and whether
    as one above the speaker (被九江市政协采用)."""

    areas: tuple[Area, ...]
    weight: float
    speaks: bool
    above: bool = False


class Told:
    """A text with the places that it names: weighed once for an article, which its page asks for, too."""

    def __init__(self, text: str, gazetteer: Gazetteer, rules: BodyRules) -> None:
        self.text = text
        self._gazetteer, self._rules = gazetteer, rules

    @cached_property
    def mentions(self) -> list[Mention]:
        """The places that are named."""
        return self._gazetteer.mentions(self.text)

    @cached_property
    def units(self) -> tuple[Counter[str], Counter[str]]:
        """How often a body is named by its kind of place (市人大), and how often its people say 我市."""
        own_body, we = (
            Counter(match.group("unit") for match in pattern.finditer(self.text))
            for pattern in (self._rules.own_body, self._rules.we)
        )
        return own_body, we

    @cached_property
    def named(self) -> list[Named]:
        """The places in their order; one right behind a partner is one, too (赴福建安溪、贵州湄潭)."""
        found: list[Named] = []
        end = -1
        for mention in self.mentions:
            if _is_label(self.text, mention, self._rules):
                found.append(Named(mention.areas, _PARTNER, False))
                continue
            weight = _weight(self.text, mention, self._rules)
            if mention.start == end and found[-1].weight == _PARTNER:
                weight = _PARTNER
            above = _is_above(self.text, mention, self._rules)
            speaks = not above and _speaks(self.text, mention, self._rules)
            found.append(Named(mention.areas, weight, speaks, above))
            end = mention.end
        return found


def area_of(
    headings: Sequence[str],
    texts: Sequence[Told],
    gazetteer: Gazetteer,
    rules: BodyRules,
    page: Area | None = None,
    body: Body | None = None,
) -> Area | None:
    """The place whose body an article, or a page of several, speaks for; None where `texts` name none.

    `page` is the place of the whole page, which speaks unless the article's own
    words outweigh it; a county below it only where its body is named. A headline
    that names the other body than `body` is another article's.
    """
    text = "\n".join(part.text for part in texts)
    titles = [heading for heading in headings if not rules.counted_in_digits.search(heading)]
    headline = Told("\n".join(titles[:HEADLINES]), gazetteer, rules)
    titled = _named_in_headline(headline, gazetteer, rules, body)
    if titled is not None:
        return titled
    if page is None and is_higher(rules.of_province, f"{headline.text}\n{text}", rules):
        return _province_that_speaks(f"{headline.text}\n{text}", gazetteer, rules)
    unit = _own_unit(headline, texts)
    found = _weigh([(headline, _HEADLINE_FACTOR), *((part, 1) for part in texts)], gazetteer)
    if page is not None:
        found.weights[page] += _PAGE_WEIGHT
    for area in _closing(text, gazetteer, rules):
        found.weights[area] += _CLOSING_WEIGHT
    fitting = {
        area: weight
        for area, weight in found.weights.items()
        if _fits(area, unit) and area not in found.above
    } or _derived(found.weights, unit, gazetteer)
    # Of a place and what it has become, the new one speaks in a text that names both.
    successors = {area.code for area in fitting}
    fitting = {a: w for a, w in fitting.items() if a.in_force or a.successor not in successors}
    if not fitting:
        return None
    best = max(fitting, key=lambda area: _rank(area, fitting, found, gazetteer))
    if _is_a_guess(best, fitting, gazetteer):
        return None
    if best.level is AreaLevel.PROVINCE:
        districts = [area for area in found.speaking if gazetteer.parent(area) == best]
        best = max(districts, key=lambda area: found.weights[area], default=best)
    below_page = page is not None and gazetteer.parent(best) == page
    return page if below_page and best not in found.speaking else best


class _Weighed(NamedTuple):
    """What a text's places weigh, those whose body is named in the order of their first naming, and those
    that are only named as the level above."""

    weights: defaultdict[Area, float]
    speaking: Mapping[Area, int]
    above: frozenset[Area]


def _weigh(sources: Sequence[tuple[Told, int]], gazetteer: Gazetteer) -> _Weighed:
    """Add up what the places of texts weigh, each text by its factor; a county counts for its city, too."""
    weights: defaultdict[Area, float] = defaultdict(float)
    speaking: dict[Area, int] = {}
    above: set[Area] = set()
    for source, factor in sources:
        for named in source.named:
            if named.above:
                above.update(named.areas)
            if named.speaks:
                for area in named.areas:
                    speaking.setdefault(area, len(speaking))
            weight = factor * named.weight
            for area in named.areas:
                weights[area] += weight
                city = gazetteer.parent(area)
                if len(named.areas) == 1 and city is not None and area.level is AreaLevel.COUNTY:
                    weights[city] += _SHARE_OF_PARENT * min(weight, 1.0)
    return _Weighed(weights, speaking, frozenset(above - speaking.keys()))


def _rank(
    area: Area, fitting: Mapping[Area, float], found: _Weighed, gazetteer: Gazetteer
) -> tuple[float, bool, str]:
    """How well a place fits as the one that speaks; better where its city is named around it, not a sibling."""
    weight = fitting[area] + (_AT_HOME if _is_at_home(area, found, gazetteer) else 0)
    return weight, not area.note, area.code


def _is_at_home(area: Area, found: _Weighed, gazetteer: Gazetteer) -> bool:
    """Whether a text names the city around a place, not before it, and hardly a sibling of it."""
    parent = gazetteer.parent(area)
    if parent is None or parent not in found.weights:
        return False
    named = found.speaking
    if area in named and parent in named and named[area] > named[parent]:
        return False
    beside = (
        weight
        for other, weight in found.weights.items()
        if other != area and gazetteer.parent(other) == parent
    )
    return max(beside, default=0.0) < _SHARE_OF_SIBLING * found.weights[area]


def _is_a_guess(best: Area, fitting: Mapping[Area, float], gazetteer: Gazetteer) -> bool:
    """Whether a place is named in passing only, or once and another about as often: no figure is put down to it."""
    weight = fitting[best]
    return weight < _NAMED_ONCE or (
        weight == _NAMED_ONCE
        and any(
            2 * other_weight > weight
            and other != best
            and best not in (gazetteer.parent(other), other)
            and gazetteer.parent(best) != other
            for other, other_weight in fitting.items()
        )
    )


def _closing(text: str, gazetteer: Gazetteer, rules: BodyRules) -> list[Area]:
    """The county or city of a report's closing words (为建设富裕和谐的新桃源而奋斗), in their short name."""
    return [
        area
        for match in rules.closing.finditer(text)
        for area in gazetteer.named(match.group("name"))
        if area.level is not AreaLevel.PROVINCE and area.in_force
    ]


def _province_that_speaks(text: str, gazetteer: Gazetteer, rules: BodyRules) -> Area | None:
    """The province whose body a text names (四川省政协), for 省政协 alone the only one that it names at all;
    a city that is named so goes first."""
    mentions = [mention for mention in gazetteer.mentions(text) if len(mention.areas) == 1]
    speaking = [
        area
        for mention in mentions
        if rules.speaks.search(text[mention.end : mention.end + 12])
        for area in mention.areas
    ]
    if speaking:
        return min(speaking, key=lambda area: area.level is AreaLevel.PROVINCE)
    provinces = {a for m in mentions for a in m.areas if a.level is AreaLevel.PROVINCE}
    return provinces.pop() if len(provinces) == 1 else None


def _named_in_headline(
    headline: Told, gazetteer: Gazetteer, rules: BodyRules, body: Body | None
) -> Area | None:
    """The place whose body a headline names in full (政协襄汾县第十三届委员会), or that it begins with
    (科左中旗：代表票决定实事): that settles it."""
    around = {area for mention in headline.mentions for area in mention.areas}
    for mention in headline.mentions:
        after = headline.text[mention.end : mention.end + 12]
        opens = _is_label(headline.text, mention, rules)
        if not (mention.text[-1] in "省市县区州旗盟" and (opens or rules.speaks.search(after))):
            continue
        if body is not None and _body_named(headline.text, mention) not in (None, body):
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


def _own_unit(headline: Told, texts: Sequence[Told]) -> str | None:
    """The character that the speaker uses for itself: 市, 县, 区, 州, 旗, 盟."""
    counts: Counter[str] = Counter()
    for way in (0, 1):
        for source, factor in ((headline, 5), *((text, 1) for text in texts)):
            for unit, times in source.units[way].items():
                counts[unit] += factor * times
    del counts["省"]
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


def _is_label(source: str, mention: Mention, rules: BodyRules) -> bool:
    """Whether a place is the label of an item that is about it: 龙泉市政协：全年编报信息150篇."""
    opens = mention.start == 0 or source[mention.start - 1] in "\n。"
    return opens and rules.label_goes_on.match(source, mention.end) is not None


def _speaks(source: str, mention: Mention, rules: BodyRules) -> bool:
    """Whether the body of a place is named behind it."""
    return rules.speaks.search(source[mention.end : mention.end + 12]) is not None


def _is_above(source: str, mention: Mention, rules: BodyRules) -> bool:
    """Whether a place's body is named as that of the level above: 被九江市政协采用, 配合长春市人大常委会."""
    if not _speaks(source, mention, rules):
        return False
    before = source[max(0, mention.start - 4) : mention.start]
    return (
        rules.above_before.search(before) is not None
        or rules.above_behind.match(source, mention.end) is not None
    )


def _weight(source: str, mention: Mention, rules: BodyRules) -> float:
    after = source[mention.end : mention.end + 12]
    before = source[max(0, mention.start - 14) : mention.start]
    if rules.partner.search(before[-3:]) or rules.partner_behind.match(source, mention.end):
        return _PARTNER
    weight = 1.0
    if _speaks(source, mention, rules) and not _is_above(source, mention, rules):
        weight += 4
    elif rules.paper.search(after):
        weight += 2
    if any(match.end() == len(before) for match in rules.spoken_in.finditer(before)):
        weight += 2
    return weight
