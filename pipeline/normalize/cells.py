"""A cell of several printed lines as one string, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.draft import Change, Value
from pipeline.model.page import CellText, Line
from pipeline.normalize.confidence import phrase_confidence, together
from pipeline.normalize.language import Language
from pipeline.normalize.phrase import padding, phrase_of
from pipeline.normalize.rules import repaired
from pipeline.normalize.rules.parted_words import goes_on

_ORDER_MARK = re.compile(r"^\(?(\d{1,2}|[a-z])[.)](?=\s|[^\W\d_]|$)")


def clean_cell(cell: CellText, language: Language, pad: float | None = None) -> Value[str]:
    """The words of a cell with their evidence: lines of one sentence joined by a space, list items by a newline.

    `pad` is the margin in points that text keeps in this cell's column; measured on the cell itself where None.
    Readings that the reader did not believe stand in the changes.
    """
    pad = padding([cell]) if pad is None else pad
    items = split_items(cell.lines, language.lexicon.bullets)
    phrases = [repaired(phrase_of(cell, item, pad, language.settings.letter_width), language) for item in items]
    clean = "\n".join(phrase.text for phrase in phrases if phrase.text)
    changes = tuple(change for phrase in phrases for change in phrase.changes)
    others = tuple(Change("other-reading", other, clean) for word in cell.words for other in word.readings)
    confidence = together(phrase_confidence(phrase, language) for phrase in phrases)
    return Value(clean, cell.text, cell.page, cell.ink_box, confidence, others + changes)


def split_items(lines: Sequence[Line], bullets: frozenset[str]) -> list[list[Line]]:
    """The lines grouped into list items; one group where they are one sentence.

    "antara lain:|1. Jadwal|Kerja|2. Tabel" -> "antara lain:", "1. Jadwal|Kerja", "2. Tabel".
    A bullet begins an item wherever it stands; a number or letter only where it is the first ("1.", "a.") or the next.
    """
    items: list[list[Line]] = []
    last: str | None = None
    for line in lines:
        mark = _ORDER_MARK.match(line.text)
        ordered = mark is not None and _follows(last, mark[1])
        if not items or ordered or _bulleted(line.text, items[-1][-1].text, bullets):
            items.append([line])
        else:
            items[-1].append(line)
        last = mark[1] if mark is not None and ordered else last
    return items


def _bulleted(text: str, before: str, bullets: frozenset[str]) -> bool:
    """Whether a line opens with a bullet: "- Surat", "• Surat", "-Surat"; not "-5", not "-masing" after "masing"."""
    if text[0] not in bullets or not text[1:].strip():
        return False
    return text[1].isspace() or (text[1].isalpha() and not goes_on(before, text))


def _follows(last: str | None, mark: str) -> bool:
    """Whether a list's mark is a first one, or the one after `last`: None, "1"; "1", "2"; "a", "b"."""
    if mark in ("1", "a"):
        return True
    if last is None or mark.isdigit() != last.isdigit():
        return False
    return int(mark) == int(last) + 1 if mark.isdigit() else ord(mark) == ord(last) + 1
