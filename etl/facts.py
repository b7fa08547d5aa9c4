"""A document → its facts: who speaks, of which years, and what each figure counts.

For each article the speaker and the chronology are settled first; then each
sentence's figures are bound to indicators (etl.binding) and dated
(etl.periods). Figures that the text gives only indirectly come after:

* whole   “均已办结” takes the figure of the suggestions it speaks of;
* summed  任命56人、免职30人 without a total, 会议期间与闭会期间;
* counted laws named in 《》 under 制定, 修订, 通过, where no number is given.

One document gives one figure for one indicator and period. Where several fit,
the whole goes before the part, then the better binding, then the larger figure;
the others are kept as candidates with the reason.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl import binding, catalogue, gazetteer, layout, lists, periods, places, quantities
from etl.binding import Binding, Clauses, Context
from etl.catalogue import Catalogue, Indicator
from etl.gazetteer import Gazetteer
from etl.layout import LayoutRules
from etl.model import (
    AreaLevel,
    Body,
    Document,
    Fact,
    Kind,
    Method,
    Qualifier,
    Quantity,
    Report,
    Status,
)
from etl.page import Article, Block, Page, Role
from etl.periods import Chronology, Moment, Period, PeriodRules
from etl.places import BodyRules, Speaker
from etl.quantities import Grammar
from etl.words import Segmenter, segmenter

_SENTENCE_END = re.compile(r"[。！？!?]+[”’）)》」』]*")
_UNIT_IN_LABEL = re.compile(r"（(?:单位：)?([^（）]{1,3})）：?$")
_TITLE = re.compile(r"《([^《》]{4,40})》")
_LONGEST_QUOTE = 600
_SUM_REACH = 100


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that the catalogue folder says, loaded once for all documents."""

    catalogue: Catalogue
    layout: LayoutRules
    periods: PeriodRules
    bodies: BodyRules
    grammar: Grammar
    gazetteer: Gazetteer
    segmenter: Segmenter


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on its page; `text` is folded, `heading` that of its section."""

    start: int
    end: int
    text: str
    heading: str
    block: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence read: all bindings of its figures, best first, and the figures themselves."""

    sentence: Sentence
    quantities: tuple[Quantity, ...]
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A bound figure on its way to becoming a fact. Offsets count characters of the page."""

    indicator: Indicator
    quantity: Quantity
    sentence: Sentence
    period: Period
    speaker: Speaker
    score: float
    rule: str
    evidence: tuple[str, ...]
    method: Method = Method.STATED
    part: str = ""
    alone: bool = True
    adds: bool = False
    weak: bool = False
    whole: bool = False
    doubt: str = ""
    rivals: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    quote: tuple[int, int] | None = None


def load_rules(folder: Path) -> Rules:
    """Load the catalogue folder. Raises CatalogueError at the first mistake."""
    terms = catalogue.load(folder)
    return Rules(
        catalogue=terms,
        layout=layout.load_rules(folder),
        periods=periods.load_rules(folder),
        bodies=places.load_rules(folder),
        grammar=quantities.load_grammar(folder),
        gazetteer=gazetteer.load(folder),
        segmenter=segmenter(terms.words),
    )


def read(document: Document, rules: Rules) -> tuple[list[Fact], list[Report]]:
    """All facts and candidates of a document, in its order, and the reports it holds."""
    page = layout.read_page(document.text, rules.layout)
    published = (
        document.published.year * 100 + document.published.month if document.published else None
    )
    everywhere = _chronology(page, page.articles, rules, published, None)
    page_area = _area(page, page.articles, rules)
    facts: list[Fact] = []
    reports: list[Report] = []
    for article in page.articles:
        sentences = _sentences(page, article, rules)
        if not sentences:
            continue
        headings = _headings(page, article)
        text = page.folded[article.start : article.end]
        body = places.body_of(headings, text, rules.bodies)
        if body is Body.OTHER:
            continue
        area = _area(page, [article], rules, page_area)
        chron = _chronology(page, [article], rules, published, everywhere)
        speaker = Speaker(area, body)
        found = _read_article(sentences, speaker, chron, rules)
        made = [_fact(f, page, article, document) for f in _choose(found)]
        facts += made
        report = _report(document, article, speaker, chron, sum(fact.trusted for fact in made))
        if report is not None:
            reports.append(report)
    return facts, reports


def _headings(page: Page, article: Article) -> list[str]:
    """Headings of the article, those that hold its headline first."""
    return [
        page.folded[b.start : b.end]
        for b in page.blocks
        if b.article == article.index and b.role is Role.HEADING
    ]


def _chronology(
    page: Page,
    articles: Sequence[Article],
    rules: Rules,
    published: int | None,
    fallback: Chronology | None,
) -> Chronology:
    wanted = {article.index for article in articles}
    headings, sentences = [], []
    for block in page.blocks:
        if block.article not in wanted:
            continue
        words = page.folded[block.start : block.end]
        if block.role is Role.HEADING or (block.role is Role.FURNITURE and "年" in words):
            headings.append(words)
        elif block.role is Role.BODY:
            sentences += [s for s in re.split(r"(?<=[。！？])", words) if s]
    return periods.chronology(headings, sentences, rules.periods, published, fallback)


def _area(
    page: Page, articles: Sequence[Article], rules: Rules, whole_page: gazetteer.Area | None = None
) -> gazetteer.Area | None:
    headings = [heading for article in articles for heading in _headings(page, article)]
    text = "\n".join(page.folded[article.start : article.end] for article in articles)
    return places.area_of(headings, text, rules.gazetteer, rules.bodies, whole_page)


def _sentences(page: Page, article: Article, rules: Rules) -> list[Sentence]:
    """The sentences of an article: its paragraphs cut at full stops, its short lines as lists group them."""
    sentences: list[Sentence] = []
    heading = ""
    short: list[tuple[int, Block]] = []

    def add_short_lines() -> None:
        nonlocal heading
        lines = [lists.ShortLine(page.folded[b.start : b.end], b.blank_before) for _, b in short]
        for low, high in lists.group(lines, rules.grammar):
            number, first = short[low]
            words = page.folded[first.start : short[high - 1][1].end]
            sentences.append(
                Sentence(first.start, first.start + len(words), words, heading, number)
            )
            if not any(character.isdigit() for character in words) or "年" in words:
                heading = words
        short.clear()

    for number, block in enumerate(page.blocks):
        if block.article != article.index or block.role not in (Role.BODY, Role.HEADING):
            continue
        if block.role is Role.HEADING:
            if short and short[-1][1].end != block.start:
                add_short_lines()
            short.append((number, block))
            continue
        add_short_lines()
        start = block.start
        for match in _SENTENCE_END.finditer(page.folded, block.start, block.end):
            sentences.append(
                Sentence(start, match.end(), page.folded[start : match.end()], heading, number)
            )
            start = match.end()
        if start < block.end:
            sentences.append(
                Sentence(start, block.end, page.folded[start : block.end], heading, number)
            )
    add_short_lines()
    return sentences


def read_sentences(
    sentences: Sequence[Sentence], bodies: Sequence[Body], rules: Rules
) -> list[Reading]:
    """Bind the figures of an article's sentences, each in the light of the two before it."""
    readings: list[Reading] = []
    for number, sentence in enumerate(sentences):
        found = tuple(_with_unit_of_label(sentence.text, rules.grammar))
        bound: list[Binding] = []
        if found:
            earlier = "".join(s.text for s in sentences[max(0, number - 2) : number])
            context = Context(earlier, sentence.heading, bodies[number])
            clauses = Clauses(sentence.text, rules.segmenter)
            bound = binding.bind(clauses, found, context, rules.catalogue)
        readings.append(Reading(sentence, found, tuple(bound)))
    return readings


def _with_unit_of_label(text: str, grammar: Grammar) -> Iterable[Quantity]:
    """The figures of a sentence; 收到提案（件）312 takes its measure word from the label."""
    for quantity in quantities.find(text, grammar):
        if not quantity.unit and (match := _UNIT_IN_LABEL.search(text, 0, quantity.start)):
            measure = grammar.measures.get(match.group(1))
            if measure is not None:
                yield replace(quantity, unit=measure.normal, unit_text=match.group(1))
                continue
        yield quantity


def _read_article(
    sentences: Sequence[Sentence], speaker: Speaker, chron: Chronology, rules: Rules
) -> list[_Found]:
    blocks = sorted({sentence.block for sentence in sentences})
    texts = ["".join(s.text for s in sentences if s.block == block) for block in blocks]
    by_block = dict(
        zip(blocks, places.bodies_of_blocks(speaker.body, texts, rules.bodies), strict=True)
    )
    speakers = _speakers(sentences, [by_block[s.block] for s in sentences], speaker, rules)
    bodies = [each.body for each in speakers]
    moments = periods.timeline([(s.heading, s.text) for s in sentences], chron, rules.periods)
    readings = read_sentences(sentences, bodies, rules)
    found: list[_Found] = []
    for number, reading in enumerate(readings):
        if not reading.bindings:
            continue
        here_found = _winners(reading, speakers[number], moments[number], chron, rules)
        found += _mark_parts(here_found, reading.sentence.text, rules)
    found += _sums(found, readings, rules.catalogue.terms.part_of)
    found += _wholes(found, readings, rules)
    found += _titles(found, sentences, moments, speaker, chron, rules)
    return found


def _speakers(
    sentences: Sequence[Sentence], bodies: Sequence[Body], speaker: Speaker, rules: Rules
) -> list[Speaker]:
    """The speaker of each sentence: its block's, the one that a heading has announced, or its own."""
    speakers: list[Speaker] = []
    announced: Speaker | None = None
    heading = ""
    for sentence, body in zip(sentences, bodies, strict=True):
        if sentence.heading != heading:
            heading = sentence.heading
            announced = (
                places.speaker_of_heading(heading, speaker, rules.gazetteer, rules.bodies)
                or announced
            )
        current = announced or replace(speaker, body=body)
        speakers.append(
            places.speaker_of_sentence(sentence.text, current, rules.gazetteer, rules.bodies)
            or current
        )
    return speakers


def _winners(
    reading: Reading, speaker: Speaker, moment: Moment, chron: Chronology, rules: Rules
) -> list[_Found]:
    """The best binding of each figure, dated; others of the figure are left aside."""
    won: list[_Found] = []
    taken: set[tuple[int, str, str]] = set()
    readings_of: dict[tuple[int, tuple[int, int]], list[Binding]] = defaultdict(list)
    for bound in reading.bindings:
        readings_of[bound.quantity.start, bound.reading.left].append(bound)
    text = reading.sentence.text
    for (start, _), options in readings_of.items():
        for bound in options:
            indicator = rules.catalogue.indicators[bound.cue.indicator]
            clause_start = bound.reading.clause[0]
            before = text[:start]
            clause = text[clause_start:start]
            planned = moment.plan or bool(rules.catalogue.terms.plan.search(clause))
            if indicator.planned and not planned:
                planned = bool(
                    rules.catalogue.terms.plan_document.search(text[: bound.quantity.end])
                )
            if indicator.planned != planned and (indicator.planned or indicator.titles):
                continue
            if (start, indicator.id, bound.cue.part) in taken:
                break
            period = periods.period_of(
                before, text[start:], moment, chron, indicator.kind, planned, rules.periods
            )
            if period is None:
                break
            taken.add((start, indicator.id, bound.cue.part))
            doubt = ""
            if bound.score < binding.FACT:
                doubt = "与线索的搭配较松"
            elif rules.catalogue.terms.subset.search(clause):
                doubt = "可能只是某一专题的部分数"
            elif bound.quantity.upper is not None:
                doubt = "原文是区间，不是一个数"
            won.append(
                _Found(
                    indicator=indicator,
                    quantity=bound.quantity,
                    sentence=reading.sentence,
                    period=period,
                    speaker=speaker,
                    score=bound.score,
                    rule=bound.cue.name,
                    evidence=bound.evidence,
                    part=bound.cue.part,
                    alone=bound.cue.alone,
                    adds=bound.cue.adds,
                    weak=bound.cue.weak,
                    whole=bool(rules.catalogue.terms.total.search(clause[-20:])),
                    doubt=doubt,
                    rivals=tuple(
                        f"{other.cue.name} 得分{other.score:g}：{'；'.join(other.evidence)}"
                        for other in options
                        if other is not bound
                    ),
                )
            )
            break
    return won


def _mark_parts(found: list[_Found], text: str, rules: Rules) -> list[_Found]:
    """In one sentence, a figure after 其中 is a part of the one before that counts the same."""
    marked: list[_Found] = []
    for item in found:
        earlier = [
            f for f in marked if f.indicator.id == item.indicator.id and f.period == item.period
        ]
        if earlier and not item.part:
            between = text[earlier[-1].quantity.end : item.quantity.start]
            if rules.catalogue.terms.part_of.search(between):
                item = replace(item, doubt="是前一数字的部分数")
        marked.append(item)
    return marked


def _sums(
    found: Sequence[_Found], readings: Sequence[Reading], part_of: re.Pattern[str]
) -> list[_Found]:
    """Totals of parts that stand close together and have no total of their own.

    Either all members are parts (任命, 免职), or a part follows a figure that it
    is added to (提出建议118件，闭会期间26件). Where the report states the total
    without saying of what (共144件), the arithmetic shows it, and it is stated.
    """
    groups: dict[tuple[str, Period, Speaker], list[_Found]] = defaultdict(list)
    for item in found:
        if not item.doubt:
            groups[item.indicator.id, item.period, item.speaker].append(item)
    sums: list[_Found] = []
    for items in groups.values():
        members = _members(sorted(items, key=_place), part_of)
        if not members:
            continue
        first, last = members[0], members[-1]
        value = sum(item.quantity.value for item in members)
        evidence = tuple(f"{item.part or '其余'}：{item.quantity.value:g}" for item in members)
        total = _stated_total(value, members, readings)
        if total is not None:
            sentence, quantity = total
            sums.append(
                replace(
                    first,
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
            replace(
                first,
                quantity=replace(
                    last.quantity,
                    value=value,
                    qualifier=approximate[0] if approximate else Qualifier.EXACT,
                ),
                sentence=last.sentence,
                method=Method.SUMMED,
                part="",
                whole=True,
                rule=f"{first.indicator.id}:sum",
                evidence=evidence,
                span=(_place(first), last.sentence.start + last.quantity.end),
                quote=(first.sentence.start, last.sentence.end),
            )
        )
    return sums


def _place(item: _Found) -> int:
    return item.sentence.start + item.quantity.start


def _members(items: Sequence[_Found], part_of: re.Pattern[str]) -> list[_Found]:
    """The figures to add up, in order; none where a total stands among them or they lie far apart."""
    parts: dict[str, _Found] = {}
    for item in items:
        if item.part and item.part not in parts:
            parts[item.part] = item
    if not parts:
        return []
    members = sorted(parts.values(), key=_place)
    wholes = [item for item in items if not item.part]
    if wholes:
        addend = members[0]
        before = [
            w
            for w in wholes
            if w.quantity.unit == addend.quantity.unit
            and 0 < _place(addend) - _place(w) <= _SUM_REACH
        ]
        if len(parts) > 1 or not addend.adds or not before or any(w.whole for w in before):
            return []
        if addend.sentence is before[-1].sentence and part_of.search(
            addend.sentence.text, before[-1].quantity.end, addend.quantity.start
        ):
            return []
        members.insert(0, before[-1])
    if len(members) < 2 or _place(members[-1]) - _place(members[0]) > _SUM_REACH * (
        len(members) - 1
    ):
        return []
    return members


def _stated_total(
    value: float, members: Sequence[_Found], readings: Sequence[Reading]
) -> tuple[Sentence, Quantity] | None:
    """The figure right after the members that is their sum, in the same or the next sentence."""
    last = members[-1]
    for number, reading in enumerate(readings):
        if reading.sentence.start != last.sentence.start:
            continue
        for near in readings[number : number + 2]:
            for quantity in near.quantities:
                at = near.sentence.start + quantity.start
                same_unit = quantity.unit == last.quantity.unit
                if at > _place(last) and quantity.value == value and same_unit:
                    return near.sentence, quantity
    return None


def _wholes(found: Sequence[_Found], readings: Sequence[Reading], rules: Rules) -> list[_Found]:
    """Facts like “均已办结”: the figure of the thing that all of them were."""
    derived: list[_Found] = []
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
            direct = any(
                f.indicator is indicator and abs(by_sentence[f.sentence.start] - number) <= 1
                for f in found
            )
            if direct or any(
                d.indicator is indicator and d.period == source.period for d in derived
            ):
                continue
            after = here.sentence.text[source.quantity.end :]
            match = whole.when.search(after)
            quote_end = here.sentence.end
            if match is None and number + 1 < len(readings):
                following = readings[number + 1].sentence
                match = whole.when.search(following.text)
                quote_end = following.end
                if match and _another_figure(
                    readings[number + 1].quantities, match.start(), source
                ):
                    match = None
            elif match and _another_figure(
                [q for q in here.quantities if q.start > source.quantity.start],
                source.quantity.end + match.start(),
                source,
            ):
                match = None
            if match is None:
                continue
            derived.append(
                replace(
                    source,
                    indicator=indicator,
                    rule=f"{indicator.id}:whole",
                    evidence=(
                        f"“{match.group()}”指前述{source.quantity.value:g}{source.quantity.unit}",
                    ),
                    quote=(here.sentence.start, quote_end),
                )
            )
    return derived


def _another_figure(between: Iterable[Quantity], end: int, source: _Found) -> bool:
    """Whether another count of the same measure word stands between the figure and “all of them”."""
    return any(
        q.start < end and q.unit == source.quantity.unit and q.value < source.quantity.value
        for q in between
    )


def _titles(
    found: Sequence[_Found],
    sentences: Sequence[Sentence],
    moments: Sequence[Moment],
    speaker: Speaker,
    chron: Chronology,
    rules: Rules,
) -> list[_Found]:
    """Laws named but not counted. None where the article gives their number anywhere."""
    counted: list[_Found] = []
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
        period = periods.running_total(chron.term_start, chron) if running else _whole_period(chron)
        if not named or period is None:
            continue
        places_named = list(named.values())
        first, last = places_named[0], places_named[-1]
        if last[0].end - first[0].start > _LONGEST_QUOTE:
            last = max((p for p in places_named if p[0] is first[0]), key=lambda p: p[2])
        start, end = first[0].start + first[1], last[0].start + last[2]
        counted.append(
            _Found(
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
    """A law that begins with a place's name belongs to that place (河南省养老服务条例)."""
    mentions = places_known.mentions(title[:16])
    if not mentions or mentions[0].start > 0:
        return not title.startswith("中华人民共和国")
    return speaker.area is None or speaker.area in mentions[0].areas


def _whole_period(chron: Chronology) -> Period | None:
    years = chron.span or (chron.year and (chron.year, chron.year))
    return Period(years[0], years[1], Status.ACTUAL) if years else None


def _choose(found: Sequence[_Found]) -> list[_Found]:
    """One fact for each indicator, period and speaker; the others become candidates."""
    chosen: list[_Found] = []
    groups: dict[tuple[str, Period, Speaker], list[_Found]] = defaultdict(list)
    for item in found:
        if item.speaker.area is None:
            item = replace(item, doubt=item.doubt or "看不出是哪个地方的数字")
        groups[item.indicator.id, item.period, item.speaker].append(item)
    for items in groups.values():
        summed = any(item.method is Method.SUMMED for item in items)
        whole = [
            item
            for item in items
            if not item.doubt and (not item.part or (item.alone and not summed))
        ]
        best = max(whole, key=_rank) if whole else None
        for item in items:
            if item is best:
                chosen.append(item)
            elif best is not None and item.quantity.value == best.quantity.value and not item.doubt:
                chosen.append(replace(item, doubt=""))
            elif item.doubt:
                chosen.append(item)
            else:
                chosen.append(
                    replace(item, doubt="同一报告另有更完整的数字" if best else "只有部分数")
                )
    chosen.sort(key=lambda item: (item.sentence.start, item.quantity.start))
    return chosen


def _rank(item: _Found) -> tuple[bool, bool, bool, float]:
    """What makes a figure the one of its report: for rates the first, for counts the whole, the larger."""
    is_rate = item.indicator.kind is Kind.RATE
    return (
        item.method is not Method.COUNTED,
        not item.weak,
        item.whole and not is_rate,
        -_place(item) if is_rate else item.quantity.value,
    )


def _fact(item: _Found, page: Page, article: Article, document: Document) -> Fact:
    """Cut the quote and carry all offsets back into the document."""
    first, last = item.quote or (item.sentence.start, item.sentence.end)
    a, b = item.span or (
        item.sentence.start + item.quantity.start,
        item.sentence.start + item.quantity.end,
    )
    first, last = page.contiguous(first, last, a, b)
    start, end = page.origin_span(first, last)
    figure_start, figure_end = page.origin_span(a, b)
    area = item.speaker.area
    return Fact(
        document=document.name,
        article=article.heading,
        area=area.name if area else "",
        area_code=area.code if area else "",
        area_level=area.level if area else AreaLevel.CITY,
        body=item.speaker.body,
        indicator=item.indicator.id,
        year_start=item.period.year_start,
        year_end=item.period.year_end,
        value=item.quantity.value,
        unit=item.indicator.unit,
        unit_text=item.quantity.unit_text,
        qualifier=item.quantity.qualifier,
        status=item.period.status,
        method=item.method,
        sentence=page.text[first:last],
        start=start,
        end=end,
        figure=page.text[a:b],
        figure_start=figure_start,
        figure_end=figure_end,
        rule=item.rule,
        evidence=item.evidence,
        score=item.score,
        trusted=not item.doubt,
        doubt=item.doubt,
        rivals=item.rivals,
        published=document.published,
    )


def _report(
    document: Document, article: Article, speaker: Speaker, chron: Chronology, facts: int
) -> Report | None:
    """The report that an article is; None for an article without place, year or figures."""
    if speaker.area is None or chron.year is None or not facts:
        return None
    years = chron.span or (chron.year, chron.year)
    return Report(
        document=document.name,
        article=article.heading,
        area=speaker.area.name,
        area_code=speaker.area.code,
        area_level=speaker.area.level,
        body=speaker.body,
        year_start=years[0],
        year_end=years[1],
        published=document.published,
        facts=facts,
    )
