"""Many corrections at once: what can be taken is written, the rest is refused by itself."""

from __future__ import annotations

from corrected import SHA256, normalizer, sample

from pipeline.corrections.correct_many import correct_many
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.yaml_edit import new_file

RECORD = "sop-bintan/01"
BASE = CorrectionBase([sample()], "a.yaml", normalizer())
GOOD = CorrectionRequest("kegiatan[no=1]/uraian", "set", "Menerima surat masuk")
BAD = CorrectionRequest("header/tanggal_efektif", "set", "hari yang tidak ada")
OTHER = CorrectionRequest("header/nama_sop", "set", "Surat Masuk")


def test_one_that_is_refused_keeps_no_other_from_being_written() -> None:
    done = correct_many(BASE, RECORD, [GOOD, BAD, OTHER], new_file("a.pdf", SHA256))
    (record,) = BASE.applied(done.text).records
    assert (record.kegiatan[0].uraian, record.header.nama_sop) == (GOOD.value, OTHER.value)
    assert list(done.refused) == [1]


def test_a_field_that_was_corrected_before_is_not_spoken_of_twice() -> None:
    first = correct_many(BASE, RECORD, [GOOD, OTHER], new_file("a.pdf", SHA256))
    again = CorrectionRequest(OTHER.target, "set", "Surat Keluar")
    done = correct_many(BASE, RECORD, [GOOD, again], first.text)
    assert done.text.count("header/nama_sop") == 1
    assert BASE.applied(done.text).records[0].header.nama_sop == "Surat Keluar"


def test_nothing_asked_for_changes_nothing() -> None:
    begun = new_file("a.pdf", SHA256)
    assert correct_many(BASE, RECORD, [], begun).text == begun
