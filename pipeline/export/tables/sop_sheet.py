"""One SOP as the rows of a sheet: its cover, then its matrix with a column a performer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.export.tables.table_model import Value
from pipeline.model.record import Header, Kegiatan, NodeKind, Record

SheetRow: TypeAlias = tuple[Value, ...]
COVER: tuple[tuple[str, str], ...] = (
    ("Nomor SOP", "nomor_sop"),
    ("Nama SOP", "nama_sop"),
    ("Instansi", "instansi"),
    ("Tanggal Pembuatan", "tanggal_pembuatan"),
    ("Tanggal Revisi", "tanggal_revisi"),
    ("Tanggal Pengesahan", "tanggal_pengesahan"),
    ("Tanggal Efektif", "tanggal_efektif"),
    ("Kualifikasi Pelaksana", "kualifikasi_pelaksana"),
    ("Keterkaitan", "keterkaitan"),
    ("Peralatan/Perlengkapan", "peralatan_perlengkapan"),
    ("Peringatan", "peringatan"),
    ("Pencatatan dan Pendataan", "pencatatan_pendataan"),
)
SYMBOLS: dict[NodeKind, str] = {
    "start": "mulai",
    "process": "proses",
    "decision": "keputusan",
    "end": "selesai",
    "document": "dokumen",
    "archive": "arsip",
    "connector": "penghubung",
}
NO, PROSE, CELL, PERFORMER = 5, 50, 24, 14  # widths in letters


@dataclass(frozen=True, slots=True)
class SopSheet:
    """The rows of a sheet, each with whether it is a head; the row of the matrix's heads; the columns' widths."""

    rows: tuple[tuple[SheetRow, bool], ...]
    matrix: int
    widths: tuple[int, ...]


def sop_sheet(record: Record) -> SopSheet:
    """Lay out one SOP: a line for each value of its cover, an empty one, and its matrix."""
    cover = [((None, label, text), False) for label, text in _cover(record.header)]
    names = [one.nama for one in record.pelaksana]
    others = list(dict.fromkeys(head for step in record.kegiatan for head in step.mutu_baku.lain))
    heads = ("No", "Uraian Kegiatan", *names, "Kelengkapan", "Waktu", "Output", *others, "Keterangan")
    steps = [(_step(record, step, others), False) for step in record.kegiatan]
    widths = (NO, PROSE, *(PERFORMER for _ in names), CELL, PERFORMER, CELL, *(CELL for _ in others), CELL)
    return SopSheet((*cover, ((), False), (heads, True), *steps), len(cover) + 1, widths)


def _cover(header: Header) -> Iterator[tuple[str, str | None]]:
    for label, name in COVER:
        value = getattr(header, name)
        yield label, "\n".join(value) if isinstance(value, list) else value
    approved = header.disahkan_oleh
    parts = (approved.jabatan, approved.nama, approved.pangkat, approved.nip and f"NIP {approved.nip}")
    yield "Disahkan Oleh", "\n".join(part for part in parts if part)
    yield "Dasar Hukum", "\n".join(law.text for law in header.dasar_hukum)


def _step(record: Record, step: Kegiatan, others: list[str]) -> SheetRow:
    quality = step.mutu_baku
    return (
        step.no,
        step.uraian,
        *(_symbols(record, step, one.id) for one in record.pelaksana),
        quality.kelengkapan,
        quality.waktu.text if quality.waktu else None,
        quality.output,
        *(quality.lain.get(head) for head in others),
        step.keterangan,
    )


def _symbols(record: Record, step: Kegiatan, pelaksana: str) -> str | None:
    """What a performer has in a step: its symbols' kinds, or an x where none of them was read."""
    found = [
        SYMBOLS[node.kind] for node in record.flow.nodes if (node.kegiatan, node.pelaksana) == (step.no, pelaksana)
    ]
    return ", ".join(found) or ("x" if pelaksana in step.pelaksana else None)
