"""How a run works with a Dask cluster. Times in seconds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClusterSettings:
    """What a run waits for, and how much it has a cluster do at a time; no result depends on it."""

    connect_seconds: float = 10.0  # for a scheduler to answer: a hundred times what one far away takes
    wait_seconds: float = 60.0  # without a single worker, at the start or later: machines start, nannies restart theirs
    look_seconds: float = 1.0  # from one look at how many workers there are to the next
    news_seconds: float = 0.5  # from one report of pages and log lines to the next, lest they flood it
    idle_seconds: float = 60.0  # how long a process that reads is kept for the next document: starting one takes 1 to 2
    calls_per_thread: int = 4  # under way at a time: one is read, the others bridge the way through the scheduler
    allowed_failures: int = 1  # of a cluster started here: workers that may die with a document before it is read alone
    kept_messages: int = 10  # that Dask keeps of each connection for its developers, calls and results among them
    closing_seconds: float = 5.0  # for a cluster started here to end by itself
