"""The cover: every identity field and box, by its label, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.extract.header_by_position import fields_by_place
from pipeline.extract.list_items import split_items
from pipeline.extract.signature import find_below, read_signature
from pipeline.layout.cover_labels import CoverLabel, CoverTable
from pipeline.layout.regions import CoverRegion
from pipeline.layout.text_lines import cell_text, lines_of, words_in
from pipeline.model.draft import HeaderDraft
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import CellText, Line, Page
from pipeline.model.pointer import pointer

APPROVAL = "disahkan_oleh"


@dataclass
class _Found:
    """What the tables of a cover gave so far, by field; a box may go on in the next table."""

    fields: dict[str, list[CellText]] = field(default_factory=dict)
    boxes: dict[str, list[CellText]] = field(default_factory=dict)
    open: list[tuple[str, Box]] = field(default_factory=list)  # the lowest box of each side, which may go on
    title: CellText | None = None
    used: set[Cell] = field(default_factory=set)
    guesses: list[str] = field(default_factory=list)  # fields whose label could not be read


def read_header(cover: CoverRegion, after: Page | None, below: float, headings: Headings) -> HeaderDraft:
    """The cover's fields as printed. `after` is the page of the matrix's end and `below` the y where that ends:
    the signature is looked for there when the cover's own is bare.
    """
    found = _Found()
    for table in cover.tables:
        _read_table(table, found)
    fields = {name: _best(cells) for name, cells in found.fields.items() if name != APPROVAL}
    title = found.title or _title_between(cover.tables)
    if "nama_sop" not in fields and title:
        fields["nama_sop"] = title
    instansi = _instansi(cover.tables, found.used)
    if instansi:
        fields["instansi"] = instansi
    lists = {name: _items(cells) for name, cells in found.boxes.items()}
    signature = _signature(found.fields.get(APPROVAL, []), after, below, headings)
    return HeaderDraft(cover.pages, fields, signature, lists, title, _told(found))


def _read_table(table: CoverTable, found: _Found) -> None:
    label_cells = {label.cell for label in table.labels}
    _go_on(table, label_cells, found)
    for label in table.labels:
        if label.box:
            found.boxes.setdefault(label.name, []).append(_box_text(table, label, label_cells))
        else:
            value = _field_text(table, label, label_cells, table.texts, found.used)
            found.fields.setdefault(label.name, []).append(value)
    found.used |= label_cells
    for guess in fields_by_place(table, list(found.fields)):
        found.fields[guess.name] = [guess.value]
        found.guesses.append(guess.name)
        found.used |= set(guess.cells)
    lowest = [label for label in table.labels if label.box]
    if lowest:
        found.open = _lowest(lowest)
        found.title = found.title or _title_cell(table, found.used, min(lab.cell.row for lab in lowest))


def _lowest(labels: Sequence[CoverLabel]) -> list[tuple[str, Box]]:
    """For every side of the cover the box label that stands lowest."""
    kept: list[CoverLabel] = []
    for label in sorted(labels, key=lambda lab: -lab.cell.box.top):
        if not any(overlap(k.cell.box.x0, k.cell.box.x1, label.cell.box.x0, label.cell.box.x1) > 1 for k in kept):
            kept.append(label)
    return [(label.name, label.cell.box) for label in kept]


def _go_on(table: CoverTable, label_cells: set[Cell], found: _Found) -> None:
    """Text above a table's first label belongs to the boxes that the table before it left open."""
    if any(not label.box for label in table.labels) or not found.open:
        return
    first = min((cell.box.top for cell in label_cells), default=table.box.bottom)
    above = [c for c in table.grid.cells if c.box.bottom <= first + 1 and c not in label_cells]
    for name, box in found.open:
        cells = [c for c in above if overlap(c.box.x0, c.box.x1, box.x0, box.x1) > 0.5 * c.box.width]
        if cells:
            text = cell_text(table.page, union(c.box for c in cells))
            if text.lines:
                found.boxes[name].append(text)


def _box_text(table: CoverTable, label: CoverLabel, label_cells: set[Cell]) -> CellText:
    """What stands in a box: the rest of its label's cell, or all below it down to the next label of that side."""
    cell = label.cell.box
    if not label.whole and label.rest:
        around = union(line.box for line in label.rest)
        return CellText(table.page.number, Box(cell.x0, around.top, cell.x1, cell.bottom), label.rest)
    below = [
        c.box.top
        for c in label_cells
        if c.box.top >= cell.bottom - 1 and overlap(c.box.x0, c.box.x1, cell.x0, cell.x1) > 1
    ]
    bottom = min(below, default=table.box.bottom)
    x0, x1 = _sides(table, cell)
    text = cell_text(table.page, Box(x0, cell.bottom, x1, bottom)) if bottom > cell.bottom + 1 else None
    if text and text.lines:
        return text
    right = _right_of(table, label, label_cells)
    if right and not text:
        return cell_text(table.page, right.box)
    return text or CellText(table.page.number, Box(cell.x0, cell.top, cell.x1, cell.bottom))


def _sides(table: CoverTable, label: Box) -> tuple[float, float]:
    """The x range of a box below its label: the label's own, or that of the cell below, which no stamp may have cut."""
    below = table.grid.around(label.center[0], label.bottom + 0.2 * table.page.text_size)
    if below is None or below.box.width > 0.75 * table.box.width:
        return label.x0, label.x1
    return min(label.x0, below.box.x0), max(label.x1, below.box.x1)


def _field_text(
    table: CoverTable, label: CoverLabel, label_cells: set[Cell], texts: Mapping[Cell, CellText], used: set[Cell]
) -> CellText:
    """An identity field's value: in its label's cell, in the cell to the right, or in those below it."""
    page = table.page.number
    if not label.whole:
        lines = without_colon(label.rest)
        return CellText(page, label.cell.box, _beside(lines) if label.apart else lines)
    cell = _right_of(table, label, label_cells, texts)
    if cell:
        used.add(cell)
        text = texts.get(cell) or CellText(page, cell.box)
        return CellText(page, cell.box, without_colon(text.lines))
    lower = [c for c in table.grid.cells if c.col == label.cell.col and c.row >= label.cell.row_end]
    stop = min((c.row for c in lower if c in label_cells), default=table.grid.rows)
    taken = [c for c in lower if c.row < stop]
    used |= set(taken)
    if not taken:
        return CellText(page, label.cell.box)
    return cell_text(table.page, union(c.box for c in taken))


def _beside(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A value that stands in a column of its own beside its label: of its further lines only what lies in that column.

    What lies further left is below the label: a stamp, or the lines of a drawing.
    """
    if not lines:
        return ()
    left = lines[0].box.x0 - 2 * lines[0].words[0].size
    kept = (tuple(word for word in line.words if word.box.x0 >= left) for line in lines)
    return tuple(Line(words) for words in kept if words)


def without_colon(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A value's lines without the colon that led to it."""
    if not lines:
        return ()
    first, *others = lines[0].words
    text = first.text.lstrip(":").lstrip()
    words = (replace(first, text=text), *others) if text else tuple(others)
    return (Line(words), *lines[1:]) if words else lines[1:]


def _right_of(
    table: CoverTable, label: CoverLabel, label_cells: set[Cell], texts: Mapping[Cell, CellText] | None = None
) -> Cell | None:
    """The next cell to the right that is no lone colon, whatever was read for it; None where the table ends or another
    label stands there.
    """
    col = label.cell.col_end
    while col < table.grid.columns:
        cell = table.grid.at(label.cell.row, col)
        if cell in label_cells:
            return None
        lone = texts is not None and cell in texts and texts[cell].text.strip() in _colons(table.page)
        narrow = texts is not None and cell not in texts and cell.box.width < 1.5 * table.page.text_size
        if not (lone or narrow):
            return cell
        col = max(cell.col_end, col + 1)
    return None


def _colons(page: Page) -> frozenset[str]:
    """What a colon in a column of its own is read as: on a scan half of it may be lost."""
    return frozenset(":") if page.kind == "text" else frozenset(":;.,")


def _title_cell(table: CoverTable, used: set[Cell], row: int) -> CellText | None:
    """The row right above the boxes where no label stands and one cell takes most of it: the SOP's name, where no
    field gives it.
    """
    cells = {table.grid.at(row - 1, col) for col in range(table.grid.columns)} if row else set()
    free = not cells & used and all(cell.row == row - 1 for cell in cells)
    if not free or max((cell.box.width for cell in cells), default=0.0) < 0.5 * table.box.width:
        return None
    used |= cells
    text = legible(cell_text(table.page, union(cell.box for cell in cells)))
    return text if text.lines else None


def _title_between(tables: Sequence[CoverTable]) -> CellText | None:
    """The words between the identity fields' table and the boxes' below it: the same, where they are two tables."""
    for upper, lower in zip(tables, tables[1:], strict=False):
        if upper.names(box=False) and lower.names(box=True) and upper.page is lower.page:
            text = cell_text(upper.page, Box(0.0, upper.box.bottom, upper.page.width, lower.box.top))
            if text.lines:
                return text
    return None


def _instansi(tables: Sequence[CoverTable], used: set[Cell]) -> CellText | None:
    """The body that issues the SOP: the largest text among the identity fields' table that no label claims, beside the
    labels' side or above them.
    """
    best: CellText | None = None
    for table in tables:
        fields = [label.cell for label in table.labels if not label.box]
        boxes = [label.cell.row for label in table.labels if label.box]
        if not fields:
            continue
        end = min(boxes, default=table.grid.rows)
        left, first = min(cell.box.x0 for cell in fields), min(cell.row for cell in fields)
        for cell, text in table.texts.items():
            free = cell not in used and cell.row < end and cell.box.bottom <= table.box.bottom + 1
            free = free and (cell.box.x0 < left - 1 or cell.row_end <= first)
            text = legible(text)
            free = free and bool(text.lines)
            if free and (best is None or (cell.box.x0 < left, len(text.text)) > (best.box.x0 < left, len(best.text))):
                best = text
    return best


def legible(text: CellText) -> CellText:
    """A text without what recognition made of a coat of arms or a signature: words and lines of which little is sure,
    and lines that are neither words nor a long number.
    """
    lines = (Line(tuple(w for w in line.words if w.confidence is None or w.confidence >= 0.3)) for line in text.lines)
    return replace(text, lines=tuple(line for line in lines if line.words and _is_sense(line)))


def _is_sense(line: Line) -> bool:
    sure = [w for w in line.words if w.confidence is None or w.confidence >= 0.5]
    letters = sum(n for n in (sum(char.isalpha() for char in w.text) for w in sure) if n > 2)
    digits = sum(char.isdigit() for w in sure for char in w.text)
    typed = all(w.confidence is None for w in line.words)
    return typed or digits >= 8 or letters >= max(3, 0.5 * sum(len(w.text) for w in line.words))


def _signature(
    approvals: Iterable[CellText], after: Page | None, below: float, headings: Headings
) -> dict[str, CellText]:
    cells = [cell for cell in map(legible, approvals) if cell.lines]
    own = read_signature(cells[0], headings) if cells else {}
    if "nama" in own or after is None:
        return own
    words = words_in(after.words, Box(0.0, below, after.width, after.height))
    block = find_below(lines_of(words), after.number, headings)
    return (read_signature(block, headings) if block else {}) | own


def _best(cells: Sequence[CellText]) -> CellText:
    """Of several cells with one label the first that says something."""
    return next((cell for cell in cells if cell.lines), cells[0])


def _items(cells: Sequence[CellText]) -> tuple[CellText, ...]:
    """A box's items over its pieces: one that goes on over a page break ends with the unmarked first piece there."""
    joined: list[CellText] = []
    for n, cell in enumerate(cells):
        part = split_items(cell)
        if n and joined and part and _unmarked_start(cell, part[0]):
            joined[-1] = replace(joined[-1], lines=joined[-1].lines + part[0].lines)
            part = part[1:]
        joined += part
    return tuple(joined)


def _unmarked_start(cell: CellText, item: CellText) -> bool:
    """Whether the first item of a cell begins with the cell's very first word, uncapitalised: it goes on."""
    return bool(cell.lines and item.lines) and cell.lines[0] == item.lines[0] and item.text[:1].islower()


def _told(found: _Found) -> tuple[Issue, ...]:
    """A label that stands twice with two values, of which the first is taken; a field taken by its place."""
    issues = []
    for name, cells in found.fields.items():
        values = {cell.text for cell in cells if cell.lines}
        if name != APPROVAL and len(values) > 1:
            message = f"the cover gives {name} more than once: {' / '.join(sorted(values))}"
            issues.append(Issue(code="field-twice", severity="warning", path=pointer("header", name), message=message))
    for name in found.guesses:
        message = f"the label of {name} could not be read: the value is taken by its place"
        issues.append(Issue(code="label-unreadable", severity="warning", path=pointer("header", name), message=message))
    return tuple(issues)
