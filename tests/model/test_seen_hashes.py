"""A small set of hashes tells what a set of Python's tells."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.seen_hashes import RECENT, SeenHashes


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=200))
def test_it_tells_what_is_new(values: list[int]) -> None:
    seen, known = SeenHashes(), set[int]()
    for value in [*values, *values]:
        assert (value in seen) == (value in known)
        assert seen.add(value) == (value not in known)
        known.add(value)
    assert len(seen) == len(known)


def test_what_was_sorted_in_is_still_known() -> None:
    rng = random.Random(1)
    values = [rng.randrange(-(2**63), 2**63) for _ in range(3 * RECENT)]
    seen = SeenHashes()
    assert all(seen.add(value) for value in values)
    assert not any(seen.add(value) for value in values)
    assert 1 not in seen
