"""Straight lines of a page, joined where they are one: the same for vectors and for pixels."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from pipeline.model.clustering import cluster, cluster_intervals
from pipeline.model.geometry import Axis
from pipeline.model.page import Ruling


def join(segments: Iterable[Ruling], snap: float, gap: float) -> tuple[Ruling, ...]:
    """Join collinear segments into lines.

    Args:
        segments: Horizontal and vertical segments in any order.
        snap: Parallel lines at most this many points apart are one line.
        gap: Segments of one line at most this many points apart are one ruling.

    Returns:
        The rulings, horizontal ones first; each stands at the mean of its segments' places, weighted by their lengths.
    """
    found: list[Ruling] = []
    axes: tuple[Axis, Axis] = ("h", "v")
    for axis in axes:
        for line in cluster([s for s in segments if s.axis == axis], snap, attrgetter("at")):
            found += [_joined(run) for run in cluster_intervals(line, gap, attrgetter("start", "end"))]
    return tuple(found)


def covered_lengths(rulings: Iterable[Ruling], tolerance: float, start: float, end: float) -> list[tuple[float, float]]:
    """Measure how far the lines of one axis run along `start` to `end`, those within `tolerance` of each other as one.

    Returns:
        (position, covered length) in points by rising position; lines that do not reach into the range are left out.
    """
    covered = [(r.at, length) for r in rulings if (length := min(r.end, end) - max(r.start, start)) > 0]
    lines = cluster(covered, tolerance, lambda line: line[0])
    return [(line[0][0], sum(length for _, length in line)) for line in lines]


def _joined(run: list[Ruling]) -> Ruling:
    lengths = [max(s.end - s.start, 1e-6) for s in run]
    return Ruling(
        axis=run[0].axis,
        at=sum([s.at * length for s, length in zip(run, lengths, strict=True)]) / sum(lengths),
        start=min([s.start for s in run]),
        end=max([s.end for s in run]),
        width=max([s.width for s in run]),
    )
