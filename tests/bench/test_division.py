"""How much faster two workers are, on a machine that is not always as fast."""

from __future__ import annotations

from bench.division import Round, rounds_of


def test_one_worker_is_measured_between_two_of_two() -> None:
    asked: list[int] = []

    def seconds(workers: int) -> float:
        asked.append(workers)
        return float(len(asked))

    assert rounds_of(seconds, 2) == [Round(1.0, 2.0, 3.0), Round(4.0, 5.0, 6.0)]
    assert asked == [2, 1, 2, 2, 1, 2]


def test_the_two_around_one_count_alike() -> None:
    """On a machine that slows down evenly the ratio is that of an even one."""
    assert Round(1.0, 2.2, 1.2).two == 1.1
