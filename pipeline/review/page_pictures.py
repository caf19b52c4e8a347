"""Pictures of pages, drawn in a process of their own: a file that breaks the parser does not break the server."""

from __future__ import annotations

import signal
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pipeline.batch.attempt import Done, attempt
from pipeline.model.geometry import Box
from pipeline.settings import Settings
from pipeline.settings.review_page import ReportSettings, ReviewSettings

if TYPE_CHECKING:
    from PIL import Image

POINTS_PER_INCH = 72
FRAME_COLOUR, FRAME_WIDTH = (208, 116, 0), 2  # around what is meant on a part of a page; pixels

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class PagePictures:
    """Draws pages of documents as they are displayed, and keeps the last ones; `settings` are those of the run."""

    settings: Settings
    limits: ReviewSettings
    password: str | None = None
    _pool: ProcessPoolExecutor | None = None
    _kept: OrderedDict[tuple[str, float, int, float], bytes] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def picture(self, path: Path, page: int, dpi: float) -> bytes | None:
        """A page as JPEG at `dpi`; None where it cannot be drawn.

        Args:
            path: The document's file.
            page: From 1.
            dpi: Pixels per inch.
        """
        try:
            key = (str(path), path.stat().st_mtime, page, dpi)
        except OSError:
            return None
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._drawn(path, page, dpi)
        if made is not None:
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > self.limits.kept_pictures:
                    self._kept.popitem(last=False)
        return made

    def warm_up(self) -> None:
        """Start the process that draws, so that the first page does not wait for it."""
        self._workers().submit(_import_readers)

    def close(self) -> None:
        """End the process that draws."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def parts(self, path: Path, page: int, boxes: Sequence[Box], drawing: ReportSettings) -> Sequence[bytes] | None:
        """Parts of a page as JPEGs, what is meant framed; None where the page cannot be drawn.

        Args:
            path: The document's file.
            page: From 1.
            boxes: What is meant, in points of the page as displayed.
            drawing: How sharp, with how much around it, and how large at most.
        """
        return self._asked(draw_parts, path, page, boxes, drawing, self.settings, self.password)

    def _drawn(self, path: Path, page: int, dpi: float) -> bytes | None:
        return self._asked(draw_page, path, page, dpi, self.limits.jpeg_quality, self.settings, self.password)

    def _asked(self, draw: Callable[P, T | None], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the process that draws comes to; None where it fails, breaks, or does not come to an end."""
        drawn = self._workers().submit(draw, *args, **kwargs)
        try:
            done = attempt(partial(drawn.result, self.limits.picture_seconds))
            return done.value if isinstance(done, Done) else None
        except (BrokenProcessPool, TimeoutError):
            self._give_up()
            return None

    def _workers(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _leave_interrupts)
            return self._pool

    def _give_up(self) -> None:
        """End a process that is broken, or does not come to an end; the next picture starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    """Leave Ctrl+C to the process that asks: it ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _import_readers() -> None:
    import pipeline.readers.image
    import pipeline.readers.office
    import pipeline.readers.pdf  # noqa: F401


def draw_page(
    path: Path, page: int, dpi: float, quality: int, settings: Settings, password: str | None
) -> bytes | None:
    """Draw one page as displayed, as JPEG at `dpi`; None where the document or page cannot be read."""
    picture = _displayed(path, page, dpi, settings, password)
    return None if picture is None else _jpeg(picture, quality)


def draw_parts(
    path: Path, page: int, boxes: Sequence[Box], drawing: ReportSettings, settings: Settings, password: str | None
) -> list[bytes] | None:
    """Draw parts of a page; see `PagePictures.parts`."""
    picture = _displayed(path, page, drawing.crop_dpi, settings, password)
    return None if picture is None else [_jpeg(_part(picture, box, drawing), drawing.crop_quality) for box in boxes]


def _part(picture: Image.Image, box: Box, drawing: ReportSettings) -> Image.Image:
    """The part of a page's picture around a box, which is framed."""
    from PIL import ImageDraw

    scale = drawing.crop_dpi / POINTS_PER_INCH
    across, down = drawing.crop_margin
    width, height = (min(size, most) for size, most in zip((box.width, box.height), drawing.crop_size, strict=True))
    around = Box(box.x0 - across, box.top - down, box.x0 + width + across, box.top + height + down)
    left, top = max(0, round(around.x0 * scale)), max(0, round(around.top * scale))
    right, bottom = min(picture.width, round(around.x1 * scale)), min(picture.height, round(around.bottom * scale))
    part = picture.convert("RGB").crop((left, top, max(right, left + 1), max(bottom, top + 1)))
    frame = [round(box.x0 * scale) - left, round(box.top * scale) - top]
    frame += [round(box.x1 * scale) - left, round(box.bottom * scale) - top]
    grown = (frame[0] - FRAME_WIDTH, frame[1] - FRAME_WIDTH, frame[2] + FRAME_WIDTH, frame[3] + FRAME_WIDTH)
    ImageDraw.Draw(part).rectangle(grown, outline=FRAME_COLOUR, width=FRAME_WIDTH)
    return part


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return content.getvalue()


def _displayed(path: Path, page: int, dpi: float, settings: Settings, password: str | None) -> Image.Image | None:
    """A page as displayed, `dpi` pixels per inch; None where the document or page cannot be read."""
    from PIL import Image

    from pipeline.model.document import DocumentError
    from pipeline.model.formats import input_kind
    from pipeline.readers.office import as_pdf

    try:
        kind = input_kind(path)
        if kind == "office":
            with as_pdf(path) as made:
                picture = _pdf_page(made, page, dpi, settings, password)
        elif kind == "image":
            picture = _image_page(path, page, dpi, settings)
        elif kind == "transcript":
            return None
        else:
            picture = _pdf_page(path, page, dpi, settings, password)
    except (DocumentError, OSError, Image.DecompressionBombError):
        return None
    return picture


def _pdf_page(path: Path, page: int, dpi: float, settings: Settings, password: str | None) -> Image.Image | None:
    import pypdfium2
    from PIL import Image

    from pipeline.readers.pdf import PdfFile

    file = PdfFile(path, password, settings.read, settings.scan)
    try:
        if not 0 < page <= len(file):
            return None
        pixels, scale = file.render(page - 1, dpi)
    except pypdfium2.PdfiumError:
        return None
    finally:
        file.close()
    return _at(Image.fromarray(pixels), scale, dpi)


def _image_page(path: Path, page: int, dpi: float, settings: Settings) -> Image.Image | None:
    from PIL import Image

    from pipeline.message import Message
    from pipeline.readers.image import ImageFile

    for number, image in enumerate(ImageFile(path, settings.scan, settings.limits), 1):
        if number == page and not isinstance(image, Message):
            return _at(Image.fromarray(image.pixels), image.scale, dpi)
    return None


def _at(picture: Image.Image, scale: float, dpi: float) -> Image.Image:
    """A picture of `scale` pixels a point at `dpi`."""
    factor = dpi / POINTS_PER_INCH / scale
    if abs(factor - 1) < 1e-3:
        return picture
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))))
