"""Connectors in the picture: thin straight ink between symbols, and how much its ends look like arrowheads."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.flowchart.arrowheads import Heads, heads_of
from pipeline.flowchart.drawing import Point, Stroke
from pipeline.flowchart.ink_layers import View
from pipeline.flowchart.segments import Piece, not_beside, straight_pieces
from pipeline.flowchart.shape_outline import Outline
from pipeline.imaging.binarize import pieces_of
from pipeline.imaging.morphology import Mask, boxes_of, dilated, eroded, without
from pipeline.model.geometry import Box
from pipeline.settings import FlowSettings


def find_strokes(
    view: View, cleared: Mask, drawn: Mask, outlines: Sequence[Outline], body: Box, settings: FlowSettings
) -> list[Stroke]:
    """Every straight piece of ink outside the symbols, in points of the page. `cleared` is the ink without rulings,
    `drawn` without words too. Above and below the rows (`body`) are only letters and lines of the head and the foot.
    """
    bare = without_symbols(drawn, outlines)
    slender, stubby = straight_pieces(bare, view.scale, settings)
    slanted = _slanted(bare, slender, view.scale, settings)
    slender = [
        p for p in slender if not any(_is_barb_of(p, long, settings.head_length * view.scale) for long in slanted)
    ]
    pieces = slender + [_drawn_out(p, bare, settings.head_length * view.scale) for p in slanted]
    pieces += [p for p in stubby if _is_stub(p, slender, outlines, view.scale)]
    pieces = not_beside(pieces, dilated(without(view.ink, cleared), 3, 3))
    links = _links(drawn, outlines, view.scale, settings)
    pieces = [p for p in pieces if not any(_part_of(p, link) for link in links)] + links
    pieces = [p for p in pieces if _is_beside(p, view.pixels(body))]
    dark = view.dark * (cleared <= drawn)
    heads = heads_of(dark, [(a, b) for a, b, _ in pieces], view.scale, settings)
    return [_in_points(piece, ends, view) for piece, ends in zip(pieces, heads, strict=True)]


def _is_beside(piece: Piece, body: Box) -> bool:
    """Whether a piece lies at least partly beside the rows."""
    ys = piece[0][1], piece[1][1]
    return max(ys) > body.top + 1 and min(ys) < body.bottom - 1


def without_symbols(ink: Mask, outlines: Sequence[Outline], blur: int = 1) -> Mask:
    """The ink outside the symbols and their own lines, and so many pixels of these lines' blur."""
    bare = ink.copy()
    for outline in outlines:
        cv2.drawContours(bare, [outline.hull], -1, 0, thickness=cv2.FILLED)
        cv2.polylines(bare, [outline.hull], True, 0, thickness=max(1, 2 * (round(outline.pen) + blur) - 1))
    return bare


def _is_stub(piece: Piece, slender: Sequence[Piece], outlines: Sequence[Outline], scale: float) -> bool:
    """Whether a piece no longer than its arrowhead joins a symbol to the line that comes to it."""
    for near, far in ((piece[0], piece[1]), (piece[1], piece[0])):
        at_symbol = any(cv2.pointPolygonTest(o.hull, near, True) >= -(o.pen + scale) for o in outlines)
        if at_symbol and any(_lies(p) != _lies(piece) and _on_line(far, p) for p in slender):
            return True
    return False


def _slanted(bare: Mask, found: Sequence[Piece], scale: float, settings: FlowSettings) -> list[Piece]:
    """Pieces that are neither lying nor upright: long thin connected ink that no straight piece explains."""
    rest = bare.copy()
    for a, b, thickness in found:
        ends = [(round(a[0]), round(a[1])), (round(b[0]), round(b[1]))]
        cv2.line(rest, ends[0], ends[1], 0, max(3, round(thickness) + 2))
    least = settings.shortest_slant * scale
    pieces = []
    for x, y, w, h in boxes_of(rest):
        reach = math.hypot(w, h)
        ink = rest[y : y + h, x : x + w]
        if reach < 0.5 * least or cv2.countNonZero(ink) > settings.thickest_stroke * scale * reach:
            continue
        ys, xs = np.nonzero(ink)
        piece = _fitted(xs + x, ys + y)
        if piece and piece[2] <= settings.thickest_stroke * scale:
            pieces.append(piece)
    return [p for p in _in_line(pieces, settings.dash_gap * scale) if math.dist(p[0], p[1]) >= 0.9 * least]


def _in_line(pieces: Sequence[Piece], gap: float) -> list[Piece]:
    """Slanted pieces that go on in each other, as beyond a ruling that was taken out, as one."""
    made: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: math.dist(p[0], p[1]), reverse=True):
        found = next((i for i, long in enumerate(made) if _goes_on(piece, long, gap)), None)
        if found is None:
            made.append(piece)
        else:
            long = made[found]
            a, b = max(((p, q) for p in long[:2] for q in piece[:2]), key=lambda pair: math.dist(*pair))
            made[found] = a, b, long[2]
    return made


def _goes_on(piece: Piece, long: Piece, gap: float) -> bool:
    """Whether a piece lies on the line that a longer one draws, beyond its end."""
    near = min(math.dist(p, q) for p in long[:2] for q in piece[:2])
    (ax, ay), (bx, by) = long[0], long[1]
    length = max(1.0, math.dist(long[0], long[1]))
    off = (abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length for x, y in piece[:2])
    return near <= gap and max(off) <= 2.5


def _is_barb_of(piece: Piece, slanted: Piece, reach: float) -> bool:
    """Whether a lying or upright piece is a part of the arrowhead at a slanted one's end, or its tip."""
    if math.dist(piece[0], piece[1]) > 0.6 * reach or math.dist(slanted[0], slanted[1]) < reach:
        return False
    return any(math.dist(end, far) <= 0.7 * reach for end in slanted[:2] for far in piece[:2])


def _drawn_out(slanted: Piece, bare: Mask, reach: float) -> Piece:
    """A slanted piece with its ends where the ink ends that it runs on in, an arrowhead's length away at most."""
    a, b, thickness = slanted
    return _tip(b, a, bare, reach), _tip(a, b, bare, reach), thickness


def _tip(tail: Point, end: Point, bare: Mask, reach: float) -> Point:
    length = max(1.0, math.dist(tail, end))
    ux, uy = (end[0] - tail[0]) / length, (end[1] - tail[1]) / length
    for step in range(1, round(reach)):
        x, y = round(end[0] + ux * step), round(end[1] + uy * step)
        if not bare[max(0, y - 1) : y + 2, max(0, x - 1) : x + 2].any():
            return end[0] + ux * (step - 1), end[1] + uy * (step - 1)
    return end


def _fitted(xs: NDArray[np.int64], ys: NDArray[np.int64]) -> Piece | None:
    """The straight line through a cloud of pixels, None where they do not lie on one."""
    middle = np.array([xs.mean(), ys.mean()])
    cloud = np.column_stack([xs, ys]) - middle
    axis = (
        np.linalg.svd(cloud, full_matrices=False)[2][0]
        if len(cloud) < 2000
        else np.linalg.eigh(cloud.T @ cloud)[1][:, 1]
    )
    along, off = cloud @ axis, cloud @ np.array([-axis[1], axis[0]])
    thickness = len(xs) / max(1.0, float(np.ptp(along)))
    if float(np.abs(off).max()) > max(3.0, 2.0 * thickness) or float(off.std()) > 2.0:
        return None
    a, b = middle + axis * along.min(), middle + axis * along.max()
    return (float(a[0]), float(a[1])), (float(b[0]), float(b[1])), thickness


def _part_of(piece: Piece, link: Piece) -> bool:
    """Whether a piece is a part of a link, or the width of its arrowhead."""
    line = Stroke(link[0], link[1])
    near = math.dist(piece[0], piece[1]) <= line.length + 4
    return near and _on_line(piece[0], link, 5.0) and _on_line(piece[1], link, 5.0)


def _lies(piece: Piece) -> bool:
    return abs(piece[1][0] - piece[0][0]) >= abs(piece[1][1] - piece[0][1])


def _on_line(point: Point, piece: Piece, near: float = 2.5) -> bool:
    return Stroke(piece[0], piece[1]).distance(point) <= near


def _in_points(piece: Piece, heads: Heads, view: View) -> Stroke:
    a, b, thickness = piece

    def point(p: Point) -> Point:
        return view.x + (p[0] + 0.5) / view.scale, view.y + (p[1] + 0.5) / view.scale

    return Stroke(point(a), point(b), thickness / view.scale, *heads)


def _links(drawn: Mask, outlines: Sequence[Outline], scale: float, settings: FlowSettings) -> list[Piece]:
    """Connectors too short to be seen as lines: ink that fills the gap between two symbols side by side."""
    pairs = [(a, b) for i, a in enumerate(outlines) for b in outlines[i + 1 :]]
    found = [_link(drawn, a, b, lying, settings.link_gap * scale) for a, b in pairs for lying in (True, False)]
    return [piece for piece in found if piece]


def _link(drawn: Mask, a: Outline, b: Outline, lying: bool, limit: float) -> Piece | None:
    """The short line between two symbols that face each other, seen from outline to outline."""
    if not lying:
        link = _link(drawn.T, _turned(a), _turned(b), True, limit)
        return ((link[0][1], link[0][0]), (link[1][1], link[1][0]), link[2]) if link else None
    left, right = (a, b) if a.x < b.x else (b, a)
    start, end = left.x + left.width - 1 + round(left.pen), right.x - round(right.pen)
    top, bottom = max(left.y, right.y), min(left.y + left.height, right.y + right.height)
    if not 1 <= end - start <= limit or bottom - top < 4:
        return None
    rows = np.flatnonzero(drawn[top:bottom, start : end + 1].mean(axis=1) >= 0.8)
    if len(rows) == 0 or len(rows) > 0.4 * (bottom - top):
        return None
    y = float(top + np.median(rows))
    return (float(start), y), (float(end), y), float(min(len(rows), 3))


def _turned(o: Outline) -> Outline:
    return Outline(o.hull, o.y, o.x, o.height, o.width, o.shape, o.solid, o.filled, o.pen)


def find_throughs(view: View, drawn: Mask, outlines: Sequence[Outline]) -> list[tuple[int, tuple[Point, ...]]]:
    """Lines that go on inside a symbol: its index, and the points at its sides that a line inside joins, in points."""
    found = []
    for i, o in enumerate(outlines):
        inside = eroded(o.mask(), 2 * (round(o.pen) + 1) + 1)
        if o.filled or not inside.any():
            continue
        lines = drawn[o.y : o.y + o.height, o.x : o.x + o.width] & inside
        rim = inside & (1 - eroded(inside, 3))
        labels, stats = pieces_of(lines)
        for label in range(1, len(stats)):
            contacts = _contacts((labels == label).astype(np.uint8) & rim, 0.3 * min(o.width, o.height))
            if len(contacts) >= 2:
                found.append(
                    (
                        i,
                        tuple(
                            (view.x + (o.x + cx) / view.scale, view.y + (o.y + cy) / view.scale) for cx, cy in contacts
                        ),
                    )
                )
    return found


def _contacts(touched: Mask, widest: float) -> list[Point]:
    """The middles of the places where a piece of ink reaches a symbol's inner side, each no wider than a line."""
    labels, stats = pieces_of(touched)
    found: list[Point] = []
    for i in range(1, len(stats)):
        x, y, w, h, _ = (int(v) for v in stats[i])
        if max(w, h) <= max(5.0, widest):
            found.append((x + (w - 1) / 2, y + (h - 1) / 2))
    return found
