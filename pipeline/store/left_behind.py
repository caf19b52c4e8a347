"""Files that were never finished, because the process that wrote them was killed."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from pipeline.store.remote_path import remote

PART = re.compile(r"\.\w{8}\.part|cluster-[0-9a-f]{32}")  # what is not whole yet, and what a cluster is shown


def sweep_parts(folder: Path, before: float) -> int:
    """Remove unfinished files in a folder and below.

    Args:
        folder: Where to look; nothing is removed from a store.
        before: What was last written before this time is nobody's any more; in seconds, by the disk's own clock.

    Returns:
        How many there were.
    """
    if remote(folder):
        return 0  # stores of objects have none; in others nobody knows whose one is, for no lock holds for all machines
    return sum(_removed(Path(here, name), before) for here, _, names in os.walk(folder) for name in names)


def _removed(path: Path, before: float) -> bool:
    if PART.fullmatch(path.name) is None:
        return False
    with suppress(OSError):  # it is gone meanwhile
        if path.lstat().st_mtime < before:
            path.unlink()
            return True
    return False
