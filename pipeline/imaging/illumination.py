"""Illumination correction: the paper is brought to white, whatever the light that a page was scanned in."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model.pixels import Pixels
from pipeline.settings import ScanSettings

GRAIN = 2.0  # points: the light does not change over less
SMOOTHING = 4  # parts of the reach: the estimated light is averaged over one of them


def correct_illumination(picture: Pixels, scale: float, reach: float, least: int) -> Pixels:
    """Divide a picture by the light it was taken in: a shadow at the spine goes, a filled symbol or cell stays.

    The paper is seen where nothing smaller than `reach`, one way or the other, hides it.

    Args:
        picture: uint8, grey (rows, columns) or RGB (rows, columns, 3).
        scale: Pixels per point.
        reach: In points.
        least: 0..255; where there is less light it is not made up for.
    """
    step = max(1, round(GRAIN * scale))
    small = cv2.resize(picture, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = max(3, round(reach * scale / step)) | 1
    wide = cv2.copyMakeBorder(small, size, size, size, size, cv2.BORDER_REPLICATE)  # a shadow goes on past the edge
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    smooth = size // SMOOTHING | 1
    paper = cv2.blur(wide, (smooth, smooth))[size:-size, size:-size]
    light = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)
    light = cv2.max(light, np.full_like(picture, least), dst=light)
    return np.asarray(cv2.divide(picture, light, scale=255, dst=light), dtype=np.uint8)


def flatten_background(grey: Pixels, scale: float, settings: ScanSettings) -> Pixels:
    """Divide a grey picture by its background: all that is wider than settings.paper_reach, fills and shadows among it.

    Args:
        grey: uint8 (rows, columns).
        scale: Pixels per point.
        settings: The scan's thresholds.
    """
    step = paper_step(scale, settings)
    small = cv2.resize(grey, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = settings.paper_window
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((size, size), np.uint8)), size)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255, dst=paper), dtype=np.uint8)


def paper_step(scale: float, settings: ScanSettings) -> int:
    """How many pixels of a picture one sample of its paper stands for."""
    return max(1, round(settings.paper_reach * scale / settings.paper_samples))
