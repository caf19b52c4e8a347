"""A scanned page as the same Page that a text layer gives: upright, with rulings and recognised words."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model.page import Page, Picture, Pixels, Ruling
from pipeline.ocr.engine import Engine
from pipeline.read import upright
from pipeline.read.ink import black_tone, darkness_tone, flattened, ink_mask, text_em
from pipeline.read.pixel_rulings import LineMask, line_mask, rulings, traces
from pipeline.read.recognise import words_of
from pipeline.read.rulings import join
from pipeline.read.text_blocks import TextMap, text_map
from pipeline.settings import ScanSettings

POINTS = 72.0


def read_scan(number: int, pixels: Pixels, scale: float, engine: Engine, settings: ScanSettings) -> Page:
    """Page `number` from its picture as displayed: uint8 (rows, columns, 3) RGB with `scale` pixels per point."""
    stand = stand_upright(pixels, scale, settings)
    sheet = inspect(stand.pixels, stand.scale, settings)
    words = words_of(sheet.text_grey, sheet.text, sheet.em, stand.scale, engine, settings)
    rows, columns = stand.pixels.shape[:2]
    return Page(
        number=number,
        width=columns / stand.scale,
        height=rows / stand.scale,
        kind="scan",
        words=tuple(words),
        rulings=sheet.rulings,
        picture=Picture(lambda: stand.pixels, stand.scale),
        frame=upright.frame_of(stand.matrix),
    )


@dataclass(frozen=True)
class Stand:
    """The upright picture (RGB), its pixels per point, and the matrix from displayed to upright points."""

    pixels: Pixels
    scale: float
    matrix: upright.Matrix


def stand_upright(pixels: Pixels, scale: float, settings: ScanSettings) -> Stand:
    """The page turned, deskewed and levelled, at settings.dpi."""
    out = settings.dpi / POINTS
    matrix = upright_matrix(pixels, scale, settings)
    width, height = pixels.shape[1] / scale, pixels.shape[0] / scale
    matrix, width, height = upright.on_canvas(matrix, width, height)
    to_pixels = np.diag([out, out, 1.0]) @ matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    return Stand(upright.warped(pixels, to_pixels, width * out, height * out), out, matrix)


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
    mask = line_mask(grey, ink_mask(grey, settings.ink_reach * scale, settings.line_contrast), em, settings)
    least = settings.levelling_length * em
    level = [("h", points) for points in traces(mask.level, em, "h", settings) if np.ptp(points[:, 0]) >= least]
    plumb = [("v", points) for points in traces(mask.plumb, em, "v", settings) if np.ptp(points[:, 1]) >= least]
    return level + plumb


@dataclass(frozen=True)
class Sheet:
    """What is seen on an upright picture before anything is read: its lines, and where its text is."""

    em: float
    lines: LineMask
    rulings: tuple[Ruling, ...]
    text_grey: Pixels
    text: TextMap


def inspect(colour: Pixels, scale: float, settings: ScanSettings) -> Sheet:
    """The lines and text blocks of an upright RGB picture with `scale` pixels per point."""
    reach = settings.paper_reach * scale
    grey = flattened(darkness_tone(colour), reach)
    black = flattened(black_tone(colour, settings), reach)
    text_ink = ink_mask(black, settings.ink_reach * scale, settings.text_contrast)
    em = text_em(text_ink, scale, settings)
    lines = line_mask(grey, ink_mask(grey, settings.ink_reach * scale, settings.line_contrast), em, settings)
    straight = join(
        rulings(lines, em, scale, settings), settings.ruling_snap * em / scale, settings.ruling_gap * em / scale
    )
    return Sheet(em, lines, straight, black, text_map(text_ink, lines.both, em, settings))
