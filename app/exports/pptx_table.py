"""Tables in PPTX: headings white on the accent, figures centred, every cell of 18 points."""

from collections.abc import Sequence

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide as Page
from pptx.table import Table
from pptx.table import _Cell as Cell
from pptx.util import Pt

from app.exports.pptx_text import SMALL, SPARE, SPARE_BOLD, color_of, write
from app.slides import Grid
from app.text import Text
from app.theme import LIGHT
from app.typeset import ems, shorten

ROW = 31.0
CELL_MARGIN = 4.0


def height(grid: Grid) -> float:
    """The height of the table in points."""
    return ROW * (_heads(grid) + len(grid.rows))


def add(page: Page, grid: Grid, left: float, top: float, width: float, words: Text) -> None:
    """Put the table on the page, `width` points wide; names are shortened before figures are."""
    heads = _heads(grid)
    table = page.shapes.add_table(
        heads + len(grid.rows), 1 + len(grid.columns), Pt(left), Pt(top), Pt(width),
        Pt(height(grid)),
    ).table  # fmt: skip
    texts = [cell.text for _, cells in grid.rows for cell in cells] + list(grid.columns)
    need = (max(map(ems, texts)) + 0.2) * SMALL / SPARE + 2 * CELL_MARGIN
    names = max(ems(text) for text in [grid.corner, *(name for name, _ in grid.rows)])
    first = min(names * SMALL / SPARE_BOLD + 2 * CELL_MARGIN, width - need * len(grid.columns))
    rest = (width - first) / len(grid.columns)
    for index, column in enumerate(table.columns):
        column.width = Pt(first if index == 0 else rest)
    for row in table.rows:
        row.height = Pt(ROW)
    labels = grid.columns if heads == 2 or not grid.groups else [g for g, _ in grid.groups]
    _row(table, heads - 1, [grid.corner, *labels], (first, rest), words, bold=True)
    if heads == 2:
        at = 1
        for label, count in grid.groups:
            table.cell(0, at).merge(table.cell(0, at + count - 1))
            text = shorten(label, (rest * count - 2 * CELL_MARGIN) * SPARE_BOLD / SMALL)
            _cell(table.cell(0, at), text, PP_ALIGN.CENTER, words, True)
            at += count
        _cell(table.cell(0, 0), "", PP_ALIGN.LEFT, words, True)
    for number, (name, cells) in enumerate(grid.rows, start=heads):
        _row(table, number, [name, *(cell.text for cell in cells)], (first, rest), words)


def _heads(grid: Grid) -> int:
    """The rows of headings: two where columns stand in groups."""
    return 2 if grid.groups and any(count > 1 for _, count in grid.groups) else 1


def _row(
    table: Table,
    row: int,
    texts: Sequence[str],
    widths: tuple[float, float],
    words: Text,
    bold: bool = False,
) -> None:
    for column, text in enumerate(texts):
        room = widths[column > 0] - 2 * CELL_MARGIN
        align = PP_ALIGN.LEFT if column == 0 else PP_ALIGN.CENTER
        _cell(table.cell(row, column), shorten(text, room / SMALL), align, words, bold)


def _cell(cell: Cell, text: str, align: PP_ALIGN, words: Text, bold: bool) -> None:
    """`bold` cells are headings: white on the accent."""
    cell.margin_left = cell.margin_right = Pt(CELL_MARGIN)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    ground = LIGHT.accent if bold else LIGHT.lane
    cell.fill.fore_color.rgb = color_of(ground)
    color = LIGHT.paper if bold else LIGHT.ink
    write(cell.text_frame, [text], SMALL, words, color, bold, align)
