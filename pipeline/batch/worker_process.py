"""The inside of a worker process: it takes calls from the process that watches it, and hands back what they return."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from typing import Any

from pipeline import sentences
from pipeline.imaging.freed_memory import part_large_blocks
from pipeline.model.document import DocumentError
from pipeline.process import send_log_to

Call = tuple[Callable[..., Any], tuple[Any, ...]]
PR_SET_PDEATHSIG = 1  # of Linux' prctl(2)


@dataclass(frozen=True, slots=True)
class Ready:
    """Sent once, when the worker has imported what it reads with."""


@dataclass(frozen=True, slots=True)
class PageDone:
    """`done` of a document's `pages` are read; 0 of 0 when it is begun."""

    document: str
    done: int
    pages: int


@dataclass(frozen=True, slots=True)
class Finished:
    """What a call returned, or the exception that it raised."""

    value: Any = None
    error: Exception | None = None


WorkerMessage = Ready | PageDone | Finished | logging.LogRecord


@dataclass(frozen=True, slots=True)
class WorkerStart:
    """What a worker is started with: its end of the pipe, where it may write, and how it behaves.

    Attributes:
        connection: To the process that watches it.
        scratch: The folder of its temporary files.
        level: From which on it logs.
        address_space: Bytes that it may reserve, the second line behind the watch on its memory; None for no limit.
    """

    connection: Connection[Any, Any]
    scratch: str
    level: int
    address_space: int | None


class Channel:
    """Sends messages to the watching process, from any thread."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection, self._lock = connection, Lock()

    def send(self, message: WorkerMessage) -> None:
        """Send one message; end the process where nobody listens any more."""
        with self._lock:
            try:
                self._connection.send(message)
            except OSError:
                os._exit(1)


class LogToParent(logging.Handler):
    """Sends log records to the watching process, their text made here."""

    def __init__(self, channel: Channel) -> None:
        super().__init__()
        self._channel = channel

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self._channel.send(record)


# The channel of this process: the calls that it is given have no other way to tell how far they are.
_channel: list[Channel] = []


def report_page(document: str, done: int, pages: int) -> None:
    """Tell the watching process how far the reading of a document is; nothing where nobody watches."""
    for channel in _channel:
        channel.send(PageDone(document, done, pages))


def is_worker() -> bool:
    """Whether this is a worker process: it makes one call at a time, and its temporary files go with it."""
    return bool(_channel)


def serve(start: WorkerStart) -> None:
    """Do what the watching process asks for, a call at a time, until it hangs up."""
    _become_worker(start)
    channel = Channel(start.connection)
    _channel.append(channel)
    send_log_to(LogToParent(channel), start.level)
    from pipeline.stages import warm_up  # before the clock of the first document starts

    warm_up()
    channel.send(Ready())
    with suppress(EOFError, OSError):
        while True:
            function, arguments = start.connection.recv()
            _answer(channel, function, arguments)


def _answer(channel: Channel, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Send what a call returns; where there is no memory to send it with, that the document takes too much."""
    try:
        channel.send(_finished(function, arguments))
    except MemoryError:
        channel.send(Finished(error=DocumentError("too-large", sentences.OUT_OF_MEMORY)))


def _finished(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Finished:
    # What a call raises is for the one who asked; what is wrong with a document has become its status before.
    try:
        return Finished(function(*arguments))
    except MemoryError:  # of this process: the limit is the document's
        return Finished(error=DocumentError("too-large", sentences.OUT_OF_MEMORY))
    except Exception as error:
        return Finished(error=error)


def _become_worker(start: WorkerStart) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # only the main process reports an interrupt, once
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(os, "setsid"):
        os.setsid()  # so that programs which it calls end with it
    _end_with_parent()
    silence_libraries()
    part_large_blocks()
    tempfile.tempdir = start.scratch
    os.environ["TMPDIR"] = start.scratch
    if start.address_space is not None:
        _limit_address_space(start.address_space)


def _end_with_parent() -> None:
    """End this process when the one that watches it does, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)


def _limit_address_space(size: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows: the watch on memory is all there is
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = size if most == resource.RLIM_INFINITY else min(size, most)
    with suppress(ValueError, OSError):  # macOS refuses
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))


def silence_libraries() -> None:
    """Keep what libraries log and warn of off the terminal; `-W` and PYTHONWARNINGS still show warnings."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
