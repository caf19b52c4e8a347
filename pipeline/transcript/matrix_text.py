"""One table of a transcript's matrix: its head, and its steps cell by cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.model.text import letter_runs
from pipeline.settings import AlignmentSettings, TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.column_heads import ColumnHead, HeadText, is_head_row, read_head
from pipeline.transcript.dictionary import Dictionary
from pipeline.transcript.known_words import KnownWords

STEP_NUMBER = re.compile(r"\d{1,3}\s*[.)]?")


@dataclass(frozen=True)
class MatrixText:
    """`head` is None where the table goes on from the one before; `shifted` are the numbers of realigned steps."""

    columns: tuple[ColumnHead, ...]
    head: HeadText | None
    numbered: bool
    steps: tuple[Row, ...]
    shifted: tuple[str, ...] = ()


def is_matrix(rows: Sequence[Row], known: KnownWords, settings: TranscriptSettings) -> bool:
    """Whether a table has a matrix's head, or counts its columns and has numbered rows."""
    if any(is_head_row(row, known, settings) for row in rows):
        return True
    return any(is_number_row(row, settings) for row in rows) and any(map(is_step, rows))


def table_head(rows: Sequence[Row], dictionary: Dictionary, known: KnownWords) -> HeadText | None:
    """The head that a table prints, None where it goes on from the one before."""
    heads, numbers, body = _split_rows(rows, known, dictionary.settings)
    named = any(is_head_row(row, known, dictionary.settings) for row in heads)
    return read_head(heads, _width(heads, numbers, body), dictionary, known) if named else None


def read_matrix(
    rows: Sequence[Row], head: HeadText | None, before: HeadText | None, dictionary: Dictionary, known: KnownWords
) -> MatrixText:
    """The table's columns and steps; `before` is the head of the table it goes on from, where it has none itself."""
    above, numbers, body = _split_rows(rows, known, dictionary.settings)
    body = body if head else [*above, *body]
    columns = (head or before or _unnamed(body)).columns
    kinds, aligner = [column.kind for column in columns], Aligner(known, dictionary.settings.alignment)
    placed = [aligner.realigned(row, kinds) for row in body]
    shifted = tuple(new[0] or "-" for old, new in zip(body, placed, strict=True) if _moved(old, new))
    return MatrixText(columns, head, numbers is not None, _steps(placed), shifted)


def _split_rows(
    rows: Sequence[Row], known: KnownWords, settings: TranscriptSettings
) -> tuple[list[Row], Row | None, list[Row]]:
    """Head rows, the row that counts the columns, and the rest."""
    rows = [row for row in rows if any(row)]
    for index, row in enumerate(rows):
        if is_number_row(row, settings):
            return rows[:index], row, rows[index + 1 :]
        if parts := merged_number_row(row, settings):
            return rows[:index], parts[0], [parts[1], *rows[index + 1 :]]
        if is_step(row):
            return rows[:index], None, rows[index:]
    lowest = max((i for i, row in enumerate(rows) if is_head_row(row, known, settings)), default=-1)
    return rows[: lowest + 1], None, rows[lowest + 1 :]


def _width(heads: Sequence[Row], numbers: Row | None, body: Sequence[Row]) -> int:
    """How many columns there are: the last that any head or number row fills."""
    rows = [*heads, numbers] if numbers else list(heads)
    return max(
        (index + 1 for row in rows for index, cell in enumerate(row) if cell), default=len(body[0]) if body else 0
    )


def _unnamed(body: Sequence[Row]) -> HeadText:
    """Columns without a name for a table that nothing names: a number, the activity, and what follows."""
    width = max(map(len, body), default=2)
    return HeadText(tuple(ColumnHead(kind, ()) for kind in ["no", "kegiatan", *["lain"] * (width - 2)]))


def _moved(old: Row, new: Row) -> bool:
    """Whether realigning has put a text under another column."""
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


def is_number_row(row: Row, settings: TranscriptSettings) -> bool:
    """Whether a row counts the columns: 1, 2, 3, and so on."""
    filled = [(index, cell) for index, cell in enumerate(row) if cell]
    counting = [index for index, cell in filled if cell == str(index + 1)]
    return len(counting) >= max(settings.number_row_least, settings.number_row_share * len(filled))


def merged_number_row(row: Row, settings: TranscriptSettings) -> tuple[Row, Row] | None:
    """A row that counts the columns and also holds a step, parted; None where it is not both.

    ("1", "2 Surat masuk", "3", "Mulai", "5 Arsip") -> the numbers, and ("1", "Surat masuk", "", "Mulai", "Arsip")
    """
    counts = [re.match(rf"{index + 1}(?=\s|$)\s*", cell) for index, cell in enumerate(row)]
    counted = [(count.end(), len(cell)) for cell, count in zip(row, counts, strict=True) if count]
    alone = sum(end == length for end, length in counted)
    if alone < max(settings.number_row_least, len(row) // 2) or alone == len(counted):
        return None
    step = tuple(cell[count.end() :] if count else cell for cell, count in zip(row, counts, strict=True))
    return tuple(str(index + 1) for index in range(len(row))), (row[0], *step[1:])


def is_step(row: Row) -> bool:
    """Whether a row begins with a number and goes on."""
    return bool(row) and bool(STEP_NUMBER.fullmatch(row[0].strip())) and any(row[1:])


@dataclass(frozen=True)
class Aligner:
    """Puts the cells of a row under the columns they fit best."""

    known: KnownWords
    scores: AlignmentSettings

    def fit(self, text: str, kind: str) -> float:
        """How well a cell's text fits a kind of column."""
        scores, words = self.scores, len(letter_runs(text))
        if not text:
            return scores.empty_role if kind == "pelaksana" else 0.0
        symbol, duration = self._is_symbol(text), bool(self.known.duration.fullmatch(text))
        if kind == "no":
            return scores.sure if STEP_NUMBER.fullmatch(text) else scores.impossible
        if kind == "pelaksana":
            return scores.fits if symbol else scores.impossible if duration or words > 1 else scores.unlikely
        if kind == "waktu":
            long = words > scores.duration_words
            return scores.sure if duration else scores.unfit if symbol or long else scores.doubtful
        if duration or symbol:
            return scores.partly if symbol and words else scores.unfit
        return scores.activity if kind == "kegiatan" and len(text) > scores.activity_letters else scores.fits

    def _is_symbol(self, text: str) -> bool:
        """Whether a text is marks alone, a word found in symbols, or one or two letters."""
        words = letter_runs(text)
        if not words:
            return not any(c.isdigit() for c in text)
        joined = "".join(word for word in words if len(word) > 1)
        return joined in self.known.words.symbol_words or (len(words) == 1 and len(words[0]) <= 2 and len(text) <= 3)

    def realigned(self, row: Row, kinds: Sequence[str]) -> Row:
        """The row's cells in order under columns of these kinds, with empty cells lost or gained on the way.

        Only empty cells are dropped; texts past the last column are joined to it.
        """
        best = self._best_moves(row, kinds)
        placed = [""] * len(kinds)
        i = j = 0
        while i < len(row):
            move = best(i, j)[1]
            if move == "put":
                placed[j] = row[i]
            if move == "rest":
                placed[-1] = " ".join(cell for cell in (placed[-1], *row[i:]) if cell)
                break
            i, j = i + (move != "skip"), j + (move != "drop")
        return tuple(placed)

    def _best_moves(self, row: Row, kinds: Sequence[str]) -> Callable[[int, int], tuple[float, str]]:
        """Tells for cells from i over columns from j the best score, and the move that reaches it."""
        skipped = self.scores.skipped

        @cache
        def best(i: int, j: int) -> tuple[float, str]:
            if i == len(row):
                return 0.0, "rest"
            if j == len(kinds):
                return self.scores.impossible * sum(1 for cell in row[i:] if cell), "rest"
            put = self.fit(row[i], kinds[j]) + best(i + 1, j + 1)[0]
            moves = [(put, 2, "put"), (skipped + best(i, j + 1)[0], 1, "skip")]
            if not row[i]:
                moves.append((skipped + best(i + 1, j)[0], 0, "drop"))
            score, _, move = max(moves)
            return score, move

        return best
