"""Words from the text regions of an upright page, each region read in the way that suits it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.imaging.text_regions import TextMap, TextRegion
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Crop, RecognizedCrop, crop_region, words_apart
from pipeline.ocr.dashes import lone_dash
from pipeline.ocr.end_marks import with_semicolons
from pipeline.ocr.lines_under_ink import InkedPage, with_lines_read_whole
from pipeline.ocr.over_print import distrusted_under_ink, doubted_under_ink
from pipeline.ocr.page_pixels import PagePixels
from pipeline.ocr.protocol import Engine, Mode, RecognitionRequest
from pipeline.ocr.second_opinion import second_opinion
from pipeline.ocr.second_reader import SecondReader
from pipeline.settings import ScanSettings

STROKES = frozenset("l|")
BARS = frozenset("|¦")
LINE_REMAINS = re.compile(r"[|¦_\\]+")

# Bottom to top is the custom of writing that runs along a page's height.
VERTICAL_ORDER = (Orientation.BOTTOM_TO_TOP, Orientation.TOP_TO_BOTTOM, Orientation.UPRIGHT)


@dataclass(frozen=True)
class PageRecognizer:
    """Reads the text regions of one page, each no more often than needed.

    Attributes:
        grey: The cleaned picture, uint8 (rows, columns), dark on white; it may be finer than the map of the text.
        text: The text regions.
        em: The text size in pixels of the map.
        scale: Pixels of the map per point.
        engine: What reads them.
        settings: The scan's thresholds.
        second: What reads doubtful words again; None where nothing does.
        over: uint8, of the map's shape: 1 where a stamp or a signature was taken off the print; None on a page
            without.
        lightest: The page's lightest channel, of the picture's shape; None where there is no colour.
    """

    grey: Pixels
    text: TextMap
    em: float
    scale: float
    engine: Engine
    settings: ScanSettings
    second: SecondReader | None = None
    over: Pixels | None = None
    lightest: Pixels | None = None
    _known: dict[int, RecognizedCrop] = field(default_factory=dict)

    def words(self) -> list[Word]:
        """Read all regions: their words in points, region by region."""
        self._recognized(range(len(self.text.regions)))
        crops = self._turned_alike()
        margin = self.settings.crop_margin * self.em
        found: list[Word] = []
        crops = second_opinion(crops, margin, self.engine, self.settings)
        crops = [with_semicolons(crop, self.settings) for crop in crops]
        for crop in self._read_again(crops):
            words = crop.on_page(self.scale)
            words = letter_strokes(capital_strokes(words, self.settings), self.settings)
            found += without_line_remains(single_capital(word, self.settings) for word in words)
        return found

    def _read_again(self, crops: list[RecognizedCrop]) -> list[RecognizedCrop]:
        """Crops with what the second reader said of them, where there is one; words under a stamp are doubted."""
        over, em, settings = self.over, self.em, self.settings
        lines: list[RecognizedCrop] = []
        if over is not None and self.second is not None:
            inked = InkedPage(self._tones(), over, self.text, em)
            read = [with_lines_read_whole(crop, n, inked, self.second, settings) for n, crop in enumerate(crops)]
            crops, lines = [rest for rest, _ in read if rest], [line for _, line in read if line]
        if over is not None:
            crops = [doubted_under_ink(crop, over, em, settings) for crop in crops]
        if self.second is None:
            return crops
        scale = self.grey.shape[1] / self.text.labels.shape[1]
        page = PagePixels(self.grey, scale, em, self.text.bare_lines, self.text.labels)
        crops = self.second.read(crops, page)
        if over is not None:
            crops = [distrusted_under_ink(crop, over, em, self.second.knows, settings) for crop in crops]
        return [*crops, *lines]

    def _tones(self) -> tuple[Pixels, ...]:
        return (self.grey,) if self.lightest is None else (self.grey, self.lightest)

    def is_upside_down(self) -> bool:
        """Whether a few of its longer lines are read with more confidence when turned over.

        Only where they are read badly as they stand: the check costs next to nothing on a page that is upright.
        """
        crops = self._recognized(self._probes())
        upright = certainty(crops)
        if not crops or upright >= self.settings.sure_of_orientation:
            return False
        over = [self._ask([(crop.crop.upright(Orientation.UPSIDE_DOWN), "block")])[0] for crop in crops]
        return certainty(over) > upright + self.settings.orientation_lead

    def _probes(self) -> list[int]:
        """The regions that tell most for least work: of some letters, and of few lines."""
        regions = self.text.regions
        telling = [
            i
            for i, region in enumerate(regions)
            if region.letter_count >= self.settings.probe_letters and not region.is_vertical
        ]
        return sorted(telling, key=lambda i: (regions[i].line_count, -regions[i].letter_count))[: self.settings.probes]

    def _recognized(self, indices: Sequence[int]) -> list[RecognizedCrop]:
        """Some regions as they lie, those with vertical writing in the orientation that is read most surely."""
        new = [index for index in indices if index not in self._known]
        horizontal = {index: self._crop(index) for index in new if not self.text.regions[index].is_vertical}
        for index, crop in list(horizontal.items()):
            dash = lone_dash(crop, self.text, index, self.em, self.settings)
            if dash is not None:
                self._known[index] = RecognizedCrop(horizontal.pop(index), (dash,))
        jobs = [(crop, mode_of(self.text.regions[index])) for index, crop in horizontal.items()]
        for index, read in zip(horizontal, self._ask(jobs), strict=True):
            self._known[index] = self._vertical_after_all(index, read)
        self._known.update({index: self._vertical(index) for index in new if self.text.regions[index].is_vertical})
        return [self._known[index] for index in indices]

    def _vertical(self, index: int) -> RecognizedCrop:
        """A region of vertical writing, tried in one orientation after the other until one is read surely."""
        return self._surest(self._crop(index), mode_of(self.text.regions[index]), VERTICAL_ORDER)

    def _turned_alike(self) -> list[RecognizedCrop]:
        """All regions; those of vertical writing in the orientation of most of it, where they are read as surely so.

        A short head turned the other way may look like other letters: "Kepala UPT" from below like "Ldn ereday".
        """
        regions = range(len(self.text.regions))
        votes: dict[Orientation, int] = {}
        for index in regions:
            read = self._known[index]
            if not read.crop.orientation.is_horizontal and certainty([read]) >= self.settings.orientation_vote:
                letters = sum(c.isalpha() for word in read.words for c in word.text)
                votes[read.crop.orientation] = votes.get(read.crop.orientation, 0) + letters
        if votes:
            usual = max(votes, key=lambda orientation: votes[orientation])
            for index in regions:
                read = self._known[index]
                upright = read.crop.orientation.is_horizontal
                if read.crop.orientation != usual and (not upright or self._is_high(index)):
                    turned = self._ask([(read.crop.upright(usual), mode_of(self.text.regions[index]))])[0]
                    several = sum(c.isalpha() for word in turned.words for c in word.text)
                    least = max(self.settings.sure_of_orientation, certainty([read]))
                    if several >= self.settings.high_letters and certainty([turned]) >= least:
                        self._known[index] = turned
        return [self._known[index] for index in regions]

    def _is_high(self, index: int) -> bool:
        """Whether a region that is read as it lies may be vertical writing: higher than wide, and of few lines."""
        region, settings = self.text.regions[index], self.settings
        width, height = (region.right - region.left) / self.em, (region.bottom - region.top) / self.em
        return height >= max(settings.high_least, settings.high_region * width) and width <= settings.high_width

    def _vertical_after_all(self, index: int, read: RecognizedCrop) -> RecognizedCrop:
        """A short high region that reads badly as it lies, as vertical writing where that is sure.

        Letters that touch are too few components to tell how they run.
        """
        region, settings = self.text.regions[index], self.settings
        if not self._is_high(index) or certainty([read]) >= settings.sure_of_orientation:
            return read
        width = (region.right - region.left) / self.em
        mode: Mode = "line" if width <= settings.high_least else "block"
        turned = self._surest(read.crop, mode, VERTICAL_ORDER[:2])
        several = sum(c.isalpha() for word in turned.words for c in word.text) >= settings.high_letters
        sure = max(settings.sure_of_orientation, certainty([read]) + settings.orientation_lead)
        return turned if several and certainty([turned]) >= sure else read

    def _surest(self, crop: Crop, mode: Mode, orientations: Sequence[Orientation]) -> RecognizedCrop:
        """A crop in one orientation after the other until it is read surely in one, else in the surest."""
        tried: list[RecognizedCrop] = []
        for orientation in orientations:
            tried += self._ask([(crop.upright(orientation), mode)])
            if certainty(tried[-1:]) >= self.settings.sure_of_orientation:
                break
        return max(tried, key=lambda one: certainty([one]))

    def _crop(self, index: int) -> Crop:
        return crop_region(self.grey, self.text, index, self.em, self.settings)

    def _ask(self, jobs: Sequence[tuple[Crop, Mode]]) -> list[RecognizedCrop]:
        answers = self.engine.recognize([RecognitionRequest(crop.pixels, mode) for crop, mode in jobs])
        return [
            RecognizedCrop(crop, words_apart(words, self.settings))
            for (crop, _), words in zip(jobs, answers, strict=True)
        ]


def mode_of(region: TextRegion) -> Mode:
    """How a region is to be read: a single line is read as one."""
    return "line" if region.line_count <= 1 else "block"


def certainty(crops: Sequence[RecognizedCrop]) -> float:
    """The mean confidence of all letters and digits read, 0..1, 0 where there are none."""
    scored = [(sum(c.isalnum() for c in word.text), word.confidence) for crop in crops for word in crop.words]
    letters = sum(count for count, _ in scored)
    return sum(count * confidence for count, confidence in scored) / letters if letters else 0.0


def capital_strokes(words: list[Word], settings: ScanSettings) -> list[Word]:
    """Read a lone stroke among capitals as an I: "ORGA NISAS l" -> "ORGA NISAS I"."""
    letters = [c for word in words for c in word.text if c.isalpha() and word.text not in STROKES]
    if len(letters) < settings.capitals_needed or not all(c.isupper() for c in letters):
        return words
    return [replace(w, text="I", readings=(*w.readings, w.text)) if w.text in STROKES else w for w in words]


def letter_strokes(words: list[Word], settings: ScanSettings) -> list[Word]:
    """Read a lone bar of a letter's height as the letter that it stands for, rather than as remains of a line.

    Behind a capitalised word it is an I: "Tingkat |" -> "Tingkat I". Alone below a small letter, where the next line
    begins, it is the l that its line had no room for: "materia", "|" -> "materia", "l".
    """
    read = list(words)
    for index, (last, word) in enumerate(pairwise(words), 1):
        if word.text in BARS and (letter := _letter_of(word, last, words[:index], settings)):
            read[index] = replace(word, text=letter, readings=(*word.readings, word.text))
    return read


def _letter_of(bar: Word, last: Word, before: Sequence[Word], settings: ScanSettings) -> str | None:
    """What a bar is that follows a word, None where it is no letter."""
    low, high = settings.bar_height
    if not last.text.isalpha() or not low * last.box.height <= bar.box.height <= high * last.box.height:
        return None
    slack = settings.bar_slack * last.box.height
    if abs(bar.box.top - last.box.top) <= slack:
        behind = 0 < bar.box.x0 - last.box.x1 <= settings.bar_reach * last.box.height
        return "I" if behind and last.text[0].isupper() else None
    below = 0 < bar.box.top - last.box.bottom <= settings.bar_reach * last.box.height
    begins = abs(bar.box.x0 - min(word.box.x0 for word in before)) <= slack
    return "l" if below and begins and last.text[-1].islower() else None


def single_capital(word: Word, settings: ScanSettings) -> Word:
    """Take a lone letter that was read in both cases, in the room of one, for the capital: "vV" -> "V"."""
    twice = len(word.text) == 2 and word.text[0].lower() == word.text[1].lower() and word.text[1].isupper()
    if not twice or word.text[0].isupper() or word.box.width > settings.one_letter_width * word.box.height:
        return word
    return replace(word, text=word.text[1], readings=(*word.readings, word.text))


def without_line_remains(words: Iterable[Word]) -> list[Word]:
    """Leave out the bars that remains of ruling lines are read as."""
    return [word for word in words if not LINE_REMAINS.fullmatch(word.text)]
