"""A page's picture set upright: how it lies is measured on a small copy, and the whole is warped once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.imaging import deskew
from pipeline.imaging.binarize import darkness_tone, despeckled, em_of, flattened, ink_mask, letter_stats, plain
from pipeline.imaging.ruling_lines import courses, find_lines
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

POINTS = 72.0


@dataclass(frozen=True)
class Stand:
    """How a displayed picture, `source` with `source_scale` pixels per point, is set upright.

    `matrix` takes displayed points to upright points, on a page of `width` x `height` points. `em` is the size of the
    page's type in points, measured on a small copy.
    """

    source: Pixels
    source_scale: float
    matrix: deskew.Matrix
    width: float
    height: float
    em: float

    def at(self, scale: float) -> Pixels:
        """The upright picture, RGB, or grey where there is no colour, with `scale` pixels per point."""
        there, back = np.diag([scale, scale, 1.0]), np.diag([1 / self.source_scale, 1 / self.source_scale, 1.0])
        return deskew.warped(self.source, there @ self.matrix @ back, self.width * scale, self.height * scale)

    def turned_over(self) -> Stand:
        """The page turned by 180 degrees."""
        return replace(
            self, matrix=deskew.upright_matrix(Orientation.UPSIDE_DOWN, self.width, self.height) @ self.matrix
        )


def stand_upright(pixels: Pixels, scale: float, settings: ScanSettings) -> Stand:
    """The page turned by quarters, deskewed and levelled; it may still stand on its head."""
    pixels = despeckled(plain(pixels, settings), settings)
    small_scale = settings.skew_dpi / POINTS
    factor = small_scale / scale
    small = cv2.resize(darkness_tone(pixels), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    matrix, em = rectifying_matrix(np.asarray(small, dtype=np.uint8), small_scale, settings)
    on_canvas = deskew.on_canvas(matrix, pixels.shape[1] / scale, pixels.shape[0] / scale)
    return Stand(pixels, scale, *on_canvas, em / small_scale)


def rectifying_matrix(grey: Pixels, scale: float, settings: ScanSettings) -> tuple[deskew.Matrix, float]:
    """The matrix from displayed to upright points, and the size of the type in pixels, of a small grey picture."""
    rows, columns = grey.shape
    even = flattened(grey, settings.paper_reach * scale)
    ink = ink_mask(even, settings.ink_reach * scale, settings.text_contrast)
    letters = letter_stats(ink, scale, settings)
    orientation = deskew.orientation_of(letters, settings)
    em = em_of(letters[:, 3] if orientation.is_horizontal else letters[:, 2], scale, settings)
    turn, width, height = deskew.on_canvas(deskew.upright_matrix(orientation, columns, rows), columns, rows)
    skew = deskew.skew_degrees(orientation.upright_pixels(ink), settings)
    level, width, height = deskew.on_canvas(deskew.rotation_matrix(-skew, width, height), width, height)
    level = level @ turn
    sheet = deskew.warped(even, level, width, height)
    bent = deskew.levelling_matrix(_long_traces(sheet, em, scale, settings), width, height, settings)
    to_small = np.diag([scale, scale, 1.0])
    return np.asarray(np.linalg.inv(to_small) @ bent @ level @ to_small), em


def _long_traces(grey: Pixels, em: float, scale: float, settings: ScanSettings) -> list[tuple[str, deskew.Points]]:
    """The course of every line, on white paper, long enough to tell how the page lies."""
    least = settings.levelling_length * em
    ink = ink_mask(grey, settings.ink_reach * scale, settings.line_contrast)
    long = [course for course in courses(find_lines(grey, ink, em, settings, least=least)) if course.length >= least]
    return [(course.axis, course.points()) for course in long]
