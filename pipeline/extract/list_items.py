"""The text of a box of the cover as list items, by their numbers, letters or bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from pipeline.model.clustering import split_between
from pipeline.model.geometry import Box, union
from pipeline.model.page import CellText, Line, Word
from pipeline.settings import ExtractSettings

MarkStyle = Literal["number", "letter", "bullet"]

ITEM_NUMBER = re.compile(r"[\(\[]?(\d{1,2})[.)\],]+(?=\D|$)")
BARE_NUMBER = re.compile(r"(\d{1,2})$")
LETTER = re.compile(r"\(?([a-z])[.)]+(?=\S|$)", re.IGNORECASE)
BULLET = re.compile(r"([-–—•▪◦●○■□♦➢►✓√*~]+|o$|§$)(?=\s|\S|$)")
NO_ITEM = re.compile(r"[\s\-–—.:]*")


@dataclass(frozen=True)
class ItemMark:
    """A list mark: its style, its value (0 for a bullet), and how many characters of the line's text it takes."""

    style: MarkStyle
    value: int
    length: int


def split_items(text: CellText, settings: ExtractSettings) -> tuple[CellText, ...]:
    """Split the text of a box into its items, marks left out, continuation lines joined to them.

    Without marks a new item begins where the author broke a line that had room for more; a box of one paragraph is
    one item, and a box that holds only a dash is none.
    """
    marks = [_mark(line) for line in text.lines]
    groups = _marked(text.lines, marks, settings) if any(marks) else _paragraphs(text, settings)
    items = (_item(text, lines) for lines in groups if lines)
    return tuple(item for item in items if not NO_ITEM.fullmatch(item.text))


def _mark(line: Line) -> ItemMark | None:
    """The mark at the head of a line, None where it has none. A bare number only counts when words follow it."""
    first = line.words[0].text
    if (found := ITEM_NUMBER.match(first)) and (len(first) == found.end() or not first[found.end()].isdigit()):
        return ItemMark("number", int(found[1]), found.end())
    if (found := BARE_NUMBER.match(first)) and len(line.words) > 1 and line.words[1].text[:1].isupper():
        return ItemMark("number", int(found[1]), found.end())
    if (found := LETTER.match(first)) and (len(line.words) > 1 or len(first) > found.end()):
        return ItemMark("letter", ord(found[1].lower()) - ord("a") + 1, found.end())
    if (found := BULLET.match(first)) and (len(line.words) > 1 or len(first) > found.end()):
        return ItemMark("bullet", 0, found.end())
    return None


def _marked(lines: Sequence[Line], marks: Sequence[ItemMark | None], settings: ExtractSettings) -> list[list[Line]]:
    """Items that begin at a mark of the list's own style; deeper lists stay in the item they stand in."""
    style = _style(lines, marks)
    own = [(line, mark) for line, mark in zip(lines, marks, strict=True) if mark and mark.style == style]
    margin = min(line.box.x0 for line, _ in own)
    indent = _indent(own, settings)
    groups: list[list[Line]] = [[]]
    last = 0
    for line, mark in zip(lines, marks, strict=True):
        if mark and mark.style == style and _is_next(mark, last, line, margin, settings):
            groups.append([_without(line, mark.length)])
            last = mark.value
        elif indent is not None and _is_hanging(line, margin, indent, settings):
            groups.append([_without(line, len(line.words[0].text))])
            last += 1
        else:
            groups[-1].append(line)
    return groups


def _style(lines: Sequence[Line], marks: Sequence[ItemMark | None]) -> MarkStyle:
    """The style of most marks; of two as frequent, that of the mark furthest left."""
    own = [(mark.style, line.box.x0) for line, mark in zip(lines, marks, strict=True) if mark]
    styles = [style for style, _ in own]
    return min(own, key=lambda o: (-styles.count(o[0]), o[1]))[0]


def _indent(own: Sequence[tuple[Line, ItemMark]], settings: ExtractSettings) -> float | None:
    """The x where the text of the items begins behind their marks, where it is the same for most; else None."""
    starts = [
        line.words[1].box.x0 for line, mark in own if len(line.words) > 1 and mark.length == len(line.words[0].text)
    ]
    if len(starts) < 2:
        return None
    middle = median(starts)
    size = own[0][0].words[0].size
    same = [x for x in starts if abs(x - middle) <= settings.item_indent * size]
    return middle if len(same) >= settings.item_indent_share * len(starts) else None


def _is_hanging(line: Line, margin: float, indent: float, settings: ExtractSettings) -> bool:
    """Whether a line stands like an item although its mark was misread.

    Something short ("il.", "S.") stands at the margin, and the text where the other items have theirs. Recognised
    words only: a text layer misreads nothing.
    """
    first, size = line.words[0], line.words[0].size
    return (
        first.confidence is not None
        and len(line.words) > 1
        and len(first.text) <= settings.hanging_letters
        and indent - margin > settings.hanging_indent * size
        and abs(first.box.x0 - margin) <= settings.hanging_reach * size
        and abs(line.words[1].box.x0 - indent) <= settings.hanging_reach * size
    )


def _is_next(mark: ItemMark, last: int, line: Line, margin: float, settings: ExtractSettings) -> bool:
    """Whether a mark counts on: a bullet at the margin, or a number that follows (misnumbered: stands where it does).

    The first number may be any: a box that goes on over a page break begins with 8.
    """
    at_margin = line.box.x0 <= margin + settings.item_margin * line.words[0].size
    if mark.style == "bullet" or not last:
        return at_margin
    skips_few = last <= mark.value <= last + settings.item_skip
    return mark.value == last + 1 or (at_margin and (skips_few or mark.value == 1))


def _without(line: Line, length: int) -> Line:
    """The line without its first `length` characters."""
    first, *others = line.words
    if length >= len(first.text):
        return Line(tuple(others)) if others else Line((replace(first, text=""),))
    cut = first.box.x0 + first.box.width * length / len(first.text)
    box = Box(cut, first.box.top, first.box.x1, first.box.bottom)
    return Line((replace(first, text=first.text[length:], box=box), *others))


def _paragraphs(text: CellText, settings: ExtractSettings) -> list[list[Line]]:
    return split_between(text.lines, lambda line, below: _is_broken_by_author(line, below.words[0], text.box, settings))


def _is_broken_by_author(line: Line, following: Word, room: Box, settings: ExtractSettings) -> bool:
    """Whether a line ended although the next word, which begins a new sentence, would have had room on it."""
    space = settings.word_space * following.size
    fits = line.box.x1 + space + following.box.width + following.size < room.x1
    return fits and (following.text[:1].isupper() or following.text[:1].isdigit())


def _item(text: CellText, lines: Sequence[Line]) -> CellText:
    kept = tuple(line for line in lines if line.text.strip())
    if not kept:
        return CellText(text.page, text.box)
    around = union(line.box for line in kept)
    return CellText(text.page, Box(text.box.x0, around.top, text.box.x1, around.bottom), kept)
