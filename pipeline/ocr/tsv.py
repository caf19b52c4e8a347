"""Tesseract's TSV answers as readings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.model.geometry import Box
from pipeline.ocr.engine import Reading

COLUMNS = 12
WORD_LEVEL = "5"


def readings_by_page(tsv: str, pages: int) -> list[tuple[Reading, ...]]:
    """The words of a TSV table, one tuple for each of the `pages` pictures that were asked for.

    Columns: level, page_num, block_num, par_num, line_num, word_num, left, top, width, height, conf, text.
    """
    found: list[list[Reading]] = [[] for _ in range(pages)]
    for page, reading in _words(tsv.splitlines()):
        if 1 <= page <= pages:
            found[page - 1].append(reading)
    return [tuple(words) for words in found]


def _words(lines: Iterable[str]) -> Iterator[tuple[int, Reading]]:
    """(page number from 1, reading) of each word row; lines are numbered through blocks and paragraphs."""
    number, last = -1, None
    for line in lines:
        cells = line.split("\t", COLUMNS - 1)
        if len(cells) < COLUMNS or cells[0] != WORD_LEVEL or not cells[-1].strip():
            continue
        if (place := tuple(cells[1:5])) != last:
            number, last = number + 1, place
        left, top, width, height = (float(value) for value in cells[6:10])
        box = Box(left, top, left + width, top + height)
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        yield int(cells[1]), Reading(cells[-1].strip(), box, confidence, number)
