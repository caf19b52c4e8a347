"""Glyphs as a reader takes them."""

from __future__ import annotations

import pytest

from pipeline.readers.glyphs import put_right


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\u7400\u6900", "ti"),  # Ghostscript's for a ligature of Calibri
        ("\u6600\u7400", "ft"),
        ("\u6900", "i"),
        ("\ufb01", "fi"),
        ("\u7530", "\u7530"),
        ("\u3000", "\u3000"),
    ],
)
def test_ligatures_are_the_letters_that_they_stand_for(text: str, read: str) -> None:
    assert put_right(text) == read
