"""Any input file as pages, upright and read: text layers where they are to be believed, recognition where not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pipeline.model.formats import input_kind
from pipeline.model.geometry import Box
from pipeline.model.headings import Headings
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Pixels
from pipeline.ocr.engine import Engine, OcrMissing, engine_for
from pipeline.readers.jpeg import pixels_of
from pipeline.readers.pdf import PdfFile, PdfPage, render
from pipeline.settings import ReadSettings, Settings
from pipeline.transcript import read_transcript

OnPage = Callable[[int, int], None]


@dataclass
class Recognition:
    """Takes an engine when the first scanned page comes, so that text PDFs are read where there is none."""

    settings: Settings

    @cached_property
    def engine(self) -> Engine:
        return engine_for(self.settings.ocr)


def read_pages(
    path: Path, settings: Settings, headings: Headings, password: str | None = None, on_page: OnPage | None = None
) -> list[Page]:
    """All pages of a file in order. Raises DocumentFault where it cannot be read at all."""
    report = on_page or (lambda done, total: None)
    kind = input_kind(path)
    if kind == "transcript":
        return list(read_transcript(path, headings, settings.transcript))
    if kind == "image":
        return list(_pictures(path, settings, report))
    return list(_pdf(path, settings, password, report))


def _pictures(path: Path, settings: Settings, report: OnPage) -> Iterator[Page]:
    from pipeline.readers.image import read_images
    from pipeline.readers.scan import read_scan

    recognition = Recognition(settings)
    images = read_images(path, settings.scan)
    for number, image in enumerate(images, 1):
        scale = image.dpi / 72
        if settings.ocr.when == "never":
            yield _unread(Page(number, image.pixels.shape[1] / scale, image.pixels.shape[0] / scale, "scan", (), ()))
        else:
            yield read_scan(number, image.pixels, scale, recognition.engine, settings.scan)
        report(number, len(images))


def _pdf(path: Path, settings: Settings, password: str | None, report: OnPage) -> Iterator[Page]:
    file = PdfFile(path, password, settings.read)
    recognition = Recognition(settings)
    try:
        for index, found in enumerate(file.pages()):
            yield _read(file, index, found, recognition, settings)
            report(index + 1, len(file))
    finally:
        file.close()


def _read(file: PdfFile, index: int, found: PdfPage, recognition: Recognition, settings: Settings) -> Page:
    scanned = is_scan(found, settings.read)
    if settings.ocr.when == "never":
        return _unread(found.page) if scanned else _typed(found)
    if scanned or settings.ocr.when == "force":
        return _recognized(file, index, found, recognition, settings)
    pasted = pasted_pictures(found, settings.read)
    if pasted and not _table_like(found.page):
        return _with_pasted(found.page, pasted, recognition, settings)
    return _typed(found)


def is_scan(found: PdfPage, settings: ReadSettings) -> bool:
    """Whether a page is a picture: a large image, and no text that anybody sees. A text layer hidden under or over it
    is some scanner's recognition, and is not believed.
    """
    seen = [word for word in found.page.words if word.text]
    if found.picture_share < settings.scan_share:
        return found.page.kind == "scan"
    return not seen or found.hidden > 0.5 or len(seen) < settings.stray_words


def _typed(found: PdfPage) -> Page:
    """A page with a text layer; one with neither words nor lines is blank."""
    blank = not found.page.words and not found.page.rulings
    return replace(found.page, kind="blank") if blank else found.page


def _recognized(file: PdfFile, index: int, found: PdfPage, recognition: Recognition, settings: Settings) -> Page:
    from pipeline.readers.scan import read_scan

    pixels, scale = _pixels(file, index, found, settings)
    try:
        page = read_scan(index + 1, pixels, scale, recognition.engine, settings.scan)
    except OcrMissing as missing:
        return _unread(found.page, missing.message)
    return replace(page, issues=page.issues + found.page.issues)


def _pixels(file: PdfFile, index: int, found: PdfPage, settings: Settings) -> tuple[Pixels, float]:
    """A page's picture and its pixels per point: as it was scanned where that may be had, else rendered as sharp."""
    low, high = settings.read.scan_dpi
    native = found.native_dpi or settings.scan.dpi
    fits = 0.99 * low <= native <= 1.01 * high  # a page's size is hardly ever a whole number of pixels
    own = pixels_of(found.jpeg, found.page.width, found.page.height) if found.jpeg and fits else None
    dpi = min(max(native, low), high)
    return own or (render(file.path, file.password, index, dpi * file.unit(index)), dpi / 72)


def _unread(page: Page, why: str = "recognition is switched off") -> Page:
    """A scanned page that nobody recognised: its words stay unread, and that is told."""
    issue = Issue(code="page-not-read", severity="warning", message=f"page {page.number} is a scan: {why}")
    return replace(page, kind="scan", words=(), issues=(*page.issues, issue))


def pasted_pictures(found: PdfPage, settings: ReadSettings) -> list[Box]:
    """Images on a text page that are large enough to hold a table and carry no visible text of their own."""
    page = found.page
    width, height = settings.pasted_width * page.width, settings.pasted_height * page.height
    inside = (picture.intersection(page.box) for picture in found.pictures)
    large = [box for box in inside if box and box.width >= width and box.height >= height]
    return [b for b in large if sum(b.contains(*w.box.center) for w in page.words) < settings.stray_words]


def _table_like(page: Page) -> bool:
    """Whether a page's own vectors already draw a table of some size."""
    return sum(r.axis == "h" for r in page.rulings) >= 6 and sum(r.axis == "v" for r in page.rulings) >= 6


def _with_pasted(page: Page, pasted: list[Box], recognition: Recognition, settings: Settings) -> Page:
    from pipeline.readers.embedded_images import read_regions

    try:
        return read_regions(page, pasted, recognition.engine, settings.scan)
    except OcrMissing as missing:
        issue = Issue(code="page-not-read", severity="warning", message=f"page {page.number}: {missing.message}")
        return replace(page, issues=(*page.issues, issue))
