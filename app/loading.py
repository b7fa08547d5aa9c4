"""Table and documents in memory, shared by all sessions; the table is built anew when stale.

The table is read once for each content (by hash) and never copied for a session. Building runs in a
thread of its own, so that a click or a closed window does not stop it halfway.
"""

import gc
import logging
import os
import threading
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import streamlit as st

from app import data, reader, sources, stored
from app.data import Table
from app.reader import Script
from app.sources import Library
from app.text import Text
from etl import catalogue, layout, store
from etl.errors import InputError
from etl.model import Document

ENVIRONMENT = "LVZHI_DATA"
# How often documents and the built table are looked at, in seconds: each click would be too often.
CHECK_EVERY, STAMP_EVERY = 10.0, 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Folders:
    """Where documents, catalogue and the built table are."""

    root: Path

    @property
    def documents(self) -> Path:
        """The reports as received."""
        return self.root / "documents"

    @property
    def catalogue(self) -> Path:
        """indicators.toml and its neighbours."""
        return self.root / "catalogue"

    @property
    def corrections(self) -> Path:
        """The people's corrections; need not be there."""
        return self.root / store.CORRECTIONS.name


def folders() -> Folders:
    """The data folder: $LVZHI_DATA, or data/ beside the program."""
    return Folders(Path(os.environ.get(ENVIRONMENT) or store.DATA))


@dataclass
class Builder:
    """One run of the ETL at a time for a data folder, with its progress.

    `files` says which documents and catalogue were there at the last look (`looked`), `tried`
    which ones the last look at their contents, or the last run, was about.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    thread: threading.Thread | None = None
    done: int = 0
    total: int = 0
    name: str = ""
    error: Exception | None = None
    files: str = ""
    looked: float = float("-inf")
    tried: str = ""

    @property
    def running(self) -> bool:
        """True while a run is under way."""
        return self.thread is not None and self.thread.is_alive()

    def look(self, where: Folders) -> None:
        """Now and then, see whether files have changed, and start a run if the table is stale."""
        with self.lock:
            if self.running or time.monotonic() - self.looked < CHECK_EVERY:
                return
            self.files = _fingerprint(where)
            self.looked = time.monotonic()
            if self.files == self.tried:
                return
            self.tried, self.error = self.files, None
            if not store.is_stale(where.documents, where.catalogue, where.root, where.corrections):
                return
            self.done, self.total, self.name = 0, 0, ""
            self.thread = threading.Thread(target=self._run, args=(where,), daemon=True)
            self.thread.start()

    def _run(self, where: Folders) -> None:
        try:
            # Imported here: it loads jieba, which a server with a fresh table never needs.
            from etl import pipeline

            pipeline.build(
                where.documents,
                where.root,
                self._progress,
                catalogue=where.catalogue,
                corrections_file=where.corrections,
            )
        except InputError as error:
            self.error = error
            _log.error("building the table failed: %s", error)
        except Exception as error:
            self.error = error
            _log.exception("building the table failed")

    def _progress(self, done: int, total: int, name: str) -> None:
        self.done, self.total, self.name = done, total, name


@dataclass
class Shelf:
    """The table last read from a data folder and its documents; `stamp` and `fingerprint` say which.

    Whoever comes while it is read waits for it: no table is read twice.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    stamp: str = ""
    table: Table | None = None
    fingerprint: str = ""
    library: Library | None = None
    stamped: float = float("-inf")
    newest: str = ""

    def look(self, where: Folders) -> str:
        """The stamp of the table that is in the folder, looked at now and then."""
        if time.monotonic() - self.stamped >= STAMP_EVERY:
            self.newest, self.stamped = _stamp(where), time.monotonic()
        return self.newest

    def read(self, where: Folders, stamp: str, fingerprint: str) -> tuple[Table, Library]:
        """Table and documents, read anew where they are others than those at hand."""
        with self.lock:
            if self.table is None or self.stamp != stamp:
                self.table = stored.read(where.root, catalogue.load(where.catalogue).indicators)
                self.stamp = stamp
                # What stays for good need not be looked through for garbage again and again.
                gc.freeze()
            if self.library is None or self.fingerprint != fingerprint:
                self.library = sources.library(where.documents)
                self.fingerprint = fingerprint
            return self.table, self.library


@cache
def builder(root: Path) -> Builder:
    """The server's builder for a data folder."""
    return Builder()


@cache
def shelf(root: Path) -> Shelf:
    """The server's table of a data folder."""
    return Shelf()


def ensure_table(words: Text) -> tuple[Table, Library]:
    """The current table and documents; builds the table first where it is missing or stale.

    While building, shows the progress and stops the run. Where building failed, says why, and goes
    on with the previous table if there is one.
    """
    where = folders()
    worker = builder(where.root)
    worker.look(where)
    kept = shelf(where.root)
    if worker.running:
        kept.stamped = float("-inf")
        _show_progress(worker, words)
        st.stop()
    if worker.error:
        _show_failure(worker, where, words)
    try:
        stamp = kept.look(where)
        known = kept.table is not None and (kept.stamp, kept.fingerprint) == (stamp, worker.files)
        with nullcontext() if known else st.spinner(_reading(where, words)):
            return kept.read(where, stamp, worker.files)
    except FileNotFoundError:
        failure = InputError("no_table", folder=str(where.root))
        st.error(words("build.unreadable", reason=_reason(failure, words)))
        st.stop()
    except (InputError, ValueError, OSError) as error:
        _log.error("loading failed: %s", error)
        st.error(words("build.unreadable", reason=_reason(error, words)))
        st.stop()


def _reading(where: Folders, words: Text) -> str:
    """What is being read, and how much of it."""
    try:
        rows = stored.count(where.root)
    except (OSError, ValueError):
        return words("build.start")
    return words("build.reading", rows=f"{rows:,}")


def script(document: Document, as_received: bool = False) -> Script:
    """The document's passages: its wrapped lines joined, or line by line as it was received.

    Raises CatalogueError for a mistake in layout.toml, which says how lines are joined.
    """
    if as_received:
        return _as_received(document)
    return _to_read(document, folders().catalogue, _stamp(folders()))


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={Document: lambda d: d.sha256})
def _as_received(document: Document) -> Script:
    return reader.as_received(document.text)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs={Document: lambda d: d.sha256})
def _to_read(document: Document, rules: Path, stamp: str) -> Script:
    return reader.to_read(layout.read_page(document.text, layout.load_rules(rules)))


def _stamp(where: Folders) -> str:
    files = [*stored.files(where.root), *sorted(where.catalogue.glob("*.toml"))]
    return ";".join(f"{f}:{f.stat().st_mtime_ns}:{f.stat().st_size}" for f in files)


def _fingerprint(where: Folders) -> str:
    found = []
    paths = [path for folder in (where.documents, where.catalogue) for path in folder.rglob("*")]
    for path in sorted([*paths, where.corrections]):
        if path.is_file():
            found.append(f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}")
    return f"{where.root};{hash(tuple(found))}"


@st.fragment(run_every=0.5)
def _show_progress(worker: Builder, words: Text) -> None:
    if not worker.running:
        st.rerun()
    share = worker.done / worker.total if worker.total else 0.0
    label = (
        words("build.step", done=worker.done, total=worker.total, name=_plain(worker.name))
        if worker.total
        else words("build.start")
    )
    st.title(words("build.heading"), anchor=False)
    st.progress(min(1.0, share), text=label)


def _show_failure(worker: Builder, where: Folders, words: Text) -> None:
    assert worker.error is not None
    st.error(words("build.failed", reason=_reason(worker.error, words)))
    there = (where.root / data.FACTS).is_file() and (where.root / stored.REPORTS).is_file()
    st.text(words("build.remedy") + (words("build.old") if there else ""))
    if st.button(words("build.retry"), key="retry_build"):
        worker.error, worker.tried, worker.looked = None, "", float("-inf")
        st.rerun()
    if not there:
        st.stop()


def _reason(error: Exception, words: Text) -> str:
    """What went wrong, in the language of the screen; what nobody foresaw as it is."""
    if isinstance(error, InputError):
        return _plain(error.text(words.language))
    return _plain(words("build.unforeseen", kind=type(error).__name__, detail=error))


def _plain(string: str) -> str:
    """Text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in r"!\"#$%&'()*+,-./:;<=>?@[\]^_`{|}~" else c for c in string)
