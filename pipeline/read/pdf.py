"""PDF files: their pages as displayed, with words and rulings from the text layer and the vectors."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException

from pipeline.model.geometry import Box
from pipeline.model.issue import Issue
from pipeline.model.page import Page, Picture, Pixels
from pipeline.read.fault import DocumentFault
from pipeline.read.glyphs import undecodable
from pipeline.read.rulings import join
from pipeline.read.turn import main_direction, turned, upright_box, upright_pixels
from pipeline.read.vectors import segments_of
from pipeline.read.words import words_of
from pipeline.settings import ReadSettings

PDF_MARK = b"%PDF-"


@dataclass(frozen=True)
class PdfPage:
    """One page of a PDF before anyone decides whether its text layer is to be believed.

    `page` holds the text layer and the vectors; `pictures` are the boxes of its images; `hidden` is the share of
    its text that nobody sees: invisible, or painted over by an image.
    """

    page: Page
    pictures: tuple[Box, ...]
    hidden: float
    native_dpi: float | None

    @property
    def picture_share(self) -> float:
        """How much of the page its largest image covers, 0..1."""
        return max((p.share_inside(self.page.box) * p.area for p in self.pictures), default=0.0) / self.page.box.area


class PdfFile:
    """An open PDF. Raises DocumentFault where there is nothing to read."""

    def __init__(self, path: Path, password: str | None, settings: ReadSettings) -> None:
        self.path, self.password, self.settings = path, password, settings
        _check_bytes(path)
        self._pdfium = _open_pdfium(path, password)
        self._plumber = _open_pdfplumber(path, password)
        if not len(self._pdfium) or not self._plumber.pages:
            raise DocumentFault("zero-pages", "the PDF has no pages")

    def __len__(self) -> int:
        return min(len(self._pdfium), len(self._plumber.pages))

    def close(self) -> None:
        self._plumber.close()
        self._pdfium.close()

    def pages(self) -> Iterator[PdfPage]:
        for index in range(len(self)):
            yield self._page(index)

    def _page(self, index: int) -> PdfPage:
        plumber = self._plumber.pages[index]
        try:
            return self._read(index, plumber)
        except PdfminerException as fault:
            return self._unread(index, str(fault))
        finally:
            plumber.close()

    def _read(self, index: int, plumber: PlumberPage) -> PdfPage:
        sheet = _Sheet.of(plumber)
        chars = [c for c in map(sheet.placed, plumber.chars) if sheet.shows(c)]
        lines, rects, curves = (
            [sheet.placed(path) for path in paths] for paths in (plumber.lines, plumber.rects, plumber.curves)
        )
        size = _median([c["size"] for c in chars]) or 10.0
        drawn = segments_of(lines, rects, curves, thin=self.settings.thin_shape * size)
        segments = [s for s in drawn if sheet.box.grown(2).contains(*s.box.center)]
        rulings = join(segments, self.settings.ruling_snap * size, self.settings.ruling_gap * size)
        words = words_of([c for c in chars if not undecodable(c["text"])], rulings, self.settings)
        page = Page(
            number=index + 1,
            width=sheet.box.x1,
            height=sheet.box.bottom,
            kind="text",
            words=words,
            rulings=rulings,
            issues=_undecoded(chars, index + 1),
        )
        direction = main_direction(words)
        upright = replace(turned(page, direction), picture=self.picture(index, direction, self.settings.picture_dpi))
        images = [sheet.placed(image) for image in plumber.images]
        boxes = (Box(i["x0"], i["top"], i["x1"], i["bottom"]) for i in images)
        return PdfPage(
            page=upright,
            pictures=tuple(upright_box(box, page.width, page.height, direction) for box in boxes),
            hidden=_hidden_share(self._pdfium[index]),
            native_dpi=_native_dpi(images),
        )

    def _unread(self, index: int, why: str) -> PdfPage:
        """A page whose content pdfplumber can't follow: only its picture is left."""
        width, height = self._pdfium[index].get_size()
        message = f"page {index + 1}: {why or 'broken content'}"
        issue = Issue(code="page-unreadable", severity="warning", message=message)
        picture = self.picture(index, 0, self.settings.picture_dpi)
        page = Page(index + 1, width, height, "scan", (), (), picture, (issue,))
        return PdfPage(page, (page.box,), 1.0, None)

    def picture(self, index: int, direction: int, dpi: float) -> Picture:
        """The page as pixels at `dpi`, made when first looked at, with writing at `direction` degrees upright."""
        path, password, sharpness = self.path, self.password, dpi * self.unit(index)
        return Picture(lambda: upright_pixels(render(path, password, index, sharpness), direction), dpi / 72)

    def unit(self, index: int) -> float:
        """The page's unit in points, 1 on most. PDFium takes every unit for a point."""
        return _unit(self._plumber.pages[index])


def render(path: Path, password: str | None, index: int, dpi: float) -> Pixels:
    """Page `index` (from 0) as displayed, uint8 RGB of shape (rows, columns, 3), at `dpi` to 72 units of the page."""
    document = pdfium.PdfDocument(path, password=password)
    try:
        bitmap = document[index].render(scale=dpi / 72, rev_byteorder=True)
        pixels: Pixels = bitmap.to_numpy()[:, :, :3].copy()
        return pixels
    finally:
        document.close()


@dataclass(frozen=True)
class _Sheet:
    """The displayed part of a page: its crop box moved to the origin, in units of a point."""

    left: float
    top: float
    unit: float
    box: Box

    @classmethod
    def of(cls, plumber: PlumberPage) -> _Sheet:
        x0, top, x1, bottom = _displayed_crop(plumber)
        unit = _unit(plumber)
        return cls(x0, top, unit, Box(0.0, 0.0, (x1 - x0) * unit, (bottom - top) * unit))

    def placed(self, thing: dict[str, Any]) -> dict[str, Any]:
        """A pdfplumber object in displayed coordinates."""
        moved = dict(thing)
        for key in ("x0", "x1"):
            moved[key] = (thing[key] - self.left) * self.unit
        for key in ("top", "bottom"):
            moved[key] = (thing[key] - self.top) * self.unit
        for key in ("size", "linewidth"):
            if isinstance(thing.get(key), int | float):
                moved[key] = thing[key] * self.unit
        if "path" in thing:
            moved["path"] = [(command, *map(self._point, points)) for command, *points in thing["path"]]
        return moved

    def _point(self, point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - self.left) * self.unit, (point[1] - self.top) * self.unit

    def shows(self, char: dict[str, Any]) -> bool:
        return self.box.contains((char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2)


def _unit(plumber: PlumberPage) -> float:
    return float(plumber.page_obj.attrs.get("UserUnit", 1) or 1)


def _displayed_crop(plumber: PlumberPage) -> tuple[float, float, float, float]:
    """x0, top, x1 and bottom of the page's crop box in pdfplumber's coordinates.

    pdfplumber's own `cropbox` is right on unturned pages only: it exchanges the axes of a turned box, no more.
    """
    crop, media = (_sorted_box(box) for box in (plumber.page_obj.cropbox, plumber.page_obj.mediabox))
    left, low = max(crop[0] - media[0], 0.0), max(crop[1] - media[1], 0.0)
    right, high = max(media[2] - crop[2], 0.0), max(media[3] - crop[3], 0.0)
    # what is cut off at the displayed page's left, top, right and bottom
    cut = {
        0: (left, high, right, low),
        90: (low, left, high, right),
        180: (right, low, left, high),
        270: (high, right, low, left),
    }.get(plumber.rotation, (left, high, right, low))
    x0, top, x1, bottom = plumber.mediabox
    return x0 + cut[0], top + cut[1], x1 - cut[2], bottom - cut[3]


def _sorted_box(box: Sequence[float]) -> tuple[float, float, float, float]:
    """A PDF rectangle, given by any two opposite corners, as left, low, right, high."""
    x0, y0, x1, y1 = (float(value) for value in box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _check_bytes(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        raise DocumentFault("empty", "the file is empty")
    if PDF_MARK not in head:
        raise DocumentFault("not-a-pdf", "the file is not a PDF")


def _open_pdfium(path: Path, password: str | None) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path, password=password)
    except pdfium.PdfiumError as fault:
        if _has_no_pages(path):
            raise DocumentFault("zero-pages", "the PDF has no pages") from fault
        if fault.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise DocumentFault("encrypted", "the PDF is encrypted and its password is not known") from fault
        if b"%%EOF" not in path.read_bytes()[-2048:]:
            raise DocumentFault("truncated", "the PDF is cut off: its end is missing") from fault
        raise DocumentFault("damaged", f"the PDF is damaged: {fault}") from fault


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
        raise DocumentFault("encrypted", "the PDF is encrypted and its password is not known") from fault
    except PdfminerException as fault:
        if isinstance(fault.__context__, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(fault):
            raise DocumentFault("encrypted", "the PDF is encrypted and its password is not known") from fault
        raise DocumentFault("damaged", f"the PDF is damaged: {fault}") from fault


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


def _undecoded(chars: Sequence[dict[str, Any]], number: int) -> tuple[Issue, ...]:
    lost = sum(undecodable(c["text"]) for c in chars)
    if not lost:
        return ()
    message = f"page {number}: the text layer does not say which characters {lost} of {len(chars)} glyphs are"
    return (Issue(code="text-undecodable", severity="warning", message=message),)


def _median(values: Sequence[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None
