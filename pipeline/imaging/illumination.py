"""The light that a scan was taken in, made up for."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.model.pixels import Pixels

GRAIN = 2.0  # points: finer than that the light does not change


def evenly_lit(tone: Pixels, scale: float, reach: float, least: int) -> Pixels:
    """A picture (grey or RGB, `scale` pixels per point) without the shades of its light: the paper is brought to white.

    The paper is seen where nothing smaller than `reach` points, one way or the other, hides it: a shadow at the spine
    goes, a filled symbol or cell stays. Where there is less light than `least` (0..255) it is not made up for.
    """
    step = max(1, round(GRAIN * scale))
    small = cv2.resize(tone, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    size = max(3, round(reach * scale / step)) | 1
    wide = cv2.copyMakeBorder(small, size, size, size, size, cv2.BORDER_REPLICATE)  # a shadow goes on past the edge
    wide = cv2.morphologyEx(wide, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    paper = cv2.blur(wide, (size // 4 | 1, size // 4 | 1))[size:-size, size:-size]
    light = cv2.resize(paper, (tone.shape[1], tone.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(tone, cv2.max(light, np.full_like(tone, least)), scale=255), dtype=np.uint8)
