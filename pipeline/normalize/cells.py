"""A cell of several printed lines as one string, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.draft import Value
from pipeline.model.page import CellText
from pipeline.normalize.lexicon import Lexicon

_NUMBER_MARK = re.compile(r"^\(?(\d{1,2}|[a-z])[.)](?=\s|[^\W\d_])")


def clean_cell(cell: CellText, lexicon: Lexicon) -> Value[str]:
    """The words of a cell with their evidence: lines of one sentence joined by a space, list items by a newline."""
    items = split_items([line.text for line in cell.lines], lexicon)
    clean = "\n".join(" ".join(" ".join(item).split()) for item in items)
    return Value(clean, cell.text, cell.page, cell.ink_box, cell.confidence)


def split_items(lines: Sequence[str], lexicon: Lexicon) -> list[list[str]]:
    """The lines grouped into list items; one group where they are one sentence.

    ["antara lain:", "1. Jadwal", "Kerja", "2. Tabel"] -> [["antara lain:"], ["1. Jadwal", "Kerja"], ["2. Tabel"]].
    A bullet begins an item wherever it stands; a number or letter only where it is the first ("1.", "a.") or the next.
    """
    items: list[list[str]] = []
    last: str | None = None
    for line in (line.strip() for line in lines):
        if not line:
            continue
        mark = _NUMBER_MARK.match(line)
        ordered = mark is not None and _follows(last, mark[1])
        if not items or ordered or _bulleted(line, lexicon):
            items.append([line])
        else:
            items[-1].append(line)
        last = mark[1] if mark is not None and ordered else last
    return items


def _bulleted(line: str, lexicon: Lexicon) -> bool:
    """Whether a line opens with a bullet: "- Surat", "• Surat", "-Surat", not "-5" alone."""
    return line[0] in lexicon.bullets and len(line) > 1 and (line[1].isspace() or line[1].isalpha())


def _follows(last: str | None, mark: str) -> bool:
    """Whether a list's mark is a first one, or the one after `last`: None, "1"; "1", "2"; "a", "b"."""
    if mark in ("1", "a"):
        return True
    if last is None or mark.isdigit() != last.isdigit():
        return False
    return int(mark) == int(last) + 1 if mark.isdigit() else ord(mark) == ord(last) + 1
