"""PDF files: their pages as displayed, with the words of the text layer and what is drawn, as PDFium tells them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median_low

import numpy as np
import pypdfium2 as pdfium

from pipeline.message import msg
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
from pipeline.readers.image import plausible_dpi
from pipeline.readers.jpeg import only_jpeg
from pipeline.readers.path_rulings import segments_of, within, without_dots
from pipeline.readers.pdf_plumber import PlumberFile, sorted_box
from pipeline.readers.pdf_source import PdfSource, may_have_units
from pipeline.readers.pdfium_objects import Affine, PageObjects, applied, concatenated, page_objects
from pipeline.readers.pdfium_text import RawText, raw_text
from pipeline.readers.visibility import characters_of, show_on_ground
from pipeline.readers.words import words_of
from pipeline.settings import ReadSettings, ScanSettings

log = logging.getLogger(__name__)

PAGES_OPEN = 16  # so many pages are read before PDFium opens the file anew: it keeps every object until it is closed
DEFAULT_TEXT_SIZE = 10.0  # points, of a page without text
HAIR = 0.02  # pixels that a side of a page may be longer than whole ones
SHRUNK = 1 - 1e-7  # of a scale: what makes a whole side a trifle shorter


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
        undecoded: The share of its glyphs that nobody knows the meaning of, 0..1.
    """

    page: Page
    images: tuple[Box, ...]
    hidden: float
    native_dpi: float | None
    jpeg: bytes | None = None
    orientation: Orientation = Orientation.UPRIGHT
    undecoded: float = 0.0

    @property
    def image_share(self) -> float:
        """How much of the page its largest image covers, 0..1."""
        return max((p.share_inside(self.page.box) * p.area for p in self.images), default=0.0) / self.page.box.area


@dataclass(frozen=True)
class SoftHyphens:
    """What the pages of a file told of soft hyphens: whether to go on asking, and whether any were found."""

    asked: bool = True
    found: bool = False


class PdfFile:
    """An open PDF. Raises DocumentError where there is nothing to read."""

    def __init__(
        self, path: Path, password: str | None, settings: ReadSettings, scan: ScanSettings | None = None
    ) -> None:
        self.settings, self._scan = settings, scan or ScanSettings()
        self._source = PdfSource(path, password)
        self._plumber = PlumberFile(path, self._source.password)
        self._units = may_have_units(path)
        self._sheet_scales: dict[int, float] = {}
        self.soft_hyphens = SoftHyphens()

    def __len__(self) -> int:
        """How many pages it has."""
        return len(self._source)

    def close(self) -> None:
        """Close the file."""
        self._plumber.close()
        self._source.close()

    def pages(self, first: int = 1) -> Iterator[PdfPage]:
        """Its pages in order from number `first` on, each read when it is asked for."""
        for index in range(first - 1, len(self)):
            with stage(log, "text layer", page=index + 1):
                found = self._page(index)
            yield found
            self._let_go(index)

    def _page(self, index: int) -> PdfPage:
        try:
            with self._source.page(index) as loaded:
                found = self._read_or_show(index, loaded.page)
        except pdfium.PdfiumError as fault:
            return _unread(index, str(fault), None)
        told = [*loaded.told, *([self._source.told] if self._source.told and index == len(self) - 1 else [])]
        issues = (*found.page.issues, *(Issue.of("page-mended", "warning", message) for message in told))
        return replace(found, page=replace(found.page, issues=issues)) if told else found

    def _read_or_show(self, index: int, page: pdfium.PdfPage) -> PdfPage:
        try:
            found = self._read(index, page)
            scale = self._sheet_scale(found)
            if scale == 1.0:
                return found
            self._sheet_scales[index] = scale
            found = self._read(index, page)
            return replace(found, page=replace(found.page, transform=found.page.transform.scaled(1 / scale)))
        except pdfium.PdfiumError as fault:
            return _unread(index, str(fault), page.get_size())

    def _sheet_scale(self, found: PdfPage) -> float:
        """How many times as large as the page its sheet is, where it is a scan.

        Phones and picture tools save a scan with a point for a pixel: a page of 23 x 32 inches.
        """
        if not found.native_dpi or found.image_share < self.settings.scan_share:
            return 1.0
        longest = round(found.native_dpi * max(found.page.width, found.page.height) / 72)
        if not longest:  # less than a pixel of it lies on the page
            return 1.0
        dpi = plausible_dpi((found.native_dpi,), longest, self._scan)
        return 1.0 if dpi == found.native_dpi else found.native_dpi / dpi

    def _let_go(self, index: int) -> None:
        """Let go of what the parsers keep of pages that were read: both hold every object that they have met."""
        self._plumber.let_go()
        if (index + 1) % PAGES_OPEN == 0:
            self._source.reopen()

    def _read(self, index: int, page: pdfium.PdfPage) -> PdfPage:
        displayed = DisplayedPage.of(page, self.unit(index))
        text = self._with_soft_hyphens(raw_text(page), index, displayed)
        orientation = text.main_orientation(displayed.matrix)
        upright = orientation.to_upright(displayed.width, displayed.height)
        matrix = concatenated(displayed.matrix, upright.affine)
        width, height = orientation.upright_size(displayed.width, displayed.height)
        objects = page_objects(page, matrix)
        characters, lost = self._characters(index, text, objects, matrix, orientation)
        show_on_ground(characters, lambda: self.picture(index, orientation), self.settings.text)
        area = Box(0.0, 0.0, width, height)
        seen = characters.where(characters.are_seen & characters.lie_in(area))
        size = median_low(seen.sizes.tolist()) if len(seen) else DEFAULT_TEXT_SIZE
        drawn = segments_of(objects.paths, size, self.settings.rulings)
        reach = area.grown(size * self.settings.edge_slack)
        near = within(drawn, reach)
        joined = join(near, self.settings.ruling_snap * size, self.settings.ruling_gap * size)
        rulings = without_dots(joined, size, self.settings.rulings)
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
            undecoded=lost / max(1, len(text.texts) + text.unmapped),
        )

    def _characters(
        self, index: int, text: RawText, objects: PageObjects, matrix: Affine, orientation: Orientation
    ) -> tuple[Characters, int]:
        """The characters of a page, and how many of its glyphs nobody knows the meaning of."""
        characters = characters_of(text, objects, matrix, self.settings.text)
        count = text.unmapped + len(text.texts)
        if text.unmapped <= self.settings.unmapped_share * count:
            return characters, text.unmapped
        theirs, lost = self._plumber.characters(index, orientation, self.settings.text.tiny)
        log.debug("page %d: PDFium cannot map %d of %d glyphs, pdfplumber %d", index + 1, text.unmapped, count, lost)
        return (theirs, lost) if lost < text.unmapped else (characters, text.unmapped)

    def _with_soft_hyphens(self, text: RawText, index: int, displayed: DisplayedPage) -> RawText:
        """The text with those hyphens soft that the file holds as such, as pdfplumber tells."""
        doubtful = text.doubtful_hyphens if self.soft_hyphens.asked else ()
        if not doubtful:
            return text
        soft = self._plumber.soft_hyphens(index)
        # A file whose first doubtful page has none has none: asking is dear.
        self.soft_hyphens = SoftHyphens(bool(soft), self.soft_hyphens.found or bool(soft))
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

    def render(self, index: int, dpi: float, scanned: bool = False) -> tuple[Pixels, float]:
        """Page `index` (from 0) as displayed: uint8 RGB (rows, columns, 3), and its pixels per point.

        At `dpi`, or at less where that would be more pixels than any sheet needs, whatever the page's box says. The
        pixels of a `scanned` page are kept where they are as many.
        """
        with self._source.page(index) as loaded:
            unit = self.unit(index)
            width, height = loaded.page.get_size()
            most = (self.settings.render_megapixels * 1e6 / (width * height)) ** 0.5
            scale = min(dpi * unit / 72, most)
            scale = _unstretched(scale, (width, height)) if scanned else scale
            bitmap = loaded.page.render(scale=scale, rev_byteorder=True)
            return np.ascontiguousarray(bitmap.to_numpy()[:, :, :3]), scale / unit

    def picture(self, index: int, orientation: Orientation) -> Picture | None:
        """The page at the resolution that flowcharts are seen at, with writing of that orientation upright."""
        try:
            pixels, scale = self.render(index, self.settings.picture_dpi)
        except pdfium.PdfiumError:
            return None
        return Picture(orientation.upright_pixels(pixels), scale)

    def unit(self, index: int) -> float:
        """The page's unit in points, 1 on most (ISO 32000-2, 14.11.2). PDFium takes every unit for a point.

        Of a scan whose page is no sheet of paper the unit is what makes it one.
        """
        own = self._plumber.unit(index) if self._units else 1.0
        return own * self._sheet_scales.get(index, 1.0)

    def shrinkage(self, index: int) -> float:
        """What a length of a page is multiplied with to be one of the page as displayed; 1 on most."""
        return 1 / self._sheet_scales.get(index, 1.0)


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


def _hidden_share(objects: PageObjects, area: Box) -> float:
    """The share of a page's text objects that are invisible, or lie under a later image of half the page."""
    cover = max((i.order for i in objects.images if i.box.area > area.area / 2), default=-1)
    hidden = sum(text.invisible or text.order < cover for text in objects.texts)
    return hidden / len(objects.texts) if objects.texts else 0.0


def _unstretched(scale: float, size: tuple[float, float]) -> float:
    """The scale a trifle less, where a side of that many points is a trifle more than whole pixels.

    PDFium rounds up, and would stretch a picture by a pixel: each of its rows becomes a mixture of two.
    """
    for side in size:
        whole = round(side * scale)
        if whole * SHRUNK < side * scale < whole + HAIR:
            scale = min(scale, whole / side * SHRUNK)
    return scale


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
