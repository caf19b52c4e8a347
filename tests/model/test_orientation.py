from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation

WIDTH, HEIGHT = 7, 5
orientations = st.sampled_from(Orientation)


@pytest.mark.parametrize("orientation", Orientation)
def test_boxes_and_pixels_are_made_upright_alike(orientation: Orientation) -> None:
    page = np.zeros((HEIGHT, WIDTH), np.uint8)
    page[1, 2:5] = 1
    upright = orientation.upright_pixels(page)
    box = orientation.upright_box(Box(2, 1, 5, 2), WIDTH, HEIGHT)
    assert upright.shape[::-1] == orientation.upright_size(WIDTH, HEIGHT)
    assert upright[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)].sum() == page.sum() == box.area
    assert orientation.displayed_box(box, WIDTH, HEIGHT) == Box(2, 1, 5, 2)
    assert orientation.page_transform(WIDTH, HEIGHT).displayed(box) == Box(2, 1, 5, 2)


def test_writing_from_bottom_to_top_is_turned_clockwise() -> None:
    assert Orientation.BOTTOM_TO_TOP.upright_pixels(np.array([[1, 2], [3, 4]], np.uint8)).tolist() == [[3, 1], [4, 2]]
    assert Orientation.BOTTOM_TO_TOP.upright_box(Box(0, 0, 1, 3), 7, 5) == Box(2, 0, 5, 1)


@given(orientations, orientations)
def test_orientations_compose(first: Orientation, second: Orientation) -> None:
    assert first.plus(second).minus(second) is first
    assert first.plus(first.inverse) is Orientation.UPRIGHT
    assert first.turned_axis(first.turned_axis("h")) == "h"


@pytest.mark.parametrize(
    ("dx", "dy", "expected"), [(1, 0.1, 0), (0.1, 1, 90), (-1, -0.1, 180), (-1, 0.1, 180), (0, -1, 270)]
)
def test_a_writing_direction_has_the_nearest_orientation(dx: float, dy: float, expected: int) -> None:
    assert Orientation.of_vector(dx, dy) == expected
