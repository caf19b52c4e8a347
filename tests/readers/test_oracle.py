"""pdfplumber is the oracle: the same letters on every page, and the same words but where the difference is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pdfplumber
import pytest
from pdfplumber.page import Page as PlumberPage

from pipeline.model.page import Page
from pipeline.readers.glyphs import SOFT_HYPHEN, put_right, undecodable
from pipeline.readers.pdf import PdfFile
from pipeline.settings import ReadSettings

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"
PAGES = 4  # of each document: pdfplumber takes its time
FEW = 0.01  # of a document's words: numbers that pdfplumber parts at a comma's blank, a letter that two fonts share

# Why the words of a document are others: the letters are the same all the same, unless told.
DIFFERENT = {
    "sop-bintan": "heads on end, which pdfplumber's words spell backwards",
    "bssn-imbauan": "a text matrix with a residue: pdfplumber takes every letter for a word",
    "undip-kp": "a text matrix with a residue: pdfplumber takes every letter for a word",
    "tubaba-jdih": "a text matrix with a residue: pdfplumber takes every letter for a word",
    "bakamla-dip-scan": "a hidden layer of a scanner's recognition, of lines that lie askew",
    "basarnas-split": "words that the sheet's cut leaves a part of to be seen",
    "kaltim-keberatan": "a font whose widths are wrong: neither reader finds all gaps",
    "kaltim-uji": "a font whose widths are wrong: neither reader finds all gaps",
}


def documents() -> list[Path]:
    folders = [PROJECT / "inputs", SHARED / "real", SHARED / "agencies"]
    return [path for folder in folders for path in sorted(folder.glob("*.pdf"))]


def letters_of(page: PlumberPage) -> Counter[str]:
    unique = {(char["text"], round(char["x0"]), round(char["top"]), round(char["x1"])): char for char in page.chars}
    texts = (char["text"] for char in unique.values())
    return Counter(letter for text in texts if not undecodable(text) for letter in put_right(text) if letter.strip())


def words_of(page: PlumberPage) -> Counter[str]:
    words = page.extract_words(x_tolerance_ratio=0.2, y_tolerance_ratio=0.2)
    return Counter(put_right(word["text"]) for word in words)


def ours(page: Page) -> Counter[str]:
    return Counter(word.text for word in (*page.words, *page.hidden_words))


@pytest.mark.untraced
@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_the_same_letters_and_words(path: Path) -> None:
    missed, more, count = Counter[str](), Counter[str](), 0
    file = PdfFile(path, None, ReadSettings())
    try:
        with pdfplumber.open(path) as pdf:
            for found, theirs in zip(file.pages(), pdf.pages[:PAGES], strict=False):
                words = words_of(theirs)
                count += words.total()
                missed += words - ours(found.page)
                more += ours(found.page) - words
                if path.stem != "bakamla-dip-scan":
                    letters = Counter("".join(ours(found.page).elements()).replace(SOFT_HYPHEN, ""))
                    expected = letters_of(theirs)
                    del expected[SOFT_HYPHEN]
                    assert letters == expected, f"page {found.page.number}"
    finally:
        file.close()
    if path.stem not in DIFFERENT:
        assert missed.total() <= FEW * count, (missed, more)
