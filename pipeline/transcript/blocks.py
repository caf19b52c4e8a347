"""A transcript's text as paragraphs and tables, its markup taken off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

Row = tuple[str, ...]

_TAGS = re.compile(r"</?(?:u|i|b|em|strong|sup|sub|span|p|div)\b[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPE_RULE = re.compile(r"\|?\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)*\|?")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
_LIST_MARK = re.compile(r"^\s*[-*+]\s+(?=(?:\d{1,2}|[a-z])[.)]\s)")
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[()&%])")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines that stand together: a table has rows of cells, a paragraph lines. `line` counts from 1."""

    line: int
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """The paragraph on one line."""
        return " ".join(self.lines)


def plain(text: str, commands: Mapping[str, str]) -> str:
    r"""Take the markup off a cell or line, and leave one space between words.

    "<u>Drs. ADI</u>" -> "Drs. ADI"; "NOMOR****TAHUN" -> "NOMOR TAHUN"; "\Diamond" -> "◇".
    """
    text = _TAGS.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    text = re.sub(r"\*{2,}|`+", " ", text)
    text = _COMMAND.sub(
        lambda found: commands.get(found[0], found[0]), text.replace("$", " ") if "\\" in text else text
    )
    return re.sub(r"\s+", " ", text).strip()


def split_blocks(text: str, commands: Mapping[str, str]) -> tuple[TextBlock, ...]:
    """The blocks of a transcript in order, parted by blank lines, page breaks and where prose and tables meet."""
    numbered = list(enumerate(text.replace("\f", "\n\n").split("\n"), 1))
    blocks = []
    for kind, group in groupby(numbered, key=lambda item: _kind(item[1])):
        lines = [(number, line) for number, line in group if not _PIPE_RULE.fullmatch(line.strip() or "x")]
        if kind == "blank" or not lines:
            continue
        if kind == "table":
            rows = tuple(tuple(plain(cell, commands) for cell in _cells(line)) for _, line in lines)
            blocks.append(TextBlock(lines[0][0], rows=rows))
        else:
            prose = (plain(_HEADING.sub("", _LIST_MARK.sub("", line)), commands) for _, line in lines)
            blocks.append(TextBlock(lines[0][0], lines=tuple(line for line in prose if line)))
    return tuple(block for block in blocks if block.rows or block.lines)


def _kind(line: str) -> str:
    if ("\t" in line and line.strip(" \r")) or _PIPE_ROW.fullmatch(line):
        return "table"
    return "prose" if line.strip() else "blank"


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return line.rstrip("\r").split("\t")
    return re.split(r"(?<!\\)\|", line.strip()[1:-1])
