"""What this project finds in a PDF, and the floors beneath it: PDFium alone and Tesseract alone.

This project is imported where it is called, so that the floors hold no memory of it.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from bench.speed import BareTesseract


def characters_by_pdfium(path: Path) -> list[str]:
    """Ask PDFium for every character with its box and every segment of every path; it tells no cells."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                text.get_charbox(index, loose=True)
            for path_object in page.get_objects([pdfium_c.FPDF_PAGEOBJ_PATH]):
                segments_of(path_object)
            page.close()
    return []


def segments_of(path_object: pypdfium2.PdfObject) -> int:
    """Ask for each segment of a path where it ends; how many there are."""
    x, y = ctypes.c_float(), ctypes.c_float()
    count: int = pdfium_c.FPDFPath_CountSegments(path_object.raw)
    for index in range(count):
        pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFPath_GetPathSegment(path_object.raw, index), x, y)
    return count


def words_by_tesseract(path: Path) -> list[str]:
    """Have Tesseract read every page, rendered by PDFium; it tells no cells."""
    from bench.degrade import rendered
    from bench.speed import BARE_DPI

    for page in rendered(path, BARE_DPI):
        _tesseract().read([page])
    return []


@cache
def _tesseract() -> BareTesseract:
    """The one Tesseract of this process."""
    from bench.speed import BareTesseract
    from pipeline import Settings

    return BareTesseract(Settings())


def cells_by_sop(path: Path) -> list[str]:
    """The printed cells of the matrices of this project's records."""
    from bench.cell_scores import cells_of
    from pipeline import digitize

    return [cell for record in digitize(path).records for cell in cells_of(record.as_json())]
