"""A file or folder of reports → documents: encoding, checks, and what documents.toml says of them.

Plain text only (.txt, .md). Encodings: a byte-order mark decides; else strict
UTF-8; else the better of UTF-8 and GB18030, judged by the share of everyday
characters, so that one damaged byte in a report does not turn all of it into
mojibake (detectors do worse on short Chinese texts).
"""

import codecs
import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.errors import CatalogueError, DocumentError
from etl.model import Document

SUFFIXES = frozenset({".txt", ".md"})
REGISTER = "documents.toml"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EVERYDAY = frozenset("的一是在和了有人大会为中工作政市年代表委协法建设监督发展民不以")
_DAMAGE_LIMIT = 0.02
# Control characters but tab, line and page breaks.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """What documents.toml says of one file; `sha256` is checked where it is given."""

    file: str
    title: str = ""
    publisher: str = ""
    published: date | None = None
    citation: str = ""
    sha256: str = ""


def paths(folder: Path) -> list[Path]:
    """The reports under `folder`, also in sub-folders, in a stable order.

    Raises DocumentError if the folder is not there.
    """
    if not folder.is_dir():
        raise DocumentError(str(folder), "no_folder")
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith(".")
    )


def read_register(folder: Path) -> dict[str, Entry]:
    """documents.toml of a folder, by file name; empty where there is none.

    Raises CatalogueError for a broken file, an unknown key, or a file that has
    two entries.
    """
    path = folder / REGISTER
    if not path.is_file():
        return {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(REGISTER, "", "", "syntax", detail=error) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(REGISTER, "", "", "unopened", detail=error) from error
    if unknown := data.keys() - {"document"}:
        raise CatalogueError(
            REGISTER, "top level", sorted(unknown)[0], "unknown_key", known="document"
        )
    tables = data.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CatalogueError(REGISTER, "", "document", "double_brackets", table="document")
    entries: dict[str, Entry] = {}
    for number, raw in enumerate(tables, 1):
        name = str(raw.get("file", f"number {number}"))
        if unknown := raw.keys() - Entry.__dataclass_fields__.keys():
            known = ", ".join(Entry.__dataclass_fields__)
            raise CatalogueError(REGISTER, name, sorted(unknown)[0], "unknown_key", known=known)
        if "file" not in raw:
            raise CatalogueError(REGISTER, name, "file", "no_file_name")
        if name in entries:
            raise CatalogueError(REGISTER, name, "file", "entry_twice")
        for key in raw.keys() - {"published"}:
            if not isinstance(raw[key], str):
                raise CatalogueError(REGISTER, name, key, "not_text", value=raw[key])
        published = raw.get("published")
        if published is not None and type(published) is not date:
            raise CatalogueError(REGISTER, name, "published", "not_date", value=published)
        entries[name] = Entry(**raw)
    return entries


def read(path: Path, entry: Entry | None = None) -> Document:
    """Read and decode one report.

    Raises DocumentError for an empty, binary or undecodable file, and where the
    checksum in documents.toml no longer fits the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path.name, "unopened", detail=error.strerror) from error
    digest = hashlib.sha256(data).hexdigest()
    if entry and entry.sha256 and entry.sha256 != digest:
        raise DocumentError(path.name, "sha256", found=digest, expected=entry.sha256)
    text, encoding = decode(data, path.name)
    about = entry or Entry(path.name)
    return Document(
        name=path.name,
        text=text,
        encoding=encoding,
        sha256=digest,
        title=about.title,
        publisher=about.publisher,
        published=about.published,
        citation=about.citation,
    )


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode the bytes of a report; returns the text and the encoding.

    Raises DocumentError if nothing readable comes out.
    """
    if not data.strip():
        raise DocumentError(name, "empty")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, errors="replace")
            return _readable(text, name), encoding
    if b"\x00" in data[:4096]:
        raise DocumentError(name, "binary")
    try:
        return _readable(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError:
        pass
    candidates = [(data.decode(codec, errors="replace"), codec) for codec in ("utf-8", "gb18030")]
    text, encoding = max(candidates, key=lambda candidate: _plausibility(candidate[0]))
    return _readable(text, name), encoding


def _plausibility(text: str) -> float:
    sample = text[:200_000]
    everyday = sum(character in _EVERYDAY for character in sample)
    return (everyday - 2 * sample.count("\ufffd")) / max(1, len(sample))


def _readable(text: str, name: str) -> str:
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise DocumentError(name, "empty")
    sample = text[:200_000]
    bad = sample.count("\ufffd") + len(_CONTROL.findall(sample))
    if bad > _DAMAGE_LIMIT * len(sample) + 2:
        raise DocumentError(name, "encoding")
    return text


def inventory(folder: Path) -> tuple[list[tuple[Path, Entry | None]], list[DocumentError]]:
    """The reports of a folder with what its register says of them, in a stable order.

    Second, what is wrong with single reports: an entry without its file, a
    second file of the same name. Raises DocumentError if the folder is not
    there and CatalogueError if its documents.toml is wrong.
    """
    register = read_register(folder)
    jobs: list[tuple[Path, Entry | None]] = []
    problems = [
        DocumentError(name, "without_file", register=REGISTER)
        for name in register
        if not (folder / name).is_file()
    ]
    names: set[str] = set()
    for path in paths(folder):
        if path.name in names:
            place = path.relative_to(folder).as_posix()
            problems.append(DocumentError(place, "twice"))
            continue
        names.add(path.name)
        jobs.append((path, register.get(path.relative_to(folder).as_posix())))
    return jobs, problems
