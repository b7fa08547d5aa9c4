"""A cell or figure → Mark: what it shows on any kind of chart."""

from dataclasses import dataclass

from app import evidence
from app import format as fmt
from app.comparison import Comparison, yearly_average
from app.data import Figure, Table
from app.states import GLYPHS, Cell
from app.text import Text


@dataclass(frozen=True, slots=True)
class Mark:
    """`key` is what a click reports. A mark has a `value`, or says in `missing` why it has none.

    `missing` begins with the glyph of the state and may have two lines.

    `label` stands at the mark with unit and notes, `short` is its number with the notes alone (a
    rate's with its raw figure); where each area's latest figure is shown, both name its year.
    `exact` is false for ≥, ≤ and 约; `apart` is true for totals over years and plans.
    """

    key: str
    area: str
    year: int | None
    value: float | None
    label: str
    short: str
    hover: str
    missing: str = ""
    exact: bool = True
    apart: bool = False

    @property
    def gap(self) -> str:
        """Why there is no value, in words without the glyph: 未披露, 未披露（缺分母）; else ""."""
        return self.missing[2:].split("\n")[0]


def yearly_marks(table: Table, comparison: Comparison, words: Text) -> list[Mark]:
    """The marks of the comparison's cells, in their order."""
    return [_cell_mark(cell, comparison, table, words) for cell in comparison.cells]


def apart_mark(figure: Figure, comparison: Comparison, table: Table, words: Text) -> Mark:
    """The mark of a total over several years, with its yearly average, or of a plan."""
    average = yearly_average(figure, comparison.indicator.kind)
    shown = _shown(figure, words)
    if average is not None:
        shown += _averaged(figure, average, words)
    return _with_value(
        figure,
        figure.value,
        label=shown,
        short=_short(figure, words)
        + ("" if average is None else _averaged(figure, average, words)),
        hover=_hover(figure, comparison, table, words, shown),
    )


def _cell_mark(cell: Cell, comparison: Comparison, table: Table, words: Text) -> Mark:
    if cell.figure is None:
        state = words(f"state.{cell.state}")
        return _without_value(
            cell, f"{GLYPHS[cell.state]} {state}", state, comparison, table, words
        )
    figure = cell.figure
    if not comparison.rated:
        shown = _shown(figure, words)
        year = words("chart.of_year", year=cell.year) if comparison.latest else ""
        return _with_value(
            figure,
            figure.value,
            label=shown + year,
            short=_short(figure, words) + year,
            hover=_hover(figure, comparison, table, words, shown),
        )
    raw = _shown(figure, words)
    rate = comparison.rates.get(figure.fact_id)
    if rate is None:
        state = words("rate.lacking")
        glyph_and_raw = words("rate.lacking_label", state=state, raw=raw)
        return _without_value(cell, glyph_and_raw, glyph_and_raw, comparison, table, words)
    said = fmt.rate(rate.value, figure.qualifier, words)
    number = fmt.value(figure.value, figure.qualifier, words)
    with_unit = number + fmt.measure(figure.unit, words)
    unit = fmt.rate_unit(figure.unit, comparison.measure, figure.body, words)
    spoken = words("rate.spoken", rate=said, unit=unit, raw=raw,
                   denominator=evidence.denominator(rate.denominator, words))  # fmt: skip
    return _with_value(
        figure,
        rate.value,
        label=_rated(said, with_unit, figure, comparison, words),
        short=_rated(said, number, figure, comparison, words),
        hover=_hover(figure, comparison, table, words, spoken),
    )


def _rated(rate: str, raw: str, figure: Figure, comparison: Comparison, words: Text) -> str:
    """A rate with its raw figure, its mark and, where each area shows its latest, its year."""
    inside = [raw, words(f"method.mark.{figure.method}")]
    if comparison.latest:
        inside.append(words("period.year", year=figure.year))
    return fmt.with_raw(rate, inside, words)


def _averaged(figure: Figure, average: float, words: Text) -> str:
    return words("chart.average", value=evidence.average(figure, average, words))


def _short(figure: Figure, words: Text) -> str:
    return fmt.value(figure.value, figure.qualifier, words) + fmt.marks(figure.method, words)


def _shown(figure: Figure, words: Text) -> str:
    shown = fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
    return shown + fmt.marks(figure.method, words)


def _hover(figure: Figure, comparison: Comparison, table: Table, words: Text, value: str) -> str:
    return words(
        "chart.hover",
        years=evidence.period(figure, words),
        area=table.areas[figure.area_code].label,
        body=words(f"body.{figure.body}"),
        name=evidence.name_of(comparison.indicator, words),
        value=value,
        method=words(f"method.{figure.method}"),
    )


def _with_value(figure: Figure, value: float, label: str, short: str, hover: str) -> Mark:
    return Mark(
        key=figure.fact_id,
        area=figure.area_code,
        year=figure.year,
        value=value,
        label=label,
        short=short,
        hover=hover,
        exact=figure.qualifier == "exact",
        apart=not figure.yearly,
    )


def _without_value(
    cell: Cell, missing: str, state: str, comparison: Comparison, table: Table, words: Text
) -> Mark:
    return Mark(
        key=cell.key,
        area=cell.area,
        year=cell.year,
        value=None,
        label="",
        short="",
        hover=words(
            "chart.hover_missing",
            years=fmt.years(cell.year, cell.year, words),
            area=table.areas[cell.area].label,
            body=words(f"body.{cell.body}"),
            name=evidence.name_of(comparison.indicator, words),
            state=state,
        ),
        missing=missing,
    )
