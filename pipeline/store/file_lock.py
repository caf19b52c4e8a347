"""One process at a time changes a file that several may: from reading it to writing it again.

The lock is the operating system's, on a file beside the one that is changed, which is gone afterwards. On a network
disk it reaches as far as that disk's locks do; where a file system knows none, a lease stands for it. Stores know no
locks: there it keeps the processes of one machine apart, and between machines the last one to write stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, SoftFileLease, Timeout

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.settings.output_folders import FileLockSettings
from pipeline.store.folder_lock import NO_LOCKS, place_of_lock, quietly


@contextmanager
def locked(path: Path, settings: FileLockSettings | None = None) -> Iterator[None]:
    """Keep all other processes that ask from changing a file while the block runs.

    Args:
        path: The file, on a disk or in a store; it need not be there, nor its folder.
        settings: Times.

    Raises:
        PipelineError: Another process has been changing it for too long, or its folder cannot be written to.
    """
    with ExitStack() as stack:
        try:
            _acquire_in_folder(stack, place_of_lock(path.parent) / f".{path.name}.lock", settings or FileLockSettings())
        except Timeout:
            raise PipelineError(sentences.FILE_IN_USE.format(path=str(path)), sentences.FILE_IN_USE_ADVICE) from None
        except OSError as error:
            told = sentences.NOT_WRITTEN.format(path=str(path), why=error.strerror or str(error))
            raise PipelineError(told, sentences.GIVE_PLACE) from error
        yield


def _acquire_in_folder(stack: ExitStack, place: Path, times: FileLockSettings) -> None:
    """Make the folder of the lock where it is missing, and take the lock; `stack` gives both back.

    Who held the lock before removes the folder that it made when it is empty: it may be gone at any moment, and is
    made once more then.
    """
    for left in reversed(range(times.tries)):
        with ExitStack() as attempt:
            try:
                attempt.callback(_remove_empty, _made(place.parent))
                _acquire(attempt, place, times)
            except (FileExistsError, FileNotFoundError):  # `mkdir` says both of a folder that vanishes
                if not left:
                    raise
            else:
                stack.push(attempt.pop_all())
                return


def _acquire(stack: ExitStack, place: Path, times: FileLockSettings) -> None:
    """Take the lock, or the lease where there are no locks; `stack` gives it back, and no file of it stays."""
    lock = FileLock(place, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(times.wait, poll_interval=times.look)
    except Timeout:
        raise
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        lease = SoftFileLease(place, lease_duration=times.lease, thread_local=False)
        lease.acquire(times.wait, poll_interval=times.look)
        stack.callback(quietly, lease.release)
    else:
        stack.callback(quietly, lock.release)
        stack.callback(quietly, place.unlink)  # while it is held: who waits for this file looks for a new one


def _made(folder: Path) -> list[Path]:
    """Make a folder; return those that were not there, the innermost first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _remove_empty(folders: list[Path]) -> None:
    """Remove folders in which nothing was written after all."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()
