"""Components that are labelled band by band are those of the whole mask."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.imaging import components
from pipeline.imaging.components import Components, label_components, large_components
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


def test_large_components_are_found_in_bands_as_in_the_whole_mask() -> None:
    mask = np.zeros((700, 60), np.uint8)
    mask[10:650, 5] = mask[10:650, 50] = mask[649, 5:50] = 1  # it takes up several bands
    mask[200:240, 15:45] = mask[690:700, 0:12] = mask[300:310, 20:30] = mask[680:684, 40:60] = 1
    labels, stats = label_components(mask)
    large = [label for label in range(1, len(stats)) if min(stats[label][2:4]) >= 10]
    found = dict.fromkeys(large, 0)
    for window, own in large_components(mask, 10):
        (label,) = np.unique(labels[window][own > 0])
        found[int(label)] += 1
        assert np.array_equal(own, labels[window] == label)
        assert np.count_nonzero(own) == stats[label][4]
    assert found == dict.fromkeys(large, 1)
    assert len(large) == 4
