"""What PDFium knows to be painted on a page: paths, images and texts, each an object with its paint, clip and place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from ctypes import byref, c_float, c_int, c_size_t, c_uint
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.model.geometry import Box, bounding_box
from pipeline.model.vectors import Colour, Point, Subpath, VectorImage, VectorPath
from pipeline.readers import pdfium_calls as calls

Affine = tuple[float, float, float, float, float, float]
"""a, b, c, d, e, f of ISO 32000-2, 8.3.4: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
CHORDS = 8  # a Bézier curve is flattened into so many
BAR_SEGMENTS = 6  # a rectangle has five at most, and one to close it
THIN = 1.0  # points: a filled path no thicker is a line, whatever its corners
MOST_DEPTH = 12  # of forms in forms: one that holds itself has no end
FORM, PATH, TEXT, IMAGE = (
    pdfium_c.FPDF_PAGEOBJ_FORM,
    pdfium_c.FPDF_PAGEOBJ_PATH,
    pdfium_c.FPDF_PAGEOBJ_TEXT,
    pdfium_c.FPDF_PAGEOBJ_IMAGE,
)
UNSEEN_MODES = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
MOVE_TO, LINE_TO, BEZIER_TO = (
    pdfium_c.FPDF_SEGMENT_MOVETO,
    pdfium_c.FPDF_SEGMENT_LINETO,
    pdfium_c.FPDF_SEGMENT_BEZIERTO,
)
_STEPS = [(1 - step / CHORDS, step / CHORDS) for step in range(1, CHORDS + 1)]
_BERNSTEIN = [(u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t) for u, t in _STEPS]
"""The weights of a cubic curve's four points at the end of each chord."""


class PaintedText(NamedTuple):
    """A text object: how all its characters are painted.

    Attributes:
        address: PDFium's address of it, by which the text page tells whose each character is.
        invisible: Whether nothing is painted: render modes 3 and 7 (ISO 32000-2, 9.3.6).
        fill: Its colour; None where PDFium does not tell.
        matrix: From the space that it is painted in to points as displayed.
        clip: The part of the page that it may paint on; None where all of it.
        order: Its place among all that is painted on the page, from 0.
    """

    address: int
    invisible: bool
    fill: Colour | None
    matrix: Affine
    clip: Box | None
    order: int

    @property
    def box(self) -> Box:
        """Around its letters, in points as displayed: asked of PDFium, while the page is open, since few are needed."""
        edges = (c_float * 4)()
        calls.object_bounds(calls.as_argument(self.address), *(byref(edges, 4 * i) for i in range(4)))
        return mapped_box(self.matrix, *edges[:])


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
    handle = calls.as_argument(calls.address_of(page.raw))
    count = calls.count_page_objects(handle)
    walk.through(calls.ask_each(calls.page_object, repeat(handle), range(count)), to_displayed, depth=0)
    return PageObjects(tuple(walk.paths), tuple(walk.images), tuple(sorted(walk.texts, key=attrgetter("order"))))


def applied(matrix: Affine, x: float, y: float) -> Point:
    """The point under the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def concatenated(first: Affine, then: Affine) -> Affine:
    """The matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def mapped_box(matrix: Affine, left: float, bottom: float, right: float, top: float) -> Box:
    """The upright box around a rectangle under the matrix."""
    a, b, c, d, e, f = matrix
    if not b and not c:
        return Box(*_sorted(a * left + e, a * right + e, d * bottom + f, d * top + f))
    return bounding_box([applied(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def _sorted(x0: float, x1: float, y0: float, y1: float) -> tuple[float, float, float, float]:
    if x1 < x0:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


class _Buffers:
    """Memory that PDFium writes its answers to, one set for a whole page: each answer is taken before the next call.

    It is read by slices: of an array of ctypes they take a fifth of the time that going through it does.
    """

    def __init__(self) -> None:
        self.floats, self.uints, self.ints = (c_float * 6)(), (c_uint * 4)(), (c_int * 2)()
        self.float_places = [byref(self.floats, 4 * i) for i in range(4)]
        self.uint_places = [byref(self.uints, 4 * i) for i in range(4)]
        self.int_places = [byref(self.ints, 4 * i) for i in range(2)]

    def matrix_of(self, thing: Any) -> Affine:
        """An object's own matrix."""
        if not calls.object_matrix(thing, self.float_places[0]):
            return IDENTITY
        a, b, c, d, e, f = self.floats[:]
        return a, b, c, d, e, f

    def colour(self, get: Callable[..., int], thing: Any) -> Colour | None:
        """The colour that `get` tells of an object."""
        if not get(thing, *self.uint_places):
            return None
        red, green, blue, alpha = self.uints[:]
        return red, green, blue, alpha

    def bar_of(self, thing: Any, matrix: Affine) -> Subpath | None:
        """A filled path of few segments that is so thin that only its box shows; None of any other.

        Most paths of a page are such bars, the borders of a table: their box costs one question, their segments twenty.
        """
        if not calls.object_bounds(thing, *self.float_places):
            return None
        box = mapped_box(matrix, *self.floats[:4])
        x0, y0, x1, y1 = box.x0, box.top, box.x1, box.bottom
        width, height = x1 - x0, y1 - y0
        if (width > THIN and height > THIN) or not (width or height):
            return None
        return Subpath(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)), True, False, box)

    def stroke_of(self, thing: Any, matrix: Affine) -> tuple[float, bool]:
        """The width of a path's lines under a matrix, and whether they are dashed."""
        width = self.floats[0] if calls.stroke_width(thing, self.float_places[0]) else 0.0
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5
        return width * scale, calls.dash_count(thing) > 0

    def clip_of(self, thing: Any, matrix: Affine) -> Box | None:
        """The box around an object's clip; None where it has none. Its own matrix has no part in it."""
        clip = calls.as_argument(calls.clip_path(thing))
        found: Box | None = None
        for path in range(calls.count_clip_paths(clip)):
            total = calls.count_clip_segments(clip, path)
            subpaths = _subpaths([calls.clip_segment(clip, path, index) for index in range(total)], matrix)
            if subpaths:
                box = _around(subpaths)
                found = box if found is None else _cut(found, box) or Box(box.x0, box.top, box.x0, box.top)
        return found


class _Walk:
    """One way through a page's objects, forms opened where they stand."""

    def __init__(self) -> None:
        self.paths: list[VectorPath] = []
        self.images: list[VectorImage] = []
        self.texts: list[PaintedText] = []
        self._buffers = _Buffers()
        self._order = 0
        self._groups = 0

    def through(self, addresses: Sequence[int], matrix: Affine, depth: int, group: int = 0) -> None:
        things = [calls.as_argument(address) for address in addresses]
        texts: dict[int, int] = {}  # the order of each by its address
        for address, thing, kind in zip(addresses, things, map(calls.object_type, things), strict=True):
            if kind == FORM:
                self._form(thing, matrix, depth)
                continue
            if kind == PATH:
                self._path(thing, matrix, group)
            elif kind == TEXT:
                texts[address] = self._order
            elif kind == IMAGE:
                self._image(thing, matrix)
            self._order += 1
        if texts:
            self._texts(texts, matrix)

    def _form(self, thing: Any, matrix: Affine, depth: int) -> None:
        if depth == MOST_DEPTH:
            return
        self._groups += 1
        inner = concatenated(self._buffers.matrix_of(thing), matrix)
        indices = map(c_size_t, range(calls.count_form_objects(thing)))
        self.through(calls.ask_each(calls.form_object, repeat(thing), indices), inner, depth + 1, self._groups)

    def _path(self, thing: Any, matrix: Affine, group: int) -> None:
        buffers = self._buffers
        filled, stroked = buffers.ints[:] if calls.draw_mode(thing, *buffers.int_places) else (0, 0)
        stroke = buffers.colour(calls.stroke_colour, thing) if stroked else None
        fill = buffers.colour(calls.fill_colour, thing) if filled else None
        if stroke is None and fill is None:
            return
        count = calls.count_segments(thing)
        bar = buffers.bar_of(thing, matrix) if stroke is None and count <= BAR_SEGMENTS else None
        own = concatenated(buffers.matrix_of(thing), matrix) if bar is None else matrix
        segments = [calls.path_segment(thing, index) for index in range(count)] if bar is None else []
        subpaths = _subpaths(segments, own) if bar is None else [bar]
        if not subpaths:
            return
        box = _around(subpaths)
        clip = buffers.clip_of(thing, matrix)
        if clip is not None:
            cut = _cut(box, clip)
            if cut is None:
                return
            box = cut
        width, dashed = buffers.stroke_of(thing, own) if stroke else (0.0, False)
        self.paths.append(VectorPath(tuple(subpaths), box, stroke, fill, width, dashed, self._order, group))

    def _texts(self, orders: Mapping[int, int], matrix: Affine) -> None:
        """Collect text objects, whose places in the order of painting are given by their addresses."""
        things = [calls.as_argument(address) for address in orders]
        colours = (c_uint * (4 * len(things)))()
        told = calls.ask_each(calls.fill_colour, things, *(calls.places_in(colours, 16, 4 * i) for i in range(4)))
        channels = iter(colours[:])
        fills = zip(channels, channels, channels, channels, strict=True)
        modes = map(calls.render_mode, things)
        clips = [self._buffers.clip_of(thing, matrix) for thing in things]
        self.texts += [
            PaintedText(address, mode in UNSEEN_MODES, fill if known else None, matrix, clip, order)
            for (address, order), mode, fill, known, clip in zip(orders.items(), modes, fills, told, clips, strict=True)
        ]

    def _image(self, thing: Any, matrix: Affine) -> None:
        buffers = self._buffers
        own = concatenated(buffers.matrix_of(thing), matrix)
        box = mapped_box(own, 0.0, 0.0, 1.0, 1.0)
        clip = buffers.clip_of(thing, matrix)
        cut = box if clip is None else _cut(box, clip)
        if cut is not None:
            calls.image_pixel_size(thing, *buffers.uint_places[:2])
            self.images.append(VectorImage(cut, (buffers.uints[0], buffers.uints[1]), self._order))


def _subpaths(addresses: Sequence[int], matrix: Affine) -> list[Subpath]:
    """The segments of a path as polylines under a matrix; a lone point, which paints at most a dot, is none."""
    segments = [calls.as_argument(address) for address in addresses]
    kinds = [calls.segment_type(segment) for segment in segments]
    closes = [calls.segment_closes(segment) for segment in segments]
    points = _points(segments, matrix)
    if kinds[1:] == [LINE_TO] * (len(kinds) - 1) and not any(closes[:-1]):  # as most are drawn
        return [Subpath(tuple(points), bool(closes[-1]) or points[0] == points[-1], False)] if len(points) > 1 else []
    return list(_polylines(kinds, closes, points))


def _points(segments: Sequence[Any], matrix: Affine) -> list[Point]:
    """Where the segments of a path end, under a matrix."""
    buffer = (c_float * (2 * len(segments)))()
    for place, segment in enumerate(segments):
        calls.segment_point(segment, byref(buffer, 8 * place), byref(buffer, 8 * place + 4))
    a, b, c, d, e, f = matrix
    coordinates = iter(buffer[:])
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in zip(coordinates, coordinates, strict=True)]


def _polylines(kinds: Sequence[int], closes: Sequence[int], ends: Sequence[Point]) -> Iterator[Subpath]:
    """The polylines of segments by their kinds, whether each closes its subpath, and where each ends."""
    points: list[Point] = []
    controls: list[Point] = []
    curved = False
    for kind, closing, point in zip(kinds, closes, ends, strict=True):
        if kind == MOVE_TO:
            if len(points) > 1:
                yield Subpath(tuple(points), points[0] == points[-1], curved)
            points, controls, curved = [point], [], False
        elif kind == BEZIER_TO:
            controls.append(point)
            if len(controls) == 3 and points:
                points += _flattened(points[-1], *controls)
                controls, curved = [], True
        else:
            points.append(point)
        if closing and len(points) > 1:
            yield Subpath(tuple(points), True, curved)
            points, curved = [points[0]], False
    if len(points) > 1:
        yield Subpath(tuple(points), points[0] == points[-1], curved)


def _flattened(start: Point, one: Point, two: Point, end: Point) -> list[Point]:
    """The points after `start` of a cubic Bézier curve's chords."""
    (xs, ys), (x1, y1), (x2, y2), (xe, ye) = start, one, two, end
    return [(p * xs + q * x1 + r * x2 + s * xe, p * ys + q * y1 + r * y2 + s * ye) for p, q, r, s in _BERNSTEIN]


def _around(subpaths: Sequence[Subpath]) -> Box:
    if len(subpaths) == 1:
        return subpaths[0].box
    return bounding_box([point for subpath in subpaths for point in subpath.points])


def _cut(box: Box, clip: Box) -> Box | None:
    """The part of a box inside a clip, lines without width included; None where there is none."""
    x0, x1 = max(box.x0, clip.x0), min(box.x1, clip.x1)
    top, bottom = max(box.top, clip.top), min(box.bottom, clip.bottom)
    return Box(x0, top, x1, bottom) if x0 <= x1 and top <= bottom else None
