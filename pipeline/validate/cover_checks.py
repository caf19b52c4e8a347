"""Checks on the cover: what is missing, dates that cannot follow each other, a NIP that is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from pipeline.message import Message, msg
from pipeline.model.draft import DATE_FIELDS, NIP_DIGITS
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
from pipeline.model.record import Header, Pengesah, Record
from pipeline.model.text import fold
from pipeline.settings import ValidateSettings
from pipeline.validate.catalogue import catalogue, issue

# PermenPAN-RB 35/2012: a SOP is made, revised, approved and comes into force in this order.
_ORDER = ("tanggal_pembuatan", "tanggal_revisi", "tanggal_pengesahan", "tanggal_efektif")


def missing(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find that there is no cover, or one without number, name, kualifikasi or dasar hukum."""
    header = record.header
    if header == Header():
        yield issue("cover-missing", "")
        return
    if header.nomor_sop is None:
        yield issue("nomor-sop-missing", "/header/nomor_sop")
    if header.nama_sop is None:
        yield issue("nama-sop-missing", "/header/nama_sop")
    if not header.kualifikasi_pelaksana:
        yield issue("kualifikasi-empty", "/header/kualifikasi_pelaksana")
    if not header.dasar_hukum:
        yield issue("dasar-hukum-empty", "/header/dasar_hukum")


def dates(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find years in which no SOP was made, and dates out of order.

    Where one date alone is at odds with the others it is told; where any of two may be wrong, both are.
    """
    found = {name: value for name in DATE_FIELDS if (value := getattr(record.header, name))}
    for name, value in found.items():
        if not settings.earliest_year <= int(value[:4]) <= settings.latest_year:
            yield issue("date-implausible", pointer("header", name), date=value)
    pairs = _conflicts(found)
    for name in _at_fault(pairs):
        first, second = next(pair for pair in pairs if name in pair)
        other = second if name == first else first
        yield issue(
            "dates-out-of-order",
            pointer("header", name),
            field=name,
            date=found[name],
            other=other,
            other_date=found[other],
        )


def _conflicts(found: Mapping[str, str]) -> list[tuple[str, str]]:
    """Pairs of fields whose dates are the wrong way round, as far as both are precise: 2018 and 2018-05 agree."""
    known = [name for name in _ORDER if name in found]
    return [(a, b) for a, b in combinations(known, 2) if _later(found[a], found[b])]


def _later(one: str, other: str) -> bool:
    precision = min(len(one), len(other))
    return one[:precision] > other[:precision]


def _at_fault(pairs: list[tuple[str, str]]) -> list[str]:
    """The field that is in every conflict, where there are several; else all fields in conflict."""
    involved = [name for name in _ORDER if any(name in pair for pair in pairs)]
    alone = [name for name in involved if all(name in pair for pair in pairs)]
    return alone if len(pairs) > 1 and len(alone) == 1 else involved


def nip(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find a NIP that has not 18 digits, whose dates no calendar has, or whose owner was appointed as a child.

    A pangkat without a NIP beside it is told, too: who has the one has the other. Police and forces have shorter
    numbers, the NRP.
    """
    signed = record.header.disahkan_oleh
    number = signed.nip
    if number is None:
        if signed.pangkat is not None:
            yield issue("nip-missing", "/header/disahkan_oleh/nip", pangkat=signed.pangkat)
        return
    why = nip_fault(number, settings)
    if why and not _is_nrp(number, signed.pangkat or ""):
        yield issue("nip-invalid", "/header/disahkan_oleh/nip", nip=number, why=why)


def labels(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find values of the cover that hold the label of another field."""
    header, signed = record.header, record.header.disahkan_oleh
    values = {pointer("header", name): getattr(header, name) for name in ("nomor_sop", "nama_sop")}
    values |= {pointer("header", "disahkan_oleh", name): value for name, value in signed}
    values[pointer("header", "instansi")] = " ".join(header.instansi)
    for path, text in values.items():
        words = f" {fold(text or '')} "
        label = next((label for label in catalogue().labels if f" {label} " in words), None)
        if label is not None:
            yield issue("label-in-value", path, text=text, label=label)


def signature(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find a name that is hardly one, and a cover that does not tell who signed or as what.

    A name has no words of a post, no digits, and no word in small letters among capitalised ones, as where a stamp hid
    the letter before.
    """
    if record.header == Header():
        return
    signed = record.header.disahkan_oleh
    needed = ("jabatan", "nama") if signed.nama else ("jabatan", "nama", "nip")
    for field in needed:
        if getattr(signed, field) is None:
            yield issue("signature-missing", pointer("header", "disahkan_oleh", field), field=field)
    if signed.nama and _is_unlikely_name(signed.nama):
        yield issue("name-unlikely", "/header/disahkan_oleh/nama", text=signed.nama)


def _is_unlikely_name(name: str) -> bool:
    if re.search(r"\d", name) or len(fold(name)) < 3 or catalogue().posts & set(fold(name).split()):
        return True
    words = name.split()
    small = [word for word in words if len(word) > 3 and word.isalpha() and word.islower()]
    return len(small) < len(words) and any(word not in catalogue().between_names for word in small)


def blank_dates(record: Record, settings: ValidateSettings) -> Iterator[Issue]:
    """Find dates that a cover lacks: of making, and where both are blank, of approval and of coming into force.

    A cover without any date is one that is still to be filled in, unless it does not even tell who signs.
    """
    header = record.header
    signed = header.disahkan_oleh != Pengesah()
    if header == Header() or (signed and not any(getattr(header, name) for name in DATE_FIELDS)):
        return
    absent = [] if header.tanggal_pembuatan else ["tanggal_pembuatan"]
    if header.tanggal_pengesahan is None and header.tanggal_efektif is None:
        absent += ["tanggal_pengesahan", "tanggal_efektif"]
    if not signed:
        absent += [] if header.tanggal_revisi else ["tanggal_revisi"]
    for name in absent:
        yield issue("date-missing", pointer("header", name), field=name)


def nip_fault(number: str, settings: ValidateSettings) -> Message | None:
    """Tell what is wrong with a NIP; None where nothing is.

    Peraturan Kepala BKN 22/2007: birth yyyymmdd, appointment yyyymm, sex 1 or 2, three digits of order from 001.
    """
    if len(number) != NIP_DIGITS or not number.isdecimal():
        return msg("it has {count} digits, not 18", count=len(number))
    born, appointed, sex, order = number[:8], number[8:14], number[14], number[15:]
    if not _is_birthday(born, settings.earliest_birth):
        return msg("{digits} is no date of birth", digits=born)
    if not _is_appointment(appointed, born, settings.appointment_age):
        return msg("{digits} is no month of appointment", digits=appointed)
    if sex not in "12":
        return msg("the 15th digit is {digit}, not 1 or 2", digit=sex)
    return msg("it ends in {digits}, though the first of a month is 001", digits=order) if order == "000" else None


def _is_nrp(number: str, pangkat: str) -> bool:
    """Whether a number can be that of somebody of this rank in uniform: 8 digits in the police, 5 to 14 in forces."""
    return 5 <= len(number) <= 14 and not catalogue().uniformed.isdisjoint(fold(pangkat).split())


def _is_appointment(appointed: str, born: str, ages: tuple[int, int]) -> bool:
    """Whether somebody `born` yyyymmdd can have been `appointed` yyyymm, at an age between two in years.

    A PPPK's number has 21 for the month, which is none: that of the end of the year is taken.
    """
    month = 12 if appointed[4:] == "21" else int(appointed[4:])
    months = 12 * (int(appointed[:4]) - int(born[:4])) + month - int(born[4:6])
    youngest, oldest = ages
    return 1 <= month <= 12 and 12 * youngest <= months <= 12 * oldest


def _is_birthday(digits: str, earliest: int) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= earliest
    except ValueError:
        return False
