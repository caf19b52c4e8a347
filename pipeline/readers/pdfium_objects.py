"""What PDFium knows to be painted on a page: paths, images and texts, each an object with its paint, clip and place."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import Box, bounding_box
from pipeline.model.vectors import Colour, Point, Subpath, VectorImage, VectorPath

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of ISO 32000-2, 8.3.4: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
CHORDS = 8  # a Bézier curve is flattened into so many
MOST_DEPTH = 12  # of forms in forms: one that holds itself has no end


@dataclass(frozen=True, slots=True)
class PaintedText:
    """A text object: how all its characters are painted.

    Attributes:
        address: PDFium's address of it, by which the text page tells whose each character is.
        invisible: Whether nothing is painted: render modes 3 and 7 (ISO 32000-2, 9.3.6).
        fill: Its colour; None where PDFium does not tell.
        box: Around its letters, in points as displayed.
        clip: The part of the page that it may paint on; None where all of it.
        order: Its place among all that is painted on the page, from 0.
    """

    address: int
    invisible: bool
    fill: Colour | None
    box: Box
    clip: Box | None
    order: int


@dataclass(frozen=True, slots=True)
class PageObjects:
    """The objects of a page in the order in which they are painted, forms opened. Boxes are as displayed."""

    paths: tuple[VectorPath, ...]
    images: tuple[VectorImage, ...]
    texts: tuple[PaintedText, ...]


def page_objects(page: pdfium.PdfPage, to_displayed: Affine) -> PageObjects:
    """Collect what is painted on a page.

    Args:
        page: The page, open.
        to_displayed: From the page's user space (origin at the lower left of its media box, y up) to points of the
            displayed page (origin at the top left, y down).
    """
    walk = _Walk()
    walk.through(
        pdfium_c.FPDFPage_CountObjects(page.raw),
        lambda index: pdfium_c.FPDFPage_GetObject(page.raw, index),
        to_displayed,
        depth=0,
    )
    return PageObjects(tuple(walk.paths), tuple(walk.images), tuple(walk.texts))


def applied(matrix: Affine, x: float, y: float) -> Point:
    """The point under the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def concatenated(first: Affine, then: Affine) -> Affine:
    """The matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class _Walk:
    """One way through a page's objects, forms opened where they stand."""

    def __init__(self) -> None:
        self.paths: list[VectorPath] = []
        self.images: list[VectorImage] = []
        self.texts: list[PaintedText] = []
        self._order = 0
        self._groups = 0

    def through(self, count: int, get: Any, matrix: Affine, depth: int, group: int = 0) -> None:
        for index in range(count):
            thing = get(index)
            kind = pdfium_c.FPDFPageObj_GetType(thing)
            if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
                self._form(thing, matrix, depth)
                continue
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._path(thing, matrix, group)
            elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self._text(thing, matrix)
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                self._image(thing, matrix)
            self._order += 1

    def _form(self, thing: Any, matrix: Affine, depth: int) -> None:
        if depth == MOST_DEPTH:
            return
        self._groups += 1
        inner = concatenated(_matrix_of(thing), matrix)
        count = pdfium_c.FPDFFormObj_CountObjects(thing)
        self.through(max(0, count), lambda i: pdfium_c.FPDFFormObj_GetObject(thing, i), inner, depth + 1, self._groups)

    def _path(self, thing: Any, matrix: Affine, group: int) -> None:
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(thing, mode, stroked)
        stroke = _colour(pdfium_c.FPDFPageObj_GetStrokeColor, thing) if stroked.value else None
        fill = _colour(pdfium_c.FPDFPageObj_GetFillColor, thing) if mode.value else None
        if stroke is None and fill is None:
            return
        own = concatenated(_matrix_of(thing), matrix)
        subpaths = tuple(_subpaths(thing, own))
        if not subpaths:
            return
        box = _around(subpaths)
        clip = _clip_of(thing, matrix)
        if clip is not None:
            cut = _cut(box, clip)
            if cut is None:
                return
            box = cut
        width = ctypes.c_float()
        pdfium_c.FPDFPageObj_GetStrokeWidth(thing, width)
        scale = abs(own[0] * own[3] - own[1] * own[2]) ** 0.5
        dashed = pdfium_c.FPDFPageObj_GetDashCount(thing) > 0
        self.paths.append(VectorPath(subpaths, box, stroke, fill, width.value * scale, dashed, self._order, group))

    def _text(self, thing: Any, matrix: Affine) -> None:
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(thing)
        invisible = mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
        address = ctypes.cast(thing, ctypes.c_void_p).value or 0
        fill = _colour(pdfium_c.FPDFPageObj_GetFillColor, thing)
        edges = [ctypes.c_float() for _ in range(4)]
        pdfium_c.FPDFPageObj_GetBounds(thing, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        box = bounding_box([applied(matrix, x, y) for x in (left, right) for y in (bottom, top)])
        self.texts.append(PaintedText(address, invisible, fill, box, _clip_of(thing, matrix), self._order))

    def _image(self, thing: Any, matrix: Affine) -> None:
        own = concatenated(_matrix_of(thing), matrix)
        corners = [applied(own, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
        box = bounding_box(corners)
        clip = _clip_of(thing, matrix)
        cut = box if clip is None else _cut(box, clip)
        if cut is not None:
            columns, rows = ctypes.c_uint(), ctypes.c_uint()
            pdfium_c.FPDFImageObj_GetImagePixelSize(thing, columns, rows)
            self.images.append(VectorImage(cut, (columns.value, rows.value), self._order))


def _matrix_of(thing: Any) -> Affine:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, matrix):
        return IDENTITY
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _colour(get: Any, thing: Any) -> Colour | None:
    parts = tuple(ctypes.c_uint() for _ in range(4))
    if not get(thing, *parts):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def _subpaths(thing: Any, matrix: Affine) -> Iterator[Subpath]:
    count = pdfium_c.FPDFPath_CountSegments(thing)
    segments = (pdfium_c.FPDFPath_GetPathSegment(thing, index) for index in range(count))
    return _polylines(segments, matrix)


def _polylines(segments: Iterator[Any], matrix: Affine) -> Iterator[Subpath]:
    """The segments of a path as polylines; a lone point, which paints at most a dot, is none."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    controls: list[Point] = []
    curved = False
    for segment in segments:
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = applied(matrix, x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield Subpath(tuple(points), points[0] == points[-1], curved)
            points, controls, curved = [point], [], False
        elif kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            controls.append(point)
            if len(controls) == 3 and points:
                points += _flattened(points[-1], *controls)
                controls, curved = [], True
        else:
            points.append(point)
        if pdfium_c.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            yield Subpath(tuple(points), True, curved)
            points, curved = [points[0]], False
    if len(points) > 1:
        yield Subpath(tuple(points), points[0] == points[-1], curved)


def _flattened(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """The points after `start` of a cubic Bézier curve's chords."""
    found = []
    for step in range(1, CHORDS + 1):
        t = step / CHORDS
        u = 1 - t
        weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        x, y = (sum(w * p[axis] for w, p in zip(weights, (start, one, two, end), strict=True)) for axis in (0, 1))
        found.append((x, y))
    return found


def _clip_of(thing: Any, matrix: Affine) -> Box | None:
    """The box around an object's clip; None where it has none. Its own matrix has no part in it."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(thing)
    count = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else -1
    found: Box | None = None
    for path in range(max(0, count)):
        total = pdfium_c.FPDFClipPath_CountPathSegments(clip, path)
        segments = (pdfium_c.FPDFClipPath_GetPathSegment(clip, path, index) for index in range(max(0, total)))
        subpaths = list(_polylines(segments, matrix))
        if subpaths:
            box = _around(subpaths)
            found = box if found is None else _cut(found, box) or Box(box.x0, box.top, box.x0, box.top)
    return found


def _around(subpaths: Sequence[Subpath]) -> Box:
    return bounding_box([point for subpath in subpaths for point in subpath.points])


def _cut(box: Box, clip: Box) -> Box | None:
    """The part of a box inside a clip, lines without width included; None where there is none."""
    x0, x1 = max(box.x0, clip.x0), min(box.x1, clip.x1)
    top, bottom = max(box.top, clip.top), min(box.bottom, clip.bottom)
    return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None
