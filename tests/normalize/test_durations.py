from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.durations import find_durations, mend_units, read_duration, waktu
from pipeline.normalize.lexicon import Lexicon, load_lexicon
from pipeline.settings import LanguageSettings

LEXICON = load_lexicon()
SETTINGS = LanguageSettings()


@pytest.mark.parametrize(
    ("text", "value", "most", "unit", "iso"),
    [
        ("15 menit", 15, None, "menit", "PT15M"),
        ("15 Mnt.", 15, None, "menit", "PT15M"),
        ("10'", 10, None, "menit", "PT10M"),
        ("1 Jam", 1, None, "jam", "PT1H"),
        ("1,5 jam", 1.5, None, "jam", "PT1.5H"),
        ("½ jam", 0.5, None, "jam", "PT0.5H"),
        ("1 ½ jam", 1.5, None, "jam", "PT1.5H"),
        ("2 x 24 jam", 48, None, "jam", "PT48H"),
        ("Maksimal 1x24 jam", 24, None, "jam", "PT24H"),
        ("1 jam 30 menit", 90, None, "menit", "PT90M"),
        ("1 (satu) hari", 1, None, "hari", "P1D"),
        ("satu hari", 1, None, "hari", "P1D"),
        ("sehari", 1, None, "hari", "P1D"),
        ("1-2 hari", 1, 2, "hari", "P1D"),
        ("7–14 Hari", 7, 14, "hari", "P7D"),
        ("5 s.d. 15 menit", 5, 15, "menit", "PT5M"),
        ("1 s/d 3 hari", 1, 3, "hari", "P1D"),
        ("30 menit - 1 jam", 30, 60, "menit", "PT30M"),
        ("maks. 3 hari", 3, None, "hari", "P3D"),
        ("± 15 Menit", 15, None, "menit", "PT15M"),
        ("3\nhari", 3, None, "hari", "P3D"),
        ("2 Hari Kerja", 2, None, "hari kerja", None),
        ("14 (empat belas) hari kerja", 14, None, "hari kerja", None),
        ("3 hr kerja", 3, None, "hari kerja", None),
        ("2 Minggu", 2, None, "minggu", "P2W"),
        ("6 bln", 6, None, "bulan", "P6M"),
        ("1 thn", 1, None, "tahun", "P1Y"),
        ("Paling lama 20 hari sejak diterimanya permohonan", 20, None, "hari", "P20D"),
    ],
)
def test_reads_every_printed_form(text: str, value: float, most: float | None, unit: str, iso: str | None) -> None:
    read, changes = read_duration(text, LEXICON, SETTINGS)
    assert (read.value, read.max, read.unit, read.iso8601) == (value, most, unit, iso)
    assert read.text == text
    assert changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "0",
        "Sesuai jadwal DPRD",
        "Selama jam kerja",
        "tanggal 3 bulan berjalan",
        "Minggu ke 2 bulan Juni",
        "setiap 3 bulan",
        "jam 08.00",
        "1 hari 2 jam",
    ],
)
def test_what_is_no_plain_length_keeps_its_words_only(text: str) -> None:
    read, _ = read_duration(text, LEXICON, SETTINGS)
    assert (read.text, read.value, read.unit, read.iso8601) == (text, None, None, None)


@pytest.mark.parametrize(
    ("text", "mended", "rules"),
    [
        ("15 menlt", "15 menit", ["unit"]),
        ("l5 menit", "15 menit", ["number"]),
        ("1O mnt", "10 mnt", ["number"]),
        ("3 harl", "3 hari", ["unit"]),
        ("15 mnt", "15 mnt", []),
        ("Sesuai jadwal", "Sesuai jadwal", []),
        ("5 surat", "5 surat", []),
    ],
)
def test_mends_misread_numbers_and_units(text: str, mended: str, rules: list[str]) -> None:
    found, changes = mend_units(text, LEXICON, SETTINGS)
    assert found == mended
    assert [change.rule for change in changes] == rules


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("1ljam", "1 jam"),
        ("1|jam", "1 jam"),
        ("2Ijam", "2 jam"),
        ("15lmenit", "15 menit"),
        ("1l jam", "11 jam"),
        ("ljam", "1 jam"),
        ("11jam", "11jam"),
    ],
)
def test_a_stroke_glued_to_number_and_unit_is_no_digit(text: str, mended: str) -> None:
    assert mend_units(text, LEXICON, SETTINGS)[0] == mended


def test_a_columns_unit_is_that_of_its_bare_numbers() -> None:
    assert read_duration("15", LEXICON, SETTINGS, "menit")[0] == waktu("15", 15, "menit")
    assert read_duration("10-15", LEXICON, SETTINGS, "menit")[0] == waktu("10-15", 10, "menit", 15)
    assert read_duration("2 jam", LEXICON, SETTINGS, "menit")[0].unit == "jam"
    assert read_duration("-", LEXICON, SETTINGS, "menit")[0].value is None


def test_the_reviewers_unit_is_known() -> None:
    taught: Lexicon = load_lexicon({"units": {"jm-an": "jam"}})
    assert read_duration("3 jm an", taught, SETTINGS)[0].unit == "jam"


@given(st.integers(1, 999), st.sampled_from(["menit", "jam", "hari", "hari kerja", "minggu", "bulan", "tahun"]))
def test_number_and_unit_are_always_a_duration(number: int, unit: str) -> None:
    read, _ = read_duration(f"{number} {unit}", LEXICON, SETTINGS)
    assert (read.value, read.unit, type(read.value)) == (number, unit, int)


@given(st.text(max_size=40))
def test_any_text_is_kept_whatever_it_says(text: str) -> None:
    spans = find_durations(text, LEXICON)
    assert all(span.low >= 0 and span.start < span.end for span in spans)
    assert read_duration(text, LEXICON, SETTINGS)[0].text is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("15 menit", "durasi"),
        ("1-2 hari", "durasi"),
        ("Paling lama 20 hari sejak diterimanya permohonan", "batas"),
        ("Maks. 3 hari", "batas"),
        ("Triwulanan", "berkala"),
        ("Setiap hari", "berkala"),
        ("setiap 3 bulan", "berkala"),
        ("2 kali setahun", "berkala"),
        ("3x seminggu", "berkala"),
        ("seminggu sekali", "berkala"),
        ("3 bulan sekali", "berkala"),
        ("Per semester", "berkala"),
        ("Secara berkala sesuai kebutuhan", "berkala"),
        ("Sesuai jadwal DPRD", "jadwal"),
        ("Disesuaikan jadwal Banmus DPRD", "jadwal"),
        ("Januari s.d. Maret", "jadwal"),
        ("Minggu ke 2 bulan Juni", "jadwal"),
        ("tanggal 3 bulan berjalan", "jadwal"),
        ("H+7 s.d H+14", "jadwal"),
        ("H+7 hari", "jadwal"),
        ("Hari H Selama jam kerja", "jadwal"),
        ("08.00 WIB", "jadwal"),
        ("Triwulan II", "jadwal"),
        ("Selama jam kerja", "setiap-saat"),
        ("Selama jam pelayanan kantor", "setiap-saat"),
        ("Setiap saat", "setiap-saat"),
        ("Sesuai kebutuhan", "sesuai-kebutuhan"),
        ("disesuaikan", "sesuai-kebutuhan"),
        ("Tergantung kondisi", "sesuai-kebutuhan"),
        ("-", "kosong"),
        ("0", "kosong"),
        ("…", "kosong"),
        ("2 bulan; 5 hari kerja", "beberapa"),
        ("Segera", None),
        ("Setelah rapat", None),
        ("Diperiksa Kepala Bidang", None),
        ("menit", None),
    ],
)
def test_tells_what_the_words_say(text: str, kind: str | None) -> None:
    assert read_duration(text, LEXICON, SETTINGS)[0].jenis == kind


@pytest.mark.parametrize(
    ("text", "value", "most", "unit"),
    [
        ("1 semester", 6, None, "bulan"),
        ("satu semester", 6, None, "bulan"),
        ("1-2 triwulan", 3, 6, "bulan"),
        ("Seminggu", 1, None, "minggu"),
    ],
)
def test_spans_of_the_calendar_are_lengths(text: str, value: float, most: float | None, unit: str) -> None:
    read, changes = read_duration(text, LEXICON, SETTINGS)
    assert (read.text, read.value, read.max, read.unit, changes) == (text, value, most, unit, ())


@pytest.mark.parametrize(("text", "unit"), [("semingu", "minggu"), ("Sebulann", "bulan")])
def test_a_misspelt_one_of_a_unit_is_read_and_noted(text: str, unit: str) -> None:
    read, changes = read_duration(text, LEXICON, SETTINGS)
    assert (read.text, read.value, read.unit) == (text, 1, unit)
    assert [change.rule for change in changes] == ["unit"]


@pytest.mark.parametrize(
    "text", ["sebuah surat", "sehati", "sejak", "2 kali setahun", "seminggu sekali", "3x seminggu"]
)
def test_what_is_no_length_has_no_value(text: str) -> None:
    assert read_duration(text, LEXICON, SETTINGS)[0].value is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2 bulan; 5 hari kerja", [("2 bulan", 2, None, "bulan"), ("5 hari kerja", 5, None, "hari kerja")]),
        ("1 hari 2 jam", [("1 hari", 1, None, "hari"), ("2 jam", 2, None, "jam")]),
        (
            "biasa 1-2 hari\nsegera 3 jam",
            [("biasa 1-2 hari", 1, 2, "hari"), ("segera 3 jam", 3, None, "jam")],
        ),
    ],
)
def test_several_lengths_are_parts(text: str, parts: list[tuple[str, float, float | None, str]]) -> None:
    read, _ = read_duration(text, LEXICON, SETTINGS)
    assert [(part.text, part.value, part.max, part.unit) for part in read.bagian] == parts
    assert (read.text, read.value, read.unit, read.iso8601) == (text, None, None, None)


def test_one_length_has_no_parts() -> None:
    assert read_duration("4 jam 36 menit", LEXICON, SETTINGS)[0].bagian == []
