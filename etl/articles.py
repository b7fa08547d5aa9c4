"""Cuts a page into articles and gives each its headline.

Articles end at a closing byline, （本报记者 …）, or a closing formula, and begin at
本报讯, at a byline under a headline, after a rule of dashes, or where a roll of
names begins or ends. Headlines between two articles belong to the one that
follows, unless the first of them is a subtitle (——…): a page read column by
column puts a headline after its article with the subtitle on top. A news item
(本报讯) has no headings inside, so the next heading is the next article's, if
any text follows it.
"""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from etl.lines import LayoutRules, Line
from etl.page import Article, Block, Role

_LONGEST_RULE = 40
_HEADLINES = 3


class Draft(NamedTuple):
    """A block before it has an article: its span on the page, its words, first and last line."""

    start: int
    end: int
    words: str
    role: Role
    first: Line
    last: Line


def cut(
    drafts: Sequence[Draft], rules: LayoutRules
) -> tuple[tuple[Article, ...], tuple[Block, ...]]:
    """The articles of a page and its blocks, each with the index of its article."""
    edges = [0, *sorted(b for b in _boundaries(drafts, rules) if 0 < b < len(drafts)), len(drafts)]
    articles: list[Article] = []
    blocks: list[Block] = []
    for low, high in itertools.pairwise(edges):
        members = drafts[low:high]
        if not members:
            continue
        index = len(articles)
        articles.append(Article(index, _heading(members, rules), members[0].start, members[-1].end))
        blocks += [Block(d.start, d.end, d.role, index, d.first.blank_before) for d in members]
    return tuple(articles), tuple(blocks)


def _boundaries(drafts: Sequence[Draft], rules: LayoutRules) -> set[int]:
    """Numbers of the drafts that an article begins with."""
    starts: set[int] = set()
    after_closer = in_roll = in_news_item = False
    headings_from = 0  # where the headings right before a draft begin
    last_text = max((k for k, d in enumerate(drafts) if d.role is Role.BODY), default=-1)
    for k, draft in enumerate(drafts):
        is_rule = draft.role is Role.FURNITURE and len(draft.words) < _LONGEST_RULE
        if is_rule and rules.separator.match(draft.words):
            starts.add(k + 1)
        if in_roll and draft.role is Role.BODY and "。" in draft.words:
            starts.add(k)
            in_roll = False
        if draft.role is Role.LIST and not in_roll:
            starts.add(k)
            in_roll = True
        if in_news_item and draft.role is Role.HEADING and k < last_text:
            starts.add(k)
            in_news_item = False
        in_news_item |= draft.first.starts_article
        under_headline = draft.role is Role.BYLINE and not draft.last.ends_article
        if draft.first.starts_article or under_headline:
            starts.add(_first_headline(drafts, headings_from, k, rules))
        if after_closer and k not in starts:
            starts.add(_after_trailing_headline(drafts, k, rules))
        after_closer = draft.last.ends_article and not _is_under_title(drafts, k)
        if draft.role is not Role.HEADING:
            headings_from = k + 1
    return starts


def _is_under_title(drafts: Sequence[Draft], k: int) -> bool:
    """Whether a byline stands right under the title of the page: no text was there to end."""
    return (
        drafts[k].role is Role.BYLINE
        and k <= _HEADLINES
        and all(draft.role is Role.HEADING for draft in drafts[:k])
    )


def _after_trailing_headline(drafts: Sequence[Draft], k: int, rules: LayoutRules) -> int:
    """Where the next article begins if the headlines from k on belong to the article above them."""
    if not rules.subtitle.match(drafts[k].words):
        return k
    while k < len(drafts) and drafts[k].role is Role.HEADING:
        k += 1
    return k


def _first_headline(drafts: Sequence[Draft], first: int, k: int, rules: LayoutRules) -> int:
    """The first of the headings from `first` to k, or k if they belong to the article above."""
    after_article = first > 0 and drafts[first - 1].last.ends_article
    if after_article and first < k and rules.subtitle.match(drafts[first].words):
        return k
    return first


def _heading(members: Sequence[Draft], rules: LayoutRules) -> str:
    """The leading headings of an article, else those after its last paragraph, subtitle last."""
    headings = _run_of_headings(members)
    if not headings:
        headings = _run_of_headings(list(reversed(members)))[::-1]
        headings.sort(key=lambda words: bool(rules.subtitle.match(words)))
    return " ".join(headings[:_HEADLINES])


def _run_of_headings(members: Sequence[Draft]) -> list[str]:
    run = []
    for draft in members:
        if draft.role is Role.HEADING:
            run.append(draft.words)
        elif draft.role is not Role.FURNITURE:
            break
    return run
