"""A whole draft becomes the contract's record."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.model.draft import (
    LIST_FIELDS,
    Column,
    Draft,
    Edge,
    FlowDraft,
    HeaderDraft,
    MatrixDraft,
    RowDraft,
    Symbol,
)
from pipeline.model.geometry import Box, PageTransform
from pipeline.model.issue import Issue
from pipeline.model.page import CellText
from pipeline.model.record import Record
from pipeline.normalize.lexicon import Lexicon
from pipeline.normalize.records import normalize
from pipeline.settings import Settings

from .conftest import Cells

COLUMNS = ("no", "kegiatan", "pelaksana", "pelaksana", "kelengkapan", "waktu", "output", "keterangan", "lain")
HEADS = ("No", "Kegiatan", "KASUBBAG TU", "Sekda", "Kelengkapan", "Waktu (menit)", "Output", "Ket", "BIAYA")
SYMBOL = Box(100, 20, 120, 30)


@pytest.fixture
def draft(cell: Cells) -> Draft:
    rows = [
        ("1.", "Menerima surat", "", "", "Surat", "15", "Surat", "-", "Rp. 0,-"),
        ("2.", "Menandatangani surat", "", "", "", "2 hari", "Surat", "", ""),
        ("4.", "Mengarsipkan", "", "", "", "selama 5 surat", "Arsip", "", ""),
    ]
    matrix = MatrixDraft(
        columns=tuple(
            Column(i, kind, cell(head), "menit" if kind == "waktu" else None)  # type: ignore[arg-type]
            for i, (kind, head) in enumerate(zip(COLUMNS, HEADS, strict=True))
        ),
        rows=tuple(
            RowDraft(no, {i: cell(text) if text else cell() for i, text in enumerate(row)})
            for no, row in enumerate(rows, 1)
        ),
        parts=(),
        judul=cell("SOP SURAT MASUK"),
        issues=(Issue(code="row-odd", severity="info", path="/kegiatan/1", message="odd"),),
    )
    flow = FlowDraft(
        symbols=(
            Symbol("a", 2, 1, 2, "start", SYMBOL, confidence=0.9),
            Symbol("b", 2, 2, 3, "decision", SYMBOL),
            Symbol("c", 2, 3, 2, "end", SYMBOL, label="Selesai"),
            Symbol("p", 3, 0, -1, "connector", SYMBOL),
        ),
        edges=(Edge("a", "b", 2, SYMBOL, ends=0.8, direction=0.6), Edge("b", "c", 2, SYMBOL, label="YA")),
        issues=(
            Issue(code="x", severity="warning", path="edge:b-c", message="unsure"),
            Issue(code="y", severity="warning", path="symbol:p", message="alone"),
            Issue(code="z", severity="warning", path="symbol:gone", message="gone"),
        ),
    )
    header = HeaderDraft(
        (1,),
        fields={
            "nomor_sop": cell("060/      /SOP/2018"),
            "nama_sop": cell("Surat", "Masuk"),
            "tanggal_pembuatan": cell("Januari 2018"),
            "tanggal_revisi": cell("-"),
            "tanggal_efektif": cell("kapan saja"),
            "instansi": cell(
                "PEMERINTAH KABUPATEN", "BAGIAN HUKUM", "Jl. Merdeka No. 5 Telp. (0511) 3352719", "BANJARBARU 70111"
            ),
        },
        signature={"nip": cell("NIP. 19651009 199310 1 002"), "nama": cell("Drs. ADI")},
        lists={
            "dasar_hukum": (cell("UU No. 5 Tahun 2014 tentang ASN"), cell("-")),
            "keterkaitan": (cell("SOP Arsip"),),
        },
    )
    return Draft((1, 3), "text", matrix, header, flow, {2: PageTransform(((1, 0, 5), (0, 1, 7), (0, 0, 1)))})


@pytest.fixture
def record(draft: Draft, lexicon: Lexicon) -> Record:
    (made,) = normalize([draft], "x.pdf", "abc", "x", Settings(), lexicon)
    return made


def codes(record: Record) -> set[tuple[str, str]]:
    return {(issue.code, issue.path) for issue in record.issues}


def test_names_its_place_and_source(record: Record) -> None:
    assert (record.id, record.source.file, record.source.pages, record.judul) == (
        "x/01",
        "x.pdf",
        (1, 3),
        "SOP SURAT MASUK",
    )


def test_the_header_is_clean(record: Record) -> None:
    header = record.header
    assert header.nama_sop == "Surat Masuk"
    assert header.nomor_sop == "060/ /SOP/2018"
    assert (header.tanggal_pembuatan, header.tanggal_revisi, header.tanggal_efektif) == ("2018-01", None, None)
    assert header.instansi == ["PEMERINTAH KABUPATEN", "BAGIAN HUKUM"]
    assert header.disahkan_oleh.nip == "196510091993101002"
    assert [law.nomor for law in header.dasar_hukum] == ["5"]
    assert ("date-unreadable", "/header/tanggal_efektif") in codes(record)
    assert ("date-unreadable", "/header/tanggal_revisi") not in codes(record)


def test_roles_and_performers(record: Record) -> None:
    assert [(p.id, p.nama, p.label) for p in record.pelaksana] == [
        ("kasubbag-tu", "Kasubbag TU", "KASUBBAG TU"),
        ("sekda", "Sekda", "Sekda"),
    ]
    assert [step.pelaksana for step in record.kegiatan] == [["kasubbag-tu"], ["sekda"], ["kasubbag-tu"]]


def test_cells_and_durations(record: Record) -> None:
    first, second, third = record.kegiatan
    assert (first.no, first.nomor, first.uraian, first.keterangan) == (1, "1.", "Menerima surat", "-")
    assert first.mutu_baku.lain == {"BIAYA": "Rp. 0,-"}
    assert first.mutu_baku.waktu is not None
    assert first.mutu_baku.waktu.unit == "menit"
    assert second.mutu_baku.waktu is not None
    assert second.mutu_baku.waktu.iso8601 == "P2D"
    assert second.mutu_baku.kelengkapan is None
    assert third.mutu_baku.waktu is not None
    assert third.mutu_baku.waktu.value is None
    assert ("duration-unreadable", "/kegiatan/2/mutu_baku/waktu") in codes(record)
    assert ("number-differs", "/kegiatan/2/nomor") in codes(record)


def test_symbols_are_nodes_and_connectors_edges(record: Record) -> None:
    nodes = [(n.id, n.kegiatan, n.pelaksana, n.kind, n.label) for n in record.flow.nodes]
    assert nodes == [
        ("n1", 1, "kasubbag-tu", "start", None),
        ("n2", 2, "sekda", "decision", None),
        ("n3", 3, "kasubbag-tu", "end", "Selesai"),
        ("n4", None, None, "connector", None),
    ]
    assert [(e.source, e.target, e.label) for e in record.flow.edges] == [("n1", "n2", None), ("n2", "n3", "ya")]


def test_issues_of_earlier_stages_point_into_the_record(record: Record) -> None:
    assert {("row-odd", "/kegiatan/1"), ("x", "/flow/edges/1"), ("y", "/flow/nodes/3"), ("z", "/flow")} <= codes(record)


def test_every_value_has_its_evidence(record: Record) -> None:
    evidence = record.evidence
    assert evidence["/header/nama_sop"].raw == "Surat\nMasuk"
    assert evidence["/kegiatan/0/mutu_baku/lain/BIAYA"].raw == "Rp. 0,-"
    assert evidence["/flow/edges/0"].confidence == 0.6
    assert evidence["/kegiatan/0/uraian"].confidence is None
    assert evidence["/flow/nodes/0"].box == (105.0, 27.0, 125.0, 37.0)  # as displayed, by its page's transform


def test_a_sop_without_cover_or_matrix_is_a_record_too(lexicon: Lexicon) -> None:
    bare = Draft((1, 1), "scan", None)
    (made,) = normalize([bare], "x.pdf", "abc", "x", Settings(), lexicon)
    assert made.header.nama_sop is None
    assert made.kegiatan == []
    assert made.evidence == {}


def test_a_scans_doubtful_fields_are_flagged_and_sure_ones_not(draft: Draft, lexicon: Lexicon, cell: Cells) -> None:
    assert draft.header is not None
    fields = {
        "nama_sop": cell("Surat Masuk", confidence=0.96),
        "nomor_sop": cell("06O/$OP", confidence=0.3),
        "tanggal_efektif": cell(),
        "tanggal_pembuatan": cell("4 Oktober 2024", confidence=0.96),
        "tanggal_pengesahan": cell("Oktober 2024", confidence=0.96),
    }
    signature = {"nip": cell("NIP. 19650909 199310 1 002", confidence=0.97), "nama": cell("Budi", confidence=0.97)}
    boxes = {name: draft.header.lists.get(name, ()) for name in LIST_FIELDS if name != "keterkaitan"}
    header_draft = replace(draft.header, fields=fields, signature=signature, lists=boxes)
    scan = replace(draft, kind="scan", header=header_draft)
    (made,) = normalize([scan], "x.pdf", "abc", "x", Settings(), lexicon)
    header = {(code, path) for code, path in codes(made) if path.startswith("/header")}
    assert header == {
        ("number-unreadable", "/header/nomor_sop"),
        ("blank-on-scan", "/header/tanggal_efektif"),
        ("date-without-day", "/header/tanggal_pengesahan"),
        ("not-found-on-scan", "/header/tanggal_revisi"),
        ("not-found-on-scan", "/header/keterkaitan"),
        ("not-found-on-scan", "/header/disahkan_oleh/jabatan"),
        ("not-found-on-scan", "/header/disahkan_oleh/pangkat"),
    }


def test_a_scanned_duration_that_jumps_is_unsure_and_told(draft: Draft, lexicon: Lexicon, cell: Cells) -> None:
    def timed(*times: str) -> Record:
        assert draft.matrix is not None
        cells = [{1: cell("Menerima surat", confidence=0.97), 5: cell(time, confidence=0.99)} for time in times]
        rows = tuple(RowDraft(no, read) for no, read in enumerate(cells, 1))
        scan = replace(draft, kind="scan", matrix=replace(draft.matrix, rows=rows))
        return next(normalize([scan], "x.pdf", "abc", "x", Settings(), lexicon))

    made, place = timed("1 jam", "11 jam", "1 jam", "1 jam"), "/kegiatan/1/mutu_baku/waktu"
    assert {code for code, path in codes(made) if path == place} == {"duration-jump", "low-confidence"}
    assert (made.evidence[place].confidence or 1) < 0.6 < (made.evidence["/kegiatan/0/mutu_baku/waktu"].confidence or 0)
    assert "duration-jump" not in dict(codes(timed("1 jam", "2 jam", "3 jam", "1 jam")))


def test_other_sops_of_the_document_help_a_misread_role(draft: Draft, lexicon: Lexicon, cell: Cells) -> None:
    def headed(head: CellText) -> Draft:
        assert draft.matrix is not None
        columns = tuple(replace(c, head=head) if c.index == 2 else c for c in draft.matrix.columns)
        return replace(draft, matrix=replace(draft.matrix, columns=columns))

    sure, misread = cell("Kabag Zqorga", confidence=0.96), cell("Kabag Zqurga", confidence=0.91)
    made = list(normalize([headed(sure), headed(sure), headed(misread)], "x.pdf", "abc", "x", Settings(), lexicon))
    assert {record.pelaksana[0].nama for record in made} == {"Kabag Zqorga"}
    assert made[2].pelaksana[0].label == "Kabag Zqurga"
    assert made[2].evidence["/pelaksana/0"].changes[-1].rule == "known-role"


def test_the_same_draft_gives_the_same_record(draft: Draft, lexicon: Lexicon) -> None:
    once, twice = (list(normalize([draft, draft], "x.pdf", "abc", "x", Settings(), lexicon)) for _ in range(2))
    assert [record.as_json() for record in once] == [record.as_json() for record in twice]
    assert [record.id for record in once] == ["x/01", "x/02"]


def test_a_day_that_no_calendar_has_is_no_value_but_keeps_its_words(
    draft: Draft, cell: Cells, lexicon: Lexicon
) -> None:
    assert draft.header is not None
    fields = {**draft.header.fields, "tanggal_revisi": cell("29 Februari 2019")}
    (made,) = normalize(
        [replace(draft, header=replace(draft.header, fields=fields))], "x.pdf", "abc", "x", Settings(), lexicon
    )
    path = "/header/tanggal_revisi"
    assert made.header.tanggal_revisi is None
    assert made.evidence[path].raw == "29 Februari 2019"
    assert "date-unreadable" in [issue.code for issue in made.issues if issue.path == path]
