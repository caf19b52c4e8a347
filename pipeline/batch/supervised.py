"""Worker processes whose time and memory are watched from outside, so that no document can hang or exhaust a run.

Each has a pipe of its own and shares no lock with the others: whichever dies, at any moment, takes along the one call
that it was at. Of the well-kept pools none does that: those of the standard library break as a whole, pebble's limits
time alone, and its workers share a lock that a worker killed from outside keeps for a minute.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Lock, local
from time import monotonic
from typing import Any, ParamSpec, Protocol, TypeVar

import psutil

from pipeline import sentences
from pipeline.batch.file_faults import MEGABYTE
from pipeline.batch.scratch import Scratch
from pipeline.batch.worker_process import Finished, PageDone, Ready, WorkerMessage, WorkerStart, serve
from pipeline.errors import PipelineError
from pipeline.model.document import DocumentError
from pipeline.process import log_level
from pipeline.settings import LimitSettings

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

LONGEST_GAP = 1.0  # seconds: a longer one between two looks is the machine's, asleep or stopped, not the document's
FREE_SHARE = 0.5  # of the memory allowed: a worker that still holds more after a call is not used again
EXHAUSTED_SHARE = 0.8  # of the address space allowed: who had reserved so much died of it, or is not used again

KILLS = ("SIGKILL", "SIGTERM", "SIGINT", "SIGHUP")  # signals that no library ends its process with
STARTS = 3  # of a process that is killed before it is ready

OnMessage = Callable[[PageDone | logging.LogRecord], None]


class End(Protocol):
    """Says when nobody waits for a call any more, as a `threading.Event` does."""

    def is_set(self) -> bool:
        """Whether it is to be given up."""


class WorkerDied(BrokenExecutor):
    """A worker was killed, or crashed; `how` says by what."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how

    @property
    def was_killed(self) -> bool:
        """Whether somebody ended it from outside: a person, or a system short of memory."""
        return self.how in KILLS


class Watch:
    """The clock of one call, which a finished page sets back in part. Times in seconds."""

    def __init__(self, limits: LimitSettings) -> None:
        self._limits, self._looked = limits, monotonic()
        self._total = self._page = 0.0
        self._pages = 0

    def page_done(self, number: int) -> None:
        """A page was finished."""
        self._pages, self._page = number, 0.0

    def check(self, memory: float) -> None:
        """Look at the clock, and at the memory of the process in megabytes. Raises DocumentError beyond a limit."""
        now = monotonic()
        gap, self._looked = min(now - self._looked, LONGEST_GAP), now
        self._total, self._page = self._total + gap, self._page + gap
        limits = self._limits
        if memory > limits.megabytes:
            raise DocumentError("too-large", sentences.TOO_MUCH_MEMORY.format(megabytes=limits.megabytes))
        if self._total > limits.seconds:
            raise DocumentError("timed-out", sentences.TIMED_OUT.format(seconds=limits.seconds))
        if self._page > limits.page_seconds:
            told = sentences.TIMED_OUT_ON_PAGE.format(seconds=limits.page_seconds, pages=self._pages)
            raise DocumentError("timed-out", told)


class WorkerProcess:
    """One process and the pipe to it.

    Args:
        limits: Of each call that it is given.
        scratch: The folder below which it has its temporary files.
        level: From which on it logs.
    """

    def __init__(self, limits: LimitSettings, scratch: Path, level: int) -> None:
        context = get_context("spawn")  # started afresh, so that no lock or open library is inherited half-way
        self._limits = limits
        self._scratch = tempfile.mkdtemp(dir=scratch)
        self._connection, theirs = context.Pipe()
        space = round((limits.megabytes + limits.library_megabytes) * MEGABYTE)
        start = WorkerStart(theirs, self._scratch, level, space)
        self._process = context.Process(target=serve, args=(start,), daemon=True)
        self._reserved = 0.0
        self._process.start()
        theirs.close()

    def await_ready(self, end: End) -> None:
        """Wait until the process has imported what it reads with, or `end` is set.

        Raises:
            WorkerDied: It was killed before.
            PipelineError: It did not come so far for another reason.
        """
        begun = monotonic()
        try:
            while not end.is_set() and monotonic() - begun < self._limits.starting_seconds:
                if self._connection.poll(self._limits.watch_seconds) and isinstance(self._connection.recv(), Ready):
                    return
        except (EOFError, OSError):
            self._process.join(LONGEST_GAP)
            death = self._death()
            if isinstance(death, WorkerDied) and death.was_killed:
                self.kill()
                raise death from None
        self.kill()
        why = f"exit code {self._process.exitcode}"
        raise PipelineError(sentences.NOT_STARTED.format(why=why), sentences.NOT_STARTED_ADVICE)

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...], on_message: OnMessage, end: End) -> Any:
        """Have the process call a function.

        Args:
            function: What to call; it and its arguments can be pickled.
            arguments: What to call it with.
            on_message: Called with what the process tells meanwhile.
            end: Where it is set, the call is given up.

        Raises:
            DocumentError: The call took more time or memory than allowed.
            WorkerDied: The process did not live to return, or `end` was set.
        """
        watch = Watch(self._limits)
        try:
            self._connection.send((function, arguments))
            while not end.is_set():
                if self._connection.poll(self._limits.watch_seconds):
                    message: WorkerMessage = self._connection.recv()
                    if isinstance(message, Finished):
                        break
                    if isinstance(message, PageDone):
                        watch.page_done(message.done)
                    if not isinstance(message, Ready):
                        on_message(message)
                watch.check(self.megabytes())
            else:
                raise WorkerDied("ended")
        except (EOFError, OSError):
            self._process.join(LONGEST_GAP)
            raise self._death() from None
        return _value(message)  # out here: an OSError of the call itself is not its process's death

    def megabytes(self) -> float:
        """The resident memory of the process in megabytes; 0 where it is no more."""
        try:
            memory = psutil.Process(self._process.pid).memory_info()
        except psutil.Error:
            return 0.0
        self._reserved = memory.vms / MEGABYTE
        return float(memory.rss / MEGABYTE)

    @property
    def is_usable(self) -> bool:
        """Whether it lives, and holds little enough memory to be given another call."""
        is_small = self.megabytes() <= FREE_SHARE * self._limits.megabytes
        return self._process.is_alive() and is_small and not self._is_exhausted

    def kill(self) -> None:
        """End the process, the programs that it called and its temporary files."""
        if self._process.pid is not None and hasattr(os, "killpg"):
            with suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(OSError):
            self._process.kill()
        self._process.join()
        self._connection.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    @property
    def _is_exhausted(self) -> bool:
        """Whether it had reserved so much address space, when last looked at, that little is left."""
        return self._reserved > EXHAUSTED_SHARE * (self._limits.megabytes + self._limits.library_megabytes)

    def _death(self) -> Exception:
        code = self._process.exitcode
        if self._is_exhausted:
            return DocumentError("too-large", sentences.OUT_OF_MEMORY)
        return WorkerDied(signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}")


def _value(message: Finished) -> Any:
    if message.error is not None:
        raise message.error
    return message.value


def started(start: Callable[[], WorkerProcess]) -> WorkerProcess:
    """Start a process, and another one where it is killed on the way.

    Raises:
        PipelineError: So were all that were started.
    """
    why = ""
    for _ in range(STARTS):
        try:
            return start()
        except WorkerDied as killed:
            why = killed.how
    raise PipelineError(sentences.NOT_STARTED.format(why=why), sentences.NOT_STARTED_ADVICE)


class Supervised(Executor):
    """An executor of `count` processes, each watched by a thread of this one.

    A call beyond the limits raises DocumentError, one whose process dies WorkerDied; its process is replaced. The
    limits hold for any call, be it a document or a page of one.
    """

    def __init__(self, count: int, limits: LimitSettings, on_message: OnMessage) -> None:
        self._limits, self._on_message = limits, on_message
        self._scratch = Scratch()
        self._end, self._lock, self._own = Event(), Lock(), local()
        self._workers: set[WorkerProcess] = set()
        self._threads = ThreadPoolExecutor(count, "watch", initializer=_leave_signals_to_main)

    @property
    def folder(self) -> Path:
        """The folder of the temporary files of all its processes, which goes with it."""
        return self._scratch.path

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have a process call `fn`, which with its arguments can be pickled; no keyword arguments."""
        return self._threads.submit(self._call, fn, args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes: after the calls that were submitted, or at once where these are cancelled."""
        if cancel_futures:
            self._end.set()
        self._threads.shutdown(wait=True, cancel_futures=cancel_futures)
        for worker in list(self._workers):
            self._drop(worker)
        self._scratch.remove()

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        worker, begun = self._usable_worker(), monotonic()
        try:
            return worker.call(function, arguments, self._on_message, self._end)
        except (DocumentError, WorkerDied) as end:
            self._drop(worker)
            log.info("given up: %s in %.0f ms", end, 1000 * (monotonic() - begun))
            raise

    def _usable_worker(self) -> WorkerProcess:
        """The worker of this thread, a new one where it had none or that one is used up."""
        worker: WorkerProcess | None = getattr(self._own, "worker", None)
        if worker is not None and worker in self._workers:
            if worker.is_usable:
                return worker
            self._drop(worker)
        worker = started(self._started)
        self._own.worker = worker
        return worker

    def _started(self) -> WorkerProcess:
        worker = WorkerProcess(self._limits, self._scratch.path, log_level())
        with self._lock:
            self._workers.add(worker)
        try:
            worker.await_ready(self._end)
        except WorkerDied:
            self._drop(worker)
            raise
        return worker

    def _drop(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.kill()


def _leave_signals_to_main() -> None:
    """Have a thread, and the processes that it starts, take no interrupt: from their first moment they say nothing."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
