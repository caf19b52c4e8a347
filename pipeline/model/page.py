"""One page as every later stage sees it, whether it came from a text layer, a scan or a transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from pipeline.model.frequent import frequent_property, frequent_value
from pipeline.model.geometry import IDENTITY, Axis, Box, PageTransform, union
from pipeline.model.issue import Issue
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.model.vectors import Vectors

PageKind = Literal["text", "scan", "mixed", "transcript", "blank"]


@frequent_value(frozen=True, slots=True)
class Word:
    """A word in reading order. `confidence` is 0..1, or None where a text layer gave it.

    `orientation` is that of its writing; `size` is the font size (text height) in points, `font` what a text layer
    calls that of its first letter. `readings` are other readings of the value that starts with this word, which the
    reader did not believe. Of a `piece` the rest is lost: it is no misread word, and nothing may be made of it.
    """

    text: str
    box: Box
    size: float
    confidence: float | None = None
    orientation: Orientation = Orientation.UPRIGHT
    font: str = ""
    readings: tuple[str, ...] = ()
    piece: bool = False


@frequent_value(frozen=True, slots=True)
class Ruling:
    """A straight line of a table: horizontal at y = `at` from x `start` to `end`, or vertical at x = `at`."""

    axis: Axis
    at: float
    start: float
    end: float
    width: float = 0.5

    @classmethod
    def along(cls, axis: Axis, box: Box, width: float) -> Ruling:
        """The ruling of that axis and width that runs through the middle of a box."""
        x, y = box.center
        return cls("h", y, box.x0, box.x1, width) if axis == "h" else cls("v", x, box.top, box.bottom, width)

    @property
    def length(self) -> float:
        """From end to end, in points."""
        return self.end - self.start

    @property
    def center(self) -> tuple[float, float]:
        """The point halfway along it, (x, y)."""
        middle = (self.start + self.end) / 2
        return (middle, self.at) if self.axis == "h" else (self.at, middle)

    @property
    def box(self) -> Box:
        """The area that it covers, its width included."""
        half = self.width / 2
        if self.axis == "h":
            return Box(self.start, self.at - half, self.end, self.at + half)
        return Box(self.at - half, self.start, self.at + half, self.end)


@dataclass(frozen=True, eq=False)
class Picture:
    """An upright page as pixels.

    `pixels` is uint8 of shape (rows, columns), 0 black to 255 white, or (rows, columns, 3), RGB; `scale` is pixels per
    point, so that a point (x, y) of the page lies at pixels[y * scale, x * scale].
    """

    pixels: Pixels
    scale: float

    @property
    def colour(self) -> Pixels:
        """The picture as RGB, (rows, columns, 3), also where it is grey."""
        return self.pixels if self.pixels.ndim == 3 else np.repeat(self.pixels[:, :, None], 3, axis=2)


PictureOf = Callable[[int], Picture | None]
"""Gives the picture of a page by its number, made or fetched anew at each call; None of a page that nobody can look at.

Handed to the stages that look at pixels: a picture is large, and is let go after use.
"""


ReadAgain = Callable[[int, Sequence["Box"]], "list[tuple[Word, ...] | None]"]
"""Reads boxes of a page, by its number, in another way than the page was: words of each, None where there is no ink."""


@dataclass(frozen=True)
class Page:
    """What was read from one page. `number` counts from 1; `width` and `height` are points as displayed.

    `rulings` are all straight lines that may belong to a table, connectors of a flowchart among them: telling
    them apart is the grid's work. `vectors` is what a text page draws; None where nobody knows but by looking.
    `hidden_words` are those of a text layer that cannot be seen. `faded` are the places where ink over the print was
    taken off a scan: stamps and signatures, and maybe letters. `drawings` are coats of arms and the like on a scan, and
    what else is too large for letters. A sheet that was printed over several pages has
    `tiles`, the number of the first of them, and those pages as its `pieces`.

    Where content lies sideways or skewed, all coordinates (and the picture, width and height) are those of the upright
    content, and `transform` takes them back to the page as displayed.
    """

    number: int
    width: float
    height: float
    kind: PageKind
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    issues: tuple[Issue, ...] = ()
    transform: PageTransform = IDENTITY
    vectors: Vectors | None = field(default=None, compare=False, repr=False)
    hidden_words: tuple[Word, ...] = ()
    tiles: tuple[Tile, ...] = ()
    pieces: tuple[Page, ...] = field(default=(), compare=False, repr=False)
    faded: tuple[Box, ...] = field(default=(), compare=False, repr=False)
    drawings: tuple[Box, ...] = field(default=(), compare=False, repr=False)

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its number, or those of the pages that it was put together from."""
        return tuple(tile.page for tile in self.tiles) or (self.number,)

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0.0, 0.0, self.width, self.height)

    @cached_property
    def text_size(self) -> float:
        """The median height of the page's words in points; 10 where there is none."""
        sizes = sorted(word.size for word in self.words)
        return sizes[len(sizes) // 2] if sizes else 10.0


@dataclass(frozen=True, slots=True)
class Tile:
    """What the page of a number shows of a larger sheet: an `area` of it, moved there by `dx` and `dy` points."""

    page: int
    area: Box
    dx: float
    dy: float
    transform: PageTransform = IDENTITY

    def displayed(self, box: Box) -> Box:
        """A box of the sheet on the page as displayed, as far as the page shows it."""
        own = box.intersection(self.area) or box
        return self.transform.displayed(own.shifted(-self.dx, -self.dy))

    @staticmethod
    def showing(box: Box, tiles: Sequence[Tile]) -> Tile:
        """The tile that shows most of a box."""
        return max(tiles, key=lambda tile: (box.share_inside(tile.area), tile.area.contains(*box.center)))


@frequent_value(frozen=True)
class Line:
    """Words of one printed line, left to right (or along their own writing)."""

    words: tuple[Word, ...]

    @frequent_property
    def text(self) -> str:
        """Its words, joined by spaces."""
        return " ".join([word.text for word in self.words])

    @frequent_property
    def box(self) -> Box:
        """The box around its words."""
        return union([word.box for word in self.words])


@frequent_value(frozen=True, slots=True)
class CellText:
    """The printed lines of one cell (or of one list item in it), top to bottom, and the room they had.

    `box` is the cell's inside, so that a line that reaches its right edge is known to be full: only there can a
    word have been broken. A cell without words has no lines.
    """

    page: int
    box: Box
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """The lines as printed, joined by newlines."""
        return "\n".join([line.text for line in self.lines])

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of all its lines, in order."""
        lines = self.lines
        return lines[0].words if len(lines) == 1 else tuple([word for line in lines for word in line.words])

    @property
    def ink_box(self) -> Box:
        """The box around the words; the cell's own where it is empty."""
        return union([line.box for line in self.lines]) if self.lines else self.box
