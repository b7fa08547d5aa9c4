"""Every string a person sees, by key and language; the words themselves stand in strings/."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).with_name("strings")


@dataclass(frozen=True, slots=True)
class Text:
    """The strings of one language; call it with a key and the values that the string names."""

    language: str
    strings: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The string under `key` with its {names} filled in; raises KeyError for an unknown key."""
        string = self.strings[key]
        return string.format(**values) if values else string

    def parts(self, key: str, **values: object) -> tuple[Any, ...]:
        """The string under `key` in pieces: its words, and each {name} as the value it stands for.

        A value that is a tuple gives all its pieces; numbers become text.
        """
        found: list[object] = []
        for words, name, _, _ in Formatter().parse(self.strings[key]):
            found += [words] if words else []
            if name is not None:
                value = values[name]
                if isinstance(value, tuple):
                    found += value
                else:
                    found.append(str(value) if isinstance(value, int) else value)
        return tuple(found)

    def either(self, key: str, fallback: str) -> str:
        """The string under `key`, or `fallback` where there is none."""
        return self.strings.get(key, fallback)

    @property
    def chinese(self) -> bool:
        """True where names of indicators and themes are shown in Chinese."""
        return self.language == "zh"


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """All strings of strings/*.toml: dotted key → language → string.

    Raises ValueError where a string lacks a language or has an unknown one, or stands in two files.
    """
    found: dict[str, dict[str, str]] = {}

    def walk(branch: Mapping[str, object], prefix: str, file: str) -> None:
        for name, value in branch.items():
            if not isinstance(value, dict):
                raise ValueError(f"{file} › {prefix}{name}: write {{zh = …, en = …}}")
            if value.keys() & set(LANGUAGES):
                if value.keys() != set(LANGUAGES):
                    raise ValueError(f"{file} › {prefix}{name}: needs exactly {LANGUAGES}")
                if prefix + name in found:
                    raise ValueError(f"{file} › {prefix}{name}: is in another file, too")
                found[prefix + name] = value
            else:
                walk(value, f"{prefix}{name}.", file)

    for path in sorted(_FOLDER.glob("*.toml")):
        walk(tomllib.loads(path.read_text(encoding="utf-8")), "", path.name)
    return found


@cache
def text(language: str = "zh") -> Text:
    """The strings of `language`; Chinese for a language that is not there."""
    chosen = language if language in LANGUAGES else "zh"
    return Text(chosen, {key: strings[chosen] for key, strings in catalogue().items()})
