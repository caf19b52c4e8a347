"""Text layers that say nothing: printing through PostScript leaves the numbers of glyphs where letters were."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from pipeline.model.page import Word
from pipeline.settings import ReadSettings

VOWELS = "aeiou"


def is_garbled(words: Sequence[Word], undecoded: float, settings: ReadSettings) -> bool:
    """Whether a page's text layer is not to be believed: its glyphs are unknown, or stand for other letters.

    "Pemohon" may be called "3HPRKRQ", by the glyphs' numbers: of such letters few are vowels, and digits have no code.

    Args:
        words: What the text layer says.
        undecoded: The share of its glyphs that it says nothing about, 0..1.
        settings: The thresholds.
    """
    if undecoded > settings.garbled_glyphs:
        return True
    text = "".join([word.text for word in words]).casefold()
    letters = sum(map(text.count, ascii_lowercase))
    least = settings.vowels_undecoded if undecoded > settings.unmapped_share else settings.vowels
    return letters >= settings.garbled_letters and sum(map(text.count, VOWELS)) < least * letters
