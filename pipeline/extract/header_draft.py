"""The header of an SOP from its cover: every identity field and box, by its label, wherever it stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from pipeline.extract.boxes_beside import boxes_beside
from pipeline.extract.header_by_position import fields_by_position
from pipeline.extract.header_values import (
    box_text,
    field_text,
    legible,
    rows_below,
    rows_of_none,
    title_between,
    title_cell,
    value_cell,
)
from pipeline.extract.letterhead import body_above, issuing_body
from pipeline.extract.list_items import is_split_unsure, split_items
from pipeline.extract.signature import find_below, read_signature
from pipeline.extract.stacked_values import stacked_values, without_overflow
from pipeline.layout.cover_labels import APPROVERS, CoverLabel, CoverTable
from pipeline.layout.regions import CoverRegion
from pipeline.layout.text_lines import cell_text
from pipeline.message import msg
from pipeline.model.draft import HeaderDraft
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Page
from pipeline.model.pointer import pointer
from pipeline.model.text import one_line
from pipeline.settings import ExtractSettings

APPROVAL = "disahkan_oleh"
AGREEMENT = "disetujui_oleh"  # who agreed is who passed the SOP, where no other label says who did
_SIGNED = (APPROVAL, *APPROVERS)


@dataclass
class _Found:
    """What the tables of a cover gave so far, by field; a box may go on in the next table."""

    fields: dict[str, list[CellText]] = field(default_factory=dict)  # those of the table with most fields come first
    most: dict[str, int] = field(default_factory=dict)  # how many fields that table has
    boxes: dict[str, list[CellText]] = field(default_factory=dict)
    open: list[tuple[str, Box]] = field(default_factory=list)  # the lowest box of each side, which may go on
    title: CellText | None = None
    used: set[Cell] = field(default_factory=set)
    by_position: list[str] = field(default_factory=list)  # fields whose label could not be read
    unknown: dict[str, CellText] = field(default_factory=dict)  # boxes by their place, and what their label says
    unclaimed: list[CellText] = field(default_factory=list)  # rows that belong to no field and no box


def read_header(
    cover: CoverRegion,
    after: Page | None,
    below: float,
    headings: Headings,
    settings: ExtractSettings,
    until: float = math.inf,
) -> HeaderDraft:
    """Read the fields of a cover as printed.

    Args:
        cover: The tables of the cover with the labels found in them.
        after: The page that the matrix ends on: the signature is looked for there where the cover's own is bare.
        below: The y where the matrix ends on that page.
        headings: How an office and a rank begin.
        settings: The thresholds.
        until: The y where the matrix begins on the last page of the cover: a signature may stand above it.
    """
    found, named = _Found(), {label.name for table in cover.tables for label in table.labels if label.box}
    for table in cover.tables:
        _read_table(table, found, named, headings, settings)
    approvals = _approvals(found)
    fields = {name: _first_filled(cells) for name, cells in found.fields.items() if name not in _SIGNED}
    title = found.title or title_between(cover.tables)
    if "nama_sop" not in fields and title:
        fields["nama_sop"] = title
    instansi = issuing_body(cover.tables, found.used, headings, settings) or body_above(
        cover.tables, headings, settings
    )
    if instansi:
        fields["instansi"] = instansi
    lists = {name: _items(cells, headings, settings) for name, cells in found.boxes.items()}
    unclaimed = [_below_tables(cover, until), *([_area(after, below)] if after else [])]
    signature = _signature(approvals, unclaimed, headings, settings)
    return HeaderDraft(
        cover.pages, fields, signature, lists, title, (*_issues(found, headings, settings), *_kept(found, approvals))
    )


def _approvals(found: _Found) -> list[CellText]:
    """The blocks of who passed the SOP, or where the cover has no such block, of who agreed to it."""
    own = found.fields.get(APPROVAL, [])
    return own if any(cell.lines for cell in own) else found.fields.get(AGREEMENT, own)


def _kept(found: _Found, approvals: Sequence[CellText]) -> Iterator[Issue]:
    """What the cover prints and the record has no field for: others who signed, and rows without a known label."""
    for name in APPROVERS:
        cells = found.fields.get(name, [])
        for cell in cells if cells is not approvals else []:
            if cell.lines:
                message = msg("{label}: {text}", label=name.replace("_", " "), text=one_line(cell.text))
                yield Issue.of("cover-approver", "info", message)
    for cell in found.unclaimed:
        message = msg('a row of the cover that belongs to no field: "{text}"', text=one_line(cell.text))
        yield Issue.of("cover-row-unclaimed", "info", message)


def _read_table(
    table: CoverTable, found: _Found, named: Set[str], headings: Headings, settings: ExtractSettings
) -> None:
    """Add what one table of the cover gives to what was found; `named` are the boxes that any of them labels."""
    if unknown := boxes_beside(table, named | found.boxes.keys(), settings):
        found.unknown |= {label.name: table.texts[label.cell] for label in unknown}
        table = replace(table, labels=tuple(sorted((*table.labels, *unknown), key=lambda n: (n.cell.row, n.cell.col))))
    label_cells = {label.cell for label in table.labels}
    _continue_boxes(table, label_cells, found)
    stacked = stacked_values(
        table,
        [label for label in table.labels if not label.box],
        lambda label, row: value_cell(table, label, row, label_cells, settings),
        settings,
    )
    values: list[tuple[CoverLabel, CellText]] = []
    for label in table.labels:
        if label.box:
            text = box_text(table, label, label_cells, settings)
            found.boxes.setdefault(label.name, []).append(text)
        else:
            text, cells = stacked.get(label) or field_text(table, label, label_cells, settings)
            values.append((label, text))
            found.used |= cells
    fields = len({label.name for label, _ in values})
    for label, text in without_overflow(values, settings):
        given, most = found.fields.setdefault(label.name, []), found.most.get(label.name, fields)
        given.insert(0 if fields > most else len(given), text)
        found.most[label.name] = max(fields, most)
    found.used |= label_cells
    for positioned in fields_by_position(table, list(found.fields), headings, settings):
        found.fields[positioned.name] = [positioned.value]
        if not positioned.labelled:
            found.by_position.append(positioned.name)
        found.used |= set(positioned.cells)
    boxes = [label for label in table.labels if label.box]
    found.unclaimed += rows_below(table, boxes, settings)
    if boxes:
        found.open = _lowest(boxes)
        found.title = found.title or _title(table, found, min(label.cell.row for label in boxes), settings)
    found.unclaimed += rows_of_none(table, found.used)


def _title(table: CoverTable, found: _Found, row: int, settings: ExtractSettings) -> CellText | None:
    """The text of the row above the boxes, at `row`, where it is a title's."""
    cells = title_cell(table, found.used, row, settings)
    if not cells:
        return None
    found.used |= cells
    text = legible(cell_text(table.page, union(cell.box for cell in cells)), settings)
    return text if text.lines else None


def _lowest(labels: Sequence[CoverLabel]) -> list[tuple[str, Box]]:
    """For every side of the cover the box label that stands lowest."""
    kept: list[tuple[str, Box]] = []
    for label in sorted(labels, key=lambda label: -label.cell.box.top):
        if not any(overlap(*box.x_range(), *label.cell.box.x_range()) > 1 for _, box in kept):
            kept.append((label.name, label.cell.box))
    return kept


def _continue_boxes(table: CoverTable, label_cells: Set[Cell], found: _Found) -> None:
    """Text above a table's first label belongs to the boxes that the table before it left open."""
    if any(not label.box for label in table.labels) or not found.open:
        return
    first = min((cell.box.top for cell in label_cells), default=table.box.bottom)
    above = [c for c in table.grid.cells if c.box.bottom <= first + 1 and c not in label_cells]
    for name, box in found.open:
        cells = [c for c in above if overlap(*c.box.x_range(), *box.x_range()) > c.box.width / 2]
        if cells:
            text = cell_text(table.page, union(c.box for c in cells))
            if text.lines:
                found.boxes[name].append(text)


def _below_tables(cover: CoverRegion, until: float) -> CellText:
    """What stands below the cover's tables on its last page, down to the y where the matrix begins."""
    page = cover.tables[-1].page
    return _area(page, max(table.box.bottom for table in cover.tables if table.page.number == page.number), until)


def _area(page: Page, top: float, bottom: float = math.inf) -> CellText:
    return cell_text(page, Box(0.0, top, page.width, max(top, min(bottom, page.height))))


def _signature(
    approvals: Iterable[CellText], unclaimed: Iterable[CellText], headings: Headings, settings: ExtractSettings
) -> dict[str, CellText]:
    """Who approved the SOP: by the cover's field, and where that names nobody, by what no table claims.

    `unclaimed` are the lines below the tables of the cover and those below the matrix.
    """
    cells = [cell for text in approvals if (cell := legible(text, settings)).lines]
    own = read_signature(cells[0], headings, settings) if cells else {}
    for text in unclaimed if "nama" not in own else ():
        block = find_below(text.lines, text.page, headings, settings)
        found = read_signature(block, headings, settings) if block else {}
        if "nama" in found:
            return found | own
    return own


def _first_filled(cells: Sequence[CellText]) -> CellText:
    """Of several cells with one label the first that holds words."""
    return next((cell for cell in cells if cell.lines), cells[0])


def _items(cells: Sequence[CellText], headings: Headings, settings: ExtractSettings) -> tuple[CellText, ...]:
    """A box's items over its parts: one that goes on over a page break ends with the unmarked first item there."""
    joined: list[CellText] = []
    for n, cell in enumerate(cells):
        part = split_items(cell, headings, settings)
        if n and joined and part and cell.page != cells[n - 1].page and _goes_on(cell, part[0]):
            joined[-1] = replace(joined[-1], lines=joined[-1].lines + part[0].lines)
            part = part[1:]
        joined += part
    return tuple(joined)


def _goes_on(cell: CellText, item: CellText) -> bool:
    """Whether the first item of a cell begins with the cell's very first word, uncapitalised: it goes on."""
    return bool(cell.lines and item.lines) and cell.lines[0] == item.lines[0] and item.text[:1].islower()


def _issues(found: _Found, headings: Headings, settings: ExtractSettings) -> tuple[Issue, ...]:
    """What the cover leaves open.

    A label that stands twice with two values, of which the first is taken; a field or a box taken by its position; a
    list that could be split in two ways.
    """
    issues = []
    for name, cells in found.fields.items():
        values = {cell.text for cell in cells if cell.lines}
        if name not in _SIGNED and len(values) > 1:
            told = " / ".join(sorted(values))
            message = msg("the cover gives {field} more than once: {values}", field=name, values=told)
            issues.append(Issue.of("field-twice", "warning", message, pointer("header", name)))
    for name in found.by_position:
        message = msg("the label of {field} could not be read: the value is taken by its place", field=name)
        issues.append(Issue.of("label-unreadable", "warning", message, pointer("header", name)))
    for name, label in found.unknown.items():
        message = msg(
            '"{text}" is no known label: by its place it is that of {field}', text=label.lines[0].text, field=name
        )
        issues.append(Issue.of("label-unknown", "warning", message, pointer("header", name)))
    for name, cells in found.boxes.items():
        if any(is_split_unsure(cell, headings, settings) for cell in cells):
            message = msg("a line ends early and the next begins in lower case: they may be one item or two")
            issues.append(Issue.of("list-split-unsure", "info", message, pointer("header", name)))
    return tuple(issues)
