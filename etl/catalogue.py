"""Loads and validates data/catalogue: the indicators, their cues, and the common terms.

Everything is checked while loading: an unknown key, a missing one, a value
outside its code list or a broken regular expression raises CatalogueError with
file, entry and key.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import CatalogueError
from etl.model import Body, Kind
from etl.patterns import check_keys, compile_any, load_lists, read_toml

INDICATORS = "indicators.toml"
TERMS = "terms.toml"
DICTIONARY = "dictionary.txt"

_SIDES = ("any", "left", "right")


@dataclass(frozen=True, slots=True)
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
    """“All of them were …”: the figure of one of the indicators `of`, nearest before `when`."""

    of: tuple[str, ...]
    when: re.Pattern[str]


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


@dataclass(frozen=True, slots=True)
class Terms:
    """data/catalogue/terms.toml, compiled; see the comments there."""

    verbs: re.Pattern[str]
    fillers: re.Pattern[str]
    comparison: re.Pattern[str]
    subset: re.Pattern[str]
    plan: re.Pattern[str]
    plan_document: re.Pattern[str]
    total: re.Pattern[str]
    part_of: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators by id, the cues by measure word, and the common terms."""

    indicators: Mapping[str, Indicator]
    terms: Terms
    cues_by_measure: Mapping[str, tuple[Cue, ...]] = field(repr=False)
    words: frozenset[str] = field(repr=False)


_INDICATOR_KEYS = {
    "id", "name_zh", "name_en", "unit", "kind", "theme", "headline", "bodies", "definition",
    "measures", "cue",
}  # fmt: skip
_INDICATOR_OPTIONAL = {"planned", "whole", "titles"}
_CUE_KEYS = {"noun"}
_CUE_OPTIONAL = {
    "verb", "topic", "with", "must", "never", "unless", "through", "reach", "side", "part", "alone",
    "adds", "weak", "measures", "bodies",
}  # fmt: skip


def load(folder: Path) -> Catalogue:
    """Load the catalogue folder (indicators.toml, terms.toml).

    Raises CatalogueError at the first mistake.
    """
    data = read_toml(folder / INDICATORS)
    check_keys(data, INDICATORS, "top level", {"indicator"})
    indicators: dict[str, Indicator] = {}
    for position, raw in enumerate(data["indicator"], 1):
        entry = str(raw.get("id", f"number {position}"))
        indicator = _indicator(raw, entry)
        if entry in indicators:
            raise CatalogueError(INDICATORS, entry, "id", "stands twice; ids have to be unique")
        indicators[entry] = indicator
    for indicator in indicators.values():
        for source in indicator.whole.of if indicator.whole else ():
            if source not in indicators:
                raise CatalogueError(
                    INDICATORS, indicator.id, "whole.of", f"no indicator has the id {source!r}"
                )
    by_measure: dict[str, list[Cue]] = {}
    for indicator in indicators.values():
        for cue in indicator.cues:
            for measure in cue.measures:
                by_measure.setdefault(measure, []).append(cue)
    terms = load_lists(folder / TERMS, Terms.__dataclass_fields__)
    return Catalogue(
        indicators=indicators,
        terms=Terms(**terms),
        cues_by_measure={measure: tuple(cues) for measure, cues in by_measure.items()},
        words=frozenset(_plain_words(data, read_toml(folder / TERMS)) | _dictionary(folder)),
    )


_CodeList = TypeVar("_CodeList", bound=StrEnum)


def _code(kind: type[_CodeList], value: Any, entry: str, key: str) -> _CodeList:
    try:
        return kind(value)
    except ValueError as error:
        raise CatalogueError(
            INDICATORS, entry, key, f"{value!r} is not in the code list"
        ) from error


def _pattern(entries: Iterable[str] | None, entry: str, key: str) -> re.Pattern[str] | None:
    return compile_any(entries, INDICATORS, entry, key) if entries else None


def _indicator(raw: Mapping[str, Any], entry: str) -> Indicator:
    check_keys(raw, INDICATORS, entry, _INDICATOR_KEYS, _INDICATOR_OPTIONAL)
    bodies = tuple(_code(Body, value, entry, "bodies") for value in raw["bodies"])
    planned = bool(raw.get("planned", False))
    measures = frozenset(raw["measures"])
    cues = tuple(
        _cue(cue, entry, number, measures, frozenset(bodies), planned)
        for number, cue in enumerate(raw["cue"], 1)
    )
    whole = titles = None
    if "whole" in raw:
        check_keys(raw["whole"], INDICATORS, f"{entry} › whole", {"of", "when"})
        when = compile_any([raw["whole"]["when"]], INDICATORS, entry, "whole.when")
        whole = Whole(tuple(raw["whole"]["of"]), when)
    if "titles" in raw:
        check_keys(raw["titles"], INDICATORS, f"{entry} › titles", {"verbs", "endings", "never"})
        verbs = compile_any(raw["titles"]["verbs"], INDICATORS, entry, "titles.verbs")
        never = compile_any(raw["titles"]["never"], INDICATORS, entry, "titles.never")
        titles = Titles(verbs, tuple(raw["titles"]["endings"]), never)
    return Indicator(
        id=raw["id"],
        name_zh=raw["name_zh"],
        name_en=raw["name_en"],
        unit=raw["unit"],
        kind=_code(Kind, raw["kind"], entry, "kind"),
        theme=raw["theme"],
        headline=bool(raw["headline"]),
        definition=raw["definition"],
        bodies=bodies,
        measures=measures,
        planned=planned,
        cues=cues,
        whole=whole,
        titles=titles,
    )


def _cue(
    raw: Mapping[str, Any],
    indicator: str,
    number: int,
    measures: frozenset[str],
    bodies: frozenset[Body],
    planned: bool,
) -> Cue:
    entry = f"{indicator} › cue {number}"
    check_keys(raw, INDICATORS, entry, _CUE_KEYS, _CUE_OPTIONAL)
    side = raw.get("side", "any")
    if side not in _SIDES:
        raise CatalogueError(
            INDICATORS, entry, "side", f"{side!r} is not one of {', '.join(_SIDES)}"
        )
    never = list(raw.get("never", ()))

    def pattern(key: str, entries: Iterable[str] | None = None) -> re.Pattern[str] | None:
        return _pattern(raw.get(key) if entries is None else entries, entry, key)

    noun = pattern("noun")
    if noun is None:
        raise CatalogueError(INDICATORS, entry, "noun", "is empty; give at least one word")
    return Cue(
        indicator=indicator,
        number=number,
        noun=noun,
        verb=pattern("verb"),
        topic=pattern("topic"),
        context=pattern("with"),
        must=pattern("must"),
        never=pattern("never", [word for word in never if not word.endswith("$")]),
        never_before=pattern("never", [word for word in never if word.endswith("$")]),
        unless=pattern("unless"),
        through=pattern("through"),
        reach=int(raw.get("reach", 3)),
        side=side,
        part=raw.get("part", ""),
        alone=bool(raw.get("alone", True)),
        adds=bool(raw.get("adds", False)),
        weak=bool(raw.get("weak", False)),
        measures=frozenset(raw.get("measures", measures)),
        bodies=frozenset(
            _code(Body, value, entry, "bodies") for value in raw.get("bodies", bodies)
        ),
        planned=planned,
    )


def _dictionary(folder: Path) -> set[str]:
    """The words of dictionary.txt. Raises CatalogueError if the file is missing."""
    try:
        lines = (folder / DICTIONARY).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise CatalogueError(DICTIONARY, "", "", f"cannot be read: {error}") from error
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
