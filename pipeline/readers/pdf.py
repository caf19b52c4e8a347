"""PDF files: their pages as displayed, with words and rulings from the text layer and the vectors."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.model.document import DocumentError
from pipeline.model.formats import HEAD_BYTES, PDF_MARK
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Picture
from pipeline.model.pixels import Pixels
from pipeline.model.rulings import join
from pipeline.process import stage
from pipeline.readers.glyphs import undecodable
from pipeline.readers.jpeg import only_jpeg
from pipeline.readers.orientation import main_orientation, upright_page
from pipeline.readers.pdf_page import DisplayedArea, unit_of
from pipeline.readers.vectors import segments_of
from pipeline.readers.words import words_of
from pipeline.settings import ReadSettings

log = logging.getLogger(__name__)

PAGES_OPEN = 16  # so many pages are read before PDFium opens the file anew: it keeps every object until it is closed


@dataclass(frozen=True)
class PdfPage:
    """One page of a PDF before anyone decides whether its text layer is to be believed.

    `page` holds the text layer and the vectors; `pictures` are the boxes of its images; `hidden` is the share of
    its text that nobody sees: invisible, or painted over by an image; `jpeg` is all that a scan shows, if it is one;
    `orientation` is that of its writing as displayed.
    """

    page: Page
    pictures: tuple[Box, ...]
    hidden: float
    native_dpi: float | None
    jpeg: bytes | None = None
    orientation: Orientation = Orientation.UPRIGHT

    @property
    def picture_share(self) -> float:
        """How much of the page its largest image covers, 0..1."""
        return max((p.share_inside(self.page.box) * p.area for p in self.pictures), default=0.0) / self.page.box.area


class PdfFile:
    """An open PDF. Raises DocumentError where there is nothing to read."""

    def __init__(self, path: Path, password: str | None, settings: ReadSettings) -> None:
        self.path, self.password, self.settings = path, password, settings
        _check_bytes(path)
        self._pdfium = _open_pdfium(path, password)
        self._plumber = _open_pdfplumber(path, password)
        if not len(self._pdfium) or not self._plumber.pages:
            raise DocumentError("zero-pages", "the PDF has no pages")

    def __len__(self) -> int:
        """How many pages both parsers see."""
        return min(len(self._pdfium), len(self._plumber.pages))

    def close(self) -> None:
        """Close the file."""
        self._plumber.close()
        self._pdfium.close()

    def pages(self) -> Iterator[PdfPage]:
        """Its pages in order, each read when it is asked for."""
        for index in range(len(self)):
            yield self._page(index)

    def _page(self, index: int) -> PdfPage:
        plumber = self._plumber.pages[index]
        try:
            with stage(log, "text layer", page=index + 1):
                return self._read(index, plumber)
        except PdfminerException as fault:
            return self._unread(index, str(fault))
        finally:
            plumber.close()
            self._let_go(index)

    def _let_go(self, index: int) -> None:
        """Let go of what the parsers keep of pages that were read: both hold every object that they have met."""
        self._plumber.doc._cached_objs.clear()
        if (index + 1) % PAGES_OPEN == 0:
            self._pdfium.close()
            self._pdfium = _open_pdfium(self.path, self.password)

    def _read(self, index: int, plumber: PlumberPage) -> PdfPage:
        area = DisplayedArea.of(plumber)
        things = area.things(plumber)
        chars = [c for c in things.get("char", ()) if area.shows(c)]
        lines, rects, curves = (things.get(kind, ()) for kind in ("line", "rect", "curve"))
        size = _median([c["size"] for c in chars]) or 10.0
        drawn = segments_of(lines, rects, curves, thin=self.settings.thin_shape * size)
        segments = [s for s in drawn if area.box.grown(2).contains(*s.box.center)]
        rulings = join(segments, self.settings.ruling_snap * size, self.settings.ruling_gap * size)
        lost = {text for text in {c["text"] for c in chars} if undecodable(text)}
        words = words_of([c for c in chars if c["text"] not in lost], rulings, self.settings)
        page = Page(
            number=index + 1,
            width=area.box.x1,
            height=area.box.bottom,
            kind="text",
            words=words,
            rulings=rulings,
            issues=_undecoded(sum(c["text"] in lost for c in chars), len(chars), index + 1),
        )
        orientation = main_orientation(words)
        images = things.get("image", ())
        boxes = (Box(i["x0"], i["top"], i["x1"], i["bottom"]) for i in images)
        return PdfPage(
            page=upright_page(page, orientation),
            orientation=orientation,
            pictures=tuple(orientation.upright_box(box, page.width, page.height) for box in boxes),
            hidden=_hidden_share(self._pdfium[index]),
            native_dpi=_native_dpi(images),
            jpeg=only_jpeg(self._pdfium[index], images),
        )

    def _unread(self, index: int, why: str) -> PdfPage:
        """A page whose content pdfplumber can't follow: only its picture is left."""
        width, height = self._pdfium[index].get_size()
        message = f"page {index + 1}: {why or 'broken content'}"
        issue = Issue(code="page-unreadable", severity="warning", message=message)
        page = Page(index + 1, width, height, "scan", (), (), (issue,))
        return PdfPage(page, (page.box,), 1.0, None)

    def render(self, index: int, dpi: float) -> Pixels:
        """Page `index` (from 0) as displayed, uint8 RGB (rows, columns, 3), at `dpi`."""
        page = self._pdfium[index]
        try:
            bitmap = page.render(scale=dpi * self.unit(index) / 72, rev_byteorder=True)
            return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
        finally:
            page.close()

    def picture(self, index: int, orientation: Orientation) -> Picture:
        """The page at the resolution that flowcharts are seen at, with writing of that orientation upright."""
        dpi = self.settings.picture_dpi
        return Picture(orientation.upright_pixels(self.render(index, dpi)), dpi / 72)

    def unit(self, index: int) -> float:
        """The page's unit in points, 1 on most. PDFium takes every unit for a point."""
        return unit_of(self._plumber.pages[index])


def _check_bytes(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head:
        raise DocumentError("empty", "the file is empty")
    if PDF_MARK not in head:
        raise DocumentError("not-a-pdf", "the file is not a PDF")


def _open_pdfium(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as fault:
        if _has_no_pages(path):
            raise DocumentError("zero-pages", "the PDF has no pages") from fault
        if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentError("encrypted", "the PDF is encrypted and its password is not known") from fault
        if b"%%EOF" not in path.read_bytes()[-2048:]:
            raise DocumentError("truncated", "the PDF is cut off: its end is missing") from fault
        raise DocumentError("damaged", f"the PDF is damaged: {fault}") from fault


def _has_no_pages(path: Path) -> bool:
    """Whether a whole PDF has no pages: PDFium refuses it with whatever error came last."""
    if b"%%EOF" not in path.read_bytes()[-2048:]:
        return False
    try:
        with _quiet(), pdfplumber.open(path) as pdf:
            return not pdf.pages
    except (PdfminerException, PDFPasswordIncorrect):
        return False


def _open_pdfplumber(path: Path, password: str | None) -> pdfplumber.pdf.PDF:
    try:
        with _quiet():
            return pdfplumber.open(path, password=password or "")
    except PDFPasswordIncorrect as fault:
        raise DocumentError("encrypted", "the PDF is encrypted and its password is not known") from fault
    except PdfminerException as fault:
        if isinstance(fault.__context__, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(fault):
            raise DocumentError("encrypted", "the PDF is encrypted and its password is not known") from fault
        raise DocumentError("damaged", f"the PDF is damaged: {fault}") from fault


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _hidden_share(page: pdfium.PdfPage) -> float:
    """The share of a page's text objects that are invisible, or lie under a later image of half the page."""
    text: list[bool] = []
    area = page.get_width() * page.get_height() or 1.0
    kinds = (pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE)
    for thing in page.get_objects(filter=kinds, max_depth=3):
        if thing.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing.raw)
            text.append(mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP))
        else:
            left, bottom, right, top = thing.get_bounds()
            if (right - left) * (top - bottom) > area / 2:
                text = [True] * len(text)
    return sum(text) / len(text) if text else 0.0


def _native_dpi(images: Sequence[dict[str, Any]]) -> float | None:
    """The resolution of the largest image as it lies on the page, None where there is none."""
    large = max(images, key=lambda i: (i["x1"] - i["x0"]) * (i["bottom"] - i["top"]), default=None)
    if large is None or not large.get("srcsize"):
        return None
    width = max(large["x1"] - large["x0"], large["bottom"] - large["top"], 1.0)
    return float(72 * max(large["srcsize"]) / width)


def _undecoded(lost: int, glyphs: int, number: int) -> tuple[Issue, ...]:
    if not lost:
        return ()
    message = f"page {number}: the text layer does not say which characters {lost} of {glyphs} glyphs are"
    return (Issue(code="text-undecodable", severity="warning", message=message),)


def _median(values: Sequence[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None
