"""The words that tell a figure from other numerals: measures.toml, checked and compiled.

The measure words, the words of approximation and whatever makes a numeral no figure are
data. `load_grammar` compiles them once, most of them into the one expression that finds
everything that begins like a figure.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import CatalogueError
from etl.model import Qualifier
from etl.numerals import CHARACTER_VALUES, CHARACTERS, NUMERALS
from etl.patterns import check_keys, read_toml

_FILE = "measures.toml"

_LONGEST_TITLE = 120
_LONGEST_QUOTED_NAME = 24

# What may stand between the links of a chain that is no range (第三、四次).
CHAINS = ("、", "和", "及", "与", "或", "/")

# The keys of each table: a type is a required key of that type, anything else the default.
_SCHEMA: dict[str, dict[str, Any]] = {
    "measures": {
        "kind": str, "words": list, "normal": "", "factor": 1, "qualifier": "", "chinese": True,
    },
    "approximations": {
        "position": str, "qualifier": str, "words": list, "unless_after": [],
        "unless_before": [], "bare_scale_only": False, "kinds": [], "not_units": [],
    },
    "masked_before": {
        "words": list, "ordinal": False, "unless_after": [], "with": [], "scale_only": False,
    },
    "masked_after": {"words": list},
    "ranges": {"words": list, "unless_after": []},
    "single": {"measures": list, "unless_after": [], "unless_before": []},
    "quoted": {"digits": list, "chinese": list},
    "terms": {
        "measures": list, "counted_after": list, "counted_before": [], "never_before": [],
    },
    "sessions": {
        "measures": list, "terms": list, "assemblies": list, "meetings": list,
        "verb_characters": str,
    },
    "labels": {"unit": list, "explains": list, "measures": list, "before": list, "behind": list},
    "idioms": {"words": list, "within_clause": list},
}  # fmt: skip
_REPEATED = ("measures", "approximations", "masked_before")
_KEYED_BY_MEASURE = ("not_before", "slogans")
_KINDS = ("count", "share", "duration", "money", "size", "score")
_POSITIONS = ("before", "inside", "after")

_Entry = TypeVar("_Entry")
_Entries = Iterable[tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word: its normal form, its kind and what one unit counts in the normal form.

    `kind` is count, share, duration, money, size or score; `chinese` tells whether it
    may follow a numeral in characters.
    """

    normal: str
    kind: str
    factor: int
    qualifier: Qualifier | None
    chinese: bool


@dataclass(frozen=True, slots=True)
class Approximation:
    """A word of approximation and where it applies; see [[approximations]] in measures.toml."""

    word: str
    qualifier: Qualifier
    unless_after: tuple[str, ...]
    bare_scale_only: bool
    kinds: frozenset[str]
    not_units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mask:
    """A word that makes the numeral after it no figure; see [[masked_before]] in measures.toml."""

    word: str
    ordinal: bool
    unless_after: tuple[str, ...]
    units: frozenset[str]
    scale_only: bool


# Compared by identity: a cache takes it as a key.
@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """data/catalogue/measures.toml, compiled by `load_grammar`.

    `kinds` gives the kind of each normal form of a measure word, so that a caller can tell
    counts from durations, sums of money and shares. The other fields serve `find`.
    """

    kinds: Mapping[str, str]
    measures: Mapping[str, Measure]
    token: re.Pattern[str]
    before: Mapping[str, tuple[Approximation | Mask, ...]]
    inside: Mapping[str, Qualifier]
    after: Mapping[str, tuple[Approximation, ...]]
    range_words: frozenset[str]
    range_unless_after: tuple[str, ...]
    single_measures: frozenset[str]
    single_unless_after: tuple[str, ...]
    single_unless_before: tuple[str, ...]
    quoted_digits: frozenset[str]
    quoted_chinese: frozenset[str]
    term_measures: frozenset[str]
    term_counted_after: tuple[str, ...]
    term_counted_before: tuple[str, ...]
    term_never_before: tuple[str, ...]
    session_measures: frozenset[str]
    session_of_term: re.Pattern[str]
    session_assemblies: tuple[str, ...]
    session_meetings: tuple[str, ...]
    unit_in_label: re.Pattern[str]
    unit_behind: re.Pattern[str]
    unit_in_label_behind: re.Pattern[str]
    unit_before: re.Pattern[str]
    number_alone: re.Pattern[str]
    label_measures: tuple[str, ...]
    idiom: re.Pattern[str]
    slogans: Mapping[str, re.Pattern[str]]


# -------------------------------------------------------------------------- loading


def load_grammar(folder: Path) -> Grammar:
    """Compile measures.toml of a catalogue folder; once is enough, it takes some milliseconds.

    Raises CatalogueError, which names file, entry and key, for a file that can't be read, a
    key that is missing, unknown or of the wrong type, and a word that has no meaning there.
    """
    data = _load(folder / _FILE)
    measures = _measures(data["measures"])
    units = [*measures, *data["masked_after"]["words"]]
    for table, known in (("not_before", units), ("slogans", measures)):
        for word in data[table].keys() - set(known):
            raise CatalogueError(_FILE, table, word, "not_measure")
    approximations = _approximations(data["approximations"])
    words: dict[str, list[Approximation]] = {position: [] for position in _POSITIONS}
    unless: dict[str, dict[str, list[str]]] = {position: {} for position in _POSITIONS}
    for position, approximation, unless_before in approximations:
        words[position].append(approximation)
        unless[position].setdefault(approximation.word, []).extend(unless_before)
    before: list[Approximation | Mask] = [*words["before"], *_masks(data["masked_before"])]
    before.sort(key=lambda entry: len(entry.word), reverse=True)
    ranges, single, terms = data["ranges"], data["single"], data["terms"]
    sessions, labels, idioms = data["sessions"], data["labels"], data["idioms"]
    return Grammar(
        kinds={measure.normal: measure.kind for measure in measures.values()},
        measures=measures,
        token=_token_expression(
            units=_alternation(units, data["not_before"]),
            counts=_alternation([w for w, measure in measures.items() if measure.kind == "count"]),
            inside=_alternation(unless["inside"], unless["inside"]),
            after=_alternation(unless["after"], unless["after"]),
            links=_alternation(ranges["words"]),
            # What a numeral in characters must be followed by to be worth a look.
            followers={
                word[0] for word in [*measures, *unless["inside"], *ranges["words"], *CHAINS]
            },
        ),
        before=_grouped((entry.word[-1], entry) for entry in before),
        inside={approximation.word: approximation.qualifier for approximation in words["inside"]},
        after=_grouped((entry.word, entry) for entry in words["after"]),
        range_words=frozenset(ranges["words"]),
        range_unless_after=tuple(ranges["unless_after"]),
        single_measures=frozenset(single["measures"]),
        single_unless_after=tuple(single["unless_after"]),
        single_unless_before=tuple(single["unless_before"]),
        quoted_digits=frozenset(data["quoted"]["digits"]),
        quoted_chinese=frozenset(data["quoted"]["chinese"]),
        term_measures=frozenset(terms["measures"]),
        term_counted_after=tuple(terms["counted_after"]),
        term_counted_before=tuple(terms["counted_before"]),
        term_never_before=tuple(terms["never_before"]),
        session_measures=frozenset(sessions["measures"]),
        session_of_term=re.compile(
            rf"{_alternation(sessions['terms'])}"
            rf"(?:[^，。；：、“”0-9{re.escape(sessions['verb_characters'])}]{{0,12}}"
            rf"{_alternation(sessions['assemblies'])})?\Z"
        ),
        session_assemblies=tuple(sessions["assemblies"]),
        session_meetings=tuple(sessions["meetings"]),
        unit_in_label=re.compile(rf"（(?:{_alternation(labels['unit'])}：)?([^（）]{{1,3}})）：?$"),
        unit_behind=re.compile(
            rf"，{_alternation(labels['explains'])}[^，。；0-9]{{2,40}}?的?"
            rf"({_alternation(labels['measures'])})数?(?=[，。；])"
        ),
        unit_in_label_behind=re.compile(
            rf"[\u4e00-\u9fff“”、]{{2,20}}?(?:（([^（）]{{1,3}})）|({_alternation(measures)}))"
        ),
        # The row of a table, whose unit has a column of its own before the figure's.
        unit_before=re.compile(rf"[^0-9，。；]{{2,24}}?({_alternation(measures)})"),
        label_measures=tuple(labels["measures"]),
        number_alone=re.compile(
            rf"{_alternation(labels['before'])}?[0-9][0-9,，.]*[万亿]?{_alternation(labels['behind'])}?"
        ),
        idiom=re.compile(
            rf"{_alternation(idioms['words'])}|{_alternation(idioms['within_clause'])}(?![，。；、）\n]|\Z)"
        ),
        slogans={unit: re.compile(_alternation(nouns)) for unit, nouns in data["slogans"].items()},
    )


# ------------------------------------------------------------------------- checking


def _load(path: Path) -> dict[str, Any]:
    """The checked tables of the file, with defaults filled in.

    A repeated table becomes a list of (place for messages, entry).
    """
    data = read_toml(path)
    tables = [*_SCHEMA, *_KEYED_BY_MEASURE]
    _check_keys("top level", data, tables, tables)
    checked: dict[str, Any] = {}
    for name, schema in _SCHEMA.items():
        if name not in _REPEATED:
            checked[name] = _check(name, data[name], schema)
        elif isinstance(data[name], list):
            checked[name] = [
                (place := f"{name} {number}", _check(place, entry, schema))
                for number, entry in enumerate(data[name], 1)
            ]
        else:
            raise CatalogueError(_FILE, name, "", "double_brackets", table=name)
    for name in _KEYED_BY_MEASURE:
        checked[name] = _check(name, data[name], dict.fromkeys(data[name], list))
    return checked


def _check(place: str, entry: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
    """`entry` with its defaults; lists are lists of words."""
    if not isinstance(entry, dict):
        raise CatalogueError(_FILE, place, "", "not_table", table=place)
    required = [key for key, default in schema.items() if isinstance(default, type)]
    _check_keys(place, entry, required, schema)
    for key, value in entry.items():
        wanted = schema[key] if key in required else type(schema[key])
        if type(value) is not wanted:
            raise CatalogueError(_FILE, place, key, "wrong_type", wanted=wanted.__name__)
        if wanted is list and not all(isinstance(word, str) for word in value):
            raise CatalogueError(_FILE, place, key, "not_list", value=value)
    return {**schema, **entry}


def _check_keys(
    place: str, entry: Mapping[str, Any], required: Iterable[str], known: Collection[str]
) -> None:
    """`check_keys`, but what is missing comes first: a misspelt key is named as it should be."""
    check_keys({key: entry[key] for key in entry if key in known}, _FILE, place, required, known)
    check_keys(entry, _FILE, place, required, known)


# ------------------------------------------------------------------------ compiling


def _measures(entries: _Entries) -> dict[str, Measure]:
    """The measure word as written → what it means."""
    measures: dict[str, Measure] = {}
    for place, entry in entries:
        for word in entry["words"]:
            if word in measures:
                raise CatalogueError(_FILE, place, "words", "measure_twice", value=word)
            measures[word] = Measure(
                normal=entry["normal"] or word,
                kind=_one_of(_KINDS, entry["kind"], place, "kind"),
                factor=entry["factor"],
                qualifier=_qualifier(entry, place) if entry["qualifier"] else None,
                chinese=entry["chinese"],
            )
    return measures


def _approximations(entries: _Entries) -> list[tuple[str, Approximation, list[str]]]:
    """Position, word of approximation, and what must not follow it."""
    return [
        (
            _one_of(_POSITIONS, entry["position"], place, "position"),
            Approximation(
                word=word,
                qualifier=_qualifier(entry, place),
                unless_after=tuple(entry["unless_after"]),
                bare_scale_only=entry["bare_scale_only"],
                kinds=frozenset(_one_of(_KINDS, kind, place, "kinds") for kind in entry["kinds"]),
                not_units=frozenset(entry["not_units"]),
            ),
            entry["unless_before"],
        )
        for place, entry in entries
        for word in entry["words"]
    ]


def _masks(entries: _Entries) -> list[Mask]:
    return [
        Mask(
            word=word,
            ordinal=entry["ordinal"],
            unless_after=tuple(entry["unless_after"]),
            units=frozenset(entry["with"]),
            scale_only=entry["scale_only"],
        )
        for _, entry in entries
        for word in entry["words"]
    ]


def _one_of(choices: Iterable[str], value: str, place: str, key: str) -> str:
    if value not in (choices := list(choices)):
        raise CatalogueError(_FILE, place, key, "not_code", value=value, known=", ".join(choices))
    return value


def _qualifier(entry: Mapping[str, Any], place: str) -> Qualifier:
    return Qualifier(_one_of(Qualifier, entry["qualifier"], place, "qualifier"))


def _grouped(pairs: Iterable[tuple[str, _Entry]]) -> dict[str, tuple[_Entry, ...]]:
    """The entries of each key, in their order."""
    groups: dict[str, tuple[_Entry, ...]] = {}
    for key, entry in pairs:
        groups[key] = (*groups.get(key, ()), entry)
    return groups


def _alternation(
    words: Iterable[str], unless_before: Mapping[str, Iterable[str]] | None = None
) -> str:
    """An expression for any of the words, the longest that fits, with what must not follow each."""
    alternatives = []
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        following = "|".join(map(re.escape, (unless_before or {}).get(word, ())))
        alternatives.append(re.escape(word) + (f"(?!{following})" if following else ""))
    return f"(?:{'|'.join(alternatives)})"


def _token_expression(
    *, units: str, counts: str, inside: str, after: str, links: str, followers: Iterable[str]
) -> re.Pattern[str]:
    """The one expression that `find` runs over a text.

    It begins with a set of characters, so that the engine skips everything else fast.
    Numerals: `rest` is the numeral without its first character, `scaled` the scale and
    approximation behind it, then come `unit` and `after`. Percentages: `low` to `high`.
    Titles are consumed; short quotations are looked at, so that what is in them is read.

    The work is linear in the length of the text: unbounded repeats never give back what they
    took (possessive quantifiers), a run of numerals is tried from its first character only,
    and all look-around is bounded.
    """
    run, digits = CHARACTERS, "".join(CHARACTER_VALUES)
    space, scale = r"[ \u3000]?", r"(?:万亿|[百千][万亿]|亿|万|千(?![瓦米克伏焦])|百(?![分姓强]))"
    number = rf"(?:[0-9]++(?:\.[0-9]++)?|[{run}]++(?:点[{digits}]++)?)"
    following = re.escape("".join(sorted({*followers, "万", "亿"})))
    # 3千, 4千6百 and 2000 behind 2万, 2000 also in 1亿2000余万.
    last = rf"(?<=万)[0-9]{{3,4}}(?![0-9.,，年月日]|{scale})|[0-9]{{1,4}}(?={space}{inside}万)"
    minor = rf"(?:[0-9]{{1,4}}(?:千万|百万|[百千万])){{0,2}}(?:{last})?"
    opening, closing = "“‘「『", "”’」』"
    name = r"[^“”‘’「」『』《》\"'，。；！？,;!?\n]"
    return re.compile(
        rf"""[{NUMERALS}《"\'{opening}](?:
        (?<=《)[^《》\n]{{0,{_LONGEST_TITLE}}}+
            (?:《[^《》\n]{{0,{_LONGEST_TITLE}}}+》[^《》\n]{{0,{_LONGEST_TITLE}}}+)?(?P<title>》)
        |(?<=[{opening}])(?=(?P<quoted>{name}{{1,{_LONGEST_QUOTED_NAME}}}+)[{closing}])
        |(?<=["'])(?=(?P<straight>[{NUMERALS}]{name}{{0,{_LONGEST_QUOTED_NAME}}}+)["'])
        |(?<=[百千])(?<![{NUMERALS}].)
            (?P<share>分(?:之{space}|(?=百))(?P<low>{number})(?P<share_inside>{inside})?
                (?:{links}(?:[百千]分之)?(?P<high>{number}))?)
            (?:{space}(?P<share_after>{after}))?
        |(?P<rest>
            (?<=[0-9])(?:
                (?<![0-9][,，].)(?<=[1-9])[0-9]{{0,2}}
                    (?:(?:,[0-9]{{3}}){{1,4}}|，[0-9]{{3}}(?={space}[{following}]))(?![,，]?[0-9])
                |[0-9]*+
            )(?:\.[0-9]++)?
            |(?<=[{run}])(?<![{NUMERALS}].)[{run}]*+(?:点[{digits}]++(?![十百千]))?
                (?={space}[{following}]|(?<=[万亿])[，。；、）])
        )
        (?P<scaled>
            (?:{space}(?P<scale>{scale})(?P<minor>{minor})?)?
            (?:{space}(?P<inside>{inside})(?P<inside_scale>{scale})?)?
        )
        (?P<counted>{space}(?P<unit>{units}(?:[(（]{counts}[)）]|/次)?)
            (?P<tenth>(?<=成)[{digits}半](?=[，。；、）的]|{after}|\Z))?)?
        (?:{space}(?P<after>{after}))?
        )""",
        re.VERBOSE,
    )
