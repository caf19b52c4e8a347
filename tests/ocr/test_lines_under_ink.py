"""Lines under a stamp or a signature, as the second reader reads them whole in two tones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.text_regions import TextMap, TextRegion
from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.lines_under_ink import InkedPage, with_lines_read_whole
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord
from pipeline.ocr.second_reader import SecondReader
from pipeline.settings import ScanSettings, SecondReaderSettings

SETTINGS = ScanSettings()
EM = 20.0
Reading = list[tuple[str, float]]


@dataclass
class Told:
    """An engine that gives one answer after the other: words as wide as their letters, 10 pixels each."""

    answers: list[Reading]
    name: str = "told"

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        return [self._words(self.answers.pop(0)) for _ in requests]

    def _words(self, reading: Reading) -> tuple[RecognizedWord, ...]:
        found, x = [], 0.0
        for text, sure in reading:
            found.append(RecognizedWord(text, Box(x, 0, x + 10 * len(text), 20), sure, 0, (sure,) * len(text)))
            x += 10.0 * (len(text) + 1)
        return tuple(found)


def printed() -> Pixels:
    """Two lines of letters at 20 and 60 pixels from the top."""
    tones = np.full((100, 320), 255, np.uint8)
    for top in (20, 60):
        for x in range(20, 300, 12):
            cv2.rectangle(tones, (x, top), (x + 6, top + 14), 10, -1)
    return tones


def page(tones: int, inked: bool = True) -> InkedPage:
    """Ink was taken off the first line only."""
    bare, over = printed(), np.zeros((100, 320), np.uint8)
    over[15:40, 100:140] = inked
    labels = np.asarray(bare < 255, dtype=np.uint16)
    region = TextRegion(20, 20, 300, 75, 2, 20, False)
    return InkedPage((bare,) * tones, over, TextMap((region,), labels, np.zeros_like(over)), EM)


def crop(*words: tuple[str, float, float]) -> RecognizedCrop:
    """What the first engine read: each a text, the row of its middle, and its confidence."""
    found = [
        RecognizedWord(text, Box(40.0 * n + 20, y - 8, 40.0 * n + 50, y + 8), sure, 0)
        for n, (text, y, sure) in enumerate(words)
    ]
    return RecognizedCrop(Crop(np.full((100, 320), 255, np.uint8), 0.0, 0.0, 1.0), tuple(found))


def read(
    first: RecognizedCrop, seen: InkedPage, *answers: Reading
) -> tuple[list[str], list[tuple[str, float]], dict[int, tuple[str, ...]]]:
    """The words that stay, those of lines that were read whole, and the readings that these took the place of."""
    second = SecondReader(Told(list(answers)), lambda word: word == "surat", False, SecondReaderSettings())
    rest, lines = with_lines_read_whole(first, 0, seen, second, SETTINGS)
    stay = [word.text for word in rest.words] if rest else []
    whole = [(word.text, word.confidence) for word in lines.words] if lines else []
    return stay, whole, dict(lines.rejected) if lines else {}


def test_what_two_tones_show_alike_stands_for_what_was_read_in_pieces() -> None:
    first = crop(("BAM", 27, 0.5), ("WIDJ'", 27, 0.3), ("M.M.", 27, 0.9), ("Pembina", 67, 0.96))
    tone: Reading = [("BAMBANG", 0.99), ("WIDJANARKO,", 0.95), ("M.M.", 0.99)]
    stay, lines, rejected = read(first, page(2), tone, tone)
    assert stay == ["Pembina"]
    assert lines == [
        ("BAMBANG", SETTINGS.band_twice),
        ("WIDJANARKO,", SETTINGS.band_twice),
        ("M.M.", SETTINGS.band_thrice),
    ]
    assert rejected == {0: ("BAM", "WIDJ'")}


def test_what_two_tones_show_otherwise_is_doubted() -> None:
    answers: tuple[Reading, Reading] = [("SITI", 0.99), ("UNAH", 0.9)], [("SITI", 0.99), ("UNAM", 0.6)]
    _, lines, _ = read(crop(("SITI", 27, 0.9), ("HASITI", 27, 0.4)), page(2), *answers)
    assert lines[0] == ("SITI", SETTINGS.band_thrice)
    assert lines[1][1] <= SETTINGS.second.contested


def test_a_mark_that_only_the_first_engine_saw_is_doubted() -> None:
    tone: Reading = [("drh", 0.99), ("NYOMAN", 0.99)]
    _, lines, _ = read(crop(("drh,", 27, 0.9), ("NYOMAN", 27, 0.9)), page(2), tone, tone)
    assert lines == [("drh", SETTINGS.second.contested), ("NYOMAN", SETTINGS.band_thrice)]


def test_without_colour_a_name_is_never_sure() -> None:
    tone: Reading = [("surat", 0.99), ("OKTAVANA", 0.99)]
    _, lines, _ = read(crop(("surat", 27, 0.9), ("OKTAVANA", 27, 0.9)), page(1), tone)
    assert lines == [("surat", SETTINGS.band_thrice), ("OKTAVANA", SETTINGS.under_stamp)]


def test_what_stands_in_no_line_of_letters_is_part_of_a_coloured_stamp() -> None:
    tone: Reading = [("Pembina", 0.99)]
    stamp = ("maaamanam", 96, 0.7), ("Pembina", 27, 0.9)
    assert read(crop(*stamp), page(2), tone, tone)[0] == []
    assert read(crop(*stamp), page(1), tone)[0] == ["maaamanam"]


def test_a_line_that_the_second_reader_does_not_see_stays_as_it_was() -> None:
    assert read(crop(("Pembina", 27, 0.9)), page(2), [("x", 0.2)], []) == (["Pembina"], [], {})


def test_a_region_without_ink_over_it_is_left_alone() -> None:
    assert read(crop(("Pembina", 27, 0.9)), page(2, inked=False)) == (["Pembina"], [], {})
