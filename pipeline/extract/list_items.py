"""The text of a box of the cover as list items, by their numbers, letters or bullets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.extract.list_columns import box_around, in_turn, numbered_beside, side_by_side
from pipeline.extract.list_marks import ItemMark, MarkStyle, counted_in_roman, mark_of, without_mark
from pipeline.extract.paragraphs import goes_on, is_unsure, paragraphs
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line
from pipeline.settings import ExtractSettings

NO_ITEM = re.compile(r"[\s\-–—.:]*")
PAGE_NUMBER = re.compile(r"\W*(?:(?:halaman|hal|page)\W*)?\d{1,3}(?:\s*(?:dari|/|of)\s*\d{1,3})?\W*", re.IGNORECASE)


def split_items(text: CellText, headings: Headings, settings: ExtractSettings) -> tuple[CellText, ...]:
    """Split the text of a box into its items, marks left out, continuation lines joined to them.

    Without marks a new item begins where the author broke a line that had room for more; a box of one paragraph is
    one item, and a box that holds only a dash is none. Lists side by side follow each other.
    """
    columns = side_by_side(_without_page_number(text, settings), settings)
    items = [_column_items(column, headings, settings) for column in columns]
    marks = [[mark.value for line in column.lines if (mark := mark_of(line))] for column in columns]
    return tuple(in_turn(items, marks))


def is_split_unsure(text: CellText, headings: Headings, settings: ExtractSettings) -> bool:
    """Whether a box could be split into items in two ways: it has no marks, and its lines speak for and against."""
    return not any(mark_of(line) for line in text.lines) and is_unsure(text, headings, settings)


def _column_items(text: CellText, headings: Headings, settings: ExtractSettings) -> list[CellText]:
    groups = numbered_beside(text, headings, settings)
    if groups is None:
        marks = _marks(text.lines, headings)
        groups = _marked(text.lines, marks, settings) if any(marks) else paragraphs(text, headings, settings)
    items = (_item(text, lines) for lines in groups if lines)
    return [item for item in items if not NO_ITEM.fullmatch(item.text)]


def _marks(lines: Sequence[Line], headings: Headings) -> list[ItemMark | None]:
    """The mark of every line, without bare numbers that go on with the line before: "Nomor" above "25 Tahun 2009"."""
    marks = [mark_of(line) for line in lines]
    if any(mark and mark.style == "roman" for mark in marks):
        marks = [counted_in_roman(line, mark) for line, mark in zip(lines, marks, strict=True)]
    for n, (above, line) in enumerate(pairwise(lines), 1):
        if line.words[0].text.isdigit() and goes_on(above, line, headings):
            marks[n] = None
    return marks


def _without_page_number(text: CellText, settings: ExtractSettings) -> CellText:
    """A box's text without the number of the page, which stands alone below a gap."""
    if len(text.lines) < 2 or not PAGE_NUMBER.fullmatch(text.lines[-1].text):
        return text
    *lines, last = text.lines
    room = last.box.top - lines[-1].box.bottom
    return replace(text, lines=tuple(lines)) if room > settings.page_number_room * last.box.height else text


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
            groups.append([without_mark(line, mark.length)])
            last = mark.value
        elif indent is not None and _is_hanging(line, margin, indent, settings):
            groups.append([without_mark(line, len(line.words[0].text))])
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


def _item(text: CellText, lines: Sequence[Line]) -> CellText:
    kept = tuple(line for line in lines if line.text.strip())
    if not kept:
        return CellText(text.page, text.box)
    return box_around(text, kept)
