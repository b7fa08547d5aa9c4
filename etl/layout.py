"""A decoded document → a page of repaired text, cut into blocks and articles, with the way back.

Reports reach us wrapped at newspaper-column width, letter-spaced, with captions
in mid-sentence and headlines after their article. Decisions taken here:

* White space is dropped (kept only between Latin words), nothing is ever added,
  so a place in the page maps back to one place in the document.
* Lines are joined where a sentence is still open and the line is as full as its
  neighbours, or longer than any heading. After a full stop nothing is joined:
  facts live in sentences, so the paragraph that a sentence came from matters
  less than that no two sentences are glued together.
* Captions and page furniture become blocks of their own, also in the middle of
  a sentence; the sentence goes on after them. A quote is then cut to the piece
  that is contiguous in the document (`Page.quote`).
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median

from etl.patterns import load_lists

_WORDS = re.compile(r"[^\s\u200b\u200c\u200d\u2060\ufeff\x00-\x1f]+")
_SENTENCE_END = "。！？!?…"
_CLOSING = "”’）)》」』】"
_LONGEST_HEADING = 45
_LONGEST_ITEM = 30
_LONGEST_LABEL = 12
_SHORTEST_LIST = 3
_ITEM_END = re.compile(r"[0-9０-９][万亿]?[余多]?(?:[%％‰]|[人件次场]?（[次]）|[\u4e00-\u9fff]{1,2})?$")
_PUNCTUATION = re.compile(r"[，。、；：！？“”《》（）,;:A-Za-z—…]")
_ETHNIC_NOTE = re.compile(r"（(?:女|.{1,5}族)(?:，.{1,5}族)?）")
_LATIN = re.compile(r"[A-Za-z]")
_GROUPED_DIGITS = re.compile(r"[0-9０-９]")


class Role(StrEnum):
    """What a block is on its page."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"
    LIST = "list"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of page text with one role: a paragraph or part of one, a heading, a caption.

    `article` is the index of its article in `Page.articles`, `blank_before` the
    number of blank lines above it.
    """

    start: int
    end: int
    role: Role
    article: int = 0
    blank_before: int = 0


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its own headline on the page; `start` and `end` enclose its blocks."""

    index: int
    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """The repaired text of one document.

    `text` has the document's own characters; `folded` has the same length, with
    full-width letters and digits, half-width punctuation and traditional
    characters brought to one form for matching. `piece_starts` and
    `piece_origins` are the offset map: the k-th piece of the page begins at
    `piece_starts[k]` in the page and at `piece_origins[k]` in the document;
    `breaks[k]` tells that other words of the document stand between it and the
    next piece.
    """

    text: str
    folded: str
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    piece_starts: tuple[int, ...]
    piece_origins: tuple[int, ...]
    breaks: tuple[bool, ...]

    def origin(self, offset: int) -> int:
        """The document offset of the page character at `offset`."""
        piece = bisect_right(self.piece_starts, offset) - 1
        return self.piece_origins[piece] + offset - self.piece_starts[piece]

    def origin_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open document span of the non-empty page span [start, end)."""
        return self.origin(start), self.origin(end - 1) + 1

    def contiguous(self, start: int, end: int, keep_start: int, keep_end: int) -> tuple[int, int]:
        """Shorten the span [start, end) to what stands in one piece in the document.

        A caption in mid-sentence cuts the sentence in two; the piece around
        [keep_start, keep_end) is kept.
        """
        low = bisect_right(self.piece_starts, keep_start) - 1
        while low > 0 and self.piece_starts[low] > start and self._follows(low - 1):
            low -= 1
        high = bisect_right(self.piece_starts, keep_end - 1) - 1
        last = len(self.piece_starts) - 1
        while high < last and self.piece_starts[high + 1] < end and self._follows(high):
            high += 1
        limit = self.piece_starts[high + 1] if high < last else len(self.text)
        return max(start, self.piece_starts[low]), min(end, limit)

    def _follows(self, piece: int) -> bool:
        """Whether the next piece of the page is also the next one of the document."""
        return not self.breaks[piece]


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """data/catalogue/layout.toml, compiled; see the comments there."""

    furniture: re.Pattern[str]
    page_number: re.Pattern[str]
    separator: re.Pattern[str]
    caption: re.Pattern[str]
    caption_if_interrupting: re.Pattern[str]
    closer: re.Pattern[str]
    opener: re.Pattern[str]
    byline: re.Pattern[str]
    subtitle: re.Pattern[str]
    roll: re.Pattern[str]
    numbering: re.Pattern[str]
    bullet: re.Pattern[str]
    fold: dict[int, str]


@dataclass(slots=True)
class _Line:
    start: int
    words: list[tuple[int, int]]
    text: str
    width: float
    blank_before: int
    spaced: bool = False
    item: bool = False
    role: Role = Role.BODY
    ends_article: bool = False
    starts_article: bool = False


def load_rules(catalogue: Path) -> LayoutRules:
    """Compile layout.toml and the folding table of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    keys = LayoutRules.__dataclass_fields__.keys() - {"fold"}
    compiled = load_lists(catalogue / "layout.toml", keys)
    return LayoutRules(**compiled, fold=_fold_table(catalogue))


def _fold_table(catalogue: Path) -> dict[int, str]:
    """One-to-one replacements: full-width ASCII, half-width punctuation, traditional characters."""
    table: dict[int, str] = {}
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in "，；：（）！？":
            table[code] = chr(code - 0xFEE0)
    for half, full in zip(";()!?", "；（）！？", strict=True):
        table[ord(half)] = full
    for odd, plain in {"﹪": "%", "〇": "〇", "○": "〇", "▪": "·", "“": "“", "〝": "“", "〞": "”"}.items():
        table[ord(odd)] = plain
    characters = catalogue / "traditional.csv"
    if characters.is_file():
        for row in characters.read_text(encoding="utf-8-sig").splitlines()[1:]:
            traditional, _, simplified = row.strip().partition(",")
            if len(traditional) == 1 and len(simplified) == 1:
                table[ord(traditional)] = simplified
    return table


_LOOSE_COMMA = re.compile(r",(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_LOOSE_STOP = re.compile(r"(?<=[\u4e00-\u9fff”）%])\.(?![0-9])")
_LOOSE_COLON = re.compile(r":(?![0-9])|(?<![0-9]):")


def fold(text: str, rules: LayoutRules) -> str:
    """Bring `text` to the form that rules are written in, character for character."""
    folded = text.translate(rules.fold)
    if "," in folded:
        folded = _LOOSE_COMMA.sub("，", folded)
    if "." in folded:
        folded = _LOOSE_STOP.sub("。", folded)
    if ":" in folded:
        folded = _LOOSE_COLON.sub("：", folded)
    return folded


def read_page(text: str, rules: LayoutRules) -> Page:
    """Repair the decoded text of a document. Linear in its length; never raises."""
    lines = _lines(text)
    _assign_roles(lines, rules)
    groups = _join(lines, rules)
    return _compose(text, groups, rules)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = 0
    offset = 0
    for raw in text.splitlines(keepends=True):
        words = [(offset + m.start(), offset + m.end()) for m in _WORDS.finditer(raw)]
        if words:
            content = "".join(text[a:b] for a, b in words)
            spaced = len(words) >= 4 and len(content) < 1.6 * len(words)
            lines.append(_Line(words[0][0], words, content, _width(content), blank, spaced))
            blank = 0
        else:
            blank += 1
        offset += len(raw)
    return lines


def _width(text: str) -> float:
    """Columns that the text takes in units of one Chinese character."""
    return len(text) - len(re.findall(r"[\x21-\x7e]", text)) / 2 if len(text) < 200 else len(text)


def _assign_roles(lines: list[_Line], rules: LayoutRules) -> None:
    repeated = {
        text for text, times in Counter(line.text for line in lines).items() if times >= 3
    }
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > 120:
            line.ends_article = bool(rules.closer.search(text[-60:]))
            line.starts_article = bool(rules.opener.search(text[:20]))
            continue
        if rules.separator.search(text) or rules.furniture.search(text):
            line.role = Role.FURNITURE
        elif rules.page_number.search(text) and not _in_list(lines, i):
            line.role = Role.FURNITURE
        elif text in repeated and text[-1] not in _SENTENCE_END and len(text) > 3:
            line.role = Role.FURNITURE if not _GROUPED_DIGITS.search(text) else Role.BODY
        elif rules.caption.search(text):
            line.role = Role.CAPTION
        elif rules.byline.search(text) or rules.closer.fullmatch(text):
            line.role = Role.BYLINE
        elif rules.roll.search(text) or _is_roll_of_names(line):
            line.role = Role.LIST
        line.ends_article = bool(rules.closer.search(text))
        line.starts_article = bool(rules.opener.search(text))
    _mark_items(lines)


def _in_list(lines: list[_Line], i: int) -> bool:
    """Whether a short line stands right above or below: then a bare number belongs to a list."""
    beside = [*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2]]
    return any(line.width <= _LONGEST_LABEL for line in beside)


def _mark_items(lines: list[_Line]) -> None:
    """Lines of a list: three or more short ones in a row, each ending with a figure."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and len(line.text) <= _LONGEST_ITEM and _ITEM_END.search(line.text):
            run.append(line)
            continue
        if len(run) >= _SHORTEST_LIST:
            for member in run:
                member.item = True
        run = []


def _is_roll_of_names(line: _Line) -> bool:
    """Names set side by side: several words of two or three characters and no punctuation."""
    if len(line.words) < 4 or line.spaced:
        return False
    if _PUNCTUATION.search(_ETHNIC_NOTE.sub("", line.text)) or _GROUPED_DIGITS.search(line.text):
        return False
    return len(line.text) <= 3.4 * len(line.words)


def _full(lines: list[_Line], i: int) -> bool:
    """Whether line i reaches the right edge of its column."""
    if lines[i].spaced:
        return True
    column = median(line.width for line in lines[max(0, i - 4) : i + 5])
    return lines[i].width >= min(0.82 * column, column - 2.5)


def _is_open(text: str) -> bool:
    """Whether a sentence goes on after this text."""
    return text.rstrip(_CLOSING)[-1:] not in _SENTENCE_END


def _is_mid_sentence(text: str) -> bool:
    """Whether this open line can't be a heading: a sentence began in it, or a quote is not closed."""
    return (
        any(mark in text for mark in "。！？；")
        or text.count("《") > text.count("》")
        or text.count("“") > text.count("”")
        or text.count("（") > text.count("）")
    )


def _join(lines: list[_Line], rules: LayoutRules) -> list[tuple[list[_Line], Role]]:
    """Group the lines into blocks, in reading order."""
    groups: list[tuple[list[_Line], Role]] = []
    wrapped = _is_wrapped(lines)
    pending: list[_Line] = []

    def flush() -> None:
        if pending:
            text = "".join(line.text for line in pending)
            heading = (
                len(text) <= _LONGEST_HEADING
                and _is_open(text)
                and not rules.bullet.search(text)
                and text[-1] not in "，、；,;"
            )
            groups.append((list(pending), Role.HEADING if heading else Role.BODY))
            pending.clear()

    for i, line in enumerate(lines):
        if line.role is Role.FURNITURE:
            if not pending or rules.separator.search(line.text):
                flush()
            groups.append(([line], line.role))
            continue
        if line.role in (Role.BYLINE, Role.LIST):
            flush()
            groups.append(([line], line.role))
            continue
        if pending and _is_open(pending[-1].text):
            interrupts = line.role is Role.CAPTION or (
                line.blank_before > 1 and rules.caption_if_interrupting.search(line.text[:200])
            )
            if interrupts:
                groups.append(([line], Role.CAPTION))
                continue
        if line.role is Role.CAPTION:
            flush()
            groups.append(([line], line.role))
            continue
        if pending and not _continues(pending[-1], line, lines, i, wrapped, rules):
            flush()
        pending.append(line)
    flush()
    return groups


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether the document as a whole is wrapped at a column width."""
    body = [line for line in lines if line.role is Role.BODY and line.width > 5]
    if len(body) < 8:
        return False
    open_lines = sum(_is_open(line.text) for line in body)
    return median(line.width for line in body) <= 45 and open_lines >= 0.5 * len(body)


def _continues(
    before: _Line, line: _Line, lines: list[_Line], i: int, wrapped: bool, rules: LayoutRules
) -> bool:
    """Whether `line` (the i-th) goes on with the sentence that `before` leaves open."""
    if before.ends_article or line.starts_article or before.item or line.item:
        return False
    if line.role is Role.LIST or not _is_open(before.text) or rules.bullet.search(line.text):
        return False
    if line.text[0] in "，。、；：！？）》”’,;:)!?%％":
        return True
    if before.text[-1] in "，、；,;":
        return True
    if rules.numbering.search(line.text) or rules.subtitle.search(line.text):
        return False
    if _is_mid_sentence(before.text):
        return True
    if wrapped:
        return before.width >= 6 and _full(lines, lines.index(before, max(0, i - 6), i))
    return len(before.text) > _LONGEST_HEADING


def _compose(text: str, groups: list[tuple[list[_Line], Role]], rules: LayoutRules) -> Page:
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    blocks: list[tuple[int, int, Role, _Line, _Line]] = []
    length = 0
    for group, role in groups:
        block_start = length
        for line in group:
            previous_end = None
            for a, b in line.words:
                if previous_end is not None and _keep_space(text[previous_end - 1], text[a]):
                    a = previous_end
                parts.append(text[a:b])
                starts.append(length)
                origins.append(a)
                length += b - a
                previous_end = b
        blocks.append((block_start, length, role, group[0], group[-1]))
    page_text = "".join(parts)
    breaks = tuple(
        _interrupted(text, origin + len(part), following)
        for origin, part, following in zip(origins, parts, origins[1:], strict=False)
    )
    articles, numbered = _articles(page_text, blocks, rules)
    return Page(
        text=page_text,
        folded=fold(page_text, rules),
        blocks=numbered,
        articles=articles,
        piece_starts=tuple(starts),
        piece_origins=tuple(origins),
        breaks=breaks,
    )


def _interrupted(text: str, end: int, following: int) -> bool:
    """Whether anything but white space stands between two pieces that are neighbours on the page."""
    return following < end or (following > end and not text[end:following].isspace())


def _keep_space(left: str, right: str) -> bool:
    return bool(_LATIN.match(left) and _LATIN.match(right))


def _articles(
    text: str, blocks: list[tuple[int, int, Role, _Line, _Line]], rules: LayoutRules
) -> tuple[tuple[Article, ...], tuple[Block, ...]]:
    """Cut the page at bylines, openers, closers and rules; give each article its heading.

    Headings between two articles belong to the one that follows, unless the
    first of them is a subtitle (——…): a page read column by column puts a
    headline after its article with the subtitle on top. A news item (本报讯) has
    no headings inside, so the next heading is the next article's.
    """
    cut_before: set[int] = set()
    after_closer = False
    in_roll = in_news_item = False
    for k, (start, end, role, first, last) in enumerate(blocks):
        words = text[start:end]
        if role is Role.FURNITURE and rules.separator.search(words) and len(words) < 40:
            cut_before.add(k + 1)
        if in_roll and role is Role.BODY and text[start:end].count("。"):
            cut_before.add(k)
            in_roll = False
        if role is Role.LIST and not in_roll:
            cut_before.add(k)
            in_roll = True
        if in_news_item and role is Role.HEADING:
            cut_before.add(k)
            in_news_item = False
        if first.starts_article:
            in_news_item = True
        if first.starts_article or (role is Role.BYLINE and not last.ends_article):
            cut_before.add(_first_heading_before(blocks, text, k, rules))
        if after_closer and k not in cut_before:
            trailing = k
            if rules.subtitle.search(words):
                while trailing < len(blocks) and blocks[trailing][2] is Role.HEADING:
                    trailing += 1
            cut_before.add(trailing)
        after_closer = last.ends_article
    bounds = sorted(b for b in cut_before if 0 < b < len(blocks))
    edges = [0, *bounds, len(blocks)]
    articles: list[Article] = []
    numbered: list[Block] = []
    for low, high in zip(edges, edges[1:], strict=False):
        index = len(articles)
        members = blocks[low:high]
        articles.append(
            Article(index, _heading(text, members, rules), members[0][0], members[-1][1])
        )
        numbered += [
            Block(start, end, role, index, first.blank_before)
            for start, end, role, first, _ in members
        ]
    return tuple(articles), tuple(numbered)


def _first_heading_before(
    blocks: list[tuple[int, int, Role, _Line, _Line]], text: str, k: int, rules: LayoutRules
) -> int:
    """Index of the first of the headings that stand directly before block k."""
    first = k
    while first > 0 and blocks[first - 1][2] is Role.HEADING:
        first -= 1
    after_article = first > 0 and blocks[first - 1][4].ends_article
    if after_article and first < k and rules.subtitle.search(text[blocks[first][0] : blocks[first][1]]):
        return k
    return first


def _heading(
    text: str, members: list[tuple[int, int, Role, _Line, _Line]], rules: LayoutRules
) -> str:
    """Headline of an article: its leading headings, else the headings after its last paragraph."""
    lead: list[str] = []
    for start, end, role, _, _ in members:
        if role is Role.HEADING:
            lead.append(text[start:end])
        elif role is not Role.FURNITURE:
            break
    trail: list[str] = []
    if not lead:
        for start, end, role, _, _ in reversed(members):
            if role is Role.HEADING:
                trail.insert(0, text[start:end])
            elif role is not Role.FURNITURE:
                break
        trail.sort(key=lambda words: bool(rules.subtitle.search(words)))
    return " ".join((lead or trail)[:3])
