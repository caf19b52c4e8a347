"""Components that are labelled band by band are those of the whole mask."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.imaging import components
from pipeline.imaging.components import Components, label_components
from pipeline.model.pixels import Pixels


def assert_as_whole(mask: Pixels) -> None:
    labels, stats = label_components(mask)
    found = Components.of(mask)
    index = np.flatnonzero(mask)
    assert np.array_equal(found.index, index)
    assert np.array_equal(found.label, labels.ravel()[index])
    assert np.array_equal(found.stats[1:], stats[1:])


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 30), st.floats(0.05, 0.95))
def test_bands_are_put_together_as_if_there_were_none(seed: int, rows: int, columns: int, share: float) -> None:
    mask = (np.random.default_rng(seed).random((rows, columns)) < share).astype(np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(components, "BAND", 8)
        assert_as_whole(mask)


def test_what_winds_through_bands_is_one() -> None:
    mask = np.zeros((1300, 60), np.uint8)
    mask[10:1290, 5] = mask[10:1290, 50] = mask[1289, 5:50] = mask[700:720, 20:30] = 1
    mask[511, 35] = mask[512, 36] = 1  # they touch by their corners
    assert_as_whole(mask)
    assert len(Components.of(mask).stats) == 4
