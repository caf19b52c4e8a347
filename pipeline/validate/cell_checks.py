"""Checks on the cells of the matrix: which are empty, which hold what belongs in another column or row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, Record, Unit
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import catalogue, issue
from pipeline.validate.step_checks import looks_like_length

_COLUMNS: tuple[tuple[str, Callable[[Kegiatan], object]], ...] = (
    ("kelengkapan", lambda step: step.mutu_baku.kelengkapan),
    ("waktu", lambda step: step.mutu_baku.waktu),
    ("output", lambda step: step.mutu_baku.output),
)
_DURATION = re.compile(rf"\s*\b\d+(?:\s*[-–]\s*\d+)?\s*(?:{'|'.join(get_args(Unit))})\b\s*", re.IGNORECASE)


def empty(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find empty cells in a column that most steps fill, and columns of the form that are not there at all.

    PermenPAN-RB 35/2012: the Mutu Baku has Kelengkapan, Waktu and Output. Not all house styles have a Kelengkapan: it
    is missed where the others are missed too, or a column has a head that nobody knows.
    """
    steps = record.kegiatan
    filled = {
        name: [place for place, step in enumerate(steps) if read(step) not in (None, "")] for name, read in _COLUMNS
    }
    unknown_heads = any(step.mutu_baku.lain for step in steps)
    for name, places in filled.items():
        expected = name != "kelengkapan" or unknown_heads or not any(filled.values())
        if not places and len(steps) >= settings.least_rows and expected:
            yield from _told("column-missing", name, range(len(steps)))
        elif len(steps) >= settings.filled_rows and len(places) >= settings.mostly_filled * len(steps):
            yield from _told("cell-empty", name, [place for place in range(len(steps)) if place not in places])


def _told(code: str, field: str, places: Sequence[int]) -> Iterator[Issue]:
    for place in places:
        yield issue(code, pointer("kegiatan", place, "mutu_baku", field), no=place + 1, field=field)


def unclear_durations(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find words in the Waktu column that tell nothing about time, where others do."""
    waktus = [step.mutu_baku.waktu for step in record.kegiatan]
    clear = sum(waktu is not None and (waktu.value is not None or waktu.jenis is not None) for waktu in waktus)
    for place, waktu in enumerate(waktus):
        odd = waktu is not None and waktu.value is None and waktu.jenis is None
        if waktu is not None and odd and clear and not looks_like_length(waktu.text):
            yield issue("duration-unclear", pointer("kegiatan", place, "mutu_baku", "waktu"), text=waktu.text)


def misplaced_durations(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find cells of other columns that hold a length of time: alone, or while the step's Waktu tells none."""
    for place, step in enumerate(record.kegiatan):
        waktu = step.mutu_baku.waktu
        untimed = waktu is None or (waktu.value is None and waktu.jenis is None)
        texts = {
            "uraian": step.uraian,
            "mutu_baku/kelengkapan": step.mutu_baku.kelengkapan,
            "mutu_baku/output": step.mutu_baku.output,
            "keterangan": step.keterangan,
        }
        for path, text in texts.items():
            if text and (_DURATION.fullmatch(text) or (untimed and path != "uraian" and _DURATION.search(text))):
                yield issue("duration-misplaced", pointer("kegiatan", place, *path.split("/")), text=text)


def cut_sentences(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find steps whose words begin or end in the middle of a sentence, or hold the step's number, which is missing."""
    capital = sum((step.uraian or "")[:1].isupper() for step in record.kegiatan)
    usual = capital >= settings.filled_share * len(record.kegiatan)
    holding = [place for place, step in enumerate(record.kegiatan) if _holds_number(step)]
    mixed = holding if len(holding) > 1 or any(step.nomor for step in record.kegiatan) else []
    for place, step in enumerate(record.kegiatan):
        text = step.uraian or ""
        begun = usual and text[:1].islower() and place > 0
        if begun or place in mixed or _is_unfinished(text):
            yield issue("sentence-cut", pointer("kegiatan", place, "uraian"), no=step.no, text=text)


def merged_rows(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find rows that hold two steps: two numbers, or two lengths of time right before a number that is missing."""
    for place, step in enumerate(record.kegiatan):
        numbers = re.findall(r"\d+", step.nomor or "")
        waktu = step.mutu_baku.waktu
        after = record.kegiatan[place + 1].nomor if place + 1 < len(record.kegiatan) else None
        behind = re.findall(r"\d+", after or "")
        skipped = len(numbers) == 1 and len(behind) == 1 and int(behind[0]) == int(numbers[0]) + 2
        if len(numbers) > 1 or (skipped and waktu is not None and waktu.bagian):
            yield issue("rows-merged", pointer("kegiatan", place), no=step.no)


def _holds_number(step: Kegiatan) -> bool:
    return step.nomor is None and re.search(rf"(?<![\w.]){step.no}\.?(?![\w.])", step.uraian or "") is not None


def _is_unfinished(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return bool(words) and words[-1] in catalogue().unfinished and text[-1:].isalpha()
