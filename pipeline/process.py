"""How a process works on a document: on one processor, with the time of its stages and the document's name logged."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter

from threadpoolctl import ThreadpoolController

log = logging.getLogger(__name__)

NEW_OBJECTS = 50_000  # about those of 25 pages: a tenth of these looks go on to older objects, and a hundredth to all


@dataclass(frozen=True)
class LoggedDocument:
    """The document that is worked on: its name, and the time of its stages in milliseconds, added up over pages."""

    name: str
    times: dict[str, float] = field(default_factory=dict)


_document: ContextVar[LoggedDocument | None] = ContextVar("document", default=None)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep OpenCV and NumPy's linear algebra to the calling thread while the block runs.

    On pictures of one page OpenCV's threads cost a third more work than they save, on equations of a document's size
    those of the linear algebra a hundred times more, and a run reads a document on every processor already.
    """
    import cv2

    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        with _linear_algebra(len(sys.modules)).limit(limits=1, user_api="blas"):
            yield
    finally:
        cv2.setNumThreads(before)


@lru_cache(maxsize=1)
def _linear_algebra(modules: int) -> ThreadpoolController:
    """The libraries of linear algebra that this process has loaded, looked for once for each number of its modules.

    NumPy, SciPy and OpenCV each bring their own, and SciPy is not imported before a scan needs it.
    """
    return ThreadpoolController()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for cycles of dead objects once in many pages while the block runs.

    Python looks through all objects of the process each time that some thousands are new, which took an eighth of the
    time of a text page. What is read of a page is freed without it, since hardly anything refers to itself.
    """
    before = gc.get_threshold()
    gc.set_threshold(NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def stage(log: logging.Logger, name: str, page: int | None = None) -> Iterator[None]:
    """Log how long the block took.

    At INFO (`-v`); where it is about one page at DEBUG (`-vv`), and `log_stage_times` logs the sum over the pages. A
    generator does its work when it is consumed, so consume it inside the block; a stage inside a stage counts for both.
    A block that raises is not logged.

    Args:
        log: The logger of the module that does the work.
        name: The stage's name in the log, "layout" for instance.
        page: The number of the page, from 1; None for a stage of the whole document or run.
    """
    started = perf_counter()
    yield
    milliseconds = 1000 * (perf_counter() - started)
    if page is None:
        log.info("%s: %.0f ms", name, milliseconds)
        return
    log.debug("page %d: %s: %.0f ms", page, name, milliseconds)
    document = _document.get()
    if document is not None:
        document.times[name] = document.times.get(name, 0.0) + milliseconds


@contextmanager
def logging_of(name: str) -> Iterator[None]:
    """Name the document in all that is logged while the block runs, by handlers with the filter `DocumentName`."""
    token = _document.set(LoggedDocument(name))
    try:
        yield
    finally:
        _document.reset(token)


def log_stage_times() -> None:
    """Log how long each stage took over all pages of the document that `logging_of` named."""
    document = _document.get()
    if document and document.times:
        times = ", ".join(f"{name} {milliseconds:.0f} ms" for name, milliseconds in document.times.items())
        log.info("all pages: %s", times)


class DocumentName(logging.Filter):
    """Gives each log record the attribute `document`: the name that `logging_of` set, "" where none is set."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Set the attribute, unless a worker process has set it already, and let the record pass."""
        if not hasattr(record, "document"):
            document = _document.get()
            record.document = document.name if document else ""
        return True


def send_log_to(handler: logging.Handler, level: int) -> None:
    """Send what the package logs from `level` on to `handler`, each record with the name of its document."""
    handler.addFilter(DocumentName())
    _package_logger().addHandler(handler)
    _package_logger().setLevel(level)


def stop_log_to(handler: logging.Handler) -> None:
    """Undo `send_log_to`."""
    _package_logger().removeHandler(handler)
    _package_logger().setLevel(logging.NOTSET)


def log_level() -> int:
    """The level from which on the package logs, for a worker process to log from the same."""
    return _package_logger().getEffectiveLevel()


def _package_logger() -> logging.Logger:
    return logging.getLogger(__name__.partition(".")[0])
