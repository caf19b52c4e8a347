"""A page with what was found on it drawn over it: words, rulings, cells, symbols, connectors and edges."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from PIL import Image, ImageDraw, ImageFont

from pipeline.model.draft import Edge, Polyline, Symbol
from pipeline.model.geometry import Box
from pipeline.model.page import Word
from pipeline.model.view import PageView

Colour = tuple[int, int, int]
Point = tuple[float, float]

WORD: Colour = (150, 190, 255)
UNSURE_WORD: Colour = (255, 150, 60)
RULING: Colour = (220, 40, 40)
CELL: Colour = (40, 150, 60)
BAND: Colour = (150, 90, 200)
REGION: Colour = (0, 120, 120)
CONNECTOR: Colour = (230, 170, 0)
EDGE: Colour = (200, 0, 160)
PAPER: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
SYMBOLS: dict[str, Colour] = {
    "start": (0, 140, 0),
    "end": (190, 0, 0),
    "process": (0, 80, 200),
    "decision": (210, 110, 0),
    "document": (110, 60, 170),
    "archive": (100, 100, 0),
    "connector": (0, 140, 150),
}

MINIMUM_SCALE = 1.0  # pixels per point where the page has no picture of its own
SURE = 0.8  # words recognised with less confidence are drawn as unsure
PICTURE_SHARE = 0.35  # how much of the page's own picture shows through, 0..1

# Lengths in points.
LINE, BOX_LINE = 0.8, 0.6  # line widths where nothing else is said
WORD_LINE, CELL_LINE, EDGE_LINE, CONNECTOR_LINE, REGION_LINE, SYMBOL_LINE = 0.4, 0.7, 0.9, 1.2, 1.2, 1.4
CELL_INSET = 1.0  # cells are drawn inside their rulings, so that both are seen
LABEL_ROOM = 9.0  # above a box, for its name
ROW_ROOM = 12.0  # left of the matrix, for the rows' numbers
COLUMN_ROOM = 10.0  # above the matrix, for the columns' numbers
MARGIN = 4.0  # of the title and the legend
LEGEND_TOP = 14.0
LEGEND_LETTER, LEGEND_GAP = 5.0, 6.0  # room for a letter of the legend, and between its words
LEAST_FONT, FONT = 9.0, 7.0  # pixels; points

LEGEND = (
    ("word", WORD),
    ("unsure word", UNSURE_WORD),
    ("ruling", RULING),
    ("cell", CELL),
    ("row and column", BAND),
    ("region", REGION),
    ("connector", CONNECTOR),
    ("edge", EDGE),
)


class Canvas:
    """A picture of the page that is drawn on in points, the page's origin at its top left.

    Attributes:
        scale: Pixels per point.
        image: The picture, RGB.
    """

    def __init__(self, view: PageView) -> None:
        self.scale = view.picture.scale if view.picture else MINIMUM_SCALE
        self.image = _paper(view)
        self._draw = ImageDraw.Draw(self.image)
        self._font = ImageFont.load_default(size=max(LEAST_FONT, FONT * self.scale))

    def line(self, points: Iterable[Point], colour: Colour, width: float = LINE) -> None:
        """Draw a line through `points`, `width` points thick."""
        self._draw.line([self._pixel(*point) for point in points], fill=colour, width=self._thick(width))

    def box(self, box: Box, colour: Colour, width: float = BOX_LINE) -> None:
        """Draw the outline of a box, its line `width` points thick."""
        corners = [(box.x0, box.top), (box.x1, box.top), (box.x1, box.bottom), (box.x0, box.bottom), (box.x0, box.top)]
        self.line(corners, colour, width)

    def text(self, at: Point, text: str, colour: Colour) -> None:
        """Write `text` on a white ground, its top left corner at `at`, moved inward where it would leave the page."""
        left, top, right, bottom = self._draw.textbbox((0, 0), text, font=self._font)
        x, y = self._pixel(*at)
        x = max(0.0, min(x, self.image.width - right))
        y = max(0.0, min(y, self.image.height - bottom))
        self._draw.rectangle((x + left, y + top, x + right, y + bottom), fill=PAPER)
        self._draw.text((x, y), text, fill=colour, font=self._font)

    def dot(self, at: Point, colour: Colour, radius: float = 2.0) -> None:
        """Draw a filled circle, its `radius` in points."""
        x, y = self._pixel(*at)
        r = radius * self.scale
        self._draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def _pixel(self, x: float, y: float) -> Point:
        return x * self.scale, y * self.scale

    def _thick(self, width: float) -> int:
        return max(1, round(width * self.scale))


def png(view: PageView) -> bytes:
    """Draw a page; return the bytes of a PNG file. The same view gives the same bytes."""
    canvas = Canvas(view)
    for layer in LAYERS:
        layer(canvas, view)
    file = io.BytesIO()
    canvas.image.save(file, format="PNG")
    return file.getvalue()


def title(view: PageView) -> str:
    """What the page is, in one line: "page 4: text, matrix, sop-bintan/02"."""
    what = ", ".join([view.page.kind, view.role, *view.sops])
    return f"page {view.page.number}: {what}"


def draw_words(canvas: Canvas, view: PageView) -> None:
    """Draw a box around every word, in another colour where its recognition is unsure."""
    for word in view.page.words:
        canvas.box(word.box, UNSURE_WORD if _unsure(word) else WORD, WORD_LINE)


def draw_rulings(canvas: Canvas, view: PageView) -> None:
    """Draw all straight lines that were read."""
    for ruling in view.page.rulings:
        if ruling.axis == "h":
            canvas.line([(ruling.start, ruling.at), (ruling.end, ruling.at)], RULING)
        else:
            canvas.line([(ruling.at, ruling.start), (ruling.at, ruling.end)], RULING)


def draw_grids(canvas: Canvas, view: PageView) -> None:
    """Draw the cells of the covers' grids."""
    for grid in view.grids:
        for cell in grid.cells:
            canvas.box(cell.box.grown(-CELL_INSET), CELL, CELL_LINE)


def draw_bands(canvas: Canvas, view: PageView) -> None:
    """Write the rows' numbers left of the matrix, the performers' columns above it, and rule off each row."""
    left = min((lane.x0 for lane in view.lanes), default=0.0)
    right = max((lane.x1 for lane in view.lanes), default=view.page.width)
    for band in view.bands:
        canvas.line([(left, band.bottom), (right, band.bottom)], BAND)
        canvas.text((left - ROW_ROOM, band.top), f"{band.no}", BAND)
    top = min((band.top for band in view.bands), default=0.0)
    for lane in view.lanes:
        canvas.text((lane.x0 + 1.0, top - COLUMN_ROOM), f"k{lane.column}", BAND)


def draw_regions(canvas: Canvas, view: PageView) -> None:
    """Draw covers, matrices and the fields that were found, with their names."""
    for name, box in view.regions:
        canvas.box(box, REGION, REGION_LINE)
        canvas.text((box.x0, box.top - LABEL_ROOM), name, REGION)


def draw_connectors(canvas: Canvas, view: PageView) -> None:
    """Draw the lines that were followed from symbol to symbol, and boxes around their arrowheads."""
    for line in view.connectors:
        canvas.line(line, CONNECTOR, CONNECTOR_LINE)
    for box in view.arrowheads:
        canvas.box(box, CONNECTOR, CONNECTOR_LINE)


def draw_edges(canvas: Canvas, view: PageView) -> None:
    """Draw edges from symbol to symbol, a dot at the target; one that leaves the page ends at its foot or head."""
    places = {symbol.id: symbol for symbol in view.symbols}
    for edge in view.edges:
        line = edge_line(edge, places, view.page.height)
        if line:
            canvas.line(line, EDGE, EDGE_LINE)
            canvas.dot(line[-1], EDGE)
            if edge.label:
                canvas.text(_middle(line), edge.label, EDGE)


def draw_symbols(canvas: Canvas, view: PageView) -> None:
    """Draw a box around every symbol in the colour of its kind, and write what it is below."""
    for symbol in view.symbols:
        colour = SYMBOLS[symbol.kind]
        canvas.box(symbol.box, colour, SYMBOL_LINE)
        canvas.text((symbol.box.x0, symbol.box.bottom), symbol_text(symbol), colour)


def draw_title(canvas: Canvas, view: PageView) -> None:
    """Write what the page is, and the legend of colours, at its top left."""
    canvas.text((MARGIN, MARGIN), title(view), BLACK)
    x = MARGIN
    for name, colour in LEGEND:
        canvas.text((x, LEGEND_TOP), name, colour)
        x += LEGEND_LETTER * len(name) + LEGEND_GAP


LAYERS: tuple[Callable[[Canvas, PageView], None], ...] = (
    draw_words,
    draw_rulings,
    draw_grids,
    draw_bands,
    draw_regions,
    draw_connectors,
    draw_edges,
    draw_symbols,
    draw_title,
)
"""What is drawn, in this order: what matters most comes last, over the rest."""


def symbol_text(symbol: Symbol) -> str:
    """The symbol's id and kind, its label and the confidence of its kind: 'n4 decision "Ya" 0.93'."""
    label = f' "{symbol.label}"' if symbol.label else ""
    sure = f" {symbol.confidence:.2f}" if symbol.confidence is not None else ""
    return f"{symbol.id} {symbol.kind}{label}{sure}"


def edge_line(edge: Edge, places: dict[str, Symbol], height: float) -> Polyline:
    """From the source's centre to the target's; empty where neither stands on this page."""
    source, target = places.get(edge.source), places.get(edge.target)
    if source and target:
        return source.box.center, target.box.center
    if source:
        return source.box.center, (source.box.center[0], height - 2.0)
    if target:
        return (target.box.center[0], 2.0), target.box.center
    return ()


def _middle(line: Polyline) -> Point:
    (x0, y0), (x1, y1) = line[0], line[-1]
    return (x0 + x1) / 2, (y0 + y1) / 2


def _unsure(word: Word) -> bool:
    return word.confidence is not None and word.confidence < SURE


def _paper(view: PageView) -> Image.Image:
    """The page's own picture, faded, or white paper where it has none."""
    page = view.page
    if view.picture is None:
        size = (max(1, round(page.width * MINIMUM_SCALE)), max(1, round(page.height * MINIMUM_SCALE)))
        return Image.new("RGB", size, PAPER)
    picture = Image.fromarray(view.picture.colour)
    return Image.blend(Image.new("RGB", picture.size, PAPER), picture, PICTURE_SHARE)
