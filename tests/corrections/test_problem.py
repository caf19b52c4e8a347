"""What is refused is named in words, as far as a screen holds it."""

from __future__ import annotations

from pipeline.corrections.problem import MOST_TOLD, CorrectionsError, Problem


def problems(count: int) -> list[Problem]:
    return [Problem("sop.yaml", line, 1, "no such field") for line in range(count, 0, -1)]


def test_a_few_problems_are_all_named_in_the_order_of_the_file() -> None:
    told = str(CorrectionsError(problems(3))).splitlines()
    assert told == [f"sop.yaml:{line}:1: no such field" for line in (1, 2, 3)]


def test_of_many_the_first_are_named_and_the_rest_counted() -> None:
    error = CorrectionsError(problems(MOST_TOLD + 7))
    told = str(error).splitlines()
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == "and 7 more"
    assert len(error.problems) == MOST_TOLD + 7
