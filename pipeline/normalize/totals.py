"""How long a SOP takes, in all and for each Pelaksana, kept apart by what cannot be converted.

Minutes, hours, days and weeks are one time ("2 x 24 jam" is 2 days). A hari kerja is a day of work, not of 24 hours,
and a month or year has no fixed length: they are summed on their own and never turned into minutes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.record import Kegiatan, Record, Waktu

MINUTES = {"menit": 1.0, "jam": 60.0, "hari": 1440.0, "minggu": 10080.0}
MONTHS = {"bulan": 1.0, "tahun": 12.0}


@dataclass(frozen=True, slots=True)
class Duration:
    """A sum of Waktu over `steps`: `menit` (also jam, hari and minggu), `hari_kerja`, and `bulan` (also tahun).

    Each goes from its least to its most; `unknown` counts the steps whose Waktu tells no duration.
    """

    menit: tuple[float, float] = (0.0, 0.0)
    hari_kerja: tuple[float, float] = (0.0, 0.0)
    bulan: tuple[float, float] = (0.0, 0.0)
    steps: int = 0
    unknown: int = 0

    @property
    def minutes(self) -> float | None:
        """The sum in minutes, of ranges the most; None where a step tells no duration, or one in another unit."""
        return self.menit[1] if not self.unknown and not self.hari_kerja[1] and not self.bulan[1] else None


def total(record: Record) -> Duration:
    """The durations of all activities of a SOP, one after the other."""
    return summed(kegiatan.mutu_baku.waktu for kegiatan in record.kegiatan)


def total_by_pelaksana(record: Record) -> dict[str, Duration]:
    """The durations by Pelaksana id, in the columns' order; a step of several performers counts in full for each."""
    return {
        pelaksana.id: summed(step.mutu_baku.waktu for step in _steps_of(pelaksana.id, record.kegiatan))
        for pelaksana in record.pelaksana
    }


def summed(durations: Iterable[Waktu | None]) -> Duration:
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
    return Duration((menit[0], menit[1]), (hari_kerja[0], hari_kerja[1]), (bulan[0], bulan[1]), steps, unknown)


def _steps_of(pelaksana: str, steps: Iterable[Kegiatan]) -> list[Kegiatan]:
    return [step for step in steps if pelaksana in step.pelaksana]
