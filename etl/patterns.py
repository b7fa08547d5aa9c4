"""Reads word lists of the catalogue and compiles each into one regular expression.

Entries are regular expressions; plain words are enough. Groups in them never
capture (named ones and those that a caller puts in do), and longer entries are
tried first, so that 重点建议 is found before 建议.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.errors import CatalogueError

_CAPTURING = re.compile(r"(?<!\\)\((?!\?)")


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a catalogue file. Raises CatalogueError if it is missing or broken."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise CatalogueError(path.name, "", "", f"is missing from {path.parent}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path.name, "", "", f"cannot be read: {error}") from error


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
            raise CatalogueError(file, entry, key, f"unknown key; known are {known}")
    for key in sorted(needed):
        if key not in raw:
            raise CatalogueError(file, entry, key, "is missing")


def compile_any(
    entries: Iterable[str],
    file: str,
    entry: str,
    key: str,
    placeholders: Mapping[str, str] | None = None,
) -> re.Pattern[str]:
    """One pattern that finds any of the entries, with `placeholders` put in.

    Raises CatalogueError for an entry that is no regular expression.
    """
    parts = []
    for expression in sorted(entries, key=len, reverse=True):
        plain = _CAPTURING.sub("(?:", expression)
        for word, replacement in (placeholders or {}).items():
            plain = plain.replace(word, replacement)
        try:
            re.compile(plain)
        except re.error as error:
            raise CatalogueError(file, entry, key, f"{expression!r}: {error}") from error
        parts.append(f"(?:{plain})")
    return re.compile("|".join(parts))


def load_lists(
    path: Path, keys: Iterable[str], placeholders: Mapping[str, str] | None = None
) -> dict[str, re.Pattern[str]]:
    """Compile a file whose keys are exactly `keys`, each an expression or a list of them.

    Raises CatalogueError for a missing or unknown key or a broken expression.
    """
    data = read_toml(path)
    check_keys(data, path.name, "top level", keys)
    return {
        key: compile_any(
            [value] if isinstance(value, str) else value, path.name, key, "", placeholders
        )
        for key, value in data.items()
    }
