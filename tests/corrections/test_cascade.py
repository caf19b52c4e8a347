"""Changes that reach beyond their own place."""

from __future__ import annotations

from corrected import one


def test_pointers_move_with_the_steps() -> None:
    record, _ = one("  - {sop: 1, at: 'kegiatan[no=1]', remove: true}")
    assert [(k.no, k.uraian) for k in record.kegiatan] == [(1, "Memeriksa surat"), (2, "Mengarsipkan surat")]
    assert [(n.id, n.kegiatan) for n in record.flow.nodes] == [("n2", 1), ("n3", 2)]
    assert [(e.source, e.target) for e in record.flow.edges] == [("n2", "n3")]
    assert set(record.evidence) == {
        "/kegiatan/0/mutu_baku/waktu",
        "/kegiatan/1/uraian",
        "/header/keterkaitan/1",
        "/flow/nodes/1",
        "/flow/edges/0",
    }
    assert {issue.path for issue in record.issues} == {
        "/kegiatan/0/mutu_baku/waktu",
        "/kegiatan/1/uraian",
        "/flow/edges/0",
    }


def test_an_inserted_step_has_its_performers_symbols() -> None:
    record, _ = one("  - {sop: 1, at: kegiatan, insert: {uraian: Mencatat, pelaksana: [TU Bagian]}, after: 1}")
    assert [(n.id, n.kegiatan, n.kind) for n in record.flow.nodes] == [
        ("n1", 1, "start"),
        ("n4", 2, "process"),
        ("n2", 3, "decision"),
        ("n3", 4, "end"),
    ]
    assert "/flow/nodes/3" in record.evidence


def test_a_performer_who_takes_anothers_place_takes_the_symbol_too() -> None:
    record, _ = one("  - {sop: 1, at: 'kegiatan[no=3]/pelaksana', expect: [tu-bagian], set: [kabag-organisasi]}")
    assert [(n.id, n.pelaksana) for n in record.flow.nodes][-1] == ("n3", "kabag-organisasi")
    assert len(record.flow.edges) == 3


def test_a_performer_who_leaves_takes_symbols_and_edges_along() -> None:
    record, _ = one("  - {sop: 1, at: 'kegiatan[no=3]/pelaksana', expect: tu-bagian, remove: true}")
    assert record.kegiatan[2].pelaksana == []
    assert [n.id for n in record.flow.nodes] == ["n1", "n2"]
    assert [(e.source, e.target) for e in record.flow.edges] == [("n1", "n2"), ("n2", "n1")]


def test_rows_follow_their_symbols() -> None:
    record, _ = one(
        "  - {sop: 1, at: flow/nodes, insert: {kegiatan: 2, pelaksana: tu-bagian, kind: document}}\n"
        "  - {sop: 1, at: 'flow/nodes[3,tu-bagian]/pelaksana', set: kabag-organisasi}\n"
        "  - {sop: 1, at: 'flow/nodes[1,tu-bagian]', remove: true}\n"
    )
    assert [k.pelaksana for k in record.kegiatan] == [[], ["tu-bagian", "kabag-organisasi"], ["kabag-organisasi"]]


def test_columns_are_renamed_everywhere() -> None:
    record, _ = one("  - {sop: 1, at: 'pelaksana[tu-bagian]', expect: TU BAGIAN, set: SUBBAG TU}")
    assert record.pelaksana[0].model_dump() == {"id": "subbag-tu", "nama": "Subbag TU", "label": "SUBBAG TU"}
    assert [k.pelaksana for k in record.kegiatan] == [["subbag-tu"], ["kabag-organisasi"], ["subbag-tu"]]
    assert [n.pelaksana for n in record.flow.nodes] == ["subbag-tu", "kabag-organisasi", "subbag-tu"]
    renamed, _ = one("  - {sop: 1, at: 'pelaksana[tu-bagian]/nama', set: Kabag Organisasi}")
    assert [column.id for column in renamed.pelaksana] == ["kabag-organisasi-2", "kabag-organisasi"]


def test_a_column_goes_with_its_symbols() -> None:
    record, _ = one("  - {sop: 1, at: 'pelaksana[kabag-organisasi]', remove: true}")
    assert [k.pelaksana for k in record.kegiatan] == [["tu-bagian"], [], ["tu-bagian"]]
    assert [n.id for n in record.flow.nodes] == ["n1", "n3"]
    assert record.flow.edges == []
