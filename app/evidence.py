"""A figure → its sentence, document and reading; a document → its text with the figures marked.

Everything here is an element tree (app.markup): what a document says is text, never markup.
"""

from collections.abc import Iterable, Mapping, Sequence

from app import format as fmt
from app.data import Figure, Table
from app.markup import Node, el
from app.rates import Denominator
from app.sources import Library
from app.states import GLYPHS, Cell
from app.text import Text
from app.theme import Style
from app.typeset import ELLIPSIS
from etl.catalogue import Indicator

QUOTED = 600
OTHERS_UP_TO = 12
Names = Mapping[str, str]


def mark_in_sentence(figure: Figure, document: str | None) -> tuple[int, int] | None:
    """Where the words of the figure stand in its sentence.

    The offsets of the table lead there through the document, white space ignored. Without the
    document, the words are looked up, and marked only where they stand in the sentence once.
    """
    words = "".join(figure.figure.split())
    kept = [i for i, character in enumerate(figure.sentence) if not character.isspace()]
    squeezed = "".join(figure.sentence[i] for i in kept)
    if not words:
        return None
    if document is not None:
        before = len("".join(document[figure.start : figure.figure_start].split()))
        if squeezed[before : before + len(words)] == words:
            return kept[before], kept[before + len(words) - 1] + 1
    if squeezed.count(words) != 1:
        return None
    at = squeezed.index(words)
    return kept[at], kept[at + len(words) - 1] + 1


def quote(figure: Figure, document: str | None) -> Node:
    """The sentence with the figure marked."""
    sentence, span = figure.sentence, mark_in_sentence(figure, document)
    if span is None:
        return el("blockquote", _head(sentence), cls="quote", lang="zh-CN")
    start, end = span
    return el(
        "blockquote",
        _tail(sentence[:start]),
        el("mark", _head(sentence[start:end]), cls="figure"),
        _head(sentence[end:]),
        cls="quote",
        lang="zh-CN",
    )


def _head(text: str) -> str:
    """The beginning of a text too long to quote: a page without full stops is one sentence."""
    return text if len(text) <= QUOTED else text[:QUOTED] + ELLIPSIS


def _tail(text: str) -> str:
    return text if len(text) <= QUOTED else ELLIPSIS + text[-QUOTED:]


def name_of(indicator: Indicator, words: Text) -> str:
    """The indicator's name in the language of the screen."""
    return indicator.name_zh if words.chinese else indicator.name_en


def amount(figure: Figure, words: Text) -> Node:
    """Number and unit, with the marks that have to stand beside it."""
    notes = fmt.marks(figure.method, words)
    return el(
        "span",
        el("strong", fmt.value(figure.value, figure.qualifier, words), cls="number"),
        el("span", fmt.measure(figure.unit, words), cls="unit"),
        el("span", notes, cls="notes") if notes else None,
        cls="amount",
    )


def average(figure: Figure, value: float, words: Text) -> str:
    """A yearly average of the figure, rounded to one place; keeps the ≥ of its total."""
    return fmt.value(round(value, 1), figure.qualifier, words)


def period(figure: Figure, words: Text) -> str:
    """The years of a figure with what they mean: 2018—2022年（届期合计）, 2025年（计划）."""
    years = fmt.years(figure.year_start, figure.year_end, words)
    if figure.yearly:
        return years
    kind = figure.status if figure.status != "actual" else "span"
    return words("period.kind", years=years, kind=words(f"period.{kind}"))


def panel(figure: Figure, table: Table, document: str | None, style: Style, words: Text) -> Node:
    """A figure with the sentence that states it; `document` is the text of its document."""
    indicator = table.indicators[figure.indicator]
    return el(
        "section",
        el(
            "h2",
            el("span", style.glyph, cls="glyph", style=style.color, hidden="true"),
            words(
                "evidence.heading",
                area=table.areas[figure.area_code].label,
                body=words(f"body.{figure.body}"),
                years=period(figure, words),
            ),
        ),
        el("p", name_of(indicator, words), cls="indicator"),
        el("p", amount(figure, words), cls="headline"),
        el("p", words("evidence.doubt", doubt=figure.doubt), cls="doubt") if figure.doubt else None,
        quote(figure, document),
        cls="evidence",
        label=words("evidence.title"),
    )


def background(
    figure: Figure, table: Table, library: Library, words: Text, with_document: bool = True
) -> Node:
    """What stands behind a figure: document, date, reading, 口径, its neighbours.

    Beside the document itself, `with_document` is False and only its article is named.
    """
    indicator = table.indicators[figure.indicator]
    entry = library.entries.get(figure.document)
    published = figure.published or (str(entry.published) if entry and entry.published else "")
    document = [
        (words("evidence.document"), library.title(figure.document)),
        (words("evidence.article"), figure.article),
        (words("evidence.publisher"), entry.publisher if entry else ""),
        (words("evidence.published"), fmt_date(published, words)),
    ]
    rows = [
        *(document if with_document else document[1:2]),
        (words("evidence.method"), _reading(figure, words)),
        (words("evidence.note"), figure.note),
        (words("evidence.definition"), indicator.definition),
    ]
    others = sorted(
        (
            other
            for other in table.figures(figure.body, figure.indicator, [figure.area_code])
            if other.document == figure.document and other.fact_id != figure.fact_id
        ),
        key=lambda other: abs(other.figure_start - figure.figure_start),
    )
    return el(
        "section",
        description(rows),
        _others(others, words),
        cls="evidence",
        label=words("evidence.background"),
    )


def missing(cell: Cell, table: Table, library: Library, style: Style, words: Text) -> Node:
    """Why a cell has no figure, and which report was looked at."""
    indicator = table.indicators.get(cell.indicator)
    name = name_of(indicator, words) if indicator else cell.indicator
    area = table.areas[cell.area].label
    body = words(f"body.{cell.body}")
    rows = []
    if cell.report:
        entry = library.entries.get(cell.report.document)
        rows = [
            (words("evidence.document"), library.title(cell.report.document)),
            (words("evidence.article"), cell.report.article),
            (words("evidence.publisher"), entry.publisher if entry else ""),
            (words("evidence.published"), fmt_date(cell.report.published, words)),
        ]
    held = [
        words("missing.held_report", years=fmt.years(r.year_start, r.year_end, words))
        for r in table.reports_of(cell.area, cell.body)
    ]
    have = words("list.comma").join(dict.fromkeys(held)) or words("missing.held_none")
    return el(
        "section",
        el(
            "h2",
            el("span", style.glyph, cls="glyph", style=style.color, hidden="true"),
            words(
                "evidence.heading", area=area, body=body, years=words("period.year", year=cell.year)
            ),
        ),
        el("p", name, cls="indicator"),
        el("p", f"{GLYPHS[cell.state]} {words(f'state.{cell.state}')}", cls="headline state"),
        el(
            "p",
            words(f"missing.{cell.state}", area=area, body=body, year=cell.year, name=name),
            cls="why",
        ),
        el("p", words("missing.total", figure=describe(cell.total, words)), cls="why")
        if cell.total
        else None,
        description(rows) if rows else None,
        el("p", words("missing.held", area=area, body=body, held=have), cls="why"),
        cls="evidence",
        label=words("evidence.title"),
    )


def denominator(found: Denominator, words: Text) -> str:
    """A denominator in one phrase: 2020年普查常住人口1,565,973人."""
    kind = found.basis if found.basis != "in_office" else f"{found.basis}_{found.body}"
    return words(f"rate.basis.{kind}", year=found.year, value=fmt.number(found.value))


def describe(figure: Figure, words: Text) -> str:
    """A figure in one phrase: 2018—2022年（届期合计）1,918件."""
    return words(
        "figure.phrase",
        years=period(figure, words),
        value=fmt.with_unit(figure.value, figure.qualifier, figure.unit, words)
        + fmt.marks(figure.method, words),
    )


def fmt_date(iso: str, words: Text) -> str:
    """2025-02-20 → 2025年2月20日; "" stays ""."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return iso
    return words("date", year=int(parts[0]), month=int(parts[1]), day=int(parts[2]))


def _reading(figure: Figure, words: Text) -> str:
    reading = words(f"method.{figure.method}")
    notes = []
    if figure.qualifier != "exact":
        notes.append(words(f"qualifier.note.{figure.qualifier}"))
    if figure.unit_text and figure.unit_text != figure.unit:
        notes.append(words("evidence.unit_text", unit=figure.unit_text))
    return words("list.semicolon").join([reading, *notes])


def description(rows: Iterable[tuple[str, str]]) -> Node:
    """Terms with what is said of them; those of which nothing is said are left out."""
    pairs = [(term, text) for term, text in rows if text]
    return el("dl", *(el("div", el("dt", term), el("dd", text)) for term, text in pairs))


def _others(others: Sequence[Figure], words: Text) -> Node | None:
    if not others:
        return None
    return el(
        "div",
        el("p", words("evidence.others"), cls="term"),
        el(
            "ul",
            *(
                el(
                    "li",
                    el("button", describe(other, words), cls="link", pick=other.fact_id),
                    words("evidence.not_preferred") if not other.preferred else None,
                )
                for other in sorted(others[:OTHERS_UP_TO], key=lambda other: other.figure_start)
            ),
        ),
        el("p", words("evidence.more_others", count=more), cls="why")
        if (more := len(others) - OTHERS_UP_TO) > 0
        else None,
        cls="others",
    )
