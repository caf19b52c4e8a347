"""How a process works on its documents: on one processor, and with memory that it keeps for the next picture."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import cv2

MMAP_THRESHOLD, TRIM_THRESHOLD = -3, -1  # mallopt(3) of glibc
LARGEST_KEPT = 32 << 20  # bytes: the most that glibc allows, more than one label for each pixel of an A4 page takes
MOST_KEPT = 512 << 20  # bytes that are free and not given back


@contextmanager
def one_thread() -> Iterator[None]:
    """OpenCV on this thread alone: on pictures of one page its threads cost a third more work than they save, and a
    run reads a document on every processor already.
    """
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)


@cache
def keep_memory() -> bool:
    """Has the C library keep freed memory for the rest of the process; False where it cannot (it is not glibc).

    Otherwise each picture's memory, some 16 MB, goes back to the system and comes anew page by page, which took a
    tenth of a scanned page's time.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):
        return False
    return bool(mallopt(MMAP_THRESHOLD, LARGEST_KEPT) and mallopt(TRIM_THRESHOLD, MOST_KEPT))
