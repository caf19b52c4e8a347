"""Garbage that nobody read for sure is taken out of the fields of scanned covers, and kept in their evidence."""

from __future__ import annotations

from pipeline.model.draft import Draft, HeaderDraft
from pipeline.model.page import CellText
from pipeline.model.record import Record
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.records import normalize
from pipeline.settings import Settings

from .conftest import Cells

SURE, UNSURE = 0.99, 0.35


def read(lexicon: Lexicon, *covers: dict[str, CellText]) -> list[Record]:
    """The records of a scanned document with the given covers."""
    drafts = []
    for fields in covers:
        signature = {"nip": fields["nip"]} if "nip" in fields else {}
        header = HeaderDraft((1,), {k: v for k, v in fields.items() if k != "nip"}, signature, {})
        drafts.append(Draft((1, 1), "scan", None, header))
    return list(normalize(drafts, "x.pdf", "abc", "x", Settings(), lexicon))


def codes_at(record: Record, path: str) -> list[str]:
    return [issue.code for issue in record.issues if issue.path == path]


def test_a_number_without_form_is_null_where_no_reader_is_sure(lexicon: Lexicon, cell: Cells) -> None:
    path = "/header/nomor_sop"
    (record,) = read(lexicon, {"nomor_sop": cell("188.44/765/k9T512017-3", confidence=UNSURE)})
    assert record.header.nomor_sop is None
    assert codes_at(record, path) == ["number-unreadable"]
    assert record.evidence[path].raw == "188.44/765/k9T512017-3"
    assert record.evidence[path].changes[-1].before == "188.44/765/k9T512017-3"
    assert record.evidence[path].confidence is None


def test_a_number_stays_that_has_a_form_or_was_read_for_sure(lexicon: Lexicon, cell: Cells) -> None:
    doubtful, sure = cell("SOP- 13 /HM.10 /X/2024", confidence=UNSURE), cell("188.44/k9T5-3", confidence=SURE)
    records = [read(lexicon, {"nomor_sop": number})[0] for number in (doubtful, sure)]
    assert [record.header.nomor_sop for record in records] == ["SOP- 13 /HM.10 /X/2024", "188.44/k9T5-3"]
    assert [codes_at(record, "/header/nomor_sop") for record in records] == [["low-confidence"], []]


def test_a_number_is_held_against_those_of_the_other_sops(lexicon: Lexicon, cell: Cells) -> None:
    sure = [{"nomor_sop": cell(f"A1b2C/{n}", confidence=SURE)} for n in (57, 58)]
    alike, unlike = cell("A1b2C/59", confidence=UNSURE), cell("7.2,(4) 12 3", confidence=UNSURE)
    *_, third, fourth = read(lexicon, *sure, {"nomor_sop": alike}, {"nomor_sop": unlike})
    assert third.header.nomor_sop == "A1b2C/59"
    assert fourth.header.nomor_sop is None


def test_a_date_hardly_read_is_null_unless_the_document_has_its_year(lexicon: Lexicon, cell: Cells) -> None:
    made, doubtful = cell("4 Oktober 2024", confidence=SURE), cell("14 Oktober 2024", confidence=UNSURE)
    strange = cell("14 Oktober 2021", confidence=UNSURE)
    first, second = read(
        lexicon,
        {"tanggal_pembuatan": made, "tanggal_efektif": doubtful},
        {"tanggal_pembuatan": doubtful, "tanggal_efektif": strange},
    )
    assert (first.header.tanggal_pembuatan, first.header.tanggal_efektif) == ("2024-10-04", "2024-10-14")
    assert (second.header.tanggal_pembuatan, second.header.tanggal_efektif) == ("2024-10-14", None)
    assert codes_at(second, "/header/tanggal_efektif") == ["date-unreadable"]
    assert second.evidence["/header/tanggal_efektif"].raw == "14 Oktober 2021"


def test_a_nip_without_its_digits_is_null_where_no_reader_is_sure(lexicon: Lexicon, cell: Cells) -> None:
    nips = ("NIP. 1965 l993l0", UNSURE), ("NIP. 1965 199310", SURE), ("NIP. 19651009 199310 1 002", UNSURE)
    records = [read(lexicon, {"nip": cell(text, confidence=sure)})[0] for text, sure in nips]
    assert [record.header.disahkan_oleh.nip for record in records] == [None, "1965199310", "196510091993101002"]
    assert codes_at(records[0], "/header/disahkan_oleh/nip") == ["number-unreadable"]


def test_text_pages_lose_nothing(lexicon: Lexicon, cell: Cells) -> None:
    (record,) = read(lexicon, {"nomor_sop": cell("188.44/k9T5-3"), "tanggal_efektif": cell("14 Oktober 1921")})
    assert record.header.nomor_sop == "188.44/k9T5-3"
    assert record.header.tanggal_efektif == "1921-10-14"
