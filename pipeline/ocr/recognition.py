"""Words from the text blocks of an upright page, each block read in the way that suits it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.imaging.text_regions import Block, TextMap
from pipeline.model.orientation import Orientation
from pipeline.model.page import Word
from pipeline.model.pixels import Pixels
from pipeline.ocr.crops import Cut, cut, placed
from pipeline.ocr.engine import Engine, Mode, Reading, Snippet
from pipeline.settings import ScanSettings

DIGITS = "0123456789"
NUMERIC = re.compile(r"[\dOolISsBZzgq|]+(?:[./:,-][\dOolISsBZzgq|]+)*[.,]?")
MIXED = re.compile(r"(?=.*\d)(?=.*[OolI|])[\dOolI|./:,-]+")  # digits, and letters that look like some
STROKES = frozenset("l|")
LINE_REMAINS = re.compile(r"[|¦_\\]+")


@dataclass(frozen=True)
class _Read:
    """A sheet and what the engine made of it; `rejected` are other readings, by the index of the word."""

    sheet: Cut
    readings: tuple[Reading, ...]
    rejected: dict[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Reader:
    """Reads the blocks of one page, each no more often than needed.

    `grey` is the cleaned picture, dark on white; `em` the text size in pixels; `scale` pixels per point.
    """

    grey: Pixels
    text: TextMap
    em: float
    scale: float
    engine: Engine
    settings: ScanSettings
    _known: dict[int, _Read] = field(default_factory=dict)

    def words(self) -> list[Word]:
        """The words of all blocks in points, block by block."""
        found: list[Word] = []
        for read in self._second_look(self._read(range(len(self.text.blocks)))):
            words = placed(read.readings, read.sheet, self.scale)
            told = [replace(word, readings=read.rejected.get(place, ())) for place, word in enumerate(words)]
            told = [_one_letter(word) for word in _capitals(told)]
            found += _without_remains(told)
        return found

    def stands_on_its_head(self) -> bool:
        """Whether a few of its longer lines are read with more confidence when turned over.

        Only where they are read badly as they stand: the check costs next to nothing on a page that is upright.
        """
        reads = self._read(self._probes())
        upright = certainty([read.readings for read in reads])
        if not reads or upright >= self.settings.sure_of_direction:
            return False
        over = [self._ask([(read.sheet.upright(Orientation.UPSIDE_DOWN), "block")])[0] for read in reads]
        return certainty([read.readings for read in over]) > upright + self.settings.direction_lead

    def _probes(self) -> list[int]:
        """The blocks that tell most for least work: of some letters, and of few lines."""
        blocks = self.text.blocks
        telling = [i for i, b in enumerate(blocks) if b.letters >= self.settings.probe_letters and not b.standing]
        return sorted(telling, key=lambda i: (blocks[i].lines, -blocks[i].letters))[: self.settings.probes]

    def _read(self, indices: Sequence[int]) -> list[_Read]:
        """Some blocks as they lie, those with standing writing as it is turned most surely."""
        new = [index for index in indices if index not in self._known]
        lying = [index for index in new if not self.text.blocks[index].standing]
        jobs = [(cut(self.grey, self.text, i, self.em, self.settings), mode_of(self.text.blocks[i])) for i in lying]
        self._known.update(zip(lying, self._ask(jobs), strict=True))
        self._known.update({index: self._read_standing(index) for index in new if self.text.blocks[index].standing})
        return [self._known[index] for index in indices]

    def _read_standing(self, index: int) -> _Read:
        """Writing that runs up or down: bottom to top first, which is the custom, then the other ways."""
        sheet = cut(self.grey, self.text, index, self.em, self.settings)
        reads: list[_Read] = []
        for orientation in (Orientation.BOTTOM_TO_TOP, Orientation.TOP_TO_BOTTOM, Orientation.UPRIGHT):
            reads += self._ask([(sheet.upright(orientation), mode_of(self.text.blocks[index]))])
            if certainty([reads[-1].readings]) >= self.settings.sure_of_direction:
                break
        return max(reads, key=lambda read: certainty([read.readings]))

    def _ask(self, jobs: Sequence[tuple[Cut, Mode]]) -> list[_Read]:
        answers = self.engine.read([Snippet(sheet.pixels, mode) for sheet, mode in jobs])
        return [_Read(sheet, readings) for (sheet, _), readings in zip(jobs, answers, strict=True)]

    def _second_look(self, reads: Sequence[_Read]) -> list[_Read]:
        """Numbers that were read with little confidence, read again as nothing but digits."""
        doubts = [
            (which, place, reading)
            for which, read in enumerate(reads)
            for place, reading in enumerate(read.readings)
            if self._is_doubtful_number(reading, read)
        ]
        snippets = [self._number_snippet(reads[which].sheet, reading) for which, _, reading in doubts]
        seen = list(reads)
        for (which, place, first), answer in zip(doubts, self.engine.read(snippets), strict=True):
            if len(answer) == 1:
                seen[which] = _settled(seen[which], place, first, answer[0])
        return seen

    def _is_doubtful_number(self, reading: Reading, read: _Read) -> bool:
        """Whether a word of little confidence could be a number: "l5", "1O"; or stands alone in a cell as one mark."""
        sure = self.settings.sure_of_mixed if MIXED.fullmatch(reading.text) else self.settings.sure_of_number
        if reading.confidence >= sure or not NUMERIC.fullmatch(reading.text):
            return False
        return any(c.isdigit() for c in reading.text) or (len(read.readings) == 1 and len(reading.text) <= 2)

    def _number_snippet(self, sheet: Cut, reading: Reading) -> Snippet:
        marks = "".join(sorted({c for c in reading.text if c in "./:,-"}))
        picture = sheet.part(reading.box, self.settings.snippet_margin * self.em, self.settings.second_zoom)
        return Snippet(picture, "line", DIGITS + marks)


def mode_of(block: Block) -> Mode:
    """A single line is read as one."""
    return "line" if block.lines <= 1 else "block"


def certainty(readings: Sequence[Sequence[Reading]]) -> float:
    """The mean confidence of all letters and digits read, 0 where there are none."""
    scored = [(sum(c.isalnum() for c in r.text), r.confidence) for found in readings for r in found]
    letters = sum(count for count, _ in scored)
    return sum(count * confidence for count, confidence in scored) / letters if letters else 0.0


def _settled(read: _Read, place: int, first: Reading, second: Reading) -> _Read:
    """Of two readings of a number the surer one stands, the other is kept beside it."""
    if second.text == first.text:
        sure = replace(first, confidence=max(first.confidence, second.confidence))
        return replace(read, readings=_with(read.readings, place, sure))
    if second.confidence <= first.confidence:
        return replace(read, rejected={**read.rejected, place: (second.text,)})
    better = replace(first, text=second.text, confidence=second.confidence)
    return _Read(read.sheet, _with(read.readings, place, better), {**read.rejected, place: (first.text,)})


def _with(readings: tuple[Reading, ...], place: int, reading: Reading) -> tuple[Reading, ...]:
    return (*readings[:place], reading, *readings[place + 1 :])


def _capitals(words: list[Word]) -> list[Word]:
    """A lone stroke among capitals is an I: "ORGA NISAS l" -> "ORGA NISAS I"."""
    letters = [c for word in words for c in word.text if c.isalpha() and word.text not in STROKES]
    if len(letters) < 4 or not all(c.isupper() for c in letters):
        return words
    return [replace(w, text="I", readings=(*w.readings, w.text)) if w.text in STROKES else w for w in words]


def _one_letter(word: Word) -> Word:
    """A lone letter that was read in both cases, in the room of one, is the capital: "vV" -> "V"."""
    twice = len(word.text) == 2 and word.text[0].lower() == word.text[1].lower() and word.text[1].isupper()
    if not twice or word.text[0].isupper() or word.box.width > 1.3 * word.box.height:
        return word
    return replace(word, text=word.text[1], readings=(*word.readings, word.text))


def _without_remains(words: Sequence[Word]) -> list[Word]:
    """The words without the bars that remains of ruling lines are read as."""
    return [word for word in words if not LINE_REMAINS.fullmatch(word.text)]
