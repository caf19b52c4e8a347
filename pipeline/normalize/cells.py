"""A cell of several printed lines as one string, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.draft import Change, Value
from pipeline.model.page import CellText, Line
from pipeline.normalize.confidence import sentence_confidence, together
from pipeline.normalize.language import Language
from pipeline.normalize.rules import repaired
from pipeline.normalize.rules.word_breaks import goes_on
from pipeline.normalize.sentence import sentence_of, side_margin
from pipeline.settings import LanguageSettings

_ORDER_MARK = re.compile(r"^\(?(\d{1,2}|[a-z])[.)](?=\s|[^\W\d_]|$)")


def clean_cell(cell: CellText, language: Language, margin: float | None = None) -> Value[str]:
    """Clean the words of a cell: lines of one sentence are joined by a space, list items by a newline.

    Args:
        cell: The printed lines.
        language: That of the document.
        margin: What text keeps free at each side of this cell's column, in points; measured on the cell if None.

    Returns:
        The text with its evidence; readings that the reader did not believe stand in the changes.
    """
    if margin is None:
        margin = side_margin([cell]) if len(cell.lines) > 1 else 0.0
    items = split_items(cell.lines, language.lexicon.bullets, language.settings)
    sentences = [repaired(sentence_of(cell, item, margin, language.settings.letter_width), language) for item in items]
    clean = "\n".join(sentence.text for sentence in sentences if sentence.text)
    changes = tuple(change for sentence in sentences for change in sentence.changes)
    others = tuple(Change("other-reading", other, clean) for word in cell.words for other in word.readings)
    confidence = together(sentence_confidence(sentence, language) for sentence in sentences)
    return Value(clean, cell.text, cell.page, cell.ink_box, confidence, others + changes)


def split_items(lines: Sequence[Line], bullets: frozenset[str], settings: LanguageSettings) -> list[list[Line]]:
    """Group lines into list items; one group where they are one sentence.

    "antara lain:|1. Jadwal|Kerja|2. Tabel" -> "antara lain:", "1. Jadwal|Kerja", "2. Tabel".
    A bullet begins an item wherever it stands; a number or letter only where it is the first ("1.", "a.") or the next.
    """
    items: list[list[Line]] = []
    last: str | None = None
    for line in lines:
        mark = _ORDER_MARK.match(line.text)
        ordered = mark is not None and _follows(last, mark[1])
        if not items or ordered or _is_bulleted(line.text, items[-1][-1].text, bullets, settings):
            items.append([line])
        else:
            items[-1].append(line)
        last = mark[1] if mark is not None and ordered else last
    return items


def _is_bulleted(text: str, before: str, bullets: frozenset[str], settings: LanguageSettings) -> bool:
    """Whether a line opens with a bullet: "- Surat", "• Surat", "-Surat"; not "-5", not "-masing" after "masing"."""
    if text[0] not in bullets or not text[1:].strip():
        return False
    return text[1].isspace() or (text[1].isalpha() and not goes_on(before, text, settings))


def _follows(last: str | None, mark: str) -> bool:
    """Whether a list's mark is a first one, or the one after `last`: None, "1"; "1", "2"; "a", "b"."""
    if mark in ("1", "a"):
        return True
    if last is None or mark.isdigit() != last.isdigit():
        return False
    return int(mark) == int(last) + 1 if mark.isdigit() else ord(mark) == ord(last) + 1
