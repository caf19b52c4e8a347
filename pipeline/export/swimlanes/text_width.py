"""How wide words are in Arial and the typefaces cut to its widths, and words wrapped to lines by that.

Drawings are made without asking any renderer, so the widths stand here: those of Arial, Helvetica and Liberation Sans,
which are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.model.text import printable

_CHARACTERS_BY_WIDTH = {
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1015: "@",
    191: "'",
}
"""In thousandths of the type size."""
WIDTHS = {character: width for width, characters in _CHARACTERS_BY_WIDTH.items() for character in characters}
FULL_WIDTH, OTHER_WIDTH = 1000, 600
"""Of Chinese and other wide characters, and of all the rest."""
NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""XML holds them as little as control characters."""
LINE_HEIGHT = 1.2
"""From line to line, in type sizes."""


def width_of(text: str, size: float) -> float:
    """The width of a line in type of `size`, in the same unit.

    >>> width_of("Setuju?", 10)
    33.91
    """
    return sum(_width(character) for character in text) * size / 1000


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break words into lines of at most `width`; a word that is longer is broken where it must be.

    >>> wrapped("Kepala Bagian Organisasi", 10, 70)
    ['Kepala Bagian', 'Organisasi']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in (part for whole in paragraph.split() for part in _broken(whole, size, width)):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        if line:
            lines.append(line)
    return lines


def drawable(text: str | None) -> str:
    """Words without characters that XML cannot hold or that turn the writing around; line ends stay."""
    shown = NO_CHARACTERS.sub("\ufffd", text or "")
    return "\n".join(printable(line.replace("\t", " ")) for line in shown.splitlines())


def block_size(lines: list[str], size: float) -> tuple[float, float]:
    """Width and height of lines below each other."""
    return max((width_of(line, size) for line in lines), default=0.0), len(lines) * size * LINE_HEIGHT


def _width(character: str) -> int:
    wide = unicodedata.east_asian_width(character) in "WF"
    return WIDTHS.get(character, FULL_WIDTH if wide else OTHER_WIDTH)


def _broken(word: str, size: float, width: float) -> Iterator[str]:
    """A word in pieces that fit into a line, each of a character at least."""
    piece = ""
    for character in word:
        if piece and width_of(piece + character, size) > width:
            yield piece
            piece = ""
        piece += character
    yield piece
