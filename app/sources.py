"""The documents as received, by file name, with what documents.toml says of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl import documents
from etl.documents import Entry
from etl.errors import DocumentError
from etl.model import Document


# Two libraries are the same only where they are one: what is made from one is remembered with it.
@dataclass(frozen=True, slots=True, eq=False)
class Library:
    """What is in the documents folder: readable reports by file name, and the refused ones.

    `entries` has one Entry for each readable report, empty but for the name where documents.toml
    says nothing; `refused` says what is wrong with the others.
    """

    folder: Path
    paths: Mapping[str, Path]
    entries: Mapping[str, Entry]
    refused: tuple[DocumentError, ...]

    def title(self, name: str) -> str:
        """The document's title, or its file name where it has none."""
        entry = self.entries.get(name)
        return entry.title if entry and entry.title else name

    def read(self, name: str) -> Document:
        """The document of this file name.

        Raises DocumentError for a name that is not in the folder: a name may come from a link, so
        it is looked up and never used as a path.
        """
        if name not in self.paths:
            raise DocumentError(name, "not_listed")
        return documents.read(self.paths[name], self.entries[name])


def library(folder: Path) -> Library:
    """Look through a documents folder.

    Raises DocumentError if it is not there and CatalogueError if its documents.toml is wrong.
    """
    jobs, problems = documents.inventory(folder)
    paths: dict[str, Path] = {}
    entries: dict[str, Entry] = {}
    for path, entry in jobs:
        try:
            documents.read(path, entry)
        except DocumentError as error:
            problems.append(error)
        else:
            paths[path.name] = path
            entries[path.name] = entry or Entry(path.name)
    return Library(folder, paths, entries, tuple(problems))
