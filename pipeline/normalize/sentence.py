"""The words of one sentence or list item on their way through the rules, with what the page told about each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from math import prod

from pipeline.model.draft import Change
from pipeline.model.frequent import frequent_value
from pipeline.model.page import CellText, Line, Word
from pipeline.model.text import squash

SOFT_HYPHEN = "\u00ad"
_LEAST_POINTS = 0.1  # of a width or text size that is divided by: a word without extent is none


@frequent_value(frozen=True, slots=True)
class CellWord:
    """A printed word and how it follows the one before it.

    Attributes:
        text: Its letters and marks.
        confidence: The recogniser's, 0..1; None for a text layer.
        new_line: It begins a line.
        room: What the line before left free, in widths of this word's letters; None within a line.
        alone: The word before stood alone on its line.
        gap: The space before it within a line, in shares of the text size.
        glued: No space stands before it.
        mended: A rule changed its letters or spaces.
        sure: How sure the rules are of it, 0..1; None where they had nothing to decide.
        piece: It is only a part of a word, the rest of which is lost.
        disputed: Another reading of it has other letters.
    """

    text: str
    confidence: float | None = None
    new_line: bool = False
    room: float | None = None
    alone: bool = False
    gap: float | None = None
    glued: bool = False
    mended: bool = False
    sure: float | None = None
    piece: bool = False
    disputed: bool = False


@frequent_value(frozen=True, slots=True)
class Sentence:
    """Words in order, and what the rules have changed in them so far."""

    words: tuple[CellWord, ...]
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """One line of text: a space before every word that is not glued to the last."""
        return "".join([word.text if word.glued else " " + word.text for word in self.words]).strip()

    @property
    def scanned(self) -> bool:
        """Whether a recogniser read these words, so that their letters and spaces may be misread."""
        return any(word.confidence is not None for word in self.words)

    def changed(self, words: Iterable[CellWord], changes: Sequence[Change]) -> Sentence:
        """Build this sentence anew with other words and further changes."""
        return Sentence(tuple(words), (*self.changes, *changes))

    def with_each(self, rule: str, mend: Callable[[CellWord], CellWord]) -> Sentence:
        """Mend every word by itself; a change by `rule` is noted where its text differs afterwards."""
        words = [mend(word) for word in self.words]
        texts = [(old.text, new.text) for old, new in zip(self.words, words, strict=True)]
        return self.changed(words, [Change(rule, old, new) for old, new in texts if old != new])


def merged(words: Sequence[CellWord], text: str | None = None) -> CellWord:
    """Merge words into one that follows as the first did and is trusted as the least; `text` instead of their sum."""
    if len(words) == 1 and text is None:
        return words[0]
    scored = [word.confidence for word in words if word.confidence is not None]
    return replace(
        words[0],
        text="".join(word.text for word in words) if text is None else text,
        confidence=min(scored, default=None),
        sure=_all_sure(words),
        mended=any(word.mended for word in words),
    )


def sentence_of(cell: CellText, lines: Sequence[Line], margin: float, narrowest: float) -> Sentence:
    """Collect the words of some lines of a cell.

    Args:
        cell: The cell, whose box the room at the lines' ends is measured in.
        lines: The lines of one sentence or list item.
        margin: What text keeps free at each of the cell's sides, in points.
        narrowest: The least width of a letter, in shares of the text size.
    """
    found = []
    for place, line in enumerate(lines):
        found.append(_first_word(cell, lines[place - 1] if place else None, line.words[0], margin, narrowest))
        found += [
            CellWord(word.text, word.confidence, gap=_gap(last, word), piece=word.piece, disputed=_is_disputed(word))
            for last, word in pairwise(line.words)
        ]
    return Sentence(tuple(_without_soft_hyphens(found)))


def side_margin(cells: Iterable[CellText]) -> float:
    """Measure the least margin in points that any line keeps to its cell's sides; 0 where there is no line."""
    margins = [margin for cell in cells for line in cell.lines for margin in _margins(cell, line)]
    return max(0.0, min(margins, default=0.0))


def _all_sure(words: Iterable[CellWord]) -> float | None:
    """How sure the rules are of all these words; None where they decided nothing about any."""
    decided = [word.sure for word in words if word.sure is not None]
    return prod(decided) if decided else None


def _first_word(cell: CellText, line_before: Line | None, word: Word, margin: float, narrowest: float) -> CellWord:
    """The first word of a line as it follows the line before."""
    if line_before is None:
        return CellWord(word.text, word.confidence, piece=word.piece, disputed=_is_disputed(word))
    room = _room_left(cell, line_before, margin) / _letter_width(word, narrowest)
    alone = len(line_before.words) == 1
    return CellWord(word.text, word.confidence, True, room, alone, piece=word.piece, disputed=_is_disputed(word))


def _is_disputed(word: Word) -> bool:
    """Whether another reading of a word has other letters, and as many: "Baaian" beside "Baqian"."""
    if not word.readings:
        return False
    own = squash(word.text)
    return any(len(other) == len(own) and other != own for other in map(squash, word.readings))


def _without_soft_hyphens(words: Iterable[CellWord]) -> list[CellWord]:
    """The words with those broken at a soft hyphen whole again: "pengadminis\u00ad" "trasi" -> "pengadministrasi"."""
    words = list(words)
    if not any(word.text.endswith(SOFT_HYPHEN) for word in words):
        return words
    whole: list[CellWord] = []
    for word in words:
        if whole and whole[-1].text.endswith(SOFT_HYPHEN):
            broken = whole.pop()
            word = merged([replace(broken, text=broken.text.rstrip(SOFT_HYPHEN)), word])
        whole.append(word)
    return [replace(w, text=w.text.rstrip(SOFT_HYPHEN)) if w.text.endswith(SOFT_HYPHEN) else w for w in whole]


def _is_vertical(word: Word) -> bool:
    return not word.orientation.is_horizontal


def _extent(item: Word | Line) -> float:
    """The length of a word or line along its writing, in points."""
    vertical = _is_vertical(item if isinstance(item, Word) else item.words[0])
    return item.box.height if vertical else item.box.width


def _margins(cell: CellText, line: Line) -> tuple[float, float]:
    own, box = cell.box, line.box
    if _is_vertical(line.words[0]):
        return box.top - own.top, own.bottom - box.bottom
    return box.x0 - own.x0, own.x1 - box.x1


def _room_left(cell: CellText, line: Line, margin: float) -> float:
    """The room in points that a line leaves in its cell between equal margins."""
    length = cell.box.height if _is_vertical(line.words[0]) else cell.box.width
    return length - 2 * margin - _extent(line)


def _letter_width(word: Word, narrowest: float) -> float:
    """The mean width of a word's letters in points; of narrow ones ("i"), the least that is reckoned with."""
    return max(_LEAST_POINTS, narrowest * word.size, _extent(word) / max(1, len(word.text)))


def _gap(last: Word, word: Word) -> float:
    """The space between two words of a line in shares of the text size."""
    before, after = last.box, word.box
    if word.orientation:
        before, after = (word.orientation.upright_box(box, 0.0, 0.0) for box in (before, after))
    return (after.x0 - before.x1) / max(_LEAST_POINTS, word.size)
