"""People's corrections of single figures: found by document and span, aloud when stale.

data/corrections.toml holds [[correction]] entries:

    document = "…txt"            the report
    figure = "168人次"           the words of the figure, as in the report
    start, end                   its span in the document (facts.csv: figure_start, figure_end)
    indicator = "appointments"   what the program took it for
    action = "drop"              no fact; "accept": a candidate becomes a fact; "set": change the keys below
    value, qualifier, year_start, year_end, status, to_indicator    for "set"
    reason, by, on               why, who, when (a date)

An entry that fits nothing fails the run: the document, the rules or the entry
have changed, and a person has to look.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.catalogue import Catalogue
from etl.errors import CatalogueError
from etl.model import Fact, Method, Qualifier, Status
from etl.patterns import Entry, check_keys

CORRECTIONS = "corrections.toml"

_NEEDED = {"document", "figure", "start", "end", "indicator", "action", "reason", "by", "on"}
_CHANGES = {"value", "qualifier", "year_start", "year_end", "status", "to_indicator"}
_TYPES: Mapping[str, tuple[type, ...]] = (
    dict.fromkeys(_NEEDED | _CHANGES, (str,))
    | dict.fromkeys(("start", "end", "year_start", "year_end"), (int,))
    | {"value": (int, float), "on": (date,)}
)
_EXPECTED = {
    (str,): "not_text",
    (int,): "not_number",
    (int, float): "not_amount",
    (date,): "not_date",
}
_ACTIONS = ("drop", "accept", "set")


@dataclass(frozen=True, slots=True)
class Correction:
    """One entry of corrections.toml; `changes` are the keys of a "set"."""

    document: str
    figure: str
    start: int
    end: int
    indicator: str
    action: str
    reason: str
    by: str
    on: date
    changes: dict[str, Any]

    def matches(self, fact: Fact) -> bool:
        return (fact.document, fact.figure_start, fact.figure_end, fact.indicator) == (
            self.document,
            self.start,
            self.end,
            self.indicator,
        )


def load(path: Path, catalogue: Catalogue) -> tuple[Correction, ...]:
    """Read corrections.toml; an absent file means no corrections.

    Raises CatalogueError for an unknown or missing key or a value outside its code list.
    """
    if not path.is_file():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(path.name, "", "", "syntax", detail=error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path.name, "", "", "unopened", detail=error) from error
    check_keys(data, path.name, "top level", (), {"correction"})
    entries = data.get("correction", [])
    if not isinstance(entries, list):
        raise CatalogueError(path.name, "", "correction", "double_brackets", table="correction")
    return tuple(_correction(raw, catalogue) for raw in entries)


def _correction(raw: dict[str, Any], catalogue: Catalogue) -> Correction:
    entry = f"{raw.get('document', '?')} {raw.get('figure', '?')}"
    check_keys(raw, CORRECTIONS, entry, _NEEDED, _CHANGES)
    if raw["action"] not in _ACTIONS:
        raise CatalogueError(
            CORRECTIONS, entry, "action", "not_code", value=raw["action"], known=", ".join(_ACTIONS)
        )
    changes = {key: raw[key] for key in _CHANGES & raw.keys()}
    if bool(changes) != (raw["action"] == "set"):
        raise CatalogueError(CORRECTIONS, entry, "action", "correction_changes")
    for key in ("indicator", "to_indicator"):
        if key in raw and raw[key] not in catalogue.indicators:
            raise CatalogueError(CORRECTIONS, entry, key, "no_indicator", value=raw[key])
    for key, value in raw.items():
        if type(value) not in _TYPES[key]:
            raise CatalogueError(CORRECTIONS, entry, key, _EXPECTED[_TYPES[key]], value=value)
    codes = Entry(raw, CORRECTIONS, entry)
    if "qualifier" in changes:
        changes["qualifier"] = codes.code("qualifier", Qualifier)
    if "status" in changes:
        changes["status"] = codes.code("status", Status)
    return Correction(changes=changes, **{key: raw[key] for key in _NEEDED})


def apply(
    document: str,
    facts: Sequence[Fact],
    corrections: Sequence[Correction],
    catalogue: Catalogue,
) -> list[Fact]:
    """The facts of `document` with its corrections carried out.

    Raises CatalogueError for a correction of the document that fits no figure,
    or whose figure now has other words.
    """
    result = list(facts)
    for correction in corrections:
        if correction.document != document:
            continue
        entry = f"{correction.document} {correction.figure}"
        hits = [i for i, fact in enumerate(result) if correction.matches(fact)]
        if not hits:
            raise CatalogueError(CORRECTIONS, entry, "start", "correction_stale")
        for i in reversed(hits):
            fact = result[i]
            if fact.figure != correction.figure:
                raise CatalogueError(
                    CORRECTIONS, entry, "figure", "correction_words", found=fact.figure
                )
            if correction.action == "drop":
                del result[i]
            else:
                result[i] = _corrected(fact, correction, catalogue)
    return result


def _corrected(fact: Fact, correction: Correction, catalogue: Catalogue) -> Fact:
    changes = dict(correction.changes)
    if "to_indicator" in changes:
        changes["indicator"] = changes.pop("to_indicator")
        changes["unit"] = catalogue.indicators[changes["indicator"]].unit
    note = f"人工校正（{correction.by}，{correction.on}）：{correction.reason}"
    return fact._replace(
        **changes,
        method=Method.CORRECTED,
        trusted=True,
        doubt="",
        rule=f"correction by {correction.by}",
        evidence=(*fact.evidence, note),
    )
