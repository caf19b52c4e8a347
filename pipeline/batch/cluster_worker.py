"""The inside of a Dask worker: each call is made by a process that is watched, so that the limits hold as locally."""

from __future__ import annotations

import atexit
import logging
import pickle
import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib import metadata
from multiprocessing import current_process
from pathlib import Path
from threading import Lock, Timer
from time import monotonic
from typing import Any

from pipeline.batch.scratch import Scratch, sweep_scratch
from pipeline.batch.supervised import WorkerDied, WorkerProcess, started
from pipeline.batch.worker_process import PageDone
from pipeline.errors import PipelineError
from pipeline.message import Message, msg
from pipeline.settings import ClusterSettings, LimitSettings
from pipeline.store.cache import code_version
from pipeline.store.remote_path import remote

Environment = Callable[[], str]
"""Tells the OCR engine of a machine and its languages in one line; can be pickled."""

News = PageDone | logging.LogRecord

DIFFERS = msg("the worker {worker} has another {what} than this machine, and would read documents otherwise")
DIFFERS_ADVICE = msg("Install the same on all machines; `sop doctor` lists it.")
UNSEEN = msg("the worker {worker} does not see {path}")
UNSEEN_ADVICE = msg("Inputs and outputs must be in a store, or in folders that all machines have under the same path.")
DASK = ("dask", "distributed")
ENDING = frozenset({"closing", "closed", "failed"})  # of Dask's names for how a worker is


@dataclass(frozen=True)
class Build:
    """What reads documents on a machine: another one may make other bytes of the same document.

    Attributes:
        program: This package and its libraries, as one key.
        python: Its version, as in "3.11".
        dask: The versions of Dask's packages.
        recognition: The OCR engine, its version and its languages.
    """

    program: str
    python: str
    dask: str
    recognition: str

    @classmethod
    def here(cls, environment: Environment) -> Build:
        """The build of this machine."""
        python = ".".join(platform.python_version_tuple()[:2])
        dask = " ".join(f"{name} {metadata.version(name)}" for name in DASK)
        return cls(code_version(), python, dask, environment())

    def difference(self, other: Build) -> Message | str | None:
        """What another build has otherwise; None where both are the same."""
        parts: list[tuple[Message | str, str, str]] = [
            ("Python", self.python, other.python),
            ("Dask", self.dask, other.dask),
            (msg("version of this program or of its libraries"), self.program, other.program),
            (msg("OCR engine, or other languages of it,"), self.recognition, other.recognition),
        ]
        return next((what for what, own, theirs in parts if own != theirs), None)


_build_here = cache(Build.here)  # once per Dask worker: programs are asked for their versions
_seen: set[tuple[str, Path]] = set()  # by this Dask worker, in which run


@dataclass(frozen=True)
class Terms:
    """What all calls of a run have in common.

    Attributes:
        build: That of the machine that the run was started on.
        environment: Finds out what recognises text on a worker's machine.
        places: Paths that a worker has to see.
        limits: Of each call.
        level: From which on is logged.
        topic: Under which news is sent through the scheduler.
        settings: How often, and how long processes are kept.
    """

    build: Build
    environment: Environment
    places: tuple[Path, ...]
    limits: LimitSettings
    level: int
    topic: str
    settings: ClusterSettings


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call, pickled so that no machine between has to unpack it.

    Attributes:
        value: What the call returned; None where it raised.
        error: What it raised.
        news: Pages and log lines that were not told before.
    """

    value: bytes | None
    error: Exception | None
    news: bytes


def obstacle(terms: Terms, worker: str) -> PipelineError | None:
    """Why this machine must not take part in a run; None where it may. `worker` is what it is called."""
    different = terms.build.difference(_build_here(terms.environment))
    if different is not None:
        return PipelineError(DIFFERS.format(worker=worker, what=different), DIFFERS_ADVICE)
    for path in terms.places:
        if (terms.topic, path) not in _seen and not path.exists():
            return PipelineError(UNSEEN.format(worker=worker, path=str(path)), UNSEEN_ADVICE)
        if remote(path):  # a store is asked once: each question takes its time, and may be charged for
            _seen.add((terms.topic, path))
    return None


def look(terms: Terms, dask_worker: Any) -> PipelineError | None:
    """Ask a worker, before it is given any call, whether it may take part in a run. Dask gives it the worker."""
    return obstacle(terms, dask_worker.address)


def answer(terms: Terms, number: int, call: bytes) -> Answer:
    """Have a watched process make a call.

    Args:
        terms: Of the run.
        number: The call's, for news about it.
        call: A function and its arguments, pickled.
    """
    from distributed import Reschedule, get_worker

    worker = get_worker()
    news = Reporter(partial(worker.log_event, terms.topic), number, terms.settings.news_seconds)
    try:
        refused = obstacle(terms, worker.address)
        if refused is not None:
            raise refused
        value = _children.call(terms, call, news.take, Unwanted(worker))
    except Exception as error:  # of whatever kind, it is for the one who asked
        if worker.status.name in ENDING:
            raise Reschedule from error
        return Answer(None, error, news.rest())
    return Answer(value, None, news.rest())


def call_packed(call: bytes) -> bytes:
    """Make a call in the process that is watched; return what it returned, pickled."""
    function, arguments = pickle.loads(call)
    return pickle.dumps(function(*arguments), pickle.HIGHEST_PROTOCOL)


class Reporter:
    """Collects news of a call, and sends it a bundle at a time."""

    def __init__(self, send: Callable[[dict[str, Any]], None], number: int, seconds: float) -> None:
        self._send, self._number, self._seconds = send, number, seconds
        self._news: list[News] = []
        self._sent = monotonic()

    def take(self, message: News) -> None:
        """Take a page or a line of the log."""
        self._news.append(message)
        if monotonic() - self._sent >= self._seconds:
            self._send({"call": self._number, "news": self.rest()})
            self._sent = monotonic()

    def rest(self) -> bytes:
        """What was not sent yet, pickled; it counts as sent then."""
        news, self._news = self._news, []
        return pickle.dumps(news, pickle.HIGHEST_PROTOCOL)


class Unwanted:
    """Whether nobody waits for the call of this thread any more: it was cancelled, or the worker is ending."""

    def __init__(self, worker: Any) -> None:
        self._worker, self._key = worker, worker.get_current_task()

    def is_set(self) -> bool:
        """Look now."""
        task = self._worker.state.tasks.get(self._key)
        return task is None or task.state == "cancelled" or self._worker.status.name in ENDING


Kind = tuple[LimitSettings, int]
"""What a process was started with: its limits, and from which level on it logs."""


@dataclass(frozen=True, slots=True)
class Idle:
    """A process that waits for its next call, since when."""

    kind: Kind
    process: WorkerProcess
    since: float


class Children:
    """The processes that a Dask worker has watched: one for each call under way, and those kept for the next."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._idle: list[Idle] = []
        self._busy = 0
        self._scratch: Scratch | None = None
        self._sweeper: Timer | None = None

    def call(self, terms: Terms, call: bytes, on_news: Callable[[News], None], end: Unwanted) -> bytes:
        """Have a process make a call.

        Raises:
            DocumentError: It took more time or memory than allowed.
            WorkerDied: The process did not live to return, or nobody waits for it any more.
            PipelineError: No process could be started.
            Exception: What the call raised.
        """
        kind, idle_seconds = (terms.limits, terms.level), terms.settings.idle_seconds
        with self._lock:
            self._busy += 1
        process = None
        try:
            process = self._kept(kind) or started(partial(self._new, kind, end))
            value: bytes = process.call(call_packed, (call,), on_news, end)
        except BaseException:
            if process is not None:
                process.kill()
            self._done(None, idle_seconds)
            raise
        self._done(Idle(kind, process, monotonic()), idle_seconds)
        return value

    def _kept(self, kind: Kind) -> WorkerProcess | None:
        while True:
            with self._lock:
                idle = next((each for each in reversed(self._idle) if each.kind == kind), None)
                if idle is None:
                    return None
                self._idle.remove(idle)
            if idle.process.is_usable:
                return idle.process
            idle.process.kill()

    def _new(self, kind: Kind, end: Unwanted) -> WorkerProcess:
        with self._lock:
            if self._scratch is None:
                sweep_scratch()
                self._scratch = Scratch()
                atexit.register(self._scratch.remove)
            # A nanny starts its worker so that it may have no children, lest they outlive it. These end with it.
            current_process().daemon = False
            limits, level = kind
            process = WorkerProcess(limits, self._scratch.path, level)
        try:
            process.await_ready(end)
        except WorkerDied:
            process.kill()
            raise
        return process

    def _done(self, kept: Idle | None, idle_seconds: float) -> None:
        with self._lock:
            self._busy -= 1
            if kept is not None:
                self._idle.append(kept)
            if self._sweeper is None:
                self._sweep_in(idle_seconds)

    def _sweep_in(self, seconds: float) -> None:
        self._sweeper = Timer(seconds, self._sweep, (seconds,))
        self._sweeper.daemon = True
        self._sweeper.start()

    def _sweep(self, idle_seconds: float) -> None:
        """End what was idle for so long, and with the last process the folder of temporary files."""
        with self._lock:
            since = monotonic() - idle_seconds
            old = [each for each in self._idle if each.since <= since]
            self._idle = [each for each in self._idle if each.since > since]
            for each in old:
                each.process.kill()
            self._sweeper = None
            if self._idle or self._busy:
                self._sweep_in(idle_seconds)
            elif self._scratch is not None:
                atexit.unregister(self._scratch.remove)
                self._scratch.remove()
                self._scratch = None


_children = Children()  # of this Dask worker: the calls that it is given have no other way to those before them
