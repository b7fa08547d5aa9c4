"""Loads and validates data/catalogue: the indicators, their cues, and the common words.

Everything is checked while loading: an unknown key, a missing one, a value
outside its code list or a broken regular expression raises CatalogueError with
file, entry and key.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.errors import CatalogueError
from etl.model import Body, Kind
from etl.needles import AnyOf, Sieve, Sifted
from etl.patterns import Entry, check_keys, compile_any, load_lists, read_toml
from etl.syntax import Syntax, load_syntax

INDICATORS = "indicators.toml"
TERMS = "terms.toml"
DICTIONARY = "dictionary.txt"

_SIDES = ("any", "left", "right")
_NONE: frozenset[int] = frozenset()


# Compared by identity: what is found of a cue is kept under it.
@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One way in which reports state an indicator; the keys are explained in indicators.toml.

    Patterns are compiled; an absent list is None. `never_before` holds the
    entries of `never` that end in `$`: they are tried on the words before the
    figure, the others on the words around it.
    """

    indicator: str
    number: int
    noun: re.Pattern[str]
    verb: re.Pattern[str] | None
    topic: re.Pattern[str] | None
    context: re.Pattern[str] | None
    must: re.Pattern[str] | None
    never: re.Pattern[str] | None
    never_before: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    through: re.Pattern[str] | None
    reach: int
    side: str
    part: str
    alone: bool
    adds: bool
    weak: bool
    measures: frozenset[str]
    bodies: frozenset[Body]
    planned: bool

    @property
    def name(self) -> str:
        """How explain names the rule: the indicator and the number of the cue in its entry."""
        return f"{self.indicator}#{self.number}"


@dataclass(frozen=True, slots=True)
class Whole:
    """“All of them were …”: the figure of one of the indicators `of`, nearest before `when`;
    some sentences later only where the sentence names the thing by one of `again`."""

    of: tuple[str, ...]
    when: re.Pattern[str]
    again: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Titles:
    """Laws named in 《》 and governed by one of `verbs`, counted where the report gives no number."""

    verbs: re.Pattern[str]
    endings: tuple[str, ...]
    never: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue, in the order of the file."""

    id: str
    name_zh: str
    name_en: str
    unit: str
    kind: Kind
    theme: str
    headline: bool
    definition: str
    bodies: tuple[Body, ...]
    measures: frozenset[str]
    planned: bool
    cues: tuple[Cue, ...]
    whole: Whole | None = None
    titles: Titles | None = None
    joint: tuple[str, ...] = ()
    total_of: frozenset[str] = frozenset()
    received: bool = False


# Lists of `Terms` that are long, and of which most sentences hold nothing.
_LONG = ("comparison", "subset", "others", "plan", "plan_goes_on")


@dataclass(frozen=True, slots=True)
class Terms:
    """data/catalogue/terms.toml, compiled; see the comments there."""

    verbs: re.Pattern[str]
    fillers: re.Pattern[str]
    comparison: AnyOf
    subset: AnyOf
    others: AnyOf
    plan: AnyOf
    plan_goes_on: AnyOf
    plan_document: re.Pattern[str]
    total: re.Pattern[str]
    bare: re.Pattern[str]
    part_of: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators by id, the cues by measure word, the common terms and the words of clauses.

    `sieve` holds the nouns of the `cues` and the long lists of `terms`, `numbers` tells which cues
    ask for a measure word and speak of a body, and `counting` has these by indicator.
    """

    indicators: Mapping[str, Indicator]
    terms: Terms
    syntax: Syntax
    cues: tuple[Cue, ...] = field(repr=False)
    cues_by_measure: Mapping[str, tuple[Cue, ...]] = field(repr=False)
    numbers: Mapping[tuple[str, Body], frozenset[int]] = field(repr=False)
    counting: Mapping[tuple[str, Body], Mapping[str, Sequence[Cue]]] = field(repr=False)
    sieve: Sieve = field(repr=False)
    vocabulary: frozenset[str] = field(repr=False)

    def naming(
        self, measure: str, body: Body, sifted: Sifted, *stretches: tuple[int, int]
    ) -> list[Cue]:
        """The cues of a measure word and a body whose noun may be in a stretch of a text, in order.

        `sifted` is what `sieve` found in the text.
        """
        passing = sifted.passing(*stretches)
        return [self.cues[number] for number in self.asking(measure, body, passing)]

    def fits(self, label: str, measure: str) -> bool:
        """Whether a label holds the noun of a cue that asks for a measure word: 执法检查 and 项."""
        return any(cue.noun.search(label) for cue in self.cues_by_measure.get(measure, ()))

    def asking(self, measure: str, body: Body, numbers: Set[int]) -> list[int]:
        """Those of the cues of these numbers that ask for a measure word and speak of a body, in order."""
        return sorted(numbers & self.numbers.get((measure, body), _NONE))


_INDICATOR_KEYS = {
    "id", "name_zh", "name_en", "unit", "kind", "theme", "headline", "bodies", "definition",
    "measures", "cue",
}  # fmt: skip
_INDICATOR_OPTIONAL = {"planned", "whole", "titles", "joint", "total_of", "received"}
_CUE_KEYS = {"noun"}
_CUE_OPTIONAL = {
    "verb", "topic", "with", "must", "never", "unless", "through", "reach", "side", "part", "alone",
    "adds", "weak", "measures", "bodies",
}  # fmt: skip


def load(folder: Path) -> Catalogue:
    """Load the catalogue folder (indicators.toml, terms.toml, syntax.toml).

    Raises CatalogueError at the first mistake.
    """
    data = read_toml(folder / INDICATORS)
    check_keys(data, INDICATORS, "top level", {"indicator"})
    indicators: dict[str, Indicator] = {}
    for position, raw in enumerate(data["indicator"], 1):
        entry = str(raw.get("id", f"number {position}"))
        indicator = _indicator(raw, entry)
        if entry in indicators:
            raise CatalogueError(INDICATORS, entry, "id", "id_twice")
        indicators[entry] = indicator
    for indicator in indicators.values():
        others = (*(indicator.whole.of if indicator.whole else ()), *indicator.joint)
        for source in (*others, *sorted(indicator.total_of)):
            if source not in indicators:
                raise CatalogueError(
                    INDICATORS, indicator.id, "whole.of", "no_indicator", value=source
                )
    cues = tuple(cue for indicator in indicators.values() for cue in indicator.cues)
    by_measure: dict[str, list[Cue]] = {}
    numbers: dict[tuple[str, Body], set[int]] = {}
    counting: dict[tuple[str, Body], dict[str, list[Cue]]] = {}
    for number, cue in enumerate(cues):
        for measure in cue.measures:
            by_measure.setdefault(measure, []).append(cue)
            for body in cue.bodies:
                numbers.setdefault((measure, body), set()).add(number)
                of_both = counting.setdefault((measure, body), {})
                of_both.setdefault(cue.indicator, []).append(cue)
    terms: dict[str, Any] = load_lists(folder / TERMS, Terms.__dataclass_fields__)
    long = {name: AnyOf(terms[name], number) for number, name in enumerate(_LONG, 1)}
    return Catalogue(
        indicators=indicators,
        terms=Terms(**{**terms, **long}),
        syntax=load_syntax(folder),
        cues=cues,
        cues_by_measure={measure: tuple(found) for measure, found in by_measure.items()},
        numbers={key: frozenset(found) for key, found in numbers.items()},
        counting=counting,
        sieve=Sieve(
            (cue.noun.pattern for cue in cues), *(words.expressions for words in long.values())
        ),
        vocabulary=frozenset(_plain_words(data, read_toml(folder / TERMS)) | _dictionary(folder)),
    )


def _indicator(raw: Mapping[str, Any], name: str) -> Indicator:
    check_keys(raw, INDICATORS, name, _INDICATOR_KEYS, _INDICATOR_OPTIONAL)
    entry = Entry(raw, INDICATORS, name)
    bodies = entry.codes("bodies", Body)
    measures = frozenset(entry.words("measures"))
    planned = entry.flag("planned", False)
    return Indicator(
        id=entry.text("id"),
        name_zh=entry.text("name_zh"),
        name_en=entry.text("name_en"),
        unit=entry.text("unit"),
        kind=entry.code("kind", Kind),
        theme=entry.text("theme"),
        headline=entry.flag("headline"),
        definition=entry.text("definition"),
        bodies=bodies,
        measures=measures,
        planned=planned,
        cues=tuple(
            _cue(cue, name, number, measures, frozenset(bodies), planned)
            for number, cue in enumerate(raw["cue"], 1)
        ),
        whole=_whole(raw["whole"], name) if "whole" in raw else None,
        titles=_titles(raw["titles"], name) if "titles" in raw else None,
        joint=tuple(entry.words("joint")) if "joint" in raw else (),
        total_of=frozenset(entry.words("total_of")) if "total_of" in raw else frozenset(),
        received=entry.flag("received", False),
    )


def _whole(raw: Mapping[str, Any], indicator: str) -> Whole:
    name = f"{indicator} › whole"
    check_keys(raw, INDICATORS, name, {"of", "when", "again"})
    entry = Entry(raw, INDICATORS, name)
    when = compile_any([entry.text("when")], INDICATORS, name, "when")
    return Whole(tuple(entry.words("of")), when, entry.pattern("again"))


def _titles(raw: Mapping[str, Any], indicator: str) -> Titles:
    name = f"{indicator} › titles"
    check_keys(raw, INDICATORS, name, {"verbs", "endings", "never"})
    entry = Entry(raw, INDICATORS, name)
    return Titles(entry.pattern("verbs"), tuple(entry.words("endings")), entry.pattern("never"))


def _cue(
    raw: Mapping[str, Any],
    indicator: str,
    number: int,
    measures: frozenset[str],
    bodies: frozenset[Body],
    planned: bool,
) -> Cue:
    name = f"{indicator} › cue {number}"
    check_keys(raw, INDICATORS, name, _CUE_KEYS, _CUE_OPTIONAL)
    entry = Entry(raw, INDICATORS, name)
    side = entry.text("side", "any")
    if side not in _SIDES:
        raise CatalogueError(
            INDICATORS, name, "side", "not_code", value=side, known=", ".join(_SIDES)
        )
    never = entry.words("never") if "never" in raw else []
    around = [word for word in never if not word.endswith("$")]
    before = [word for word in never if word.endswith("$")]
    return Cue(
        indicator=indicator,
        number=number,
        noun=entry.pattern("noun"),
        verb=entry.optional_pattern("verb"),
        topic=entry.optional_pattern("topic"),
        context=entry.optional_pattern("with"),
        must=entry.optional_pattern("must"),
        never=compile_any(around, INDICATORS, name, "never") if around else None,
        never_before=compile_any(before, INDICATORS, name, "never") if before else None,
        unless=entry.optional_pattern("unless"),
        through=entry.optional_pattern("through"),
        reach=entry.number("reach", 3),
        side=side,
        part=entry.text("part", ""),
        alone=entry.flag("alone", True),
        adds=entry.flag("adds", False),
        weak=entry.flag("weak", False),
        measures=frozenset(entry.words("measures")) if "measures" in raw else measures,
        bodies=frozenset(entry.codes("bodies", Body)) if "bodies" in raw else bodies,
        planned=planned,
    )


def _dictionary(folder: Path) -> set[str]:
    """The words of dictionary.txt. Raises CatalogueError if the file is missing."""
    try:
        lines = (folder / DICTIONARY).read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise CatalogueError(DICTIONARY, "", "", "missing_file", folder=str(folder)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(DICTIONARY, "", "", "unopened", detail=error) from error
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,8}")


def _plain_words(data: Mapping[str, Any], terms: Mapping[str, Any]) -> set[str]:
    """The entries that are plain words: they make the user dictionary of the segmenter."""
    words = {word for word in terms["verbs"] if _PLAIN.fullmatch(word)}
    for raw in data["indicator"]:
        for cue in raw["cue"]:
            for key in ("noun", "verb", "through"):
                words.update(word for word in cue.get(key, ()) if _PLAIN.fullmatch(word))
    return words
