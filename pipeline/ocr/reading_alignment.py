"""Two readings of the same words laid beside each other, though neither sees all spaces and letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from statistics import fmean

from rapidfuzz.distance import Levenshtein

from pipeline.ocr.protocol import RecognizedWord
from pipeline.ocr.two_readings import SecondReading
from pipeline.settings import SecondReaderSettings


def matched(
    words: Sequence[RecognizedWord], answer: Sequence[RecognizedWord], settings: SecondReaderSettings
) -> Iterator[tuple[tuple[int, int], SecondReading]]:
    """Part two readings of a span where both have a space, and where the first has one that no reader overlooks.

    That is a wide one, one between letters and digits, or one beside a mark alone.

    Yields:
        The words from `start` to `end`, and what the other reading has in their place: ["Surat", "ke", "putusan"]
        beside "Surat keputusan" gives (0, 1) and "Surat", (1, 3) and "keputusan".
    """
    text, other = "".join(word.text for word in words), "".join(word.text for word in answer)
    places = _places(text, other)
    ends = list(accumulate(len(word.text) for word in words))
    spaces = {0, *accumulate(len(word.text) for word in answer)}
    marks = {
        edge
        for word, end in zip(words, ends, strict=True)
        if re.fullmatch(r"[/–—-]", word.text) and other[places[end - 1] : places[end]] == word.text
        for edge in (end - 1, end)
    }
    start = place = 0
    for index, end in enumerate(ends, 1):
        upto = len(other) if index == len(ends) else places[end]
        if index < len(ends) and upto not in spaces and end not in marks:
            last, following = words[index - 1].box, words[index].box
            mixed = {words[index - 1].text[-1].isdigit(), words[index].text[0].isdigit()} == {True, False}
            if not mixed and following.x0 - last.x1 < settings.wide_gap * following.height:
                continue
        yield (start, index), _slice(answer, place, upto)
        start, place = index, upto


def _places(text: str, other: str) -> list[int]:
    """For each gap between characters of a text, the ends included, where it is in another one that is like it."""
    places = [0] * (len(text) + 1)
    for step in Levenshtein.opcodes(text, other):
        for offset in range(step.src_end - step.src_start):
            places[step.src_start + offset] = min(step.dest_start + offset, step.dest_end)
    places[len(text)] = len(other)
    return places


def _slice(answer: Sequence[RecognizedWord], start: int, end: int) -> SecondReading:
    """The characters from `start` to `end` of an answer, spaces not counted but kept."""
    pieces: list[str] = []
    letters: list[float] = []
    place = 0
    for word in answer:
        part = slice(max(0, start - place), max(0, end - place))
        place += len(word.text)
        if word.text[part]:
            pieces.append(word.text[part])
            letters += word.letters[part] or [word.confidence] * len(word.text[part])
    return SecondReading(" ".join(pieces), tuple(letters))


def sureness(answer: Sequence[RecognizedWord]) -> float:
    """How sure an engine is of an answer's characters on the whole, 0..1; 0 where there is none."""
    letters = [sure for word in answer for sure in word.letters or [word.confidence] * len(word.text)]
    return fmean(letters) if letters else 0.0
