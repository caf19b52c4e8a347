"""The cells of a grid by place and by point."""

from __future__ import annotations

import pytest

from pipeline.model.geometry import Box
from pipeline.model.grid import Cell, Grid

WIDE = Cell(0, 1, 0, 2, Box(0.0, 0.0, 20.0, 10.0))
LEFT, RIGHT = Cell(1, 2, 0, 1, Box(0.0, 10.0, 12.0, 30.0)), Cell(1, 2, 1, 2, Box(12.0, 10.0, 20.0, 30.0))
GRID = Grid(1, (0.0, 12.0, 20.0), (0.0, 10.0, 30.0), (WIDE, LEFT, RIGHT))


@pytest.mark.parametrize(
    ("x", "y", "cell"),
    [
        (0.0, 0.0, WIDE),
        (15.0, 9.9, WIDE),
        (5.0, 10.0, LEFT),
        (12.0, 10.0, RIGHT),
        (20.0, 30.0, RIGHT),
        (20.1, 15.0, None),
        (5.0, -0.1, None),
    ],
)
def test_a_point_lies_in_the_cell_that_begins_at_or_before_it(x: float, y: float, cell: Cell | None) -> None:
    assert GRID.around(x, y) is cell


def test_cells_are_keys_by_their_place_and_equal_by_their_box_too() -> None:
    moved = Cell(0, 1, 0, 2, Box(0.0, 0.0, 21.0, 10.0))
    assert hash(moved) == hash(WIDE)
    assert {WIDE: "kept"}.get(moved) is None
