"""A sheet of plain rows below its head, written column by column: hundreds of thousands in seconds.

XlsxWriter puts a sheet together cell by cell, each through a dozen calls: a minute for the five
million cells of 300 cities by 15 years. In columns of data the same values come again and again, so
that each different one is turned into XML once. All else of the sheet stays XlsxWriter's.
"""

from collections.abc import Callable, Iterator, Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet


class Rows(Worksheet):  # type: ignore[misc]  # XlsxWriter comes without a py.typed
    """A worksheet, not in constant_memory mode, that may have columns of data below its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.dim_rowmax: int | None
        self._first = 0
        self._rest: list[list[str]] = []
        self._heights: Sequence[float] = ()

    def write_columns(
        self,
        first: int,
        columns: Sequence[Sequence[object]],
        text: Format,
        number: Format,
        shown: Callable[[str], str],
        heights: Sequence[float] = (),
        blank: Format | None = None,
    ) -> None:
        """Write columns of equal length from row `first` down: the last call for this sheet's cells.

        Text becomes what `shown` makes of it; what is neither a number nor a word is a cell in the
        format `blank`, or none without it. `heights` has the height of each row in points.
        """
        self._first, self._heights = first, heights
        self._rest = [self._cells(column, text, number, shown, blank) for column in columns]
        if columns and columns[0]:
            self._check_dimensions(first + len(columns[0]) - 1, len(columns) - 1)

    def _cells(
        self,
        column: Sequence[object],
        text: Format,
        number: Format,
        shown: Callable[[str], str],
        blank: Format | None,
    ) -> list[str]:
        """What follows the address in the XML of each cell; "" where there is none."""
        styles = [f'" s="{style._get_xf_index()}"' for style in (text, number)]
        nothing = f'" s="{blank._get_xf_index()}"/>' if blank else ""
        known: dict[object, str] = {}
        cells = []
        for value in column:
            # 1, 1.0 and True are one key of a dictionary, and one number in a workbook.
            cell = known.get(value)
            if cell is None:
                if value and isinstance(value, str):
                    place = self.str_table._get_shared_string_index(shown(value))
                    self.str_table.count -= 1
                    cell = f'{styles[0]} t="s"><v>{place}</v></c>'
                elif isinstance(value, int | float):
                    cell = f"{styles[1]}><v>{value:.16G}</v></c>"
                else:
                    cell = nothing
                known[value] = cell
            cells.append(cell)
        self.str_table.count += sum(' t="s"' in cell for cell in cells)
        return cells

    def _write_rows(self) -> None:
        """XlsxWriter's part of the sheet that holds its rows."""
        if not self._rest:
            super()._write_rows()
            return
        last, self.dim_rowmax = self.dim_rowmax, self._first - 1
        super()._write_rows()
        self.dim_rowmax = last
        self.fh.writelines(self._written())

    def _written(self) -> Iterator[str]:
        starts = [f'<c r="{xl_col_to_name(place)}' for place in range(len(self._rest))]
        for offset, cells in enumerate(zip(*self._rest, strict=True)):
            row = self._first + offset + 1
            inside = "".join(
                f"{start}{row}{cell}" for start, cell in zip(starts, cells, strict=True) if cell
            )
            height = f' ht="{self._heights[offset]:.16g}" customHeight="1"' if self._heights else ""
            yield f'<row r="{row}"{height}>{inside}</row>'
