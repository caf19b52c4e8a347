"""List marks that a tool lost, where the numbers around them tell which they were."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.transcript.dictionary import Dictionary, TextLine, Token, text_of

_NUMBER = re.compile(r"(\d{1,2})[.)]")


def with_lost_marks(lines: Sequence[TextLine], words: Dictionary) -> tuple[TextLine, ...]:
    """The lines with the numbers that are missing between, before or after those printed.

    ("Sarjana;", "Mampu meneliti;", "3. Teliti;", "cermat.") -> "1. Sarjana;", "2. Mampu meneliti;", "3. Teliti;",
    "4. cermat." A line begins an item where the one before it ends one with a semicolon; numbers are only set where
    as many items are without one as the numbers around them leave open.
    """
    numbers = [_number(line) for line in lines]
    printed = [index for index, number in enumerate(numbers) if number]
    if not printed:
        return tuple(lines)
    marked = dict(_before(lines, printed[0], numbers[printed[0]] or 1))
    for first, after in zip(printed, [*printed[1:], len(lines)], strict=True):
        starts = [index for index in range(first + 1, after) if _ends_item(lines[index - 1])]
        following = numbers[after] if after < len(lines) else None
        number = numbers[first] or 0
        if following is None or following - number - 1 == len(starts):
            marked |= {index: number + place for place, index in enumerate(starts, 1)}
    return tuple(_with(line, marked[index], words) if index in marked else line for index, line in enumerate(lines))


def _before(lines: Sequence[TextLine], end: int, number: int) -> list[tuple[int, int]]:
    """The numbers of the items before the first printed one, where they, or the lines, come out even."""
    starts = [index for index in range(end) if index == 0 or _ends_item(lines[index - 1])]
    for items in (starts, [*range(end)]):
        if len(items) == number - 1:
            return [(index, place) for place, index in enumerate(items, 1)]
    return []


def _number(line: TextLine) -> int | None:
    found = _NUMBER.match(line[0].text) if line else None
    return int(found[1]) if found else None


def _ends_item(line: TextLine) -> bool:
    return text_of(line).endswith(";")


def _with(line: TextLine, number: int, words: Dictionary) -> TextLine:
    return (Token(f"{number}.", words.settings.mended_confidence), *line)
