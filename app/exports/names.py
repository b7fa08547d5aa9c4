"""File names that speak and that Windows accepts: 履职数据对照_决议决定_2023年_平顶山-鹤壁.csv."""

import re
from collections.abc import Iterable

from app.exports.model import Scope

LONGEST = 120
_FORBIDDEN = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+'
)
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")


def of_scope(scope: Scope, suffix: str, *extra: str) -> str:
    """What is in the file, from large to small: indicator, years, areas, and `extra` marks.

    Many areas become the first one and their number (平顶山等312地) where not all fit.
    """
    chosen, words = scope.selection, scope.words
    if scope.everything:
        return file_name([words("app.title"), words("exports.file_all"), *extra], suffix)
    if len(scope.indicators) == 1:
        indicator = scope.described[0]
        subject = indicator.name_zh if words.chinese else indicator.name_en
    else:
        subject = words("exports.file_indicators", body=words(f"body.{chosen.body}"),
                        count=len(scope.indicators))  # fmt: skip
    years = str(chosen.first) if chosen.first == chosen.last else f"{chosen.first}-{chosen.last}"
    head = [words("app.title"), _cut(subject, 60), years]
    names = [_short(area.name, words("exports.file_city")) for area in scope.areas]
    all_named = file_stem([*head, "-".join(names), *extra])
    if len(names) > 1 and _size(f"{all_named}.{suffix}") > LONGEST:
        areas = words("exports.file_areas", first=_cut(names[0], 30), count=len(names))
    else:
        areas = "-".join(names)
    return file_name([*head, areas, *extra], suffix)


def file_name(parts: Iterable[str], suffix: str) -> str:
    """Parts → a file name of at most LONGEST bytes in UTF-8; empty parts are left out."""
    stem = _cut(file_stem(parts), LONGEST - _size(suffix) - 1)
    return f"{stem}.{suffix}"


def file_stem(parts: Iterable[str]) -> str:
    """Parts → a file name without suffix that Windows accepts; empty parts are left out."""
    kept = [clean for part in parts if (clean := _clean(part))]
    return _RESERVED.sub(r"\1_", "_".join(kept))


def _clean(part: str) -> str:
    """The part without what Windows forbids, direction marks, and what UTF-8 can't carry."""
    carried = part.encode("utf-8", "ignore").decode("utf-8")
    return " ".join(_FORBIDDEN.sub("", carried).split()).strip(" .")


def _short(name: str, suffix: str) -> str:
    """平顶山市 → 平顶山; a name that would be left with one character stays whole."""
    return name.removesuffix(suffix) if len(name) > len(suffix) + 1 else name


def _size(text: str) -> int:
    return len(text.encode("utf-8"))


def _cut(text: str, most: int) -> str:
    """The longest beginning of `text` of at most `most` bytes in UTF-8, never half a character."""
    return text.encode("utf-8")[:most].decode("utf-8", "ignore").rstrip(" .")
