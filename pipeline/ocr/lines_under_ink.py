"""Printed lines that a stamp or a signature runs through, read whole by the second reader in two tones."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

import cv2
import numpy as np

from pipeline.imaging.text_bands import Band, text_bands
from pipeline.imaging.text_regions import TextMap
from pipeline.model.geometry import Box
from pipeline.model.orientation import Orientation
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Crop, RecognizedCrop
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord
from pipeline.ocr.reading_alignment import sureness
from pipeline.ocr.second_reader import SecondReader
from pipeline.ocr.two_readings import MARKS, SecondReading, is_known, settled
from pipeline.settings import ScanSettings

Answer = tuple[RecognizedWord, ...]


@dataclass(frozen=True)
class InkedPage:
    """A page with a stamp or a signature over its print.

    Attributes:
        tones: Pictures of it in which such ink is light, uint8 (rows, columns) each, letters dark: the one that text is
            read from, and where that ink is coloured the lightest channel. They may be finer than the map of the text.
        over: uint8, of the map's shape: 1 where such ink was taken off.
        text: Its text regions.
        em: The text size in pixels of the map.
    """

    tones: tuple[Pixels, ...]
    over: Pixels
    text: TextMap
    em: float

    @cached_property
    def lightest(self) -> Pixels:
        """The lightest tone of each pixel, of the map's shape."""
        tone = np.maximum.reduce(self.tones)
        size = (self.over.shape[1], self.over.shape[0])
        fitted = tone if tone.shape == self.over.shape else cv2.resize(tone, size, interpolation=cv2.INTER_AREA)
        return np.asarray(fitted, dtype=np.uint8)

    def shown(self, part: tuple[slice, slice]) -> list[Pixels]:
        """A part of the map in each tone."""
        fine = self.tones[0].shape[1] / self.over.shape[1]
        rows, columns = (slice(round(side.start * fine), round(side.stop * fine)) for side in part)
        return [np.ascontiguousarray(tone[rows, columns]) for tone in self.tones]


def with_lines_read_whole(
    crop: RecognizedCrop, number: int, page: InkedPage, second: SecondReader, settings: ScanSettings
) -> tuple[RecognizedCrop | None, RecognizedCrop | None]:
    """Read the lines of a region that such ink runs through.

    Where a coloured stamp stands, what was hardly read between the lines is part of it, and goes to their readings.

    Args:
        crop: What the first engine recognised of the region.
        number: Of the region, from 0.
        page: The page.
        second: Reads whole lines.
        settings: The scan's thresholds.

    Returns:
        The crop without the words that the lines take the place of, None where none is left; and the words of the
        lines, None where there are no such lines.
    """
    bands = _bands(number, page, settings) if crop.crop.orientation is Orientation.UPRIGHT else []
    places = {index: _band_of(crop.crop.on_page(word.box), bands, page.em) for index, word in enumerate(crop.words)}
    replaced: set[int] = set()
    words: list[RecognizedWord] = []
    rejected: dict[int, tuple[str, ...]] = {}
    for line, (band, inked) in enumerate(bands):
        mine = [index for index, place in places.items() if place == line]
        read = _read(band, [crop.words[index].text for index in mine], page, second, settings) if inked else []
        if not read:
            continue
        replaced.update(mine)
        others = [crop.words[index].text for index in mine if crop.words[index].text not in {w.text for w in read}]
        rejected |= {len(words): tuple(others)} if others else {}
        words += [replace(word, box=_on_crop(word.box, crop.crop), line=line) for word in read]
    if len(page.tones) > 1 and bands:
        replaced.update(
            index for index, place in places.items() if place is None and _is_stray(crop.words[index], second)
        )
    lines = RecognizedCrop(crop.crop, tuple(words), rejected) if words else None
    return (_without(crop, replaced) if len(replaced) < len(crop.words) or not words else None), lines


def _bands(number: int, page: InkedPage, settings: ScanSettings) -> list[tuple[Band, bool]]:
    """The printed lines of a region, in pixels of the page, and whether ink was taken off each; none without any."""
    region = page.text.regions[number]
    top, left = region.top, region.left
    part = slice(top, region.bottom), slice(left, region.right)
    if np.count_nonzero(page.over[part]) < settings.stamp_touch * settings.stamp_touch * page.over[part].size:
        return []
    own = page.text.labels[part] == number + 1
    bands = [
        (left + x0, top + y0, left + x1, top + y1)
        for x0, y0, x1, y1 in text_bands(page.lightest[part], own, page.em, settings)
    ]
    return [(band, _is_inked(band, page, settings)) for band in bands]


def _is_inked(band: Band, page: InkedPage, settings: ScanSettings) -> bool:
    """Whether ink was taken off somewhere along a line, or right beside it."""
    if band[2] - band[0] < settings.band_narrow * page.em:
        return False  # a part of a letter whose rest another region has
    columns = page.over[_around(band, page, settings)].any(axis=0)
    return bool(np.count_nonzero(columns) >= settings.band_touch * page.em)


def _around(band: Band, page: InkedPage, settings: ScanSettings) -> tuple[slice, slice]:
    """The rows and columns of a line with its margins."""
    left, top, right, bottom = band
    above, beside = round(settings.band_above * page.em), round(settings.band_beside * page.em)
    rows, columns = page.over.shape
    return (
        slice(max(0, top - above), min(rows, bottom + above)),
        slice(max(0, left - beside), min(columns, right + beside)),
    )


def _band_of(box: Box, bands: Sequence[tuple[Band, bool]], reach: float) -> int | None:
    """Which band the middle of a box of the page lies in, or right beside; `reach` is how far before or behind it."""
    x, y = box.center
    near = [
        (abs(y - (top + bottom) / 2) / (bottom - top), line)
        for line, ((left, top, right, bottom), _) in enumerate(bands)
        if left - reach <= x <= right + reach
    ]
    return min(near)[1] if near and min(near)[0] <= 1 else None


def _read(
    band: Band, first: Sequence[str], page: InkedPage, second: SecondReader, settings: ScanSettings
) -> list[RecognizedWord]:
    """The words of a line, in pixels of the page, as the second reader reads it; none where it sees next to nothing.

    Args:
        band: The line.
        first: The words that the first engine read there.
        page: The page.
        second: The reader.
        settings: The scan's thresholds.
    """
    rows, columns = _around(band, page, settings)
    shown = page.shown((rows, columns))
    answers = second.engine.recognize([RecognitionRequest(part, "line") for part in shown])
    answers = sorted(answers, key=sureness, reverse=True)
    if sureness(answers[0]) < settings.band_seen:
        return []
    words = _settled_tones(answers, frozenset(first), second, settings)
    x0, top, bottom = columns.start, band[1], band[3]
    step = (columns.stop - columns.start) / shown[0].shape[1]
    places = [(x0 + word.box.x0 * step, x0 + word.box.x1 * step) for word in words]
    return [
        replace(word, box=Box(start, top, end, bottom))
        for word, (start, end) in zip(words, places, strict=True)
        if word.text
    ]


def _settled_tones(
    answers: Sequence[Answer], first: frozenset[str], second: SecondReader, settings: ScanSettings
) -> list[RecognizedWord]:
    """The words of a line that was read in one tone, or in two: the surer answer is the first one."""
    if len(answers) < 2 or not answers[1]:
        return [_alone(word, first, second, settings) for word in answers[0]]
    words: list[RecognizedWord] = []
    for group, others in _side_by_side(answers[0], answers[1], settings):
        text, sure = " ".join(word.text for word in group), min((word.confidence for word in group), default=0.0)
        other = SecondReading(" ".join(word.text for word in others), tuple(c for word in others for c in word.letters))
        chosen, trust = settled(text, sure, other, second.knows, second.settings)
        if text.replace(" ", "") == other.whole:
            trust = _agreed(chosen, max(sure, other.confidence), first, settings)
        elif chosen in first:
            trust = max(trust, second.settings.preferred)
        words += _parted(chosen, group or others, trust)
    return words


def _side_by_side(one: Answer, other: Answer, settings: ScanSettings) -> Iterator[tuple[Answer, Answer]]:
    """Two readings of a line in parts, each as short as words of both allow that stand in the same place."""
    placed = sorted(
        [(word.box.x0, word.box.x1, which, word) for which, answer in enumerate((one, other)) for word in answer],
        key=itemgetter(0),
    )
    group: tuple[list[RecognizedWord], list[RecognizedWord]] = ([], [])
    end = -math.inf
    for x0, x1, which, word in placed:
        if x0 > end - settings.band_overlap * min(x1 - x0, word.box.height) and any(group):
            yield tuple(group[0]), tuple(group[1])
            group = ([], [])
        group[which].append(word)
        end = max(end, x1)
    if any(group):
        yield tuple(group[0]), tuple(group[1])


def _agreed(text: str, sure: float, first: frozenset[str], settings: ScanSettings) -> float:
    """How sure a word is that is read alike in two tones, by whether the first engine read it so, too."""
    if all(part in first for part in text.split(" ")):
        return settings.band_thrice
    if len(text) >= settings.band_long and any(text in one for one in first):
        return settings.band_twice
    if sure < settings.band_sure:
        return min(sure, settings.under_stamp)
    unmarked = text.strip(MARKS)
    return settings.second.contested if unmarked in {one.strip(MARKS) for one in first} else settings.band_twice


def _alone(word: RecognizedWord, first: frozenset[str], second: SecondReader, settings: ScanSettings) -> RecognizedWord:
    """A word read in one tone: trusted where the first engine read it so, and it is a word or a number."""
    sensible = is_known(word.text, second.knows) or word.text.isdigit()
    sure = word.text in first and sensible and word.confidence >= settings.band_sure
    return replace(word, confidence=settings.band_thrice if sure else min(word.confidence, settings.under_stamp))


def _parted(text: str, group: Sequence[RecognizedWord], trust: float) -> list[RecognizedWord]:
    """A text as its words, which share the place of a group by their letters."""
    start, end = group[0].box.x0, group[-1].box.x1
    step, place, words = (end - start) / max(1, len(text)), 0, []
    for part in text.split(" "):
        box = Box(start + step * place, group[0].box.top, start + step * (place + len(part)), group[0].box.bottom)
        words.append(RecognizedWord(part, box, trust, 0))
        place += len(part) + 1
    return words


def _is_stray(word: RecognizedWord, second: SecondReader) -> bool:
    """Whether a word that no line of letters takes in is nothing but a stamp: no word, and not read surely."""
    return word.confidence < second.settings.doubted and not is_known(word.text, second.knows)


def _on_crop(box: Box, crop: Crop) -> Box:
    """A box of the page in pixels of an upright crop."""
    return box.shifted(-crop.left, -crop.top).scaled(crop.zoom)


def _without(crop: RecognizedCrop, replaced: set[int]) -> RecognizedCrop:
    kept = [index for index in range(len(crop.words)) if index not in replaced]
    rejected = {place: crop.rejected[index] for place, index in enumerate(kept) if index in crop.rejected}
    return RecognizedCrop(crop.crop, tuple(crop.words[index] for index in kept), rejected)
