"""A cover whose columns a tool ran together: labels and values, left and right boxes, in the same lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.text import letter_runs, squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.boxes import BoxLabel, find_box_label
from pipeline.transcript.dictionary import Dictionary, UnplacedWord, text_of
from pipeline.transcript.identity import Identity, bodies_of, settle_fields
from pipeline.transcript.known_words import KnownWords, likeness_of, nearest
from pipeline.transcript.mending import join_cut_line

_SECOND_MARK = re.compile(r"\s+(?=\d{1,2}\.\s+[A-Z])")


@dataclass(frozen=True)
class KnownLines:
    """The lines that the document's other covers have on either side, and the left boxes whole, all squashed."""

    left: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    left_boxes: tuple[str, ...] = ()


def has_merged_columns(rows: Sequence[Row], known: KnownWords) -> bool:
    """Whether cells hold a label and its value, or several labels: a cover without columns."""
    labels = [_leading_label(row[0], known) for row in rows if row and row[0]]
    return sum(1 for label in labels if label) >= 2


def read_merged_identity(rows: Sequence[Row], dictionary: Dictionary, known: KnownWords) -> Identity:
    """The identity fields of lines that run labels and values together."""
    dates = _dates(rows, known)
    values: dict[str, list[str]] = {name: [date] for name, date in dates.items()}
    left: list[str] = []
    debris: list[str] = []
    name: str | None = None
    for text in (_line(row, dictionary) for row in rows):
        before, found, after = _split_at_label(text, known, dictionary.settings)
        if found:
            name = found
            left += [before] if before else []
            values.setdefault(name, []).extend([after] if after else [])
        elif _is_dates(text, known):
            continue
        elif _names_body(text, known):
            left.append(text)
        elif name and (rest := _continued(text, name, known, dictionary.settings)) is not None:
            values[name] += [rest] if rest else []
        else:
            debris.append(text)
    instansi, lost = bodies_of(left, dictionary, known)
    fields, noise = settle_fields(values, dictionary, known)
    return Identity(fields, instansi, (*debris, *lost, *noise))


def split_sides(
    rows: Sequence[Row], seen: KnownLines, dictionary: Dictionary, known: KnownWords
) -> tuple[list[Row], list[Row]]:
    """The rows of the boxes as left rows and right rows, parted where something tells where the left side ends.

    ("1. Undang-Undang Nomor 25 Tahun 1. Pelaksanaan",) -> ("1. Undang-Undang Nomor 25 Tahun",), ("1. Pelaksanaan",)
    """
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        cells = [cell for cell in row if cell]
        first = row[0] if row else ""
        ahead, behind = _split_line(first, seen, dictionary, known) if first else ("", "")
        rest = [cell for cell in (cells[1:] if first else cells) if squash(cell) != squash(behind)]
        left.append((ahead,))
        right.append((behind, *rest) if behind else tuple(rest))
    return left, right


def _line(row: Row, dictionary: Dictionary) -> str:
    """A row as one line, a word cut between its cells put together."""
    line: tuple[UnplacedWord, ...] = ()
    for cell in (cell for cell in row if cell):
        line = join_cut_line(text_of(line), cell, dictionary) if line else (UnplacedWord(cell),)
    return text_of(line)


def _dates(rows: Sequence[Row], known: KnownWords) -> dict[str, str]:
    """The date fields by majority: in every cell labels come first and their dates after, in the same order.

    ("Tanggal Pengesahan Tanggal Efektif 08 Januari 2018 01 Januari 2018",) -> the first date, and the second
    """
    read = [_labels_and_dates(cell, known) for row in rows for cell in row if cell]
    blank = {label for labels, _, dashed in read for label in dashed}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for labels, dates, _ in read:
        open_labels = labels if len(labels) == len(dates) else [label for label in labels if label not in blank]
        if len(open_labels) == len(dates):
            for label, date in zip(open_labels, dates, strict=True):
                votes[label][date] += 1
    found = {label: counter.most_common(1)[0][0] for label, counter in votes.items()}
    return {**{label: "-" for label in blank if label not in found}, **found}


def _labels_and_dates(cell: str, known: KnownWords) -> tuple[list[str], list[str], list[str]]:
    """The date labels in a cell, the dates, and the labels that a dash follows."""
    tails = {
        form.split()[-1].casefold(): name
        for name, forms in known.headings.cover.items()
        for form in forms[:1]
        if "tanggal_" in name
    }
    pattern = re.compile(
        rf"(?P<label>\b(?:{'|'.join(tails)})\b)|(?P<date>{known.date.pattern})|(?P<dash>(?<=\s)[-–—](?=\s|$))",
        re.IGNORECASE,
    )
    labels: list[str] = []
    dates: list[str] = []
    dashed: list[str] = []
    for found in pattern.finditer(cell):
        if found["label"]:
            labels.append(tails[found["label"].casefold()])
        elif found["date"]:
            dates.append(_with_figures(found["date"]))
        elif labels:
            dashed.append(labels.pop())
    return labels, dates, dashed


def _with_figures(date: str) -> str:
    """A day whose figures were read as letters: "O8 Desember 2017" -> "08 Desember 2017"."""
    day, rest = date.split(maxsplit=1)
    return f"{day.translate(str.maketrans('OolI', '0011'))} {rest}"


def _is_dates(text: str, known: KnownWords) -> bool:
    """Whether a line is about dates: it names one of their labels, or holds one."""
    labels, dates, dashed = _labels_and_dates(text, known)
    return bool(labels or dates or dashed) or squash(text) == "tanggal"


def _split_at_label(text: str, known: KnownWords, settings: TranscriptSettings) -> tuple[str, str | None, str]:
    """What stands before a label that is no date's, its field, and what stands after: 'Bagian X Disahkan Oleh Y'."""
    words = text.split()
    for start in range(len(words)):
        for end in range(min(start + settings.label_words, len(words)), start + 1, -1):
            match = nearest(" ".join(words[start:end]), known.headings.cover)
            if match and match.score >= settings.sure_label and "tanggal_" not in match.name:
                after = re.sub(r"\s*\bTanggal$", "", " ".join(words[end:]))
                return " ".join(words[:start]), match.name, after
    label = _leading_label(text, known)
    return ("", label[0], label[1]) if label and "tanggal_" not in label[0] else (text, None, "")


def _leading_label(text: str, known: KnownWords) -> tuple[str, str] | None:
    """A field whose label (or the first two words of a long one) opens a text, and the rest: "Nama Standar Laporan"."""
    words = text.split()
    for name, forms in known.headings.cover.items():
        for form in forms:
            count = min(2, len(form.split()))
            if count == 2 and squash(" ".join(words[:2])) == squash(" ".join(form.split()[:2])):
                return name, " ".join(words[2:])
    return None


def _continued(text: str, name: str, known: KnownWords, settings: TranscriptSettings) -> str | None:
    """A line that goes on with a field, the rest of its label left out; None for another reading of the label.

    ("Operasional (SKM) Kabupaten", nama_sop) -> "(SKM) Kabupaten"; ("Disaman Sian", disahkan_oleh) -> None
    """
    forms = known.headings.cover[name]
    same = any(likeness_of(text, form) >= settings.same_label_reading for form in forms)
    if same and not any(c.isdigit() for c in text):
        first = letter_runs(text)[0]
        if not any(first in letter_runs(form) for form in forms):
            return None
    words = text.split()
    later = {word for form in forms for word in letter_runs(form)[2:]}
    return " ".join(words[1:]) if words and squash(words[0]) in later else text


def _names_body(text: str, known: KnownWords) -> bool:
    return (letter_runs(text) or [""])[0] in known.words.bodies


def _split_line(text: str, seen: KnownLines, dictionary: Dictionary, known: KnownWords) -> tuple[str, str]:
    """A line's left and right text: two heads, a second list mark, or a line that another cover has tells where."""
    if heads := _two_heads(text, dictionary, known):
        return heads
    if mark := _SECOND_MARK.search(text):
        return text[: mark.start()], text[mark.end() :]
    parts = text.split()
    if any(squash(text) in box for box in seen.left_boxes):
        return text, ""
    for place in range(len(parts) - 1, 0, -1):
        ahead, behind = " ".join(parts[:place]), " ".join(parts[place:])
        if squash(ahead) in seen.left or (
            squash(behind) in seen.right and len(squash(behind)) >= dictionary.settings.least_line
        ):
            return ahead, behind
    return text, ""


def _two_heads(text: str, dictionary: Dictionary, known: KnownWords) -> tuple[str, str] | None:
    """The two heads of a row of boxes: "Keterkaitan Peralatan/Perlengkapan" -> both, None for other lines."""
    parts = text.split()
    for place in range(1, len(parts)):
        halves = [
            _whole_head(parts[:place], dictionary, known),
            _whole_head(parts[place:], dictionary, known),
        ]
        if all(halves):
            return " ".join(parts[:place]), " ".join(parts[place:])
    return None


def _whole_head(parts: Sequence[str], dictionary: Dictionary, known: KnownWords) -> BoxLabel | None:
    head = find_box_label(parts, (), dictionary, known)
    return (
        head
        if head and head.start == 0 and head.end == len(parts) and head.score >= dictionary.settings.same_label
        else None
    )
