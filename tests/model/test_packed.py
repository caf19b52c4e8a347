"""Packed sequences: what comes out equals what went in, and an iterator is never whole at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.geometry import Box
from pipeline.model.packed import LIVE, Packed, Packing, packed

BOXES = st.lists(st.builds(Box, *[st.floats(0, 900)] * 4), max_size=3 * LIVE)


@given(BOXES)
def test_what_comes_out_equals_what_went_in(boxes: list[Box]) -> None:
    values = packed(boxes)
    assert list(values) == boxes
    assert [values[i] for i in range(len(values))] == boxes
    assert list(values[1:-1]) == boxes[1:-1]
    assert pickle.loads(pickle.dumps(values)) == values
    assert isinstance(values, tuple) == (len(boxes) <= LIVE)


@given(BOXES)
def test_draining_gives_all_values_and_leaves_none(boxes: list[Box]) -> None:
    values, held = Packed(boxes), []
    for place, box in enumerate(values.drained(), 1):
        held.append(box)
        assert len(values) == len(boxes) - place
    assert held == boxes


@given(BOXES)
def test_draining_what_was_taken_one_by_one_gives_all_values_and_leaves_none(boxes: list[Box]) -> None:
    packing = Packing[Box]()
    for box in boxes:
        packing.append(box)
    held = []
    for place, box in enumerate(packing.drained(), 1):
        held.append(box)
        assert len(packing.values) == len(boxes) - place
    assert held == boxes


def test_a_long_iterators_values_are_packed_one_by_one() -> None:
    alive: set[int] = set()

    class Value:
        def __init__(self, number: int) -> None:
            self.number = number
            alive.add(number)

        def __del__(self) -> None:
            alive.discard(self.number)

        def __reduce__(self) -> tuple[type[int], tuple[int]]:
            return int, (self.number,)

    most = 0

    def values() -> Iterator[object]:
        nonlocal most
        for number in range(5 * LIVE):
            most = max(most, len(alive))
            yield Value(number)

    assert list(packed(values())) == list(range(5 * LIVE))
    assert most <= LIVE + 2


def test_a_packed_sequence_is_much_smaller_than_its_values() -> None:
    boxes = [Box(1.0 * n, 2.0, 3.0, 4.0) for n in range(1000)]
    whole = len(pickle.dumps([boxes]))
    assert len(pickle.dumps(Packed([boxes]))) < whole / 4
