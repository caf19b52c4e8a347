"""The file of a job where it can be read: one in a store is fetched for as long as it takes.

A worker process keeps what it fetched last until it fetches another or ends: a long document's parts come one after the
other. That is one file within the limit of size, among the process's own temporary files, which go with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from pipeline import sentences
from pipeline.batch.attempt import Fault
from pipeline.batch.file_faults import fault_in_store, not_opened
from pipeline.batch.job import Job, note_digest
from pipeline.batch.worker_process import is_worker
from pipeline.message import msg
from pipeline.store.cache import sha256_of
from pipeline.store.remote_path import RemotePath, fetched, remote
from pipeline.store.remote_store import FULL, StoreError


@dataclass(frozen=True)
class LastFetched:
    """The file that a worker process fetched last.

    Attributes:
        place: Where it is, with what the store told of it then.
        local: The copy.
        stack: Removes it when it is closed.
    """

    place: RemotePath
    local: Path
    stack: ExitStack

    def is_of(self, place: RemotePath) -> bool:
        """Whether it is what the store holds now; not where the store cannot tell one version from another."""
        listed = place.listed
        return listed is not None and bool(listed.version) and (self.place, self.place.listed) == (place, listed)


_last: list[LastFetched] = []  # of this worker process, one at most: its calls have no other way to those before them


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
        for last in _last:
            if last.is_of(place):
                return last.local
        fault = fault_in_store(place, job.settings.limits.file_megabytes)
        if fault is not None:
            return fault
        _let_go()
        fetching = stack.enter_context(ExitStack())
        local = fetching.enter_context(fetched(cast(Path, place)))
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
    if is_worker():
        _last.append(LastFetched(place, local, fetching.pop_all()))
    return local


def _let_go() -> None:
    """Remove what was fetched last."""
    while _last:
        _last.pop().stack.close()


def _answers(place: RemotePath) -> bool:
    """Whether the store answers when it is asked for the folder that a file is in."""
    try:
        place.parent.is_dir()
    except StoreError:
        return False
    except OSError:
        return True
    return True
