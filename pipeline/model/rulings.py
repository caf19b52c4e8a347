"""Straight lines of a page, joined where they are one: the same for vectors and for pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.model.page import Axis, Ruling


def join(segments: Iterable[Ruling], snap: float, gap: float) -> tuple[Ruling, ...]:
    """Collinear segments made one: lines within `snap` points of each other count as one line, and pieces of it
    that are at most `gap` points apart are joined.
    """
    found: list[Ruling] = []
    axes: tuple[Axis, Axis] = ("h", "v")
    for axis in axes:
        for cluster in _by_place([s for s in segments if s.axis == axis], snap):
            found += _pieces(cluster, gap)
    return tuple(found)


def _by_place(segments: Sequence[Ruling], snap: float) -> list[list[Ruling]]:
    clusters: list[list[Ruling]] = []
    for segment in sorted(segments, key=lambda s: s.at):
        if clusters and segment.at - clusters[-1][0].at <= snap:
            clusters[-1].append(segment)
        else:
            clusters.append([segment])
    return clusters


def _pieces(cluster: list[Ruling], gap: float) -> list[Ruling]:
    """The runs of one line. Its place is that of its longest part: a doubled line is one of its two."""
    runs: list[list[Ruling]] = []
    end = float("-inf")
    for segment in sorted(cluster, key=lambda s: s.start):
        if segment.start <= end + gap:
            runs[-1].append(segment)
        else:
            runs.append([segment])
            end = float("-inf")
        end = max(end, segment.end)
    return [_joined(run) for run in runs]


def _joined(run: list[Ruling]) -> Ruling:
    total = sum(max(s.length, 1e-6) for s in run)
    return Ruling(
        axis=run[0].axis,
        at=sum(s.at * max(s.length, 1e-6) for s in run) / total,
        start=min(s.start for s in run),
        end=max(s.end for s in run),
        width=max(s.width for s in run),
    )
