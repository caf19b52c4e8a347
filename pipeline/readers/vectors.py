"""The straight, visible lines among a PDF page's vector paths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.model.page import Ruling

Path = dict[str, Any]
Point = tuple[float, float]


def segments_of(lines: Iterable[Path], rects: Iterable[Path], curves: Iterable[Path], thin: float) -> list[Ruling]:
    """Axis-aligned segments of pdfplumber's lines, rectangles and curves, in the page's points.

    A filled shape no thicker than `thin` points is one line along its middle; a stroked shape gives its straight
    edges; what is drawn in white, or neither stroked nor filled, gives none.
    """
    found: list[Ruling] = []
    for path in lines:
        if _visible(path, "stroke"):
            found += _edge((path["x0"], path["top"]), (path["x1"], path["bottom"]), path["linewidth"] or 0.5)
    for path in [*rects, *curves]:
        found += _shape(path, thin)
    return found


def _shape(path: Path, thin: float) -> list[Ruling]:
    width, height = path["x1"] - path["x0"], path["bottom"] - path["top"]
    if min(width, height) <= thin:
        return _bar(path, width, height) if _visible(path, "fill") or _visible(path, "stroke") else []
    if not _visible(path, "stroke"):
        return []
    found: list[Ruling] = []
    for start, end in _straight_parts(path):
        found += _edge(start, end, path.get("linewidth") or 0.5)
    return found


def _bar(path: Path, width: float, height: float) -> list[Ruling]:
    """A thin filled shape as a line; a dot, as where two drawn borders meet, as a short one both ways."""
    x, y = (path["x0"] + path["x1"]) / 2, (path["top"] + path["bottom"]) / 2
    across = Ruling("h", y, path["x0"], path["x1"], max(height, 0.25))
    down = Ruling("v", x, path["top"], path["bottom"], max(width, 0.25))
    if width > 2 * height:
        return [across]
    return [down] if height > 2 * width else [across, down]


def _straight_parts(path: Path) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of a path, closing one included; curves are passed over."""
    start = here = None
    for command, *points in path["path"]:
        if command == "m":
            start = here = points[0]
        elif command == "l" and here is not None:
            yield here, points[0]
            here = points[0]
        elif command == "h" and here is not None and start is not None:
            yield here, start
            here = start
        elif points:
            here = points[-1]


def _edge(start: Point, end: Point, width: float) -> list[Ruling]:
    """The segment as a ruling where it is level or upright within a hundredth of its length."""
    dx, dy = abs(end[0] - start[0]), abs(end[1] - start[1])
    slack = max(0.5, 0.01 * max(dx, dy))
    if dy <= slack and dx > dy:
        return [Ruling("h", (start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0]), width)]
    if dx <= slack and dy > dx:
        return [Ruling("v", (start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1]), width)]
    return []


def _visible(path: Path, how: str) -> bool:
    """Whether the shape is painted that way ("stroke" or "fill") in a colour other than white."""
    if not path.get(how):
        return False
    colour = path.get("stroking_color" if how == "stroke" else "non_stroking_color")
    if not isinstance(colour, tuple | list) or not all(isinstance(c, int | float) for c in colour):
        return True
    if len(colour) == 4:
        return any(c > 0.04 for c in colour)
    return not (colour and all(c > 0.96 for c in colour))
