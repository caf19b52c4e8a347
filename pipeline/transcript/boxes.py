"""The six boxes of a transcript's cover, from table rows that hold both sides of it and cut through their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.model.text import letter_runs, squash
from pipeline.transcript.blocks import Row
from pipeline.transcript.dictionary import Dictionary, TextLine, UnplacedWord, by_words, text_of
from pipeline.transcript.known_words import KnownWords, likeness_of
from pipeline.transcript.mending import doubt_end, doubt_start, doubted, join_cut_line, with_lost_marks

Lines = tuple[TextLine, ...]
Lost = Literal["start", "end"] | None
_MARK = re.compile(r"\(?(\d{1,2}|[a-z])[.)]")
ONE_WORD_LABELS = ("keterkaitan", "peringatan")


@dataclass(frozen=True)
class Side:
    """The boxes of one side by name, top to bottom, and what was taken for none of their text."""

    boxes: dict[str, Lines]
    debris: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """A box's label found in some words, those from `start` to before `end`; `form` is the spelling it is most like."""

    name: str
    form: str
    start: int
    end: int
    score: float


@dataclass
class _OpenBoxes:
    """The boxes read so far, and the label of the one that lines are taken for."""

    boxes: dict[str, list[TextLine]] = field(default_factory=dict)
    label: BoxLabel | None = None
    debris: list[str] = field(default_factory=list)


def find_box_label(
    words: Sequence[str], passed: Iterable[str], dictionary: Dictionary, known: KnownWords
) -> BoxLabel | None:
    """The best label of a box among the words of a cell, those of the boxes `passed` aside.

    A label of several words must begin or end the cell, one of a single word be all of it: "Peralatan kantor" is none.
    """
    settings, places = dictionary.settings, range(len(words) + 1)
    spans = [(start, end) for start in places for end in places if 0 < end - start <= settings.label_words]
    found = (
        BoxLabel(name, form, start, end, likeness_of(" ".join(words[start:end]), form))
        for name, forms in known.headings.boxes.items()
        if name not in passed
        for form in forms
        for start, end in spans
    )
    likely = (label for label in found if label.score >= settings.same_box_label)
    standing = (label for label in likely if _is_label_place(words, label.start, label.end, label.form))
    return max(standing, key=lambda label: label.score, default=None)


def _is_label_place(words: Sequence[str], start: int, end: int, form: str) -> bool:
    if _MARK.fullmatch(words[start]):
        return False
    ends = all(squash(form).endswith(squash(word)) for word in words[end:])
    if len(letter_runs(form)) == 1 and squash(form) not in ONE_WORD_LABELS:
        return start == 0 and end == len(words)
    numbered = start == 1 and _MARK.fullmatch(words[0])
    return start == 0 or (ends and (not numbered or squash(" ".join(words[start:end])) == squash(form)))


def first_box_row(rows: Sequence[Row], dictionary: Dictionary, known: KnownWords) -> int:
    """The row with the first label of a box; as many as there are where there is none."""
    for index, row in enumerate(rows):
        found = find_box_label(" ".join(row).split(), (), dictionary, known)
        if found and found.score >= dictionary.settings.same_label:
            return index
    return len(rows)


def read_side(rows: Sequence[Row], dictionary: Dictionary, known: KnownWords) -> Side:
    """The boxes of one side, whose lines may lie cut over the cells of each row."""
    now = _OpenBoxes()
    for row in rows:
        cells = [cell for cell in row if _says_something(cell)]
        now.debris += [cell for cell in row if cell and cell not in cells]
        label = find_box_label(" ".join(cells).split(), _passed(now), dictionary, known)
        if label and not (now.label and label.name == now.label.name and label.score < now.label.score):
            _begin(now, cells, label, dictionary)
        elif cells:
            for line in join_cells(cells, _lost(row, cells), dictionary):
                _add(now, line)
    boxes = {
        name: with_lost_marks(_without_repeats(lines, dictionary), dictionary) for name, lines in now.boxes.items()
    }
    return Side(boxes, tuple(now.debris))


def _passed(now: _OpenBoxes) -> list[str]:
    """Boxes whose label is not looked for any more: one without lines may be labelled twice, by two readings."""
    return [name for name, lines in now.boxes.items() if lines or not now.label or name != now.label.name]


def _begin(now: _OpenBoxes, cells: Sequence[str], label: BoxLabel, dictionary: Dictionary) -> None:
    """Go on with the box that a label opens; words before it end the box before, words after it begin this one."""
    flat = " ".join(cells).split()
    cut = len(cells[0].split()) if len(cells) > 1 else 0
    lost_start = 0 < cut <= label.start and not squash(label.form).startswith(squash(flat[label.start])[:2])
    before, after = flat[cut if lost_start else 0 : label.start], flat[label.end :]
    now.debris += flat[:cut] if lost_start else []
    while after and _repeats_end(after[-1], label.form, dictionary):
        now.debris.append(after.pop())
    if before:
        _add(now, doubted(" ".join(before), dictionary))
    _drop_first_reading(now, label, dictionary)
    now.label = label
    now.boxes.setdefault(label.name, [])
    if after and re.fullmatch(r"[A-Z]", after[0]):
        now.debris.append(after.pop(0))
    for part in _split_items(" ".join(after)):
        _add(now, completed(part, dictionary) or doubted(part, dictionary))


def _drop_first_reading(now: _OpenBoxes, label: BoxLabel, dictionary: Dictionary) -> None:
    """Take out of the box before what was but another reading of the label, "Doralatan/Darlan", or of its end."""
    lines = now.boxes.get(now.label.name) if now.label else None
    if not lines:
        return
    text = text_of(lines[-1])
    if not dictionary.knows(text) and likeness_of(text, label.form) >= dictionary.settings.same_reading:
        now.debris.append(text_of(lines.pop()))
    elif len(lines[-1]) > 1 and _repeats_end(lines[-1][-1].text, label.form, dictionary):
        now.debris.append(lines[-1][-1].text)
        lines[-1] = lines[-1][:-1]


def _repeats_end(word: str, form: str, dictionary: Dictionary) -> bool:
    """Whether a word is a second reading of a label's end: "enuataan" of "Pencatatan dan Pendataan"."""
    end, settings = squash(word), dictionary.settings
    if len(end) < settings.least_end or not end.isalpha():
        return False
    if squash(form).endswith(end):
        return True
    return not dictionary.is_common(word) and likeness_of(word, squash(form)[-len(end) :]) >= settings.same_end


def _add(now: _OpenBoxes, line: TextLine) -> None:
    if now.label is None:
        now.debris.append(text_of(line))
    else:
        now.boxes[now.label.name].append(line)


def join_cells(cells: Sequence[str], lost: Lost, dictionary: Dictionary) -> list[TextLine]:
    """The lines that a row's cells hold: ("3. Mampu mem", "nahami peraturan") -> "3. Mampu memahami peraturan".

    A cell that holds several items gives the rest of the row to the one whose last word it completes:
    ("1. Komputer da 2. ATK;", "n jaringan") -> "1. Komputer dan jaringan", "2. ATK;".
    """
    *ahead, last = cells
    debris = all(len(cell) <= dictionary.settings.debris_letters and not _MARK.match(cell) for cell in ahead)
    if debris and (line := completed(last, dictionary)):
        return [line]
    if len(cells) == 1:
        parts = _split_items(last)
        first, final = 0 if lost == "start" else None, len(parts) - 1 if lost == "end" else None
        reads = [doubt_start if i == first else doubt_end if i == final else doubted for i in range(len(parts))]
        return [read(part, dictionary) for read, part in zip(reads, parts, strict=True)]
    items = _split_items(" ".join(ahead))
    ends = [item.split()[-1] for item in items]
    place = next(
        (i for i, end in enumerate(ends) if len(items) > 1 and dictionary.joined(end, last.split()[0])), len(items) - 1
    )
    lines = [join_cut_line(item, last if i == place else "", dictionary) for i, item in enumerate(items)]
    return [completed(text_of(line), dictionary) or line for line in lines]


def _lost(row: Row, cells: Sequence[str]) -> Lost:
    """Which end of a line lay in a cell of its row that says nothing."""
    if len(cells) != 1 or len(row) < 2:
        return None
    return "end" if _says_something(row[0]) else "start"


def _split_items(text: str) -> list[str]:
    """A cell's list items: each begins at a number, or after a semicolon."""
    return [part for part in re.split(r"\s+(?=\d{1,2}\.\s+[A-Z])|(?<=;)\s+(?=[A-Z])", text) if part]


def completed(text: str, dictionary: Dictionary) -> TextLine | None:
    """A line whose first word lost its beginning, as the document's other covers have it; None where none does.

    "rdampak infiensi,pelaksana" -> "berdampak infiensi, pelaksana", the cut one kept as another reading.
    """
    end = squash(text)
    if len(end) < dictionary.settings.least_line:
        return None
    for whole in dictionary.lines:
        missing = len(squash(whole)) - len(end)
        if (
            0 < missing <= dictionary.settings.cut_letters
            and squash(whole).endswith(end)
            and _cut_in_word(whole, missing)
        ):
            confidence = dictionary.settings.mended_confidence
            first, *rest = whole.split()
            return (UnplacedWord(first, confidence, (text,)), *(UnplacedWord(word) for word in rest))
    return None


def _cut_in_word(whole: str, missing: int) -> bool:
    """Whether the first `missing` letters of a line end inside a word, and no list mark is among them."""
    first = squash(whole.split()[0])
    return len(first) > missing and not any(c.isdigit() for c in first[:missing])


def _without_repeats(lines: Sequence[TextLine], dictionary: Dictionary) -> list[TextLine]:
    """Lines without those that are but another, worse reading of the line before; that one keeps them as readings."""
    plausible, kept = by_words(dictionary), list[TextLine]()
    for line in lines:
        before, text = text_of(kept[-1]) if kept else "", text_of(line)
        if before and _same(before, text, dictionary):
            better, worse = (kept.pop(), text) if plausible(before) >= plausible(text) else (line, before)
            if better is line:
                kept.pop()
            kept.append((UnplacedWord(better[0].text, better[0].confidence, (*better[0].readings, worse)), *better[1:]))
        else:
            kept.append(line)
    return kept


def _same(before: str, text: str, dictionary: Dictionary) -> bool:
    """Whether two lines are readings of one: the same, or alike and one of them less plausible."""
    marks = [found[1] if (found := _MARK.match(line)) else "" for line in (before, text)]
    if all(marks) and marks[0] != marks[1]:
        return False
    plausible = by_words(dictionary)
    likeness = likeness_of(_MARK.sub("", before, count=1), _MARK.sub("", text, count=1))
    return likeness == 1 or (
        plausible(before) != plausible(text) and (all(marks) or likeness >= dictionary.settings.same_reading)
    )


def _says_something(cell: str) -> bool:
    """Whether a cell holds a word or a figure in Latin script: not "•", "_", ", " or letters of another script."""
    return bool(re.search(r"[A-Za-z]{2}|[0-9]", cell))
