"""The labels of a cover (identitas SOP AP, PermenPAN-RB 35/2012) and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.layout.label_matching import match, match_box, split_label
from pipeline.layout.text_lines import lines_of, parted_line
from pipeline.model.clustering import free_intervals
from pipeline.model.geometry import Box, union
from pipeline.model.grid import Cell, Grid
from pipeline.model.headings import Headings
from pipeline.model.page import CellText, Line, Page, Word
from pipeline.settings import LayoutSettings

APPROVERS = ("dibuat_oleh", "diperiksa_oleh", "disetujui_oleh")
"""Labels of those who have a part in a SOP beside the one who passes it. They make no page a cover."""


@dataclass(frozen=True)
class CoverLabel:
    """A label found in a cell. `box` tells a label of one of the six boxes from one of the identity fields.

    `rest` are the lines of the same cell that follow it, up to the next label: its value where label and value share
    a cell, in a column of its own if `apart`. `whole` says that the cell holds nothing else. `at` is the box of the
    label's own lines.
    """

    name: str
    box: bool
    cell: Cell
    rest: tuple[Line, ...]
    whole: bool
    apart: bool = False
    at: Box | None = None


@dataclass(frozen=True)
class CoverTable:
    """A table (or the part of one above `bottom`) that carries labels of a cover; `texts` are its cells with words."""

    page: Page
    grid: Grid
    texts: Mapping[Cell, CellText]
    labels: tuple[CoverLabel, ...]
    box: Box

    def names(self, box: bool) -> set[str]:
        """The fields that its labels name: those of boxes, or those of identity fields without the APPROVERS."""
        return {label.name for label in self.labels if label.box == box and label.name not in APPROVERS}


def labels_in(
    cell: Cell, lines: Sequence[Line], headings: Headings, likeness: float, settings: LayoutSettings
) -> list[CoverLabel]:
    """The labels in a cell, from its lines; one must be as like a known label as `likeness`, 0..100."""
    flat = " ".join(line.text for line in lines)
    if len(lines) <= settings.label_lines:
        box = match_box(flat, headings, likeness)
        if name := box or match(flat.strip(" :"), headings.identity, likeness):
            return [CoverLabel(name, box is not None, cell, (), True, at=union(line.box for line in lines))]
    if beside := list(_side_by_side(cell, lines, headings, likeness, settings)):
        return beside
    starts = list(_box_starts(lines, headings, likeness)) or list(_field_starts(lines, headings, likeness, settings))
    if not starts:
        return []
    if starts[0].line != 0:
        return _in_the_middle(cell, lines, headings, likeness, settings)
    ends = [start.line for start in starts[1:]] + [len(lines)]
    return [
        CoverLabel(
            start.name,
            start.box,
            cell,
            (*start.rest, *lines[start.line + start.used : end]),
            False,
            _is_apart(lines[start.line], start.rest, settings),
            union(line.box for line in lines[start.line : start.line + start.used]),
        )
        for start, end in zip(starts, ends, strict=True)
    ]


def _in_the_middle(
    cell: Cell, lines: Sequence[Line], headings: Headings, likeness: float, settings: LayoutSettings
) -> list[CoverLabel]:
    """The label at the middle of a cell's height, left of a value of several lines, with room between them."""
    words = [word for line in lines for word in line.words]
    size = min(word.size for word in words)
    taken, left_side = [(w.box.x0, w.box.x1) for w in words], min(w.box.x0 for w in words)
    rooms = free_intervals(taken, left_side, cell.box.x1, settings.label_room * size)
    for x in sorted(((a + b) / 2 for a, b in rooms), reverse=True):
        left, value = lines_of([w for w in words if w.box.x0 < x]), lines_of([w for w in words if w.box.x0 >= x])
        name = match(" ".join(line.text for line in left).strip(" :"), headings.identity, likeness)
        if name and value and len(left) <= settings.label_lines:
            return [
                CoverLabel(name, False, cell, _without_colons(value), False, True, union(line.box for line in left))
            ]
    return []


def _without_colons(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without the colon that stands alone before one of them."""
    kept = ([word for word in line.words if word.text != ":"] for line in lines)
    return tuple(Line(tuple(words)) for words in kept if words)


def _is_apart(line: Line, rest: tuple[Line, ...], settings: LayoutSettings) -> bool:
    """Whether the value on a label's line begins a column of its own: there is room for letters before it."""
    if not rest:
        return False
    before = line.words[: len(line.words) - len(rest[0].words)]
    return bool(before) and rest[0].box.x0 - before[-1].box.x1 > settings.value_gap * before[-1].size


def _side_by_side(
    cell: Cell, lines: Sequence[Line], headings: Headings, likeness: float, settings: LayoutSettings
) -> Iterator[CoverLabel]:
    """Labels of boxes that stand beside each other in one cell, because the line between them was lost.

    Each gets the part of the cell that begins at its first word: from there to the next label, and from its line down.
    """
    for line in lines:
        phrases = parted_line(line, settings.label_gap)
        names = [match_box(p.text, headings, likeness) for p in phrases]
        if len(phrases) < 2 or not all(names):
            continue
        lefts = [p.box.x0 - settings.label_lead * p.words[0].size for p in phrases[1:]]
        edges = [cell.box.x0, *lefts, cell.box.x1]
        for name, phrase, (x0, x1) in zip(names, phrases, pairwise(edges), strict=True):
            box = Box(x0, phrase.box.top, x1, phrase.box.bottom)
            yield CoverLabel(name or "", True, replace(cell, box=box), (), True)


@dataclass(frozen=True)
class _LabelStart:
    """Where a label begins in a cell: the index of its line, the lines it uses, and the rest of the line behind it."""

    line: int
    used: int
    name: str
    box: bool
    rest: tuple[Line, ...] = ()


def _box_starts(lines: Sequence[Line], headings: Headings, likeness: float) -> Iterator[_LabelStart]:
    """Lines that are a box's label, and a first one that begins with one."""
    for i, line in enumerate(lines):
        if name := match_box(line.text, headings, likeness):
            yield _LabelStart(i, 1, name, True)
        elif i == 0 and (split := split_label(line.text, headings.boxes, likeness)) and ":" in line.text:
            yield _LabelStart(i, 1, split[0], True, _tail(line, split[1]))


def _field_starts(
    lines: Sequence[Line], headings: Headings, likeness: float, settings: LayoutSettings
) -> Iterator[_LabelStart]:
    """The same for identity fields; a label without a colon must be two words at least ("Nomor SOP 060/12").

    Those of APPROVERS need the colon: "Disusun oleh tim ..." is a sentence.
    """
    i = 0
    while i < len(lines):
        line, used = lines[i], 1
        split = split_label(line.text, headings.identity, likeness)
        words = len(line.text.split()) - len(split[1].split()) if split else 0
        if split and ":" not in line.text and (words < 2 or split[0] in APPROVERS):
            split = None
        if not split and i + 1 < len(lines):
            both = f"{line.text} {lines[i + 1].text}"
            if name := match(both.strip(" :"), headings.identity, likeness):
                split, used = (name, ""), 2
        if split:
            yield _LabelStart(i, used, split[0], False, _tail(line, split[1]) if used == 1 else ())
        elif wrapped := _wrapped_start(lines, i, headings, likeness, settings):
            used = 2
            yield wrapped
        i += used


def _wrapped_start(
    lines: Sequence[Line], i: int, headings: Headings, likeness: float, settings: LayoutSettings
) -> _LabelStart | None:
    """A label broken over two lines with its value beside it: "Tanggal : 8 Januari" above "Pembuatan  2018"."""
    pairs = [_before_value(line, settings) for line in lines[i : i + 2]]
    if len(pairs) < 2 or not all(words for words, _ in pairs):
        return None
    (first, value), (second, more) = pairs
    if not value or abs(first[0].box.x0 - second[0].box.x0) > settings.unruled.stack_indent * first[0].size:
        return None
    name = match(" ".join(word.text for word in (*first, *second)).strip(" :"), headings.identity, likeness)
    rest = tuple(Line(words) for words in (value, more) if words)
    return _LabelStart(i, 2, name, False, rest) if name else None


def _before_value(line: Line, settings: LayoutSettings) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words of a line up to a colon or to a wide room, and those behind it."""
    words = line.words
    for n, word in enumerate(words):
        if n and word.box.x0 - words[n - 1].box.x1 > settings.value_gap * word.size:
            return words[:n], words[n:]
        if word.text.endswith(":"):
            return words[: n + 1], words[n + 1 :]
    return words, ()


def _tail(line: Line, text: str) -> tuple[Line, ...]:
    """The last words of a line that make up `text`; "SOP:060/12" is cut where label and value run together."""
    parts = text.split()
    words: tuple[Word, ...] = line.words[len(line.words) - len(parts) :] if parts else ()
    if words and words[0].text != parts[0] and words[0].text.endswith(parts[0]):
        words = (replace(words[0], text=parts[0]), *words[1:])
    return (Line(words),) if words else ()


def is_cover(tables: Sequence[CoverTable], settings: LayoutSettings) -> bool:
    """Whether the tables of one page make a cover: identity fields with a box, or enough of either."""
    fields = len({name for table in tables for name in table.names(box=False)})
    boxes = len({name for table in tables for name in table.names(box=True)})
    both = fields >= settings.cover_fields_and_boxes[0] and boxes >= settings.cover_fields_and_boxes[1]
    return both or boxes >= settings.cover_boxes or fields >= settings.cover_fields
