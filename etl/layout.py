"""A decoded document → a page of repaired text, cut into blocks and articles, with the way back.

Reports reach us wrapped at newspaper-column width, letter-spaced, with captions
in mid-sentence and headlines after their article. Decisions taken here:

* White space is dropped (kept only between Latin words, and the numbers of a row), nothing is ever added,
  so a place in the page maps back to one place in the document.
* Lines are joined where a sentence is still open and the line is as full as its
  neighbours, or longer than any heading (etl/columns.py). After a full stop nothing is joined:
  facts live in sentences, so the paragraph that a sentence came from matters
  less than that no two sentences are glued together.
* Captions and page furniture become blocks of their own, also in the middle of
  a sentence; the sentence goes on after them. A quote is then cut to the piece
  that is contiguous in the document (`Page.contiguous`).
"""

import re
from collections import Counter

from etl import articles, surroundings, tables
from etl.articles import Draft
from etl.columns import Breaks, breaks
from etl.lines import (
    LayoutRules,
    Line,
    assign_roles,
    fold,
    lines_of,
    load_rules,
    mark_items,
)
from etl.page import Page, Role

__all__ = ["LayoutRules", "fold", "load_rules", "read_page"]

_STOP = re.compile("[。！？]")
_PUNCTUATION = re.compile("[，。；：、！？,;:!?]")
_LATIN = re.compile(r"[A-Za-z]")
_LONGEST_HEADING = 45
_ENDS_AT_ONCE = re.compile(r"[\u4e00-\u9fff]{1,3}[。！？；]")
# A marked label, whose figure may stand on the next line: ☆提出书面意见.
_LABEL_ALONE = re.compile(r"[^【，。；：0-9０-９][^，。；：0-9０-９]{2,13}")
# A line of figures and nothing else: 15次; 4次、10次、20次.
_ONLY_FIGURES = re.compile(
    r"(?:[约近超逾]?[0-9０-９][0-9０-９.．,，]*[万亿]?[余多]?(?:[%％]|[\u4e00-\u9fff]{1,2})(?:[、→和](?!$))?)++"
)
_AFTER_A_NUMBER = "万亿余多件次个项条部名人位期篇份场家%％"
# Two spaces part the columns of a row, one is a stray one within a number; so are three before thousands.
_THOUSANDS = re.compile("[0-9]{3}(?![0-9])")
_TITLE_LINES = 8
_WIDE = 2
# A letter-spaced line of this width is no headline.
_SPACED_COLUMN = 20
_TITLE_ENDS = ("报告", "综述", "回眸", "纪实", "摘要", "摘登", "概况", "要览")
_SUBTITLE_ENDS = (*_TITLE_ENDS, "会议上", "大会上", "扫描", "工作", "履职")


def read_page(text: str, rules: LayoutRules) -> Page:
    """Repair the decoded text of a document. Linear in its length; never raises."""
    lines = tables.newest_year(text, surroundings.without(lines_of(text), rules))
    assign_roles(lines, rules)
    broken = breaks(lines)
    mark_items(lines, broken.full.__getitem__, rules)
    groups = _join(lines, broken, rules)
    return _compose(text, groups, rules)


def _is_mid_sentence(text: str) -> bool:
    """Whether this open line can't be a heading: a sentence began in it, or a quote is not closed."""
    return (
        _STOP.search(text) is not None
        or "；" in text
        or text.count("《") > text.count("》")
        or text.count("“") > text.count("”")
        or text.count("（") > text.count("）")
    )


def _join(lines: list[Line], broken: Breaks, rules: LayoutRules) -> list[tuple[list[Line], Role]]:
    """Group the lines into blocks, in reading order."""
    groups: list[tuple[list[Line], Role]] = []
    pending: list[Line] = []
    last = 0  # the number of the last pending line

    def flush() -> None:
        if pending:
            text = "".join(line.text for line in pending)
            heading = (
                len(text) <= _LONGEST_HEADING
                and not _STOP.search(text if groups else text[:-1])
                and text[-1] != "。"
                and (not rules.bullet.match(text) or _LABEL_ALONE.fullmatch(text))
                and text[-1] not in "，、；,;"
            )
            groups.append((list(pending), Role.HEADING if heading else Role.BODY))
            pending.clear()

    usual = _usual_gap(lines)
    for i, line in enumerate(lines):
        if pending and line.role is Role.BODY and _stands_apart(pending, line, usual):
            flush()
        if line.role is Role.FURNITURE:
            if rules.separator.match(line.text):
                flush()
            groups.append(([line], line.role))
            continue
        if line.role in (Role.BYLINE, Role.LIST):
            flush()
            groups.append(([line], line.role))
            continue
        if pending and pending[-1].is_open:
            interrupts = line.role is Role.CAPTION or (
                line.blank_before > 1 and rules.caption_if_interrupting.match(line.text[:200])
            )
            if interrupts:
                groups.append(([line], Role.CAPTION))
                continue
        if line.role is Role.CAPTION:
            flush()
            groups.append(([line], line.role))
            continue
        if pending:
            spaced = line.spaced and lines[last].spaced and lines[last].width >= _SPACED_COLUMN
            at_top, full = i < _TITLE_LINES, spaced or broken.full[last]
            sharp = broken.sharp and broken.full[last]
            if not _continues(pending[-1], line, at_top, broken.wrapped, full, sharp, rules):
                flush()
        pending.append(line)
        last = i
    flush()
    return groups


def _usual_gap(lines: list[Line]) -> int:
    """How many blank lines stand between most lines: where there are more, a paragraph ends."""
    gaps = Counter(line.blank_before for line in lines[1:])
    return gaps.most_common(1)[0][0] if gaps else 0


def _stands_apart(pending: list[Line], following: Line, usual: int) -> bool:
    """Whether words without punctuation stand between gaps wider than usual: a heading, however full its line."""
    if not usual or min(pending[0].blank_before, following.blank_before) <= usual:
        return False
    text = "".join(line.text for line in pending)
    return len(text) <= _LONGEST_HEADING and not _PUNCTUATION.search(text)


def _continues(
    before: Line,
    line: Line,
    at_top: bool,
    wrapped: bool,
    full: bool,
    broken_there: bool,
    rules: LayoutRules,
) -> bool:
    """Whether `line` goes on with the sentence that `before` leaves open.

    `at_top` tells that titles may still stand there, `full` that `before` fills its column,
    `broken_there` that it counts as many characters as all lines that are broken off.
    """
    if not before.is_open or before.ends_article or before.item:
        return False
    if line.role is Role.LIST or line.starts_article or line.item or rules.bullet.match(line.text):
        return False
    if rules.greeting.match(line.text) or rules.greeting.match(before.text):
        return False
    if before.text[-1] not in ",，、" and _begins_with_its_figure(line):
        return False
    if at_top and before.text.endswith(_TITLE_ENDS) and not full:
        return False
    if before.blank_before and line.blank_before and _ONLY_FIGURES.fullmatch(before.text):
        return False
    if line.blank_before and _ONLY_FIGURES.fullmatch(line.text):
        return False
    if line.text[0] in "，。、；：！？）》”’,;:)!?%％":
        return True
    if before.text[-1] in "，、；,;":
        return True
    if before.text[-1].isdigit() and line.text[0] in _AFTER_A_NUMBER and len(before.text) > 8:
        return True
    if rules.numbering.match(line.text) or rules.subtitle.match(line.text):
        return False
    if rules.subtitle.match(before.text) and not _is_mid_sentence(before.text):
        return broken_there and line.text.endswith(_SUBTITLE_ENDS)
    if _is_mid_sentence(before.text) or _ENDS_AT_ONCE.match(line.text):
        return True
    if wrapped or full:
        return before.width >= 6 and full
    return len(before.text) > _LONGEST_HEADING


def _begins_with_its_figure(line: Line) -> bool:
    """Whether wide space parts a number at the beginning of a line from what it counts: 21　　主任会议次数；"""
    if len(line.words) < 2 or line.text[-1] not in ";；。":
        return False
    (start, end), (following, _) = line.words[:2]
    return following - end >= _WIDE and line.text[: end - start].isdigit()


def _compose(text: str, groups: list[tuple[list[Line], Role]], rules: LayoutRules) -> Page:
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for group, _role in groups:
        block_start = length
        for line in group:
            previous_end = None
            row = (
                len(line.words) > 1
                and not line.spaced
                and not any(mark in line.text for mark in "，。；")
            )
            for a, b in line.words:
                if previous_end is not None and _keep_space(text, previous_end, a, row):
                    a = previous_end
                parts.append(text[a:b])
                starts.append(length)
                origins.append(a)
                length += b - a
                previous_end = b
        spans.append((block_start, length))
    page_text = "".join(parts)
    breaks = tuple(
        _interrupted(text, origin + len(part), following)
        for origin, part, following in zip(origins, parts, origins[1:], strict=False)
    )
    drafts = [
        Draft(start, end, page_text[start:end], role, group[0], group[-1])
        for (start, end), (group, role) in zip(spans, groups, strict=True)
    ]
    found, blocks = articles.cut(drafts, rules)
    return Page(
        text=page_text,
        folded=fold(page_text, rules),
        blocks=blocks,
        articles=found,
        piece_starts=tuple(starts),
        piece_origins=tuple(origins),
        breaks=breaks,
    )


def _interrupted(text: str, end: int, following: int) -> bool:
    """Whether anything but white space stands between two pieces that are neighbours on the page."""
    return following < end or (following > end and not text[end:following].isspace())


def _keep_space(text: str, end: int, following: int, row: bool) -> bool:
    """Whether the white space between two words is kept: between Latin words, and between the numbers of a `row`."""
    if not text[end:following].isspace():
        return False
    before, behind = text[end - 1], text[following]
    if before.isdigit() and behind.isdigit():
        return row and following - end >= (4 if _THOUSANDS.match(text, following) else 2)
    return _LATIN.match(before) is not None and _LATIN.match(behind) is not None
