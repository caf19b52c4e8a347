"""Frequent values behave as frozen dataclasses do, but for the assignment that only mypy refuses."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace

from pipeline.model.geometry import Box
from pipeline.model.page import Line, Word
from pipeline.model.vectors import Subpath


def test_equal_values_are_one_key() -> None:
    one, other = Word("Surat", Box(1.0, 2.0, 3.0, 4.0), 9.0), Word("Surat", Box(1.0, 2.0, 3.0, 4.0), 9.0)
    assert one == other
    assert {one: "found"}[other] == "found"
    assert one != replace(other, size=10.0)


def test_they_are_ordered_pickled_and_have_no_other_attributes() -> None:
    box = Box(1.0, 2.0, 3.0, 4.0)
    assert box < Box(1.0, 2.0, 3.0, 5.0)
    assert pickle.loads(pickle.dumps(box)) == box
    assert not hasattr(box, "__dict__")
    assert [field.name for field in fields(box)] == ["x0", "top", "x1", "bottom"]


def test_a_subpath_whose_box_is_known_is_the_same_value() -> None:
    points = ((0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (0.0, 1.0), (0.0, 0.0))
    known, measured = Subpath(points, True, False, Box(0.0, 0.0, 2.0, 1.0)), Subpath(points, True, False)
    assert known == measured
    assert known.box == measured.box


def test_what_a_value_was_asked_once_is_kept() -> None:
    line = Line((Word("Surat", Box(1.0, 2.0, 3.0, 4.0), 9.0), Word("masuk", Box(4.0, 2.0, 6.0, 4.0), 9.0)))
    assert line.box is line.box
    assert line.text == "Surat masuk" == vars(line)["text"]
    assert pickle.loads(pickle.dumps(line)) == line
    assert Line.text.__doc__ == "Its words, joined by spaces."
