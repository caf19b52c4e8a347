"""Memory that pictures took, handed back to the system between one set of large pictures and the next."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache


def release_memory() -> None:
    """Hand memory that was freed back to the system, where the C library can.

    glibc keeps what lies between blocks in use, of pictures of some sizes tens of megabytes. Looking through it
    takes a millisecond or so: it is for after large pictures.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    """The function of that name; None where the C library is not glibc."""
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return None
    return trim
