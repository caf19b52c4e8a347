"""Phrases: words that stand together on one line, with more room around them than between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.layout.text_lines import lines_of, parted_line
from pipeline.model.orientation import Orientation
from pipeline.model.page import Line, Word

ITEM_MARK = re.compile(r"(?:[A-Za-z]|\d{1,2}|[ivx]{1,4})[.)]|[-•]")


def phrases_of(words: Iterable[Word], gap: float) -> list[Line]:
    """Group upright words into phrases, top to bottom and left to right.

    Args:
        words: The words of a page or of a part of it; those that are not upright are left out.
        gap: The room that parts two phrases, in shares of the height of the second one's first word.
    """
    lines = lines_of([word for word in words if word.orientation is Orientation.UPRIGHT])
    return [phrase for line in lines for phrase in parted_line(line, gap)]


def is_item(phrase: Line) -> bool:
    """Whether a phrase begins with a list mark, so that it is an item and no label."""
    return len(phrase.words) > 1 and bool(ITEM_MARK.fullmatch(phrase.words[0].text))


def without(words: Iterable[Word], phrases: Sequence[Line]) -> list[Word]:
    """The words that belong to none of the phrases."""
    gone = {id(word) for phrase in phrases for word in phrase.words}
    return [word for word in words if id(word) not in gone]


def heights_of(words: Iterable[Word]) -> list[tuple[float, float]]:
    """The (top, bottom) of every word."""
    return [(word.box.top, word.box.bottom) for word in words]


def widths_of(words: Iterable[Word]) -> list[tuple[float, float]]:
    """The (left, right) of every word."""
    return [(word.box.x0, word.box.x1) for word in words]
