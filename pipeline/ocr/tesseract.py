"""What both ways to Tesseract share: its modes, its languages, its threads, and its answers as TSV tables."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from pipeline.message import Message, msg
from pipeline.model.geometry import Box
from pipeline.ocr.protocol import Mode, OcrMissingError, RecognizedWord

SEGMENTATION: dict[Mode, int] = {"page": 3, "column": 4, "block": 6, "line": 7, "word": 8, "char": 10, "sparse": 11}
"""Tesseract's page segmentation mode (--psm) by what the picture is known to hold."""

COLUMNS = 12
WORD_LEVEL = "5"


def language_package(language: str) -> str:
    """The Debian package of a language: "ind" -> "tesseract-ocr-ind", "chi_sim" -> "tesseract-ocr-chi-sim"."""
    return "tesseract-ocr-" + language.lower().replace("_", "-")


def require_languages(wanted: Sequence[str], installed: Sequence[str], where: Message | str) -> None:
    """Check that every wanted language is among those installed in `where`.

    Raises:
        OcrMissingError: For the first one that is not.
    """
    for language in wanted:
        if language not in installed:
            what = msg('Tesseract has no language "{language}" in {where}', language=language, where=where)
            raise OcrMissingError(what, language_package(language))


def limit_threads() -> None:
    """Give Tesseract one thread, unless the caller has said otherwise: its OpenMP threads cost more than they bring."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def words_by_page(tsv: str, pages: int) -> list[tuple[RecognizedWord, ...]]:
    """Read a TSV table of Tesseract's.

    Args:
        tsv: Columns level, page_num, block_num, par_num, line_num, word_num, left, top, width, height, conf, text.
        pages: The number of pictures that were asked for.

    Returns:
        The words of each picture.
    """
    found: list[list[RecognizedWord]] = [[] for _ in range(pages)]
    for page, word in _words(tsv.splitlines()):
        if 1 <= page <= pages:
            found[page - 1].append(word)
    return [tuple(words) for words in found]


def _words(rows: Iterable[str]) -> Iterator[tuple[int, RecognizedWord]]:
    """(page number from 1, word) of each word row; lines are numbered through blocks and paragraphs."""
    number, last = -1, None
    for row in rows:
        cells = row.split("\t", COLUMNS - 1)
        if len(cells) < COLUMNS or cells[0] != WORD_LEVEL or not cells[-1].strip():
            continue
        if (line := tuple(cells[1:5])) != last:
            number, last = number + 1, line
        left, top, width, height = (float(value) for value in cells[6:10])
        box = Box(left, top, left + width, top + height)
        confidence = min(1.0, max(0.0, float(cells[10]) / 100))
        yield int(cells[1]), RecognizedWord(cells[-1].strip(), box, confidence, number)
