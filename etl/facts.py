"""A document → its facts: who speaks, of which years, and what each figure counts.

For each article the speaker and the chronology are settled first; then each
sentence's figures are bound to indicators (etl.binding) and dated
(etl.periods), and what the text gives only in parts (etl.sums) or in words
(etl.indirect) is added.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from etl import (
    binding,
    chronology,
    findings,
    indirect,
    layout,
    lists,
    news,
    periods,
    places,
    second_look,
    sentences,
    sums,
    timeline,
)
from etl.areas import Area
from etl.binding import Binding, Context
from etl.chronology import Chronology
from etl.findings import Found, Reading, place
from etl.model import AreaLevel, Body, Document, Fact, Quantity, Report, Status
from etl.page import Article, Page, Role
from etl.places import Speaker
from etl.readings import Clauses
from etl.rules import Rules
from etl.second_look import Look
from etl.sentences import Sentence
from etl.timeline import Moment

_FEWEST_FACTS_OF_A_REPORT = 3


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document gives: facts and candidates in its order, the reports it holds.

    `cut` is the number of places where a sentence was too long and was cut, `crowded`
    that of pieces skipped for holding too many numerals (see etl.sentences).
    """

    facts: tuple[Fact, ...]
    reports: tuple[Report, ...]
    cut: int = 0
    crowded: int = 0


def read(document: Document, rules: Rules) -> tuple[list[Fact], list[Report]]:
    """All facts and candidates of a document, in its order, and the reports it holds."""
    extraction = extract(document, rules)
    return list(extraction.facts), list(extraction.reports)


def extract(document: Document, rules: Rules, look: Look = second_look.weighed) -> Extraction:
    """Read a document; takes time in proportion to its length, whatever it holds.

    `look` has the last word on figures that no cue binds (tools.learn looks with eyes of its own).
    """
    page = layout.read_page(document.text, rules.layout)
    published = (
        document.published.year * 100 + document.published.month if document.published else None
    )
    everywhere = _chronology(page, page.articles, rules, published, None)
    page_area = _area(page, page.articles, rules)
    facts: list[Fact] = []
    reports: list[Report] = []
    pieces = crowded = 0
    for article in page.articles:
        cut = sentences.of_article(page, article, rules.grammar)
        if not cut:
            continue
        pieces += sum(sentence.cut for sentence in cut)
        crowded += sum(sentence.crowded for sentence in cut)
        headings = _headings(page, article)
        text = page.folded[article.start : article.end]
        body = places.body_of(headings, text, rules.bodies)
        if body is Body.OTHER:
            continue
        area = _area(page, [article], rules, page_area, body)
        chron = everywhere
        if len(page.articles) > 1:
            chron = _chronology(page, [article], rules, published, everywhere)
        speaker = Speaker(area, body)
        found = _read_article(cut, speaker, chron, rules, look)
        called = places.is_report(headings, rules.bodies)
        found = _doubted(found, text, cut, called, rules)
        made = [_fact(f, page, article, document) for f in findings.choose(found)]
        facts += made
        report = _report(document, article, speaker, chron, made, called)
        if report is not None:
            reports.append(report)
    return Extraction(tuple(facts), tuple(reports), pieces, crowded)


def _doubted(
    found: list[Found], text: str, cut: Sequence[Sentence], called: bool, rules: Rules
) -> list[Found]:
    """The figures of a news item that may be none of a year's, each with its doubt."""
    if news.is_undated(text, rules):
        return [item._replace(doubt=item.doubt or "短讯没有说明是哪一年") for item in found]
    end = 0 if called else cut[0].start + news.told_of_event_until(text, cut, rules)
    return [
        item._replace(doubt=item.doubt or "说的是一次活动，不是全年") if place(item) < end else item
        for item in found
    ]


def _headings(page: Page, article: Article) -> list[str]:
    """Headings of the article, those that hold its headline first."""
    return [
        page.folded[block.start : block.end]
        for block in map(page.blocks.__getitem__, page.blocks_of(article))
        if block.role is Role.HEADING
    ]


def _chronology(
    page: Page,
    articles: Sequence[Article],
    rules: Rules,
    published: int | None,
    fallback: Chronology | None,
) -> Chronology:
    headings: list[str] = []
    told: list[str] = []
    for number in chain.from_iterable(page.blocks_of(article) for article in articles):
        block = page.blocks[number]
        words = page.folded[block.start : block.end]
        beside = block.role in (Role.FURNITURE, Role.BYLINE)
        if block.role is Role.HEADING or (beside and ("年" in words or words.startswith("各位"))):
            headings.append(words)
        elif block.role is Role.BODY:
            told += [s for s in re.split(r"(?<=[。！？])", words) if s]
    return chronology.chronology(headings, told, rules.periods, published, fallback)


def _area(
    page: Page,
    articles: Sequence[Article],
    rules: Rules,
    whole_page: Area | None = None,
    body: Body | None = None,
) -> Area | None:
    headings = [heading for article in articles for heading in _headings(page, article)]
    text = "\n".join(page.folded[article.start : article.end] for article in articles)
    return places.area_of(headings, text, rules.gazetteer, rules.bodies, whole_page, body)


def read_sentences(cut: Sequence[Sentence], bodies: Sequence[Body], rules: Rules) -> list[Reading]:
    """Bind the figures of an article's sentences, each in the light of the two before it."""
    readings: list[Reading] = []
    for number, sentence in enumerate(cut):
        found: tuple[Quantity, ...] = ()
        if not sentence.crowded:
            found = tuple(
                quantity
                for quantity in lists.figures_with_labels(sentence.text, rules.grammar)
                if rules.grammar.kinds.get(quantity.unit) != "duration"  # 备案审查五年共217件
            )
        bound: list[Binding] = []
        clauses: Clauses | None = None
        if any(quantity.unit in rules.catalogue.cues_by_measure for quantity in found):
            earlier = "".join(s.text for s in cut[max(0, number - 2) : number])
            context = Context(earlier, sentence.heading, bodies[number])
            clauses = Clauses(sentence.text, rules.segmenter, rules.catalogue.syntax)
            bound = binding.bind(clauses, found, context, rules.catalogue)
        readings.append(Reading(sentence, found, tuple(bound), clauses))
    return readings


def _read_article(
    cut: Sequence[Sentence], speaker: Speaker, chron: Chronology, rules: Rules, look: Look
) -> list[Found]:
    cut = places.as_in_a_province(cut, speaker.area, rules.gazetteer)
    parts: dict[int, list[str]] = defaultdict(list)
    for sentence in cut:
        parts[sentence.block].append(sentence.text)
    texts = ["".join(part) for part in parts.values()]
    told = places.bodies_of_blocks(speaker.body, texts, rules.bodies)
    by_block = dict(zip(parts, told, strict=True))
    speakers = _speakers(cut, [by_block[s.block] for s in cut], speaker, rules)
    bodies = [each.body for each in speakers]
    moments = timeline.timeline(cut, chron, rules.periods)
    readings = read_sentences(cut, bodies, rules)
    found = _settled(readings, speakers, moments, chron, rules)
    catalogue = rules.catalogue
    found = sums.enumerated(found, catalogue)
    found += sums.picked_out(found, readings, catalogue.syntax)
    found += sums.totals(found, readings, catalogue.syntax)
    found += sums.sums(found, readings, catalogue)
    found += sums.in_session_and_after(found, catalogue.syntax)
    found += sums.joined(found)
    found += indirect.wholes(found, readings, rules)
    found += indirect.titles(found, cut, moments, speaker, chron, rules)
    again = second_look.look_again(found, readings, bodies, rules, look)
    return found + _settled(again, speakers, moments, chron, rules)


def _settled(
    readings: Sequence[Reading],
    speakers: Sequence[Speaker],
    moments: Sequence[Moment],
    chron: Chronology,
    rules: Rules,
) -> list[Found]:
    """What the bindings of an article's sentences come to, in the order of the text."""
    found: list[Found] = []
    for reading, speaker, moment in zip(readings, speakers, moments, strict=True):
        if reading.bindings:
            here = _winners(reading, speaker, moment, chron, rules)
            found += _mark_parts(here, reading.sentence.text, rules)
    return found


def _speakers(
    cut: Sequence[Sentence], bodies: Sequence[Body], speaker: Speaker, rules: Rules
) -> list[Speaker]:
    """The speaker of each sentence: its block's, the one that a heading has announced, or its own."""
    speakers: list[Speaker] = []
    announced: Speaker | None = None
    heading = ""
    for sentence, body in zip(cut, bodies, strict=True):
        if sentence.heading != heading:
            heading = sentence.heading
            announced = (
                places.speaker_of_heading(heading, speaker, rules.gazetteer, rules.bodies)
                or announced
            )
        current = announced or Speaker(speaker.area, body)
        speakers.append(
            places.speaker_of_sentence(sentence.text, current, rules.gazetteer, rules.bodies)
            or current
        )
    return speakers


def _winners(
    reading: Reading, speaker: Speaker, moment: Moment, chron: Chronology, rules: Rules
) -> list[Found]:
    """The best binding of each figure, dated; others of the figure are left aside."""
    won: list[Found] = []
    taken: set[tuple[int, str, str]] = set()
    readings_of: dict[tuple[int, tuple[int, int]], list[Binding]] = defaultdict(list)
    for bound in reading.bindings:
        readings_of[bound.quantity.start, bound.reading.left].append(bound)
    text, heading = reading.sentence.text, reading.sentence.heading
    for (start, _), options in readings_of.items():
        for bound in options:
            indicator = rules.catalogue.indicators[bound.cue.indicator]
            clause_start = bound.reading.clause[0]
            before = text[:start]
            clause = text[clause_start:start]
            planned = moment.plan or _plans(text[:start], clause, rules)
            if indicator.planned and not planned:
                planned = bool(
                    rules.catalogue.terms.plan_document.search(text[: bound.quantity.end])
                )
            if indicator.planned != planned and (indicator.planned or indicator.titles):
                continue
            if (start, indicator.id, bound.cue.part) in taken:
                break
            period = periods.period_of(
                before, text[start:], moment, chron, indicator.kind, planned, rules.periods, heading
            )
            if period is None:
                break
            taken.add((start, indicator.id, bound.cue.part))
            whole_year = not chron.so_far and period.status is Status.ACTUAL
            doubt = findings.doubt_of(bound, text, whole_year, rules.catalogue)
            if planned and not indicator.planned:
                doubt = doubt or "说的是打算，不是报告期内做的"
            won.append(
                Found(
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


def _plans(before: str, clause: str, rules: Rules) -> bool:
    """Whether the words up to a figure speak of what is to be done: its clause, or the one it goes on from.

    2024年拟制定法规3部，修订1部 plans both.
    """
    terms = rules.catalogue.terms
    return bool(terms.plan.found_in(clause) or terms.plan_goes_on.found_in(before))


def _mark_parts(found: list[Found], text: str, rules: Rules) -> list[Found]:
    """In one sentence, a figure after 其中 is a part of the one before that counts the same."""
    marked: list[Found] = []
    for item in found:
        earlier = [
            f for f in marked if f.indicator.id == item.indicator.id and f.period == item.period
        ]
        if earlier and not item.part and (item.weak or not earlier[-1].weak):
            between = text[earlier[-1].quantity.end : item.quantity.start]
            if rules.catalogue.terms.part_of.search(between):
                item = item._replace(doubt="是前一数字的部分数")
        marked.append(item)
    return marked


def _fact(item: Found, page: Page, article: Article, document: Document) -> Fact:
    """Cut the quote and carry all offsets back into the document."""
    first, last = item.quote or (item.sentence.start, item.sentence.end)
    a, b = item.span or (
        item.sentence.start + item.quantity.start,
        item.sentence.start + item.quantity.end,
    )
    if not page.is_contiguous(a, b):
        a = item.sentence.start + item.quantity.start
        b = item.sentence.start + item.quantity.end
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
    document: Document,
    article: Article,
    speaker: Speaker,
    chron: Chronology,
    made: Sequence[Fact],
    called: bool,
) -> Report | None:
    """The report that an article is: one that is `called` so or that tells several figures."""
    facts = sum(fact.trusted for fact in made)
    if speaker.area is None or chron.year is None:
        return None
    told = sum(fact.trusted and fact.status is not Status.PLANNED for fact in made)
    if not called and told < _FEWEST_FACTS_OF_A_REPORT:
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
