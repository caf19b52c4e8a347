"""Mutations of the fuzzer: a file's bytes, its lines, its encoding, the keys and values of its YAML.

Each takes a file's content and a source of random choices, and gives other content; the same choices give the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

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
