"""How a process works on a document: on one processor, with the time of its stages and the document's name logged."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

_document: ContextVar[str] = ContextVar("document", default="")


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep OpenCV to the calling thread while the block runs.

    On pictures of one page its threads cost a third more work than they save, and a run reads a document on every
    processor already.
    """
    import cv2

    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


@contextmanager
def stage(log: logging.Logger, name: str, page: int | None = None) -> Iterator[None]:
    """Log how long the block took: at INFO (`-v`), or at DEBUG (`-vv`) where it is about one page.

    A generator does its work when it is consumed, so consume it inside the block. A block that raises is not logged.

    Args:
        log: The logger of the module that does the work.
        name: The stage's name in the log, "layout" for instance.
        page: The number of the page, from 1; None for a stage of the whole document.
    """
    started = perf_counter()
    yield
    milliseconds = 1000 * (perf_counter() - started)
    if page is None:
        log.info("%s: %.0f ms", name, milliseconds)
    else:
        log.debug("page %d: %s: %.0f ms", page, name, milliseconds)


@contextmanager
def logging_of(document: str) -> Iterator[None]:
    """Name `document` in all that is logged while the block runs, where a handler has the filter `DocumentName`."""
    token = _document.set(document)
    try:
        yield
    finally:
        _document.reset(token)


class DocumentName(logging.Filter):
    """Gives each log record the attribute `document`: the name that `logging_of` set, "" where none is set."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Set the attribute, unless a worker process has set it already, and let the record pass."""
        if not hasattr(record, "document"):
            record.document = _document.get()
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
