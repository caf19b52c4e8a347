"""Mutations of the fuzzer: a file's bytes, its lines, the headers of pictures, the parts of a zip.

Each takes a file's content and a source of random choices, and gives other content; the same choices give the same.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence

from bench.hostile_files import mutated

EXTREMES = (-1, 0, 1, 2, 255, 256, 65_535, 65_536, 2**31 - 1, 2**31, 2**32 - 1, 10**10, 10**18)
LENGTHS = (0, 1, 2, 7, 100, 4000)
LONGEST = 200_000  # characters of a text after a mutation: limits of size are another test's
NASTY = (
    "\x00",
    "\u202e",
    "\ufeff",
    "\ud7ff",
    "e\u0301" * 40,
    "\U0001f4a9",
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "../../../../etc/passwd",
    "%s%s%n",
    "{0.__class__}",
    "9" * 400,
    "1e999",
    "NaN",
    "31 Februari 9999",
    "a" * 5000,
    "|" * 300,
    "1." * 300,
    " " * 3000,
)
YAML_TRICKS = (
    "!!python/object/apply:os.system ['true']",
    "!!python/name:os.system",
    "&a [*a, *a]",
    "*undefined",
    "{<<: *a}",
    "!!binary 'AAAA'",
    "!!timestamp '9999-99-99'",
    "? [a, b]\n: c",
    "[" * 200,
    "{a: " * 200,
    "0x" + "f" * 300,
    "1_000_000__0",
    ".inf",
    "-.nan",
    "~",
    "'",
    "|2-\n x",
    "%YAML 9.9\n---",
    "--- a\n--- b",
)

Mutation = Callable[[bytes, random.Random], bytes]


def bytes_mutated(content: bytes, choice: random.Random) -> bytes:
    """A file after one kind of damage to its bytes."""
    return mutated(content, choice) if content else b"%"


def lines_mutated(content: bytes, choice: random.Random) -> bytes:
    """A text whose lines, words or letters were moved, doubled, taken out or replaced by what nobody writes."""
    lines = content.decode("utf-8", "replace").splitlines(keepends=True) or ["\n"]
    place, other = choice.randrange(len(lines)), choice.randrange(len(lines))
    match choice.randrange(10):
        case 0:
            lines[place], lines[other] = lines[other], lines[place]
        case 1:
            lines[place] *= choice.choice((2, 3, 50))
        case 2:
            del lines[min(place, other) : max(place, other) + 1]
        case 3:
            lines[place] = lines[place].rstrip("\n")
        case 4:
            lines[place] = " " * choice.randrange(40) + lines[place].lstrip(" ")
        case 5:
            words = lines[place].split(" ")
            choice.shuffle(words)
            lines[place] = " ".join(words)
        case 6:
            lines[place] = re.sub(r"\d+", lambda _: str(choice.choice(EXTREMES)), lines[place])
        case 7:
            marks = "|:-#*\t.,;()[]{}'\"&!>%@"
            at = choice.randrange(len(lines[place]) + 1)
            lines[place] = lines[place][:at] + choice.choice(marks) * choice.choice((1, 2, 60)) + lines[place][at:]
        case 8:
            at = choice.randrange(len(lines[place]) + 1)
            lines[place] = lines[place][:at] + choice.choice(NASTY) + lines[place][at:]
        case 9:
            lines[place:place] = lines[min(place, other) : max(place, other)]
    return "".join(lines)[:LONGEST].encode("utf-8", "surrogatepass")


def encoding_mutated(content: bytes, choice: random.Random) -> bytes:
    """A text in another encoding, or with bytes of another."""
    text = content.decode("utf-8", "replace")
    match choice.randrange(4):
        case 0:
            return text.encode(choice.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252")), "replace")
        case 1:
            return b"\xef\xbb\xbf" * choice.choice((1, 3)) + content
        case 2:
            return content.replace(b"\n", choice.choice((b"\r", b"\r\n", b"\x0b", b"\x0c", b"\xe2\x80\xa8")))
        case _:
            return bytes_mutated(content, choice)


def yaml_mutated(content: bytes, choice: random.Random) -> bytes:
    """A YAML file with a value or a key replaced by what other parsers stumble over."""
    lines = content.decode("utf-8", "replace").splitlines() or [""]
    place = choice.randrange(len(lines))
    key, colon, value = lines[place].partition(":")
    trick = choice.choice((*YAML_TRICKS, *NASTY, *map(str, EXTREMES)))
    match choice.randrange(5):
        case 0:
            lines[place] = f"{key}{colon} {trick}"
        case 1:
            lines[place] = f"{key[: len(key) - len(key.lstrip(' -'))]}{trick}:{value}"
        case 2:
            lines[place] = f"{key}{colon} &a{choice.randrange(3)} {value.strip()}"
        case 3:
            lines[place] = f"{key}{colon} *a{choice.randrange(3)}"
        case 4:
            target = choice.choice(
                ("header", "kegiatan", "flow", "pelaksana", "/", "kegiatan[no=1]", "..", "[]", "a[b=c")
            )
            lines[place] = (
                f"{key}{colon} {target}{choice.choice(('', '/', '/uraian', '[0]', '[99]', '/mutu_baku/waktu'))}"
            )
    return "\n".join(lines)[:LONGEST].encode("utf-8", "surrogatepass")


def png_mutated(content: bytes, choice: random.Random) -> bytes:
    """A PNG one of whose chunks says something else, its checksum being right."""
    chunks = _png_chunks(content)
    if not chunks:
        return bytes_mutated(content, choice)
    place = choice.randrange(len(chunks))
    kind, data = chunks[place]
    match choice.randrange(5):
        case 0:
            depth, colour = choice.choice((1, 2, 4, 8, 16, 3)), choice.choice((0, 2, 3, 4, 6, 9))
            sides = [choice.choice((0, 1, 40, 5000, 60_000, 2**31 - 1)) for _ in range(2)]
            chunks[0] = (b"IHDR", struct.pack(">IIBBBBB", *sides, depth, colour, 0, 0, choice.randrange(3)))
        case 1:
            chunks[place] = (kind, bytes_mutated(data, choice))
        case 2:
            chunks[place:place] = [chunks[place]] * choice.choice((1, 200))
        case 3:
            bomb = b"x\0\0" + zlib.compress(bytes(choice.choice((10, 10**7))), 9)
            chunks.insert(1, (choice.choice((b"zTXt", b"iCCP", b"eXIf", b"acTL", b"fcTL", b"PLTE", b"tRNS")), bomb))
        case 4:
            del chunks[place]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _png_chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    chunks, place = [], 8
    while place + 12 <= len(content):
        size = int.from_bytes(content[place : place + 4], "big")
        chunks.append((content[place + 4 : place + 8], content[place + 8 : place + 8 + size]))
        place += 12 + size
    return chunks


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


def zip_mutated(content: bytes, choice: random.Random) -> bytes:
    """A word processor file one of whose parts is damaged, gone, doubled, huge, or has a name that leads elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return bytes_mutated(content, choice)
    if not parts:
        return bytes_mutated(content, choice)
    place = choice.randrange(len(parts))
    name, data = parts[place]
    match choice.randrange(5):
        case 0:
            parts[place] = (name, bytes_mutated(data, choice))
        case 1:
            del parts[place]
        case 2:
            parts[place] = (name, data + b" " * 10**7)
        case 3:
            parts.append((choice.choice(("../../../escaped.txt", "/tmp/escaped.txt", "a/" * 500 + "b")), b"out"))
        case 4:
            parts[place] = (name, lines_mutated(data.replace(b"><", b">\n<"), choice))
    return _zipped(parts)


def _zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name[:60_000]), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
