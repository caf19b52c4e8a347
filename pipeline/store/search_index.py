"""Full-text search over an output folder: an SQLite FTS5 index in its cache, renewed where files have changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE, RECORD_FILE
from pipeline.export.search_text import SearchText, texts_of
from pipeline.message import msg
from pipeline.model.document import Document
from pipeline.model.record import Record
from pipeline.settings.collections import CollectionSettings
from pipeline.store.cache import sha256_of
from pipeline.store.outputs import CACHE
from pipeline.store.remote_path import remote

INDEX = "search.sqlite"
VERSION = 1  # of the tables: an index of another is made anew
TABLES = """
CREATE TABLE files (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL, sop_id TEXT, document TEXT NOT NULL, name TEXT);
CREATE VIRTUAL TABLE texts USING fts5(
    file UNINDEXED, path UNINDEXED, page UNINDEXED, text,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
"""
FIND = """
SELECT files.sop_id, files.document, files.name, texts.path, texts.page,
    snippet(texts, 3, '', '', '…', ?) FROM texts JOIN files USING (file)
WHERE texts MATCH ? ORDER BY bm25(texts), files.file, texts.rowid LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A piece of text that was found, the best first.

    Attributes:
        sop_id: The record; None where the text stands on a page that no SOP claims.
        document: The document.
        name: What the SOP is called.
        path: The JSON pointer of the text, in the record or in document.json.
        page: Its page, from 1; None where it is not known.
        text: The words around.
    """

    sop_id: str | None
    document: str
    name: str | None
    path: str
    page: int | None
    text: str


def search(out: Path, query: str, most: int, settings: CollectionSettings) -> list[Hit]:
    """Find text in the records of an output folder, and on its pages that no SOP claims.

    Args:
        out: The output folder.
        query: Words that must all stand in one field, each found by its beginning too; words in double quotes stand
            one after the other.
        most: How many hits are given at most.
        settings: How much is shown around a hit.

    Raises:
        PipelineError: `query` holds no word, or the folder is not there.
    """
    words = match_of(query)
    if not words:
        raise PipelineError(msg("there is no word to search for"), msg("Give a word or more."))
    if not out.is_dir():
        raise PipelineError(msg("there is no folder {folder}", folder=str(out)), msg("Run sop run first."))
    with closing(_opened(out)) as index:
        return [Hit(*row) for row in index.execute(FIND, (settings.snippet_words, words, most))]


def match_of(query: str) -> str:
    """Write what is searched in the language of FTS5, which takes no mark of it for a command.

    >>> match_of('surat "tata usaha" lapor-')
    '"surat"* "tata usaha" "lapor"*'
    """
    phrases = ((quoted, bare) for quoted, bare in re.findall(r'"([^"]*)"|([^\s"]+)', query))
    parts = ((" ".join(re.findall(r"\w+", quoted or bare)), bool(bare)) for quoted, bare in phrases)
    return " ".join(f'"{words}"{"*" if is_bare else ""}' for words, is_bare in parts if words)


def _opened(out: Path) -> sqlite3.Connection:
    """The index, brought up to date: made anew where it is damaged, in memory where the folder takes none."""
    path = out / CACHE / INDEX
    for _ in range(0 if remote(out) else 2):
        try:
            path.parent.mkdir(exist_ok=True)
            return _renewed(str(path), out)
        except (OSError, sqlite3.OperationalError):
            break
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
    return _renewed(":memory:", out)


def _renewed(place: str, out: Path) -> sqlite3.Connection:
    index = sqlite3.connect(place, timeout=30)  # another search may be renewing it
    try:
        _renew(index, out)
    except BaseException:
        index.close()
        raise
    return index


def _renew(index: sqlite3.Connection, out: Path) -> None:
    """Take in files that are new or changed, and take out those that are gone, in one transaction."""
    with index:
        index.execute("BEGIN IMMEDIATE")
        if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            for table in ("files", "texts"):
                index.execute(f"DROP TABLE IF EXISTS {table}")
            for statement in TABLES.split(";\n"):
                index.execute(statement)
            index.execute(f"PRAGMA user_version = {VERSION}")
        known = dict(index.execute("SELECT file, sha256 FROM files"))
        found = {path.relative_to(out).as_posix(): sha256_of(path) for path in _files(out)}
        stale = [(file,) for file, digest in known.items() if found.get(file) != digest]
        index.executemany("DELETE FROM texts WHERE file = ?", stale)
        index.executemany("DELETE FROM files WHERE file = ?", stale)
        for file in sorted(file for file, digest in found.items() if known.get(file) != digest):
            _take_in(index, out, file, found)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith(".") and not path.is_symlink():
            yield from _files(path)
        elif RECORD_FILE.match(path.name) or path.name == DOCUMENT_FILE:
            yield path


def _take_in(index: sqlite3.Connection, out: Path, file: str, digests: Mapping[str, str]) -> None:
    content = (out / file).read_bytes()
    try:
        if file.endswith(DOCUMENT_FILE):
            document = Document.model_validate_json(content)
            head: tuple[str | None, str, str | None]
            head, texts = (None, document.name, None), _unclaimed(document)
        else:
            record = Record.model_validate_json(content)
            name = record.header.nama_sop or record.judul
            head, texts = (record.id, record.id.rpartition("/")[0], name), texts_of(record)
    except ValidationError:
        return  # somebody else's file
    index.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?)", (file, digests[file], *head))
    rows = ((file, *text) for text in texts)
    index.executemany("INSERT INTO texts (file, path, page, text) VALUES (?, ?, ?, ?)", rows)


def _unclaimed(document: Document) -> Iterator[SearchText]:
    """The text of pages that are in no record."""
    for place, page in enumerate(document.pages):
        if page.text and not page.sops:
            yield SearchText(f"/pages/{place}/text", page.number, page.text)
