"""The output folder: what a run writes, and what a run before left behind."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.export.json import DOCUMENT_FILE, RECORD_FILE, files_of, named
from pipeline.export.names import document_folder
from pipeline.kept_results import KeptResults
from pipeline.message import msg
from pipeline.model.document import Digitized, FolderLayout
from pipeline.model.record import Record
from pipeline.store.atomic import json_bytes, write_bytes, write_json
from pipeline.store.remote_path import RemotePath, remote
from pipeline.store.remote_store import StoreRefusesError

CACHE = ".cache"
"""The folder in the output folder that holds what was read, so that it need not be read again."""


def write_document(
    out: Path, digitized: Digitized, kept: KeptResults | None = None, *, layout: FolderLayout = "flat"
) -> Path:
    """Write the files of one document, remove records that it no longer has; return its folder.

    Records that are kept from an earlier reading stay as they are.

    Args:
        out: The folder of all documents.
        digitized: The document.
        kept: What was made of records before, where few of them change from one time to the next.
        layout: How the folders of documents lie there.
    """
    folder, kept = out / document_folder(digitized.document.name, layout), kept or KeptResults()
    if digitized.document.kept_from is not None:
        write_json(folder / DOCUMENT_FILE, named(digitized).model_dump(mode="json"))
        return folder
    listed, written = _listed(folder), set[str]()
    for name, content in files_of(digitized, partial(_record_bytes, kept)):
        path = listed.get(name, folder / name)
        write_bytes(path, content if isinstance(content, bytes) else json_bytes(content))
        written.add(name)
    for path in record_files(folder) if remote(folder) is None else listed.values():
        if path.name not in written and RECORD_FILE.match(path.name):
            _remove(path)
    return folder


def _listed(folder: Path) -> dict[str, Path]:
    """What is in a folder of a store by name, with what its listing tells: so each file need not be asked about."""
    if remote(folder) is not None:
        with suppress(FileNotFoundError, NotADirectoryError):
            return {path.name: path for path in folder.iterdir()}
    return {}


def _record_bytes(kept: KeptResults, record: Record) -> bytes:
    return kept.once(lambda: json_bytes(record.as_json()), (record,), "json")


def remove_document(out: Path, folder: Path) -> None:
    """Remove a document's records, and its folder and those above it, up to `out`, where nothing else is in them."""
    for path in [*record_files(folder), folder / DOCUMENT_FILE]:
        _remove(path)
    with suppress(OSError):  # it is not empty, or not there
        while folder != out:
            folder.rmdir()
            folder = folder.parent


def record_files(folder: Path) -> list[Path]:
    """The record files in a document's folder, in order of name."""
    try:
        return sorted(path for path in folder.iterdir() if RECORD_FILE.match(path.name))
    except (FileNotFoundError, NotADirectoryError):
        return []


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        told = sentences.NOT_REMOVED.format(path=str(path), why=error.strerror or str(error))
        raise PipelineError(told, sentences.GIVE_PLACE) from error


def output_folder(out: Path) -> Path:
    """Make the output folder if need be, and return it.

    Raises:
        PipelineError: It cannot be made or written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PipelineError(
            msg("cannot make the folder {folder}: {error}", folder=str(out), error=error.strerror or str(error)),
            sentences.GIVE_PLACE,
        ) from None
    place = remote(out)
    if place is not None:
        _require_bucket(place)
    elif not os.access(out, os.W_OK | os.X_OK):
        message = msg("the folder {folder} cannot be written to", folder=str(out))
        raise PipelineError(message, sentences.GIVE_PLACE)
    return out


def _require_bucket(place: RemotePath) -> None:
    """Look for the bucket that a path is in, before documents are read whose records could not be written to it."""
    bucket = place.bucket
    with suppress(StoreRefusesError):  # who may write to a bucket need not be allowed to look at it
        if bucket is not None and not bucket.exists():
            raise PipelineError(msg("there is no bucket {bucket}", bucket=str(bucket)), sentences.GIVE_PLACE)
