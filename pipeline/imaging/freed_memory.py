"""Memory that pictures took, handed back to the system between one set of large pictures and the next."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from functools import cache

LARGE = 20_000_000  # bytes of a picture from which on it is worth it: an A4 page in colour at 300 dpi has 26 million
M_MMAP_THRESHOLD = -3  # of mallopt(3)
LARGE_BLOCK = 6_000_000  # bytes: a grey A4 page at 300 dpi has 8.7 million; smaller ones would cost more time


def release_memory(after: int = LARGE) -> None:
    """Hand memory that was freed back to the system, where the C library can, after a large picture.

    glibc keeps what lies between blocks in use, of pictures of some sizes tens of megabytes. What is handed back has
    to be asked for again, page by page, so that it is not for after small pictures.

    Args:
        after: The bytes of the picture that was worked with; if not given, whatever it was.
    """
    trim = _malloc_trim() if after >= LARGE else None
    if trim is not None:
        trim(0)


def part_large_blocks() -> None:
    """Have this process hand back each large block as soon as it is freed, where the C library can.

    Else glibc takes larger and larger ones, up to 32 MB, from the room that small ones lie in, where pictures of
    changing sizes leave gaps.
    """
    with suppress(AttributeError, OSError, TypeError):  # musl, macOS, Windows
        ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """The function of that name; None where the C library is not glibc."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return None
    return trim
