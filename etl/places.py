"""Whose report it is: the body (人大, 政协, or neither) of an article and of its blocks.

Which place an article is of is found by etl.homes, who speaks in its sentences by etl.speakers.

Decisions:
* Headlines go before bodies of text; 政府工作报告 and the courts' reports speak
  for nobody that this program reads, whatever figures they hold.
* On a page with both a congress and a committee, a block without a sign of its
  own goes with the one before it.
* What a government or an office was given to handle is a part of what was handed in.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.areas import Area
from etl.model import Body
from etl.needles import Guarded
from etl.patterns import load_lists
from etl.sentences import Sentence

HEADLINES = 6
_OTHER_SHARE = 0.2
_SIGNS_OF_TWO_BODIES = 6
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
    column: re.Pattern[str]
    headline_npc: re.Pattern[str]
    headline_cppcc: re.Pattern[str]
    announces: re.Pattern[str]
    body_alone: re.Pattern[str]
    organ_alone: re.Pattern[str]
    other_body: re.Pattern[str]
    opens_npc: Guarded
    opens_cppcc: Guarded
    not_a_report: re.Pattern[str]
    firm: re.Pattern[str]
    own_office: re.Pattern[str]
    government_handles: re.Pattern[str]
    law_article: re.Pattern[str]
    names_a_body: re.Pattern[str]
    report: re.Pattern[str]
    report_of_body: re.Pattern[str]
    of_nation: re.Pattern[str]
    of_province: re.Pattern[str]
    own_body: re.Pattern[str]
    we: re.Pattern[str]
    speaks: re.Pattern[str]
    acts: re.Pattern[str]
    spoken_in: re.Pattern[str]
    partner: re.Pattern[str]
    partner_behind: re.Pattern[str]
    counted_in_digits: re.Pattern[str]
    counted: re.Pattern[str]
    municipal: re.Pattern[str]
    whole_place: re.Pattern[str]
    above_before: re.Pattern[str]
    above_behind: re.Pattern[str]
    closing: re.Pattern[str]
    label: re.Pattern[str]
    label_goes_on: re.Pattern[str]
    that_place: Guarded
    opens_with_unit: re.Pattern[str]
    takes_back: re.Pattern[str]
    paper: re.Pattern[str]


def load_rules(catalogue: Path) -> BodyRules:
    """Compile the rules of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    lists = load_lists(catalogue / "bodies.toml", BodyRules.__dataclass_fields__)
    # These are asked of every sentence.
    return BodyRules(
        opens_npc=Guarded(lists.pop("opens_npc")),
        opens_cppcc=Guarded(lists.pop("opens_cppcc")),
        that_place=Guarded(lists.pop("that_place")),
        **lists,
    )


def body_of(headings: Sequence[str], text: str, rules: BodyRules) -> Body:
    """The body that an article speaks for."""
    if not rules.names_a_body.search("".join(headings[:HEADLINES]) + text):
        return Body.OTHER
    if not _is_titled(headings, rules) and (
        _is_something_else(headings, text, rules)
        or any(rules.column.search(heading) for heading in headings[:HEADLINES])
    ):
        return Body.OTHER
    if is_higher(rules.of_nation, "\n".join([*headings[:HEADLINES], text]), rules):
        return Body.OTHER
    npc = len(rules.npc.findall(text))
    cppcc = len(rules.cppcc.findall(text))
    other = len(rules.other.findall(text))
    announced = False
    for heading in headings[:HEADLINES]:
        of_npc = bool(rules.headline_npc.search(heading))
        of_cppcc = bool(rules.headline_cppcc.search(heading))
        if rules.headline_other.search(heading) and "常委会工作" not in heading and not announced:
            return _reported_further_on(headings, rules)
        announced |= of_npc or of_cppcc
        npc += _HEADLINE_WEIGHT * of_npc
        cppcc += _HEADLINE_WEIGHT * of_cppcc
    if max(npc, cppcc) == 0 or other > 2 * max(npc, cppcc):
        return Body.OTHER
    if max(npc, cppcc) < 2 and other:
        return Body.OTHER
    return _larger(npc, cppcc)


def _reported_further_on(headings: Sequence[str], rules: BodyRules) -> Body:
    """The body whose report stands behind another's on one page (政府工作报告, then 市人大常委会工作报告)."""
    for heading in headings[1:]:
        if rules.report_of_body.search(heading) and not rules.headline_other.search(heading):
            return Body.NPC if rules.headline_npc.search(heading) else Body.CPPCC
    return Body.OTHER


def _is_titled(headings: Sequence[str], rules: BodyRules) -> bool:
    """Whether a headline calls the article a body's report: no word of its text speaks against that."""
    return any(
        rules.report.search(heading)
        and (rules.headline_npc.search(heading) or rules.headline_cppcc.search(heading))
        for heading in headings[:HEADLINES]
    )


def _is_something_else(headings: Sequence[str], text: str, rules: BodyRules) -> bool:
    """Whether a text reads as a notice, a law, a firm's news, or an office's or the government's account."""
    if len({match.group() for match in rules.not_a_report.finditer(text)}) >= _SIGNS_OF_A_NOTICE:
        return True
    if len(rules.law_article.findall(text)) >= _ARTICLES_OF_A_LAW:
        return True
    firms = len(rules.firm.findall(text))
    if firms and firms > len(rules.names_a_body.findall("".join(headings[:HEADLINES]) + text)):
        return True
    if len(rules.own_office.findall(text)) >= _SIGNS_OF_AN_OFFICE:
        return True
    told = any(
        rules.headline_npc.search(h) or rules.headline_cppcc.search(h) for h in headings[:HEADLINES]
    )
    return not told and "常委会" not in text and rules.government_handles.search(text) is not None


def is_higher(signs: re.Pattern[str], text: str, rules: BodyRules) -> bool:
    """Whether a text speaks of a body above cities and counties (`signs`) and names none of theirs."""
    if len(signs.findall(text)) < _SIGNS_OF_A_HIGHER_BODY:
        return False
    named = (*rules.own_body.finditer(text), *rules.we.finditer(text))
    return all(match.group("unit") in ("省", "自治区") for match in named)


def _larger(npc: int, cppcc: int) -> Body:
    return Body.NPC if npc >= cppcc else Body.CPPCC


def is_report(headings: Sequence[str], rules: BodyRules) -> bool:
    """Whether the headlines call the article a report or a review of work."""
    return any(rules.report.search(heading) for heading in headings[:HEADLINES])


def bodies_of_blocks(article_body: Body, blocks: Sequence[str], rules: BodyRules) -> list[Body]:
    """The body of each block of an article; differs only where the article holds both."""
    if article_body is Body.OTHER:
        return [article_body] * len(blocks)
    # Of most articles this settles it.
    of_other = rules.cppcc if article_body is Body.NPC else rules.npc
    if sum(len(of_other.findall(block)) for block in blocks) < _SIGNS_OF_TWO_BODIES:
        return [article_body] * len(blocks)
    counts = [(len(rules.npc.findall(b)), len(rules.cppcc.findall(b))) for b in blocks]
    fewer, more = sorted((sum(c[0] for c in counts), sum(c[1] for c in counts)))
    if fewer < max(_SIGNS_OF_TWO_BODIES, _OTHER_SHARE * more):
        return [article_body] * len(blocks)
    bodies: list[Body] = []
    current: Body = article_body
    for here_npc, here_cppcc in counts:
        if max(here_npc, here_cppcc) >= 2 and abs(here_npc - here_cppcc) >= 2:
            current = _larger(here_npc, here_cppcc)
        bodies.append(current)
    return bodies


def bodies_of_sentences(
    sentences: Sequence[Sentence], of_blocks: Mapping[int, Body], rules: BodyRules
) -> list[Body]:
    """The body of each sentence: its block's, or from a sentence on that begins with another (市政协全年召开…)
    that one's, to the end of the block."""
    bodies: list[Body] = []
    block, current = -1, Body.OTHER
    for sentence in sentences:
        if sentence.block != block:
            block, current = sentence.block, of_blocks[sentence.block]
        if rules.opens_npc.match(sentence.text):
            current = Body.NPC
        elif rules.opens_cppcc.match(sentence.text):
            current = Body.CPPCC
        bodies.append(current)
    return bodies
