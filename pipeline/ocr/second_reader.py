"""Doubtful words of a page read again by a second engine, in pictures of a line or less."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.model.geometry import Box, union
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import RecognizedCrop
from pipeline.ocr.page_pixels import PagePixels, own_letters
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord
from pipeline.ocr.reading_alignment import sureness
from pipeline.ocr.reading_outcomes import Span, with_answers
from pipeline.ocr.two_readings import Knows, is_known
from pipeline.settings import SecondReaderSettings

STROKE_NUMBER = re.compile(r"1[0-9]?[1-46-9]")  # a ruling beside a digit makes one: "11" of "|1"
ODD_SIGNS = frozenset("@©®¢¤°«»#~^{}<>\\¥€£")


@dataclass(frozen=True)
class SecondReader:
    """A second engine, and when it is asked.

    Attributes:
        engine: Reads pictures of single lines.
        knows: Tells whether a string of letters is a word.
        every_line: It reads all lines; else only those parts that the first engine doubts or that are no words.
        settings: When a word is doubted, and which of two readings stands.
    """

    engine: Engine
    knows: Knows
    every_line: bool
    settings: SecondReaderSettings

    def read(self, crops: Sequence[RecognizedCrop], page: PagePixels) -> list[RecognizedCrop]:
        """Read doubtful parts of crops again, as the page shows them: with the lines that run through them.

        What is not read surely so is shown once more as its letters alone.
        """
        asked = [(which, span) for which, crop in enumerate(crops) for span in self._asked(crop, page.em)]
        seen = [(crops[which], self._box(crops[which], span, page.em)) for which, span in asked]
        answers = self._answers([page.part(crop, *boxes) for crop, boxes in seen])
        unsure = [index for index, answer in enumerate(answers) if sureness(answer) < self.settings.sure]
        again = self._answers([own_letters(*seen[index]) for index in unsure])
        for index, answer in zip(unsure, again, strict=True):
            answers[index] = max(answers[index], answer, key=sureness)
        found: dict[int, list[tuple[Span, tuple[RecognizedWord, ...]]]] = defaultdict(list)
        for (which, span), answer in zip(asked, answers, strict=True):
            found[which].append((span, answer))
        return [with_answers(crop, found[which], self.knows, self.settings) for which, crop in enumerate(crops)]

    def _asked(self, crop: RecognizedCrop, em: float) -> Iterator[Span]:
        """The parts of a crop that are read again; an empty one is a low crop in which nothing was recognised."""
        if not crop.words:
            if len(crop.crop.pixels) <= self.settings.low_crop * em * crop.crop.zoom:
                yield ()
            return
        lines: dict[int, list[int]] = defaultdict(list)
        for index, word in enumerate(crop.words):
            lines[word.line].append(index)
        whole = self._pieces(crop, list(lines.values()))
        reach = self.settings.context * em * crop.crop.zoom
        for line in lines.values():
            if self.every_line or lacks_day([crop.words[index].text for index in line]):
                yield tuple(line)
                continue
            doubted = [
                place for place, index in enumerate(line) if self.is_doubtful(crop.words[index], known=index in whole)
            ]
            while doubted:
                first = last = doubted.pop(0)
                while doubted and crop.words[line[doubted[0]]].box.x0 - crop.words[line[last]].box.x1 <= reach:
                    last = doubted.pop(0)
                yield tuple(line[first : last + 1])

    def _pieces(self, crop: RecognizedCrop, lines: Sequence[Sequence[int]]) -> set[int]:
        """The words that are known pieces: what ends a line and what begins the next one are together a word."""
        ends = [(line[-1], following[0]) for line, following in pairwise(lines)]
        return {
            index
            for pair in ends
            if is_known("".join(crop.words[index].text for index in pair).replace("-", ""), self.knows)
            for index in pair
        }

    def is_doubtful(self, word: RecognizedWord, known: bool = False) -> bool:
        """Whether a word was recognised with little confidence, or is no word of the language, unless `known` as one.

        Digits among letters are always doubtful, and so are signs that bullets and specks are taken for, and uneven
        numbers that begin as a stroke does.
        """
        letters = any(c.isalpha() for c in word.text)
        digits = any(c.isdigit() for c in word.text)
        if (letters and digits) or not ODD_SIGNS.isdisjoint(word.text):
            return True
        if digits:
            stroke = STROKE_NUMBER.fullmatch(word.text) is not None
            return stroke or word.confidence < self.settings.doubted_number
        unknown = letters and not known and not is_known(word.text, self.knows)
        return unknown or word.confidence < self.settings.doubted

    def _answers(self, pictures: Sequence[Pixels]) -> list[tuple[RecognizedWord, ...]]:
        return self.engine.recognize([RecognitionRequest(pixels, "line") for pixels in pictures])

    def _box(self, crop: RecognizedCrop, span: Span, em: float) -> tuple[Box, Box]:
        """What to show of a crop for a span to be read, and the part of it that the span's words take up."""
        size = em * crop.crop.zoom
        above, (before, behind) = self.settings.margin * size, self.settings.side_margin
        if not span:
            rows, columns = crop.crop.pixels.shape
            inside = Box(0.0, 0.0, float(columns), float(rows))
            return inside, inside.grown(-before * size)
        line = [word for word in crop.words if word.line == crop.words[span[0]].line]
        if lacks_day([word.text for word in line]):
            before = behind = self.settings.cell_reach
        box = union(crop.words[index].box for index in span)
        usual = median(word.box.height for word in line)
        whole = union(word.box for word in line if word.box.height <= self.settings.tall * usual)
        left = max((word.box.x1 for word in line if word.box.x1 <= box.x0), default=-math.inf)
        right = min((word.box.x0 for word in line if word.box.x0 >= box.x1), default=math.inf)
        start, end = max(box.x0 - before * size, (left + box.x0) / 2), min(box.x1 + behind * size, (right + box.x1) / 2)
        return Box(start, whole.top - above, end, whole.bottom + above), box


def lacks_day(line: Sequence[str]) -> bool:
    """Whether a line is a month and a year: the day before it may be written by hand, and across a ruling."""
    return len(line) == 2 and line[0].isalpha() and re.fullmatch(r"(19|20)\d\d", line[1]) is not None
