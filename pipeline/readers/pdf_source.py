"""An open PDF file and its pages by their place: mended where the file is damaged, with boxes that can be used."""

from __future__ import annotations

import logging
import mmap
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.message import Message, msg
from pipeline.model.document import DocumentError
from pipeline.model.formats import HEAD_BYTES, PDF_MARK
from pipeline.readers.pdf_plumber import PlumberFile, sorted_box

log = logging.getLogger(__name__)

TAIL_BYTES = 2048  # of a file, in which its end is marked
END_MARK = b"%%EOF"
PAGE_OBJECT = re.compile(rb"/Type\s*/Page\b")
LEAST_SIDE = 18.0  # points: a box less wide or high than a quarter of an inch shows no page
USUAL_PAGE = (0.0, 0.0, 612.0, 792.0)  # points: what PDFium takes for a page without a box of its own

MENDED = msg("the PDF is damaged and was mended: it has {pages} pages, what else it held is lost")
MENDED_CUT = msg("the PDF is cut off and was mended: its first {pages} pages are there, what came after is lost")
BOX = msg("page {page}: its box shows nothing, {width} x {height} points were taken")


@dataclass(frozen=True)
class LoadedPage:
    """A page that PDFium has open, and what had to be mended about it."""

    page: pdfium.PdfPage
    told: tuple[Message, ...] = ()


class PdfSource:
    """An open PDF. Raises DocumentError where there is nothing to read."""

    def __init__(self, path: Path, password: str | None) -> None:
        self._path = path
        _check_bytes(path)
        self.password = _fitting(path, (password or "").splitlines())
        self._mended_bytes: bytes | None = None
        self.told: Message | None = None  # where the whole file was mended
        self._seen_elsewhere = 0
        self._pdf = self._open()
        if not len(self):
            self.close()
            raise DocumentError("zero-pages", msg("the PDF has no pages"))

    def __len__(self) -> int:
        """How many pages it has, those that only another parser sees among them: nothing can load these."""
        return max(len(self._pdf), self._seen_elsewhere)

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()
        if self.__dict__.get("_spare") is not None:
            self._spare.close()  # type: ignore[union-attr]

    def reopen(self) -> None:
        """Let go of all that PDFium keeps of the pages that were loaded."""
        self._pdf.close()
        self._pdf = self._opened(self._mended_bytes or self._path)

    @contextmanager
    def page(self, index: int) -> Iterator[LoadedPage]:
        """Page `index`, from 0, while the block runs. Raises PdfiumError where nothing can load it."""
        page, told = self._load(index)
        try:
            yield LoadedPage(page, (*told, *_with_usable_boxes(page, index + 1)))
        finally:
            page.close()

    def _load(self, index: int) -> tuple[pdfium.PdfPage, tuple[Message, ...]]:
        try:
            return self._pdf[index], ()
        except pdfium.PdfiumError:
            if self._spare is None or index >= len(self._spare):
                raise
            return self._spare[index], (msg("page {page} was damaged, and mended", page=index + 1),)

    @cached_property
    def _spare(self) -> pdfium.PdfDocument | None:
        """The file as qpdf mends it, for pages that PDFium cannot load as they are."""
        return None if self._mended_bytes else self._mended()[0]

    def _mended(self) -> tuple[pdfium.PdfDocument | None, bytes | None]:
        """The file as qpdf mends it, open, and its bytes; None where there is nothing to mend."""
        content = mended(self._path, self.password)
        if content is None:
            return None, None
        try:
            return self._opened(content), content
        except pdfium.PdfiumError:
            return None, None

    def _open(self) -> pdfium.PdfDocument:
        try:
            pdf = self._opened(self._path)
        except pdfium.PdfiumError as fault:
            if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
                raise _why_not(self._path, fault) from fault
            return self._opened_mended(0) or _raise(_why_not(self._path, fault), fault)
        if _page_objects(self._path) > len(pdf):
            more = self._opened_mended(len(pdf))
            if more is not None:
                pdf.close()
                pdf = more
            plumber = PlumberFile(self._path, self.password)
            self._seen_elsewhere = plumber.page_count()
            plumber.close()
        return pdf

    def _opened_mended(self, pages: int) -> pdfium.PdfDocument | None:
        """The file as qpdf mends it, where it has more than so many pages then."""
        pdf, content = self._mended()
        if pdf is None:
            return None
        if len(pdf) <= pages:
            pdf.close()
            return None
        self._mended_bytes = content
        cut = not _has_end(self._path)
        self.told = MENDED_CUT.format(pages=len(pdf)) if cut else MENDED.format(pages=len(pdf))
        return pdf

    def _opened(self, source: Path | bytes) -> pdfium.PdfDocument:
        # Mended content is not encrypted any more; a password that is not asked for does no harm.
        return pdfium.PdfDocument(source, password=self.password)


def _fitting(path: Path, passwords: Sequence[str]) -> str | None:
    """The one of several passwords that opens a file; the first where none does, or none is needed."""
    for password in passwords if len(passwords) > 1 else ():
        try:
            pdfium.PdfDocument(path, password=password).close()
        except pdfium.PdfiumError as fault:
            if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
                continue
        return password
    return passwords[0] if passwords else None


def _raise(error: DocumentError, cause: Exception) -> pdfium.PdfDocument:
    raise error from cause


def mended(path: Path, password: str | None) -> bytes | None:
    """The file as qpdf writes it anew, with the pages that it finds in it; None where it finds none."""
    import pikepdf

    try:
        with pikepdf.open(path, password=password or "") as pdf:
            if not len(pdf.pages):
                return None
            buffer = BytesIO()
            pdf.save(buffer)
            return buffer.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, TypeError):
        return None


def _why_not(path: Path, fault: pdfium.PdfiumError) -> DocumentError:
    """Why PDFium cannot open a file."""
    if _has_end(path) and PlumberFile(path, None).has_no_pages():  # PDFium refuses it with whatever error came last
        return DocumentError("zero-pages", msg("the PDF has no pages"))
    if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
        return DocumentError("encrypted", msg("the PDF is encrypted and its password is not known"))
    if not _has_end(path):
        return DocumentError("truncated", msg("the PDF is cut off: its end is missing"))
    return DocumentError("damaged", msg("the PDF is damaged: {fault}", fault=str(fault)))


def _has_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return END_MARK in file.read()


def _page_objects(path: Path) -> int:
    """How many pages a file seems to have, by what stands in it uncompressed, older versions of a page included."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return sum(1 for _ in PAGE_OBJECT.finditer(content))


def may_have_units(path: Path) -> bool:
    """Whether a page may have a unit of its own: the file says so, or may say so where it is compressed."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"/UserUnit") >= 0 or content.find(b"/ObjStm") >= 0


def _check_bytes(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise DocumentError("empty", msg("the file is empty"))
    if PDF_MARK not in head:
        raise DocumentError("not-a-pdf", msg("the file is not a PDF"))


def _with_usable_boxes(page: pdfium.PdfPage, number: int) -> tuple[Message, ...]:
    """Give a page a box that shows something where its own do not; tell so."""
    media, crop = sorted_box(page.get_mediabox()), sorted_box(page.get_cropbox())
    shown = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    if _is_usable(shown):
        return ()
    box = media if _is_usable(media) else USUAL_PAGE
    page.set_mediabox(*box)
    page.set_cropbox(*box)
    return (BOX.format(page=number, width=round(box[2] - box[0]), height=round(box[3] - box[1])),)


def _is_usable(box: tuple[float, float, float, float]) -> bool:
    return box[2] - box[0] >= LEAST_SIDE and box[3] - box[1] >= LEAST_SIDE
