"""The manifest of an output folder: what each document came to in the last run, so that it is not done again.

An SQLite file in the cache, read and written a document at a time: it holds what a run must know of a document that is
not changed, and no more of it need be in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time_ns
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from pipeline.store.outputs import CACHE
from pipeline.store.remote_path import remote
from pipeline.store.stamps import Stamp, read_stamp, restamped, stamp_of

if TYPE_CHECKING:
    import sqlite3

FILE = "manifest.sqlite"
VERSION = 1  # of the tables: a manifest of another is made anew
OFTEN = 500  # documents from one commit to the next
TABLES = """
CREATE TABLE documents (
    name TEXT PRIMARY KEY, run TEXT NOT NULL, corrections TEXT NOT NULL, noted INTEGER NOT NULL, stamps BLOB NOT NULL,
    entry BLOB NOT NULL, ends BLOB NOT NULL, facts BLOB NOT NULL, findings BLOB NOT NULL, report BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE notes (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""
CHECK_SUM = 4  # bytes before what is kept, so that what the disk spoilt is noticed


class DamagedManifestError(Exception):
    """What is kept cannot be read; it is to be forgotten as a whole."""


class Head(NamedTuple):
    """What tells whether a document is as the last run left it.

    Attributes:
        run: The key of all that its reading and concluding depends on beside its file and its corrections; "" where it
            is to be done again in any case.
        corrections: The key of its corrections; "" where it has none.
        noted: When it was noted, in nanoseconds.
        source: The stamp of its file; None where that could not be read.
        files: The stamps of the files in its folder, by name.
    """

    run: str
    corrections: str
    noted: int
    source: Stamp | None
    files: Mapping[str, Stamp]


@dataclass(frozen=True)
class Kept:
    """What is kept of a document.

    Attributes:
        head: What tells whether it is as it was left.
        entry: Its entry of the index, as JSON.
        ends: How many of its corrections came to which end.
        facts: What other documents' checks look at, as JSON.
        findings: What was found of it beside the other documents, as JSON: it was written with them.
        report: What the report of a run shows of it, as JSON.
    """

    head: Head
    entry: bytes = b""
    ends: Mapping[str, int] = field(default_factory=dict)
    facts: bytes = b"[]"
    findings: bytes = b""
    report: bytes = b""


class Manifest:
    """The documents of an output folder by name."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database, self._unsaved = database, 0

    def head(self, name: str) -> Head | None:
        """What tells whether a document is as it was left; None where nothing is known of it."""
        row = self._row("SELECT run, corrections, noted, stamps FROM documents WHERE name = ?", name)
        if row is None:
            return None
        run, corrections, noted, stamps = row
        source, files = json.loads(_unsealed(stamps))
        return Head(run, corrections, noted, source and Stamp(*source), {file: Stamp(*s) for file, s in files.items()})

    def entry(self, name: str) -> bytes:
        """A document's entry of the index."""
        return self._part("SELECT entry FROM documents WHERE name = ?", name)

    def facts(self, name: str) -> bytes:
        """What other documents' checks look at."""
        return self._part("SELECT facts FROM documents WHERE name = ?", name)

    def findings(self, name: str) -> bytes:
        """What was found of a document beside the others."""
        return self._part("SELECT findings FROM documents WHERE name = ?", name)

    def report(self, name: str) -> bytes:
        """What the report of a run shows of a document."""
        return self._part("SELECT report FROM documents WHERE name = ?", name)

    def ends(self, name: str) -> Mapping[str, int]:
        """How many of a document's corrections came to which end."""
        found: Mapping[str, int] = json.loads(self._part("SELECT ends FROM documents WHERE name = ?", name))
        return found

    def put(self, name: str, kept: Kept) -> None:
        """Keep what is known of a document now."""
        head = kept.head
        parts = (kept.entry, json.dumps(kept.ends).encode(), kept.facts, kept.findings, kept.report)
        values = (name, head.run, head.corrections, head.noted, _sealed_stamps(head), *map(_sealed, parts))
        self._execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        self._saved_now_and_then()

    def restamp(self, name: str, head: Head) -> None:
        """Note that a document's files have other times, and the content that they had."""
        values = (head.noted, _sealed_stamps(head), name)
        self._execute("UPDATE documents SET noted = ?, stamps = ? WHERE name = ?", values)
        self._saved_now_and_then()

    def forget(self, name: str) -> None:
        """Keep nothing of a document any more."""
        self._execute("DELETE FROM documents WHERE name = ?", (name,))

    def note(self, name: str) -> str:
        """What was noted of the whole run under a name; "" where nothing was."""
        row = self._row("SELECT value FROM notes WHERE name = ?", name)
        return _unsealed(row[0]).decode() if row else ""

    def put_note(self, name: str, value: str) -> None:
        """Note something of the whole run."""
        self._execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, _sealed(value.encode())))

    def stands(self, name: str, key: str, path: Path) -> bool:
        """Whether a file of the whole run is as it was written, and was made of what `key` is the key of."""
        kept = self.note(name)
        if not kept:
            return False
        known, noted, stamp = json.loads(kept)
        try:
            return known == key and restamped(path, Stamp(*stamp), stamp_of(path), noted) is not None
        except OSError:
            return False

    def put_standing(self, name: str, key: str, path: Path) -> None:
        """Note that a file of the whole run was written, and of what."""
        self.put_note(name, json.dumps([key, time_ns(), read_stamp(path, stamp_of(path))]))

    def save(self) -> None:
        """Put all on the disk."""
        with _told_as_damaged():
            self._database.commit()
        self._unsaved = 0

    def _part(self, query: str, name: str) -> bytes:
        row = self._row(query, name)
        return _unsealed(row[0]) if row else b""

    def _row(self, query: str, name: str) -> tuple[Any, ...] | None:
        with _told_as_damaged():
            row: tuple[Any, ...] | None = self._database.execute(query, (name,)).fetchone()
            return row

    def _execute(self, statement: str, values: tuple[object, ...]) -> None:
        with _told_as_damaged():
            self._database.execute(statement, values)

    def _saved_now_and_then(self) -> None:
        self._unsaved += 1
        if self._unsaved >= OFTEN:
            self.save()


def forget_manifest(out: Path) -> None:
    """Remove the manifest of an output folder: its documents are looked at again by the next run."""
    for name in (FILE, f"{FILE}-journal"):
        (out / CACHE / name).unlink(missing_ok=True)


@contextmanager
def manifest_of(out: Path) -> Iterator[Manifest]:
    """Open the manifest of an output folder, made anew where it is damaged, in memory where the folder takes none.

    That of a folder in a store is fetched, and put back at the end.
    """
    place = remote(out)
    if place is None:
        with _manifest_in(out / CACHE / FILE) as manifest:
            yield manifest
        return
    with TemporaryDirectory(prefix="sop-manifest-") as folder:
        kept, local = place / CACHE / FILE, Path(folder) / FILE
        with suppress(FileNotFoundError):
            local.write_bytes(kept.read_bytes())
        before = local.stat().st_mtime_ns if local.exists() else None
        with _manifest_in(local) as manifest:
            yield manifest
        if local.exists() and local.stat().st_mtime_ns != before:
            kept.put(local.read_bytes())


@contextmanager
def _manifest_in(path: Path) -> Iterator[Manifest]:
    with closing(_opened(path)) as database:
        manifest = Manifest(database)
        yield manifest
        manifest.save()


def _opened(path: Path) -> sqlite3.Connection:
    import sqlite3  # here, as below: no other command must wait for it

    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _with_tables(str(path))
        except (OSError, sqlite3.OperationalError):
            break
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
    return _with_tables(":memory:")


def _with_tables(place: str) -> sqlite3.Connection:
    import sqlite3

    database = sqlite3.connect(place, timeout=30)
    try:
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in ("documents", "notes"):
                database.execute(f"DROP TABLE IF EXISTS {table}")
            database.executescript(f"{TABLES}PRAGMA user_version = {VERSION};")
        database.execute("SELECT count(*) FROM notes")
    except BaseException:
        database.close()
        raise
    return database


@contextmanager
def _told_as_damaged() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except sqlite3.DatabaseError as error:
        raise DamagedManifestError(str(error)) from error


def _sealed_stamps(head: Head) -> bytes:
    return _sealed(json.dumps([head.source, head.files]).encode())


def _sealed(content: bytes) -> bytes:
    """Content behind its check sum."""
    return crc32(content).to_bytes(CHECK_SUM) + content


def _unsealed(sealed: bytes) -> bytes:
    content = sealed[CHECK_SUM:]
    if crc32(content).to_bytes(CHECK_SUM) != sealed[:CHECK_SUM]:
        raise DamagedManifestError("a check sum is wrong")
    return content
