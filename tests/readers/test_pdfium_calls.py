"""Functions asked of many characters or objects at once write every answer to its own place."""

from __future__ import annotations

from ctypes import POINTER, c_double, c_float, cast
from typing import Any

from pipeline.readers import pdfium_calls as calls


def test_each_answer_goes_to_its_own_place() -> None:
    def halves(number: int, whole: Any, half: Any) -> int:
        cast(whole, POINTER(c_double))[0], cast(half, POINTER(c_double))[0] = number, number / 2
        return number % 2

    answers = (c_double * 6)()
    told = calls.ask_each(halves, [3, 4, 5], calls.places_in(answers, 16), calls.places_in(answers, 16, 8))
    assert told == [1, 0, 1]
    assert answers[:] == [3.0, 1.5, 4.0, 2.0, 5.0, 2.5]


def test_an_empty_buffer_has_no_places() -> None:
    assert list(calls.places_in((c_float * 0)(), 16)) == []
