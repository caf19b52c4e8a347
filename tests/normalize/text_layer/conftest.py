"""Cells as a program typesets them: every word as wide as Helvetica makes it, lines at the left margin or centred."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from pipeline.model.geometry import Box
from pipeline.model.page import CellText, Line, Word
from pipeline.settings import TextDoubtSettings

SIZE, MARGIN, SPACE = 10.0, 5.0, 2.8

Typeset = Callable[..., CellText]


def typeset_word(text: str, x: float, y: float, shown: str | None = None) -> Word:
    """A word at x; `shown` is what its letters look like, where the text layer says something else."""
    width = stringWidth(shown or text, "Helvetica", SIZE)
    return Word(text, Box(x, y, x + width, y + SIZE), SIZE, font="Helvetica")


def typeset_line(text: str, x: float, y: float, lost: str = "") -> Line:
    """Words side by side; those that are `lost` keep their place."""
    words = []
    for part in text.split():
        word = typeset_word(part, x, y)
        words += [] if part == lost else [word]
        x = word.box.x1 + SPACE
    return Line(tuple(words))


@pytest.fixture(scope="session")
def typeset_cell() -> Typeset:
    """A cell with lines from its left margin on; a word that is `lost` from one of them leaves its place free."""

    def made(
        *lines: str, x: float = 0.0, y: float = 0.0, width: float = 120.0, lost: str = "", centred: bool = False
    ) -> CellText:
        placed = []
        for n, text in enumerate(lines):
            free = width - 2 * MARGIN - stringWidth(text, "Helvetica", SIZE)
            begin = x + MARGIN + (free / 2 if centred else 0.0)
            placed.append(typeset_line(text, begin, y + 12 * n, lost))
        return CellText(1, Box(x, y, x + width, y + 12.0 * len(lines)), tuple(line for line in placed if line.words))

    return made


@pytest.fixture(scope="session")
def doubt_settings() -> TextDoubtSettings:
    return TextDoubtSettings()
