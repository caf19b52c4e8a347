"""Boxes and points on a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.geometry import Box, bounding_box, union

SIDES = st.floats(-50, 50, allow_nan=False).map(lambda side: round(side, 1))
BOXES = st.builds(Box, SIDES, SIDES, SIDES, SIDES)


@given(BOXES, BOXES, st.sampled_from([-1.0, 0.0, 0.1, 2.0]))
def test_boxes_meet_where_they_share_an_area(a: Box, b: Box, reach: float) -> None:
    assert a.meets(b, reach) == (a.grown(reach).intersection(b) is not None)


@given(BOXES, SIDES, SIDES, st.sampled_from([-1.0, 0.0, 0.8]))
def test_a_reach_is_that_of_the_grown_box(box: Box, x: float, y: float, reach: float) -> None:
    assert box.contains(x, y, reach) == box.grown(reach).contains(x, y)


def test_a_union_holds_all_boxes() -> None:
    assert union([Box(0, 1, 2, 3), Box(-1, 2, 1, 5)]) == Box(-1, 1, 2, 5)
    assert union([Box(0, 1, 2, 3)]) == Box(0, 1, 2, 3)
    with pytest.raises(ValueError, match="no boxes"):
        union([])


def test_a_bounding_box_holds_all_points() -> None:
    assert bounding_box([(3, 4)]) == Box(3, 4, 3, 4)
    assert bounding_box([(1, 2), (0, 5), (4, 0), (2, 2)]) == Box(0, 0, 4, 5)
    with pytest.raises(ValueError, match="no points"):
        bounding_box([])
