"""The lines of a document: what each of them is, before any two are joined.

Also the word lists that layout is decided by (data/catalogue/layout.toml) and
the folding of characters to the form that all rules are written in.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.expressions import led
from etl.page import Role
from etl.patterns import load_lists

_WORDS = re.compile(r"[^\s\u200b\u200c\u200d\u2060\ufeff\x00-\x1f]+")
_SENTENCE_END = "。！？!?…"
_CLOSING = "”’）)》」』】"
_MOST_CLOSING = 16
_DIGIT = re.compile(r"[0-9０-９]")
_NARROW = re.compile(r"[\x21-\x7e]")
_PUNCTUATION = re.compile(r"[，。、；：！？“”《》（）,;:A-Za-z—…]")
_SHORTEST_ROLL = 5
_LONGEST_ITEM = 30
_LONGEST_LABEL = 12
# A longer label, with its measure word: 任免国家机关工作人员（人次）.
_MEASURED_LABEL = re.compile(r"[\u4e00-\u9fff“”、]{2,20}[（(][\u4e00-\u9fff]{1,3}[）)]")
_COLUMN_GAP = 3
_SHORTEST_LIST = 3
# Of a line that begins further in, no more of the indent is counted: it is centred.
_DEEPEST_INDENT = 4
_LEADERS = re.compile(r"[.．·…][.．·…][.．·…]")


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """data/catalogue/layout.toml, compiled; see the comments there.

    `to_fold` finds the characters that `fold` replaces.
    """

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
    greeting: re.Pattern[str]
    numbering: re.Pattern[str]
    bullet: re.Pattern[str]
    number_goes_on: re.Pattern[str]
    item_end: re.Pattern[str]
    note_on_name: re.Pattern[str]
    office: re.Pattern[str]
    menu: re.Pattern[str]
    masthead: re.Pattern[str]
    title: re.Pattern[str]
    path: re.Pattern[str]
    leads_elsewhere: re.Pattern[str]
    fold: Mapping[str, str]
    to_fold: re.Pattern[str]


@dataclass(slots=True)
class Line:
    """A non-empty line: `text` without white space, `words` as document offsets, `width` in columns;
    `lengths` in halves of a character: all its characters with the indent, the same without other white
    space, and the width, where digits and Latin letters count half; `is_open` tells that a sentence
    goes on after it."""

    start: int
    words: list[tuple[int, int]]
    text: str
    width: float
    blank_before: int
    lengths: tuple[int, int, int]
    is_open: bool
    spaced: bool = False
    item: bool = False
    role: Role = Role.BODY
    ends_article: bool = False
    starts_article: bool = False


def load_rules(catalogue: Path) -> LayoutRules:
    """Compile layout.toml and the folding table of a catalogue folder.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    keys = LayoutRules.__dataclass_fields__.keys() - {"fold", "to_fold"}
    compiled = load_lists(catalogue / "layout.toml", keys)
    table = _fold_table(catalogue)
    to_fold = re.compile(f"[{re.escape(''.join(table))}]")
    return LayoutRules(**compiled, fold=table, to_fold=to_fold)


def _fold_table(catalogue: Path) -> dict[str, str]:
    """One-to-one replacements: full-width ASCII, half-width punctuation, traditional characters."""
    table: dict[str, str] = {}
    for code in range(0xFF01, 0xFF5F):
        if chr(code) not in "，；：（）！？":
            table[chr(code)] = chr(code - 0xFEE0)
    table |= dict(zip(";()!?", "；（）！？", strict=True))
    # PDF files that were read without their font have Yi syllables for Chinese punctuation.
    table |= {"ꎬ": "，", "ꎮ": "。", "ꎻ": "；", "ꎺ": "："}
    table |= {"﹪": "%", "○": "〇", "▪": "·", "〝": "“", "〞": "”"}
    characters = catalogue / "traditional.csv"
    if characters.is_file():
        for row in characters.read_text(encoding="utf-8-sig").splitlines()[1:]:
            traditional, _, simplified = row.strip().partition(",")
            if len(traditional) == 1 and len(simplified) == 1:
                table[traditional] = simplified
    return table


# What is looked for in a whole text begins with its own characters and looks back from there: so the
# engine skips all others fast.

# 答覆 is 答复 in traditional script, where 覆蓋 is 覆盖.
_REPLY = re.compile("覆(?<=[答办回]覆)")
# A letter typed for the naught of a year: 二O二三年.
_LETTER_FOR_NAUGHT = re.compile(
    led(
        r"(?<=[一二][九〇零Oo])[Oo](?=[一二三四五六七八九〇零Oo]年)"
        r"|(?<=[一二])[Oo](?=[一二三四五六七八九〇零Oo]{2}年)"
        r"|(?<=[一二][九〇零Oo][一二三四五六七八九〇零Oo])[Oo](?=年)"
    )
)
# The dots that lead from a label to its figure.
_LEADER = re.compile(r"\.{3,}+")
# The mark of what is done between a label and its figure (执法检查 ○6次); in 二○二四 it is a digit.
_DONE_MARK = re.compile(
    r"[〇√✓✔](?<=[\u4e00-\u9fff）0-9].)(?<![一二三四五六七八九十百千万亿〇].)(?![〇一二三四五六七八九√])"
)
# A dash between a figure and what it counts (8次——常委会会议) parts no sentences.
_DASH_OF_PAIR = re.compile(r"——(?<=[0-9][次件项个条部人名篇期场家%]——)(?=[\u4e00-\u9fff])")
_LOOSE_COMMA = re.compile(led(r",(?![0-9]{3}(?![0-9]))|(?<![0-9]),"))
_LOOSE_STOP = re.compile(r"\.(?<=[\u4e00-\u9fff”）%]\.)(?![0-9])")
_LOOSE_COLON = re.compile(led(r":(?![0-9])|(?<![0-9]):"))


def fold(text: str, rules: LayoutRules) -> str:
    """Bring `text` to the form that rules are written in, character for character."""
    # Ten times as fast as str.translate, which looks at each character by itself.
    folded = rules.to_fold.sub(lambda match: rules.fold[match.group()], text)
    if "覆" in folded:
        folded = _REPLY.sub("复", folded)
    if _LETTER_FOR_NAUGHT.search(folded):
        folded = _LETTER_FOR_NAUGHT.sub("〇", folded)
    if "..." in folded:
        folded = _LEADER.sub(lambda match: "…" * len(match.group()), folded)
    if _DONE_MARK.search(folded):
        folded = _DONE_MARK.sub("：", folded)
    if "——" in folded:
        folded = _DASH_OF_PAIR.sub("||", folded)
    if "," in folded:
        folded = _LOOSE_COMMA.sub("，", folded)
    if "." in folded:
        folded = _LOOSE_STOP.sub("。", folded)
    if ":" in folded:
        folded = _LOOSE_COLON.sub("：", folded)
    return folded


def lines_of(text: str) -> list[Line]:
    """The lines of a document that hold more than white space, in order."""
    lines: list[Line] = []
    blank = 0
    offset = 0
    for raw in text.splitlines(keepends=True):
        end = offset + len(raw)
        if raw == "\n":
            blank += 1
            offset = end
            continue
        words = [match.span() for match in _WORDS.finditer(text, offset, end)]
        if words:
            content = "".join([text[a:b] for a, b in words])
            spaced = len(words) >= 4 and len(content) < 1.6 * len(words)
            indent = min(words[0][0] - offset, _DEEPEST_INDENT)
            width = width_of(content)
            lengths = (
                2 * (indent + words[-1][1] - words[0][0]),
                2 * (indent + len(content)),
                round(2 * (width + (indent and width_of(text[offset : words[0][0]])))),
            )
            is_open = _is_open(content)
            lines.append(Line(words[0][0], words, content, width, blank, lengths, is_open, spaced))
            blank = 0
        else:
            blank += 1
        offset = end
    return lines


def width_of(text: str) -> float:
    """Columns that the text takes in units of one Chinese character."""
    return len(text) - len(_NARROW.findall(text)) / 2 if len(text) < 200 else len(text)


def assign_roles(lines: list[Line], rules: LayoutRules) -> None:
    """Say of each line what it is: furniture, caption, byline, a roll of names, a list item, or text."""
    repeated = {text for text, times in Counter(line.text for line in lines).items() if times >= 3}
    for i, line in enumerate(lines):
        text = line.text
        if len(text) > 120:
            line.ends_article = bool(rules.closer.search(text[-60:]))
            line.starts_article = bool(rules.opener.search(text[:20]))
            continue
        line.ends_article = bool(rules.closer.search(text))
        line.starts_article = bool(rules.opener.search(text))
        if (
            rules.separator.match(text)
            or rules.furniture.match(text)
            or (rules.page_number.match(text) and not _in_list(lines, i, rules))
        ):
            line.role = Role.FURNITURE
        elif text in repeated and text[-1] not in _SENTENCE_END and len(text) > 3:
            line.role = Role.FURNITURE if not _DIGIT.search(text) else Role.BODY
        elif rules.caption.search(text):
            line.role = Role.CAPTION
        elif rules.byline.match(text) or (line.ends_article and rules.closer.fullmatch(text)):
            line.role = Role.BYLINE
        elif rules.roll.match(text) or _is_roll_of_names(line, rules):
            line.role = Role.LIST


def _in_list(lines: list[Line], i: int, rules: LayoutRules) -> bool:
    """Whether a short line stands right above or below: then a bare number belongs to a list.

    Between a digit and what goes on with a number it belongs to one that is broken over lines.
    """
    above, below = lines[max(0, i - 1) : i], lines[i + 1 : i + 2]
    if (
        above
        and below
        and above[0].text[-1].isdigit()
        and rules.number_goes_on.match(below[0].text)
    ):
        return True
    return any(
        line.width <= _LONGEST_LABEL or _MEASURED_LABEL.fullmatch(line.text)
        for line in [*above, *below]
    )


def mark_items(lines: list[Line], is_full: Callable[[int], bool], rules: LayoutRules) -> None:
    """Mark the lines of lists: three or more short ones in a row, each ending with a figure.

    `is_full` says of a line that it reaches the edge of its column: such a line
    is running text that happens to break after a figure.
    """
    run: list[Line] = []
    for i, line in enumerate([*lines, None]):
        if (
            line is not None
            and _is_item(line.text, rules)
            and (_is_row(line) or has_leaders(line) or not is_full(i))
        ):
            run.append(line)
            continue
        if len(run) >= _SHORTEST_LIST:
            for member in run:
                member.item = True
        run = []


def _is_row(line: Line) -> bool:
    """Whether the last word of a line is a figure set off by wide space: a row of a table."""
    if len(line.words) < 2:
        return False
    (_, end), (start, stop) = line.words[-2:]
    return start - end >= _COLUMN_GAP and line.text[-(stop - start)].isdigit()


def has_leaders(line: Line) -> bool:
    """Whether dots lead from a label to its figure: such lines are all of one width, and none goes on."""
    return _LEADERS.search(line.text) is not None


def _is_item(text: str, rules: LayoutRules) -> bool:
    if len(text) > _LONGEST_ITEM or "，" in text or "。" in text or "；" in text:
        return False
    return rules.item_end.search(text) is not None


def _is_roll_of_names(line: Line, rules: LayoutRules) -> bool:
    """Names set side by side: five words or more of two or three characters, no punctuation."""
    if len(line.words) < _SHORTEST_ROLL or line.spaced:
        return False
    plain = rules.note_on_name.sub("", line.text)
    if _PUNCTUATION.search(plain) or _DIGIT.search(plain) or rules.office.search(plain):
        return False
    return len(line.text) <= 3.4 * len(line.words)


def _is_open(text: str) -> bool:
    """Whether a sentence goes on after this text."""
    return text[-_MOST_CLOSING:].rstrip(_CLOSING)[-1:] not in _SENTENCE_END
