"""Where jobs run: in this process, in several local ones, or on any executor of `concurrent.futures`."""

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
from logging.handlers import QueueHandler
from multiprocessing.queues import Queue
from queue import Empty
from threading import Event, Thread
from typing import ParamSpec, TypeVar

from pipeline.batch.job import Job, OnPage, run_job
from pipeline.model.document import Digitized
from pipeline.process import log_level, send_log_to

P = ParamSpec("P")
T = TypeVar("T")
POLL_SECONDS = 0.1  # how long the listener waits for a message before it looks whether the workers are done


@dataclass(frozen=True)
class Workers:
    """An executor and the task to give it. The task must be picklable where the executor is another process."""

    executor: Executor
    task: Callable[[Job], Digitized]


@dataclass(frozen=True, slots=True)
class PageDone:
    """Sent by a worker process: `done` of a document's `pages` are read."""

    document: str
    done: int
    pages: int


Message = PageDone | logging.LogRecord


class Serial(Executor):
    """An executor that runs each call at once, in the calling thread."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call `fn` and return its result as a future that is done; what `fn` raises is raised here."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def serial(on_page: OnPage | None = None) -> Iterator[Workers]:
    """Run jobs in this process, one after the other."""
    yield Workers(Serial(), lambda job: run_job(job, on_page))


@contextmanager
def on_executor(executor: Executor) -> Iterator[Workers]:
    """Run jobs on an executor that the caller opens and closes, a Dask client's `get_executor()` for instance."""
    yield Workers(executor, run_job)


@contextmanager
def processes(count: int, on_page: OnPage | None = None) -> Iterator[Workers]:
    """Run jobs in `count` local processes, which hand their log records to this one.

    Started afresh (spawn), so that no lock or open library is inherited half-way.
    """
    context = multiprocessing.get_context("spawn")
    messages: Queue[Message] = context.Queue()
    arguments = (messages, log_level())
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker, initargs=arguments)
    with _listening(messages, on_page):
        try:
            yield Workers(executor, _run_and_report)
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            raise
        executor.shutdown()


def local_workers(limit: int, on_page: OnPage | None = None) -> Callable[[int], AbstractContextManager[Workers]]:
    """Return what opens up to `limit` local processes, no more than there are jobs; only this one for a limit of 1."""

    def open_workers(jobs: int) -> AbstractContextManager[Workers]:
        return serial(on_page) if limit == 1 else processes(min(limit, jobs), on_page)

    return open_workers


def usable_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def silence_libraries() -> None:
    """Keep what libraries log and warn of off the terminal; `-W` and PYTHONWARNINGS still show warnings."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


@contextmanager
def _listening(messages: Queue[Message], on_page: OnPage | None) -> Iterator[None]:
    """Handle the workers' messages in a thread until the block ends and no message is left."""
    end = Event()
    thread = Thread(target=_listen, args=(messages, on_page, end), daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        messages.close()


def _listen(messages: Queue[Message], on_page: OnPage | None, end: Event) -> None:
    # No QueueListener: it ends by a message to itself, which never arrives where a worker died holding the queue.
    while True:
        try:
            message = messages.get(timeout=POLL_SECONDS)
        except Empty:
            if end.is_set():
                return
        else:
            _handle(message, on_page)


def _handle(message: Message, on_page: OnPage | None) -> None:
    if isinstance(message, logging.LogRecord):
        logging.getLogger(message.name).handle(message)
    elif on_page is not None:
        on_page(message.document, message.done, message.pages)


# In a worker process: the queue it was started with. An executor has no other way to hand one to its processes.
_messages: list[Queue[Message]] = []


def _start_worker(messages: Queue[Message], level: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the main process reports an interrupt, once
    silence_libraries()
    send_log_to(QueueHandler(messages), level)
    _messages.append(messages)


def _run_and_report(job: Job) -> Digitized:
    return run_job(job, lambda name, done, pages: _messages[-1].put(PageDone(name, done, pages)))
