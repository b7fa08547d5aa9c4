"""A document → its facts: who speaks, of which years, and what each figure counts.

For each article the speaker and the chronology are found first; then it is
settled what each sentence's figures count (etl.settling), and what the text
gives only in parts (etl.sums) or in words (etl.indirect) is added.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from etl import (
    chronology,
    findings,
    homes,
    indirect,
    layout,
    news,
    places,
    second_look,
    sentences,
    settling,
    speakers,
    sums,
    timeline,
)
from etl.areas import Area
from etl.binding import FACT
from etl.chronology import Chronology
from etl.findings import Found, place
from etl.homes import Told
from etl.model import AreaLevel, Body, Document, Fact, Report, Status
from etl.page import Article, Page, Role
from etl.places import Speaker
from etl.rules import Rules
from etl.second_look import Look
from etl.sentences import Sentence

_FEWEST_FACTS_OF_A_REPORT = 3
_STOP = re.compile("[。！？]")
# What stands beside the text and tells when it was printed or given; 各位代表 tells to whom.
_TELLS_WHEN = re.compile("年|(?:19|20)[0-9]{2}[.．/-]|^各位")


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
    spoken = [_spoken(page, article) for article in page.articles]
    everywhere = _chronology(spoken, rules, published, None)
    told = [
        Told(page.folded[article.start : article.end], rules.gazetteer, rules.bodies)
        for article in page.articles
    ]
    page_area = _area(page, page.articles, told, rules)
    facts: list[Fact] = []
    reports: list[Report] = []
    pieces = crowded = 0
    for article, words, said in zip(page.articles, told, spoken, strict=True):
        cut = sentences.of_article(page, article, rules.grammar, rules.catalogue.fits)
        if not cut:
            continue
        pieces += sum(sentence.cut for sentence in cut)
        crowded += sum(sentence.crowded for sentence in cut)
        headings = _headings(page, article)
        text = words.text
        body = places.body_of(headings, text, rules.bodies)
        if body is Body.OTHER:
            continue
        area = _area(page, [article], [words], rules, page_area, body)
        chron = everywhere
        if len(page.articles) > 1:
            chron = _chronology([said], rules, published, everywhere)
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


class _Spoken(NamedTuple):
    """What an article says of its time may stand in: its headings with what is printed beside it, its sentences."""

    headings: list[str]
    sentences: list[str]


def _spoken(page: Page, article: Article) -> _Spoken:
    spoken = _Spoken([], [])
    for number in page.blocks_of(article):
        block = page.blocks[number]
        words = page.folded[block.start : block.end]
        beside = block.role in (Role.FURNITURE, Role.BYLINE)
        if block.role is Role.HEADING or (beside and _TELLS_WHEN.search(words)):
            spoken.headings.append(words)
        elif block.role is Role.BODY:
            spoken.sentences.extend(_sentences(words))
    return spoken


def _chronology(
    spoken: Sequence[_Spoken], rules: Rules, published: int | None, fallback: Chronology | None
) -> Chronology:
    """The chronology of an article, or of several as one."""
    headings = list(chain.from_iterable(article.headings for article in spoken))
    told = list(chain.from_iterable(article.sentences for article in spoken))
    return chronology.chronology(headings, told, rules.periods, published, fallback)


def _sentences(words: str) -> Iterator[str]:
    """The words of a block up to each full stop."""
    start = 0
    for stop in _STOP.finditer(words):
        yield words[start : stop.end()]
        start = stop.end()
    if start < len(words):
        yield words[start:]


def _area(
    page: Page,
    articles: Sequence[Article],
    told: Sequence[Told],
    rules: Rules,
    whole_page: Area | None = None,
    body: Body | None = None,
) -> Area | None:
    headings = [heading for article in articles for heading in _headings(page, article)]
    return homes.area_of(headings, told, rules.gazetteer, rules.bodies, whole_page, body)


def _read_article(
    cut: Sequence[Sentence], speaker: Speaker, chron: Chronology, rules: Rules, look: Look
) -> list[Found]:
    cut = speakers.as_in_a_province(cut, speaker.area, rules.gazetteer, rules.bodies)
    parts: dict[int, list[str]] = defaultdict(list)
    for sentence in cut:
        parts[sentence.block].append(sentence.text)
    texts = ["".join(part) for part in parts.values()]
    told = places.bodies_of_blocks(speaker.body, texts, rules.bodies)
    by_block = dict(zip(parts, told, strict=True))
    told = places.bodies_of_sentences(cut, by_block, rules.bodies)
    turns = speakers.of_sentences(cut, told, speaker, rules.gazetteer, rules.bodies)
    bodies = [each[0].speaker.body for each in turns]
    moments = timeline.timeline(cut, chron, rules.periods)
    readings = settling.read_sentences(cut, bodies, rules)
    found = settling.settle(readings, turns, moments, chron, rules)
    catalogue = rules.catalogue
    found = sums.enumerated(found, catalogue)
    found += sums.picked_out(found, readings, catalogue.syntax)
    found += sums.totals(found, readings, catalogue)
    found += sums.sums(found, readings, catalogue)
    found += sums.in_session_and_after(found, catalogue.syntax)
    found += sums.joined(found)
    found += indirect.wholes(found, readings, rules)
    found += indirect.titles(found, cut, moments, speaker, chron, rules)
    again = second_look.look_again(found, readings, bodies, rules, look)
    seen = settling.settle(again, turns, moments, chron, rules)
    anew = {place(item) for item in seen}
    return [item for item in found if item.score >= FACT or place(item) not in anew] + seen


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
    first, last = page.contiguous(min(first, a), max(last, b), a, b)
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
