"""The words of a transcript: which are words of a language, and which of several readings is the plausible one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.model.text import letter_runs, one_line, squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.known_words import KnownWords, likeness_of


@dataclass(frozen=True, slots=True)
class UnplacedWord:
    """A word to be printed. `readings` are others of the value that starts here; of a `piece` the rest is lost."""

    text: str
    confidence: float | None = None
    readings: tuple[str, ...] = ()
    piece: bool = False


TextLine = tuple[UnplacedWord, ...]


def line_of(text: str, confidence: float | None = None, readings: tuple[str, ...] = ()) -> TextLine:
    """The words of a text, each with `confidence`; the other readings stay with the first."""
    words = text.split()
    return tuple(UnplacedWord(word, confidence, readings if index == 0 else ()) for index, word in enumerate(words))


def text_of(line: Iterable[UnplacedWord]) -> str:
    """The words of a line with a space between each two."""
    return " ".join(word.text for word in line)


def number_pattern(text: str) -> str:
    """The form of a number: "02. 061/org/58" -> "99.999/aaa/99"."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", re.sub(r"\s", "", text)))


def number_patterns(texts: Iterable[str]) -> Counter[str]:
    """How often a document writes a number in each form."""
    return Counter(number_pattern(text) for text in texts if re.search(r"\d\s*/|/\s*\d", text))


@dataclass(frozen=True)
class Dictionary:
    """Which words are words: those of Indonesian, and those that the document itself uses more than once.

    `patterns` counts how the document writes its numbers; `lines` are its cells and lines, each once.
    """

    settings: TranscriptSettings
    own: Counter[str] = field(default_factory=Counter)
    patterns: Counter[str] = field(default_factory=Counter)
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str, settings: TranscriptSettings) -> Dictionary:
        """The dictionary of a document by all its text."""
        cells = tuple(one_line(cell) for cell in re.split(r"[\t\n|]", text) if cell.strip())
        return cls(settings, Counter(letter_runs(text)), number_patterns(cells), tuple(dict.fromkeys(cells)))

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
        """How the document writes elsewhere a line with an unknown word; None where it does not, or knows all words.

        "SEKRETARIS QAERAH" -> "SEKRETARIS DAERAH".
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
        least = self.settings.least_half
        halves = ((word[:cut], word[cut:]) for cut in range(least, len(word) - least + 1))
        sure = (pair for pair in halves if min(map(self.common, pair)) >= self.settings.sure_zipf)
        return next(sure, None)

    def breaks(self, text: str) -> bool:
        """Whether a text has a word broken in two: pieces of which one is no word, but both together are."""
        parts = text.split()
        return any(
            self._is_plain(a + b) and not (self._is_plain(a) and self._is_plain(b))
            for a, b in pairwise(parts)
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


Plausible = Callable[[str], float]


def by_pattern(patterns: Counter[str]) -> Plausible:
    """A number is as plausible as its form is frequent in the document."""
    return lambda text: float(patterns[number_pattern(text)])


def by_date(known: KnownWords) -> Plausible:
    """A date is plausible with a day, an Indonesian month and a year."""
    months = "|".join(known.words.months)
    whole = re.compile(rf"\d{{1,2}}\s+({months})\s+\d{{4}}|-", re.IGNORECASE)
    return lambda text: 1.0 if whole.fullmatch(text.strip()) else 0.0


def by_words(dictionary: Dictionary) -> Plausible:
    """A text is as plausible as the share of its words that are known."""

    def share(text: str) -> float:
        parts = [part for part in letter_runs(text) if len(part) > 1]
        return sum(dictionary.weight(part) > 0 for part in parts) / len(parts) if parts else 0.0

    return share


def most_plausible(readings: Sequence[str], plausible: Plausible, dictionary: Dictionary) -> TextLine:
    """The most plausible of several readings, the others kept with it; unsure where nothing tells them apart.

    ("02.061/079/59", "02. 061/org/58") -> the second, where the document's other numbers look like it.
    """
    different = list(dict.fromkeys(one_line(reading) for reading in readings))
    different += [
        agreed for reading in different if (agreed := dictionary.agreed(reading)) and agreed not in different
    ][:1]
    scores = [plausible(reading) for reading in different]
    chosen = scores.index(max(scores))
    others = tuple(reading for index, reading in enumerate(different) if index != chosen)
    unsure = scores.count(scores[chosen]) > 1
    confidence = (
        dictionary.settings.damaged_confidence
        if unsure
        else (dictionary.settings.mended_confidence if others else None)
    )
    return tuple(
        UnplacedWord(word, confidence, () if i else others) for i, word in enumerate(different[chosen].split())
    )


def grouped_readings(lines: Sequence[str], plausible: Plausible, same: float) -> list[list[str]]:
    """Lines put together where the next is another reading of the one before: like it, but less (or more) plausible."""
    groups: list[list[str]] = []
    for line in lines:
        again = groups and likeness_of(groups[-1][0], line) >= same
        if again and (squash(groups[-1][0]) == squash(line) or plausible(groups[-1][0]) != plausible(line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
