"""Where the author of a box without list marks began a new item: by how lines end, and how the next ones begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.model.clustering import split_between
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line
from pipeline.model.text import fold
from pipeline.settings import ExtractSettings

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def paragraphs(text: CellText, headings: Headings, settings: ExtractSettings) -> list[list[Line]]:
    """The lines of a box by the items that its author parted."""
    pitch = _room(text.lines)
    lower = begins_lower(text.lines[0]) if text.lines else False
    return split_between(
        text.lines, lambda line, below: _parts(line, below, text, headings, settings, lower=lower, room=pitch) > 0
    )


def is_unsure(text: CellText, headings: Headings, settings: ExtractSettings) -> bool:
    """Whether a box without marks could be split in two ways: a line ends early and the next begins in lower case."""
    lower = begins_lower(text.lines[0]) if text.lines else False
    return any(
        begins_lower(below)
        and not goes_on(line, below, headings)
        and free_room(line, text) >= (settings.item_room_sure if lower else settings.item_room) * text.box.width
        and (not lower or free_room(line, text) < settings.item_room_sure * text.box.width)
        for line, below in pairwise(text.lines)
    )


def _parts(
    line: Line,
    below: Line,
    text: CellText,
    headings: Headings,
    settings: ExtractSettings,
    *,
    lower: bool,
    room: float,
) -> bool:
    """Whether an item ends with a line.

    It does where the line ended although the next word, which begins a sentence, would have had room on it; where it
    ends with a semicolon; where a blank line follows; and before a citation, once the one before has its year and its
    full stop. Where the box begins in lower case its items do, and a line that leaves much room ends one.
    """
    if goes_on(line, below, headings):
        return False
    if begins_lower(below) and not lower:
        return False
    ends = line.text.rstrip()
    blank = below.box.top - line.box.bottom > room + settings.item_gap * line.box.height
    if ends.endswith(";") or blank:
        return True
    if begins_lower(below):
        return fits(line, below, text, settings) and free_room(line, text) >= settings.item_room * text.box.width
    if ends.endswith(".") and begins_citation(line, below, headings):
        return True
    return fits(line, below, text, settings) and _begins(below)


def goes_on(line: Line, below: Line, headings: Headings) -> bool:
    """Whether a line cannot be an item's last, or the next one not an item's first, by their words.

    "; dan" ends an item. A recognised comma may have been a semicolon.
    """
    *before, last = line.words
    end, begin = last.text, below.words[0].text
    word = fold(end)
    if word in headings.unfinished or word in headings.awaiting:
        listed = bool(before) and before[-1].text.endswith((";", ":" if last.confidence is not None else ";"))
        return not listed and not end.endswith((".", ";"))
    if end.endswith(("/", "(", "&")) or (end.endswith(",") and last.confidence is None):
        return True
    return (begin.islower() or line.text.isupper()) and fold(begin) in headings.joining


def begins_lower(line: Line) -> bool:
    """Whether a line begins with a small letter."""
    return line.words[0].text[:1].islower()


def free_room(line: Line, text: CellText) -> float:
    """The room between a line's end and its box's, points."""
    return text.box.x1 - line.box.x1


def fits(line: Line, below: Line, text: CellText, settings: ExtractSettings) -> bool:
    """Whether the next line's first word would have had room behind a line."""
    word = below.words[0]
    return line.box.x1 + settings.word_space * word.size + word.box.width + word.size < text.box.x1


def _begins(line: Line) -> bool:
    first = line.words[0].text[:1]
    return first.isupper() or first.isdigit()


def begins_citation(line: Line, below: Line, headings: Headings) -> bool:
    """Whether a line names a kind of law first, and the one before it a year."""
    words = fold(below.text)
    return bool(YEAR.search(line.text)) and any(f"{words} ".startswith(f"{law} ") for law in headings.laws)


def _room(lines: Sequence[Line]) -> float:
    """The room between two lines of one paragraph: the least that is usual."""
    gaps = sorted(b.box.top - a.box.bottom for a, b in pairwise(lines))
    return median(gaps[: (len(gaps) + 1) // 2]) if gaps else 0.0
