"""Where the work is done: in this process, in several, or on any executor of `concurrent.futures`."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.queues import Queue
from queue import Empty
from threading import Event, Thread
from typing import Any, ParamSpec, TypeVar

from pipeline.batch.job import Job, OnPage, work
from pipeline.model.document import Digitized

P = ParamSpec("P")
T = TypeVar("T")
Told = tuple[str, int, int]
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Workers:
    """An executor and the task to give it. The task must be picklable where the executor is another process."""

    executor: Executor
    task: Callable[[Job], Digitized]


class Serial(Executor):
    """The trivial executor: `submit` does the work at once."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def serial(on_page: OnPage | None = None) -> Iterator[Workers]:
    """This process, one document after the other."""
    yield Workers(Serial(), lambda job: work(job, on_page))


@contextmanager
def on_executor(executor: Executor) -> Iterator[Workers]:
    """Any executor that the caller opens and closes, a Dask client's `get_executor()` for instance."""
    yield Workers(executor, work)


@contextmanager
def processes(count: int, on_page: OnPage | None = None) -> Iterator[Workers]:
    """`count` local processes. Started afresh (spawn), so that no lock or open library is inherited half-way."""
    context = multiprocessing.get_context("spawn")
    pages: Queue[Told] = context.Queue()
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_begin, initargs=(pages,))
    with _listening(pages, on_page):
        try:
            yield Workers(executor, _work_and_tell)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            raise
        executor.shutdown()


def local(limit: int, on_page: OnPage | None = None) -> Callable[[int], AbstractContextManager[Workers]]:
    """Opens up to `limit` local processes, no more than there are jobs; with a limit of 1, none but this one."""

    def opened(jobs: int) -> AbstractContextManager[Workers]:
        return serial(on_page) if limit == 1 else processes(min(limit, jobs), on_page)

    return opened


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def hush() -> None:
    """What libraries log and warn of while they read is no matter of the person at the terminal."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


@contextmanager
def _listening(pages: Queue[Told], on_page: OnPage | None) -> Iterator[None]:
    """A thread that hands on what the processes tell, until the block ends."""
    end = Event()
    thread = Thread(target=_listen, args=(pages, on_page, end), daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        pages.close()


def _listen(pages: Queue[Told], on_page: OnPage | None, end: Event) -> None:
    while True:
        try:
            told = pages.get(timeout=POLL_SECONDS)
        except Empty:
            if end.is_set():
                return
        else:
            if on_page is not None:
                on_page(*told)


# In a worker process: what it was started with. An executor has no other way to hand a queue to its processes.
_pages: list[Queue[Any]] = []


def _begin(pages: Queue[Told]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the main process to tell, once
    hush()
    _pages.append(pages)


def _work_and_tell(job: Job) -> Digitized:
    return work(job, lambda name, done, total: _pages[-1].put((name, done, total)))
