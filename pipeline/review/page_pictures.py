"""Pictures of pages, drawn in a process of their own: a file that breaks the parser does not break the server."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from pipeline.settings import Settings
from pipeline.settings.review_page import ReviewSettings

if TYPE_CHECKING:
    from PIL import Image

POINTS_PER_INCH = 72


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

    def _drawn(self, path: Path, page: int, dpi: float) -> bytes | None:
        arguments = (path, page, dpi, self.limits.jpeg_quality, self.settings, self.password)
        try:
            return self._workers().submit(draw_page, *arguments).result(self.limits.picture_seconds)
        except (BrokenProcessPool, TimeoutError):
            self._give_up()
            return None

    def _workers(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
            return self._pool

    def _give_up(self) -> None:
        """End a process that is broken, or does not come to an end; the next picture starts another."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _import_readers() -> None:
    import pipeline.readers.image
    import pipeline.readers.office
    import pipeline.readers.pdf  # noqa: F401


def draw_page(
    path: Path, page: int, dpi: float, quality: int, settings: Settings, password: str | None
) -> bytes | None:
    """Draw one page as displayed, as JPEG at `dpi`; None where the document or page cannot be read."""
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
    if picture is None:
        return None
    content = BytesIO()
    picture.save(content, "JPEG", quality=quality)
    return content.getvalue()


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
