from __future__ import annotations

import pytest

from pipeline.model.record import Evidence, Kegiatan, MutuBaku, Pelaksana, Record, Source
from pipeline.normalize.duration_sums import calendar_minutes, summed, total, total_by_pelaksana
from pipeline.normalize.durations import read_duration
from pipeline.normalize.lexicon import load_lexicon
from pipeline.settings import LanguageSettings

LEXICON = load_lexicon()
SETTINGS = LanguageSettings()


def sop(*steps: tuple[str, list[str]]) -> Record:
    rows = [
        Kegiatan(
            no=i, pelaksana=who, mutu_baku=MutuBaku(waktu=read_duration(text, LEXICON, SETTINGS)[0] if text else None)
        )
        for i, (text, who) in enumerate(steps, 1)
    ]
    roles = [Pelaksana(id=i, nama=i, label=i) for i in ("a", "b")]
    source = Source(file="x.pdf", sha256="0", pages=(1, 1), kind="text")
    return Record(id="x/01", source=source, pelaksana=roles, kegiatan=rows)


def test_sums_in_minutes_with_ranges() -> None:
    found = total(sop(("15 menit", ["a"]), ("1-2 jam", ["b"]), ("1 hari", ["a", "b"])))
    assert found.menit == (15 + 60 + 1440, 15 + 120 + 1440)
    assert found.total_menit == 1575
    assert found.steps == 3


def test_working_days_and_months_are_kept_apart() -> None:
    found = total(sop(("3 hari kerja", ["a"]), ("1 tahun", ["a"]), ("2 bulan", ["b"]), ("10 menit", ["a"])))
    assert (found.hari_kerja, found.bulan, found.menit) == ((3, 3), (14, 14), (10, 10))
    assert found.total_menit is None


def test_a_step_without_a_duration_leaves_no_total_in_minutes() -> None:
    found = total(sop(("10 menit", ["a"]), ("Sesuai jadwal", ["a"]), ("", ["b"])))
    assert found.unknown == 2
    assert found.total_menit is None


def test_each_performer_has_its_own_sum() -> None:
    found = total_by_pelaksana(sop(("15 menit", ["a"]), ("1 jam", ["a", "b"])))
    assert {who: time.total_menit for who, time in found.items()} == {"a": 75, "b": 60}


def test_nothing_is_nothing() -> None:
    assert summed([]).total_menit == 0


def test_a_cell_merged_over_two_rows_counts_once() -> None:
    record = sop(("1 hari", ["a"]), ("1 hari", ["b"]), ("5 menit", ["a"]))
    shared = Evidence(page=1, box=(1.0, 2.0, 3.0, 4.0))
    paths = {f"/kegiatan/{i}/mutu_baku/waktu": shared for i in (0, 1)}
    assert total(record.model_copy(update={"evidence": paths})).total_menit == 1445


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90 menit", 90),
        ("1-2 jam", 120),
        ("3 hari kerja", 3 * 1440),
        ("1 bulan", 43200),
        ("2 bulan; 5 hari kerja", 2 * 43200),
        ("Sesuai jadwal", None),
    ],
)
def test_lengths_of_all_units_can_be_compared(text: str, minutes: float | None) -> None:
    assert calendar_minutes(read_duration(text, LEXICON, SETTINGS)[0]) == minutes


def test_no_waktu_has_no_length() -> None:
    assert calendar_minutes(None) is None
