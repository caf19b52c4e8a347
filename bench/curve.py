"""The reliability curve as an SVG: predicted against actual, 0..1 both ways, the diagonal being the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10

Point = tuple[float, float, int]  # predicted, actual, fields

SIDE = 320  # pixels of the plot
LEFT, TOP, RIGHT, BOTTOM = 48, 16, 230, 44
COLOURS = ("#0b6bcb", "#c2410c", "#3f7d20")
STYLE = "<style>text{font:12px sans-serif;fill:#444}line,path{fill:none}</style>"


def svg(curves: Mapping[str, Sequence[Point]]) -> str:
    """One line and its dots for every named curve; a dot's area grows with the logarithm of its fields."""
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img">', STYLE]
    lines += ["<title>Confidence predicted against the share that was right</title>", *frame()]
    for place, (name, points) in enumerate(curves.items()):
        lines += curve(name, points, COLOURS[place % len(COLOURS)], place)
    return "\n".join([*lines, "</svg>", ""])


def frame() -> list[str]:
    """White ground, ticks, the diagonal, and the names of the axes."""
    right, low = LEFT + SIDE, TOP + SIDE
    lines = [
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#bbb"/>',
        f'<line x1="{LEFT}" y1="{low}" x2="{right}" y2="{TOP}" stroke="#bbb" stroke-dasharray="4 4"/>',
        f'<text x="{LEFT + SIDE / 2}" y="{low + 36}" text-anchor="middle">predicted</text>',
        f'<text transform="translate(14 {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">actual</text>',
    ]
    for tenth in range(0, 11, 2):
        x, y = place_of(tenth / 10, tenth / 10)
        lines.append(f'<text x="{x:.0f}" y="{low + 16}" text-anchor="middle">{tenth / 10:.1f}</text>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{tenth / 10:.1f}</text>')
    return lines


def curve(name: str, points: Sequence[Point], colour: str, place: int) -> list[str]:
    spots = [(*place_of(predicted, actual), count) for predicted, actual, count in points]
    way = " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y, _) in enumerate(spots))
    lines = [f'<path d="{way}" stroke="{colour}" stroke-width="1.5"/>'] if spots else []
    for x, y, count in spots:
        lines.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{2 + log10(max(count, 1)):.1f}" fill="{colour}"/>')
    total = sum(count for _, _, count in points)
    key = TOP + 16 + 20 * place
    lines.append(f'<circle cx="{LEFT + SIDE + 16}" cy="{key - 4}" r="4" fill="{colour}"/>')
    return [*lines, f'<text x="{LEFT + SIDE + 26}" y="{key}">{name} ({total})</text>']


def place_of(predicted: float, actual: float) -> tuple[float, float]:
    """Where a point lies in the picture, in pixels."""
    return LEFT + SIDE * predicted, TOP + SIDE * (1 - actual)
