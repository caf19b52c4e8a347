"""A scanned page that is one JPEG and nothing else: its own pixels, which no rendering has gone over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.pixels import Pixels

PLAIN = (pdfium_c.FPDF_COLORSPACE_DEVICEGRAY, pdfium_c.FPDF_COLORSPACE_DEVICERGB)
REWORKED = ("Decode", "SMask", "Mask", "ImageMask")  # what makes an image show something else than its JPEG holds
SLACK = 0.5  # units of the page that an image may miss its edges by
BAND = 512  # rows whose colours are put into order at a time
LIKENESS = 0.005  # of the resolutions across and down


def only_jpeg(page: pdfium.PdfPage, attributes: Sequence[Mapping[str, Any]]) -> bytes | None:
    """The JPEG that fills the page upright and is all there is on it; None where there is anything else to show.

    `attributes` are the dictionaries of the page's images, as the file has them.
    """
    if len(attributes) != 1 or page.get_rotation():  # before a page of type is gone through, object by object
        return None
    things = list(page.get_objects(max_depth=2))
    if len(things) != 1 or not isinstance(things[0], pdfium.PdfImage):
        return None
    image = things[0]
    facts = image.get_metadata()
    if (
        image.get_filters() != ["DCTDecode"]
        or facts.colorspace not in PLAIN
        or any(n in attributes[0] for n in REWORKED)
    ):
        return None
    return bytes(image.get_data()) if _fills(page, image.get_matrix()) else None


def _fills(page: pdfium.PdfPage, matrix: pdfium.PdfMatrix) -> bool:
    """Whether the unit square under the matrix is the displayed page, neither turned nor mirrored."""
    left, bottom, right, top = page.get_cropbox()
    width, shear_y, shear_x, height, x, y = matrix.get()
    misses = (shear_y, shear_x, x - left, y - bottom, x + width - right, y + height - top)
    return all(abs(miss) <= SLACK for miss in misses)


def pixels_of(jpeg: bytes, width: float, height: float) -> tuple[Pixels, float] | None:
    """The picture, grey (rows, columns) or RGB (rows, columns, 3), and its pixels per point on a page of that size.

    None where the JPEG is damaged, or where it is stretched in one direction.
    """
    found = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_UNCHANGED)
    if found is None or (found.ndim == 3 and found.shape[2] != 3):
        return None
    across, down = found.shape[1] / width, found.shape[0] / height
    if abs(across / down - 1) > LIKENESS:
        return None
    pixels = np.asarray(found, dtype=np.uint8)
    if pixels.ndim == 3:
        _bgr_to_rgb(pixels)
    return pixels, across


def _bgr_to_rgb(pixels: Pixels) -> None:
    """Exchange the first and the last channel of a picture in place, band by band."""
    for top in range(0, len(pixels), BAND):
        band = pixels[top : top + BAND]
        band[...] = cv2.cvtColor(band, cv2.COLOR_BGR2RGB)
