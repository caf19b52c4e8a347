"""Writing into the output folder beside runs: at once, or as soon as the run that holds it is done."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread
from time import sleep

from pipeline.errors import PipelineError
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.folder_lock import FolderInUseError, hold

log = logging.getLogger(__name__)


class WriteBack:
    """What a reviewer changes goes into the corrections at once, and into the records when no run writes these.

    Args:
        out: The output folder.
        write_now: Writes the records of a document, by its place, as its corrections make them then.
        times: How long to wait.
    """

    def __init__(self, out: Path, write_now: Callable[[int], None], times: FolderLockSettings | None = None) -> None:
        self._out, self._write_now, self._times = out, write_now, times or FolderLockSettings()
        self._later: set[int] = set()
        self._lock = Lock()

    def put(self, place: int, write: Callable[[], None]) -> bool:
        """Write the records of a document; return whether that was done, or has to wait for a run.

        Args:
            place: The document's.
            write: Writes them as they are known to be now.
        """
        try:
            with hold(self._out, self._times.aside):
                write()
        except FolderInUseError as in_use:
            log.info("records are written later: %s", in_use)
            self._wait_with(place)
            return False
        return True

    def _wait_with(self, place: int) -> None:
        with self._lock:
            if not self._later:
                Thread(target=self._write_later, name="write-back", daemon=True).start()
            self._later.add(place)

    def _write_later(self) -> None:
        """Write what waits, once the folder is free; what a server that ends leaves undone the next run does."""
        while True:
            sleep(self._times.again)
            try:
                with hold(self._out, 0):
                    while place := self._taken():
                        self._write_now(place[0])
                    return
            except FolderInUseError:
                continue
            except PipelineError as error:  # the document is gone, or its corrections were broken by hand
                log.warning("records were not written: %s", error)

    def _taken(self) -> list[int]:
        with self._lock:
            return [self._later.pop()] if self._later else []
