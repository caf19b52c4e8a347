"""The rows of a transcript's matrix, each cell under the column it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipeline.model.text import letter_runs
from pipeline.transcript.blocks import Row
from pipeline.transcript.known_words import Vocabulary

STEP_NUMBER = re.compile(r"\d{1,3}\s*[.)]?")
Fit = Callable[[str, str], float]
_SKIP = -0.4  # a column left out, or an empty cell too many: realigning must be worth it


def is_number_row(row: Row, share: float) -> bool:
    """Whether a row counts the columns: 1, 2, 3 …"""
    filled = [(index, cell) for index, cell in enumerate(row) if cell]
    counting = [index for index, cell in filled if cell == str(index + 1)]
    return len(counting) >= 3 and len(counting) >= share * len(filled)


def merged_number_row(row: Row) -> tuple[Row, Row] | None:
    """A row that counts the columns and also holds a step, parted; None where it is not both.

    ("1", "2 Surat masuk", "3", "Mulai", "5 Arsip") -> the numbers, and ("1", "Surat masuk", "", "Mulai", "Arsip")
    """
    counts = [re.match(rf"{index + 1}(?=\s|$)\s*", cell) for index, cell in enumerate(row)]
    alone = sum(1 for cell, count in zip(row, counts, strict=True) if count and count.end() == len(cell))
    if alone < max(3, len(row) // 2) or not any(
        count and count.end() < len(cell) for cell, count in zip(row, counts, strict=True)
    ):
        return None
    step = tuple(cell[count.end() :] if count else cell for cell, count in zip(row, counts, strict=True))
    return tuple(str(index + 1) for index in range(len(row))), (row[0], *step[1:])


def is_step(row: Row) -> bool:
    return bool(row) and bool(STEP_NUMBER.fullmatch(row[0].strip())) and any(row[1:])


def fitting(vocabulary: Vocabulary) -> Fit:
    """How well a cell's text fits a kind of column, about -3..2."""

    def fit(text: str, kind: str) -> float:
        if not text:
            return 0.3 if kind == "pelaksana" else 0.0
        symbol, duration = _is_symbol(text, vocabulary), bool(vocabulary.duration.fullmatch(text))
        if kind == "no":
            return 2.0 if STEP_NUMBER.fullmatch(text) else -3.0
        if kind == "pelaksana":
            return 1.0 if symbol else (-3.0 if duration or len(letter_runs(text)) > 1 else -1.0)
        if kind == "waktu":
            return 2.0 if duration else (-2.0 if symbol or len(letter_runs(text)) > 6 else -0.5)
        if duration or symbol:
            return 0.5 if symbol and letter_runs(text) else -2.0
        return 1.5 if kind == "kegiatan" and len(text) > 20 else 1.0

    return fit


def _is_symbol(text: str, vocabulary: Vocabulary) -> bool:
    words = letter_runs(text)
    if not words:
        return not any(c.isdigit() for c in text)
    joined = "".join(word for word in words if len(word) > 1)
    return joined in vocabulary.words.symbol_words or (len(words) == 1 and len(words[0]) <= 2 and len(text) <= 3)


def realigned(row: Row, kinds: Sequence[str], fit: Fit) -> Row:
    """The row's cells under the columns they fit best, in order, with empty cells lost or gained on the way.

    Only empty cells are dropped; texts past the last column are joined to it.
    """
    cells, width = row, len(kinds)
    best = _aligner(cells, tuple(kinds), fit)
    placed = [""] * width
    i = j = 0
    while i < len(cells):
        move = best(i, j)[1]
        if move == "put":
            placed[j] = cells[i]
        if move == "rest":
            placed[-1] = " ".join(cell for cell in (placed[-1], *cells[i:]) if cell)
            break
        i, j = i + (move != "skip"), j + (move != "drop")
    return tuple(placed)


def _aligner(cells: Row, kinds: tuple[str, ...], fit: Fit) -> Callable[[int, int], tuple[float, str]]:
    @cache
    def best(i: int, j: int) -> tuple[float, str]:
        """The score of cells i… over columns j…, and the move that reaches it."""
        if i == len(cells):
            return 0.0, "rest"
        if j == len(kinds):
            return -3.0 * sum(1 for cell in cells[i:] if cell), "rest"
        moves = [(fit(cells[i], kinds[j]) + best(i + 1, j + 1)[0], 2, "put"), (_SKIP + best(i, j + 1)[0], 1, "skip")]
        if not cells[i]:
            moves.append((_SKIP + best(i + 1, j)[0], 0, "drop"))
        score, _, move = max(moves)
        return score, move

    return best
