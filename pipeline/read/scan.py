"""A scanned page as the same Page that a text layer gives: upright, with rulings and recognised words."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.model.page import Page, Picture, Pixels, Ruling
from pipeline.ocr.engine import Engine
from pipeline.read import upright
from pipeline.read.ink import black_tone, darkness_tone, flattened, ink_mask, text_em
from pipeline.read.pixel_rulings import courses, find_lines, rulings
from pipeline.read.recognise import Reader
from pipeline.read.rulings import join
from pipeline.read.text_blocks import text_map
from pipeline.settings import ScanSettings

POINTS = 72.0


def read_scan(number: int, pixels: Pixels, scale: float, engine: Engine, settings: ScanSettings) -> Page:
    """Page `number` from its picture as displayed: uint8 (rows, columns, 3) RGB with `scale` pixels per point."""
    stand = stand_upright(pixels, scale, settings)
    reader, straight = inspect(stand, engine, settings)
    if reader.stands_on_its_head():
        stand = turned_over(stand)
        reader, straight = inspect(stand, engine, settings)
    rows, columns = stand.pixels.shape[:2]
    return Page(
        number=number,
        width=columns / stand.scale,
        height=rows / stand.scale,
        kind="scan",
        words=tuple(reader.words()),
        rulings=straight,
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
    lines = find_lines(grey, ink_mask(grey, settings.ink_reach * scale, settings.line_contrast), em, settings)
    long = [course for course in courses(lines) if course.length >= settings.levelling_length * em]
    return [(course.axis, course.points()) for course in long]


def turned_over(stand: Stand) -> Stand:
    """The page turned by 180 degrees."""
    rows, columns = stand.pixels.shape[:2]
    half = upright.quarter_matrix(2, columns / stand.scale, rows / stand.scale)
    return Stand(np.ascontiguousarray(stand.pixels[::-1, ::-1]), stand.scale, half @ stand.matrix)


def inspect(stand: Stand, engine: Engine, settings: ScanSettings) -> tuple[Reader, tuple[Ruling, ...]]:
    """What is seen on an upright picture before anything is read: its text blocks, and its rulings in points."""
    reach, scale = settings.paper_reach * stand.scale, stand.scale
    grey = flattened(darkness_tone(stand.pixels), reach)
    black = flattened(black_tone(stand.pixels, settings), reach)
    text_ink = ink_mask(black, settings.ink_reach * scale, settings.text_contrast)
    em = text_em(text_ink, scale, settings)
    lines = find_lines(grey, ink_mask(grey, settings.ink_reach * scale, settings.line_contrast), em, settings)
    straight = join(rulings(lines, scale), settings.ruling_snap * em / scale, settings.ruling_gap * em / scale)
    text = text_map(text_ink, lines.mask(), em, settings)
    return Reader(black, text, em, scale, engine, settings), straight
