"""Boxes of a cover under a label that no lexicon knows, told by the boxes that stand around them.

PermenPAN-RB 35/2012 has the boxes in pairs, and the covers of all agencies keep to it, whatever they call one of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.extract.list_marks import mark_of
from pipeline.layout.cover_labels import CoverLabel, CoverTable
from pipeline.model.draft import LIST_FIELDS
from pipeline.model.geometry import union
from pipeline.model.grid import Cell
from pipeline.model.page import CellText, Line
from pipeline.settings import ExtractSettings

PAIRS = tuple(zip(LIST_FIELDS[::2], LIST_FIELDS[1::2], strict=True))
"""The boxes at the left and at the right."""
RIGHT = {right: left for left, right in PAIRS}
LEFT = dict(PAIRS)
SENTENCE = re.compile(r"[.;,]$")


def boxes_beside(table: CoverTable, found: Collection[str], settings: ExtractSettings) -> list[CoverLabel]:
    """Labels of boxes that no lexicon knows, by the known labels beside them, or above and below.

    Such a label stands where those of the other boxes of its side stand.

    Args:
        table: A table of the cover, with the labels that are known.
        found: The boxes of the cover's other tables, those of later pages too.
        settings: How long a label may be.
    """
    boxes = [label for label in table.labels if label.box]
    named = {label.name for label in boxes}.union(found)
    if len({label.name for label in boxes}) < 2 or len(named) == 2 * len(PAIRS):
        return []
    free = [cell for cell in table.texts if cell not in {label.cell for label in table.labels}]
    beside = [_beside(table, label, boxes, free, settings) for label in boxes if _partner(label) not in named]
    between = [_between(table, pair, boxes, free, settings) for pair in PAIRS if named.isdisjoint(pair)]
    return [label for label in (*beside, *(label for labels in between for label in labels)) if label]


def _partner(label: CoverLabel) -> str:
    return LEFT.get(label.name) or RIGHT[label.name]


def _columns(boxes: Sequence[CoverLabel], name: str) -> set[int]:
    """The columns that the labels of the boxes begin in that stand at the side of one."""
    return {label.cell.col for label in boxes if (label.name in LEFT) == (name in LEFT)}


def _beside(
    table: CoverTable,
    label: CoverLabel,
    boxes: Sequence[CoverLabel],
    free: Sequence[Cell],
    settings: ExtractSettings,
) -> CoverLabel | None:
    """The label of a box's partner in the row of its own label."""
    columns = _columns(boxes, _partner(label)) - {label.cell.col}
    cells = [cell for cell in free if _stands_beside(cell, label.cell) and cell.col in columns]
    lines = _label_lines(table.texts[cells[0]], label.whole, settings) if len(cells) == 1 else ()
    if not lines:
        return None
    return _label(_partner(label), cells[0], table.texts[cells[0]].lines, len(lines), label.whole)


def _between(
    table: CoverTable,
    pair: tuple[str, str],
    boxes: Sequence[CoverLabel],
    free: Sequence[Cell],
    settings: ExtractSettings,
) -> list[CoverLabel]:
    """The labels of a pair of which none is known, where one row has room for them.

    That is where the labels of the pair above stand four rows above those of the pair below, or above the table's end.
    """
    rows = {
        n: label.cell.row for n, names in enumerate(PAIRS) for label in boxes if label.name in names and label.whole
    }
    place = PAIRS.index(pair)
    above = rows.get(place - 1)
    below = table.grid.rows if place == len(PAIRS) - 1 else rows.get(place + 1)
    if above is None or below != above + 4:
        return []
    found = []
    for name in pair:
        cells = [c for c in free if (c.row, c.row_end) == (above + 2, above + 3) and c.col in _columns(boxes, name)]
        lines = _label_lines(table.texts[cells[0]], True, settings) if len(cells) == 1 else ()
        found += [_label(name, cells[0], lines, len(lines), True)] if lines else []
    return found if len(found) == len(pair) else []


def _stands_beside(cell: Cell, label: Cell) -> bool:
    return (cell.row, cell.row_end) == (label.row, label.row_end)


def _label_lines(text: CellText, whole: bool, settings: ExtractSettings) -> Sequence[Line]:
    """The lines that may be a label: all of its cell, or where it is not `whole` the first, which ends with a colon."""
    lines = text.lines if whole else text.lines[:1]
    words = [word.text for line in lines for word in line.words]
    if len(words) > settings.box_label_words or mark_of(lines[0]) or not any(c.isalpha() for c in words[0]):
        return ()
    if SENTENCE.search(words[-1]) or not (whole or words[-1].endswith(":")):
        return ()
    return lines


def _label(name: str, cell: Cell, lines: Sequence[Line], used: int, whole: bool) -> CoverLabel:
    rest = () if whole else tuple(lines[used:])
    return CoverLabel(name, True, cell, rest, whole, at=union(line.box for line in lines[:used]))
