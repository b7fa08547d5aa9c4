"""The language around place names: which are also words, what follows them, how they contract.

Reads area_names.toml; `etl.gazetteer` applies it. A word in it about a name that no area bears is
an error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.areas import AREAS_FILE, Area
from etl.errors import CatalogueError
from etl.patterns import check_keys, read_toml

NAMES_FILE = "area_names.toml"


@dataclass(frozen=True, slots=True)
class Stops:
    """What may not follow a name: each of `heads`, unless it begins one of its exceptions."""

    heads: tuple[str, ...] = ()
    exceptions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def stop(self, text: str, at: int) -> bool:
        """Whether one of them stands at text[at:]."""
        return text.startswith(self.heads, at) and any(
            text.startswith(head, at) and not text.startswith(self.exceptions[head], at)
            for head in self.heads
        )


NO_STOPS = Stops()


@dataclass(frozen=True, slots=True)
class Usage:
    """area_names.toml: the language around place names."""

    weak: frozenset[str]
    bound: frozenset[str]
    generic: frozenset[str]
    contractions: Mapping[str, str]
    cues: tuple[str, ...]
    edges: frozenset[str]
    surnames: frozenset[str]
    titles: tuple[str, ...]
    after_short: Stops
    after_ending: Mapping[str, Stops]
    words: tuple[str, ...]


def read(path: Path, areas: Sequence[Area]) -> Usage:
    """The file's words, checked against `areas`; raises CatalogueError."""
    raw = read_toml(path)
    check_keys(raw, path.name, "", ("short_names", "names", "contractions", "context", "words"))
    short = _words(raw["short_names"], path.name, "short_names", ("none", "weak"))
    names = _words(raw["names"], path.name, "names", ("bound", "generic"))
    context = dict(raw["context"])
    after_short, after_ending = context.pop("after_short", {}), context.pop("after_ending", {})
    person = _words(context.pop("person", {}), path.name, "context.person", ("surnames", "titles"))
    around = _words(context, path.name, "context", ("cues", "edges"))
    contractions = _words(raw["contractions"], path.name, "contractions")
    usage = Usage(
        weak=frozenset(short["weak"]),
        bound=frozenset(names["bound"]),
        generic=frozenset(names["generic"]),
        contractions={name: code for code, usual in contractions.items() for name in usual},
        cues=around["cues"],
        edges=frozenset("".join(around["edges"])),
        surnames=frozenset("".join(person["surnames"])),
        titles=person["titles"],
        after_short=_stops(after_short, path.name, "context.after_short"),
        after_ending={
            kind: _stops(table, path.name, f"context.after_ending.{kind}")
            for kind, table in after_ending.items()
        },
        words=tuple(
            w for group in _words(raw["words"], path.name, "words").values() for w in group
        ),
    )
    _check_usage(usage, areas, path.name)
    return usage


def _words(
    table: Mapping[str, object], file: str, entry: str, needed: tuple[str, ...] = ()
) -> dict[str, tuple[str, ...]]:
    """A table of strings, each cut at white space; its keys are `needed`, where given."""
    if needed:
        check_keys(table, file, entry, needed)
    words = {}
    for key, value in table.items():
        if not isinstance(value, str):
            raise CatalogueError(file, entry, key, "not_words")
        words[key] = tuple(value.split())
    return words


def _stops(table: Mapping[str, object], file: str, entry: str) -> Stops:
    exceptions = _words(table, file, entry)
    return Stops(tuple(exceptions), exceptions)


def _check_usage(usage: Usage, areas: Sequence[Area], file: str) -> None:
    """A word about a name that no area bears is a slip, or a leftover of an older areas.csv."""
    full, codes = {a.name for a in areas}, {a.code for a in areas}
    short = {a.short_name for a in areas} | set(usage.contractions)
    if single := [w for w in (*usage.words, *usage.contractions) if len(w) < 2]:
        raise CatalogueError(file, "words, contractions", "", "one_character", value=single)
    for entry, key, words, known in (
        ("short_names", "weak", usage.weak, short),
        ("names", "bound", usage.bound, full),
        ("names", "generic", usage.generic, full),
        ("contractions", "", frozenset(usage.contractions.values()), codes),
    ):
        if unknown := sorted(words - known):
            raise CatalogueError(file, entry, key, "not_in_areas", value=unknown, file=AREAS_FILE)
