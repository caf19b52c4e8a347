"""One writer at a time to a folder in a store: a file there says who it is, and is renewed every few seconds.

Stores know no locks. A run of another machine waits as long as it sees the file change, by its own clock, and takes the
folder over when it has not for a minute. Of two that begin at once the one that wrote the file last has the folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from threading import Event, Thread
from time import monotonic, sleep
from uuid import uuid4

from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.folder_holder import HOLDER, Holder
from pipeline.store.remote_path import RemotePath
from pipeline.store.remote_store import StoreError

OnHeld = Callable[[Holder | None], None]
"""Called after each look at a folder that another machine holds; raises to wait no longer."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file holds: who writes, by a token of the run's own, and how often it was renewed."""

    token: str
    beats: int
    holder: Holder


class Marker:
    """The file in a folder, as this run sees and writes it."""

    def __init__(self, out: RemotePath) -> None:
        self._file, self._token, self._beats, self._holder = out / HOLDER, uuid4().hex, 0, Holder.here()

    def read(self) -> Mark | None:
        """What it holds; None where it is not there, or nobody's.

        Raises:
            StoreError: The store does not answer.
        """
        try:
            found = json.loads(self._file.read_bytes())
            return Mark(found["token"], found["beats"], Holder(**found["holder"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write(self) -> None:
        """Write, or renew it. Raises as `read` does, and OSError."""
        self._beats += 1
        mark = Mark(self._token, self._beats, self._holder)
        self._file.put(json.dumps(asdict(mark)).encode())

    def is_own(self, mark: Mark | None) -> bool:
        """Whether it is this run's."""
        return mark is not None and mark.token == self._token

    def is_of_the_dead(self, mark: Mark) -> bool:
        """Whether it is of this machine, on which no other run lives: this one holds the machine's lock."""
        return mark.holder.host == self._holder.host

    def remove(self) -> None:
        """Take it away, unless it is another's by now."""
        if self.is_own(self.read()):
            self._file.unlink(missing_ok=True)


@contextmanager
def marked(out: RemotePath, on_held: OnHeld, times: FolderLockSettings, lost: Event) -> Iterator[None]:
    """Keep runs of other machines out of a folder of a store while the block runs.

    Args:
        out: The folder.
        on_held: Called while it is another's.
        times: How often to look and to renew.
        lost: Set where another run takes the folder over.

    Raises:
        StoreError: The store does not answer.
    """
    marker, end = Marker(out), Event()
    _take(marker, on_held, times)
    thread = Thread(target=_renew, args=(marker, times, end, lost), name="marker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        with suppress(OSError, StoreError):  # whoever comes next waits a minute for it
            marker.remove()


def _take(marker: Marker, on_held: OnHeld, times: FolderLockSettings) -> None:
    seen: tuple[Mark, float] | None = None
    while True:
        mark = marker.read()
        if marker.is_own(mark):
            return
        if mark is not None and (seen is None or seen[0] != mark):
            seen = (mark, monotonic())
        if mark is None or marker.is_of_the_dead(mark) or (seen and monotonic() - seen[1] >= times.lease):
            marker.write()
            sleep(times.settle)
        else:
            on_held(mark.holder)


def _renew(marker: Marker, times: FolderLockSettings, end: Event, lost: Event) -> None:
    renewed = monotonic()
    while not end.wait(times.beat):
        try:
            if not marker.is_own(marker.read()):
                lost.set()
                return
            marker.write()
            renewed = monotonic()
        except (OSError, StoreError):
            if monotonic() - renewed > times.lease - times.beat:  # others take this run for dead soon
                lost.set()
                return
