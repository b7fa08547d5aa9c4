"""Fields of the package's tables as Table Schema (Data Package v2); their words are strings."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.text import Text

_TEXT: Mapping[str, Any] = {"type": "string"}


def _required(kind: str = "string", **more: object) -> dict[str, Any]:
    return {"type": kind, "constraints": {"required": True, **more}}


def _code(*codes: str, required: bool = False) -> dict[str, Any]:
    limits: dict[str, Any] = {"enum": list(codes)}
    return {"type": "string", "constraints": limits | ({"required": True} if required else {})}


_YEAR = {"minimum": 1949, "maximum": 2100}
# Columns of rows.of_scope, in its order. Those of the figure are empty in a row of a missing one.
FACTS: Mapping[str, Mapping[str, Any]] = {
    "state": _code("reported", "undisclosed", "no_document", "candidate", required=True),
    "fact_id": {"type": "string", "constraints": {"pattern": "[A-Za-z0-9]+"}},
    "document": _TEXT,
    "article": _TEXT,
    "area": _required(),
    "area_code": _required(),
    "area_level": _code("province", "city", "county"),
    "body": _code("npc", "cppcc", required=True),
    "indicator": _required(),
    "year_start": _required("integer", **_YEAR),
    "year_end": _required("integer", **_YEAR),
    "year": {"type": "integer", "constraints": dict(_YEAR)},
    "value": {"type": "number", "constraints": {"minimum": 0}},
    "unit": _required(),
    "unit_text": _TEXT,
    "qualifier": _code("exact", "at_least", "at_most", "about"),
    "status": _code("actual", "planned", "cumulative"),
    "method": _code("stated", "counted", "summed", "corrected"),
    "preferred": {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
    "sentence": _TEXT,
    "start": {"type": "integer", "constraints": {"minimum": 0}},
    "end": {"type": "integer", "constraints": {"minimum": 0}},
    "figure": _TEXT,
    "figure_start": {"type": "integer", "constraints": {"minimum": 0}},
    "figure_end": {"type": "integer", "constraints": {"minimum": 0}},
    "rule": _TEXT,
    "published": {"type": "date"},
    "note": _TEXT,
    "doubt": _TEXT,
}
INDICATORS: Mapping[str, Mapping[str, Any]] = {
    "indicator": _required(unique=True),
    "name_zh": _required(),
    "name_en": _required(),
    "unit": _required(),
    "kind": _code("flow", "stock", "rate", required=True),
    "theme": _TEXT,
    "definition": _required(),
}


def described(
    fields: Mapping[str, Mapping[str, Any]], columns: Iterable[str], words: Text
) -> list[dict[str, Any]]:
    """The fields of these columns with their titles and descriptions.

    Raises KeyError for a column without a description, so that none goes out undescribed.
    """
    return [
        {"name": name, "title": words(f"column.{name}"),
         "description": words(f"field.{name}"), **fields[name]}
        for name in columns
    ]  # fmt: skip
