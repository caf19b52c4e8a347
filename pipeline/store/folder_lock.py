"""One writer at a time to an output folder: by a lock of the system, and a lease that other machines see.

The lock is the operating system's (flock), so that it ends with the process that holds it, however that ends. On a
network file system it may hold for one machine alone; so there is a lease as well, a file that its holder touches every
few seconds, and that another machine takes over where it has seen no such sign for a minute by its own clock. On one
machine the lease of a process that is no more is taken over at once. To a folder in a store `store_marker` does the
same by itself.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from errno import ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from threading import Event
from time import monotonic, sleep

from filelock import FileLock, SoftFileLease, Timeout

from pipeline import sentences
from pipeline.errors import PipelineError
from pipeline.message import Message
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.atomic import write_json
from pipeline.store.folder_holder import HOLDER, Holder
from pipeline.store.remote_path import remote
from pipeline.store.store_marker import marked

LOCK, LEASE = ".run.lock", ".run.lease"
OF_ONE_PROCESS = frozenset({"memory"})  # stores that no other machine sees
NO_LOCKS = (ENOLCK, ENOSYS, ENOTSUP, EOPNOTSUPP)  # of file systems that know no locks: the lease must do


class FolderInUseError(PipelineError):
    """Another process writes into the folder; `holder` is None where it did not say who it is."""

    def __init__(self, out: Path, holder: Holder | None) -> None:
        super().__init__(in_use(out, holder), sentences.IN_USE_ADVICE)
        self.holder = holder


OnWait = Callable[[Holder | None], None]
"""Called once, when it is sure that there is something to wait for."""


@dataclass(frozen=True, slots=True)
class HeldFolder:
    """An output folder that this process alone writes to.

    Attributes:
        out: The folder.
        was_left: Whether its last holder was killed, so that there may be files that it left behind.
        begun: When it was taken, in seconds, by the clock of the disk.
        lost: Set when another machine has taken the folder over.
    """

    out: Path
    was_left: bool
    begun: float
    lost: Event

    def check(self) -> None:
        """Make sure, before something is written, that the folder is still held.

        Raises:
            PipelineError: Another machine has taken it over, for it saw no sign of life from here.
        """
        if self.lost.is_set():
            raise PipelineError(sentences.FOLDER_LOST.format(folder=str(self.out)), sentences.FOLDER_LOST_ADVICE)


@contextmanager
def hold(
    out: Path,
    wait: float | None = None,
    on_wait: OnWait = lambda holder: None,
    settings: FolderLockSettings | None = None,
) -> Iterator[HeldFolder]:
    """Keep all other processes from writing into a folder while the block runs.

    Args:
        out: The folder, which is there, on a disk or in a store.
        wait: How many seconds to wait for a process that writes there; None for as long as that takes.
        on_wait: Called when it is in use for longer than a moment.
        settings: Times.

    Raises:
        FolderInUseError: It is still in use after `wait` seconds.
        PipelineError: The folder cannot be written to.
    """
    times = settings or FolderLockSettings()
    with ExitStack() as stack:
        try:
            place = place_of_lock(out)
            waiting = _Waiting(out, place, wait, on_wait, times)
            held = _acquired(stack, place, waiting)
            store = remote(out)
            if store is not None and store.store.protocol not in OF_ONE_PROCESS:
                stack.enter_context(marked(store, partial(waiting.again, times.remote_look), times, held.lost))
        except OSError as error:
            told = sentences.NOT_WRITTEN.format(path=str(out / LOCK), why=error.strerror or str(error))
            raise PipelineError(told, sentences.GIVE_PLACE) from error
        yield replace(held, out=out)


def place_of_lock(out: Path) -> Path:
    """The folder itself; for one in a store a temporary folder, so that processes of one machine are kept apart."""
    place = remote(out)
    if place is None:
        return out
    user = os.getuid() if hasattr(os, "getuid") else getpass.getuser()
    folder = Path(gettempdir()) / f"sop-store-{user}-{hashlib.sha256(str(place).encode()).hexdigest()[:16]}"
    folder.mkdir(exist_ok=True)
    return folder


def in_use(out: Path, holder: Holder | None) -> Message:
    """Say who writes into a folder."""
    if holder is None:
        return sentences.IN_USE.format(folder=str(out))
    since = holder.local_since
    return sentences.IN_USE_BY.format(
        folder=str(out), pid=str(holder.pid), user=holder.user, host=holder.host, since=since
    )


class _Waiting:
    """Waits for what is held by others, a look after the other."""

    def __init__(self, out: Path, place: Path, wait: float | None, on_wait: OnWait, times: FolderLockSettings) -> None:
        self.times, self._place = times, place
        self._out, self._wait, self._on_wait = out, wait, on_wait
        self._begun, self._told = monotonic(), False
        self._unreadable: tuple[int, float] | None = None  # when a lease was written, and seen first: ns, seconds

    def acquire(self, lock: FileLock | SoftFileLease) -> None:
        while True:
            try:
                lock.acquire(blocking=False)
            except Timeout:
                if isinstance(lock, SoftFileLease):
                    self._break_unreadable(lock)
                self.again(self.times.look, _holder_of(self._place))
            else:
                return

    def _break_unreadable(self, lease: SoftFileLease) -> None:
        """Take away a lease that names no holder, for that was killed as it wrote it, once it is old."""
        with suppress(OSError):
            mark = Path(lease.lock_file).stat().st_mtime_ns
            if lease.owner is not None or self._unreadable is None or self._unreadable[0] != mark:
                self._unreadable = (mark, monotonic())
            elif monotonic() - self._unreadable[1] >= self.times.lease:
                lease.force_break()

    def again(self, seconds: float, holder: Holder | None) -> None:
        """Wait before the next look; raises FolderInUseError where it was waited long enough."""
        waited = monotonic() - self._begun
        if self._wait is not None and waited >= self._wait:
            raise FolderInUseError(self._out, holder)
        if not self._told and waited >= self.times.patience:
            self._told = True
            self._on_wait(holder)
        sleep(seconds)


def _acquired(stack: ExitStack, out: Path, waiting: _Waiting) -> HeldFolder:
    """Take the lock, then the lease; both are given back by `stack`, and no file of them stays."""
    lock = FileLock(out / LOCK, thread_local=False, fallback_to_soft=False)
    try:
        waiting.acquire(lock)
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
    else:
        stack.callback(quietly, lock.release)
        stack.callback(quietly, (out / LOCK).unlink)  # while it is held: who waits for this file looks for a new one
    times, lost = waiting.times, Event()
    lease = SoftFileLease(
        out / LEASE,
        lease_duration=times.lease,
        heartbeat_interval=times.beat,
        on_compromise=lambda compromise: lost.set(),
        thread_local=False,
    )
    waiting.acquire(lease)
    stack.callback(quietly, lease.release)
    was_left = (out / HOLDER).exists()
    write_json(out / HOLDER, asdict(Holder.here()))
    stack.callback(quietly, (out / HOLDER).unlink)
    return HeldFolder(out, was_left, (out / HOLDER).stat().st_mtime, lost)


def quietly(action: Callable[[], object]) -> None:
    """Give something back, or leave it where the system refuses."""
    with suppress(OSError):  # the folder is gone, or the network: nobody waits for it then
        action()


def _holder_of(out: Path) -> Holder | None:
    try:
        return Holder(**json.loads((out / HOLDER).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
