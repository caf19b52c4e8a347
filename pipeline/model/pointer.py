"""JSON pointers (RFC 6901) into a record: `/kegiatan/2/mutu_baku/lain/Rp~1hari`."""

from __future__ import annotations

from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""Names and list places (from 0) from the outside in: ("kegiatan", 2, "mutu_baku", "waktu")."""


def pointer(*path: str | int) -> str:
    """Write a path as a JSON pointer.

    >>> pointer("lain", "A/B~C", 0), pointer()
    ('/lain/A~1B~0C/0', '')
    """
    return "".join(["/" + str(part).replace("~", "~0").replace("/", "~1") for part in path])


def split_pointer(at: str) -> tuple[str, ...]:
    """Read the parts of a JSON pointer, list places as digits.

    >>> split_pointer("/lain/A~1B~0C/0"), split_pointer("")
    (('lain', 'A/B~C', '0'), ())
    """
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in at.split("/")[1:])


def is_within(at: str, outer: str) -> bool:
    """Whether pointer `at` leads to what `outer` leads to, or into it.

    >>> is_within("/kegiatan/1/uraian", "/kegiatan/1"), is_within("/kegiatan/10", "/kegiatan/1")
    (True, False)
    """
    return at == outer or at.startswith(outer + "/")
