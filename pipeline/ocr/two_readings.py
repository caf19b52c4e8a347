"""Which of two readings of one word stands, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.settings import SecondReaderSettings

Knows = Callable[[str], bool]
"""Tells whether a string of letters is a word."""

MARKS = ".,;:"
ALIKE = str.maketrans({"l": "i", "1": "i", "|": "i", "!": "i", "0": "o", "5": "s", "’": "'", "‘": "'"})
BULLET = "•"
BULLETS = frozenset("•·●∙")
TAKEN_FOR_BULLETS = frozenset("“”«»\"'‘’*")  # by an engine that has no bullet
COMPARISONS = frozenset("<>≤≥±")
PLUS_OR_MINUS = "&"  # what an engine that has no "±" makes of it
SLASHLIKE = frozenset("1lI|")


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader saw in place of a word.

    Attributes:
        text: Its characters, and the spaces between them.
        letters: 0..1 for each character but the spaces.
    """

    text: str
    letters: tuple[float, ...]

    @property
    def whole(self) -> str:
        """The characters without spaces."""
        return self.text.replace(" ", "")

    @property
    def confidence(self) -> float:
        """That of its least sure character; 0 where nothing was seen."""
        return min(self.letters, default=0.0)

    def sure_beside(self, text: str) -> float:
        """How sure the least sure of those characters is that differ from another text's; else of all."""
        places = {
            step.dest_start + offset
            for step in Levenshtein.opcodes(text.replace(" ", ""), self.whole)
            if step.tag != "equal"
            for offset in range(max(1, step.dest_end - step.dest_start))
        }
        return min((self.letters[place] for place in places if place < len(self.letters)), default=self.confidence)

    def with_slashes_of(self, text: str) -> SecondReading:
        """This reading with the slashes that another one has where it has a stroke: "1HM.101X" by "/HM.18/X"."""
        text, whole, letters = text.replace(" ", ""), list(self.whole), list(self.letters)
        for step in Levenshtein.opcodes(text, self.whole):
            if step.tag != "replace" or step.src_end - step.src_start != step.dest_end - step.dest_start:
                continue
            for offset in range(step.src_end - step.src_start):
                place = step.dest_start + offset
                if text[step.src_start + offset] == "/" and whole[place] in SLASHLIKE:
                    whole[place], letters[place] = "/", 1.0
        characters = iter(whole)
        return SecondReading("".join(c if c == " " else next(characters) for c in self.text), tuple(letters))


def is_remains(text: str) -> bool:
    """Whether a text may be what is left of a line, or a speck: a stroke, or a mark alone."""
    return len(text) == 1 and (text in "l|Ii" or not text.isalnum())


def is_bullet(first: str, second: str) -> bool:
    """Whether a mark is a bullet that the second reader sees, and the first one takes for a quotation mark."""
    return len(first) == 1 and first in TAKEN_FOR_BULLETS and second in BULLETS


def is_comparison(first: str, second: str) -> bool:
    """Whether a mark is a sign such as "<" that the second reader sees: Tesseract's Indonesian model has none."""
    return len(first) == 1 and not first.isalnum() and second in COMPARISONS


def is_plus_or_minus(text: str, following: str) -> bool:
    """Whether a mark may be the "±" of the number behind it."""
    return text == PLUS_OR_MINUS and following[:1].isdigit()


def is_known(text: str, knows: Knows) -> bool:
    """Whether a text consists of words: "informasi/dokumen", but not "2017" or "KPTS/"."""
    parts = re.findall(r"[^\W\d_]+", text)
    return bool(parts) and not re.search(r"\d", text) and all(knows(part) for part in parts)


def settled(
    text: str, sure: float, other: SecondReading, knows: Knows, settings: SecondReaderSettings
) -> tuple[str, float]:
    """Settle a word that two engines read: its text, which may have spaces, and the confidence 0..1.

    Words are told by the language; codes, numbers and bullets are the second reader's.

    Before: "ljazah" and "Ijazah", "/1/" and "/I/", "hasii" and "hasil"; after: "Ijazah", "/I/", "hasil".

    Args:
        text: What the first engine read, with its spaces.
        sure: Its confidence.
        other: What the second one read.
        knows: Tells words.
        settings: Which reading is preferred when.
    """
    whole, plain = other.whole, text.replace(" ", "")
    if whole == plain:
        spaced = min((text, other.text), key=lambda one: (_unknown_parts(one, knows), -one.count(" ")))
        agreed = sure >= settings.agreed_from and other.confidence >= settings.agreed_with
        return spaced, max(sure, settings.agreed) if agreed else sure
    if is_bullet(plain, whole):
        return BULLET, min(sure, settings.kept)
    if is_comparison(plain, whole):
        return whole, min(other.confidence, settings.preferred)
    if not whole or (is_remains(text) and len(whole) == 1):
        return text, min(sure, settings.kept)
    if _core(plain) and _core(plain) == _core(whole):
        return _marks_settled(text, sure, other, settings)
    if len(text) == 1 and text.lower() == whole.lower():
        return text, sure
    if re.search(r"\d", text + whole):
        return _code_settled(text, sure, other.with_slashes_of(text), settings)
    return _word_settled(text, sure, other, knows, settings)


def _core(text: str) -> str:
    return "".join(c for c in text if c not in MARKS)


def _unknown_parts(text: str, knows: Knows) -> int:
    """How many of its words are none: of "me nerima" two, of "surat dan", "S.H., M.Si" and "II/a s.d." none."""
    return sum(part.isalpha() and not knows(part) for part in text.split(" "))


def _marks_settled(text: str, sure: float, other: SecondReading, settings: SecondReaderSettings) -> tuple[str, float]:
    """The second reader sees marks better, but not better than the ink of a semicolon that was looked at."""
    if text.endswith(";"):
        return text, sure
    if other.sure_beside(text) >= settings.sure_mark:
        return other.text, max(sure, settings.marked)
    return text, min(sure, settings.kept)


def _code_settled(text: str, sure: float, other: SecondReading, settings: SecondReaderSettings) -> tuple[str, float]:
    """Numbers and codes are the second reader's, where it is sure."""
    other_sure = other.sure_beside(text)
    if other_sure < settings.sure and other_sure < sure + settings.lead:
        return text, min(sure, settings.kept)
    alike = text.lower().translate(ALIKE) == other.whole.lower().translate(ALIKE)
    return other.text, min(other_sure, settings.preferred if alike or sure < settings.sure else settings.contested)


def _word_settled(
    text: str, sure: float, other: SecondReading, knows: Knows, settings: SecondReaderSettings
) -> tuple[str, float]:
    known, other_known, other_sure = is_known(text, knows), is_known(other.text, knows), other.sure_beside(text)
    if known != other_known:
        if other_known:
            trust = min(other_sure, settings.preferred)
            return other.text, trust if other_sure >= settings.sure_word else trust * settings.fragment
        return text, min(sure, settings.contested if sure >= settings.sure else settings.kept)
    if other_sure >= settings.sure:
        return other.text, settings.preferred if sure < settings.sure else settings.contested
    if sure > other_sure:
        return text, min(sure, settings.kept)
    return other.text, other_sure * settings.fragment
