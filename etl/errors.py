"""What can go wrong with a user's files: each error names the value, the place and the remedy.

An error is a code with values; its words stand in messages.toml, in Chinese for the screen
(`error.text("zh")`) and in English for the log (`str(error)`). Errors survive the way from a worker
process to the main one.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

MESSAGES = "messages.toml"
LANGUAGES = ("zh", "en")
_NUMBERED = ("number", "line", "cue")
_STEP = " › "


@cache
def messages() -> dict[str, dict[str, str]]:
    """messages.toml: dotted code → language → words."""

    def walk(branch: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, str]]]:
        for name, value in branch.items():
            if value.keys() == set(LANGUAGES):
                yield prefix + name, value
            else:
                yield from walk(value, f"{prefix}{name}.")

    text = Path(__file__).with_name(MESSAGES).read_text(encoding="utf-8")
    return dict(walk(tomllib.loads(text), ""))


def _say(code: str, language: str, /, **values: object) -> str:
    """The words of `code`; the code itself where it has none, so that nothing hides an error."""
    found = messages().get(code)
    return found[language].format(**values) if found else code


def _place(parts: Sequence[str], language: str) -> str:
    """file › entry › key; what the program itself named (line 5) in the language asked for."""
    steps = [step for part in parts if part for step in part.split(_STEP)]
    if language != "en":
        steps = [_step(step, language) for step in steps]
    return _STEP.join(steps)


def _step(step: str, language: str) -> str:
    if step == _say("place.top", "en"):
        return _say("place.top", language)
    for kind in _NUMBERED:
        pattern = re.escape(_say(f"place.{kind}", "en", n=0)).replace("0", r"(\d+)")
        if found := re.fullmatch(pattern, step):
            return _say(f"place.{kind}", language, n=found[1])
    return step


class InputError(Exception):
    """Something in a user's file or folder cannot be used.

    `code` is a key of messages.toml within the class's `section`, `values` fill its words.
    """

    section: ClassVar[str] = "input"

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    @property
    def place(self) -> tuple[str, ...]:
        """Where it is wrong, from the file inwards; empty where the words name it."""
        return ()

    def problem(self, language: str = "en") -> str:
        """What is wrong and what to do, without the place; `language` is "zh" or "en"."""
        return _say(f"{self.section}.{self.code}", language, **self.values)

    def text(self, language: str = "en") -> str:
        """Place and problem in one line; `language` is "zh" or "en"."""
        place = _place(self.place, language)
        separator = _say("place.separator", language) if place else ""
        return place + separator + self.problem(language)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[Callable[..., "InputError"], tuple[Any, ...]]:
        return _rebuild, (type(self), self.args, self.values)


def _rebuild(
    kind: Callable[..., InputError], args: Sequence[Any], values: Mapping[str, object]
) -> InputError:
    return kind(*args, **values)


class CatalogueError(InputError):
    """A mistake in data/catalogue, documents.toml or corrections.toml; `file`, `entry` and `key` say where."""

    section = "catalogue"

    def __init__(self, file: str, entry: str, key: str, code: str, /, **values: object) -> None:
        super().__init__(code, **values)
        self.args = (file, entry, key, code)
        self.file, self.entry, self.key = file, entry, key

    @property
    def place(self) -> tuple[str, ...]:
        """File, entry and key."""
        return self.file, self.entry, self.key


class DocumentError(InputError):
    """A document or folder of documents that cannot be read; `name` is its file name."""

    section = "document"

    def __init__(self, name: str, code: str, /, **values: object) -> None:
        super().__init__(code, **values)
        self.args = (name, code)
        self.name = name

    @property
    def place(self) -> tuple[str, ...]:
        """The document's name."""
        return (self.name,)


class CheckError(InputError):
    """A table that breaks a rule; `breaks` has check, column and fact ids of each."""

    section = "check"

    def __init__(self, breaks: Sequence[tuple[str, str, str]]) -> None:
        super().__init__("contract")
        self.args = (tuple(breaks),)
        self.breaks = tuple(breaks)

    def problem(self, language: str = "en") -> str:
        """The checks that are broken, with their rows."""
        lines = [
            _say("check.break", language, column=column, rows=rows,
                 check=_say(f"check.name.{check}", language).removeprefix("check.name."))
            for check, column, rows in self.breaks
        ]  # fmt: skip
        return _say(
            "check.contract", language, breaks=_say("check.separator", language).join(lines)
        )
