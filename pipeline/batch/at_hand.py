"""The file of a job where it can be read: one in a store is fetched for as long as it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import cast

from pipeline import sentences
from pipeline.batch.attempt import Fault
from pipeline.batch.file_faults import fault_in_store, not_opened
from pipeline.batch.job import Job, note_digest
from pipeline.message import msg
from pipeline.store.cache import sha256_of
from pipeline.store.remote_path import RemotePath, fetched, remote
from pipeline.store.remote_store import FULL, StoreError


@contextmanager
def at_hand(job: Job) -> Iterator[Job | Fault]:
    """The job with its file on this machine; itself where it is here, what is wrong with the file where it is not.

    Raises:
        StoreError: The store does not answer.
    """
    place = remote(job.document.path)
    if place is None:
        yield job
        return
    with ExitStack() as stack:
        found = _fetched(job, place, stack)
        yield found if isinstance(found, Fault) else replace(job, document=replace(job.document, path=found))


def _fetched(job: Job, place: RemotePath, stack: ExitStack) -> Path | Fault:
    """A copy of the file, unless it is larger than allowed or cannot be read."""
    try:
        place = replace(place, listed=place.look())
        fault = fault_in_store(place, job.settings.limits.file_megabytes)
        if fault is not None:
            return fault
        local = stack.enter_context(fetched(cast(Path, place)))
        if local.stat().st_size != place.look().size:
            return Fault("unreadable", sentences.CANNOT_BE_OPENED.format(why=msg("it changed while it was fetched")))
    except StoreError as error:
        if not _answers(place):
            raise
        return Fault("unreadable", error.message)
    except OSError as error:
        if error.errno in FULL:
            raise
        return not_opened(job.document.path, error)
    note_digest(job, place, sha256_of(local))
    return local


def _answers(place: RemotePath) -> bool:
    """Whether the store answers when it is asked for the folder that a file is in."""
    try:
        place.parent.is_dir()
    except StoreError:
        return False
    except OSError:
        return True
    return True
