"""Files that cannot be read: why a file is not to be opened, and the result of a document whose file is not."""

from __future__ import annotations

from errno import ELOOP
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import cast

from pipeline import sentences
from pipeline.batch.attempt import Fault
from pipeline.batch.inputs import Input
from pipeline.message import Message
from pipeline.model.document import Digitized, Document
from pipeline.store.cache import sha256_of
from pipeline.store.remote_path import RemotePath, remote
from pipeline.store.remote_store import StoreRefusesError

MEGABYTE = 1_000_000


def file_digest(path: Path, limit: float) -> str | Fault:
    """The sha256 of a file; a fault where it cannot be opened, or has more megabytes than `limit`."""
    try:
        return file_fault(path, limit) or sha256_of(path)
    except OSError as error:
        return not_opened(path, error)


def file_fault(path: Path, limit: float) -> Fault | None:
    """Why a file is not to be opened: it is none, or has more megabytes than `limit`; None where it may be tried."""
    place = remote(path)
    if place is not None:
        return fault_in_store(place, limit)
    try:
        found = path.stat()
        if S_ISDIR(found.st_mode):
            next(path.iterdir(), None)
    except OSError as error:
        return not_opened(path, error)
    if not S_ISREG(found.st_mode):
        return Fault("unreadable", sentences.NOT_A_FILE)
    return _too_large(found.st_size, limit)


def _too_large(size: int, limit: float) -> Fault | None:
    return Fault("too-large", sentences.FILE_TOO_LARGE.format(megabytes=limit)) if size > limit * MEGABYTE else None


def fault_in_store(place: RemotePath, limit: float) -> Fault | None:
    """Why a file in a store is not to be fetched, as `file_fault`; `limit` is in megabytes."""
    try:
        found = place.listed or place.look()
        if found.is_folder:
            next(place.iterdir(), None)
            return Fault("unreadable", sentences.NOT_A_FILE)
    except StoreRefusesError as error:
        return Fault("unreadable", error.message)
    except OSError as error:
        return not_opened(cast(Path, place), error)
    return _too_large(found.size, limit)


def not_opened(path: Path, error: OSError) -> Fault:
    """The fault of a file that the disk or the store refuses."""
    if error.errno == ELOOP:
        return Fault("unreadable", sentences.NOT_A_FILE)
    told = sentences.FOLDER_CANNOT_BE_READ if path.is_dir() else sentences.CANNOT_BE_OPENED
    return Fault("unreadable", told.format(why=error.strerror or str(error)))


def failed_result(document: Input, digest: str, fault: Fault) -> Digitized:
    """The result of a document that could not be read; `digest` is its sha256, "" where it cannot be opened."""
    return Digitized(
        Document(
            name=document.name,
            file=document.file,
            sha256=digest,
            status=fault.status,
            message=str(fault.message),
            wording=fault.message if isinstance(fault.message, Message) else None,
        )
    )
