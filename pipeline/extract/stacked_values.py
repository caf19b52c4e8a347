"""Values stacked in one cell beside labels stacked in the next: which line belongs to which label."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from pipeline.extract.signature import NIP
from pipeline.layout.cover_labels import CoverLabel, CoverTable
from pipeline.model.draft import DATE_FIELDS
from pipeline.model.geometry import union
from pipeline.model.grid import Cell
from pipeline.model.page import CellText, Line
from pipeline.settings import ExtractSettings

DATE = re.compile(r"\W*(?:\d{1,2}\s+)?[^\W\d]+\s+\d{4}\W*|\W*\d{1,2}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{2,4}\W*")
NO_VALUE = re.compile(r"[\W_]*")

ValueCell = Callable[[CoverLabel, int], Cell | None]


def stacked_values(
    table: CoverTable, labels: Sequence[CoverLabel], value_cell: ValueCell, settings: ExtractSettings
) -> dict[CoverLabel, tuple[CellText, set[Cell]]]:
    """The values of labels that share the cells beside them.

    Args:
        table: The table of the cover.
        labels: Its labels of identity fields.
        value_cell: The cell with the value of a label, right of its cell in a row of the grid.
        settings: The thresholds.

    Returns:
        For every label that stands in one cell with others, or beside one cell with others, its lines there, and the
        cells they were taken from.
    """
    beside = {
        label: tuple(dict.fromkeys(c for row in _rows(label) if (c := value_cell(label, row))))
        for label in labels
        if not label.rest and label.at
    }
    found: dict[CoverLabel, tuple[CellText, set[Cell]]] = {}
    for cells in dict.fromkeys(beside.values()):
        group = sorted((label for label in beside if beside[label] == cells), key=_top)
        texts = [table.texts[cell] for cell in cells if cell in table.texts]
        if len(group) < 2 or not texts:
            continue
        lines = sorted((line for text in texts for line in text.lines), key=lambda line: line.box.top)
        owners = _owners(group, lines, settings)
        for i, label in enumerate(group):
            own = tuple(line for line, owner in zip(lines, owners, strict=True) if owner == i)
            box = union(line.box for line in own) if own else label.at or label.cell.box
            found[label] = CellText(table.page.number, box, own), set(cells)
    return found


def _rows(label: CoverLabel) -> range:
    return range(label.cell.row, label.cell.row_end)


def _top(label: CoverLabel) -> float:
    return label.at.top if label.at else label.cell.box.top


def _owners(labels: Sequence[CoverLabel], lines: Sequence[Line], settings: ExtractSettings) -> list[int]:
    """For every line the index of its label: in order, each by the label above or beside it, dates by labels of dates.

    The cheapest assignment, found by dynamic programming over lines and labels.
    """
    count = len(labels)
    best: list[list[tuple[float, tuple[int, ...]]]] = []
    for n, line in enumerate(lines):
        row = []
        for i, label in enumerate(labels):
            before = best[n - 1][: i + 1] if n else [(0.0, ())] * (i + 1)
            more = [_second(label, settings) if n and j == i else 0.0 for j in range(len(before))]
            cost, path = min((b[0] + extra, b[1]) for b, extra in zip(before, more, strict=True))
            row.append((cost + _cost(label, line, settings), (*path, i)))
        best.append(row)
    return list(min(best[-1][:count])[1]) if best else []


def _cost(label: CoverLabel, line: Line, settings: ExtractSettings) -> float:
    """How little a line fits a label: by how far it stands below it, or above it, and by what it says."""
    at = label.at or label.cell.box
    below = (line.box.center[1] - at.center[1]) / max(line.box.height, 1.0)
    cost = settings.stacked_below * below if below >= 0 else -settings.stacked_above * below
    if NO_VALUE.fullmatch(line.text):
        return cost
    is_date = bool(DATE.fullmatch(line.text.lstrip(": ")))
    return cost + (settings.stacked_kind if is_date != (label.name in DATE_FIELDS) else 0.0)


def _second(label: CoverLabel, settings: ExtractSettings) -> float:
    """What a further line of one label costs: a date has one."""
    return settings.stacked_kind if label.name in DATE_FIELDS else 0.0


def without_overflow(
    values: Sequence[tuple[CoverLabel, CellText]], settings: ExtractSettings
) -> list[tuple[CoverLabel, CellText]]:
    """Values with the lines that ran over into the row of the next label below put back.

    Such a line follows the value above as the next of its lines would, and is no date where a date belongs; or it is
    a NIP where the SOP's name belongs.

    Args:
        values: The labels of one table with their values.
        settings: The thresholds.
    """
    fixed = list(values)
    order = sorted(range(len(fixed)), key=lambda n: (fixed[n][0].cell.col, _top(fixed[n][0])))
    for above, below in pairwise(order):
        (upper, own), (lower, other) = fixed[above], fixed[below]
        if upper.cell.col != lower.cell.col or upper.cell == lower.cell:
            continue
        over = _overflow(own, other, upper, lower, settings)
        if over:
            box = union((own.box, *(line.box for line in over)))
            fixed[above] = upper, replace(own, lines=(*own.lines, *over), box=box)
            fixed[below] = lower, replace(other, lines=other.lines[len(over) :])
    return fixed


def _overflow(
    own: CellText, other: CellText, upper: CoverLabel, lower: CoverLabel, settings: ExtractSettings
) -> list[Line]:
    """The first lines of the lower value that belong to the upper one."""
    return list(takewhile(lambda line: _is_over(line, own, upper, lower, settings), other.lines))


def _is_over(line: Line, own: CellText, upper: CoverLabel, lower: CoverLabel, settings: ExtractSettings) -> bool:
    if lower.name == "nama_sop":
        return upper.name == "disahkan_oleh" and bool(NIP.match(line.text.lstrip(": ")))
    is_date = DATE.fullmatch(line.text) or NO_VALUE.fullmatch(line.text)
    scanned = any(word.confidence is not None for word in line.words)  # a date may have been misread
    if lower.name not in DATE_FIELDS or upper.name in DATE_FIELDS or is_date or scanned or not own.lines:
        return False
    last = own.lines[-1]
    return (
        line.box.top - last.box.bottom <= settings.overflow_gap * last.box.height
        and abs(line.box.x0 - last.box.x0) <= settings.overflow_indent * last.box.height
    )
