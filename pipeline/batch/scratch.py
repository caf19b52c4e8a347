"""The temporary files of a run, in a folder that goes with it; where the run was killed, with the next one."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # not on Windows, where a file that is open cannot be removed either
    fcntl = None  # type: ignore[assignment]

PREFIX = "sop-run-"
LOCK = "lock"


class Scratch:
    """A folder of temporary files, locked as long as the run lives: by the system, so that no kill leaves the lock."""

    def __init__(self) -> None:
        while (made := _locked_folder()) is None:
            pass
        self.path, self._lock = made

    def remove(self) -> None:
        """Remove the folder with all it holds."""
        os.close(self._lock)
        shutil.rmtree(self.path, ignore_errors=True)


def _locked_folder() -> tuple[Path, int] | None:
    """A new folder and its lock; None where another run has swept it before it was locked."""
    path = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = os.open(path / LOCK, os.O_CREAT | os.O_RDWR)
    if fcntl is not None:
        fcntl.flock(lock, fcntl.LOCK_EX)
    if (path / LOCK).exists():
        return path, lock
    os.close(lock)
    return None


def sweep_scratch() -> None:
    """Remove the temporary files of runs that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):  # it is another user's, is gone by now, or its run lives
            lock = os.open(folder / LOCK, os.O_RDWR)
            try:
                if fcntl is not None:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(lock)
