from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from pipeline.model.record import Header, Record, Source
from pipeline.normalize.related_sops import SopNames, linked

SOURCE = Source(file="x.pdf", sha256="0", pages=(1, 1), kind="text")
NAME = st.lists(st.sampled_from(["surat", "surta", "masuk", "keluar", "arsip", "a"]), max_size=4).map(" ".join)
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
    assert SopNames(NAMES, 92.0).named_by(item) == target


def test_two_that_fit_equally_are_not_chosen_between() -> None:
    names = SopNames({"a": "registrasi", "b": "registrasi"}, 92.0)
    assert names.named_by("SOP Registrasi") is None
    assert names.named_by("SOP Registrasi", by="a") == "b"


@given(st.lists(NAME, max_size=12), NAME, st.sampled_from([92.0, 60.0, 30.0]))
def test_those_that_fit_are_found_among_many_as_by_comparing_with_each(
    names: list[str], item: str, likeness: float
) -> None:
    known = {f"x/{place:02d}": name for place, name in enumerate(names)}
    scores = sorted(((fuzz.token_sort_ratio(item, name), sop) for sop, name in known.items() if name), reverse=True)
    fitting = [(score, sop) for score, sop in scores if score >= likeness and sop != "x/00"]
    best = [sop for score, sop in fitting if score == fitting[0][0]]
    assert SopNames(known, likeness).named_by(item, by="x/00") == (best[0] if len(best) == 1 else None)


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
