"""The shapes and connector segments of one page, found in its picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from pipeline.flowchart.arrowheads import Strengths, arrowhead_strengths, sized_for
from pipeline.flowchart.drawing import DrawnShape, FlowDrawing, LineSegment, Passage, Point
from pipeline.flowchart.erasing import erase_rulings, erase_words
from pipeline.flowchart.ink_layers import InkLayers, ink_layers
from pipeline.flowchart.outlines import find_outlines
from pipeline.flowchart.segments import (
    PixelLine,
    axis_lines,
    extend_to_ink,
    is_barb,
    is_near,
    line_thickness,
    pixel_length,
    slanted_lines,
    without_ruling_remains,
)
from pipeline.flowchart.shapes import Outline
from pipeline.imaging.components import label_components
from pipeline.imaging.ink_pair import InkPair
from pipeline.imaging.morphology import Mask, dilated, eroded, transposed, without
from pipeline.model.draft import MatrixPart
from pipeline.model.geometry import Box
from pipeline.model.page import Picture
from pipeline.settings import FlowSettings


def drawing_in_picture(
    part: MatrixPart,
    picture: Picture | None,
    body: Box,
    is_symbol: Callable[[DrawnShape], bool],
    settings: FlowSettings,
) -> FlowDrawing | None:
    """What is drawn in the Pelaksana columns of one page, seen in its picture; None where it has no picture.

    Args:
        part: the matrix on the page.
        picture: the page's picture.
        body: the Pelaksana columns beside the rows, in points; connectors lie at least partly there.
        is_symbol: whether a shape is one of the flowchart; others, insides of letters among them, stay in the ink.
        settings: the thresholds.
    """
    layers = ink_layers(part, picture, settings)
    if layers is None:
        return None
    unruled = erase_rulings(layers, part, settings.erase)
    drawn = erase_words(unruled, part.page.words, layers, settings)
    bare = InkPair(unruled, transposed(unruled))
    thickness = line_thickness(bare, layers.scale, settings.segments)
    found = find_outlines(layers, bare, drawn, thickness, settings)
    seen = [(outline, _drawn_shape(outline, layers)) for outline in found]
    symbols = [(outline, shape) for outline, shape in seen if is_symbol(shape)]
    outlines, shapes = [outline for outline, _ in symbols], tuple(shape for _, shape in symbols)
    segments = _segments(layers, unruled, drawn, outlines, body, thickness, settings)
    return FlowDrawing(shapes, tuple(segments), tuple(_passages(layers, drawn, outlines, settings)))


def _drawn_shape(outline: Outline, layers: InkLayers) -> DrawnShape:
    """The outline with its line, in points."""
    p = 0 if outline.filled else outline.stroke_width - 1
    box = Box(outline.x - p, outline.y - p, outline.x + outline.width + p, outline.y + outline.height + p)
    return DrawnShape(outline.shape, layers.points(box), outline.filled, outline.dark)


def _segments(
    layers: InkLayers,
    unruled: Mask,
    drawn: Mask,
    outlines: Sequence[Outline],
    body: Box,
    thickness: float,
    settings: FlowSettings,
) -> list[LineSegment]:
    """Every straight segment of ink outside the symbols, in points, with its arrowheads.

    Above and below the rows (`body`) are only letters and lines of the table's head and the page's foot. `thickness` is
    that of the page's lines, in pixels.
    """
    heads = sized_for(thickness / layers.scale, settings.arrowheads)
    lines = _pixel_lines(layers, unruled, drawn, outlines, thickness, replace(settings, arrowheads=heads))
    lines = [line for line in lines if _is_beside(line, layers.pixels(body))]
    contrast = layers.contrast * (unruled <= drawn)
    own = [min(line[2], thickness) for line in lines]  # a short line may be as thick as its arrowhead
    strengths = arrowhead_strengths(contrast, [(a, b) for a, b, _ in lines], layers.scale, heads, own)
    return [_in_points(line, ends, layers) for line, ends in zip(lines, strengths, strict=True)]


def _pixel_lines(
    layers: InkLayers,
    unruled: Mask,
    drawn: Mask,
    outlines: Sequence[Outline],
    thickness: float,
    settings: FlowSettings,
) -> list[PixelLine]:
    """The lines of all directions, stubs and short links, in pixels."""
    limits, scale = settings.segments, layers.scale
    reach = settings.arrowheads.length * scale
    bare = without_symbols(drawn, outlines)
    slender, stubs = axis_lines(bare, thickness, scale, limits)
    slanted = slanted_lines(bare, slender, scale, limits)
    slender = [line for line in slender if not any(is_barb(line, longer, reach, limits) for longer in slanted)]
    lines = slender + [extend_to_ink(line, bare, reach) for line in slanted]
    lines += [line for line in stubs if _is_stub(line, slender, outlines, scale, settings)]
    rulings = dilated(without(layers.ink, unruled), 3, 3)
    lines = without_ruling_remains(lines, rulings, limits)
    links = _short_links(drawn, outlines, scale, settings)
    return [line for line in lines if not any(_is_part_of(line, link, settings) for link in links)] + links


def _is_beside(line: PixelLine, body: Box) -> bool:
    """Whether a line lies at least partly beside the rows."""
    ys = line[0][1], line[1][1]
    return max(ys) > body.top + 1 and min(ys) < body.bottom - 1


def without_symbols(ink: Mask, outlines: Sequence[Outline], blur: int = 1) -> Mask:
    """The ink outside the symbols and their own lines, and so many pixels of these lines' blur."""
    bare = ink.copy()
    for outline in outlines:
        cv2.drawContours(bare, [outline.hull], -1, 0, thickness=cv2.FILLED)
        cv2.polylines(bare, [outline.hull], True, 0, thickness=max(1, 2 * (round(outline.stroke_width) + blur) - 1))
    return bare


def _is_stub(
    line: PixelLine, slender: Sequence[PixelLine], outlines: Sequence[Outline], scale: float, settings: FlowSettings
) -> bool:
    """Whether a line no longer than its arrowhead joins a symbol to the line that comes to it."""
    limits = settings.segments
    near = limits.on_line + line[2] / 2
    for start, end in ((line[0], line[1]), (line[1], line[0])):
        off = max((cv2.pointPolygonTest(o.hull, start, True) + o.stroke_width for o in outlines), default=-math.inf)
        if off >= -limits.stub_reach * scale and any(
            _is_horizontal(s) != _is_horizontal(line) and is_near(end, s, near) for s in slender
        ):
            return True
    return False


def _is_horizontal(line: PixelLine) -> bool:
    return LineSegment(line[0], line[1]).is_horizontal


def _is_part_of(line: PixelLine, link: PixelLine, settings: FlowSettings) -> bool:
    """Whether a line is a part of a link, or the width of its arrowhead."""
    near = settings.segments.on_link
    short = pixel_length(line) <= pixel_length(link) + 4
    return short and is_near(line[0], link, near) and is_near(line[1], link, near)


def _short_links(drawn: Mask, outlines: Sequence[Outline], scale: float, settings: FlowSettings) -> list[PixelLine]:
    """Connectors too short to be seen as lines: ink that fills the gap between two symbols that face each other."""
    found = []
    for i, a in enumerate(outlines):
        for b in outlines[i + 1 :]:
            found.append(_horizontal_link(drawn, a, b, scale, settings))
            link = _horizontal_link(drawn.T, a.transposed(), b.transposed(), scale, settings)
            found.append(((link[0][1], link[0][0]), (link[1][1], link[1][0]), link[2]) if link else None)
    return [line for line in found if line]


def _horizontal_link(drawn: Mask, a: Outline, b: Outline, scale: float, settings: FlowSettings) -> PixelLine | None:
    """The short horizontal line between two symbols side by side, from outline to outline."""
    limits = settings.segments
    left, right = (a, b) if a.x < b.x else (b, a)
    start, end = left.x + left.width - 1 + round(left.stroke_width), right.x - round(right.stroke_width)
    top, bottom = max(left.y, right.y), min(left.y + left.height, right.y + right.height)
    if not 1 <= end - start <= limits.link_gap * scale or bottom - top < 4:
        return None
    rows = np.flatnonzero(drawn[top:bottom, start : end + 1].mean(axis=1) >= limits.link_inked)
    if len(rows) == 0 or len(rows) > limits.link_width * (bottom - top):
        return None
    y = float(top + np.median(rows))
    return (float(start), y), (float(end), y), float(min(len(rows), 3))


def _in_points(line: PixelLine, heads: Strengths, layers: InkLayers) -> LineSegment:
    a, b, thickness = line

    def point(p: Point) -> Point:
        return layers.x + (p[0] + 0.5) / layers.scale, layers.y + (p[1] + 0.5) / layers.scale

    return LineSegment(point(a), point(b), thickness / layers.scale, *heads)


def _passages(layers: InkLayers, drawn: Mask, outlines: Sequence[Outline], settings: FlowSettings) -> list[Passage]:
    """Lines that go on inside a symbol."""
    found = []
    for i, o in enumerate(outlines):
        inside = eroded(o.mask(), 2 * (round(o.stroke_width) + 1) + 1)
        if o.filled or not inside.any():
            continue
        lines = drawn[o.y : o.y + o.height, o.x : o.x + o.width] & inside
        rim = inside & (1 - eroded(inside, 3))
        labels, stats = label_components(lines)
        widest = max(5.0, settings.segments.contact_width * min(o.width, o.height))
        for label in range(1, len(stats)):
            contacts = _contacts((labels == label).astype(np.uint8) & rim, widest)
            if len(contacts) >= 2:
                s = layers.scale
                points = tuple((layers.x + (o.x + cx) / s, layers.y + (o.y + cy) / s) for cx, cy in contacts)
                found.append(Passage(i, points))
    return found


def _contacts(touched: Mask, widest: float) -> list[Point]:
    """The middles of the places where ink reaches a symbol's inner side, each no wider than a line (pixels)."""
    _, stats = label_components(touched)
    found: list[Point] = []
    for i in range(1, len(stats)):
        x, y, w, h, _ = (int(v) for v in stats[i])
        if max(w, h) <= widest:
            found.append((x + (w - 1) / 2, y + (h - 1) / 2))
    return found
