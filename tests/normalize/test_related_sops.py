from __future__ import annotations

import pytest

from pipeline.model.record import Header, Record, Source
from pipeline.normalize.related_sops import linked, related

SOURCE = Source(file="x.pdf", sha256="0", pages=(1, 1), kind="text")
NAMES = {
    "x/01": "pembuatan peraturan bupati",
    "x/02": "pembuatan peraturan daerah",
    "x/03": "registrasi mahasiswa baru",
}


@pytest.mark.parametrize(
    ("item", "target"),
    [
        ("SOP Prosedur Pembuatan Peraturan Bupati;", "x/01"),
        ("SOP Registrasi Mahasiswa Baru.", "x/03"),
        ("SOP Pembuatan Peraturan", None),
        ("SOP Administrasi Surat Keluar", None),
    ],
)
def test_an_item_names_the_one_sop_that_fits(item: str, target: str | None) -> None:
    assert related(item, NAMES, 92.0) == target


def test_two_that_fit_equally_are_not_chosen_between() -> None:
    assert related("SOP Registrasi", {"a": "registrasi", "b": "registrasi"}, 92.0) is None


def test_links_stand_in_the_evidence_and_change_no_field() -> None:
    first = Record(id="x/01", source=SOURCE, header=Header(nama_sop="Rencana Kinerja"))
    second = Record(
        id="x/02", source=SOURCE, header=Header(nama_sop="IKU", keterkaitan=["ATK", "SOP Rencana Kinerja."])
    )
    done = linked((first, second), 92.0)
    note = done[1].evidence["/header/keterkaitan/1"].changes[-1]
    assert (note.rule, note.before, note.after) == ("linked-sop", "SOP Rencana Kinerja.", "x/01")
    assert done[1].header == second.header
    assert done[0] == first
