from __future__ import annotations

import threading
from pathlib import Path

import pytest

from pipeline.store.remote_path import place_of
from pipeline.store.side_by_side import AHEAD, AT_ONCE, side_by_side


def test_a_store_is_asked_many_things_at_once_and_answers_come_in_order() -> None:
    together = threading.Barrier(AT_ONCE)  # passed only by as many threads as it is made for

    def ask(number: int) -> int:
        together.wait(60)
        return number

    numbers = range(AT_ONCE * (AHEAD + 1))
    assert list(side_by_side(ask, numbers, place_of("memory://out"))) == list(numbers)


@pytest.mark.parametrize("place", [Path("out"), None])
def test_a_folder_of_this_machine_is_not(place: Path | None) -> None:
    threads = set(side_by_side(lambda _: threading.get_ident(), range(50), place))
    assert threads == {threading.get_ident()}


def test_the_first_that_fails_ends_it() -> None:
    asked: list[int] = []

    def ask(number: int) -> None:
        asked.append(number)
        if number == 3:
            raise KeyError(number)

    with pytest.raises(KeyError):
        list(side_by_side(ask, range(1000), place_of("memory://out")))
    assert len(asked) < 1000
