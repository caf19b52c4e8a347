"""How long a SOP takes, in all and for each Pelaksana, kept apart by what cannot be converted.

Minutes, hours, days and weeks are one time ("2 x 24 jam" is 2 days). A hari kerja is a day of work, not of 24 hours,
and a month or year has no fixed length: they are summed on their own and never turned into minutes.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.document import WaktuTotal
from pipeline.model.pointer import pointer
from pipeline.model.record import Kegiatan, Record, Waktu

MINUTES = {"menit": 1.0, "jam": 60.0, "hari": 1440.0, "minggu": 10080.0}
MONTHS = {"bulan": 1.0, "tahun": 12.0}


def total(record: Record) -> WaktuTotal:
    """The durations of all activities of a SOP, one after the other; a cell merged over several rows counts once."""
    return summed(step.mutu_baku.waktu for step in _timed(record))


def total_by_pelaksana(record: Record) -> dict[str, WaktuTotal]:
    """The durations by Pelaksana id, in the columns' order; a step of several performers counts in full for each."""
    steps = _timed(record)
    return {
        pelaksana.id: summed(step.mutu_baku.waktu for step in steps if pelaksana.id in step.pelaksana)
        for pelaksana in record.pelaksana
    }


def summed(durations: Iterable[Waktu | None]) -> WaktuTotal:
    """The sum of some Waktu: 15 menit + 1-2 jam + 3 hari kerja -> menit (75, 135), hari_kerja (3, 3)."""
    menit, hari_kerja, bulan = [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]
    steps = unknown = 0
    for waktu in durations:
        steps += 1
        if waktu is None or waktu.value is None or waktu.unit is None:
            unknown += 1
            continue
        factor = MINUTES.get(waktu.unit) or MONTHS.get(waktu.unit) or 1.0
        into = menit if waktu.unit in MINUTES else bulan if waktu.unit in MONTHS else hari_kerja
        into[0] += waktu.value * factor
        into[1] += (waktu.value if waktu.max is None else waktu.max) * factor
    return WaktuTotal(
        total_menit=None if unknown or hari_kerja[1] or bulan[1] else menit[1],
        menit=(menit[0], menit[1]),
        hari_kerja=(hari_kerja[0], hari_kerja[1]),
        bulan=(bulan[0], bulan[1]),
        steps=steps,
        unknown=unknown,
    )


def _timed(record: Record) -> list[Kegiatan]:
    """The steps, without those whose Waktu stands in a cell that an earlier step shares."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for i, step in enumerate(record.kegiatan):
        noted = record.evidence.get(pointer("kegiatan", i, "mutu_baku", "waktu"))
        place = (noted.page, noted.box) if noted and noted.box else (i,)
        if place not in seen:
            kept.append(step)
        seen.add(place)
    return kept
