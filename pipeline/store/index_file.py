"""index.json, and index.jsonl beside it where there are more documents than belong into one JSON value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from pipeline.export.json import INDEX_FILE, INDEX_LINES_FILE
from pipeline.export.names import is_stem
from pipeline.model.document import FolderLayout, Index, IndexEntry
from pipeline.settings.output_folders import IndexSettings
from pipeline.store.atomic import write_json, write_lines
from pipeline.store.remote_path import remote


def write_index(out: Path, index: Index, settings: IndexSettings | None = None) -> Path:
    """Write index.json, with its documents in index.jsonl where there are many; return its path.

    The lines are written first, and taken away last, so that what index.json says is there.
    """
    path, lines = out / INDEX_FILE, out / INDEX_LINES_FILE
    if len(index.documents) > (settings or IndexSettings()).listed_documents:
        write_lines(lines, _lines_of(index.documents))
        head = index.model_copy(update={"documents": [], "documents_file": INDEX_LINES_FILE})
        write_json(path, head.model_dump(mode="json"))
    else:
        write_json(path, index.model_copy(update={"documents_file": None}).model_dump(mode="json"))
        with suppress(OSError):
            lines.unlink(missing_ok=True)
    return path


def _lines_of(entries: Iterable[IndexEntry]) -> Iterator[bytes]:
    return (entry.model_dump_json().encode() + b"\n" for entry in entries)


def read_index(out: Path) -> Index | None:
    """The index of the last run into a folder, all documents in it; None where there is none, or none to be read."""
    try:
        head = _head(out)
        entries = head.documents if head.documents_file is None else read_lines(out)
        return head.model_copy(update={"documents": [entry for entry in entries if is_stem(entry.folder)]})
    except (OSError, ValidationError):
        return None


def read_lines(out: Path) -> Iterator[IndexEntry]:
    """The documents of index.jsonl, one by one.

    Raises:
        OSError: It cannot be read.
        ValidationError: A line is no entry.
    """
    path = out / INDEX_LINES_FILE
    if remote(path):
        yield from map(IndexEntry.model_validate_json, path.read_bytes().splitlines())
        return
    with path.open("rb") as lines:
        yield from map(IndexEntry.model_validate_json, lines)


def layout_of(out: Path) -> FolderLayout:
    """How the folders of documents lie in an output folder."""
    try:
        return _head(out).layout
    except (OSError, ValidationError):
        return "flat"


def _head(out: Path) -> Index:
    return Index.model_validate_json((out / INDEX_FILE).read_bytes())
