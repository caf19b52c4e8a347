"""Mutations of the fuzzer that know how a binary format is built: PNG and zip by their parts, JPEG and TIFF by numbers.

What is changed is what a file says; all else stays right, so that its reader gets as far as that.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import TypeVar

from bench.fuzz_mutations import EXTREMES, bytes_mutated, lines_mutated

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PADDING = 10**7  # bytes: more than a part of a document has

N = TypeVar("N", str, bytes)
Chunk = tuple[bytes, bytes]
"""Of a PNG: its kind and its data."""
Member = tuple[str, bytes]
"""Of a zip: its name and its content."""


def png_mutated(content: bytes, choice: random.Random) -> bytes:
    """A PNG one of whose chunks says something else, its checksum being right."""
    chunks = _png_chunks(content)
    if not chunks:
        return bytes_mutated(content, choice)
    place = choice.randrange(len(chunks))
    choice.choice(CHUNK_CHANGES)(chunks, place, choice)
    return PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def zip_mutated(content: bytes, choice: random.Random) -> bytes:
    """A word processor file one of whose parts is damaged, gone, huge, or has a name that leads elsewhere."""
    members = _zip_members(content)
    if not members:
        return bytes_mutated(content, choice)
    place = choice.randrange(len(members))
    choice.choice(MEMBER_CHANGES)(members, place, choice)
    return _zipped(members)


def _damage(parts: list[tuple[N, bytes]], place: int, choice: random.Random) -> None:
    name, data = parts[place]
    parts[place] = (name, bytes_mutated(data, choice))


def _drop(parts: list[tuple[N, bytes]], place: int, _choice: random.Random) -> None:
    del parts[place]


def _resize(chunks: list[Chunk], _place: int, choice: random.Random) -> None:
    """The header tells other sides, depth and colours than the picture has."""
    depth, colour = choice.choice((1, 2, 4, 8, 16, 3)), choice.choice((0, 2, 3, 4, 6, 9))
    sides = [choice.choice((0, 1, 40, 5000, 60_000, 2**31 - 1)) for _ in range(2)]
    chunks[0] = (b"IHDR", struct.pack(">IIBBBBB", *sides, depth, colour, 0, 0, choice.randrange(3)))


def _repeat(chunks: list[Chunk], place: int, choice: random.Random) -> None:
    chunks[place:place] = [chunks[place]] * choice.choice((1, 200))


def _insert_bomb(chunks: list[Chunk], _place: int, choice: random.Random) -> None:
    """A chunk that is small, and unpacks to much."""
    bomb = b"x\0\0" + zlib.compress(bytes(choice.choice((10, 10**7))), 9)
    chunks.insert(1, (choice.choice((b"zTXt", b"iCCP", b"eXIf", b"acTL", b"fcTL", b"PLTE", b"tRNS")), bomb))


def _pad(members: list[Member], place: int, _choice: random.Random) -> None:
    name, data = members[place]
    members[place] = (name, data + b" " * PADDING)


def _escape(members: list[Member], _place: int, choice: random.Random) -> None:
    """A member more, by a name outside the folder that a zip is unpacked to."""
    members.append((choice.choice(("../../../escaped.txt", "/tmp/escaped.txt", "a/" * 500 + "b")), b"out"))


def _change_elements(members: list[Member], place: int, choice: random.Random) -> None:
    """XML whose elements were moved, doubled or taken out."""
    name, data = members[place]
    members[place] = (name, lines_mutated(data.replace(b"><", b">\n<"), choice))


CHUNK_CHANGES: tuple[Callable[[list[Chunk], int, random.Random], None], ...] = (
    _resize,
    _damage,
    _repeat,
    _insert_bomb,
    _drop,
)
MEMBER_CHANGES: tuple[Callable[[list[Member], int, random.Random], None], ...] = (
    _damage,
    _drop,
    _pad,
    _escape,
    _change_elements,
)


def _png_chunks(content: bytes) -> list[Chunk]:
    chunks, place = [], len(PNG_SIGNATURE)
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + size]))
        place += 12 + size
    return chunks


def _zip_members(content: bytes) -> list[Member]:
    """What is in a zip; nothing where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return []


def _zipped(members: Sequence[Member]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name[:60_000]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def jpeg_mutated(content: bytes, choice: random.Random) -> bytes:
    """A JPEG with other numbers in the segments before its picture: sizes, tables, marks."""
    marks = [found.start() for found in re.finditer(rb"\xff[\xc0-\xfe]", content[:4000])]
    if not marks:
        return bytes_mutated(content, choice)
    data, place = bytearray(content), choice.choice(marks)
    for _ in range(choice.randrange(1, 4)):
        at = min(place + choice.randrange(1, 12), len(data) - 1)
        data[at] = choice.choice((0, 1, 0x7F, 0xFF, choice.randrange(256)))
    return bytes(data)


def tiff_mutated(content: bytes, choice: random.Random) -> bytes:
    """A TIFF with another value in one entry of a directory, or another place for the next directory."""
    data = bytearray(content)
    if len(data) < 16:
        return bytes_mutated(content, choice)
    order = "<" if data[:2] == b"II" else ">"
    start = min(struct.unpack_from(f"{order}I", data, 4)[0], len(data) - 2)
    count = struct.unpack_from(f"{order}H", data, start)[0]
    places = [place for n in range(min(count, 40)) if (place := start + 2 + 12 * n) + 12 <= len(data)]
    if not places or choice.random() < 0.2:
        struct.pack_into(f"{order}I", data, 4, choice.choice((0, 4, start, len(data) - 2, 2**32 - 1)))
        return bytes(data)
    part = choice.choice((0, 2, 4, 8))
    value = choice.choice((*EXTREMES, start, len(data)))
    if part < 4:
        struct.pack_into(f"{order}H", data, choice.choice(places) + part, value % 65_536)
    else:
        struct.pack_into(f"{order}I", data, choice.choice(places) + part, value % 2**32)
    return bytes(data)
