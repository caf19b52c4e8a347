"""Titles within a matrix: lines that begin among the numbers, run on into the activities, and stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.unruled.phrases import Span, pieces_of
from pipeline.layout.unruled.word_head import NUMBER
from pipeline.model.geometry import Box, overlap
from pipeline.model.page import Line, Ruling, Word
from pipeline.settings import LayoutSettings


def titles_of(words: Sequence[Word], number: Box, settings: LayoutSettings) -> list[Line]:
    """The titles among the words of a matrix's text columns; `number` is the box of the number column's head."""
    pieces = pieces_of(words, settings.unruled.piece_gap)
    return [p for p in pieces if _begins_a_title(p, number) and not any(_beside(p, other) for other in pieces)]


def _begins_a_title(piece: Line, number: Box) -> bool:
    size = piece.words[0].size
    from_numbers = piece.box.x0 <= number.x1 and piece.box.x1 > number.x1 + size
    return from_numbers and not NUMBER.fullmatch(piece.words[0].text)


def _beside(piece: Line, other: Line) -> bool:
    shared = overlap(piece.box.top, piece.box.bottom, other.box.top, other.box.bottom)
    return other is not piece and shared > 0.3 * piece.box.height


def without_titles(words: Sequence[Word], titles: Sequence[Line]) -> list[Word]:
    gone = {id(word) for title in titles for word in title.words}
    return [word for word in words if id(word) not in gone]


def opened(rulings: Sequence[Ruling], titles: Sequence[Line], box: Box) -> list[Ruling]:
    """The rulings with the upright ones inside a table left out where they run through a title's row."""
    ys = sorted({r.at for r in rulings if r.axis == "h"})
    for title in titles:
        middle = title.box.center[1]
        row = max((y for y in ys if y < middle), default=middle), min((y for y in ys if y > middle), default=middle)
        rulings = [part for r in rulings for part in (_parts(r, row) if _is_inner(r, box) else [r])]
    return list(rulings)


def _is_inner(ruling: Ruling, box: Box) -> bool:
    return ruling.axis == "v" and box.x0 < ruling.at < box.x1


def _parts(ruling: Ruling, row: Span) -> list[Ruling]:
    """What is left of an upright ruling above and below a row."""
    if overlap(ruling.start, ruling.end, *row) <= 0:
        return [ruling]
    parts = replace(ruling, end=row[0]), replace(ruling, start=row[1])
    return [part for part in parts if part.length > 0]
