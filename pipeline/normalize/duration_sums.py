"""Durations added up, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.model.document import WaktuTotal
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, Record, Unit, Waktu, WaktuBagian
from pipeline.normalize.durations import MINUTES

# Units of which each is one time wherever it stands, in minutes; months and years, which are not, in months.
_FIXED: dict[str, float] = {unit: MINUTES[unit] for unit in ("menit", "jam", "hari", "minggu")}
_MONTHS: dict[str, float] = {"bulan": 1.0, "tahun": 12.0}


def total(record: Record) -> WaktuTotal:
    """Sum the durations of all activities of a SOP, one after the other; a cell merged over several rows counts once.

    Minutes, hours, days and weeks are one time ("2 x 24 jam" is 2 days). A hari kerja is a day of work, not of 24
    hours, and a month or year has no fixed length: they are summed on their own and never turned into minutes.
    """
    return summed(step.mutu_baku.waktu for step in timed_steps(record))


def total_by_pelaksana(record: Record) -> dict[str, WaktuTotal]:
    """Sum the durations by Pelaksana id, in the columns' order; each performer of a step is given all of it."""
    steps = timed_steps(record)
    return {
        pelaksana.id: summed(step.mutu_baku.waktu for step in steps if pelaksana.id in step.pelaksana)
        for pelaksana in record.pelaksana
    }


def timed_steps(record: Record) -> list[Kegiatan]:
    """The steps without those whose Waktu stands in a cell that an earlier step shares."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for i, step in enumerate(record.kegiatan):
        noted = record.evidence.get(pointer("kegiatan", i, "mutu_baku", "waktu"))
        place = (noted.page, noted.box) if noted and noted.box else (i,)
        if place not in seen:
            kept.append(step)
        seen.add(place)
    return kept


def summed(durations: Iterable[Waktu | None]) -> WaktuTotal:
    """Sum some Waktu: 15 menit + 1-2 jam + 3 hari kerja -> menit (75, 135), hari_kerja (3, 3)."""
    waktus = list(durations)
    known = [
        (waktu.unit, waktu.value, waktu.value if waktu.max is None else waktu.max)
        for waktu in waktus
        if waktu is not None and waktu.value is not None and waktu.unit is not None
    ]
    unknown = len(waktus) - len(known)
    menit, hari_kerja, bulan = (_sum_in(known, factors) for factors in (_FIXED, {"hari kerja": 1.0}, _MONTHS))
    return WaktuTotal(
        total_menit=None if unknown or hari_kerja[1] or bulan[1] else menit[1],
        menit=menit,
        hari_kerja=hari_kerja,
        bulan=bulan,
        steps=len(waktus),
        unknown=unknown,
    )


def calendar_minutes(waktu: Waktu | None) -> float | None:
    """About how long a Waktu may be at most, to compare it with others; None where it is no duration.

    A hari kerja counts as a day, a month as 30 of them, a year as 365; of several lengths the longest counts.
    """
    if waktu is None:
        return None
    parts: list[Waktu | WaktuBagian] = [waktu, *waktu.bagian]
    lengths = [(part.value, part.max, part.unit) for part in parts]
    known = (max(value, most or 0.0) * MINUTES[unit] for value, most, unit in lengths if value is not None and unit)
    return max(known, default=None)


def _sum_in(known: Iterable[tuple[Unit, float, float]], factors: Mapping[str, float]) -> tuple[float, float]:
    """The least and the most of all durations whose unit has a factor; each is its unit, its least and its most."""
    found = [(least * factors[unit], most * factors[unit]) for unit, least, most in known if unit in factors]
    return sum((least for least, _ in found), 0.0), sum((most for _, most in found), 0.0)
