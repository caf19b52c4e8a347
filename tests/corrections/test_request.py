"""What `sop correct` writes: an entry that says what stood there, upon what the file says already."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from corrected import SHA256, normalizer, sample
from record_places import fields

from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.request import AppendedEntry, correct
from pipeline.corrections.targets import target_of
from pipeline.corrections.working_record import get
from pipeline.corrections.yaml_edit import new_file
from pipeline.errors import PipelineError
from pipeline.model.record import Record

RECORD = "sop-bintan/01"


def base_of(records: Sequence[Record]) -> CorrectionBase:
    """What corrections of these records are worked out upon."""
    return CorrectionBase(records, "a.yaml", normalizer())


def asked(wish: CorrectionRequest, text: str | None = None, *records: Record) -> AppendedEntry:
    """The sample's corrections file after a request."""
    begun = new_file("sop-bintan.pdf", SHA256) if text is None else text
    return correct(base_of(records or [sample()]), RECORD, wish, begun)


def after(done: AppendedEntry) -> Record:
    """The sample as the next run writes it."""
    records, outcomes = apply([sample()], parse_corrections(done.text, "a.yaml"), normalizer())
    assert not any(outcome.failed for outcome in outcomes)
    return records[0]


@pytest.mark.parametrize(
    ("wish", "entry"),
    [
        (
            CorrectionRequest("kegiatan[no=2]/mutu_baku/waktu", "set", "15 menit", why="kabur"),
            {"expect": "15 menlt", "set": "15 menit", "why": "kabur"},
        ),
        (CorrectionRequest("header/tanggal_revisi", "set", "2018-01"), {"expect": None, "set": "2018-01"}),
        (CorrectionRequest("header/tanggal_efektif", "confirm", "2018-01-01"), {"confirm": "2018-01-01"}),
        (
            CorrectionRequest("header/keterkaitan", "insert", "SOP Kilat", after="1"),
            {"insert": "SOP Kilat", "after": "1"},
        ),
        (
            CorrectionRequest("header/keterkaitan", "set", "[SOP Kilat]", yaml=True),
            {"expect": ["SOP Surat Masuk", "SOP Surat Keluar"], "set": ["SOP Kilat"]},
        ),
        (
            CorrectionRequest("kegiatan[no=3]", "remove"),
            {"expect": {"no": "3", "uraian": "Mengarsipkan surat"}, "remove": True},
        ),
        (
            CorrectionRequest("flow/edges", "insert", "{from: [3, tu-bagian], to: [1, TU Bagian]}", yaml=True),
            {"insert": {"from": ["3", "tu-bagian"], "to": ["1", "TU Bagian"]}},
        ),
        (
            CorrectionRequest("flow/nodes[1,tu-bagian]", "remove"),
            {"expect": {"kegiatan": "1", "pelaksana": "tu-bagian", "kind": "start"}, "remove": True},
        ),
        (CorrectionRequest("sop", "remove"), {"expect": {"judul": "SOP PENYUSUNAN LAKIP"}, "remove": True}),
    ],
)
def test_correct_appends_what_had_been_read(wish: CorrectionRequest, entry: dict[str, object]) -> None:
    done = asked(wish)
    assert done.outcome.status in ("applied", "confirmed")
    (written,) = parse_corrections(done.text, "a.yaml").entries
    assert written.given == {"sop": "01", "at": wish.target, **entry}


@pytest.mark.parametrize(
    "wish",
    [
        CorrectionRequest("header/nama", "set", "X"),
        CorrectionRequest("kegiatan[no=9]/uraian", "set", "X"),
        CorrectionRequest("kegiatan[no=9", "remove"),
        CorrectionRequest("header/nama_sop", "set", "Penyusunan LAKIP"),
        CorrectionRequest("header/nama_sop", "confirm", "Lain"),
        CorrectionRequest("header/nama_sop", "set", "{a: b}", yaml=True),
        CorrectionRequest("header/nama_sop", "set", "[a", yaml=True),
        CorrectionRequest("header/keterkaitan", "set", "SOP Kilat"),
        CorrectionRequest("flow/nodes", "insert", "3"),
        CorrectionRequest("sop", "set", "X"),
        CorrectionRequest("header/tanggal_efektif", "set", "besok"),
        CorrectionRequest("kegiatan[uraian=x][pelaksana=y]", "remove"),
    ],
)
def test_correct_refuses_what_would_do_nothing(wish: CorrectionRequest) -> None:
    with pytest.raises(PipelineError):
        asked(wish)


@pytest.mark.parametrize(
    "words",
    [
        "Surat Edaran #2",
        "antara lain: 1. umum",
        "[draft] Surat",
        "{a: b}",
        "- satu",
        "yes",
        "null",
        "2018",
        "*a",
        "'x'",
    ],
)
def test_words_are_taken_as_they_stand(words: str) -> None:
    assert after(asked(CorrectionRequest("kegiatan[no=1]/uraian", "set", words))).kegiatan[0].uraian == words
    listed = after(asked(CorrectionRequest("header/keterkaitan", "insert", words, after="0")))
    assert listed.header.keterkaitan[0] == words


def test_structures_are_given_in_yaml_and_that_is_told() -> None:
    wish = CorrectionRequest("kegiatan[no=1]/pelaksana", "set", "[kabag-organisasi]", yaml=True)
    assert after(asked(wish)).kegiatan[0].pelaksana == ["kabag-organisasi"]
    for target, words in (("header/keterkaitan", "[SOP Kilat]"), ("kegiatan[no=1]/mutu_baku", "Surat")):
        with pytest.raises(PipelineError) as refused:
            asked(CorrectionRequest(target, "set", words))
        assert "--yaml" in str(refused.value.advice)


@pytest.mark.parametrize(
    ("target", "words", "entry"),
    [
        ("source/pages", "2-5", ["2", "5"]),
        ("source/pages", "2 sampai 5", ["2", "5"]),
        ("flow/edges[1->2]/to", "3, tu-bagian", ["3", "tu-bagian"]),
        ("flow/edges[1->2]/to", "3", ["3", "tu-bagian"]),
    ],
)
def test_short_ways_to_write_pages_and_symbols(target: str, words: str, entry: object) -> None:
    assert asked(CorrectionRequest(target, "set", words)).entry["set"] == entry


def test_a_connector_is_inserted_by_the_steps_it_joins() -> None:
    record = after(asked(CorrectionRequest("flow/edges", "insert", "1->3")))
    assert [(edge.source, edge.target) for edge in record.flow.edges][-1] == ("n1", "n3")


def test_an_item_by_its_number_is_written_down_by_its_words() -> None:
    done = asked(CorrectionRequest("header/keterkaitan[2]", "set", "SOP Kilat"))
    assert done.entry["at"] == "header/keterkaitan"
    assert done.entry["expect"] == "SOP Surat Keluar"
    assert after(done).header.keterkaitan == ["SOP Surat Masuk", "SOP Kilat"]
    gone = asked(CorrectionRequest("header/dasar_hukum[1]", "remove"))
    assert [law.nomor for law in after(gone).header.dasar_hukum] == ["96"]


def test_what_changes_is_told() -> None:
    changed = asked(CorrectionRequest("header/disahkan_oleh/nip", "set", "19651009 199310 1 001"))
    assert (changed.before, changed.after) == ("196510091993101002", "196510091993101001")
    inserted = asked(CorrectionRequest("header/keterkaitan", "insert", "SOP Kilat"))
    assert (inserted.before, inserted.after) == (None, "SOP Kilat")
    removed = asked(CorrectionRequest("header/keterkaitan[1]", "remove"))
    assert (removed.before, removed.after) == ("SOP Surat Masuk", None)


def test_it_sees_what_the_file_says_already() -> None:
    first = asked(CorrectionRequest("kegiatan", "insert", "{uraian: Mencatat surat}", after="1", yaml=True))
    second = asked(CorrectionRequest("kegiatan[no=3]/uraian", "set", "Memeriksa surat masuk"), first.text)
    assert second.before == "Memeriksa surat"
    third = asked(CorrectionRequest("kegiatan", "insert", "{uraian: Menelaah}", after="3", yaml=True), second.text)
    assert [step.uraian for step in after(third).kegiatan] == [
        *("Menerima surat", "Mencatat surat", "Memeriksa surat masuk", "Menelaah", "Mengarsipkan surat"),
    ]


def test_a_second_entry_for_a_field_is_told_and_takes_its_place_on_wish() -> None:
    first = asked(CorrectionRequest("header/nama_sop", "set", "Penyusunan SAKIP", why="kabur"))
    with pytest.raises(PipelineError) as refused:
        asked(CorrectionRequest("header/nama_sop", "set", "Penyusunan LKIP"), first.text)
    assert 'a.yaml:6 already says of header/nama_sop that it reads "Penyusunan SAKIP"' in str(refused.value)
    assert "--replace" in str(refused.value.advice)
    done = asked(CorrectionRequest("header/nama_sop", "set", "Penyusunan LKIP", replace=True), first.text)
    (entry,) = parse_corrections(done.text, "a.yaml").entries
    assert (entry.expect, entry.value) == ("Penyusunan LAKIP", "Penyusunan LKIP")
    back = asked(CorrectionRequest("header/nama_sop", "set", "Penyusunan LAKIP", replace=True), done.text)
    (entry,) = parse_corrections(back.text, "a.yaml").entries
    assert (entry.action, entry.value) == ("confirm", "Penyusunan LAKIP")


def test_a_stale_entry_is_replaced_too() -> None:
    text = "document: {file: a.pdf}\ncorrections:\n  - {sop: 1, at: header/nama_sop, expect: Lain, set: X}\n"
    with pytest.raises(PipelineError, match="already says"):
        asked(CorrectionRequest("header/nama_sop", "set", "Baru"), text)
    done = asked(CorrectionRequest("header/nama_sop", "set", "Baru", replace=True), text)
    assert len(parse_corrections(done.text, "a.yaml").entries) == 1


def test_confirm_without_a_value_confirms_whatever_stands_there() -> None:
    for path in fields(sample()):
        target = target_of(sample(), path)
        assert target is not None
        done = asked(CorrectionRequest(target, "confirm"))
        assert done.outcome.status == "confirmed", target
        assert get(after(done), path) == get(sample(), path)


def test_a_record_that_is_not_there_is_told_with_those_that_are() -> None:
    wish, begun = CorrectionRequest("judul", "remove"), new_file("sop-bintan.pdf", None)
    with pytest.raises(PipelineError, match="did you mean sop-bintan/01"):
        correct(base_of([sample()]), "sop-bintan/04", wish, begun)


@pytest.mark.parametrize("read", [[], [sample()]])
def test_a_sop_that_was_missed_is_inserted(read: list[Record]) -> None:
    value = "{source: {pages: [7, 9]}, header: {nama_sop: Surat Masuk}}"
    wish = CorrectionRequest("sop", "insert", value, yaml=True, why="terlewat")
    begun = new_file("sop-bintan.pdf", SHA256)
    done = correct(base_of(read), f"sop-bintan/{len(read) + 1:02d}", wish, begun)
    assert (done.before, done.after) == (None, {"pages": ["7", "9"], "nama_sop": "Surat Masuk"})
    records, _ = apply(read, parse_corrections(done.text, "a.yaml"), normalizer())
    assert [record.source.pages for record in records][-1] == (7, 9)
    wish = CorrectionRequest("sop", "insert", "{judul: X}", yaml=True)
    with pytest.raises(PipelineError, match="inserted with its pages"):
        correct(base_of(read), "sop-bintan/01", wish, begun)
