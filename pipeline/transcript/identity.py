"""The identity fields of a transcript's cover, from a table that may cut, double or misread its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.text import letter_runs, squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.dictionary import (
    Dictionary,
    Plausible,
    TextLine,
    by_date,
    by_shape,
    by_words,
    grouped,
    line_of,
    settled,
)
from pipeline.transcript.known_words import Match, Vocabulary, alike, nearest

NIP_DIGITS = 18
DATES = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")


@dataclass(frozen=True)
class Identity:
    """Fields by name, in the order printed, as lines; the issuing bodies; what was taken for neither."""

    fields: dict[str, tuple[TextLine, ...]]
    instansi: tuple[TextLine, ...]
    debris: tuple[str, ...]


@dataclass
class _Reading:
    """What is being read: labels may run over rows, values come before a label is whole."""

    values: dict[str, list[str]] = field(default_factory=dict)
    name: str | None = None
    label: str = ""
    waiting: list[str] = field(default_factory=list)
    debris: list[str] = field(default_factory=list)


def label_column(rows: Sequence[Row], vocabulary: Vocabulary, settings: TranscriptSettings) -> int | None:
    """The column that holds most labels of identity fields, None where fewer than two cells are one."""
    width = max(map(len, rows), default=0)
    columns = [[row[index] for row in rows if len(row) > index] for index in range(width)]
    counts = [sum(bool(_full(cell, vocabulary, settings)) for cell in column) for column in columns]
    best = max(range(width), key=lambda index: counts[index], default=0)
    return best if width and counts[best] >= 2 else None


def read_identity(rows: Sequence[Row], column: int, words: Dictionary, vocabulary: Vocabulary) -> Identity:
    """The fields of the rows above the boxes; labels stand in `column`, values to the right, the body to the left."""
    reading = _Reading()
    for row in rows:
        value = " ".join(cell for cell in row[column + 1 :] if cell)
        _take(reading, row[column] if len(row) > column else "", value, vocabulary, words.settings)
    reading.debris += reading.waiting
    left = [cell for row in rows if (cell := " ".join(cell for cell in row[:column] if cell))]
    instansi, lost = bodies_of(left, words, vocabulary)
    fields, noise = settle_fields(reading.values, words, vocabulary)
    return Identity(fields, instansi, (*lost, *reading.debris, *noise))


def _take(now: _Reading, label: str, value: str, vocabulary: Vocabulary, settings: TranscriptSettings) -> None:
    """Read one row: a label, the next piece of one, a value alone, or neither."""
    longer = _full(f"{now.label} {label}", vocabulary, settings) if label and now.label else None
    alone = _full(label, vocabulary, settings) if label else None
    before = _full(now.label, vocabulary, settings) if now.name and now.label else None
    if longer and (not alone or longer.score >= alone.score) and (not before or longer.score > before.score):
        _start(now, longer.name, f"{now.label} {label}", value)
    elif alone:
        _start(now, alone.name, label, value)
    elif label and _is_part(label, vocabulary, settings):
        now.debris += now.waiting
        now.name, now.label, now.waiting = None, label, [value] if value else []
    elif now.name is None or (label and not _is_noise(label)):
        now.waiting += [value] if value else []
        now.debris += [label] if label else []
    else:
        now.debris += [label] if label else []
        now.values[now.name] += [value] if value else []


def _start(now: _Reading, name: str, label: str, value: str) -> None:
    now.values.setdefault(name, [])
    now.values[name] += [text for text in (*now.waiting, value) if text]
    now.name, now.label, now.waiting = name, label, []


def _full(label: str, vocabulary: Vocabulary, settings: TranscriptSettings) -> Match | None:
    match = nearest(label, vocabulary.headings.cover)
    return match if match and match.score >= settings.same_label else None


def _is_part(label: str, vocabulary: Vocabulary, settings: TranscriptSettings) -> bool:
    """Whether a cell is some of the words of a label: "Tanggal", "Nama Standar"; misread ones among them: "Tonggol"."""
    forms = [form.split() for some in vocabulary.headings.cover.values() for form in some]
    parts = {" ".join(form[i:j]) for form in forms for i in range(len(form)) for j in range(i + 1, len(form) + 1)}
    return any(alike(label, part) >= settings.same_group for part in parts)


def _is_noise(text: str) -> bool:
    """Whether a text is but marks and single letters: ", &", "× ×", "N. C."."""
    return not any(len(part) > 1 for part in letter_runs(text)) and not any(c.isdigit() for c in text)


def settle_fields(
    values: dict[str, list[str]], words: Dictionary, vocabulary: Vocabulary
) -> tuple[dict[str, tuple[TextLine, ...]], list[str]]:
    """Each field's lines, the most plausible of several readings, and what is noise in them."""
    fields: dict[str, tuple[TextLine, ...]] = {}
    debris: list[str] = []
    for name, texts in values.items():
        blank = [text for text in texts if _is_noise(text) and text not in ("-", "–", "—")]
        said = [text for text in texts if text not in blank]
        debris += blank
        if name in DATES or name == "nomor_sop":
            plausible: Plausible = by_date(vocabulary) if name in DATES else by_shape(words.shapes)
            fields[name] = (settled(said, plausible, words),) if said else ()
        else:
            lines = _signed(said, words, vocabulary) if name == "disahkan_oleh" else said
            plausible = by_words(words)
            groups = grouped(lines, plausible, words.settings.same_reading)
            fields[name] = tuple(settled(group, plausible, words) for group in groups)
    return fields, debris


def _signed(texts: Sequence[str], words: Dictionary, vocabulary: Vocabulary) -> list[str]:
    """The lines of a signature; a NIP that lost its end is followed by the one NIP of the document it can be."""
    lines = signature_lines(texts, vocabulary)
    for line in [line for line in lines if re.match(r"NIP\b", line) and len(_digits(line)) < NIP_DIGITS]:
        whole = {
            other for other in words.lines if _digits(other).startswith(_digits(line)) and re.match(r"NIP\b", other)
        }
        whole = {other for other in whole if len(_digits(other)) == NIP_DIGITS}
        lines[lines.index(line)] = whole.pop() if len(whole) == 1 and _digits(line) else line
    return lines


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def signature_lines(texts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """A signature with post, name, rank and NIP on lines of their own.

    "Drs. ADI PRIHANTARA, M.M Pembina Utama Madya NIP. 1965" -> three lines.
    """
    ranks = "|".join(sorted(vocabulary.headings.ranks))
    split = re.compile(rf"\s+(?=NIP\b)|\s+(?=(?:{ranks})\s)", re.IGNORECASE)
    return [part for text in texts for part in split.split(text) if part]


def bodies_of(
    texts: Sequence[str], words: Dictionary, vocabulary: Vocabulary
) -> tuple[tuple[TextLine, ...], list[str]]:
    """The issuing bodies among what stands beside the fields, and the rest: what a tool made of a crest.

    ("Sarata January", "Bagian Organisasi") -> "Bagian Organisasi"; "Sarata January" is debris.
    """
    named = (part for text in texts if _names_body(text, vocabulary) for part in _apart(text, words, vocabulary))
    kept = [[text] for text in dict.fromkeys(named)]
    lost: list[str] = []
    for text in (text for text in texts if not _names_body(text, vocabulary)):
        whole = next((group for group in kept if _same_end(group[0], text, words.settings)), None)
        (whole if whole else lost).append(text)
    return tuple(_body_line(group, words) for group in kept), lost


def _apart(text: str, words: Dictionary, vocabulary: Vocabulary) -> list[str]:
    """Bodies that run on in one line, parted as another cover of the document prints them on lines of their own."""
    parts = text.split()
    for place in range(1, len(parts)):
        halves = [" ".join(parts[:place]), " ".join(parts[place:])]
        if all(half in words.lines and _names_body(half, vocabulary) for half in halves):
            return halves
    return [text]


def _names_body(text: str, vocabulary: Vocabulary) -> bool:
    parts = letter_runs(text)
    return bool(parts) and parts[0] in vocabulary.words.bodies and len(squash(text)) > 4


def _same_end(whole: str, text: str, settings: TranscriptSettings) -> bool:
    """Whether `text` is another reading of `whole`, or of its last words."""
    end = " ".join(whole.split()[-len(text.split()) :])
    return len(squash(text)) > 5 and max(alike(whole, text), alike(end, text)) >= settings.same_reading


def _body_line(group: Sequence[str], words: Dictionary) -> TextLine:
    others = tuple(dict.fromkeys(text for text in group[1:] if squash(text) != squash(group[0])))
    return line_of(group[0], words.settings.mended_confidence if others else None, others)
