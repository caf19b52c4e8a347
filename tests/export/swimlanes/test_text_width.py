from __future__ import annotations

import doctest

import pytest

from pipeline.export.swimlanes import swim_graph, text_width
from pipeline.export.swimlanes.text_width import width_of, wrapped


def test_examples() -> None:
    assert doctest.testmod(text_width).failed == 0
    assert doctest.testmod(swim_graph).failed == 0


@pytest.mark.parametrize("text", ["Kepala Bagian Organisasi", "a\nb c", "x" * 50, "", "  ", "字" * 9])
def test_lines_fit_and_hold_all_letters(text: str) -> None:
    lines = wrapped(text, 10, 60)
    assert all(width_of(line, 10) <= 60 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_letter_wider_than_the_line_has_a_line_of_its_own() -> None:
    assert wrapped("WW", 10, 1) == ["W", "W"]
