"""Morphology on packed bits is that of OpenCV, even lengths and the picture's border included."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.imaging.morphology import closed, opened
from pipeline.imaging.packed_bits import closed_vertical, opened_vertical, packed, unpacked


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
@pytest.mark.parametrize("length", [1, 2, 5, 8, 9, 24, 40])
@pytest.mark.parametrize("shape", [(1, 1), (7, 3), (60, 33)])
def test_upright(shape: tuple[int, int], length: int, share: float) -> None:
    mask = (np.random.default_rng(length).random(shape) < share).astype(np.uint8)
    assert np.array_equal(unpacked(opened_vertical(packed(mask), length), shape[1]), opened(mask, 1, length))
    assert np.array_equal(unpacked(closed_vertical(packed(mask), length), shape[1]), closed(mask, 1, length))
