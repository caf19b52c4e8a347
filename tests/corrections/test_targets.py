"""Places of a record by the names that a reviewer types, and what is suggested where a name leads to nothing."""

from __future__ import annotations

import pytest
from corrected import one, sample
from hypothesis import given
from random_records import records
from record_places import fields

from pipeline.corrections.address import locate, parse_target, pattern_of
from pipeline.corrections.fields import FIELDS
from pipeline.corrections.targets import place_named, suggestions, target_of
from pipeline.model.pointer import KeyPath, pointer
from pipeline.model.record import Record


@given(records())
def test_every_place_of_any_record_has_a_name_that_leads_there(record: Record) -> None:
    for path in fields(record):
        target = target_of(record, path)
        assert target is not None, path
        assert locate(record, parse_target(target)) == [path], target


@pytest.mark.parametrize(
    ("path", "target"),
    [
        (("header", "nama_sop"), "header/nama_sop"),
        (("header", "keterkaitan", 1), "header/keterkaitan[2]"),
        (("header", "dasar_hukum", 0, "tahun"), "header/dasar_hukum[1]/tahun"),
        (("kegiatan", 1, "mutu_baku", "waktu"), "kegiatan[no=2]/mutu_baku/waktu"),
        (("pelaksana", 1), "pelaksana[kabag-organisasi]"),
        (("kegiatan", 1, "pelaksana", 0), "kegiatan[no=2]/pelaksana[kabag-organisasi]"),
        (("flow", "nodes", 1), "flow/nodes[2,kabag-organisasi]"),
        (("flow", "edges", 1), "flow/edges[2->3]"),
    ],
)
def test_names_are_those_that_a_reviewer_would_type(path: KeyPath, target: str) -> None:
    assert target_of(sample(), path) == target
    assert place_named(sample(), pointer(*path)) == target


def test_a_place_that_is_none_has_the_name_of_what_is_around_it() -> None:
    assert place_named(sample(), "/kegiatan/1/lost") == "kegiatan[no=2]"
    assert place_named(sample(), "/kegiatan/77") == "kegiatan"
    assert place_named(sample(), "") is None
    assert place_named(sample(), "/evidence") is None


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("header/keterkaitan[2]", ("header", "keterkaitan", 1)),
        ("header/dasar_hukum[2]/tahun", ("header", "dasar_hukum", 1, "tahun")),
        ("pelaksana[1]", ("pelaksana", 0)),
        ("kegiatan[2]", ("kegiatan", 1)),
        ("flow/edges[1->2]", ("flow", "edges", 0)),
        ("flow/edges[2 -> 3]", ("flow", "edges", 1)),
        ("flow/edges[2,kabag-organisasi->1,TU Bagian]", ("flow", "edges", 2)),
        ("flow/edges[n1->n2]", ("flow", "edges", 0)),
    ],
)
def test_items_go_by_their_number_and_edges_by_their_steps(target: str, path: KeyPath) -> None:
    assert locate(sample(), parse_target(target)) == [path]
    assert pattern_of(parse_target(target)) in FIELDS


def test_an_item_that_reads_a_number_is_meant_before_the_one_with_that_number() -> None:
    record = sample()
    header = record.header.model_copy(update={"keterkaitan": ["SOP Satu", "1"]})
    assert locate(record.model_copy(update={"header": header}), parse_target("header/keterkaitan[1]")) == [
        ("header", "keterkaitan", 1)
    ]


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("kegiatan[no=7]", "kegiatan[no=3]"),
        ("pelaksana[kabag-organlsasi]", "pelaksana[kabag-organisasi]"),
        ("pelaksana[kabag-organlsasi]/nama", "pelaksana[kabag-organisasi]/nama"),
        ("header/keterkaitan[SOP Surat Masuuk]", "header/keterkaitan[1]"),
        ("header/dasar_hukum[PP Nomor 69 Tahun 2012]/tahun", "header/dasar_hukum[2]/tahun"),
        ("flow/nodes[3,kabag-organisasi]", "flow/nodes[3,tu-bagian]"),
        ("flow/edges[1->3]", "flow/edges[1->2]"),
        ('kegiatan[no=1]/mutu_baku/lain/"Biaya"', ""),
    ],
)
def test_a_name_that_leads_nowhere_gets_suggestions(target: str, near: str) -> None:
    found = suggestions(sample(), parse_target(target))
    assert near in found if near else found == []
    for name in found:
        assert len(locate(sample(), parse_target(name))) == 1


def test_every_miss_suggests_something() -> None:
    entry = "  - {sop: 1, at: 'kegiatan[no=7]/uraian', set: X}"
    assert "did you mean kegiatan[no=3]/uraian" in str(one(entry)[1].detail)
    entry = "  - {sop: 1, at: 'kegiatan[no=2]/pelaksana', set: [kabag-organlsasi]}"
    assert "did you mean kabag-organisasi" in str(one(entry)[1].detail)
    entry = "  - {sop: 1, at: flow/edges, insert: {from: [9, tu-bagian], to: [1, tu-bagian]}}"
    assert one(entry)[1].status == "orphan"
    assert "did you mean" in str(one(entry)[1].detail)
    entry = "  - {sop: 7, at: judul, set: X}"
    assert "01" in str(one(entry)[1].detail)
    entry = "  - {sop: 1, at: 'flow/nodes[kind=process]', set: {kind: end}}"
    assert one(entry)[1].status == "orphan"
    assert "flow/nodes[" in str(one(entry)[1].detail)


def test_what_is_ambiguous_is_listed() -> None:
    entry = "  - {sop: 1, at: 'kegiatan[uraian=Memeriksa surat]/uraian', set: X}"
    assert one(entry)[1].status == "applied"
    entry = "  - {sop: 1, at: 'flow/nodes[pelaksana=tu-bagian]/kind', set: end}"
    assert one(entry)[1].status == "ambiguous"
    assert "flow/nodes[1,tu-bagian]/kind, flow/nodes[3,tu-bagian]/kind" in str(one(entry)[1].detail)


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("at: header/keterkaitan, expect: TAY BET GRANIAN, remove: true", "already-true"),
        ("at: header/keterkaitan, expect: SOP Surat Masuuk, remove: true", "stale"),
        ("at: 'header/keterkaitan[TAY BET GRANIAN]', remove: true", "already-true"),
        ("at: 'kegiatan[no=9]', expect: {uraian: Keterangan}, remove: true", "already-true"),
        ("at: 'kegiatan[no=9]', expect: {uraian: Menerima surat}, remove: true", "orphan"),
        ("at: 'kegiatan[no=3]', expect: {uraian: Keterangan}, remove: true", "stale"),
        ("at: 'pelaksana[skpd]', remove: true", "already-true"),
        ("at: 'pelaksana[kabag-organlsasi]', remove: true", "orphan"),
        ("at: 'flow/edges[from=1,tu-bagian][to=3,tu-bagian]', remove: true", "already-true"),
        ("at: 'flow/nodes[3,kabag-organisasi]', remove: true", "already-true"),
        ("at: header/tanggal_revisi, remove: true", "already-true"),
        ("at: 'kegiatan[no=9]/uraian', remove: true", "orphan"),
    ],
)
def test_removing_what_is_gone_is_already_true_and_a_slip_is_not(entry: str, status: str) -> None:
    assert one(f"  - {{sop: 1, {entry}}}")[1].status == status
