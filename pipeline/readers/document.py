"""Any PDF or picture as pages, upright and read: text layers where they are to be believed, recognition where not."""

from __future__ import annotations

import logging
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol

from pipeline.message import Message, msg
from pipeline.model.formats import input_kind
from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Picture, Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.block_reading import read_blocks
from pipeline.ocr.protocol import Engine, OcrMissingError
from pipeline.ocr.registry import engine_for, second_engine_for
from pipeline.ocr.second_reader import SecondReader
from pipeline.ocr.two_readings import Knows
from pipeline.process import stage
from pipeline.readers.embedded_images import read_regions
from pipeline.readers.garbled_text import is_garbled
from pipeline.readers.image import ImageFile, ImagePage, check_pages
from pipeline.readers.jpeg import pixels_of
from pipeline.readers.office import as_pdf
from pipeline.readers.pdf import PdfFile, PdfPage, SoftHyphens
from pipeline.readers.pictures import PictureStore
from pipeline.readers.scan import LoadPicture, read_scan
from pipeline.settings import ReadSettings, Settings

log = logging.getLogger(__name__)

SWITCHED_OFF = msg("recognition is switched off")


class SourceDocument(Protocol):
    """An open input file, which is gone through once, from its first page to its last."""

    def __len__(self) -> int:
        """How many pages it has."""
        ...

    @property
    def soft_hyphens(self) -> SoftHyphens:
        """What its pages so far told of soft hyphens."""
        ...

    def pages(self, first: int = 1) -> Iterator[Page]:
        """Its pages in order from number `first` on, each read when it is asked for.

        Raises DocumentError where it cannot be gone on with.
        """
        ...

    def picture(self, number: int) -> Picture | None:
        """The upright picture of a page that was read, by its number from 1; None where it was let go."""
        ...

    def read_again(self, number: int, boxes: Sequence[Box]) -> list[tuple[Word, ...] | None]:
        """The words in boxes of a scanned page, each read as a block; None of a box without ink."""
        ...

    def keep(self, numbers: Container[int]) -> None:
        """Let go of what is kept of all pages but these."""
        ...


@contextmanager
def open_document(
    path: Path, settings: Settings, password: str | None = None, knows: Knows | None = None
) -> Iterator[SourceDocument]:
    """A PDF, a picture or a word processor file, open for reading.

    `knows` tells words, where a second engine is to read others again.

    Raises DocumentError where it cannot be read at all.
    """
    if input_kind(path) == "office":
        with as_pdf(path) as made, open_document(made, settings, password, knows) as document:
            yield document
        return
    with PictureStore() as store:
        if input_kind(path) == "image":
            yield ImageDocument(path, settings, store, knows)
            return
        file = PdfFile(path, password, settings.read, settings.scan)
        try:
            check_pages(len(file), settings.limits)
            yield PdfDocument(file, settings, store, knows)
        finally:
            file.close()


@dataclass
class Recognition:
    """Takes an engine when the first scanned page comes, so that text PDFs are read where there is none."""

    settings: Settings
    knows: Knows | None = None

    @cached_property
    def engine(self) -> Engine:
        """The engine that the settings ask for. Raises OcrMissingError."""
        return engine_for(self.settings.ocr)

    @cached_property
    def second(self) -> SecondReader | None:
        """What reads doubtful words again; None where nothing is to, or can."""
        engine = second_engine_for(self.settings.ocr) if self.knows else None
        if engine is None or self.knows is None:
            return None
        return SecondReader(engine, self.knows, self.settings.ocr.second == "all", self.settings.scan.second)

    def read_again(self, picture: Picture | None, boxes: Sequence[Box]) -> list[tuple[Word, ...] | None]:
        """See SourceDocument; `picture` is the page's, None where it was let go."""
        if picture is None or self.settings.ocr.when == "never":
            return [None] * len(boxes)
        return read_blocks(picture, boxes, self.engine, self.settings.scan, self.second)


class ImageDocument:
    """The pictures of a file, each a scanned page."""

    def __init__(self, path: Path, settings: Settings, store: PictureStore, knows: Knows | None = None) -> None:
        self._settings, self._store = settings, store
        self._images = ImageFile(path, settings.scan, settings.limits)
        self._recognition = Recognition(settings, knows)

    def __len__(self) -> int:
        return len(self._images)

    @property
    def soft_hyphens(self) -> SoftHyphens:
        """See SourceDocument: pictures have none."""
        return SoftHyphens()

    def pages(self, first: int = 1) -> Iterator[Page]:
        """See SourceDocument. Raises OcrMissingError where there is nothing to recognise a picture with."""
        for number, image in self._images.numbered(first):
            if isinstance(image, Message):
                issue = Issue.of("page-unreadable", "warning", image)
                yield Page(number, 1.0, 1.0, "blank", (), (), (issue,))
                continue
            if self._settings.ocr.when == "never":
                rows, columns = image.pixels.shape[:2]
                yield _unread(Page(number, columns / image.scale, rows / image.scale, "scan", (), ()))
                continue
            load = self._loading(number, image)
            del image
            with stage(log, "recognition", page=number):
                engine, second = self._recognition.engine, self._recognition.second
                scanned = read_scan(number, load, engine, self._settings.scan, second)
            self._store.put(number, scanned.picture)
            yield scanned.page

    def _loading(self, number: int, image: ImagePage) -> LoadPicture:
        """What gives a picture: the one at hand, and from then on as the file has it."""
        at_hand = [image]

        def load() -> tuple[Pixels, float]:
            page = at_hand.pop() if at_hand else self._images.page(number)
            return page.pixels, page.scale

        return load

    def picture(self, number: int) -> Picture | None:
        """See SourceDocument."""
        return self._store.get(number)

    def read_again(self, number: int, boxes: Sequence[Box]) -> list[tuple[Word, ...] | None]:
        """See SourceDocument."""
        return self._recognition.read_again(self._store.get(number), boxes)

    def keep(self, numbers: Container[int]) -> None:
        """See SourceDocument."""
        self._store.keep(numbers)


class PdfDocument:
    """The pages of a PDF: typed, scanned, or both."""

    def __init__(self, file: PdfFile, settings: Settings, store: PictureStore, knows: Knows | None = None) -> None:
        self._file, self._settings, self._store = file, settings, store
        self._recognition = Recognition(settings, knows)
        self._orientations: dict[int, Orientation] = {}

    def __len__(self) -> int:
        return len(self._file)

    @property
    def soft_hyphens(self) -> SoftHyphens:
        """See SourceDocument."""
        return self._file.soft_hyphens

    def pages(self, first: int = 1) -> Iterator[Page]:
        """See SourceDocument."""
        for found in self._file.pages(first):
            self._orientations[found.page.number] = found.orientation
            yield self._read(found)

    def picture(self, number: int) -> Picture | None:
        """See SourceDocument: a scanned page's as it was rectified, any other's rendered anew."""
        return self._store.get(number) or self._file.picture(number - 1, self._orientations[number])

    def read_again(self, number: int, boxes: Sequence[Box]) -> list[tuple[Word, ...] | None]:
        """See SourceDocument."""
        return self._recognition.read_again(self._store.get(number), boxes)

    def keep(self, numbers: Container[int]) -> None:
        """See SourceDocument."""
        self._store.keep(numbers)

    def _read(self, found: PdfPage) -> Page:
        scanned = is_scan(found, self._settings.read)
        when = self._settings.ocr.when
        _log_decision(found, scanned)
        if when == "never":
            return _unread(found.page) if scanned else _typed(found)
        if scanned or when == "force":
            return self._recognized(found)
        if is_garbled(found.page.words, found.undecoded, self._settings.read):
            told = _told_garbled(found)
            return self._recognized(told, otherwise=_typed(told))
        pasted = pasted_pictures(found, self._settings.read)
        if pasted and not _table_like(found.page, self._settings.read):
            return self._with_pasted(found, pasted)
        return _typed(found)

    def _recognized(self, found: PdfPage, otherwise: Page | None = None) -> Page:
        """The page as it is recognised; without an engine unread, or as it is `otherwise`."""
        number = found.page.number
        load = partial(scanned_pixels, self._file, found, self._settings)
        try:
            with stage(log, "recognition", page=number):
                engine, second = self._recognition.engine, self._recognition.second
                scanned = read_scan(number, load, engine, self._settings.scan, second)
        except OcrMissingError as missing:
            return otherwise or _unread(found.page, missing.message)
        self._store.put(number, scanned.picture)
        transform = scanned.page.transform.scaled(self._file.shrinkage(number - 1))
        return replace(scanned.page, issues=scanned.page.issues + found.page.issues, transform=transform)

    def _with_pasted(self, found: PdfPage, pasted: list[Box]) -> Page:
        page = found.page
        picture = self._file.picture(page.number - 1, found.orientation)
        if picture is None:
            return _typed(found)
        try:
            with stage(log, "recognition of embedded images", page=page.number):
                engine, second = self._recognition.engine, self._recognition.second
                return read_regions(page, picture, pasted, engine, self._settings.scan, second)
        except OcrMissingError as missing:
            message = msg("page {page}: {why}", page=page.number, why=missing.message)
            issue = Issue.of("page-not-read", "warning", message)
            return replace(page, issues=(*page.issues, issue))


def _log_decision(found: PdfPage, scanned: bool) -> None:
    """Log what a page was taken for, and by what."""
    words, hidden, images = len(found.page.words), 100 * found.hidden, 100 * found.image_share
    message = "page %d: %s, by %d words, %.0f %% of them hidden, and images on %.0f %% of the page"
    log.debug(message, found.page.number, "a scan" if scanned else "a text layer", words, hidden, images)


def scanned_pixels(file: PdfFile, found: PdfPage, settings: Settings) -> tuple[Pixels, float]:
    """A page's picture and its pixels per point: as it was scanned where that may be had, else rendered as sharp."""
    low, high = settings.read.scan_dpi
    native = found.native_dpi or settings.scan.dpi
    slack = settings.read.scan_dpi_slack
    fits = (1 - slack) * low <= native <= (1 + slack) * high
    own = pixels_of(found.jpeg, found.page.width, found.page.height) if found.jpeg and fits else None
    dpi = min(max(native, low), high)
    return own or file.render(found.page.number - 1, dpi, scanned=True)


def is_scan(found: PdfPage, settings: ReadSettings) -> bool:
    """Whether a page is a picture: a large image, and no text that anybody sees.

    A text layer hidden under or over the image is some scanner's recognition, and is not believed.
    """
    seen = [word for word in found.page.words if word.text]
    if found.image_share < settings.scan_share:
        return found.page.kind == "scan"
    return not seen or found.hidden > settings.hidden_share or len(seen) < settings.stray_words


def _told_garbled(found: PdfPage) -> PdfPage:
    """The page with an issue that tells that its text layer says nothing."""
    message = msg("page {page}: the text layer says no words", page=found.page.number)
    issue = Issue.of("text-undecodable", "warning", message)
    return replace(found, page=replace(found.page, issues=(*found.page.issues, issue)))


def _typed(found: PdfPage) -> Page:
    """A page with a text layer; one with neither words nor lines is blank."""
    blank = not found.page.words and not found.page.rulings
    return replace(found.page, kind="blank") if blank else found.page


def _unread(page: Page, why: Message | str = SWITCHED_OFF) -> Page:
    """A scanned page that nobody recognised: its words stay unread, and that is told."""
    issue = Issue.of("page-not-read", "warning", msg("page {page} is a scan: {why}", page=page.number, why=why))
    return replace(page, kind="scan", words=(), issues=(*page.issues, issue))


def pasted_pictures(found: PdfPage, settings: ReadSettings) -> list[Box]:
    """Images on a text page that are large enough to hold a table and carry no visible text of their own."""
    page = found.page
    width, height = settings.pasted_width * page.width, settings.pasted_height * page.height
    inside = (picture.intersection(page.box) for picture in found.images)
    large = [box for box in inside if box and box.width >= width and box.height >= height]
    return [b for b in large if sum(b.contains(*w.box.center) for w in page.words) < settings.stray_words]


def _table_like(page: Page, settings: ReadSettings) -> bool:
    """Whether a page's own vectors already draw a table of some size."""
    return all(sum(r.axis == axis for r in page.rulings) >= settings.table_lines for axis in ("h", "v"))
