"""One table of a transcript's matrix: its head, and its steps cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.column_heads import ColumnHead, Head, is_head, read_head
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.known_words import Vocabulary
from pipeline.transcript.rows import fitting, is_number_row, is_step, merged_number_row, realigned


@dataclass(frozen=True)
class MatrixTable:
    """`head` is None where the table goes on from the one before; `shifted` are the numbers of realigned steps."""

    columns: tuple[ColumnHead, ...]
    head: Head | None
    numbered: bool
    steps: tuple[Row, ...]
    shifted: tuple[str, ...] = ()


def is_matrix(rows: Sequence[Row], vocabulary: Vocabulary, settings: TranscriptSettings) -> bool:
    """Whether a table has a matrix's head, or counts its columns and has numbered rows."""
    if any(is_head(row, vocabulary, settings) for row in rows):
        return True
    return any(is_number_row(row, settings.number_row_share) for row in rows) and any(map(is_step, rows))


def table_head(rows: Sequence[Row], words: Dictionary, vocabulary: Vocabulary) -> Head | None:
    """The head that a table prints, None where it goes on from the one before."""
    heads, numbers, body = _parted(rows, vocabulary, words.settings)
    named = any(is_head(row, vocabulary, words.settings) for row in heads)
    return read_head(heads, _width(heads, numbers, body), words, vocabulary) if named else None


def read_matrix(
    rows: Sequence[Row], head: Head | None, before: Head | None, words: Dictionary, vocabulary: Vocabulary
) -> MatrixTable:
    """The table's columns and steps; `before` is the head of the table it goes on from, where it has none itself."""
    above, numbers, body = _parted(rows, vocabulary, words.settings)
    body = body if head else [*above, *body]
    columns = (head or before or _unnamed(body)).columns
    kinds, fit = [column.kind for column in columns], fitting(vocabulary)
    placed = [realigned(row, kinds, fit) for row in body]
    shifted = tuple(new[0] or "-" for old, new in zip(body, placed, strict=True) if _moved(old, new))
    return MatrixTable(columns, head, numbers is not None, _steps(placed), shifted)


def _parted(
    rows: Sequence[Row], vocabulary: Vocabulary, settings: TranscriptSettings
) -> tuple[list[Row], Row | None, list[Row]]:
    """Head rows, the row that counts the columns, and the rest."""
    rows = [row for row in rows if any(row)]
    for index, row in enumerate(rows):
        if is_number_row(row, settings.number_row_share):
            return rows[:index], row, rows[index + 1 :]
        if parts := merged_number_row(row):
            return rows[:index], parts[0], [parts[1], *rows[index + 1 :]]
        if is_step(row):
            return rows[:index], None, rows[index:]
    lowest = max((i for i, row in enumerate(rows) if is_head(row, vocabulary, settings)), default=-1)
    return rows[: lowest + 1], None, rows[lowest + 1 :]


def _width(heads: Sequence[Row], numbers: Row | None, body: Sequence[Row]) -> int:
    """How many columns there are: the last that any head or number row fills."""
    rows = [*heads, numbers] if numbers else list(heads)
    return max(
        (index + 1 for row in rows for index, cell in enumerate(row) if cell), default=len(body[0]) if body else 0
    )


def _unnamed(body: Sequence[Row]) -> Head:
    """Columns without a name for a table that nothing names: a number, the activity, and what follows."""
    width = max(map(len, body), default=2)
    return Head(tuple(ColumnHead(kind, ()) for kind in ["no", "kegiatan", *["lain"] * (width - 2)]))


def _moved(old: Row, new: Row) -> bool:
    return [i for i, cell in enumerate(old) if cell] != [i for i, cell in enumerate(new) if cell]


def _steps(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with what stands in rows of its own, without a number, put back to the row above.

    ("2", "Membuat: 1. Jadwal 2. Tabel"), ("", "3. Surat") -> ("2", "Membuat: 1. Jadwal 2. Tabel 3. Surat")
    """
    if not any(map(is_step, rows)):
        return tuple(rows)
    steps: list[Row] = []
    for row in rows:
        if row[0] or not steps:
            steps.append(row)
        else:
            steps[-1] = tuple(" ".join(cell for cell in pair if cell) for pair in zip(steps[-1], row, strict=True))
    return tuple(steps)
