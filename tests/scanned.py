"""Pages drawn or rendered as a scanner would see them, and engines that need no Tesseract."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import pytest
from typeset import Cover, SopSpec, Style, chain, typeset

from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr.protocol import Engine, OcrMissingError, RecognitionRequest, RecognizedWord
from pipeline.ocr.registry import open_engine
from pipeline.readers.pdf import PdfFile
from pipeline.settings import OcrSettings, ReadSettings

SCALE = 200 / 72

has_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="the tesseract program is not installed")


@dataclass
class Silent:
    """An engine that reads one sure word in whatever it is shown, and keeps what it was shown."""

    name: str = "silent"
    text: str = "kata"
    shown: list[RecognitionRequest] = field(default_factory=list)

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        self.shown += requests
        return [(RecognizedWord(self.text, _middle(s.pixels), 0.95, 0),) for s in requests]


def _middle(pixels: Pixels) -> Box:
    rows, columns = pixels.shape
    return Box(columns * 0.25, rows * 0.25, columns * 0.75, rows * 0.75)


def tesseract() -> Engine:
    """The engine of this machine, or a skipped test."""
    try:
        return open_engine(OcrSettings(languages=("ind",)))
    except OcrMissingError as missing:
        pytest.skip(str(missing))


def sop(folder: Path, style: Style | None = None, steps: int = 3) -> Path:
    """A typeset SOP as a PDF: a cover, and a matrix on page 2."""
    typeset(SopSpec(Cover(), (chain(steps),)), folder / "sop.pdf", style)
    return folder / "sop.pdf"


def seen(path: Path, number: int, dpi: float = 200) -> Pixels:
    """Page `number` (from 1) of a PDF as displayed, RGB."""
    file = PdfFile(path, None, ReadSettings())
    try:
        return file.render(number - 1, dpi)[0]
    finally:
        file.close()


def text_words(path: Path, number: int) -> list[str]:
    """The words of the page's own text layer."""
    file = PdfFile(path, None, ReadSettings())
    try:
        return [word.text for word in list(file.pages())[number - 1].page.words]
    finally:
        file.close()


def paper(width: float = 420, height: float = 300, scale: float = SCALE) -> Pixels:
    """White paper of that many points."""
    return np.full((round(height * scale), round(width * scale), 3), 255, np.uint8)


def ruled(
    pixels: Pixels, xs: Sequence[float], ys: Sequence[float], shade: int = 0, thick: int = 2, scale: float = SCALE
) -> Pixels:
    """The paper with a grid drawn on it; `xs` and `ys` in points."""
    for x in xs:
        cv2.line(pixels, _at(x, ys[0], scale), _at(x, ys[-1], scale), (shade,) * 3, thick)
    for y in ys:
        cv2.line(pixels, _at(xs[0], y, scale), _at(xs[-1], y, scale), (shade,) * 3, thick)
    return pixels


def printed(
    pixels: Pixels,
    text: str,
    x: float,
    y: float,
    size: float = 9,
    colour: tuple[int, int, int] = (0, 0, 0),
    scale: float = SCALE,
) -> Pixels:
    """The paper with a line of type of `size` points whose baseline starts at (x, y) points."""
    factor = size * scale / 33
    return np.asarray(
        cv2.putText(pixels, text, _at(x, y, scale), cv2.FONT_HERSHEY_DUPLEX, factor, colour, 2, cv2.LINE_AA)
    )


def _at(x: float, y: float, scale: float) -> tuple[int, int]:
    return round(x * scale), round(y * scale)
