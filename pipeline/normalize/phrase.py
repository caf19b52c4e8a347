"""The words of one sentence or list item on their way through the rules, with what the page told about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod

from pipeline.model.draft import Change
from pipeline.model.page import CellText, Line, Word

SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Token:
    """A printed word and how it follows the one before it.

    `new_line`: it begins a line. `room`: what the line before left free, in widths of this word's letters; None within
    a line. `alone`: the word before stood alone on its line. `gap`: the space before it within a line, in shares of
    the text size. `confidence` is 0..1, None for a text layer.
    """

    text: str
    confidence: float | None = None
    new_line: bool = False
    room: float | None = None
    alone: bool = False
    gap: float | None = None
    glued: bool = False  # no space stands before it
    mended: bool = False  # a rule changed its letters or spaces
    sure: float | None = None  # how sure the rules are of it, 0..1; None where they had nothing to decide
    piece: bool = False  # only a part of a word, the rest of which is lost


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order, and what the rules have changed in them so far."""

    tokens: tuple[Token, ...]
    changes: tuple[Change, ...] = ()

    @property
    def text(self) -> str:
        """One line of text: a space before every word that is not glued to the last."""
        return "".join(token.text if token.glued else " " + token.text for token in self.tokens).strip()

    @property
    def scanned(self) -> bool:
        """Whether a recogniser read these words, so that their letters and spaces may be misread."""
        return any(token.confidence is not None for token in self.tokens)

    def changed(self, tokens: Iterable[Token], changes: Sequence[Change]) -> Phrase:
        """This phrase with other tokens and further changes."""
        return Phrase(tuple(tokens), (*self.changes, *changes))


def merged(tokens: Sequence[Token], text: str | None = None) -> Token:
    """Several tokens as one, following as the first did, as little trusted as the least; glued text unless given."""
    if len(tokens) == 1 and text is None:
        return tokens[0]
    scored = [token.confidence for token in tokens if token.confidence is not None]
    together = "".join(token.text for token in tokens) if text is None else text
    return replace(
        tokens[0],
        text=together,
        confidence=min(scored, default=None),
        sure=both_sure(tokens),
        mended=any(token.mended for token in tokens),
    )


def both_sure(tokens: Iterable[Token]) -> float | None:
    """How sure the rules are of all these tokens; None where they decided nothing about any."""
    decided = [token.sure for token in tokens if token.sure is not None]
    return prod(decided) if decided else None


def phrase_of(cell: CellText, lines: Sequence[Line], pad: float, narrowest: float) -> Phrase:
    """The words of some lines of a cell.

    `pad` is the margin in points that text keeps to the cell's sides, `narrowest` a letter's least width in text sizes.
    """
    tokens = []
    for before, line in pairwise([None, *lines]):
        for last, word in pairwise([None, *(line.words if line else ())]):
            if word is None:
                continue
            if last is not None:
                tokens.append(Token(word.text, word.confidence, gap=_gap(last, word), piece=word.piece))
            elif before is None:
                tokens.append(Token(word.text, word.confidence, piece=word.piece))
            else:
                room = _room_left(cell, before, pad) / _letter_width(word, narrowest)
                alone = len(before.words) == 1
                tokens.append(Token(word.text, word.confidence, True, room, alone, piece=word.piece))
    return Phrase(tuple(_whole(tokens)))


def _whole(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with words broken at a soft hyphen whole again: "pengadminis\u00ad" "trasi" -> "pengadministrasi"."""
    out: list[Token] = []
    for token in tokens:
        if out and out[-1].text.endswith(SOFT_HYPHEN):
            broken = out.pop()
            token = merged([replace(broken, text=broken.text.rstrip(SOFT_HYPHEN)), token])
        out.append(token)
    return [replace(t, text=t.text.rstrip(SOFT_HYPHEN)) if t.text.endswith(SOFT_HYPHEN) else t for t in out]


def padding(cells: Iterable[CellText]) -> float:
    """The least margin in points that any line of these cells keeps to its cell's sides; 0 where there is no line."""
    margins = [margin for cell in cells for line in cell.lines for margin in _margins(cell, line)]
    return max(0.0, min(margins, default=0.0))


def _turned(word: Word) -> bool:
    return not word.orientation.is_horizontal


def _extent(item: Word | Line) -> float:
    """The length of a word or line along its writing, in points."""
    turned = _turned(item if isinstance(item, Word) else item.words[0])
    return item.box.height if turned else item.box.width


def _margins(cell: CellText, line: Line) -> tuple[float, float]:
    if _turned(line.words[0]):
        return line.box.top - cell.box.top, cell.box.bottom - line.box.bottom
    return line.box.x0 - cell.box.x0, cell.box.x1 - line.box.x1


def _room_left(cell: CellText, line: Line, pad: float) -> float:
    """The room in points that a line leaves in its cell between equal margins."""
    length = cell.box.height if _turned(line.words[0]) else cell.box.width
    return length - 2 * pad - _extent(line)


def _letter_width(word: Word, narrowest: float) -> float:
    """The mean width of a word's letters in points; of narrow ones ("i"), the least that is reckoned with."""
    return max(0.1, narrowest * word.size, _extent(word) / max(1, len(word.text)))


def _gap(last: Word, word: Word) -> float:
    """The space between two words of a line in shares of the text size."""
    before, after = (word.orientation.upright_box(box, 0.0, 0.0) for box in (last.box, word.box))
    return (after.x0 - before.x1) / max(0.1, word.size)
