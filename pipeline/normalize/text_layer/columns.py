"""Words of the matrix that stand where no words of their column stand, or across the border of their cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.model.draft import Column, MatrixDraft
from pipeline.model.page import CellText, Line, Word
from pipeline.normalize.text_layer.alignment import Placed, out_of_place
from pipeline.settings import TextDoubtSettings

Found = tuple[int, Column, str]
"""The place of a row from 0, a column, and the words."""


def out_of_line(matrix: MatrixDraft, settings: TextDoubtSettings) -> Iterator[Found]:
    """Find lines that do not begin, or are not centred, as those of their column are."""
    for column in matrix.columns:
        cells = [(n, row.cells[column.index]) for n, row in enumerate(matrix.rows) if column.index in row.cells]
        lines = [(n, cell, line) for n, cell in cells for line in cell.lines]
        if column.kind == "pelaksana" or any(not line.words[0].orientation.is_horizontal for *_, line in lines):
            continue
        for odd in out_of_place([_across(cell, line) for _, cell, line in lines], settings):
            n, cell, line = lines[odd]
            if not _hangs(cell, line, settings):
                yield n, column, line.text


def _has_lines(cells: Mapping[int, CellText], column: Column) -> bool:
    return column.index in cells and bool(cells[column.index].lines)


def _across(cell: CellText, line: Line) -> Placed:
    size = line.words[0].size
    return Placed((line.box.x0 - cell.box.x0) / size, (cell.box.x1 - line.box.x1) / size)


def _hangs(cell: CellText, line: Line, settings: TextDoubtSettings) -> bool:
    """Whether a line begins below a word of another one: behind the mark of a list item, say."""
    reach = settings.same_place * line.words[0].size
    starts = [word.box.x0 for other in cell.lines if other is not line for word in other.words[:2]]
    return any(abs(start - line.box.x0) <= reach for start in starts)


def across_borders(matrix: MatrixDraft, settings: TextDoubtSettings) -> Iterator[Found]:
    """Find words that stick out of their cell, and lines that go on in the next cell as if no border were there."""
    columns = [column for column in matrix.columns if column.kind != "pelaksana"]
    for n, row in enumerate(matrix.rows):
        for column in columns:
            cell = row.cells.get(column.index)
            for line in cell.lines if cell else ():
                if cell and any(_sticks_out(cell, word, settings) for word in line.words):
                    yield n, column, line.text
        for column, following in pairwise(columns):
            if following.index == column.index + 1 and _has_lines(row.cells, column):
                for line, beside in _running_on(row.cells[column.index], row.cells.get(following.index), settings):
                    margins = _left_margins(matrix, following, row.no)  # few lines come so far
                    if not _begins_as_others(margins, row.cells[following.index], beside, settings):
                        yield n, column, line.text
                        yield n, following, beside.text


def _left_margins(matrix: MatrixDraft, column: Column, no: int) -> list[float]:
    """Where the lines of a column's other cells begin, from their cells' left sides and in their size."""
    cells = [row.cells[column.index] for row in matrix.rows if row.no != no and _has_lines(row.cells, column)]
    lines = {(line.box, cell.page): _across(cell, line).before for cell in cells for line in cell.lines}
    return list(lines.values())


def _begins_as_others(margins: Sequence[float], cell: CellText, line: Line, settings: TextDoubtSettings) -> bool:
    """Whether a line begins where others of its column do: it goes on from a full cell beside it no more than they."""
    own = _across(cell, line).before
    return sum(abs(margin - own) <= settings.same_place for margin in margins) >= settings.aligned_texts


def _sticks_out(cell: CellText, word: Word, settings: TextDoubtSettings) -> bool:
    reach = settings.stuck_out * word.size
    upright = word.orientation.is_horizontal
    return upright and (word.box.x1 > cell.box.x1 + reach or word.box.x0 < cell.box.x0 - reach)


def _running_on(cell: CellText, following: CellText | None, settings: TextDoubtSettings) -> Iterator[tuple[Line, Line]]:
    """Lines of two cells side by side that stand on one line with no more than a space between them."""
    for line in cell.lines:
        for beside in following.lines if following else ():
            last, first = line.words[-1], beside.words[0]
            level = abs(first.box.bottom - last.box.bottom) < settings.stuck_out * last.size
            if level and first.box.x0 - last.box.x1 < settings.run_on * last.size:
                yield line, beside


def beside_roles(matrix: MatrixDraft) -> Iterator[Found]:
    """Find empty cells of Mutu Baku beside a role's column that holds what may be theirs: words, not one alone."""
    roles = {column.index for column in matrix.columns if column.kind == "pelaksana"}
    for column in matrix.columns:
        if column.kind not in ("kelengkapan", "waktu", "output") or column.index - 1 not in roles:
            continue
        for n, row in enumerate(matrix.rows):
            beside = row.cells.get(column.index - 1)
            if beside and len(beside.words) > 1 and not _has_lines(row.cells, column):
                yield n, column, beside.text
