"""Rows and the documents that they cite → a Data Package (v2) in a ZIP, the same bytes each time.

data/facts.csv has the rows with machine names, data/indicators.csv their 口径, documents/ the
reports as received; datapackage.json describes every field, README.md says how to cite.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import pandas as pd

from app.exports import csv, names, rows, steps
from app.exports.fields import FACTS, INDICATORS, described
from app.exports.model import Export, Scope
from etl.errors import DocumentError

PROFILES = "https://datapackage.org/profiles/2.0/"
FACTS_PATH, INDICATORS_PATH = "data/facts.csv", "data/indicators.csv"
# The earliest time that a ZIP can carry: the bytes depend on nothing but the content.
_TIME = (1980, 1, 1, 0, 0, 0)


def offer(scope: Scope) -> Export:
    """The rows of the scope with the documents that they cite."""
    words = scope.words
    return Export(
        key="package",
        label=words("exports.package"),
        file_name=names.of_scope(scope, "zip"),
        mime="application/zip",
        make=lambda: encode(scope),
        note=words("exports.package_note"),
    )


def encode(scope: Scope) -> bytes:
    """The ZIP. Raises DocumentError where a cited document can't be read any more."""
    frame = rows.for_file(scope)
    documents = _documents(scope, frame["document"])
    files = {
        FACTS_PATH: csv.encode(frame),
        INDICATORS_PATH: csv.encode(_indicators(scope, frame)),
        **{f"documents/{name}": content for name, content in documents.items()},
    }
    described = descriptor(scope, list(frame.columns), files)
    head = {
        "README.md": readme(scope, frame, documents).encode("utf-8"),
        "datapackage.json": json.dumps(described, ensure_ascii=False, indent=2).encode("utf-8"),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, content in (head | files).items():
            entry = zipfile.ZipInfo(path, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Unix, readable: else it would depend on the system that packs.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _documents(scope: Scope, cited: "pd.Series[Any]") -> dict[str, bytes]:
    found = {}
    for name in steps.counted(sorted({str(name) for name in cited.dropna()} - {""})):
        if name not in scope.library.paths:
            raise DocumentError(name, "not_listed")
        try:
            found[name] = scope.library.paths[name].read_bytes()
        except OSError as error:
            raise DocumentError(name, "unopened", detail=error.strerror) from error
    return found


def _indicators(scope: Scope, frame: pd.DataFrame) -> pd.DataFrame:
    used = set(frame["indicator"].dropna().astype(str)) | set(scope.indicators)
    return pd.DataFrame(
        [
            {"indicator": i.id, "name_zh": i.name_zh, "name_en": i.name_en, "unit": i.unit,
             "kind": i.kind.value, "theme": i.theme, "definition": i.definition}
            for i in scope.table.indicators.values() if i.id in used
        ]
    )  # fmt: skip


def descriptor(scope: Scope, columns: Sequence[str], files: Mapping[str, bytes]) -> dict[str, Any]:
    """datapackage.json; `columns` are those of facts.csv, `files` the packed files by path."""
    words = scope.words
    indicators = {
        "fields": described(INDICATORS, INDICATORS, words),
        "primaryKey": ["indicator"],
    }
    facts = {
        "fields": described(FACTS, columns, words),
        "missingValues": [""],
        "foreignKeys": [
            {"fields": ["indicator"],
             "reference": {"resource": "indicators", "fields": ["indicator"]}}
        ],
    }  # fmt: skip
    tables = [
        _resource(words("package.facts"), "facts", FACTS_PATH, files, facts),
        _resource(words("package.indicators"), "indicators", INDICATORS_PATH, files, indicators),
    ]
    documents = [path for path in files if path.startswith("documents/")]
    return {
        "$schema": PROFILES + "datapackage.json",
        "name": "lvzhi-duizhao",
        "title": words("app.title"),
        "description": words("package.description"),
        "version": f"1.0.0+{scope.table.digest}" if scope.table.digest else "1.0.0",
        "keywords": words("package.keywords").split(words("list.comma")),
        # An identifier of opendefinition.org: nobody has licensed the reports, and we can't.
        "licenses": [{"name": "notspecified", "title": words("package.licence")}],
        "sources": [{"title": _title(scope, path), "path": path} for path in documents]
        or [{"title": words("package.no_documents")}],
        "contributors": [{"title": words("app.title"), "roles": ["dataCurator"]}],
        "resources": tables
        + [
            _resource(_title(scope, path), f"document-{number}", path, files)
            for number, path in enumerate(documents, 1)
        ],
    }


def _resource(
    title: str,
    name: str,
    path: str,
    files: Mapping[str, bytes],
    schema: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    content = files[path]
    found: dict[str, Any] = {"name": name, "title": title, "path": path}
    if schema is not None:
        found |= {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    return found | {
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
        **({"schema": {"$schema": PROFILES + "tableschema.json", **schema}} if schema else {}),
    }


def _title(scope: Scope, path: str) -> str:
    name = path.removeprefix("documents/")
    return scope.library.title(name)


def readme(scope: Scope, frame: pd.DataFrame, documents: Iterable[str]) -> str:
    """README.md: what is inside, how to cite, states, 口径, documents."""
    words, entries = scope.words, scope.library.entries
    used = set(frame["indicator"].dropna().astype(str)) | set(scope.indicators)
    lines = [
        f"# {words('app.title')}",
        words("package.description"),
        f"## {words('package.cite')}",
        words("package.citation", version=scope.table.digest or "—"),
        f"## {words('package.inside')}",
        words("package.contents", rows=len(frame), columns=len(frame.columns)),
        f"## {words('package.states')}",
        *(
            words(
                "package.entry", name=words(f"state.{s}"), code=s, text=words(f"state.{s}.meaning")
            )
            for s in ("reported", "undisclosed", "no_document", "not_applicable")
        ),
        words("package.never_zero"),
        f"## {words('package.definitions')}",
        *(
            words(
                "package.entry",
                name=_escaped(i.name_zh if words.chinese else i.name_en),
                code=i.id,
                text=_escaped(i.definition),
            )
            for i in scope.table.indicators.values()
            if i.id in used
        ),
        f"## {words('package.documents')}",
        *(
            f"- `{name}` {_escaped(scope.library.title(name))} "
            f"{_escaped(entries[name].citation)}".rstrip()
            for name in documents
        ),
        f"## {words('package.rights')}",
        words("package.licence"),
    ]
    return "\n\n".join(lines).replace("\n\n- ", "\n- ") + "\n"


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is, in one line."""
    shown = " ".join(text.split())
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|" else c for c in shown)
