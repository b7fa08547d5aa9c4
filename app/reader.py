"""A document → its text with the figures marked, and the list of its figures beside it.

Everything here is an element tree (app.markup): what a document says is text, never markup.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from app.data import Figure, Table
from app.evidence import amount, describe, name_of, period
from app.markup import Node, el
from app.text import Text
from etl.page import Page

Names = Mapping[str, str]
_LINE_ENDS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def document_as_received(text: str, figures: Sequence[Figure], names: Names, words: Text) -> Node:
    """A document line by line as it was received, with its sentences and figures marked.

    `names` gives the indicator's name by id, for the marks' labels. Line breaks are kept; blank
    lines become a small gap.
    """
    edges = _edges(text, figures)
    lines: list[Node] = []
    offset = 0
    blank = False
    for line in text.splitlines(keepends=True):
        end = offset + len(line.rstrip(_LINE_ENDS))
        if text[offset:end].strip():
            if blank and lines:
                lines.append(el("div", cls="gap"))
            lines.append(el("div", *_pieces(text, offset, end, edges, figures, names, words)))
            blank = False
        else:
            blank = True
        offset += len(line)
    return _document(lines, words)


def document_to_read(
    text: str, page: Page, figures: Sequence[Figure], names: Names, words: Text
) -> Node:
    """A document as paragraphs: wrapped lines joined, white space dropped, nothing left out.

    `page` is its layout (etl.layout); marks as in `document_as_received`.
    """
    edges = _edges(text, figures)
    blocks: list[Node] = []
    for block in page.blocks:
        pieces: list[Node | str] = []
        piece = bisect_right(page.piece_starts, block.start) - 1
        while piece < len(page.piece_starts) and page.piece_starts[piece] < block.end:
            ends = page.piece_starts[piece + 1 : piece + 2] or (len(page.text),)
            low, high = max(page.piece_starts[piece], block.start), min(ends[0], block.end)
            if low < high:
                start = page.origin(low)
                end = start + high - low
                pieces += _pieces(text, start, end, edges, figures, names, words)
            piece += 1
        blocks.append(el("p", *pieces, cls=str(block.role)))
    return _document(blocks, words)


def _document(parts: Sequence[Node], words: Text) -> Node:
    return el(
        "div",
        *parts,
        cls="document",
        lang="zh-CN",
        tabindex="0",
        role="region",
        label=words("source.document_label"),
    )


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
) -> list[Node | str]:
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
                   fact=" ".join(f.fact_id for f in stated), pick=stated[0].fact_id)
            )  # fmt: skip
        elif around:
            pieces.append(
                el("mark", words_here, cls="sentence", fact=" ".join(f.fact_id for f in around))
            )
        else:
            pieces.append(words_here)
    return pieces


def document_list(figures: Sequence[Figure], table: Table, words: Text) -> Node:
    """The figures of a document, in its order, each leading to its place in the text."""
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
        *(
            el(
                "section",
                el("h3", heading),
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
