"""A scope → a brief (简报) as a Word file: main points, tables with units, charts, coverage, sources.

Measure, years, focus and kinds of chart are those of the selection. Every figure has the number of
its source, and the sources have the sentences. What has no room is left out by rules that the brief
states: indicators beyond MOST_INDICATORS, the areas and years that slides leave out, and sentences
beyond MOST_QUOTES.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app import evidence, takeaways
from app import format as fmt
from app.comparison import Comparison, on_show
from app.exports import docx_text, names, steps
from app.exports.docx_text import (
    BODY,
    CAPTION,
    FIRST,
    LEGEND,
    NOTE,
    QUOTE,
    SECOND,
    SOURCE,
    SUBTITLE,
    TITLE,
    UNIT,
    Span,
    write,
)
from app.exports.model import Export, Scope
from app.scene import Room, columns
from app.slides import Quote, Slide, Source, by_indicator, deck

if TYPE_CHECKING:
    from app.exports.canvas import Sheet

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_INDICATORS = 20
MOST_QUOTES = 200
MOST_REFERENCES = 6
# Areas stand in the rows of a table up to so many years, above which years do.
YEARS_ACROSS = 6
COVERED_AREAS, COVERED_YEARS = 6, 6
# A table and a chart of so many rows fill a page.
ROOM = Room(areas=8, years=10, rows=20)
# A chart is as wide as the type area allows, in mm. Its drawing is at least and at most so many
# pixels wide, so that type of 18 pixels has 10 to 7.5 points, and wider where it would be too high.
_CHART_WIDTH, _CHART_HEIGHT, _CHART_PIXELS = 150.0, 60.0, (760.0, 1020.0)
# In mm: a table and its chart of this height together share a page with those of another indicator.
_TOGETHER, _ROW = 75.0, 7.0


def offer(scope: Scope) -> Export:
    """The brief of the scope."""
    words = scope.words
    return Export(
        key="docx",
        label=words("report.docx"),
        file_name=names.of_scope(scope, "docx", words("brief.file")),
        mime=MIME,
        make=lambda: encode(scope),
        note=words("report.docx_note"),
    )


def encode(scope: Scope) -> bytes:
    """The file. Raises InputError where the machine has no Chinese typeface for the charts."""
    return _Builder(scope).build()


class _Builder:
    """Writes one brief from top to bottom."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.words, self.table = scope, scope.words, scope.table
        found = {i: on_show(scope.table, scope.selection, i) for i in scope.indicators}
        self.reported = {i: c for i, c in found.items() if c.figures}
        self.shown = dict(list(self.reported.items())[:MOST_INDICATORS])
        self.nothing = [c.indicator for i, c in found.items() if i not in self.reported]
        slides = deck(
            scope.table, scope.library, scope.selection, self.words, tuple(self.shown), room=ROOM
        )
        self.title = slides[0].headline
        self.groups: Mapping[str, tuple[Slide, ...]] = by_indicator(slides, self.words)
        self.ordinals = self.words("brief.ordinals").split()
        self.brief = docx_text.new(self.title, self.words)
        self.headings = self.tables = self.charts = 0

    def build(self) -> bytes:
        """The finished file."""
        self._head()
        if self.shown:
            self._points()
            self._figures()
        self._coverage()
        self._sources()
        return docx_text.save(self.brief)

    def _write(self, text: str | Sequence[Span], type_: docx_text.Type) -> None:
        write(self.brief, text, type_, self.words)

    def _heading(self, key: str) -> None:
        number = self.ordinals[self.headings]
        self.headings += 1
        self._write(self.words("brief.heading", number=number, name=self.words(key)), FIRST)

    def _head(self) -> None:
        words, chosen = self.words, self.scope.selection
        years = fmt.years(chosen.first, chosen.last, words)
        self._write(self.title, TITLE)
        self._write(words("brief.subtitle", years=years), SUBTITLE)
        documents = {f.document for c in self.shown.values() for f in c.figures}
        lead = words(
            "brief.lead", documents=len(documents), areas=len(chosen.areas), years=years,
            body=words(f"body.{chosen.body}"), indicators=len(self.scope.indicators),
        )  # fmt: skip
        if len(self.shown) < len(self.reported):
            lead += words("brief.indicators_left_out", all=len(self.reported),
                          shown=len(self.shown))  # fmt: skip
        self._write(lead, BODY)

    def _points(self) -> None:
        """A paragraph an indicator: what is true of it, with the numbers of its sources."""
        words = self.words
        self._heading("brief.points")
        for number, (indicator, comparison) in enumerate(self.shown.items(), 1):
            slides = self.groups[indicator]
            space = "" if words.chinese else " "
            said = takeaways.summary(self.table, comparison, words) or space.join(
                _stopped(slide.headline, words("brief.full_stop")) for slide in slides
            )
            point = words(
                "brief.point",
                number=number,
                name=evidence.name_of(comparison.indicator, words),
                said=said,
                sources=self._references(slides),
            )
            self._write(point.rstrip(), BODY)

    def _references(self, slides: Sequence[Slide]) -> str:
        found = sorted({source.number for slide in slides for source in slide.sources})
        named = "".join(self.words("brief.source", number=n) for n in found[:MOST_REFERENCES])
        more = self.words("brief.sources_more", count=len(found))
        return named + (more if len(found) > MOST_REFERENCES else "")

    def _figures(self) -> None:
        words = self.words
        self._heading("brief.figures")
        for number, indicator in enumerate(steps.counted(list(self.shown))):
            comparison = self.shown[indicator]
            name = evidence.name_of(comparison.indicator, words)
            heading = words("brief.section", number=self.ordinals[number], name=name)
            self._write(heading, SECOND)
            for slide in self.groups[indicator]:
                self._slide(slide, name)

    def _slide(self, slide: Slide, name: str) -> None:
        """The table of a slide, its chart where there is something to compare, and the notes."""
        words, comparison = self.words, slide.comparison
        if comparison is None or slide.chart is None:
            self._write(_stopped(slide.headline, words("brief.full_stop")), BODY)
            return
        if slide.scope == "yearly":
            years = columns(comparison, words)[0]
            if comparison.years:
                years = fmt.years(comparison.years[0], comparison.years[-1], words)
            title = words("brief.title", years=years, name=name)
            head, rows = self._yearly(slide, comparison)
            labels = 1
        else:
            title = words("brief.title_apart", name=name, period=words(f"compare.{slide.scope}"))
            head, rows = self._apart(slide, comparison)
            labels = 2
        self.tables += 1
        self._write(words("brief.table", number=self.tables, title=title), CAPTION)
        self._write(words("brief.unit", unit=slide.chart.unit), UNIT)
        docx_text.table(self.brief, head, rows, words, labels, with_next=True)
        drawn = self._drawn(slide)
        tall = _ROW * (1 + len(rows)) + (drawn.height / drawn.width * _CHART_WIDTH if drawn else 0)
        together = drawn is not None and tall <= _TOGETHER
        note = replace(NOTE, with_next=together)
        self._write(words("brief.note", text=self._notes(slide)), note)
        if drawn:
            self._picture(drawn, slide, title)

    def _drawn(self, slide: Slide) -> "Sheet | None":
        """The chart of a slide, drawn; None where there is nothing to compare."""
        # Matplotlib takes a second to be loaded: not before a picture is asked for.
        from app.exports import picture, picture_chart

        chart = slide.chart
        if chart is None or sum(p.value is not None for s in chart.series for p in s.points) < 2:
            return None
        least, most = _CHART_PIXELS
        wanted = picture_chart.height(chart, values=False) * _CHART_WIDTH / _CHART_HEIGHT
        return picture.alone(slide, min(most, max(least, wanted)), self.words)

    def _picture(self, drawn: "Sheet", slide: Slide, title: str) -> None:
        from app.exports import canvas, picture

        about = picture.described([slide])
        content = drawn.encode(canvas.PNG, title, about)
        docx_text.picture(self.brief, content, _CHART_WIDTH, about)
        self.charts += 1
        self._write(self.words("brief.chart", number=self.charts, title=title), LEGEND)

    def _yearly(self, slide: Slide, comparison: Comparison) -> tuple[list[str], list[list[str]]]:
        """Areas by years, or years by areas where there are many years."""
        words = self.words
        heads = columns(comparison, words)
        by_area = {s.area: s for s in (slide.chart.series if slide.chart else ())}
        rows = [
            [by_area[area].label, *(point.label for point in by_area[area].points)]
            for area in comparison.areas
        ]
        if len(heads) <= YEARS_ACROSS:
            return [words("column.area"), *heads], rows
        turned = list(zip(*rows, strict=True))
        labels = zip(heads, turned[1:], strict=True)
        return [words("column.year"), *turned[0]], [[year, *row] for year, row in labels]

    def _apart(self, slide: Slide, comparison: Comparison) -> tuple[list[str], list[list[str]]]:
        words = self.words
        figures = comparison.totals if slide.scope == "totals" else comparison.plans
        head = [words("column.area"), words("column.period"), words("brief.value")]
        rows = [
            [self.table.areas[figure.area_code].label, evidence.period(figure, words),
             series.points[0].label]
            for figure, series in zip(figures, slide.chart.series if slide.chart else (),
                                      strict=True)
        ]  # fmt: skip
        return head, rows

    def _notes(self, slide: Slide) -> str:
        sources = self.words("slide.sources_note", items=self._references([slide]))
        crowd = self.words("report.crowd") if slide.chart and slide.chart.crowd else ""
        said = (
            slide.missing,
            slide.left_out + crowd,
            slide.definition,
            "".join(slide.remarks),
            sources,
        )
        space = "" if self.words.chinese else " "
        return space.join(_stopped(text, self.words("brief.full_stop")) for text in said if text)

    def _coverage(self) -> None:
        """How much is reported at all, and which indicators have nothing."""
        words = self.words
        comparisons = [c for c in self.scope.comparisons() if not c.indicator.planned]
        years = comparisons[0].years if comparisons else ()
        cells = [cell for comparison in comparisons for cell in comparison.cells]
        if not cells and not self.nothing:
            return
        self._heading("brief.coverage")
        if cells:
            reported = sum(cell.figure is not None for cell in cells)
            lead = words("brief.coverage_lead", years=fmt.years(years[0], years[-1], words),
                         areas=len(self.scope.areas), indicators=len(comparisons),
                         all=f"{len(cells):,}", reported=f"{reported:,}")  # fmt: skip
            if len(self.scope.areas) > COVERED_AREAS and len(years) > COVERED_YEARS:
                lead += words("brief.coverage_left_out", shown=COVERED_YEARS)
            self._write(lead, BODY)
            self._covered([c for c in comparisons if c.indicator.id in self.reported], years)
        if self.nothing:
            absent = words("list.comma").join(evidence.name_of(i, words) for i in self.nothing)
            self._write(words("brief.nothing", count=len(self.nothing), names=absent), BODY)

    def _covered(self, comparisons: Sequence[Comparison], years: Sequence[int]) -> None:
        if not comparisons:
            return
        words, areas = self.words, self.scope.areas
        by_area = len(areas) <= COVERED_AREAS
        counted: list[str] | list[int] = (
            [a.code for a in areas] if by_area else list(years[-COVERED_YEARS:])
        )
        labels = [a.label for a in areas] if by_area else [str(year) for year in counted]
        every = len(years) if by_area else len(areas)
        rows = []
        for comparison in comparisons:
            counts = Counter(
                cell.area if by_area else cell.year for cell in comparison.cells if cell.figure
            )
            name = evidence.name_of(comparison.indicator, words)
            rows.append([name, *(f"{counts[column]}/{every}" for column in counted)])
        self.tables += 1
        title = words("brief.coverage_title")
        self._write(words("brief.table", number=self.tables, title=title), CAPTION)
        unit = words("brief.coverage_areas" if by_area else "brief.coverage_years")
        self._write(words("brief.unit", unit=unit), UNIT)
        docx_text.table(self.brief, [words("column.indicator"), *labels], rows, words)

    def _sources(self) -> None:
        """The numbered reports, each with the sentences that figures of the brief stand in."""
        words = self.words
        self._heading("brief.sources")
        slides = [slide for group in self.groups.values() for slide in group]
        sources = {source.number: source for slide in slides for source in slide.sources}
        quotes: dict[int, dict[str, tuple[str, Quote]]] = {}
        for slide in slides:
            indicator = slide.comparison.indicator if slide.comparison else None
            name = evidence.name_of(indicator, words) if indicator else ""
            for quote in slide.quotes:
                quotes.setdefault(quote.source, {})[quote.key] = name, quote
        if not sources:
            self._write(words("brief.no_sources"), BODY)
        written = listed = 0
        for number in sorted(sources):
            if written >= MOST_QUOTES:
                break
            listed += 1
            written += self._source(sources[number], list(quotes.get(number, {}).values()))
        every = sum(map(len, quotes.values()))
        if written < every:
            said = words("brief.quotes_left_out", sources=listed, quotes=written,
                         all_sources=len(sources), all_quotes=every)  # fmt: skip
            self._write(said, BODY)
        if self.table.digest:
            self._write(words("brief.version", digest=self.table.digest), NOTE)

    def _source(self, source: Source, quotes: Sequence[tuple[str, Quote]]) -> int:
        words = self.words
        self._write(words("slide.source", number=source.number, text=source.full), SOURCE)
        for name, quote in quotes:
            self._write(list(self._quoted(name, quote)), QUOTE)
        return len(quotes)

    def _quoted(self, name: str, quote: Quote) -> Iterator[Span]:
        """The sentence with the words of the figure in bold."""
        words = self.words
        yield words("brief.quote", name=name, said=quote.said), False
        start, end = quote.mark or (0, 0)
        yield quote.sentence[:start], False
        yield quote.sentence[start:end], True
        yield quote.sentence[end:], False
        note = words("slide.notes.check", note=quote.note) if quote.note else ""
        yield words("brief.quote_end") + note, False


def _stopped(text: str, stop: str) -> str:
    """The text with a full stop at its end."""
    return text if text.endswith(("。", ".")) else text + stop
