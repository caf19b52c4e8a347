"""A chart of small panels as an SVG: lines over logarithmic axes, the same colour for the same name in all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

Line = Sequence[tuple[float, float]]

WIDTH, HEIGHT = 300, 220  # of a panel's plot, pixels
LEFT, TOP, GAP_X, GAP_Y = 56, 34, 78, 72
KEY = 190  # width of the legend
ACROSS = 2  # panels in a row
COLOURS = ("#0b6bcb", "#0b2f6b", "#c2410c", "#3f7d20", "#8b5cf6", "#b91c5c", "#8a6d00", "#0f766e", "#555555")
DASHES = ("", "6 3")  # the second for colours that are told apart with difficulty
STYLE = "<style>text{font:12px sans-serif;fill:#444}.head{font-weight:bold}path{fill:none;stroke-width:1.6}</style>"


@dataclass(frozen=True)
class Panel:
    """A plot: its head, and lines of (x, y) points by name, both above 0."""

    head: str
    lines: Mapping[str, Line]


@dataclass(frozen=True)
class Axes:
    """The decades that a panel shows, as powers of ten, and where it lies."""

    x: tuple[int, int]
    y: tuple[int, int]
    left: float
    top: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point lies in the picture, in pixels."""
        across = (log10(x) - self.x[0]) / (self.x[1] - self.x[0])
        up = (log10(y) - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + WIDTH * across, self.top + HEIGHT * (1 - up)


def svg(panels: Sequence[Panel]) -> str:
    """All panels with one legend at the right; the same bytes for the same panels."""
    names = list(dict.fromkeys(name for panel in panels for name in panel.lines))
    rows = -(-len(panels) // ACROSS)
    width = LEFT + ACROSS * (WIDTH + GAP_X) + KEY
    height = max(TOP + rows * (HEIGHT + GAP_Y), TOP + 20 * len(names))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" role="img">',
        STYLE,
        f"<title>{escape('; '.join(panel.head for panel in panels))}, by pages</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        left = LEFT + number % ACROSS * (WIDTH + GAP_X)
        top = TOP + number // ACROSS * (HEIGHT + GAP_Y)
        parts += panel_parts(panel, names, left, top)
    parts += legend(names, LEFT + ACROSS * (WIDTH + GAP_X) - GAP_X + 24)
    return "\n".join([*parts, "</svg>", ""])


def panel_parts(panel: Panel, names: Sequence[str], left: float, top: float) -> Iterator[str]:
    """The frame with its decades, and the lines."""
    yield f'<text class="head" x="{left}" y="{top - 12}">{escape(panel.head)}</text>'
    yield f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" fill="none" stroke="#bbb"/>'
    points = [point for line in panel.lines.values() for point in line]
    if not points:
        return
    axes = Axes(decades(x for x, _ in points), decades(y for _, y in points), left, top)
    yield from grid(axes)
    for name, line in panel.lines.items():
        yield from drawn(line, axes, names.index(name))


def decades(values: Iterator[float]) -> tuple[int, int]:
    """The powers of ten around some values, two at least."""
    known = [log10(value) for value in values]
    low = floor(min(known))
    return low, max(ceil(max(known)), low + 1)


def grid(axes: Axes) -> Iterator[str]:
    low = axes.top + HEIGHT
    for power in range(axes.x[0], axes.x[1] + 1):
        x, _ = axes.place(10.0**power, 10.0 ** axes.y[0])
        yield f'<path d="M{x:.1f} {axes.top}V{low}" stroke="#eee"/>'
        yield f'<text x="{x:.1f}" y="{low + 16}" text-anchor="middle">{10**power:,}</text>'
    for power in range(axes.y[0], axes.y[1] + 1):
        _, y = axes.place(10.0 ** axes.x[0], 10.0**power)
        yield f'<path d="M{axes.left} {y:.1f}h{WIDTH}" stroke="#eee"/>'
        yield f'<text x="{axes.left - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
    yield f'<text x="{axes.left + WIDTH / 2}" y="{low + 34}" text-anchor="middle">pages</text>'


def drawn(line: Line, axes: Axes, number: int) -> Iterator[str]:
    """A line with a dot at each point."""
    colour, dash = look(number)
    spots = [axes.place(x, y) for x, y in sorted(line)]
    way = " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(spots))
    yield f'<path d="{way}" stroke="{colour}" stroke-dasharray="{dash}"/>'
    for x, y in spots:
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'


def legend(names: Sequence[str], left: float) -> Iterator[str]:
    for number, name in enumerate(names):
        colour, dash = look(number)
        y = TOP + 8 + 20 * number
        yield f'<path d="M{left} {y}h22" stroke="{colour}" stroke-dasharray="{dash}"/>'
        yield f'<circle cx="{left + 11}" cy="{y}" r="3" fill="{colour}"/>'
        yield f'<text x="{left + 30}" y="{y + 4}">{escape(name)}</text>'


def look(number: int) -> tuple[str, str]:
    """The colour and the dashes of the line of this number."""
    return COLOURS[number % len(COLOURS)], DASHES[number // len(COLOURS) % len(DASHES)]
