"""Lying and upright pieces of connectors in the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import cv2
import numpy as np

from pipeline.flowchart.drawing import Point
from pipeline.imaging.morphology import Mask, boxes_of, odd, turned
from pipeline.imaging.packed_bits import closed_upright, opened_upright, packed, unpacked
from pipeline.settings import FlowSettings

Piece = tuple[Point, Point, float]  # two ends and a thickness, in pixels


def straight_pieces(bare: Mask, scale: float, settings: FlowSettings) -> tuple[list[Piece], list[Piece]]:
    """Horizontal and vertical pieces, the slender ones and those nearly as thick as long, which arrowheads fill."""
    slender: list[Piece] = []
    stubby: list[Piece] = []
    for ink, upright in ((turned(bare), False), (bare, True)):
        for a, b, thickness in _runs(ink, scale, settings):
            piece = ((a[1], a[0]), (b[1], b[0]), thickness) if upright else (a, b, thickness)
            length = math.dist(a, b) + 1
            if length >= settings.slender * thickness and thickness <= settings.thickest_stroke * scale:
                slender.append(piece)
            elif length <= 2 * settings.head_length * scale:
                stubby.append(piece)
    return slender, stubby


def _runs(ink: Mask, scale: float, settings: FlowSettings) -> list[Piece]:
    """Upright pieces, their ends as (y, x); dots and dashes in a row are one. A line may slope by a pixel here and
    there.
    """
    length = max(5, round(settings.shortest_stroke * scale))
    bits = packed(ink)
    dashed = opened_upright(closed_upright(bits, odd(settings.dash_gap * scale)), 3 * length)
    runs = turned(unpacked(opened_upright(bits, length) | dashed, ink.shape[1]))
    pieces: list[Piece] = []
    for x, y, w, h in boxes_of(runs):
        area, left, right = _fitted(runs[y : y + h, x : x + w])
        pieces.append(((float(x), y + left), (float(x + w - 1), y + right), area / w))
    return pieces


def _fitted(piece: Mask) -> tuple[int, float, float]:
    """How many pixels a piece has, and the heights at which it begins and ends, fitted so that an arrowhead does not
    bend it.
    """
    h, w = piece.shape
    if h == 1:
        return w, 0.0, 0.0
    counts = [cv2.countNonZero(row) for row in piece]
    area = sum(counts)
    if h <= 3:
        middle = sum(y * count for y, count in enumerate(counts)) / area
        return area, middle, middle
    columns = np.arange(0, w, max(1, w // 40))
    sample = piece[:, columns]
    ys = (np.arange(h) @ sample) / np.maximum(1, sample.sum(axis=0))
    away = columns - columns.mean()
    slope = float(away @ ys / (away @ away)) if len(columns) > 4 else 0.0
    if abs(slope) * w < 2 + 1e-9:
        middle = median(ys.tolist())
        return area, middle, middle
    start = float(ys.mean() - slope * columns.mean())
    return area, start, start + slope * (w - 1)


def not_beside(pieces: Sequence[Piece], hidden: Mask) -> list[Piece]:
    """The pieces without what is left of rulings that were not quite straight: such lie in `hidden` mostly."""
    if not pieces:
        return []
    ends = np.array([(*a, *b) for a, b, _ in pieces])
    counts = np.array([max(4, round(math.dist(a, b) / 3)) for a, b, _ in pieces])
    starts = np.cumsum(counts) - counts
    share = (np.arange(counts.sum()) - np.repeat(starts, counts)) * np.repeat(1 / (counts - 1), counts)
    ax, ay, bx, by = np.repeat(ends, counts, axis=0).T
    rows, columns = hidden.shape
    ys = np.clip(np.rint(ay + (by - ay) * share).astype(int), 0, rows - 1)
    xs = np.clip(np.rint(ax + (bx - ax) * share).astype(int), 0, columns - 1)
    shares = np.add.reduceat(hidden[ys, xs], starts, dtype=np.int64) / counts
    return [piece for piece, covered in zip(pieces, shares.tolist(), strict=True) if covered <= 0.6]
