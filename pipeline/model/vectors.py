"""What is drawn on a text page, as the file draws it: paths with their paint, and images."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field

from pipeline.model.frequent import frequent_value
from pipeline.model.geometry import Box, bounding_box

Point = tuple[float, float]
Colour = tuple[int, int, int, int]
"""Red, green, blue and opacity, 0..255 each."""


@frequent_value(frozen=True, slots=True)
class Subpath:
    """One stroke of the pen: a polyline in points of the upright page.

    Attributes:
        points: At least two; curves are flattened into chords.
        closed: Whether the last point is joined to the first, as a closing operator, a rectangle or a fill does.
        curved: Whether it had a curve.
        box: The box around its points.
        known_box: That box where it is known already.
    """

    points: tuple[Point, ...]
    closed: bool
    curved: bool
    box: Box = field(init=False, repr=False, compare=False)
    known_box: InitVar[Box | None] = None

    def __post_init__(self, known_box: Box | None) -> None:
        object.__setattr__(self, "box", known_box or bounding_box(self.points))


@frequent_value(frozen=True, slots=True)
class VectorPath:
    """A path object that is painted (ISO 32000-2, 8.5): an object of its own, whatever else touches it.

    Attributes:
        subpaths: Its polylines, in the order they are drawn.
        box: The box around them, without the width of the stroke, cut to its clip.
        stroke: The colour of its lines; None where it is not stroked.
        fill: The colour of its area; None where it is not filled.
        width: Of its stroke, in points.
        dashed: Whether its stroke is dashed.
        order: Its place among all that is painted on the page, from 0: what comes later lies on top.
        group: The number of the form that it is drawn by, 0 for the page itself; what an author drew as one thing is
            often one form.
    """

    subpaths: tuple[Subpath, ...]
    box: Box
    stroke: Colour | None
    fill: Colour | None
    width: float
    dashed: bool
    order: int
    group: int = 0


@dataclass(frozen=True, slots=True)
class VectorImage:
    """An image as it lies on the page; `pixels` is its own size (columns, rows), `order` as for a path."""

    box: Box
    pixels: tuple[int, int]
    order: int


@dataclass(frozen=True, slots=True)
class Vectors:
    """All that is painted on a page but text, in the order in which it is painted."""

    paths: tuple[VectorPath, ...] = ()
    images: tuple[VectorImage, ...] = ()
