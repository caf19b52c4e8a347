"""A page's picture set upright: how it lies is measured on a small copy, and the whole is warped once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.read import upright
from pipeline.read.ink import Pixels, darkness_tone, despeckled, flattened, ink_mask, plain, text_em
from pipeline.read.pixel_rulings import courses, find_lines
from pipeline.settings import ScanSettings

POINTS = 72.0


@dataclass(frozen=True)
class Stand:
    """How a displayed picture, `source` with `source_scale` pixels per point, is set upright.

    `matrix` takes displayed points to upright points, on a page of `width` x `height` points.
    """

    source: Pixels
    source_scale: float
    matrix: upright.Matrix
    width: float
    height: float

    def at(self, scale: float) -> Pixels:
        """The upright picture, RGB, or grey where there is no colour, with `scale` pixels per point."""
        there, back = np.diag([scale, scale, 1.0]), np.diag([1 / self.source_scale, 1 / self.source_scale, 1.0])
        return upright.warped(self.source, there @ self.matrix @ back, self.width * scale, self.height * scale)

    def turned_over(self) -> Stand:
        """The page turned by 180 degrees."""
        return replace(self, matrix=upright.quarter_matrix(2, self.width, self.height) @ self.matrix)


def stand_upright(pixels: Pixels, scale: float, settings: ScanSettings) -> Stand:
    """The page turned by quarters, deskewed and levelled; it may still stand on its head."""
    pixels = despeckled(plain(pixels, settings), settings)
    matrix = upright_matrix(pixels, scale, settings)
    return Stand(pixels, scale, *upright.on_canvas(matrix, pixels.shape[1] / scale, pixels.shape[0] / scale))


def upright_matrix(pixels: Pixels, scale: float, settings: ScanSettings) -> upright.Matrix:
    """The matrix from displayed to upright points, measured on a small copy of the page."""
    small_scale = settings.skew_dpi / POINTS
    factor = small_scale / scale
    small = np.asarray(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    rows, columns = small.shape[:2]
    ink = _ink(small, small_scale, settings)
    turn = upright.quarter_matrix(1 if upright.lies_sideways(ink, small_scale, settings) else 0, columns, rows)
    turn, width, height = upright.on_canvas(turn, columns, rows)
    turned = upright.warped(small, turn, width, height)
    skew = upright.skew_degrees(_ink(turned, small_scale, settings), settings)
    level, width, height = upright.on_canvas(upright.rotation_matrix(-skew, width, height), width, height)
    level = level @ turn
    bent = upright.levelling_matrix(
        _long_traces(upright.warped(small, level, width, height), small_scale, settings), width, height, settings
    )
    to_small = np.diag([small_scale, small_scale, 1.0])
    return np.asarray(np.linalg.inv(to_small) @ bent @ level @ to_small)


def _ink(colour: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    grey = flattened(darkness_tone(colour), settings.paper_reach * scale)
    return ink_mask(grey, settings.ink_reach * scale, settings.text_contrast)


def _long_traces(colour: Pixels, scale: float, settings: ScanSettings) -> list[tuple[str, upright.Points]]:
    """The course of every line long enough to tell how the page lies."""
    grey = flattened(darkness_tone(colour), settings.paper_reach * scale)
    em = text_em(ink_mask(grey, settings.ink_reach * scale, settings.text_contrast), scale, settings)
    lines = find_lines(grey, ink_mask(grey, settings.ink_reach * scale, settings.line_contrast), em, settings)
    long = [course for course in courses(lines) if course.length >= settings.levelling_length * em]
    return [(course.axis, course.points()) for course in long]
