"""PDF files: their pages as displayed, with the words of the text layer and what is drawn, as PDFium tells them."""

from __future__ import annotations

import logging
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median_low

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.message import msg
from pipeline.model.document import DocumentError
from pipeline.model.formats import HEAD_BYTES, PDF_MARK
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Picture
from pipeline.model.pixels import Pixels
from pipeline.model.rulings import join
from pipeline.model.vectors import VectorImage, Vectors
from pipeline.process import stage
from pipeline.readers.characters import Characters
from pipeline.readers.glyphs import SOFT_HYPHEN
from pipeline.readers.jpeg import only_jpeg
from pipeline.readers.path_rulings import segments_of
from pipeline.readers.pdf_plumber import PlumberFile, sorted_box
from pipeline.readers.pdfium_objects import Affine, PageObjects, applied, concatenated, page_objects
from pipeline.readers.pdfium_text import RawText, raw_text
from pipeline.readers.visibility import characters_of
from pipeline.readers.words import words_of
from pipeline.settings import ReadSettings

log = logging.getLogger(__name__)

PAGES_OPEN = 16  # so many pages are read before PDFium opens the file anew: it keeps every object until it is closed
DEFAULT_TEXT_SIZE = 10.0  # points, of a page without text


@dataclass(frozen=True)
class PdfPage:
    """One page of a PDF before anyone decides whether its text layer is to be believed.

    Attributes:
        page: The text layer that can be seen, and what is drawn.
        images: The boxes of its images on the upright page.
        hidden: The share of its text that nobody sees, 0..1: invisible, or painted over by an image.
        native_dpi: The resolution of its largest image as it lies there; None where it has none.
        jpeg: All that a scan shows, where that is one JPEG as it is.
        orientation: Of its writing, as displayed.
    """

    page: Page
    images: tuple[Box, ...]
    hidden: float
    native_dpi: float | None
    jpeg: bytes | None = None
    orientation: Orientation = Orientation.UPRIGHT

    @property
    def image_share(self) -> float:
        """How much of the page its largest image covers, 0..1."""
        return max((p.share_inside(self.page.box) * p.area for p in self.images), default=0.0) / self.page.box.area


class PdfFile:
    """An open PDF. Raises DocumentError where there is nothing to read."""

    def __init__(self, path: Path, password: str | None, settings: ReadSettings) -> None:
        self.path, self.password, self.settings = path, password, settings
        _check_bytes(path)
        self._pdfium = _open_pdfium(path, password)
        self._plumber = PlumberFile(path, password)
        self._units = _may_have_units(path)
        self._has_soft_hyphens = True  # until a page tells otherwise
        if not len(self._pdfium):
            self.close()
            raise DocumentError("zero-pages", msg("the PDF has no pages"))

    def __len__(self) -> int:
        """How many pages it has."""
        return len(self._pdfium)

    def close(self) -> None:
        """Close the file."""
        self._plumber.close()
        self._pdfium.close()

    def pages(self) -> Iterator[PdfPage]:
        """Its pages in order, each read when it is asked for."""
        for index in range(len(self)):
            with stage(log, "text layer", page=index + 1):
                found = self._page(index)
            yield found
            self._let_go(index)

    def _page(self, index: int) -> PdfPage:
        try:
            page = self._pdfium[index]
        except pdfium.PdfiumError as fault:
            return _unread(index, str(fault), None)
        try:
            return self._read(index, page)
        except pdfium.PdfiumError as fault:
            return _unread(index, str(fault), page.get_size())
        finally:
            page.close()

    def _let_go(self, index: int) -> None:
        """Let go of what the parsers keep of pages that were read: both hold every object that they have met."""
        self._plumber.let_go()
        if (index + 1) % PAGES_OPEN == 0:
            self._pdfium.close()
            self._pdfium = _open_pdfium(self.path, self.password)

    def _read(self, index: int, page: pdfium.PdfPage) -> PdfPage:
        displayed = DisplayedPage.of(page, self.unit(index))
        text = self._with_soft_hyphens(raw_text(page), index, displayed)
        orientation = text.main_orientation(displayed.matrix)
        upright = orientation.to_upright(displayed.width, displayed.height)
        matrix = concatenated(displayed.matrix, upright.affine)
        width, height = orientation.upright_size(displayed.width, displayed.height)
        objects = page_objects(page, matrix)
        characters, lost = self._characters(index, text, objects, matrix, orientation)
        area = Box(0.0, 0.0, width, height)
        seen = characters.where(characters.are_seen & characters.lie_in(area))
        size = median_low(seen.sizes.tolist()) if len(seen) else DEFAULT_TEXT_SIZE
        drawn = segments_of(objects.paths, size, self.settings.rulings)
        reach = area.grown(size * self.settings.edge_slack)
        near = [segment for segment in drawn if reach.contains(*segment.center)]
        rulings = join(near, self.settings.ruling_snap * size, self.settings.ruling_gap * size)
        return PdfPage(
            page=Page(
                number=index + 1,
                width=width,
                height=height,
                kind="text",
                words=words_of(seen, rulings, self.settings.text),
                rulings=rulings,
                issues=_undecoded(lost, len(text.texts) + text.unmapped, index + 1),
                transform=orientation.page_transform(displayed.width, displayed.height),
                vectors=Vectors(objects.paths, objects.images),
                hidden_words=words_of(characters.where(~characters.are_seen), (), self.settings.text),
            ),
            images=tuple(image.box for image in objects.images),
            hidden=_hidden_share(objects, area),
            native_dpi=_native_dpi(objects.images),
            jpeg=self._jpeg(index, page, objects),
            orientation=orientation,
        )

    def _characters(
        self, index: int, text: RawText, objects: PageObjects, matrix: Affine, orientation: Orientation
    ) -> tuple[Characters, int]:
        """The characters of a page, and how many of its glyphs nobody knows the meaning of."""
        characters = characters_of(text, objects, matrix, self.settings.text)
        count = text.unmapped + len(text.texts)
        if text.unmapped <= self.settings.unmapped_share * count:
            return characters, text.unmapped
        theirs, lost = self._plumber.characters(index, orientation)
        log.debug("page %d: PDFium cannot map %d of %d glyphs, pdfplumber %d", index + 1, text.unmapped, count, lost)
        return (theirs, lost) if lost < text.unmapped else (characters, text.unmapped)

    def _with_soft_hyphens(self, text: RawText, index: int, displayed: DisplayedPage) -> RawText:
        """The text with those hyphens soft that the file holds as such, as pdfplumber tells."""
        doubtful = text.doubtful_hyphens if self._has_soft_hyphens else ()
        if not doubtful:
            return text
        soft = self._plumber.soft_hyphens(index)
        self._has_soft_hyphens = bool(soft)  # a file whose first doubtful page has none has none: asking is dear
        texts = list(text.texts)
        for place in doubtful:
            x, y = applied(displayed.matrix, *text.origins[place].tolist())
            size = text.runs[text.run_places[place]].size
            if any(box.grown(size / 2).contains(x, y) for box in soft):
                texts[place] = SOFT_HYPHEN
        return replace(text, texts=texts)

    def _jpeg(self, index: int, page: pdfium.PdfPage, objects: PageObjects) -> bytes | None:
        if len(objects.images) != 1 or objects.paths or objects.texts:
            return None
        return only_jpeg(page, self._plumber.image_attributes(index))

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
        """The page's unit in points, 1 on most (ISO 32000-2, 14.11.2). PDFium takes every unit for a point."""
        return self._plumber.unit(index) if self._units else 1.0


def _unread(index: int, why: str, size: tuple[float, float] | None) -> PdfPage:
    """A page whose content PDFium cannot follow, of `size`: only its picture is left.

    Of one that it cannot even open (`size` is None) nothing is left but that it is there.
    """
    message = msg("page {page}: {why}", page=index + 1, why=why or msg("broken content"))
    issue = Issue.of("page-unreadable", "warning", message)
    if size is None:
        return PdfPage(Page(index + 1, 1.0, 1.0, "blank", (), (), (issue,)), (), 0.0, None)
    page = Page(index + 1, *size, "scan", (), (), (issue,))
    return PdfPage(page, (page.box,), 1.0, None)


@dataclass(frozen=True)
class DisplayedPage:
    """The part of a page that is displayed: its size in points, and the matrix from the page's user space to it."""

    width: float
    height: float
    matrix: Affine

    @classmethod
    def of(cls, page: pdfium.PdfPage, unit: float) -> DisplayedPage:
        """What is displayed of a page whose unit is so many points: its crop box, turned as it asks."""
        media, crop = (sorted_box(_rounded(box)) for box in (page.get_mediabox(), page.get_cropbox()))
        left, low = max(media[0], crop[0]), max(media[1], crop[1])
        right, high = min(media[2], crop[2]), min(media[3], crop[3])
        if right <= left or high <= low:
            left, low, right, high = media
        width, height = (right - left) * unit, (high - low) * unit
        u = unit
        turned: dict[int, Affine] = {
            0: (u, 0.0, 0.0, -u, -left * u, high * u),
            90: (0.0, u, u, 0.0, -low * u, -left * u),
            180: (-u, 0.0, 0.0, u, right * u, -low * u),
            270: (0.0, -u, -u, 0.0, high * u, right * u),
        }
        rotation = page.get_rotation()
        return cls(*((width, height) if rotation in (0, 180) else (height, width)), turned[rotation])


def _rounded(box: Sequence[float]) -> list[float]:
    """A box without PDFium's errors of single precision: 595.0800170898438 for 595.08 would move a scan's pixels."""
    return [round(edge, 4) for edge in box]


def _may_have_units(path: Path) -> bool:
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


def _open_pdfium(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as fault:
        if _has_no_pages(path):
            raise DocumentError("zero-pages", msg("the PDF has no pages")) from fault
        if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentError("encrypted", msg("the PDF is encrypted and its password is not known")) from fault
        if b"%%EOF" not in path.read_bytes()[-2048:]:
            raise DocumentError("truncated", msg("the PDF is cut off: its end is missing")) from fault
        raise DocumentError("damaged", msg("the PDF is damaged: {fault}", fault=str(fault))) from fault


def _has_no_pages(path: Path) -> bool:
    """Whether a whole PDF has no pages: PDFium refuses it with whatever error came last."""
    return b"%%EOF" in path.read_bytes()[-2048:] and PlumberFile(path, None).has_no_pages()


def _hidden_share(objects: PageObjects, area: Box) -> float:
    """The share of a page's text objects that are invisible, or lie under a later image of half the page."""
    cover = max((i.order for i in objects.images if i.box.area > area.area / 2), default=-1)
    hidden = sum(text.invisible or text.order < cover for text in objects.texts)
    return hidden / len(objects.texts) if objects.texts else 0.0


def _native_dpi(images: Sequence[VectorImage]) -> float | None:
    """The resolution of the largest image as it lies on the page, None where there is none."""
    large = max(images, key=lambda image: image.box.area, default=None)
    if large is None or not max(large.pixels):
        return None
    return 72 * max(large.pixels) / max(large.box.width, large.box.height, 1.0)


def _undecoded(lost: int, glyphs: int, number: int) -> tuple[Issue, ...]:
    if not lost:
        return ()
    message = msg(
        "page {page}: the text layer does not say which characters {lost} of {glyphs} glyphs are",
        page=number,
        lost=lost,
        glyphs=glyphs,
    )
    return (Issue.of("text-undecodable", "warning", message),)
