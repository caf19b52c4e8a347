"""The cells that other tools find in a PDF, each called as its documentation says and with what finds most cells here.

Every function takes a path and returns the texts of all cells of all tables, whichever they are. The libraries are
imported where they are called: each runs in a process of its own.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.tools import docling_models

LANGUAGES = ("ind", "eng")


def told(cells: Iterable[object]) -> list[str]:
    """The cells that have text."""
    return [text for cell in cells if (text := "" if cell is None else str(cell)).strip()]


def cells_by_pdfplumber(path: Path) -> list[str]:
    """`extract_tables` of pdfplumber, each page let go when it is read."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    found: list[str] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            found += told(cell for table in page.extract_tables() for row in table for cell in row)
            page.close()
    return found


def cells_by_pymupdf(path: Path) -> list[str]:
    """`find_tables` of PyMuPDF."""
    import pymupdf

    with pymupdf.open(path) as pdf:
        return told(
            cell for page in pdf for table in page.find_tables().tables for row in table.extract() for cell in row
        )


def cells_by_camelot(path: Path) -> list[str]:
    """The lattice parser of camelot."""
    import camelot

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # words beside a column, pages that are pictures
        tables = camelot.read_pdf(str(path), flavor="lattice", pages="all")  # type: ignore[attr-defined]
    return told(cell for table in tables for row in table.df.values.tolist() for cell in row)


def cells_by_img2table(path: Path) -> list[str]:
    """img2table, with Tesseract where a page has no text; page by page: one that it breaks on costs no other."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    ocr = TesseractOCR(n_threads=1, lang="+".join(LANGUAGES))
    count, has_text = outline(path)
    options = dict.fromkeys(("implicit_rows", "implicit_columns", "borderless_tables"), has_text)
    found: list[str] = []
    for number in range(count):
        try:
            pages = PDF(src=str(path), pages=[number]).extract_tables(ocr=ocr, **options)
        except TypeError:  # it cannot join a cell's words where one of them is nothing but a line or a star
            continue
        found += told(value for tables in pages.values() for table in tables for value in distinct(table))
    return found


def distinct(table: Any) -> list[object]:
    """The values of a table of img2table, one that goes over several rows or columns told once."""
    cells = {corners(cell.bbox): cell.value for row in table.content.values() for cell in row}
    return list(cells.values())


def corners(box: Any) -> tuple[int, int, int, int]:
    return box.x1, box.y1, box.x2, box.y2


def outline(path: Path) -> tuple[int, bool]:
    """The number of pages, and whether the first has words."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return len(pdf), bool(pdf[0].get_textpage().get_text_bounded().strip())


def cells_by_ocrmypdf(path: Path) -> list[str]:
    """OCRmyPDF gives a scan a text layer, camelot reads its tables."""
    import ocrmypdf

    logging.getLogger().setLevel(logging.ERROR)
    with TemporaryDirectory() as folder:
        searchable = Path(folder) / path.name
        ocrmypdf.ocr(
            path,
            searchable,
            language=list(LANGUAGES),
            jobs=1,
            deskew=True,
            tesseract_pagesegmode=11,
            output_type="pdf",
            progress_bar=False,
        )
        return cells_by_camelot(searchable)


def cells_by_docling(path: Path) -> list[str]:
    """The tables of docling, with the models that are on this machine."""
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.pipeline_options import PdfPipelineOptions, TesseractCliOcrOptions
    from docling.document_converter import DocumentConverter, PdfFormatOption

    options = PdfPipelineOptions(
        artifacts_path=docling_models(),
        do_ocr=not outline(path)[1],
        do_table_structure=True,
        ocr_options=TesseractCliOcrOptions(lang=list(LANGUAGES)),
    )
    converter = DocumentConverter(format_options={InputFormat.PDF: PdfFormatOption(pipeline_options=options)})
    tables = converter.convert(path).document.tables
    return told(cell.text for table in tables for cell in table.data.table_cells)
