from __future__ import annotations

import pytest

from pipeline.export.form.form_cover import cover_fields, cover_items, signature_lines, spaced_nip, written_date
from pipeline.model.record import Header


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2017-12-08", "8 Desember 2017"),
        ("2018-01", "Januari 2018"),
        ("2018", "2018"),
        ("x", "x"),
        ("2018-13", "2018-13"),
    ],
)
def test_dates_are_written_as_the_form_prints_them(date: str, written: str) -> None:
    assert written_date(date) == written


def test_a_staff_number_is_written_in_its_groups() -> None:
    assert spaced_nip("196510091993101002") == "19651009 199310 1 002"
    assert spaced_nip("1234") == "1234"


def test_what_is_null_is_left_blank() -> None:
    header = Header.model_validate(
        {
            "nomor_sop": "12",
            "disahkan_oleh": {"nama": "ADI", "nip": None},
            "dasar_hukum": [{"text": "UU 25/2009"}],
            "keterkaitan": ["SOP Surat"],
        }
    )
    fields = cover_fields(header)
    assert fields["nomor_sop"] == "12"
    assert fields["tanggal_revisi"] == fields["nama_sop"] == ""
    assert signature_lines(header.disahkan_oleh) == [("name", "ADI")]
    assert cover_items(header, "dasar_hukum") == ["UU 25/2009"]
    assert cover_items(header, "keterkaitan") == ["SOP Surat"]
