"""Clustering in one dimension."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.clustering import cluster, cluster_intervals, is_near, split_between

Interval = tuple[float, float]
intervals = st.lists(st.tuples(st.floats(0, 100), st.floats(0, 20)).map(lambda s: (s[0], s[0] + s[1])), max_size=8)


def same(item: Interval) -> Interval:
    return item


def test_a_cluster_reaches_no_further_than_the_tolerance_from_its_first() -> None:
    assert cluster([3.0, 0.0, 1.0, 2.0], 2.0, float) == [[0.0, 1.0, 2.0], [3.0]]
    assert cluster([], 2.0, float) == []


def test_items_at_one_position_keep_their_order() -> None:
    assert cluster(["b1", "a1", "a0"], 0.0, lambda item: float(item[1])) == [["a0"], ["b1", "a1"]]


def test_intervals_within_another_do_not_end_its_cluster() -> None:
    assert cluster_intervals([(6.0, 7.0), (0.0, 5.0), (1.0, 2.0)], 1.0, same) == [[(0.0, 5.0), (1.0, 2.0), (6.0, 7.0)]]
    assert cluster_intervals([(0.0, 5.0), (6.1, 7.0)], 1.0, same) == [[(0.0, 5.0)], [(6.1, 7.0)]]


@given(intervals)
def test_clusters_of_intervals_keep_every_one_and_lie_apart(items: list[Interval]) -> None:
    groups = cluster_intervals(items, 3.0, same)
    assert sorted(item for group in groups for item in group) == sorted(items)
    reach = [(min(i[0] for i in g), max(i[1] for i in g)) for g in groups]
    assert all(b[0] > a[1] + 3.0 for a, b in pairwise(reach))


def test_a_sequence_is_split_between_neighbours_only() -> None:
    assert split_between([1, 2, 4, 5, 4], lambda before, after: after - before > 1) == [[1, 2], [4, 5, 4]]
    assert split_between([], lambda before, after: True) == []


@pytest.mark.parametrize(
    ("value", "near"), [(9.0, False), (9.5, True), (10.5, True), (12.0, False), (20.4, True), (21.0, False)]
)
def test_a_value_is_near_a_place_below_or_above_it(value: float, near: bool) -> None:
    assert is_near(value, [10.0, 20.0], 0.5) is near
    assert not is_near(value, [], 0.5)
