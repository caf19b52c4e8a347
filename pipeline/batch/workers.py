"""Where jobs run: in local processes that are watched, or on any executor of `concurrent.futures`."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.job import OnPage
from pipeline.batch.scratch import sweep_scratch
from pipeline.batch.supervised import Supervised
from pipeline.batch.worker_process import PageDone, report_page
from pipeline.settings import LimitSettings

CALLS_PER_WORKER = 4  # handed out at a time: one is read, and a process that is free never waits for this one


@dataclass(frozen=True)
class Workers:
    """Where jobs run.

    Attributes:
        executor: What calls are submitted to.
        count: Among how many workers a long document may be divided; 1 for none.
        on_page: Called by a worker after each page; can be pickled where the executor is another process.
        window: How many documents may be handed out at a time; None for all, which an executor has to keep then.
        folder: That this process and all workers see, for what they tell each other during a call; None for none.
    """

    executor: Executor
    count: int = 1
    on_page: OnPage | None = None
    window: int | None = None
    folder: Path | None = None


@contextmanager
def on_executor(executor: Executor, count: int = 1, window: int | None = None) -> Iterator[Workers]:
    """Run jobs on an executor of `count` workers that the caller opens and closes, `window` of them at a time."""
    yield Workers(executor, count, window=window)


@contextmanager
def processes(count: int, on_page: OnPage | None = None, limits: LimitSettings | None = None) -> Iterator[Workers]:
    """Run jobs in `count` local processes, which hand their log records to this one and keep within the limits."""

    def on_message(message: PageDone | logging.LogRecord) -> None:
        if isinstance(message, logging.LogRecord):
            logging.getLogger(message.name).handle(message)
        elif on_page is not None:
            on_page(message.document, message.done, message.pages)

    sweep_scratch()
    executor = Supervised(count, limits or LimitSettings(), on_message)
    try:
        yield Workers(executor, count, report_page, CALLS_PER_WORKER * count, executor.folder)
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


def local_workers(
    limit: int, on_page: OnPage | None = None, limits: LimitSettings | None = None
) -> Callable[[int], AbstractContextManager[Workers]]:
    """Return what opens `limit` local processes, each when there is something for it to do."""
    return lambda jobs: processes(limit, on_page, limits)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
