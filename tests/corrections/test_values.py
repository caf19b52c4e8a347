"""What a reviewer writes, made into values of the record."""

from __future__ import annotations

from corrected import corrected, one, sample


def test_other_columns_of_mutu_baku() -> None:
    record, _ = one(
        "  - {sop: 1, at: 'kegiatan[no=1]/mutu_baku/lain', insert: {'Biaya/Rp': 'Rp. 0,-', Ket: '1'}}\n"
        "  - {sop: 1, at: 'kegiatan[no=1]/mutu_baku/lain/\"Biaya/Rp\"', expect: 'Rp. 0,-', set: Rp. 5}\n"
        "  - {sop: 1, at: 'kegiatan[no=1]/mutu_baku/lain/Ket', remove: true}\n"
    )
    assert record.kegiatan[0].mutu_baku.lain == {"Biaya/Rp": "Rp. 5"}


def test_a_bare_number_takes_the_columns_unit() -> None:
    record = sample()
    step = record.kegiatan[0]
    waktu = step.mutu_baku.waktu
    assert waktu is not None
    quality = step.mutu_baku.model_copy(update={"waktu": waktu.model_copy(update={"text": "5"})})
    record = record.model_copy(
        update={"kegiatan": [step.model_copy(update={"mutu_baku": quality}), *record.kegiatan[1:]]}
    )
    (done,), _ = corrected("  - {sop: 1, at: 'kegiatan[no=2]/mutu_baku/waktu', set: 20}", record)
    found = done.kegiatan[1].mutu_baku.waktu
    assert found is not None
    assert (found.text, found.value, found.unit) == ("20", 20, "menit")
