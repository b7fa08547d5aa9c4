"""A document → passages in reading order, windows of them, and a window with its figures marked.

A window holds at most WINDOW characters, so that what goes to the browser does not grow with the
document. Everything shown is an element tree (app.markup): what a document says is text, never
markup.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.data import Figure, Table
from app.evidence import amount, describe, name_of, period
from app.markup import Node, el
from app.text import Text
from etl.page import Page

Names = Mapping[str, str]
Span = tuple[int, int]
WINDOW = 16_000
LISTED_UP_TO = 150
FOUND_UP_TO = 500
# What the view scrolls to instead of a figure.
FOUND = "found"
GAP, LINE = "gap", ""
# A passage longer than this is cut, so that a text without any line break has windows, too.
_PASSAGE = 4_000
_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Passage:
    """A line or paragraph: LINE, GAP or the role of its block, and its spans of the document."""

    kind: str
    spans: tuple[Span, ...]

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(end - start for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Script:
    """A document's passages in reading order; `windows` are the first and last + 1 of each."""

    passages: tuple[Passage, ...]
    windows: tuple[Span, ...]

    def of(self, window: int) -> tuple[Passage, ...]:
        """The passages of a window."""
        return self.passages[slice(*self.windows[window])]

    def window_of(self, offset: int) -> int:
        """The window in which the document's character at `offset` stands; 0 where none has it."""
        for number, (first, last) in enumerate(self.windows):
            for passage in self.passages[first:last]:
                if any(start <= offset < end for start, end in passage.spans):
                    return number
        return 0


def as_received(text: str) -> Script:
    """The document line by line; blank lines become a small gap."""
    return _script(_lines(text))


def to_read(page: Page) -> Script:
    """The document as paragraphs: wrapped lines joined, white space dropped, nothing left out.

    `page` is its layout (etl.layout).
    """
    return _script(_paragraphs(page))


def find(text: str, query: str) -> list[Span]:
    """Where the words of `query` stand in the text, white space ignored; at most FOUND_UP_TO."""
    wanted = "".join(query.split())
    if not wanted:
        return []
    kept = [i for i, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[i] for i in kept)
    found: list[Span] = []
    at = squeezed.find(wanted)
    while at >= 0 and len(found) < FOUND_UP_TO:
        found.append((kept[at], kept[at + len(wanted) - 1] + 1))
        at = squeezed.find(wanted, at + len(wanted))
    return found


def document(
    text: str,
    passages: Sequence[Passage],
    figures: Sequence[Figure],
    names: Names,
    words: Text,
    found: Span | None = None,
) -> Node:
    """Passages of a document with the sentences and figures in them marked, and what was `found`.

    `names` gives the indicator's name by id, for the marks' labels.
    """
    inside = within(passages, figures)
    edges = sorted({*_edges(text, inside), *(found or ())})
    parts = []
    for passage in passages:
        pieces = [
            piece
            for start, end in passage.spans
            for piece in _pieces(text, start, end, edges, inside, names, words, found)
        ]
        if passage.kind in (GAP, LINE):
            parts.append(el("div", *pieces, cls=passage.kind or None))
        else:
            parts.append(el("p", *pieces, cls=passage.kind))
    return el(
        "div",
        *parts,
        cls="document",
        lang="zh-CN",
        tabindex="0",
        role="region",
        label=words("source.document_label"),
    )


def within(passages: Sequence[Passage], figures: Sequence[Figure]) -> list[Figure]:
    """The figures of which a word stands in the passages."""
    spans = sorted(span for passage in passages for span in passage.spans)
    starts = [start for start, _ in spans]

    def touches(low: int, high: int) -> bool:
        last = bisect_left(starts, high) - 1
        return last >= 0 and (spans[last][1] > low)

    return [f for f in figures if touches(f.start, f.end) or touches(f.figure_start, f.figure_end)]


def _script(passages: Iterator[Passage]) -> Script:
    cut = tuple(part for passage in passages for part in _cut(passage))
    windows: list[Span] = []
    first = size = 0
    for number, passage in enumerate(cut):
        if size and size + passage.length > WINDOW:
            windows.append((first, number))
            first, size = number, 0
        size += passage.length
    return Script(cut, (*windows, (first, len(cut))))


def _cut(passage: Passage) -> Iterator[Passage]:
    """The passage, or, where it is longer than _PASSAGE, several of its kind."""
    kept: list[Span] = []
    size = 0
    for start, end in passage.spans:
        for low in range(start, end, _PASSAGE):
            high = min(low + _PASSAGE, end)
            if kept and size + high - low > _PASSAGE:
                yield Passage(passage.kind, tuple(kept))
                kept, size = [], 0
            kept.append((low, high))
            size += high - low
    yield Passage(passage.kind, tuple(kept))


def _lines(text: str) -> Iterator[Passage]:
    offset = 0
    blank = started = False
    for line in text.splitlines(keepends=True):
        end = offset + len(line.rstrip(_LINE_ENDS))
        if text[offset:end].strip():
            if blank and started:
                yield Passage(GAP, ())
            yield Passage(LINE, ((offset, end),))
            blank, started = False, True
        else:
            blank = True
        offset += len(line)


def _paragraphs(page: Page) -> Iterator[Passage]:
    for block in page.blocks:
        spans: list[Span] = []
        piece = bisect_right(page.piece_starts, block.start) - 1
        while piece < len(page.piece_starts) and page.piece_starts[piece] < block.end:
            ends = page.piece_starts[piece + 1 : piece + 2] or (len(page.text),)
            low, high = max(page.piece_starts[piece], block.start), min(ends[0], block.end)
            if low < high:
                start = page.origin(low)
                spans.append((start, start + high - low))
            piece += 1
        yield Passage(str(block.role), tuple(spans))


def _edges(text: str, figures: Sequence[Figure]) -> list[int]:
    cuts = {0, len(text)}
    for figure in figures:
        cuts |= {figure.start, figure.end, figure.figure_start, figure.figure_end}
    return sorted(cut for cut in cuts if 0 <= cut <= len(text))


def _pieces(
    text: str,
    start: int,
    end: int,
    edges: Sequence[int],
    figures: Sequence[Figure],
    names: Names,
    words: Text,
    found: Span | None,
) -> list[Node | str]:
    figures = [
        f
        for f in figures
        if min(f.start, f.figure_start) < end and max(f.end, f.figure_end) > start
    ]
    inner = edges[bisect_left(edges, start + 1) : bisect_left(edges, end)]
    pieces: list[Node | str] = []
    for low, high in zip([start, *inner], [*inner, end], strict=True):
        words_here = text[low:high]
        stated = [f for f in figures if f.figure_start <= low and high <= f.figure_end]
        around = [f for f in figures if f.start <= low and high <= f.end]
        if stated:
            label = words("list.comma").join(
                f"{names.get(f.indicator, f.indicator)} {describe(f, words)}" for f in stated
            )
            pieces.append(
                el("mark", words_here, cls="figure", title=label,
                   fact=" ".join([f.fact_id for f in stated]
                                 + [FOUND] * bool(found and found[0] <= low and high <= found[1])),
                   pick=stated[0].fact_id)
            )  # fmt: skip
        elif found and found[0] <= low and high <= found[1]:
            pieces.append(el("mark", words_here, cls="found", fact=FOUND))
        elif around:
            pieces.append(
                el("mark", words_here, cls="sentence", fact=" ".join(f.fact_id for f in around))
            )
        else:
            pieces.append(words_here)
    return pieces


def document_list(figures: Sequence[Figure], table: Table, words: Text, said: str = "") -> Node:
    """Figures of a document, in its order, each leading to its place in the text; `said` above them."""
    groups: list[tuple[str, list[Figure]]] = []
    for figure in figures:
        heading = words(
            "source.group",
            area=table.areas[figure.area_code].label,
            body=words(f"body.{figure.body}"),
        )
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(figure)
    return el(
        "div",
        el("p", said, cls="why") if said else None,
        *(
            el(
                "section",
                el("h2", heading),
                el("ol", *(_entry(figure, table, words) for figure in group)),
            )
            for heading, group in groups
        ),
        cls="figures",
        tabindex="0",
        role="region",
        label=words("source.list_label"),
    )


def _entry(figure: Figure, table: Table, words: Text) -> Node:
    return el(
        "li",
        el(
            "button",
            el("span", name_of(table.indicators[figure.indicator], words), cls="name"),
            el("span", amount(figure, words), cls="value"),
            el("small", period(figure, words)
               + ("" if figure.preferred else words("evidence.not_preferred"))),
            goto=figure.fact_id,
            pick=figure.fact_id,
        ),
    )  # fmt: skip
