"""What a tool cut or lost, put right: words cut at a column's edge or run together, numbers of list items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model.text import letter_runs
from pipeline.transcript.dictionary import Dictionary, TextLine, UnplacedWord, text_of

_NUMBER = re.compile(r"(\d{1,2})[.)]")


def mended_words(text: str, dictionary: Dictionary) -> TextLine:
    """The words of a cell, those parted that were run together and joined that a hyphen parted.

    "denganjenis surat masing- masing" -> "dengan jenis surat masing-masing", what stood there kept as another reading.
    """
    tokens: list[UnplacedWord] = []
    for word in text.split():
        last = tokens[-1].text if tokens else ""
        if last.endswith("-") and len(last) > 3 and word.startswith(last[:-1]):
            tokens[-1] = UnplacedWord(last + word, dictionary.settings.mended_confidence, (f"{last} {word}",))
        elif pair := dictionary.run_together(word):
            first, second = (UnplacedWord(half, dictionary.settings.mended_confidence) for half in pair)
            tokens += [replace(first, readings=(word,)), second]
        else:
            tokens.append(UnplacedWord(word))
    return tuple(tokens)


def join_cut_line(left: str, right: str, dictionary: Dictionary) -> TextLine:
    """One printed line out of the two cells that a column's edge cut it into.

    ("3. Mampu mem", "nahami peraturan") -> "3. Mampu memahami peraturan", the pieces kept as another reading. Two whole
    words stay two; pieces that make no word stay as they stand, unsure.
    """
    settings = dictionary.settings
    if not left or not right:
        return doubted(left or right, dictionary)
    *before, last = left.split()
    first, *after = right.split()
    whole = dictionary.joined(last, first) if _may_join(last, first, dictionary) else None
    ahead, behind = doubted(" ".join(before), dictionary), doubted(" ".join(after), dictionary)
    if whole:
        return (*ahead, UnplacedWord(whole, settings.mended_confidence, (f"{last} {first}",)), *behind)
    return (*ahead, _piece(last, dictionary), _piece(first, dictionary), *behind)


def _may_join(last: str, first: str, dictionary: Dictionary) -> bool:
    """Whether two pieces may be one word: not two whole words, nor a word and a name, a letter read twice aside."""
    if not re.search(r"[^\W\d_]$", last) or not re.match(r"[^\W\d_]", first):
        return False
    if first[0].isupper():
        return letter_runs(last)[-1] == first[0].casefold()
    return not (dictionary.is_common(last) and dictionary.is_common(first) and min(len(last), len(first)) > 2)


def _piece(word: str, dictionary: Dictionary) -> UnplacedWord:
    """A word at a cut: unsure unless it is one of the language."""
    whole = dictionary.is_common(word) or not word[0].isalpha() or any(c.isdigit() for c in word)
    return UnplacedWord(word) if whole else UnplacedWord(word, dictionary.settings.damaged_confidence, piece=True)


def doubted(text: str, dictionary: Dictionary) -> TextLine:
    """A line whose unknown words are unsure: "Sarjana Penas" -> "Penas" at the confidence of damaged words."""
    unsure = dictionary.settings.damaged_confidence
    return tuple(UnplacedWord(word, None if _is_whole(word, dictionary) else unsure) for word in text.split())


def doubt_start(text: str, dictionary: Dictionary) -> TextLine:
    """A line whose beginning lay in a cell that was lost: "nampuan mengidentifikasi" -> "nampuan" is unsure."""
    line = doubted(text, dictionary)
    return (_piece(line[0].text, dictionary), *line[1:]) if line and line[0].text[0].islower() else line


def doubt_end(text: str, dictionary: Dictionary) -> TextLine:
    """A line whose end lay in a cell that was lost: of "4. Kendaraan D" the "D" is unsure, of "3. IKU OPD" nothing."""
    line = doubted(text, dictionary)
    last = re.sub(r"\W+$", "", line[-1].text) if line else ""
    little = last.isalpha() and len(last) <= 3 and dictionary.common(last.casefold()) < dictionary.settings.little_word
    if little and last == line[-1].text and not (last.isupper() and len(last) > 1):
        return (*line[:-1], UnplacedWord(last, dictionary.settings.damaged_confidence, piece=True))
    return (*line[:-1], _piece(line[-1].text, dictionary)) if line and not last.isupper() else line


def _is_whole(word: str, dictionary: Dictionary) -> bool:
    return (word.isupper() and word[0].isalnum()) or any(c.isdigit() for c in word) or dictionary.knows(word)


def with_lost_marks(lines: Sequence[TextLine], dictionary: Dictionary) -> tuple[TextLine, ...]:
    """The lines with the numbers that are missing between, before or after those printed.

    ("Sarjana;", "Mampu meneliti;", "3. Teliti;", "cermat.") -> "1. Sarjana;", "2. Mampu meneliti;", "3. Teliti;",
    "4. cermat." A line begins an item where the one before it ends one with a semicolon; numbers are only set where
    as many items are without one as the numbers around them leave open.
    """
    numbers = [_number(line) for line in lines]
    printed = [index for index, number in enumerate(numbers) if number]
    if not printed:
        return tuple(lines)
    marked = dict(_before(lines, printed[0], numbers[printed[0]] or 1))
    for first, after in zip(printed, [*printed[1:], len(lines)], strict=True):
        starts = [index for index in range(first + 1, after) if _ends_item(lines[index - 1])]
        following = numbers[after] if after < len(lines) else None
        number = numbers[first] or 0
        if following is None or following - number - 1 == len(starts):
            marked |= {index: number + place for place, index in enumerate(starts, 1)}
    return tuple(
        _with(line, marked[index], dictionary) if index in marked else line for index, line in enumerate(lines)
    )


def _before(lines: Sequence[TextLine], end: int, number: int) -> list[tuple[int, int]]:
    """The numbers of the items before the first printed one, where they, or the lines, come out even."""
    starts = [index for index in range(end) if index == 0 or _ends_item(lines[index - 1])]
    for items in (starts, [*range(end)]):
        if len(items) == number - 1:
            return [(index, place) for place, index in enumerate(items, 1)]
    return []


def _number(line: TextLine) -> int | None:
    found = _NUMBER.match(line[0].text) if line else None
    return int(found[1]) if found else None


def _ends_item(line: TextLine) -> bool:
    return text_of(line).endswith(";")


def _with(line: TextLine, number: int, dictionary: Dictionary) -> TextLine:
    return (UnplacedWord(f"{number}.", dictionary.settings.mended_confidence), *line)
