"""Rectification: how a page lies is measured on a small copy, and the whole picture is warped once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.imaging.binarize import binarize, despeckle
from pipeline.imaging.centrelines import centrelines
from pipeline.imaging.colour import drop_faint_colour, luminance
from pipeline.imaging.components import em_from_heights, letter_stats
from pipeline.imaging.descreen import descreened
from pipeline.imaging.deskew import orientation_of, perspective_matrix, skew_degrees
from pipeline.imaging.illumination import flatten_background
from pipeline.imaging.ruling_lines import find_lines
from pipeline.imaging.spelling_marks import without_spelling_marks
from pipeline.imaging.warp import Matrix, Points, on_canvas, rotation_matrix, upright_matrix, warped
from pipeline.model.geometry import Axis
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

POINTS_PER_INCH = 72.0

PictureAgain = Callable[[], Pixels]
"""Makes the picture of a page, as displayed, once more."""


class SourcePicture:
    """A page's picture as displayed, without spelling marks, dots and specks, and grey where it has next to no colour.

    It takes more memory than all that is made of it. So it may be let go as soon as nothing seems to be made of it any
    more; should that turn out otherwise, it is made again.
    """

    def __init__(self, pixels: Pixels, scale: float, settings: ScanSettings, again: PictureAgain | None = None) -> None:
        """Take uint8, grey (rows, columns) or RGB (rows, columns, 3), and its pixels per point.

        Without `again` it is never let go.
        """
        self.scale = scale
        self._settings, self._again = settings, again
        kept = self._cleaned(pixels)
        self.size = kept.nbytes
        self._pixels: Pixels | None = kept

    @property
    def pixels(self) -> Pixels:
        """The picture, made again where it was let go."""
        if self._pixels is None and self._again is not None:
            self._pixels = self._cleaned(self._again())
        assert self._pixels is not None
        return self._pixels

    def let_go(self) -> None:
        """Keep no pixels."""
        if self._again is not None:
            self._pixels = None

    def _cleaned(self, pixels: Pixels) -> Pixels:
        pixels = drop_faint_colour(without_spelling_marks(pixels, self.scale, self._settings), self._settings)
        return despeckle(descreened(pixels, self.scale, self._settings), self._settings)


@dataclass(frozen=True)
class Rectification:
    """How a displayed picture becomes upright.

    Attributes:
        source: The picture as displayed.
        matrix: From displayed points to upright points.
        width: Of the upright page, in points.
        height: Of the upright page, in points.
        em: The page's text size in points, measured on a small copy.
    """

    source: SourcePicture
    matrix: Matrix
    width: float
    height: float
    em: float

    def render(self, scale: float) -> Pixels:
        """Make the upright picture with `scale` pixels per point: RGB, or grey where there is no colour."""
        there, back = np.diag([scale, scale, 1.0]), np.diag([1 / self.source.scale, 1 / self.source.scale, 1.0])
        return warped(self.source.pixels, there @ self.matrix @ back, self.width * scale, self.height * scale)

    def turned_over(self) -> Rectification:
        """The same for a page that was upside down."""
        turn = upright_matrix(Orientation.UPSIDE_DOWN, self.width, self.height)
        return replace(self, matrix=turn @ self.matrix)


def rectify(source: SourcePicture, settings: ScanSettings) -> Rectification:
    """Measure orientation, skew and perspective of a page, which may still be upside down."""
    small_scale = settings.skew_dpi / POINTS_PER_INCH
    factor, pixels = small_scale / source.scale, source.pixels
    small = cv2.resize(luminance(pixels), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    matrix, em = _measured(np.asarray(small, dtype=np.uint8), small_scale, settings)
    canvas = on_canvas(matrix, pixels.shape[1] / source.scale, pixels.shape[0] / source.scale)
    return Rectification(source, *canvas, em / small_scale)


def _measured(grey: Pixels, scale: float, settings: ScanSettings) -> tuple[Matrix, float]:
    """The matrix from displayed to upright points, and the text size in pixels, of a small grey picture."""
    rows, columns = grey.shape
    even = flatten_background(grey, scale, settings)
    ink = binarize(even, settings.ink_reach * scale, settings.text_contrast)
    letters = letter_stats(ink, scale, settings)
    orientation = orientation_of(letters, settings)
    em = em_from_heights(letters[:, 3] if orientation.is_horizontal else letters[:, 2], scale, settings)
    turn, width, height = on_canvas(upright_matrix(orientation, columns, rows), columns, rows)
    skew = skew_degrees(orientation.upright_pixels(ink), settings)
    deskewed, width, height = on_canvas(rotation_matrix(-skew, width, height), width, height)
    deskewed = deskewed @ turn
    sheet = warped(even, deskewed, width, height)
    perspective = perspective_matrix(_long_traces(sheet, em, scale, settings), width, height, settings)
    to_small = np.diag([scale, scale, 1.0])
    return np.asarray(np.linalg.inv(to_small) @ perspective @ deskewed @ to_small), em


def _long_traces(grey: Pixels, em: float, scale: float, settings: ScanSettings) -> list[tuple[Axis, Points]]:
    """The centreline of every line, on white paper, long enough to tell how the page lies."""
    least = settings.perspective_length * em
    ink = binarize(grey, settings.ink_reach * scale, settings.line_contrast)
    lines = find_lines(grey, ink, em, settings, least=least)
    return [(line.axis, line.points()) for line in centrelines(lines) if line.length >= least]
