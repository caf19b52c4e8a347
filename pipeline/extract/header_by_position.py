"""Identity fields of a scanned cover whose labels a stamp has made unreadable, told by their position.

PermenPAN-RB 35/2012 prints them in one order, and the covers of all agencies keep to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.layout.cover_labels import APPROVERS, CoverLabel, CoverTable
from pipeline.layout.label_matching import match
from pipeline.layout.text_lines import lines_of, words_in
from pipeline.model.geometry import Box
from pipeline.model.grid import Cell
from pipeline.model.headings import Headings
from pipeline.model.page import CellText
from pipeline.model.text import squash
from pipeline.settings import ExtractSettings

# The order of the fields; where two share a position, the first is the one that nearly every cover prints.
POSITIONS = (
    ("nomor_sop",),
    ("tanggal_pembuatan",),
    ("tanggal_revisi",),
    ("tanggal_efektif", "tanggal_pengesahan"),
    ("disahkan_oleh",),
    ("nama_sop",),
)


@dataclass(frozen=True)
class PositionedField:
    """A field by its position: its name, the cells it stands in, its value, and whether its label was read as well."""

    name: str
    cells: tuple[Cell, ...]
    value: CellText
    labelled: bool


def fields_by_position(
    table: CoverTable, found: Sequence[str], headings: Headings, settings: ExtractSettings
) -> list[PositionedField]:
    """Fields not yet `found`, in rows that stand among the labels that could be read; none on a text page."""
    labels = [label for label in table.labels if not label.box and label.name not in APPROVERS]
    if table.page.kind == "text" or not labels:
        return []
    rows = _rows(table, labels)
    by_cell = {label.cell: label.name for label in labels}
    names = [by_cell.get(cell) for cell in rows]
    fields: list[PositionedField] = []
    for i, cell in enumerate(rows):
        if names[i] is not None or _is_another(table, cell, settings):
            continue
        if name := _name(table, rows, names, i, {*found, *(f.name for f in fields)}, settings):
            names[i] = name
            cells, value = _value(table, cell, labels)
            labelled = _label(table, cell, value, headings, settings) == name
            fields.append(PositionedField(name, cells, value, labelled))
    return [field for field in fields if field.value.lines]


def _rows(table: CoverTable, labels: Sequence[CoverLabel]) -> list[Cell]:
    """The cells of the labels' column, top to bottom, down to the first box."""
    col = min(label.cell.col for label in labels)
    end = min((label.cell.row for label in table.labels if label.box), default=table.grid.rows)
    cells = dict.fromkeys(table.grid.at(row, col) for row in range(end))
    return [cell for cell in cells if cell.col >= col]


def _name(
    table: CoverTable,
    rows: Sequence[Cell],
    names: Sequence[str | None],
    i: int,
    taken: set[str],
    settings: ExtractSettings,
) -> str | None:
    """The field that belongs in row i: the next position after the row above it that the rows below leave free."""
    above = max((_position(name) for name in names[:i] if name), default=-1)
    below = min((_position(name) for name in names[i + 1 :] if name), default=len(POSITIONS))
    heights = sorted(cell.box.height for cell in rows)
    if rows[i].box.height > settings.approval_height * heights[len(heights) // 2]:
        return "disahkan_oleh" if "disahkan_oleh" not in taken else None
    free = [names for names in POSITIONS[above + 1 : below] if not taken & set(names)]
    if not free or (above < 0 and below == len(POSITIONS)):
        return None
    position = free[0] if above >= 0 else free[-1]
    if position in (("disahkan_oleh",), ("nama_sop",)):
        return None
    return _most_alike(table, rows[i], position, settings)


def _is_another(table: CoverTable, cell: Cell, settings: ExtractSettings) -> bool:
    """Whether a row's label is clear to read and like that of no field: "Status dokumen"."""
    words = [word for word in words_in(table.page.words, cell.box) if any(c.isalpha() for c in word.text)]
    if not words or min(word.confidence or 0.0 for word in words) < settings.position_sure:
        return False
    text = squash(" ".join(word.text for word in words))
    return all(
        fuzz.partial_ratio(squash(name), text) < settings.position_likeness for names in POSITIONS for name in names
    )


def _position(name: str) -> int:
    return next(n for n, names in enumerate(POSITIONS) if name in names)


def _most_alike(table: CoverTable, cell: Cell, names: tuple[str, ...], settings: ExtractSettings) -> str:
    """Which of the fields that share a position the label in a cell is most like; the first where it is like none."""
    text = squash(" ".join(word.text for word in words_in(table.page.words, cell.box))[:24])
    scores = {name: fuzz.partial_ratio(squash(name), text) for name in names}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= settings.position_likeness else names[0]


def _value(table: CoverTable, cell: Cell, labels: Sequence[CoverLabel]) -> tuple[tuple[Cell, ...], CellText]:
    """The words where the other fields have their values: in the cells to the right, or further right in the cell."""
    left = _values_left(table, labels)
    right = Box(max(left, cell.box.x0), cell.box.top, table.box.x1, cell.box.bottom)
    words = words_in(table.page.words, right)
    inside = (*(c for c in table.grid.cells if right.contains(*c.box.center)), cell)
    return inside, CellText(table.page.number, right, lines_of(words))


def _label(table: CoverTable, cell: Cell, value: CellText, headings: Headings, settings: ExtractSettings) -> str | None:
    """The field whose very label stands clear to read before a value; None where none does.

    One of a single word without a colon ("Nomor") is no label but where it belongs.
    """
    words = words_in(table.page.words, Box(cell.box.x0, cell.box.top, value.box.x0, cell.box.bottom))
    if not words or min(word.confidence or 0.0 for word in words) < settings.position_sure:
        return None
    return match(" ".join(word.text for word in words).strip(" :"), headings.cover, likeness=100.0)


def _values_left(table: CoverTable, labels: Sequence[CoverLabel]) -> float:
    """The x where values begin: that of values beside their labels, or the labels' right edge."""
    size = table.page.text_size
    beside = [label.rest[0].box.x0 for label in labels if label.apart and label.rest]
    if beside:
        return min(beside) - size
    return max(label.cell.box.x1 for label in labels)
