"""A scanned page as the same Page that a text layer gives: upright, with rulings and recognised words."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging import deskew
from pipeline.imaging.binarize import above, depth_of
from pipeline.imaging.colour import tones_of
from pipeline.imaging.components import InkPieces
from pipeline.imaging.rectify import POINTS, Stand, stand_upright
from pipeline.imaging.ruling_lines import drawn, find_lines, rulings, touching
from pipeline.imaging.text_regions import text_map
from pipeline.model.page import Page, Picture, Ruling
from pipeline.model.pixels import Pixels
from pipeline.ocr.protocol import Engine
from pipeline.ocr.recognition import PageRecognizer
from pipeline.readers.scan_warnings import doubts
from pipeline.settings import ScanSettings


@dataclass(frozen=True)
class ScannedPage:
    """A scanned page as it was read, and the upright picture that it was read from."""

    page: Page
    picture: Picture


def read_scan(number: int, pixels: Pixels, scale: float, engine: Engine, settings: ScanSettings) -> ScannedPage:
    """Page `number` from its picture as displayed: uint8 (rows, columns, 3) RGB with `scale` pixels per point."""
    stand = stand_upright(pixels, scale, settings)
    fine = settings.dpi / POINTS
    sheet = stand.at(fine)
    reader, straight = inspect(stand, sheet, fine, engine, settings)
    if reader.is_upside_down():
        stand, sheet = stand.turned_over(), np.ascontiguousarray(sheet[::-1, ::-1])
        reader, straight = inspect(stand, sheet, fine, engine, settings)
    words = tuple(reader.words())
    page = Page(
        number=number,
        width=stand.width,
        height=stand.height,
        kind="scan",
        words=words,
        rulings=straight,
        issues=doubts(number, words, straight, (stand.width, stand.height), settings),
        transform=deskew.page_transform(stand.matrix),
    )
    return ScannedPage(page, Picture(sheet, fine))


def inspect(
    stand: Stand, sheet: Pixels, scale: float, engine: Engine, settings: ScanSettings
) -> tuple[PageRecognizer, tuple[Ruling, ...]]:
    """What is seen on the upright picture before anything is read: its text blocks, and its rulings in points."""
    tones, size = tones_of(sheet, scale, settings), stand.em * scale
    depth = depth_of(tones.text, settings.ink_reach * scale)
    text_ink = above(depth, settings.text_contrast)
    line_depth = depth if tones.lines is tones.text else depth_of(tones.lines, settings.ink_reach * scale)
    line_ink = above(line_depth, settings.line_contrast)
    lines = find_lines(tones.lines, line_ink, size, settings, tones.coloured)
    straight = rulings(lines, size, scale, settings)
    barriers = drawn(straight, scale, lines.mask)
    blank = np.asarray(cv2.bitwise_and(barriers, touching(text_ink, lines) ^ 1), dtype=np.uint8)
    ink = InkPieces.of(np.asarray(cv2.bitwise_and(text_ink, barriers ^ 1), dtype=np.uint8))
    em = ink.em(scale, settings)
    text = text_map(ink, barriers, blank, em, settings)
    picture = fine_print(stand, tones.text, em, scale, settings)
    return PageRecognizer(picture, text, em, scale, engine, settings), straight


def fine_print(stand: Stand, coarse: Pixels, em: float, scale: float, settings: ScanSettings) -> Pixels:
    """The picture that text is read from: a finer one where the text is small and the scan has more to show."""
    finer = min(stand.source_scale, settings.crop_em / em * scale)
    if finer < settings.zoom_least * scale:
        return coarse
    return tones_of(stand.at(finer), finer, settings).text
