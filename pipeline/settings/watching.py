"""How a folder is watched that is kept digitized."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """Times of `sop run --watch`, in seconds."""

    quiet: float = 2.0  # without a change before a run begins: a file that is copied grows in every one of them
    longest: float = 600.0  # that changes are waited to end for, where something is written without end
    told: float = 10.0  # from one change to the next before a person is told what is waited for
    tick: float = 300.0  # between two looks where the system told of nothing: it may lose what it has to tell
    there: float = 5.0  # between two looks at whether the folders are there
    poll: float = 30.0  # between two looks where the system watches no more folders
    retry: float = 30.0  # before a run that came to nothing is begun anew, twice as long each time
    retry_most: float = 900.0
    ending: float = 30.0  # that a run is given to end its workers before it is killed
    step: float = 0.2  # between two looks at a run, and at whether the watch is to end
