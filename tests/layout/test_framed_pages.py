"""Frames that reviewers draw on pages."""

from __future__ import annotations

from pipeline.layout.framed_pages import framed
from pipeline.model.geometry import Box
from pipeline.model.page import Page, Ruling, Word


def test_only_what_stands_in_the_frame_stays() -> None:
    words = (Word("in", Box(10, 10, 30, 20), 10), Word("out", Box(110, 10, 130, 20), 10))
    rulings = (Ruling("h", 50, 0, 90), Ruling("h", 50, 0, 300))
    page = Page(1, 400, 400, "text", words, rulings)
    inside = framed(page, Box(0, 0, 100, 100))
    assert [word.text for word in inside.words] == ["in"]
    assert inside.rulings == rulings[:1]
    assert framed(page, None) is page
