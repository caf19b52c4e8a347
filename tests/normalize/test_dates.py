from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.dates import LEFT_OVER, is_blank, month_number, read_date
from pipeline.normalize.lexicon import load_lexicon
from pipeline.settings import LanguageSettings

LEXICON = load_lexicon()
SETTINGS = LanguageSettings()
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("08 Desember 2017", "2017-12-08"),
        ("8 Des. 2017", "2017-12-08"),
        ("Januari 2018", "2018-01"),
        ("08/12/2017", "2017-12-08"),
        ("8-12-2017", "2017-12-08"),
        ("08.12.17", "2017-12-08"),
        ("2017-12-08", "2017-12-08"),
        ("12/2017", "2017-12"),
        ("2018", "2018"),
        (": 4 Oktober 2024", "2024-10-04"),
        ("", None),
        ("-", None),
        ("……", None),
        ("31 Februari 2018", None),
        ("29 Februari 2019", None),
        ("February 29, 2019", None),
        ("29/02/2019", None),
        ("29 Februari 2020", "2020-02-29"),
        ("Surat", None),
    ],
)
def test_reads_dates_at_the_precision_printed(text: str, iso: str | None) -> None:
    assert read_date(text, LEXICON, SETTINGS) == (iso, ())


@pytest.mark.parametrize(
    ("text", "iso", "rules"),
    [
        ("08 Desemher 2017", "2017-12-08", ["month"]),
        ("2 Sepfember 2020", "2020-09-02", ["month"]),
        ("Z8 Apustus 2023", "2023-08-28", ["number", "month"]),
        ("O1 Januari 2018", "2018-01-01", ["number"]),
        ("3 Novermber 2020", "2020-11-03", ["month"]),
        ("3 Agutus 2020", "2020-08-03", ["month"]),
        ("1 Nopember2019", "2019-11-01", ["month"]),
        ("1 Pebruari 2019", "2019-02-01", ["month"]),
        ("December 8, 2017", "2017-12-08", ["month"]),
        ("8th December 2017", "2017-12-08", ["month"]),
        ("8 Sept 2017", "2017-09-08", []),
        ("8 Jumi 2017", None, []),
        ("8 Jnn 2017", None, []),
        ("1§ 5 5 Agustus 2015", "2015-08-05", []),
    ],
)
def test_mends_misread_days_and_months(text: str, iso: str | None, rules: list[str]) -> None:
    found, changes = read_date(text, LEXICON, SETTINGS)
    assert found == iso
    assert [change.rule for change in changes] == rules


def test_a_day_that_cannot_be_read_is_told() -> None:
    found, changes = read_date("2#8, Agustus 2015", LEXICON, SETTINGS)
    assert found in ("2015-08", "2015-08-08")
    if found == "2015-08":
        assert changes[-1].rule == LEFT_OVER


def test_two_months_that_are_as_near_are_no_month() -> None:
    assert month_number("Jani", LEXICON, SETTINGS) is None
    assert month_number("Desemher", LEXICON, SETTINGS) == 12


def test_blanks() -> None:
    assert all(is_blank(text, LEXICON) for text in ("", " : ", "-", "...", "Tidak ada"))
    assert not is_blank("2018", LEXICON)


@given(st.integers(0, 36_000))
def test_every_day_in_indonesian_comes_back(days: int) -> None:
    day = date(1950, 1, 1) + timedelta(days=days)
    assert read_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}", LEXICON, SETTINGS) == (day.isoformat(), ())
    assert read_date(day.strftime("%d/%m/%Y"), LEXICON, SETTINGS) == (day.isoformat(), ())
