"""Durations of scans beside those of other rows: a ruling or a bullet read as a digit makes a number jump."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.message import Message, msg
from pipeline.model.draft import Value
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan
from pipeline.normalize.evidence import ValuesByPointer
from pipeline.settings import LanguageSettings

_Number = tuple[int, str, str]  # place of the row from 0, digits, unit


def with_jumps_doubted(
    rows: Sequence[Kegiatan], noted: ValuesByPointer, settings: LanguageSettings
) -> tuple[ValuesByPointer, list[Issue]]:
    """Lower the confidence of scanned durations with more digits than all others of their unit, and tell them.

    Most such numbers are right ("120 menit"). Doubted is one that is the usual number with a digit more ("11 jam"
    where the others have 1), and any that was not read surely. Whatever the other rows have, an uneven number that
    begins with a stroke (11, not 15) is doubted where two readers did not read it alike.

    Args:
        rows: The steps of one matrix.
        noted: Their values by JSON pointer; what nothing scored is left alone.
        settings: The caller's.
    """
    values, issues = dict(noted), []
    numbers = list(_numbers(rows))
    for place, digits, unit in numbers:
        others = [other for at, other, its in numbers if at != place and its == unit]
        path = pointer("kegiatan", place, "mutu_baku", "waktu")
        value = noted.get(path)
        if value is None or value.confidence is None:
            continue
        if (why := _why_doubted(digits, unit, others, value, settings)) is not None:
            values[path] = replace(value, confidence=value.confidence * settings.jump_trust)
            issues.append(Issue.of("duration-jump", "warning", why, path))
    return values, issues


def _why_doubted(
    digits: str, unit: str, others: Sequence[str], value: Value[str], settings: LanguageSettings
) -> Message | None:
    """What speaks against a duration of `digits`, beside `others` of its unit; None where nothing does."""
    text, sure = str(value.clean), value.confidence or 0.0
    longer = _is_longer(digits, others, settings)
    if longer and (sure < settings.jump_sure or _is_usual_with_digit_more(digits, others, settings)):
        return msg('"{text}" has more digits than the Waktu of all other steps', text=text)
    if sure < settings.stroke_sure and digits not in others and has_odd_stroke(digits, unit):
        return msg('"{text}" may be {number} with a stroke before it', text=text, number=digits[1:])
    return None


def has_odd_stroke(digits: str, unit: str) -> bool:
    """Whether a number begins with a 1 that may be a stroke, and is less usual with it than without: 11, not 15 or 12.

    Hours and days are counted in dozens and weeks, all units in fives.
    """
    number = int(digits)
    counted = {"jam": 12, "hari": 7, "bulan": 6}.get(unit, 5)
    return re.fullmatch(r"1[1-9]\d?", digits) is not None and number % 5 != 0 and number % counted != 0


def _numbers(rows: Sequence[Kegiatan]) -> Iterator[_Number]:
    """The whole numbers of the Waktu column with their units; a range ("1-2 jam") is none."""
    for place, row in enumerate(rows):
        waktu = row.mutu_baku.waktu
        if waktu is None or waktu.value is None or waktu.unit is None or waktu.max is not None:
            continue
        if waktu.value == int(waktu.value):
            yield place, str(int(waktu.value)), waktu.unit


def _is_longer(digits: str, others: Sequence[str], settings: LanguageSettings) -> bool:
    return len(others) >= settings.jump_rows and all(len(other) < len(digits) for other in others)


def _is_usual_with_digit_more(digits: str, others: Sequence[str], settings: LanguageSettings) -> bool:
    """Whether a number without one of its digits is that of most other rows."""
    shorter = {digits[:at] + digits[at + 1 :] for at in range(len(digits))}
    return any(others.count(number) >= settings.jump_usual * len(others) for number in shorter)
