"""What libraries log or print while they read a document: no noise on the terminal, but something to know of it."""

from __future__ import annotations

import logging
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import parent_process

from pipeline.message import msg
from pipeline.model.issue import Issue
from pipeline.model.text import printable

MOST = 5  # remarks that are told of one document
LONGEST = 200  # characters of one

_OWN = __name__.partition(".")[0]
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")  # where an object lies in memory, which differs from run to run


@contextmanager
def library_remarks() -> Iterator[list[str]]:
    """Collect what libraries say while the block runs: in the list, once the block is left.

    What they log as a warning is taken from the log. What libraries in C print to stderr is taken from there in a
    worker process, whose stderr is its own; elsewhere stderr belongs to the caller.
    """
    found: list[str] = []
    handler = _Collector()
    logging.getLogger().addHandler(handler)
    try:
        with _stderr(found) if parent_process() is not None else _nothing():
            yield found
    finally:
        logging.getLogger().removeHandler(handler)
        found[:0] = handler.lines


def remark_issues(remarks: Iterable[str]) -> list[Issue]:
    """Make an issue of each remark, once, without what differs from run to run; sorted, as workers may share a file."""
    texts = sorted({_ADDRESS.sub("0x…", printable(" ".join(line.split())))[:LONGEST] for line in remarks})
    told = [text for text in texts if text][:MOST]
    return [
        Issue.of("library-remark", "info", msg("a library that reads the file says: {words}", words=words))
        for words in told
    ]


class _Collector(logging.Handler):
    """Keeps the warnings and errors that others than this package log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record."""
        library = record.name.partition(".")[0]
        if library != _OWN:
            self.lines.append(f"{library}: {record.getMessage()}")


@contextmanager
def _stderr(found: list[str]) -> Iterator[None]:
    """Take what is printed to the file descriptor of stderr."""
    sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as taken:
        os.dup2(taken.fileno(), 2)
        try:
            yield
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            taken.seek(0)
            found += taken.read().decode(errors="replace").splitlines()


@contextmanager
def _nothing() -> Iterator[None]:
    yield
