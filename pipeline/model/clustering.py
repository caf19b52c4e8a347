"""Clustering in one dimension: values near each other, intervals that meet, runs of neighbours, and what is free."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Interval = tuple[float, float]


def cluster(items: Iterable[T], tolerance: float, position: Callable[[T], float]) -> list[list[T]]:
    """Group items whose positions lie within `tolerance` of the first of their group.

    Args:
        items: In any order; of equal positions the order stays.
        tolerance: The greatest extent of a group, in the unit of the positions.
        position: Where an item lies.

    Returns:
        The groups, and the items in each, by rising position.
    """
    groups: list[list[T]] = []
    start = 0.0
    for item in sorted(items, key=position):
        at = position(item)
        if groups and at - start <= tolerance:
            groups[-1].append(item)
        else:
            groups.append([item])
            start = at
    return groups


def cluster_intervals(items: Iterable[T], gap: float, interval: Callable[[T], Interval]) -> list[list[T]]:
    """Group items whose intervals overlap or lie at most `gap` apart.

    Args:
        items: In any order.
        gap: The greatest distance between the end of a group and the start of its next item.
        interval: The start and end of an item.

    Returns:
        The groups by rising start, and the items in each by rising start.
    """
    groups: list[list[T]] = []
    reach = 0.0
    for (start, end), item in sorted([(interval(item), item) for item in items], key=lambda placed: placed[0][0]):
        if groups and start <= reach + gap:
            groups[-1].append(item)
            reach = max(reach, end)
        else:
            groups.append([item])
            reach = end
    return groups


def split_between(items: Iterable[T], is_break: Callable[[T, T], bool]) -> list[list[T]]:
    """Split a sequence between every two neighbours for which `is_break(before, after)` holds."""
    groups: list[list[T]] = []
    for item in items:
        if groups and not is_break(groups[-1][-1], item):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def free_intervals(taken: Iterable[Interval], low: float, high: float, shortest: float = 0.1) -> list[Interval]:
    """The stretches from `low` to `high`, longer than `shortest`, that no taken interval reaches into."""
    free: list[Interval] = []
    for start, end in sorted(taken):
        if start > low:
            free.append((low, min(start, high)))
        low = max(low, end)
        if low >= high:
            break
    if low < high:
        free.append((low, high))
    return [(start, end) for start, end in free if end - start > shortest]


def is_near(value: float, places: Sequence[float], near: float) -> bool:
    """Whether one of some places, ascending, is at most `near` away."""
    after = bisect_left(places, value)
    return (after < len(places) and places[after] - value <= near) or (after > 0 and value - places[after - 1] <= near)
