"""The identity fields of a transcript's cover, from a table that may cut, double or misread its labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.draft import NIP_DIGITS
from pipeline.model.text import letter_runs, squash
from pipeline.settings import TranscriptSettings
from pipeline.transcript.blocks import Row
from pipeline.transcript.dictionary import (
    Dictionary,
    Plausible,
    TextLine,
    by_date,
    by_pattern,
    by_words,
    grouped_readings,
    line_of,
    most_plausible,
)
from pipeline.transcript.known_words import KnownWords, Match, likeness_of, nearest

BODY_LETTERS = 5  # of the shortest word that names a body, "Dinas"
DATES = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")


@dataclass(frozen=True)
class Identity:
    """Fields by name, in the order printed, as lines; the issuing bodies; what was taken for neither."""

    fields: dict[str, tuple[TextLine, ...]]
    instansi: tuple[TextLine, ...]
    debris: tuple[str, ...]


@dataclass
class _OpenFields:
    """What is being read: labels may run over rows, values come before a label is whole."""

    values: dict[str, list[str]] = field(default_factory=dict)
    name: str | None = None
    label: str = ""
    waiting: list[str] = field(default_factory=list)
    debris: list[str] = field(default_factory=list)


def label_column(rows: Sequence[Row], known: KnownWords, settings: TranscriptSettings) -> int | None:
    """The column that holds most labels of identity fields, None where fewer than two cells are one."""
    width = max(map(len, rows), default=0)
    columns = [[row[index] for row in rows if len(row) > index] for index in range(width)]
    counts = [sum(bool(_whole_label(cell, known, settings)) for cell in column) for column in columns]
    best = max(range(width), key=lambda index: counts[index], default=0)
    return best if width and counts[best] >= 2 else None


def read_identity(rows: Sequence[Row], column: int, dictionary: Dictionary, known: KnownWords) -> Identity:
    """The fields of the rows above the boxes; labels stand in `column`, values to the right, the body to the left."""
    reading = _OpenFields()
    for row in rows:
        value = " ".join(cell for cell in row[column + 1 :] if cell)
        _take(reading, row[column] if len(row) > column else "", value, known, dictionary.settings)
    reading.debris += reading.waiting
    left = [cell for row in rows if (cell := " ".join(cell for cell in row[:column] if cell))]
    instansi, lost = bodies_of(left, dictionary, known)
    fields, noise = settle_fields(reading.values, dictionary, known)
    return Identity(fields, instansi, (*lost, *reading.debris, *noise))


def _take(now: _OpenFields, label: str, value: str, known: KnownWords, settings: TranscriptSettings) -> None:
    """Read one row: a label, the next piece of one, a value alone, or neither."""
    longer = _whole_label(f"{now.label} {label}", known, settings) if label and now.label else None
    alone = _whole_label(label, known, settings) if label else None
    before = _whole_label(now.label, known, settings) if now.name and now.label else None
    if longer and (not alone or longer.score >= alone.score) and (not before or longer.score > before.score):
        _start(now, longer.name, f"{now.label} {label}", value)
    elif alone:
        _start(now, alone.name, label, value)
    elif label and _is_part(label, known, settings):
        now.debris += now.waiting
        now.name, now.label, now.waiting = None, label, [value] if value else []
    elif now.name is None or (label and not _is_noise(label)):
        now.waiting += [value] if value else []
        now.debris += [label] if label else []
    else:
        now.debris += [label] if label else []
        now.values[now.name] += [value] if value else []


def _start(now: _OpenFields, name: str, label: str, value: str) -> None:
    now.values.setdefault(name, [])
    now.values[name] += [text for text in (*now.waiting, value) if text]
    now.name, now.label, now.waiting = name, label, []


def _whole_label(label: str, known: KnownWords, settings: TranscriptSettings) -> Match | None:
    match = nearest(label, known.headings.cover)
    return match if match and match.score >= settings.same_label else None


def _is_part(label: str, known: KnownWords, settings: TranscriptSettings) -> bool:
    """Whether a cell is some of the words of a label: "Tanggal", "Nama Standar"; misread ones among them: "Tonggol"."""
    forms = [form.split() for some in known.headings.cover.values() for form in some]
    parts = {" ".join(form[i:j]) for form in forms for i in range(len(form)) for j in range(i + 1, len(form) + 1)}
    return any(likeness_of(label, part) >= settings.same_group for part in parts)


def _is_noise(text: str) -> bool:
    """Whether a text is but marks and single letters: ", &", "× ×", "N. C."."""
    return not any(len(part) > 1 for part in letter_runs(text)) and not any(c.isdigit() for c in text)


def settle_fields(
    values: dict[str, list[str]], dictionary: Dictionary, known: KnownWords
) -> tuple[dict[str, tuple[TextLine, ...]], list[str]]:
    """Each field's lines, the most plausible of several readings, and what is noise in them."""
    fields: dict[str, tuple[TextLine, ...]] = {}
    debris: list[str] = []
    for name, texts in values.items():
        blank = [text for text in texts if _is_noise(text) and text not in ("-", "–", "—")]
        said = [text for text in texts if text not in blank]
        debris += blank
        if name in DATES or name == "nomor_sop":
            plausible: Plausible = by_date(known) if name in DATES else by_pattern(dictionary.patterns)
            fields[name] = (most_plausible(said, plausible, dictionary),) if said else ()
        else:
            lines = _signed(said, dictionary, known) if name == "disahkan_oleh" else said
            plausible = by_words(dictionary)
            groups = grouped_readings(lines, plausible, dictionary.settings.same_reading)
            fields[name] = tuple(most_plausible(group, plausible, dictionary) for group in groups)
    return fields, debris


def _signed(texts: Sequence[str], dictionary: Dictionary, known: KnownWords) -> list[str]:
    """The lines of a signature; a NIP that lost its end is followed by the one NIP of the document it can be."""
    lines = signature_lines(texts, known)
    for line in [line for line in lines if re.match(r"NIP\b", line) and len(_digits(line)) < NIP_DIGITS]:
        whole = {
            other
            for other in dictionary.lines
            if _digits(other).startswith(_digits(line)) and re.match(r"NIP\b", other)
        }
        whole = {other for other in whole if len(_digits(other)) == NIP_DIGITS}
        lines[lines.index(line)] = whole.pop() if len(whole) == 1 and _digits(line) else line
    return lines


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def signature_lines(texts: Sequence[str], known: KnownWords) -> list[str]:
    """A signature with post, name, rank and NIP on lines of their own.

    "Drs. ADI PRIHANTARA, M.M Pembina Utama Madya NIP. 1965" -> three lines.
    """
    ranks = "|".join(sorted(known.headings.ranks))
    split = re.compile(rf"\s+(?=NIP\b)|\s+(?=(?:{ranks})\s)", re.IGNORECASE)
    return [part for text in texts for part in split.split(text) if part]


def bodies_of(
    texts: Sequence[str], dictionary: Dictionary, known: KnownWords
) -> tuple[tuple[TextLine, ...], list[str]]:
    """The issuing bodies among what stands beside the fields, and the rest: what a tool made of a crest.

    ("Sarata January", "Bagian Organisasi") -> "Bagian Organisasi"; "Sarata January" is debris.
    """
    named = (part for text in texts if _names_body(text, known) for part in _apart(text, dictionary, known))
    kept = [[text] for text in dict.fromkeys(named)]
    lost: list[str] = []
    for text in (text for text in texts if not _names_body(text, known)):
        whole = next((group for group in kept if _same_end(group[0], text, dictionary.settings)), None)
        (whole if whole else lost).append(text)
    return tuple(_body_line(group, dictionary) for group in kept), lost


def _apart(text: str, dictionary: Dictionary, known: KnownWords) -> list[str]:
    """Bodies that run on in one line, parted as another cover of the document prints them on lines of their own."""
    parts = text.split()
    for place in range(1, len(parts)):
        halves = [" ".join(parts[:place]), " ".join(parts[place:])]
        if all(half in dictionary.lines and _names_body(half, known) for half in halves):
            return halves
    return [text]


def _names_body(text: str, known: KnownWords) -> bool:
    parts = letter_runs(text)
    return bool(parts) and parts[0] in known.words.bodies and len(squash(text)) >= BODY_LETTERS


def _same_end(whole: str, text: str, settings: TranscriptSettings) -> bool:
    """Whether `text` is another reading of `whole`, or of its last words."""
    end = " ".join(whole.split()[-len(text.split()) :])
    likeness = max(likeness_of(whole, text), likeness_of(end, text))
    return len(squash(text)) >= settings.least_line and likeness >= settings.same_reading


def _body_line(group: Sequence[str], dictionary: Dictionary) -> TextLine:
    others = tuple(dict.fromkeys(text for text in group[1:] if squash(text) != squash(group[0])))
    return line_of(group[0], dictionary.settings.mended_confidence if others else None, others)
