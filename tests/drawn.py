"""Pages drawn from a plain grid, for tests of layout and extraction that need no PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.model.geometry import Box
from pipeline.model.page import Page, PageKind, Ruling, Word

SIZE, LETTER, LEADING = 9.0, 5.0, 12.0
Cells = Mapping[tuple[int, int], str]


def words_of(text: str, left: float, top: float, confidence: float | None = None) -> list[Word]:
    """Words of monospaced lines from a corner on; "|" parts columns 60 points apart, "?" makes a word unsure."""
    words = []
    for row, line in enumerate(text.split("\n")):
        x = left
        for piece in line.split(" "):
            if piece == "|":
                x += 60.0
                continue
            sure = confidence if not piece.startswith("?") else 0.1
            piece = piece.removeprefix("?")
            if piece:
                box = Box(x, top + LEADING * row, x + LETTER * len(piece), top + LEADING * row + SIZE)
                words.append(Word(piece, box, SIZE, sure))
            x += LETTER * (len(piece) + 1)
    return words


def drawn(
    xs: Sequence[float],
    ys: Sequence[float],
    cells: Cells,
    *,
    kind: PageKind = "text",
    gone: Sequence[tuple[str, int, int]] = (),
    number: int = 1,
) -> Page:
    """A page with one table: text by (row, column), all lines drawn but those `gone`.

    ("v", i, row) leaves out the line at xs[i] beside a row, ("h", i, column) the one at ys[i] along a column.
    """
    rulings = [
        Ruling("v", x, ys[row], ys[row + 1])
        for i, x in enumerate(xs)
        for row in range(len(ys) - 1)
        if ("v", i, row) not in gone
    ]
    rulings += [
        Ruling("h", y, xs[col], xs[col + 1])
        for i, y in enumerate(ys)
        for col in range(len(xs) - 1)
        if ("h", i, col) not in gone
    ]
    confidence = None if kind == "text" else 0.95
    words = [
        word for (row, col), text in cells.items() for word in words_of(text, xs[col] + 4, ys[row] + 2, confidence)
    ]
    return Page(number, 600.0, 800.0, kind, tuple(words), tuple(rulings))
