from __future__ import annotations

import pytest
from corrected import corrected, normalizer, one, sample

from pipeline.corrections import CorrectionsError, apply, confirmed_paths, document_issues, parse_corrections
from pipeline.model.record import Record

CONTRACT = """\
document:
  file: sop-bintan.pdf
  sha256: 3f2a…                       # the PDF these corrections were written against
reviewer: bagian-organisasi           # the default for the entries below
corrections:
  - sop: "02"                         # its number within the document, or its nomor_sop
    at: kegiatan[no=3]/mutu_baku/waktu
    expect: 15 menlt                  # what had been read
    set: 15 menit                     # goes through the same normalization as extracted text
    why: cetakan pudar
  - {sop: "02", at: header/nomor_sop, expect: 02.061/079/59, set: 02. 061/org/58}
  - {sop: "02", at: header/tanggal_efektif, confirm: 2018-01-01}          # seen, right: leaves the review queue
  - {sop: "02", at: header/dasar_hukum, insert: "Peraturan …", after: 2}
  - {sop: "02", at: "kegiatan[no=9]", remove: true, expect: {uraian: "…"}}
  - {sop: "02", at: kegiatan, insert: {no: 7, uraian: "…", pelaksana: [tu-bagian]}, after: 6}
  - {sop: "02", at: flow/edges, insert: {from: [3, kasubbag-tatalaksana], to: [4, kabag-organisasi], label: ya}}
  - {sop: "02", at: "flow/edges[from=3,kabag-organisasi][to=4,skpd]", remove: true}
"""


def contract_record() -> Record:
    """A record that the contract's example was written for."""
    roles = ["TU Bagian", "Kasubbag Tatalaksana", "Kabag Organisasi", "SKPD"]
    ids = ["tu-bagian", "kasubbag-tatalaksana", "kabag-organisasi", "skpd"]
    places = [(3, ids[1]), (3, ids[2]), (4, ids[2]), (4, ids[3])]
    steps = [{"no": n, "uraian": "…" if n == 9 else f"Langkah {n}"} for n in range(1, 10)]
    steps[2] |= {"mutu_baku": {"waktu": {"text": "15 menlt"}}, "pelaksana": [ids[1], ids[2]]}
    steps[3] |= {"pelaksana": [ids[2], ids[3]]}
    return Record.model_validate(
        {
            "id": "sop-bintan/02",
            "source": {"file": "sop-bintan.pdf", "sha256": "3f2a" + "0" * 60, "pages": [4, 6], "kind": "scan"},
            "header": {
                "nomor_sop": "02.061/079/59",
                "tanggal_efektif": "2018-01-01",
                "dasar_hukum": [{"text": "UU 25/2009"}, {"text": "PP 96/2012"}],
            },
            "pelaksana": [{"id": i, "nama": name, "label": name.upper()} for i, name in zip(ids, roles, strict=True)],
            "kegiatan": steps,
            "flow": {
                "nodes": [
                    {"id": f"n{i}", "kegiatan": no, "pelaksana": who, "kind": "process"}
                    for i, (no, who) in enumerate(places, 1)
                ],
                "edges": [{"from": "n2", "to": "n4"}],
            },
        }
    )


def test_the_example_of_the_contract_is_applied_whole() -> None:
    first = sample().model_copy(update={"id": "sop-bintan/01"})
    corrections = parse_corrections(CONTRACT, "sop-bintan.yaml")
    (untouched, record), outcomes = apply([first, contract_record()], corrections, normalizer())
    assert [o.status for o in outcomes] == ["applied"] * 2 + ["confirmed"] + ["applied"] * 5
    assert untouched == first
    assert record.header.nomor_sop == "02. 061/org/58"
    assert [c.text for c in record.header.dasar_hukum] == ["UU 25/2009", "PP 96/2012", "Peraturan …"]
    waktu = record.kegiatan[2].mutu_baku.waktu
    assert waktu is not None
    assert (waktu.value, waktu.unit, waktu.iso8601) == (15, "menit", "PT15M")
    assert [(k.no, k.uraian, k.pelaksana) for k in record.kegiatan[6:]] == [
        (7, "…", ["tu-bagian"]),
        (8, "Langkah 7", []),
        (9, "Langkah 8", []),
    ]
    assert [(e.source, e.target, e.label) for e in record.flow.edges] == [("n1", "n3", "ya")]
    assert [o.entry.reviewer for o in outcomes] == ["bagian-organisasi"] * 8
    assert [note.status for note in record.corrections] == [o.status for o in outcomes]
    Record.model_validate(record.as_json())


def test_applied_twice_every_entry_is_already_true_or_told() -> None:
    corrections = parse_corrections(CONTRACT, "sop-bintan.yaml")
    (_, once), _ = apply([sample(), contract_record()], corrections, normalizer())
    (_, twice), outcomes = apply([sample(), once], corrections, normalizer())
    assert [o.status for o in outcomes] == [
        *("already-true", "already-true", "confirmed", "already-true"),
        "stale",  # what is step 9 now is another
        *("already-true", "already-true", "already-true"),
    ]
    assert twice.kegiatan == once.kegiatan
    assert twice.flow == once.flow
    assert twice.header == once.header


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ("{sop: 1, at: header/nama_sop, expect: Penyusunan LAKIP, set: Penyusunan SAKIP}", "applied"),
        ("{sop: 01, at: header/nama_sop, expect: Penyusunan  LAKIP, set: X}", "applied"),
        ("{sop: 061/org/58, at: header/nama_sop, expect: Lain, set: Penyusunan LAKIP}", "already-true"),
        ("{sop: 1, at: header/nama_sop, expect: Lain, set: Baru}", "stale"),
        ("{sop: 1, at: header/nama_sop, confirm: Penyusunan LAKIP}", "confirmed"),
        ("{sop: 1, at: header/nama_sop, confirm: Lain}", "stale"),
        ("{sop: 1, at: header/tanggal_revisi, confirm: null}", "confirmed"),
        ("{sop: 1, at: header/tanggal_efektif, confirm: 1 Januari 2018}", "confirmed"),
        ("{sop: 1, at: header/tanggal_efektif, confirm: null}", "stale"),
        ("{sop: 1, at: header/tanggal_revisi, insert: 2018}", "applied"),
        ("{sop: 1, at: header/tanggal_efektif, insert: 2018}", "stale"),
        ("{sop: 1, at: header/tanggal_efektif, remove: true, expect: 2018-01-01}", "applied"),
        ("{sop: 1, at: header/tanggal_revisi, remove: true}", "already-true"),
        ("{sop: 7, at: header/nama_sop, set: X}", "orphan"),
        ("{sop: 1, at: 'kegiatan[no=9]/uraian', set: X}", "orphan"),
        ("{sop: 1, at: 'kegiatan[no=9]', remove: true}", "already-true"),
        ("{sop: 1, at: 'flow/nodes[1,skpd]', confirm: true}", "orphan"),
        ("{sop: 1, at: 'flow/nodes[1,TU BAGIAN]', confirm: true}", "confirmed"),
        ("{sop: 1, at: 'flow/nodes[1,tu-bagian]', confirm: {kind: start}}", "confirmed"),
        ("{sop: 1, at: 'flow/nodes[1,tu-bagian]', confirm: {kind: end}}", "stale"),
        ("{sop: 1, at: 'flow/nodes[pelaksana=tu-bagian]', confirm: true}", "ambiguous"),
        ("{sop: 1, at: 'flow/nodes[pelaksana=tu-bagian][nth=2]', confirm: {kind: end}}", "confirmed"),
        ("{sop: 1, at: 'flow/edges[label=ya]', confirm: {to: [3, tu-bagian]}}", "confirmed"),
        ("{sop: 1, at: 'flow/edges[from=2,kabag-organisasi]', remove: true}", "ambiguous"),
        ("{sop: 1, at: flow/edges, insert: {from: [9, skpd], to: [1, tu-bagian]}}", "orphan"),
        ("{sop: 1, at: flow/edges, insert: {from: [1, tu-bagian], to: [2, kabag-organisasi]}}", "already-true"),
        ("{sop: 1, at: header/keterkaitan, confirm: SOP Surat Masuk}", "confirmed"),
        ("{sop: 1, at: header/keterkaitan, confirm: SOP Lain}", "stale"),
        ("{sop: 1, at: header/keterkaitan, confirm: [SOP Surat Masuk, SOP Surat Keluar]}", "confirmed"),
        ("{sop: 1, at: header/keterkaitan, expect: SOP Surat Masuk, set: SOP Surat Kilat}", "applied"),
        ("{sop: 1, at: header/keterkaitan, expect: SOP Lain, set: SOP Surat Masuk}", "already-true"),
        ("{sop: 1, at: header/keterkaitan, expect: SOP Lain, set: SOP Kilat}", "stale"),
        ("{sop: 1, at: header/keterkaitan, expect: SOP Lain, remove: true}", "already-true"),
        ("{sop: 1, at: header/keterkaitan, insert: SOP Surat Masuk, after: 2}", "already-true"),
        ("{sop: 1, at: header/keterkaitan, insert: SOP Kilat, after: 9}", "orphan"),
        ("{sop: 1, at: header/keterkaitan, insert: SOP Kilat, after: 1, expect: SOP Surat Keluar}", "applied"),
        ("{sop: 1, at: header/keterkaitan, insert: SOP Kilat, after: 1, expect: null}", "stale"),
        ("{sop: 1, at: 'header/keterkaitan[SOP Surat Masuk]', set: SOP Kilat}", "applied"),
        ("{sop: 1, at: 'header/dasar_hukum[nomor=25,tahun=2009]/tahun', set: 2010}", "applied"),
        ("{sop: 1, at: kegiatan, expect: {uraian: Memeriksa surat}, remove: true}", "applied"),
        ("{sop: 1, at: kegiatan, insert: {uraian: Memeriksa surat}, after: 1}", "already-true"),
        ("{sop: 1, at: kegiatan, insert: {uraian: Mencatat}, after: 1, expect: {uraian: Lain}}", "stale"),
        ("{sop: 1, at: 'pelaksana[tu-bagian]', set: TU BAGIAN}", "already-true"),
        ("{sop: 1, at: 'pelaksana[skpd]', set: TU BAGIAN}", "already-true"),
        ("{sop: 1, at: pelaksana, insert: TU Bagian}", "already-true"),
        ("{sop: 1, at: pelaksana, insert: SKPD, after: tu-bagian}", "applied"),
        ("{sop: 1, at: pelaksana, insert: SKPD, after: bupati}", "orphan"),
        ("{sop: 1, at: 'kegiatan[no=1]/pelaksana', insert: skpd}", "orphan"),
        ("{sop: 1, at: sop, remove: true, expect: {judul: SOP LAIN}}", "stale"),
        ("{sop: 4, at: sop, insert: {source: {pages: [8, 9]}}}", "orphan"),
        ("{sop: 1, at: sop, insert: {source: {pages: [3, 5]}}}", "already-true"),
    ],
)
def test_status(entry: str, status: str) -> None:
    record, outcome = one(f"  - {entry}")
    assert outcome.status == status
    if status != "applied":
        before = sample()
        assert (record.header, record.kegiatan, record.flow) == (before.header, before.kegiatan, before.flow)


def test_what_had_been_printed_counts_as_expected_where_a_rule_mended_it_since() -> None:
    record = sample()
    seen = record.evidence["/kegiatan/2/uraian"].model_copy(update={"raw": "Mengarsipkan surad"})
    record = record.model_copy(update={"evidence": {"/kegiatan/2/uraian": seen}})
    entry = "  - {sop: 1, at: 'kegiatan[no=3]/uraian', expect: Mengarsipkan surad, set: Menyimpan surat}"
    _, outcomes = corrected(entry, record)
    assert outcomes[0].status == "applied"


def test_a_settled_field_leaves_the_review_queue() -> None:
    record, _ = one(
        "  - {sop: 1, at: 'kegiatan[no=2]/mutu_baku/waktu', expect: 15 menlt, set: 15 menit}\n"
        "  - {sop: 1, at: 'kegiatan[no=3]/uraian', confirm: Mengarsipkan surat}\n"
        "  - {sop: 1, at: 'flow/edges[from=2,kabag-organisasi][to=3,tu-bagian]', confirm: {label: ya}}\n"
    )
    assert record.issues == []
    seen = record.evidence["/kegiatan/1/mutu_baku/waktu"]
    assert (seen.page, seen.raw, seen.confidence) == (4, "15 menlt", None)
    assert [(c.rule, c.before, c.after) for c in seen.changes] == [("correction", "15 menlt", "15 menit")]


def test_what_was_not_applied_is_an_issue_with_its_line() -> None:
    record, outcome = one("  - {sop: 1, at: header/nama_sop, expect: Lain, set: Baru}")
    (issue,) = [issue for issue in record.issues if issue.code == "correction-stale"]
    assert issue.path == "/header/nama_sop"
    assert "a.yaml:3: header/nama_sop is stale" in issue.message
    assert outcome.found == "Penyusunan LAKIP"


def test_confirmed_places_are_told_to_the_checks() -> None:
    _, outcomes = corrected(
        "  - {sop: 1, at: header/disahkan_oleh/nip, confirm: 19651009 199310 1 002}\n"
        "  - {sop: 1, at: 'kegiatan[no=3]/nomor', confirm: 3.}\n"
        "  - {sop: 1, at: kegiatan, insert: {uraian: Baru}, after: 0}\n"
    )
    assert confirmed_paths(outcomes) == {"sop-bintan/01": {"/header/disahkan_oleh/nip", "/kegiatan/3/nomor"}}


def test_whole_sops_come_and_go() -> None:
    insert = (
        "  - sop: '02'\n    at: sop\n    insert:\n      source: {pages: [12, 13]}\n      judul: SOP BARU\n"
        "      header: {nama_sop: Baru, dasar_hukum: [UU Nomor 5 Tahun 2014]}\n      pelaksana: [SKPD]\n"
        "      kegiatan: [{uraian: Mulai, pelaksana: [skpd]}]\n"
        "      flow: {nodes: [{kegiatan: 1, pelaksana: skpd, kind: start}]}\n"
    )
    records, outcomes = corrected(insert, sample(1), sample(2, "061/org/59"))
    assert [(r.id, r.judul) for r in records][1] == ("sop-bintan/02", "SOP BARU")
    assert len(records) == 3
    assert records[1].header.dasar_hukum[0].tahun == 2014
    assert [(n.kegiatan, n.kind) for n in records[1].flow.nodes] == [(1, "start")]
    assert [o.status for o in outcomes] == ["applied"]
    again, outcomes = corrected(insert, *records)
    assert [o.status for o in outcomes] == ["already-true"]
    assert len(again) == 3
    left, outcomes = corrected("  - {sop: '02', at: sop, remove: true, expect: {judul: SOP BARU}}", *records)
    assert [r.id for r in left] == ["sop-bintan/01", "sop-bintan/02"]
    assert left[1].header.nomor_sop == "061/org/59"


def test_a_document_without_sops_can_be_given_one() -> None:
    text = (
        f"document: {{file: lain/a.b.pdf, sha256: {'ab' * 32}}}\ncorrections:\n"
        "  - {sop: 1, at: sop, insert: {source: {pages: [1, 2], kind: text}, judul: SOP}}\n"
    )
    (record,), _ = apply([], parse_corrections(text, "a.yaml"), normalizer())
    assert (record.id, record.source.pages, record.source.kind) == ("lain/a.b/01", (1, 2), "text")


def test_an_sop_is_found_by_the_nomor_it_had_and_by_the_one_it_has() -> None:
    records, outcomes = corrected(
        "  - {sop: 061/org/58, at: header/nomor_sop, set: 061/org/60}\n"
        "  - {sop: 061/org/58, at: judul, set: SATU}\n"
        "  - {sop: 061/org/60, at: judul, set: DUA}\n"
    )
    assert [o.status for o in outcomes] == ["applied"] * 3
    assert records[0].judul == "DUA"
    twins = corrected("  - {sop: 061/org/58, at: judul, set: X}", sample(1), sample(2))[1]
    assert twins[0].status == "ambiguous"
    assert twins[0].record is None


def test_another_file_is_told() -> None:
    corrections = parse_corrections(CONTRACT, "sop-bintan.yaml")
    record = contract_record()
    issues = document_issues(corrections, [record], (), "9" * 64)
    assert [issue.code for issue in issues] == ["corrections-other-file"]
    assert document_issues(corrections, [record], (), record.source.sha256) == ()


@pytest.mark.parametrize(
    ("entry", "line", "column", "words"),
    [
        ("{sop: 1, at: header/tanggal_efektif, set: kapan-kapan}", 3, 47, "is no date"),
        ("{sop: 1, at: header/tanggal_efektif, set: 2018-02-29}", 3, 47, "calendar"),
        ("{sop: 1, at: source/pages, set: [5, 3]}", 3, 37, "comes before"),
        ("{sop: 1, at: source/pages, remove: true}", 3, 40, "cannot be empty"),
        ("{sop: 1, at: 'pelaksana[tu-bagian]/id', set: kabag-organisasi}", 3, 50, "two pelaksana"),
        ("{sop: 1, at: 'pelaksana[tu-bagian]/id', set: TU Bagian}", 3, 50, "is no id"),
        ("{sop: 1, at: 'flow/nodes[1,tu-bagian]/kegiatan', set: null}", 3, 59, "only a connector may lack"),
        ("{sop: 1, at: 'flow/nodes[1,tu-bagian]/kind', remove: true}", 3, 58, "cannot be empty"),
        ("{sop: 1, at: kegiatan, insert: {no: 3, uraian: x}, after: 1}", 3, 36, "has the number 2"),
        ("{sop: 1, at: header/keterkaitan, insert: ' '}", 3, 46, "cannot be empty"),
        ("{sop: x, at: sop, insert: {source: {pages: [1, 2]}}}", 3, 31, "is no number"),
    ],
)
def test_what_would_make_the_record_invalid_is_refused_with_its_line(
    entry: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(CorrectionsError) as caught:
        corrected(f"  - {entry}")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("a.yaml", line, column)
    assert words in str(problem.message)


def test_all_refusals_are_told_at_once() -> None:
    with pytest.raises(CorrectionsError) as caught:
        corrected("  - {sop: 1, at: header/tanggal_revisi, set: x}\n  - {sop: 1, at: header/tanggal_efektif, set: y}")
    assert [problem.line for problem in caught.value.problems] == [3, 4]


def test_every_entry_of_the_contract_is_read() -> None:
    assert len(parse_corrections(CONTRACT, "sop-bintan.yaml").entries) == 8
