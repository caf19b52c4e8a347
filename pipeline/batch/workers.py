"""Where jobs run: in local processes that are watched, or on any executor of `concurrent.futures`."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from pipeline.batch.job import Job, OnPage, run_job
from pipeline.batch.scratch import sweep_scratch
from pipeline.batch.supervised import Supervised
from pipeline.batch.worker_process import PageDone, report_page
from pipeline.model.document import Digitized
from pipeline.settings import LimitSettings


@dataclass(frozen=True)
class Workers:
    """An executor and the task to give it. The task must be picklable where the executor is another process."""

    executor: Executor
    task: Callable[[Job], Digitized]


@contextmanager
def on_executor(executor: Executor) -> Iterator[Workers]:
    """Run jobs on an executor that the caller opens and closes, a Dask client's `get_executor()` for instance."""
    yield Workers(executor, run_job)


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
        yield Workers(executor, run_and_report)
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise
    executor.shutdown()


def local_workers(
    limit: int, on_page: OnPage | None = None, limits: LimitSettings | None = None
) -> Callable[[int], AbstractContextManager[Workers]]:
    """Return what opens up to `limit` local processes, no more than there are jobs."""
    return lambda jobs: processes(min(limit, jobs), on_page, limits)


def run_and_report(job: Job) -> Digitized:
    """Run a job in a worker process, and tell the watching one how far it is."""
    report_page(job.document.name, 0, 0)
    return run_job(job, report_page)


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
