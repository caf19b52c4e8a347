"""Values of a cover: the text that belongs to a label, the title, and what of a text is legible."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.cover_labels import CoverLabel, CoverTable
from pipeline.layout.text_lines import cell_text, title_lines
from pipeline.model.geometry import Box, overlap, union
from pipeline.model.grid import Cell
from pipeline.model.page import CellText, Line, Page, Word
from pipeline.settings import ExtractSettings

LABELLED = re.compile(r"[^\W\d][^\W\d. ]*(?:[ ./][^\W\d]+){0,2}\s*:\s")


def box_text(table: CoverTable, label: CoverLabel, label_cells: Set[Cell], settings: ExtractSettings) -> CellText:
    """The text of a box: the rest of its label's cell, or all below it down to the next label of that side."""
    cell = label.cell.box
    if not label.whole and label.rest:
        around = union(line.box for line in label.rest)
        return CellText(table.page.number, Box(cell.x0, around.top, cell.x1, cell.bottom), label.rest)
    below = [
        c.box.top
        for c in label_cells
        if c.box.top >= cell.bottom - 1 and overlap(*c.box.x_range(), *cell.x_range()) > 1
    ]
    extra = [c.box.top for c in wide_rows(table, cell, settings)]
    bottom = min([*below, *extra], default=table.box.bottom)
    x0, x1 = _sides(table, cell, settings)
    text = cell_text(table.page, Box(x0, cell.bottom, x1, bottom)) if bottom > cell.bottom + 1 else None
    if text and text.lines:
        return text
    right = _right_of(table, label.cell, label.cell.row, label_cells, None, settings)
    if right and not text:
        return cell_text(table.page, right.box)
    return text or CellText(table.page.number, Box(cell.x0, cell.top, cell.x1, cell.bottom))


def wide_rows(table: CoverTable, label: Box, settings: ExtractSettings) -> list[Cell]:
    """The cells below a box's label that take the whole width, where neither it nor the cell right below it does.

    They belong to no box that stands at one side of the cover: "Maksud dan tujuan".
    """
    first = table.grid.around(label.center[0], label.bottom + settings.cell_below * table.page.text_size)
    if first is None:
        return []
    width = settings.box_side * table.box.width
    if max(label.width, first.box.width) > width:
        return []
    return [c for c in table.texts if c.box.top >= first.box.bottom - 1 and c.box.width > width]


def rows_below(table: CoverTable, boxes: Sequence[CoverLabel], settings: ExtractSettings) -> list[CellText]:
    """The texts of the rows below the lowest boxes that belong to none of them."""
    if not boxes:
        return []
    lowest = max(boxes, key=lambda label: label.cell.box.top)
    claimed = {label.cell for label in table.labels}
    bottom = table.box.bottom + 1
    rows = [c for c in wide_rows(table, lowest.cell.box, settings) if c not in claimed and c.box.bottom <= bottom]
    return [table.texts[cell] for cell in rows]


def rows_of_none(table: CoverTable, used: Set[Cell]) -> list[CellText]:
    """The rows among the identity fields that begin, where labels stand, with none that is known: "Unit Kerja".

    `used` are the cells of labels and of their values. A scan's labels are told by their place.
    """
    fields = [label.cell for label in table.labels if not label.box]
    if table.page.kind != "text" or not fields:
        return []
    first = min(cell.row for cell in fields)
    end = min((label.cell.row for label in table.labels if label.box), default=max(cell.row_end for cell in fields))
    columns = {cell.col for cell in fields}
    free = [c for c in table.texts if first <= c.row < end and c not in used]
    begin = {row: min(c.col for c in free if c.row == row) for row in sorted({c.row for c in free if c.col in columns})}
    rows = [[c for c in free if c.row == row] for row, col in begin.items() if col in columns]
    return [cell_text(table.page, union(c.box for c in row)) for row in rows]


def _sides(table: CoverTable, label: Box, settings: ExtractSettings) -> tuple[float, float]:
    """The x range of a box below its label: the label's own, or that of the cell below, which no stamp may have cut."""
    below = table.grid.around(label.center[0], label.bottom + settings.cell_below * table.page.text_size)
    if below is None or below.box.width > settings.box_side * table.box.width:
        return label.x0, label.x1
    return min(label.x0, below.box.x0), max(label.x1, below.box.x1)


def field_text(
    table: CoverTable, label: CoverLabel, label_cells: Set[Cell], settings: ExtractSettings
) -> tuple[CellText, set[Cell]]:
    """An identity field's value: in its label's cell, in the cell to the right, or in those below it.

    Returns:
        The value without the colon before it, and the cells beside its label's that it was taken from.
    """
    page = table.page.number
    if not label.whole:
        lines = _in_own_column(label.rest) if label.apart else label.rest
        return CellText(page, label.cell.box, without_colon(lines)), set()
    cell = value_cell(table, label, label.cell.row, label_cells, settings)
    if cell:
        text = table.texts.get(cell) or CellText(page, cell.box)
        return CellText(page, cell.box, without_colon(text.lines)), {cell}
    lower = [c for c in table.grid.cells if c.col == label.cell.col and c.row >= label.cell.row_end]
    stop = min((c.row for c in label_cells if c.row >= label.cell.row_end), default=table.grid.rows)
    taken = {c for c in lower if c.row < stop}
    if not taken:
        return CellText(page, label.cell.box), set()
    return cell_text(table.page, union(c.box for c in taken)), taken


def _in_own_column(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A value that stands in a column of its own beside its label: of its further lines only what lies in that column.

    What lies further left is below the label: a stamp, or the lines of a drawing. The column begins at the colon, if
    there is one, or else a little before the first line, below which longer ones may be centred.
    """
    if not lines:
        return ()
    first = lines[0].words[0]
    left = first.box.x0 - (0 if first.text.startswith(":") else 2 * first.size)
    return tuple(Line(words) for line in lines if (words := _from(line, left)))


def _from(line: Line, left: float) -> tuple[Word, ...]:
    """The words of a line from `left` on, with those of a text layer right before that hang together with them."""
    words = line.words
    start = next((n for n, word in enumerate(words) if word.box.x0 >= left), len(words))
    while 0 < start < len(words) and words[start].box.x0 - words[start - 1].box.x1 <= words[start].size:
        if words[start - 1].confidence is not None:  # what stands there may be a stamp
            break
        start -= 1
    return words[start:]


def without_colon(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """A value's lines without the colon that led to it."""
    if not lines:
        return ()
    first, *others = lines[0].words
    text = first.text.lstrip(":").lstrip()
    words = (replace(first, text=text), *others) if text else tuple(others)
    return (Line(words), *lines[1:]) if words else lines[1:]


def value_cell(
    table: CoverTable, label: CoverLabel, row: int, label_cells: Set[Cell], settings: ExtractSettings
) -> Cell | None:
    """The cell to the right of a label's, in a row of the grid, that holds no lone colon; None where there is none.

    What has a colon of its own behind a label that has one is another label, which no lexicon knows: "Halaman : 1".
    """
    cell = _right_of(table, label.cell, row, label_cells, table.texts, settings)
    own, other = (table.texts.get(c) if c else None for c in (label.cell, cell))
    if own and other and own.text.endswith(":") and LABELLED.match(other.text):
        return None
    return cell


def _right_of(
    table: CoverTable,
    label: Cell,
    row: int,
    label_cells: Set[Cell],
    texts: Mapping[Cell, CellText] | None,
    settings: ExtractSettings,
) -> Cell | None:
    """The next cell to the right that is no lone colon, whatever was recognised for it, where `texts` are given.

    None where the table ends or another label stands there.
    """
    col = label.col_end
    while col < table.grid.columns:
        cell = table.grid.at(row, col)
        if cell in label_cells:
            return None
        if texts is None or not _is_colon(cell, texts.get(cell), table.page, settings):
            return cell
        col = max(cell.col_end, col + 1)
    return None


def _is_colon(cell: Cell, text: CellText | None, page: Page, settings: ExtractSettings) -> bool:
    """Whether a cell holds a colon alone: on a scan half of it may be lost, or all."""
    if text is None:
        return cell.box.width < settings.colon_width * page.text_size
    return text.text.strip() in ((":",) if page.kind == "text" else (":", ";", ".", ","))


def title_cell(table: CoverTable, used: Set[Cell], row: int, settings: ExtractSettings) -> set[Cell]:
    """The cells of the row right above the boxes, at `row`, where no label stands and one cell takes most of it.

    That is the SOP's name, where no field gives it.
    """
    cells = {table.grid.at(row - 1, col) for col in range(table.grid.columns)} if row else set()
    free = not cells & used and all(cell.row == row - 1 for cell in cells)
    if not free or max((cell.box.width for cell in cells), default=0.0) < settings.title_width * table.box.width:
        return set()
    return cells


def title_between(tables: Sequence[CoverTable]) -> CellText | None:
    """The words between the identity fields' table and the boxes' below it: the same, where they are two tables."""
    for upper, lower in pairwise(tables):
        if upper.names(box=False) and lower.names(box=True) and upper.page is lower.page:
            text = cell_text(upper.page, Box(0.0, upper.box.bottom, upper.page.width, lower.box.top))
            if lines := title_lines(text.lines):
                return replace(text, lines=lines)
    return None


def legible(text: CellText, settings: ExtractSettings) -> CellText:
    """A text without what recognition made of a coat of arms or a signature.

    Words and lines of which little is sure go, and lines that are neither words nor a long number. Where a word goes
    that may have been one of its line, the word before or behind it is as unsure and keeps what was read.
    """
    lines = tuple(_legible_line(line, settings) for line in text.lines if _has_sense(_clear(line, settings), settings))
    return replace(text, lines=lines)


def _clear(line: Line, settings: ExtractSettings) -> Line:
    kept = [w for w in line.words if w.confidence is None or w.confidence >= settings.legible_word]
    return Line(tuple(w for n, w in enumerate(kept) if not _is_stray(w, kept[max(0, n - 1) : n + 2], settings)))


def _is_stray(word: Word, beside: Sequence[Word], settings: ExtractSettings) -> bool:
    """Whether a word is a lone sign that was not read surely and stands far from the words `beside` it."""
    gaps = [max(word.box.x0 - w.box.x1, w.box.x0 - word.box.x1) for w in beside if w is not word]
    unsure = word.confidence is not None and word.confidence < settings.clear_word
    return unsure and len(word.text) == 1 and bool(gaps) and min(gaps) > settings.stray_gap * word.size


def _legible_line(line: Line, settings: ExtractSettings) -> Line:
    kept: list[Word] = []
    lost: Word | None = None
    clear = _clear(line, settings).words
    for word in line.words:
        if word not in clear:
            if kept and _may_be_lost(word, kept[-1], settings):
                kept[-1] = _beside_lost(kept[-1], word)
            elif not kept:
                lost = word
        else:
            kept.append(_beside_lost(word, lost) if lost and _may_be_lost(lost, word, settings) else word)
            lost = None
    return Line(tuple(kept))


def _may_be_lost(word: Word, other: Word, settings: ExtractSettings) -> bool:
    """Whether an illegible word may have been one beside a legible one: it has letters, and is near."""
    gap = max(word.box.x0 - other.box.x1, other.box.x0 - word.box.x1)
    return sum(c.isalnum() for c in word.text) >= settings.lost_letters and gap <= settings.lost_gap * other.size


def _beside_lost(word: Word, lost: Word) -> Word:
    sure = min(c for c in (word.confidence, lost.confidence, 1.0) if c is not None)
    return replace(word, confidence=sure, readings=(*word.readings, lost.text))


def _has_sense(line: Line, settings: ExtractSettings) -> bool:
    if not line.words:
        return False
    if all(w.confidence is None for w in line.words):
        return True
    if (
        all((w.confidence or 1.0) >= settings.clear_word for w in line.words)
        and _letters(line) >= settings.clear_letters
    ):
        return True
    sure = [w.text for w in line.words if w.confidence is None or w.confidence >= settings.sure_word]
    letters = sum(n for n in (sum(char.isalpha() for char in text) for text in sure) if n > 2)
    digits = sum(char.isdigit() for text in sure for char in text)
    least = max(settings.sense_letters, settings.sense_share * sum(len(w.text) for w in line.words))
    return digits >= settings.sense_digits or letters >= least


def _letters(line: Line) -> int:
    return sum(char.isalnum() for word in line.words for char in word.text)
