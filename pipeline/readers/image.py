"""Pictures as documents: PNG, JPEG and TIFF, a page for each picture in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from pipeline import sentences
from pipeline.message import Message, msg
from pipeline.model.document import DocumentError
from pipeline.settings import LimitSettings, ScanSettings

Pixels = NDArray[np.uint8]
POINTS_PER_INCH = 72
UNKNOWN_DPI_SLACK = 0.5  # dpi

# Pillow goes by what a file holds, and calls other programs for some kinds: PostScript under the name of a picture.
FORMATS = ("PNG", "JPEG", "TIFF")

BAND = 512  # rows that are brought to RGB at a time


@dataclass(frozen=True)
class ImagePage:
    """One picture as displayed: uint8 (rows, columns, 3) RGB, and its pixels per inch."""

    pixels: Pixels
    dpi: float

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return self.dpi / 72


class ImageFile:
    """The pictures of a file, decoded one at a time as they are asked for. Raises DocumentError where it cannot be."""

    def __init__(self, path: Path, settings: ScanSettings, limits: LimitSettings) -> None:
        self._path, self._settings, self._limits = path, settings, limits
        if path.stat().st_size == 0:
            raise DocumentError("empty", msg("the file is empty"))
        with _faults(), Image.open(path, formats=FORMATS) as image:
            _check_size(image, limits)
            self._count = int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1  # not a phone's previews
        check_pages(self._count, limits)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ImagePage | Message]:
        """Each picture, or what is wrong with it where there are others beside it."""
        return (page for _, page in self.numbered())

    def numbered(self, first: int = 1) -> Iterator[tuple[int, ImagePage | Message]]:
        """The pictures from number `first` on, each with its number, or what is wrong with it."""
        if self._count == first == 1:  # of which Pillow holds nothing while it is worked with
            yield 1, self.page(1)
            return
        with _faults(), Image.open(self._path, formats=FORMATS) as image:
            for number in range(first, self._count + 1):
                yield number, self._frame(image, number)

    def page(self, number: int) -> ImagePage:
        """One picture, by its number from 1. Raises DocumentError where it cannot be read."""
        with _faults(), Image.open(self._path, formats=FORMATS) as image:
            return self._decoded(image, number)

    def _frame(self, image: Image.Image, number: int) -> ImagePage | Message:
        try:
            return self._decoded(image, number)
        except DocumentError as fault:
            if self._count == 1:
                raise
            return msg("page {page}: {why}", page=number, why=fault.message)

    def _decoded(self, image: Image.Image, number: int) -> ImagePage:
        with _faults():
            image.seek(number - 1)
            _check_size(image, self._limits)
            return _page(image, self._settings)


def check_pages(pages: int, limits: LimitSettings) -> None:
    """Raise DocumentError where a file has more pages than are read."""
    if pages > limits.pages:
        raise DocumentError("too-large", sentences.TOO_MANY_PAGES.format(pages=pages, limit=limits.pages))


def _check_size(image: Image.Image, limits: LimitSettings) -> None:
    width, height = image.size
    if width * height > limits.picture_megapixels * 1e6:
        told = sentences.TOO_MANY_PIXELS.format(width=width, height=height, megapixels=limits.picture_megapixels)
        raise DocumentError("too-large", told)


@contextmanager
def _faults() -> Iterator[None]:
    """What Pillow says of a broken file, as a fault of the document."""
    try:
        yield
    except UnidentifiedImageError as fault:
        raise DocumentError("not-an-image", msg("the file is not a picture that can be read")) from fault
    except Image.DecompressionBombError as fault:
        raise DocumentError("too-large", sentences.PICTURE_TOO_LARGE) from fault
    except (OSError, EOFError, SyntaxError, ValueError) as fault:
        raise DocumentError("damaged", msg("the picture is damaged: {fault}", fault=str(fault))) from fault


def _page(frame: Image.Image, settings: ScanSettings) -> ImagePage:
    frame.load()
    is_turned = frame.getexif().get(ExifTags.Base.Orientation, 1) != 1
    upright = ImageOps.exif_transpose(frame) if is_turned else frame
    return ImagePage(_pixels(upright), plausible_dpi(frame.info.get("dpi"), max(upright.size), settings))


def _pixels(image: Image.Image) -> Pixels:
    """A picture as uint8 (rows, columns, 3) RGB, on white.

    Pillow takes four bytes a pixel for each step of that, so that it is gone band by band.
    """
    if _is_deep(image):
        return np.asarray(_on_white(image), dtype=np.uint8)
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, BAND):
        band = image.crop((0, top, image.width, min(top + BAND, image.height)))
        pixels[top : top + BAND] = np.asarray(_on_white(band), dtype=np.uint8)
    return pixels


def _is_deep(image: Image.Image) -> bool:
    """Whether its greys have more than 8 bits."""
    return image.mode.startswith("I;16") or image.mode in ("I", "F")


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, with white where the picture is transparent, and 16-bit greys brought to 8."""
    if _is_deep(image):
        grey = np.asarray(image, dtype=np.float64)
        return Image.fromarray((grey * (255 / max(1.0, grey.max()))).astype(np.uint8)).convert("RGB")
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return image.convert("RGB")


def plausible_dpi(told: object, longest: int, settings: ScanSettings) -> float:
    """The resolution a file tells of itself, or where its page would then be no sheet of paper, that of A4.

    A camera writes 72 dpi into a picture of 4,000 pixels: a page of 1.4 metres. Many tools write it, or a point for a
    pixel, where they know nothing: nobody scans so coarsely.
    """
    value = float(told[0]) if isinstance(told, tuple) and told else 0.0
    shortest, tallest = settings.sheet_inches
    unknown = abs(value - POINTS_PER_INCH) < UNKNOWN_DPI_SLACK and longest > settings.a4_inches * value
    if value > 0 and shortest <= longest / value <= tallest and not unknown:
        return value
    return longest / settings.a4_inches
