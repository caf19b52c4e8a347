"""Whether a file is still what it was when it was looked at last, told without reading it where that can be trusted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from pipeline.store.cache import sha256_of
from pipeline.store.remote_path import Listed, remote

COARSE = 2_000_000_000  # nanoseconds: the clock of FAT; those of other file systems are finer


class Stamp(NamedTuple):
    """What tells one content of a file from another.

    Attributes:
        size: In bytes.
        written: When it or anything about it was changed last, in nanoseconds; 0 in a store, whose versions are exact.
        marks: What else changes with it: its times and its number in the file system, or its version in a store.
        sha256: Of its content; "" where nobody has read it.
    """

    size: int
    written: int
    marks: str
    sha256: str = ""


def stamp_of(path: Path, found: os.stat_result | None = None) -> Stamp:
    """The stamp of a file, without reading it; what the file system said of it already is not asked again.

    Raises:
        OSError: It is not there, or may not be looked at.
    """
    place = remote(path)
    if place is not None:
        return stamp_in_store(place.listed or place.look())
    found = found or path.stat()
    # Times can be set at will but for that of the last change, which nobody can set back.
    marks = f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return Stamp(found.st_size, max(found.st_mtime_ns, found.st_ctime_ns), marks)


def stamp_in_store(listed: Listed) -> Stamp:
    """The stamp of a file in a store, by what that tells of it."""
    return Stamp(listed.size, 0, listed.version)


def read_stamp(path: Path, stamp: Stamp) -> Stamp:
    """The stamp of a file on this machine with the digest of its content; of one in a store as it is.

    Raises:
        OSError: It cannot be read.
    """
    return stamp if remote(path) else stamp._replace(sha256=sha256_of(path))


def restamped(path: Path, stamp: Stamp, now: Stamp, noted: int) -> Stamp | None:
    """The stamp itself where a file is as it was, a new one where it only looks otherwise; None where it is changed.

    Args:
        path: The file.
        stamp: What it was.
        now: How it looks now.
        noted: When the stamp was noted, in nanoseconds. A file that was written about then may have been written once
            more within one tick of its clock, so that its content is looked at.

    Raises:
        OSError: It cannot be read.
    """
    if now.size != stamp.size:
        return None
    if now.marks and now.marks == stamp.marks and stamp.written + COARSE < noted:
        return stamp
    if not stamp.sha256 or sha256_of(path) != stamp.sha256:
        return None
    return now._replace(sha256=stamp.sha256)
