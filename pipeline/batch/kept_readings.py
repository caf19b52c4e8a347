"""What was read of documents, before corrections, as the cache keeps it: in bytes, and by the document's name."""

from __future__ import annotations

import hashlib
from gzip import GzipFile
from io import BytesIO

from pydantic import ValidationError

from pipeline.model.document import Digitized, Document
from pipeline.model.packed import packed
from pipeline.model.page_selection import PageSelection
from pipeline.model.record import Record
from pipeline.store.cache import Cache, key_of


def as_read(cache: Cache, name: str, selection: PageSelection | None = None) -> Digitized | None:
    """What was last read of the document of that name, before corrections; None where that is not kept.

    Args:
        cache: Of the output folder.
        name: The document's.
        selection: Pages that were read by themselves.
    """
    key = cache.get(_as_read_key(name, selection))
    stored = None if key is None else cache.get(key.decode())
    return None if stored is None else from_bytes(stored)


def selection_read(cache: Cache, name: str, selection: PageSelection) -> Record | None:
    """The SOP that was read of some pages by themselves, of several the longest; None where there is none."""
    result = as_read(cache, name, selection)
    return max(result.records if result else (), key=lambda record: len(record.kegiatan), default=None)


def keep_as_read(cache: Cache, name: str, result: Digitized) -> None:
    """Keep a result as what the last run read of the document of that name."""
    content = as_bytes(result)
    key = key_of([name, hashlib.sha256(content).hexdigest()])
    cache.put(key, content)
    cache.put(_as_read_key(name), key.encode())


def note_as_read(cache: Cache, name: str, selection: PageSelection | None, key: str) -> None:
    """Note that what was last read of the document of that name, or of some of its pages, is kept under `key`."""
    note = _as_read_key(name, selection)
    if cache.get(note) != key.encode():
        cache.put(note, key.encode())


def _as_read_key(name: str, selection: PageSelection | None = None) -> str:
    return key_of(["as read", name, *named_selection(selection)])


def named_selection(selection: PageSelection | None) -> list[str]:
    """The part of a key that tells pages that were read by themselves from a whole document."""
    return [] if selection is None else [repr(selection)]


def as_bytes(result: Digitized) -> bytes:
    """A result for the cache: its document and then its records, each a line of JSON, compressed.

    Record by record, so that those of a long document are never whole at once.
    """
    content = BytesIO()
    with GzipFile(fileobj=content, mode="wb", compresslevel=1, mtime=0) as lines:
        lines.write(result.document.model_dump_json().encode() + b"\n")
        for record in result.records:
            lines.write(record.model_dump_json(by_alias=True).encode() + b"\n")
    return content.getvalue()


def from_bytes(stored: bytes) -> Digitized | None:
    """The result that `as_bytes` wrote; None where `stored` does not hold one."""
    try:
        with GzipFile(fileobj=BytesIO(stored)) as lines:
            document = Document.model_validate_json(next(lines))
            return Digitized(document, packed(Record.model_validate_json(line) for line in lines))
    except (ValidationError, StopIteration, OSError, EOFError):
        return None
