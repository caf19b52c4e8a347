"""Output folders: how long one run waits for another that writes into the same, and how large their index grows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Limits of index.json."""

    listed_documents: int = 10_000  # of more, 5 MB of JSON, no program wants one value: they go to a file of lines


@dataclass(frozen=True, slots=True)
class FolderLockSettings:
    """Times of the lock on an output folder, in seconds."""

    lease: float = 60.0  # a run of another machine that was not heard of for so long is taken for dead
    beat: float = 10.0  # between two signs of life: several may be lost on a slow network
    look: float = 0.25  # between two looks at a folder that is in use
    remote_look: float = 2.0  # the same of a folder in a store, where each look is a request
    settle: float = 0.5  # until it shows which of two runs that begin at once was the last to write into a store
    patience: float = 1.0  # before a person is told that it is: the review page writes for less
    aside: float = 0.2  # that the review page waits before it leaves the records to be written later
    again: float = 2.0  # between two looks of the review page at whether the run is done


@dataclass(frozen=True, slots=True)
class FileLockSettings:
    """Times of the lock on a file that several processes change, in seconds, and how often it is tried."""

    wait: float = 30.0  # a change takes milliseconds, a second with a long corrections file and a busy disk
    look: float = 0.02  # between two looks at a file that is being changed: a person waits for it
    lease: float = 60.0  # where there are no locks, after so long the one that changes it is taken for dead
    tries: int = 20  # at a folder that others remove at the same moment, a matter of microseconds each time
