"""The executor that hands calls to a Dask cluster, and tells what befalls it in the words of a local run."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, ParamSpec, TypeVar

from pipeline.batch.cluster_worker import Answer, Terms, answer
from pipeline.batch.job import OnPage
from pipeline.batch.supervised import WorkerDied
from pipeline.batch.worker_process import PageDone
from pipeline.errors import PipelineError
from pipeline.message import Message, msg

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

LOST = msg("the scheduler {address} does not answer any more")
LOST_ADVICE = msg("What was read so far is kept for the next run.")
NO_WORKERS = msg("the cluster {address} has had no worker for {seconds} seconds")
NO_WORKERS_ADVICE = msg("Start workers: dask worker {address}")
REFUSED = msg("the cluster {address} refused a document: {why}")


class DaskWorkersDied(WorkerDied):
    """One Dask worker after the other died, or was lost, while it had a document.

    What a document does to a machine ends with the process that reads it: it is not to blame.
    """

    @property
    def was_killed(self) -> bool:
        """Somebody ended them, or their machines."""
        return True


class ClusterExecutor(Executor):
    """Makes calls on the workers of a cluster, each in a process of its own account that is watched there.

    A call beyond the limits raises DocumentError; one whose process or whose Dask worker dies again and again
    WorkerDied; one that the cluster cannot make at all PipelineError.
    """

    def __init__(self, client: Any, terms: Terms, on_page: OnPage | None) -> None:
        self._client, self._terms, self._on_page = client, terms, on_page
        self._address: str = client.scheduler.address
        self._tasks = client.get_executor(pure=False)
        self._lock, self._end = Lock(), Event()
        self._waiting: dict[int, Future[Any]] = {}
        self._number = 0
        self._fault: PipelineError | None = None
        client.subscribe_topic(terms.topic, self._hear)
        self._watch = Thread(target=self._watch_workers, name="watch cluster", daemon=True)
        self._watch.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a worker call `fn`, which with its arguments can be pickled; no keyword arguments.

        Raises:
            PipelineError: The cluster is not there any more.
        """
        future: Future[T] = Future()
        with self._lock:
            if self._fault is not None:
                raise self._fault
            self._number += 1
            number = self._number
            self._waiting[number] = future
        call = pickle.dumps((fn, args), pickle.HIGHEST_PROTOCOL)
        try:
            task = self._tasks.submit(answer, self._terms, number, call)
        except Exception as error:  # of any kind, from any library: the client was closed meanwhile
            raise self._fail(PipelineError(LOST.format(address=self._address), LOST_ADVICE)) from error
        future.add_done_callback(partial(self._cancel, number, task))
        task.add_done_callback(partial(self._settle, number))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the calls that were submitted, or cancel them: no worker goes on with them then."""
        waiting = list(self._waiting.values())
        for future in waiting:
            if cancel_futures:
                future.cancel()
            elif wait:
                future.exception()
        self._end.set()
        self._watch.join()
        with suppress(Exception):  # the scheduler may be gone; else it would try to tell this client that it has left
            self._client.unsubscribe_topic(self._terms.topic)

    def _cancel(self, number: int, task: Future[Answer], future: Future[Any]) -> None:
        if future.cancelled():
            with self._lock:
                self._waiting.pop(number, None)
            task.cancel()

    def _settle(self, number: int, task: Future[Answer]) -> None:
        """Hand on what came of a call; in the client's thread."""
        try:
            found = self._value(task)
        except Exception as error:
            self._end_call(number, error=error)
        else:
            self._end_call(number, value=found)

    def _value(self, task: Future[Answer]) -> Any:
        if task.cancelled():
            raise PipelineError(LOST.format(address=self._address), LOST_ADVICE)
        error = task.exception()
        if error is not None:
            raise self._translated(error)
        result = task.result()
        self._tell(result.news, with_pages=True)
        if result.error is not None:
            raise result.error
        return pickle.loads(result.value or b"")

    def _translated(self, error: BaseException) -> Exception:
        from distributed.scheduler import KilledWorker

        if isinstance(error, KilledWorker):
            return DaskWorkersDied(f"{error.allowed_failures + 1} Dask workers died with it")
        why = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return PipelineError(REFUSED.format(address=self._address, why=why))

    def _end_call(self, number: int, value: Any = None, error: Exception | None = None) -> None:
        with self._lock:
            future = self._waiting.pop(number, None)
        if future is None or not future.set_running_or_notify_cancel():
            return
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def _fail(self, fault: PipelineError) -> PipelineError:
        """End all calls with a fault of the cluster."""
        with self._lock:
            self._fault = self._fault or fault
            numbers = list(self._waiting)
        for number in numbers:
            self._end_call(number, error=fault)
        return fault

    def _hear(self, event: tuple[float, Any]) -> None:
        """Take news of a call that is under way; in the client's thread."""
        _, told = event
        if isinstance(told, dict) and "news" in told:  # the scheduler has events of its own under this topic
            self._tell(told["news"], with_pages=told["call"] in self._waiting)

    def _tell(self, news: bytes, *, with_pages: bool) -> None:
        """Hand on pages and log lines; pages of a call that has come to its end are told already."""
        for message in pickle.loads(news):
            if isinstance(message, logging.LogRecord):
                logging.getLogger(message.name).handle(message)
            elif self._on_page is not None and with_pages and isinstance(message, PageDone):
                self._on_page(message.document, message.done, message.pages)

    def _watch_workers(self) -> None:
        """End all calls where there has been no worker for so long: Dask itself would wait for ever."""
        settings, seen = self._terms.settings, monotonic()
        while not self._end.wait(settings.look_seconds):
            try:
                there = bool(self._client.nthreads())
            except Exception as error:  # the scheduler is gone, which the calls are told
                log.debug("no look at the workers: %s", error)
                continue
            seen = monotonic() if there or not self._waiting else seen
            if monotonic() - seen > settings.wait_seconds:
                self._fail(no_workers(self._address, settings.wait_seconds))
                return


def no_workers(address: str, seconds: float) -> PipelineError:
    """Nobody is there to do the work."""
    advice: Message = NO_WORKERS_ADVICE.format(address=address)
    return PipelineError(NO_WORKERS.format(address=address, seconds=seconds), advice)
