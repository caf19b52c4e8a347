"""Checks on the steps: their numbers, performers, durations and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from rapidfuzz import fuzz

from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, Record, Unit
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import catalogue, issue

_UNITS = "|".join(get_args(Unit))


def numbering(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find printed numbers that begin late, jump, go back, stand twice, are missing, or are not the step's place."""
    seen: list[int] = []
    numbered = sum(_printed(step) is not None for step in record.kegiatan)
    for place, step in enumerate(record.kegiatan):
        path, number = pointer("kegiatan", place, "nomor"), _printed(step)
        if number is None:
            if numbered >= settings.filled_share * len(record.kegiatan):
                yield issue("numbering-missing", path, no=step.no)
            continue
        if number in seen:
            yield issue("numbering-double", path, nomor=number)
        elif seen and number < max(seen):
            yield issue("numbering-back", path, before=max(seen), nomor=number)
        elif not seen and number > place + 1:
            yield issue("numbering-late", path, nomor=number)
        elif seen and number > seen[-1] + 1 and _unread_between(record, place, number - seen[-1] - 1):
            yield issue("numbering-gap", path, before=seen[-1], nomor=number)
        if number != step.no:
            yield issue("number-differs", path, no=step.no, nomor=step.nomor)
        seen.append(number)


def _unread_between(record: Record, place: int, missing: int) -> bool:
    """Whether the steps without a number right above are too few to be the missing ones."""
    above = 0
    while above < place and _printed(record.kegiatan[place - above - 1]) is None:
        above += 1
    return above < missing


def _printed(step: Kegiatan) -> int | None:
    found = re.search(r"\d+", step.nomor or "")
    return int(found.group()) if found else None


def words(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find steps that do not say what is done."""
    for place, step in enumerate(record.kegiatan):
        if not (step.uraian or "").strip():
            yield issue("uraian-empty", pointer("kegiatan", place, "uraian"), no=step.no)


def performers(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find steps that nobody performs, and performers whom the flow does not show."""
    names = {column.id: column.nama for column in record.pelaksana}
    shown = {(node.kegiatan, node.pelaksana) for node in record.flow.nodes}
    for place, step in enumerate(record.kegiatan):
        path = pointer("kegiatan", place, "pelaksana")
        if not step.pelaksana:
            yield issue("step-without-performer", path, no=step.no)
        for name in step.pelaksana:
            if shown and (step.no, name) not in shown:
                yield issue("performer-without-symbol", path, no=step.no, nama=names.get(name, name))


def durations(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find durations with a number, or made of little but a unit, of which no length could be told.

    "Sesuai jadwal DPRD" is no length and no fault, nor is "H+7", nor "2 bulan; 5 hari kerja", which has its parts.
    """
    for place, step in enumerate(record.kegiatan):
        waktu = step.mutu_baku.waktu
        unknown = waktu is not None and waktu.value is None and waktu.jenis in (None, "durasi", "batas")
        if waktu is not None and unknown and looks_like_length(waktu.text):
            yield issue("duration-unreadable", pointer("kegiatan", place, "mutu_baku", "waktu"), text=waktu.text)


def looks_like_length(text: str) -> bool:
    """Whether words hold a number, or little but a unit of time."""
    return bool(re.search(r"[1-9]", text) or re.fullmatch(rf"\W*\w{{0,3}}\W*({_UNITS})\W*", text, re.IGNORECASE))


def outputs(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find outputs that no later step takes up; the last step's is the SOP's own.

    There is one issue for all of them: that an output goes unused is said of the flow of papers, not of one field.
    """
    asked = [step.mutu_baku.kelengkapan for step in record.kegiatan]
    if sum(bool(text) for text in asked) < settings.asked_share * len(asked):
        return
    unused = [
        str(step.no)
        for place, step in enumerate(record.kegiatan[:-1])
        if step.mutu_baku.output
        and not any(_alike(step.mutu_baku.output, later, settings) for later in asked[place + 1 :] if later)
    ]
    if unused:
        yield issue("output-unused", "", steps=", ".join(unused))


def _alike(output: str, kelengkapan: str, settings: ValidateSettings) -> bool:
    return fuzz.token_set_ratio(output.casefold(), kelengkapan.casefold()) >= settings.same_paper


def roles_in_text(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find roles that the text of a step names and its row has no symbol for; the longest name that fits is meant.

    Who receives or sends something ("kepada Kabag Organisasi") need not have a symbol.
    """
    names = _names(record)
    longest = sorted(names, key=len, reverse=True)
    called = {column.id: column.nama for column in record.pelaksana}
    for place, step in enumerate(record.kegiatan):
        found = _named(step.uraian or "", longest, names, settings)
        absent = [called[role] for role in found if role not in step.pelaksana]
        if absent:
            yield issue("role-in-text", pointer("kegiatan", place, "pelaksana"), no=step.no, names=", ".join(absent))


def subjects(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find steps whose words begin with a role that its row has no symbol for, where those of most others have one.

    In some house styles the symbol stands under whoever is told or asked: there most rows differ, and none is doubted.
    """
    names = _names(record)
    longest = sorted(names, key=len, reverse=True)
    told = [(place, role) for place in range(len(record.kegiatan)) if (role := _subject(record, place, longest, names))]
    absent = [(place, role) for place, role in told if role not in record.kegiatan[place].pelaksana]
    if len(told) - len(absent) < max(settings.subject_rows, settings.subject_share * len(told)):
        return
    called = {column.id: column.nama for column in record.pelaksana}
    for place, role in absent:
        path = pointer("kegiatan", place, "pelaksana")
        yield issue("subject-without-symbol", path, no=record.kegiatan[place].no, nama=called[role])


def _subject(record: Record, place: int, longest: list[str], names: dict[str, str]) -> str | None:
    """The role that the words of a step begin with, by its id."""
    text = (record.kegiatan[place].uraian or "").casefold()
    begun = (name for name in longest if _role_at_start(name.casefold()).match(text))
    return next((names[name] for name in begun), None)


def _names(record: Record) -> dict[str, str]:
    """The ids of the roles by what they are called and by what is printed over their columns."""
    return {name: column.id for column in record.pelaksana for name in (column.nama, column.label) if len(name) > 1}


def _named(text: str, longest: list[str], names: dict[str, str], settings: ValidateSettings) -> list[str]:
    found: list[str] = []
    for name in longest:
        pattern = _role_pattern(name, short=len(name) <= settings.short_role)
        mentions = list(pattern.finditer(text))
        acts = any(not _is_receiving(text[: mention.start()]) for mention in mentions)
        text = pattern.sub(lambda mention: "-" * len(mention[0]), text)
        found += [names[name]] if acts and names[name] not in found else []
    return found


@lru_cache(maxsize=1024)
def _role_at_start(name: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(name)}(?!\w)")


@lru_cache(maxsize=1024)
def _role_pattern(name: str, *, short: bool) -> re.Pattern[str]:
    """What finds a role's name in text. "TU" is a role, "tu" is part of many words."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.NOFLAG if short else re.IGNORECASE)


def _is_receiving(before: str) -> bool:
    """Whether the words before a role tell that something is brought to it, or comes from it."""
    words = before.split()
    return bool(words) and words[-1].casefold() in catalogue().receiving
