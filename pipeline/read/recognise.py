"""Words from the text blocks of an upright page: cut out, cleaned, read by an engine, and put back in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.ocr.engine import Engine, Mode, Reading, Snippet
from pipeline.read.ink import Pixels
from pipeline.read.text_blocks import Block, TextMap
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class Cut:
    """A block on a sheet of its own: a point (x, y) of the page is at (x - left) * zoom, (y - top) * zoom there."""

    pixels: Pixels
    left: float
    top: float
    zoom: float


def cut(grey: Pixels, owner: Pixels, block: Block, number: int, em: float, settings: ScanSettings) -> Cut:
    """The block's own letters on white paper, with margins, at the size Tesseract likes best."""
    margin = round(settings.snippet_margin * em)
    rows, columns = grey.shape
    x0, x1 = max(0, block.left - margin), min(columns, block.right + margin)
    y0, y1 = max(0, block.top - margin), min(rows, block.bottom + margin)
    own = (owner[y0:y1, x0:x1] == number).astype(np.uint8)
    soft = cv2.dilate(own, np.ones((5, 5), np.uint8))
    part = np.where(soft > 0, grey[y0:y1, x0:x1], np.uint8(255)).astype(np.uint8)
    framed = cv2.copyMakeBorder(part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    zoom = max(1.0, min(settings.zoom_limit, settings.snippet_em / em))
    if zoom > settings.zoom_least:
        framed = cv2.resize(framed, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    else:
        zoom = 1.0
    return Cut(np.asarray(framed, dtype=np.uint8), x0 - margin, y0 - margin, zoom)


def words_of(
    grey: Pixels, text: TextMap, em: float, scale: float, engine: Engine, settings: ScanSettings
) -> list[Word]:
    """The words of all blocks in points, block by block; `em` is the text size in pixels, `scale` pixels per point."""
    owner = text.owner
    cuts = [cut(grey, owner, block, index + 1, em, settings) for index, block in enumerate(text.blocks)]
    snippets = [Snippet(c.pixels, mode_of(b)) for c, b in zip(cuts, text.blocks, strict=True)]
    found: list[Word] = []
    for sheet, readings in zip(cuts, engine.read(snippets), strict=True):
        found += placed(readings, sheet, scale)
    return found


def mode_of(block: Block) -> Mode:
    """A single line is read as one."""
    return "line" if block.lines <= 1 else "block"


def placed(readings: Sequence[Reading], sheet: Cut, scale: float) -> list[Word]:
    """Readings as words of the page in points."""
    return [
        Word(
            text=reading.text,
            box=reading.box.scaled(1 / sheet.zoom).shifted(sheet.left, sheet.top).scaled(1 / scale),
            size=reading.box.height / sheet.zoom / scale,
            confidence=reading.confidence,
        )
        for reading in readings
    ]


def whole(box: Box) -> tuple[int, int, int, int]:
    """A box's edges as whole pixels: left, top, right, bottom."""
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)
