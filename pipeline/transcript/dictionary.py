"""Words on their way to the page, and the mending of words that a tool cut in two at a column's edge."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from rapidfuzz import fuzz

from pipeline.model.text import letter_runs, one_line, squash
from pipeline.settings import TranscriptSettings


@dataclass(frozen=True, slots=True)
class Token:
    """A word to be printed. `readings` are others of the value that starts here; of a `piece` the rest is lost."""

    text: str
    confidence: float | None = None
    readings: tuple[str, ...] = ()
    piece: bool = False


TextLine = tuple[Token, ...]


def line_of(text: str, confidence: float | None = None, readings: tuple[str, ...] = ()) -> TextLine:
    """The words of a text, each with `confidence`; the other readings stay with the first."""
    words = text.split()
    return tuple(Token(word, confidence, readings if index == 0 else ()) for index, word in enumerate(words))


def text_of(line: Iterable[Token]) -> str:
    return " ".join(token.text for token in line)


def shape(text: str) -> str:
    """The form of a number: "02. 061/org/58" -> "99.999/aaa/99"."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", re.sub(r"\s", "", text)))


def shapes_of(texts: Iterable[str]) -> Counter[str]:
    """How often a document writes a number in each form."""
    return Counter(shape(text) for text in texts if re.search(r"\d\s*/|/\s*\d", text))


@dataclass(frozen=True)
class Dictionary:
    """Which words are words: those of Indonesian, and those that the document itself uses more than once.

    `shapes` counts how the document writes its numbers; `lines` are its cells and lines, each once.
    """

    settings: TranscriptSettings
    own: Counter[str] = field(default_factory=Counter)
    shapes: Counter[str] = field(default_factory=Counter)
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, settings: TranscriptSettings) -> Dictionary:
        cells = tuple(one_line(cell) for cell in re.split(r"[\t\n|]", text) if cell.strip())
        return cls(settings, Counter(letter_runs(text)), shapes_of(cells), tuple(dict.fromkeys(cells)))

    @cached_property
    def written(self) -> frozenset[str]:
        """The words of the document as it writes them, marks included."""
        return frozenset(word for line in self.lines for word in line.split())

    def knows(self, word: str) -> bool:
        """Whether every part of a word ("serendah-rendahnya", "M.M") is known; a word without letters is."""
        return all(self.weight(part) > 0 for part in letter_runs(word))

    def weight(self, part: str) -> float:
        """How common a word is: its Zipf frequency in Indonesian, or one for its use in the document; 0 is unknown."""
        own = 1.0 + self.own[part] / 10 if self.own[part] >= self.settings.own_word_uses else 0.0
        return max(self.common(part), own)

    def common(self, part: str) -> float:
        """A word's Zipf frequency in Indonesian, 0 where it is none."""
        from wordfreq import zipf_frequency

        zipf = zipf_frequency(part, "id")
        return zipf if zipf >= self.settings.known_zipf else 0.0

    def is_common(self, word: str) -> bool:
        """Whether every part of a word is Indonesian, whatever the document uses: pieces of cut words are used too."""
        return all(self.common(part) > 0 for part in letter_runs(word))

    def agreed(self, line: str) -> str | None:
        """How the document writes a line elsewhere that holds a word it does not know: "SEKRETARIS QAERAH" ->
        "SEKRETARIS DAERAH"; None where it does not, or where all words are known.
        """
        if self.knows(line):
            return None
        likeness = ((fuzz.ratio(squash(line), squash(other)) / 100, other) for other in self.lines if self.knows(other))
        found, other = max(likeness, default=(0.0, ""))
        return other if found >= self.settings.same_line and len(other.split()) == len(line.split()) else None

    def run_together(self, word: str) -> tuple[str, str] | None:
        """The two words that an unknown one runs together: "denganjenis" -> "dengan", "jenis"; None for all others."""
        if not word.isalpha() or not word.islower() or self.common(word):
            return None
        halves = ((word[:cut], word[cut:]) for cut in range(4, len(word) - 3))
        sure = (pair for pair in halves if min(map(self.common, pair)) >= self.settings.sure_zipf)
        return next(sure, None)

    def breaks(self, text: str) -> bool:
        """Whether a text has a word broken in two: pieces of which one is no word, but both together are."""
        parts = text.split()
        return any(
            self._is_plain(a + b) and not (self._is_plain(a) and self._is_plain(b))
            for a, b in zip(parts, parts[1:], strict=False)
            if a.isalpha() and b.rstrip(".,;:").isalpha()
        )

    def _is_plain(self, word: str) -> bool:
        return len(word) > 1 and self.common(word.rstrip(".,;:").casefold()) >= self.settings.plain_zipf

    def joined(self, left: str, right: str) -> str | None:
        """The word that was cut into two pieces, None where none of the ways to join them makes one.

        A letter that the cut went through may have been read in both pieces, or in one of them wrongly.
        A way that the document writes elsewhere wins, else the plainest:
        "mem" + "nahami" -> "memahami", "yar" + "ng" -> "yang", "da" + "n" -> "dan", "Kan" + "itor" -> "Kantor",
        "kemampuan,k" + "Kecakapan" -> "kemampuan,Kecakapan".
        """
        ways = (left + right, left + right[1:], left[:-1] + right, left[:-1] + right[1:])
        if used := next((way for way in ways if way in self.written and len(way) > 2), None):
            return used
        possible = ways[2:3] if right[0].isupper() else ways
        return next((way for way in possible if self._is_joint(way, left, right)), None)

    def _is_joint(self, way: str, left: str, right: str) -> bool:
        return len(way) >= max(len(left), len(right)) and bool(letter_runs(way)) and self.knows(way)


def said(text: str, words: Dictionary) -> TextLine:
    """The words of a cell, those parted that were run together and joined that a hyphen parted.

    "denganjenis surat masing- masing" -> "dengan jenis surat masing-masing", what stood there kept as another reading.
    """
    tokens: list[Token] = []
    for word in text.split():
        last = tokens[-1].text if tokens else ""
        if last.endswith("-") and len(last) > 3 and word.startswith(last[:-1]):
            tokens[-1] = Token(last + word, words.settings.mended_confidence, (f"{last} {word}",))
        elif pair := words.run_together(word):
            first, second = (Token(half, words.settings.mended_confidence) for half in pair)
            tokens += [replace(first, readings=(word,)), second]
        else:
            tokens.append(Token(word))
    return tuple(tokens)


def join_cut(left: str, right: str, words: Dictionary) -> TextLine:
    """One printed line out of the two cells that a column's edge cut it into.

    ("3. Mampu mem", "nahami peraturan") -> "3. Mampu memahami peraturan", the pieces kept as another reading. Two whole
    words stay two; pieces that make no word stay as they stand, unsure.
    """
    settings = words.settings
    if not left or not right:
        return marked(left or right, words)
    *before, last = left.split()
    first, *after = right.split()
    whole = words.joined(last, first) if _may_join(last, first, words) else None
    ahead, behind = marked(" ".join(before), words), marked(" ".join(after), words)
    if whole:
        return (*ahead, Token(whole, settings.mended_confidence, (f"{last} {first}",)), *behind)
    return (*ahead, _piece(last, words), _piece(first, words), *behind)


def _may_join(last: str, first: str, words: Dictionary) -> bool:
    """Whether two pieces may be one word: not two whole words, nor a word and a name, a letter read twice aside."""
    if not re.search(r"[^\W\d_]$", last) or not re.match(r"[^\W\d_]", first):
        return False
    if first[0].isupper():
        return letter_runs(last)[-1] == first[0].casefold()
    return not (words.is_common(last) and words.is_common(first) and min(len(last), len(first)) > 2)


def _piece(word: str, words: Dictionary) -> Token:
    """A word at a cut: unsure unless it is one of the language."""
    whole = words.is_common(word) or not word[0].isalpha() or any(c.isdigit() for c in word)
    return Token(word) if whole else Token(word, words.settings.damaged_confidence, piece=True)


def marked(text: str, words: Dictionary) -> TextLine:
    """A line whose unknown words are unsure: "Sarjana Penas" -> "Penas" at the confidence of damaged words."""
    unsure = words.settings.damaged_confidence
    return tuple(Token(word, None if _whole(word, words) else unsure) for word in text.split())


def after_cut(text: str, words: Dictionary) -> TextLine:
    """A line whose beginning lay in a cell that was lost: "nampuan mengidentifikasi" -> "nampuan" is unsure."""
    line = marked(text, words)
    return (_piece(line[0].text, words), *line[1:]) if line and line[0].text[0].islower() else line


def before_cut(text: str, words: Dictionary) -> TextLine:
    """A line whose end lay in a cell that was lost: of "4. Kendaraan D" the "D" is unsure, of "3. IKU OPD" nothing."""
    line = marked(text, words)
    last = re.sub(r"\W+$", "", line[-1].text) if line else ""
    little = last.isalpha() and len(last) <= 3 and words.common(last.casefold()) < words.settings.little_word
    if little and last == line[-1].text and not (last.isupper() and len(last) > 1):
        return (*line[:-1], Token(last, words.settings.damaged_confidence, piece=True))
    return (*line[:-1], _piece(line[-1].text, words)) if line and not last.isupper() else line


def _whole(word: str, words: Dictionary) -> bool:
    return (word.isupper() and word[0].isalnum()) or any(c.isdigit() for c in word) or words.knows(word)
