"""Words from the text blocks of an upright page: cut out, cleaned, read by an engine, and put back in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

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


def cut(grey: Pixels, text: TextMap, number: int, em: float, settings: ScanSettings) -> Cut:
    """The block's own letters on white paper, with margins, at the size Tesseract likes best."""
    block = text.blocks[number]
    margin = round(settings.snippet_margin * em)
    rows, columns = grey.shape
    x0, x1 = max(0, block.left - margin), min(columns, block.right + margin)
    y0, y1 = max(0, block.top - margin), min(rows, block.bottom + margin)
    own = (text.owner[y0:y1, x0:x1] == number + 1).astype(np.uint8)
    near = np.asarray(cv2.dilate(own, np.ones((5, 5), np.uint8)), dtype=np.uint8)
    soft = near & (text.barriers[y0:y1, x0:x1] ^ 1)
    part = np.where(soft > 0, grey[y0:y1, x0:x1], np.uint8(255)).astype(np.uint8)
    framed = cv2.copyMakeBorder(part, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=255)
    zoom = max(1.0, min(settings.zoom_limit, settings.snippet_em / em))
    if zoom > settings.zoom_least:
        framed = cv2.resize(framed, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    else:
        zoom = 1.0
    return Cut(np.asarray(framed, dtype=np.uint8), x0 - margin, y0 - margin, zoom)


@dataclass(frozen=True)
class Reader:
    """Reads the blocks of one page, each no more than once.

    `grey` is the cleaned picture, dark on white; `em` the text size in pixels; `scale` pixels per point.
    """

    grey: Pixels
    text: TextMap
    em: float
    scale: float
    engine: Engine
    settings: ScanSettings
    _known: dict[int, tuple[Reading, ...]] = field(default_factory=dict)

    def words(self) -> list[Word]:
        """The words of all blocks in points, block by block."""
        indices = range(len(self.text.blocks))
        cuts = [self.cut(index) for index in indices]
        readings = self.readings(indices, cuts)
        return [word for sheet, found in zip(cuts, readings, strict=True) for word in placed(found, sheet, self.scale)]

    def readings(self, indices: Sequence[int], cuts: Sequence[Cut]) -> list[tuple[Reading, ...]]:
        """What the engine reads in some blocks."""
        new = [(index, sheet) for index, sheet in zip(indices, cuts, strict=True) if index not in self._known]
        snippets = [Snippet(sheet.pixels, mode_of(self.text.blocks[index])) for index, sheet in new]
        for (index, _), found in zip(new, self.engine.read(snippets), strict=True):
            self._known[index] = found
        return [self._known[index] for index in indices]

    def cut(self, index: int) -> Cut:
        """Block `index` on a sheet of its own."""
        return cut(self.grey, self.text, index, self.em, self.settings)

    def stands_on_its_head(self) -> bool:
        """Whether a few of its longer lines are read with more confidence when turned over.

        Only where they are read badly as they stand: the check costs next to nothing on a page that is upright.
        """
        probes = self._probes()
        cuts = [self.cut(index) for index in probes]
        upright = certainty(self.readings(probes, cuts))
        if not probes or upright >= self.settings.sure_of_direction:
            return False
        over = [
            Snippet(np.ascontiguousarray(c.pixels[::-1, ::-1]), mode_of(self.text.blocks[i]))
            for c, i in zip(cuts, probes, strict=True)
        ]
        return certainty(self.engine.read(over)) > upright

    def _probes(self) -> list[int]:
        """The blocks with most letters among those of few lines."""
        blocks = [(b.letters, i) for i, b in enumerate(self.text.blocks) if b.lines <= self.settings.probe_lines]
        return [index for _, index in sorted(blocks, reverse=True)[: self.settings.probes]]


def certainty(readings: Sequence[Sequence[Reading]]) -> float:
    """The mean confidence of all letters and digits read, 0 where there are none."""
    scored = [(sum(c.isalnum() for c in r.text), r.confidence) for found in readings for r in found]
    letters = sum(count for count, _ in scored)
    return sum(count * confidence for count, confidence in scored) / letters if letters else 0.0


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
