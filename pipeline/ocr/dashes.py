"""A dash that stands alone in its cell, told by its shape: engines take so short a stroke for any letter."""

from __future__ import annotations

import numpy as np

from pipeline.imaging.components import label_components
from pipeline.imaging.text_regions import TextMap
from pipeline.model.geometry import Box
from pipeline.ocr.crops import Crop
from pipeline.ocr.protocol import RecognizedWord
from pipeline.settings import ScanSettings

DASH = "-"


def lone_dash(crop: Crop, text: TextMap, number: int, em: float, settings: ScanSettings) -> RecognizedWord | None:
    """The dash that is all of a text region; None where it is anything else, or may be what is left of a ruling.

    Args:
        crop: The region, upright.
        text: The text regions of the page.
        number: Which region.
        em: The text size in pixels of that map.
        settings: The scan's thresholds.
    """
    region = text.regions[number]
    reach = round(settings.dash_clear * em)
    around = text.bare_lines[
        max(0, region.top - reach) : region.bottom + reach, max(0, region.left - reach) : region.right + reach
    ]
    if region.letter_count or around.any():
        return None
    _, stats = label_components(np.asarray(crop.pixels < settings.mark_tone, dtype=np.uint8))
    if len(stats) != 2:
        return None
    left, top, width, height, area = (float(value) for value in stats[1])
    size, (least, most) = em * crop.zoom, settings.dash_width
    flat = height <= settings.dash_height * size and width >= settings.dash_flat * height
    if not (flat and least * size <= width <= most * size and area >= settings.dash_solid * width * height):
        return None
    return RecognizedWord(DASH, Box(left, top, left + width, top + height), settings.dash_sure, 0)
