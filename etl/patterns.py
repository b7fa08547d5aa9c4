"""Reads the catalogue's files: tables key by key, word lists into one regular expression each.

Entries are regular expressions; plain words are enough. Groups in them never
capture (named ones and those that a caller puts in do), and longer entries are
tried first, so that 重点建议 is found before 建议.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from etl.errors import CatalogueError
from etl.expressions import led

_Plain = TypeVar("_Plain", str, int, bool)
_Code = TypeVar("_Code", bound=StrEnum)

_CAPTURING = re.compile(r"(?<!\\)\((?!\?)")
_ROLE = re.compile(r"(?<!P)<([a-z_]+)>")


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a catalogue file. Raises CatalogueError if it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise CatalogueError(path.name, "", "", "missing_file", folder=str(path.parent)) from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path.name, "", "", "syntax", detail=error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path.name, "", "", "unopened", detail=error) from error


def check_keys(
    raw: Mapping[str, Any],
    file: str,
    entry: str,
    needed: Iterable[str],
    optional: Iterable[str] = (),
) -> None:
    """Raise CatalogueError for a key that is unknown or missing."""
    needed, optional = set(needed), set(optional)
    for key in raw:
        if key not in needed | optional:
            known = ", ".join(sorted(needed | optional))
            raise CatalogueError(file, entry, key, "unknown_key", known=known)
    for key in sorted(needed):
        if key not in raw:
            raise CatalogueError(file, entry, key, "missing_key")


def compile_any(
    entries: list[str],
    file: str,
    entry: str,
    key: str,
    placeholders: Mapping[str, str] | None = None,
) -> re.Pattern[str]:
    """One pattern that finds any of the entries, with `placeholders` put in.

    Raises CatalogueError for an empty list and for an entry that is no regular expression.
    """
    expressions = sorted(entries, key=len, reverse=True)
    parts = [_CAPTURING.sub("(?:", expression) for expression in expressions]
    for word, replacement in (placeholders or {}).items():
        parts = [part.replace(word, replacement) for part in parts]
    try:
        return re.compile(led("|".join(f"(?:{part})" for part in parts)))
    except re.error:
        # Only now, as to compile each takes as long again.
        for expression, part in zip(expressions, parts, strict=True):
            _check(part, file, entry, key, expression)
        raise


def _check(part: str, file: str, entry: str, key: str, expression: str) -> None:
    try:
        re.compile(part)
    except re.error as error:
        raise CatalogueError(
            file, entry, key, "not_expression", value=expression, detail=error
        ) from error


def load_lists(
    path: Path, keys: Iterable[str], placeholders: Mapping[str, str] | None = None
) -> dict[str, re.Pattern[str]]:
    """Compile a file whose keys are exactly `keys`, each an expression or a list of them.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    data = read_toml(path)
    check_keys(data, path.name, "top level", keys)
    entry = Entry(data, path.name, "")
    return {
        key: compile_any(
            [value] if isinstance(value, str) else entry.words(key),
            path.name,
            key,
            "",
            placeholders,
        )
        for key, value in data.items()
    }


def load_frames(path: Path, frames: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Compile `frames`, each an expression in which <key> stands for any entry of a list of the file.

    The file's keys are exactly those that the frames name. Raises CatalogueError as `load_lists` does.
    """
    data = read_toml(path)
    check_keys(data, path.name, "top level", set(_ROLE.findall("".join(frames.values()))))
    entry = Entry(data, path.name, "")
    words = {key: _any_of(entry.words(key)) for key in data}
    try:
        return {
            name: re.compile(led(_ROLE.sub(lambda role: words[role[1]], frame)))
            for name, frame in frames.items()
        }
    except re.error:
        for key in data:
            compile_any(entry.words(key), path.name, key, "")
        raise


def _any_of(entries: Iterable[str]) -> str:
    """An expression for any of the entries, longer ones first."""
    longest_first = sorted(entries, key=len, reverse=True)
    return f"(?:{'|'.join(_CAPTURING.sub('(?:', entry) for entry in longest_first)})"


@dataclass(frozen=True, slots=True)
class Entry:
    """A table of a catalogue file that is read key by key.

    Each method raises CatalogueError with file, entry and key for a value that
    is missing without a default, of the wrong type, or empty.
    """

    raw: Mapping[str, Any]
    file: str
    name: str

    def _typed(self, key: str, kind: type[_Plain], code: str, default: _Plain | None) -> _Plain:
        value = self.raw.get(key, default)
        if type(value) is not kind or value == "":
            raise CatalogueError(self.file, self.name, key, code, value=value)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty, or `default`."""
        if key not in self.raw and default is not None:
            return default
        return self._typed(key, str, "not_text", default)

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self._typed(key, int, "not_number", default)

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false."""
        return self._typed(key, bool, "not_flag", default)

    def words(self, key: str) -> list[str]:
        """A list of one or more texts, none of them empty."""
        value = self.raw.get(key)
        if (
            not isinstance(value, list)
            or not value
            or not all(isinstance(w, str) and w for w in value)
        ):
            raise CatalogueError(self.file, self.name, key, "not_list", value=value)
        return value

    def codes(self, key: str, kind: type[_Code]) -> tuple[_Code, ...]:
        """A list of codes of the code list `kind`."""
        return tuple(self._code(key, word, kind) for word in self.words(key))

    def code(self, key: str, kind: type[_Code]) -> _Code:
        """One code of the code list `kind`."""
        return self._code(key, self.text(key), kind)

    def _code(self, key: str, word: str, kind: type[_Code]) -> _Code:
        try:
            return kind(word)
        except ValueError as error:
            known = ", ".join(kind)
            raise CatalogueError(
                self.file, self.name, key, "not_code", value=word, known=known
            ) from error

    def pattern(self, key: str) -> re.Pattern[str]:
        """One pattern that finds any of the texts of the list `key`."""
        return compile_any(self.words(key), self.file, self.name, key)

    def optional_pattern(self, key: str) -> re.Pattern[str] | None:
        """As `pattern`, None where the key is absent."""
        return self.pattern(key) if key in self.raw else None
