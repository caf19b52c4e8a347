"""Ready SOPs with plausible words, so that a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .spec import Cover, Edge, Matrix, Row, SopSpec, Symbol

ROLES = ("Pengadministrasi Umum", "Kasubbag Tata Usaha", "Kepala Bagian", "Sekretaris Daerah")
STEPS = (
    ("Menerima dan mencatat surat masuk pada buku agenda", "Surat masuk", "5 menit", "Surat tercatat"),
    ("Meneliti kelengkapan surat dan membuat lembar disposisi", "Lembar disposisi", "15 menit", "Disposisi"),
    ("Memeriksa dan memberi arahan atas surat", "Disposisi", "1 jam", "Arahan tertulis"),
    ("Menyusun konsep surat jawaban sesuai arahan pimpinan", "Arahan tertulis", "2 hari", "Konsep surat"),
    ("Memaraf konsep surat jawaban", "Konsep surat", "30 menit", "Konsep surat diparaf"),
    ("Menandatangani surat jawaban", "Konsep surat diparaf", "1 hari", "Surat jawaban"),
    ("Memberi nomor dan mengirim surat jawaban kepada pemohon", "Surat jawaban", "10 menit", "Surat terkirim"),
    ("Mengarsipkan surat beserta bukti pengiriman", "Surat terkirim", "5 menit", "Arsip surat"),
)


def step(index: int, symbols: tuple[Symbol, ...]) -> Row:
    uraian, kelengkapan, waktu, output = STEPS[index % len(STEPS)]
    again = "" if index < len(STEPS) else f" tahap {index // len(STEPS) + 1}"
    return Row(
        uraian + again, {"kelengkapan": kelengkapan, "waktu": waktu, "output": output, "keterangan": ""}, symbols
    )


def chain(
    count: int = 5, roles: tuple[str, ...] = ROLES, judul: str | None = None, decision: int | None = None
) -> Matrix:
    """A flow of `count` steps through the roles and back, one symbol a row.

    Step `decision` (from 1) is one whose "Tidak" goes back to the step before.
    """
    swing = [*range(len(roles)), *range(len(roles) - 2, 0, -1)] or [0]
    who = [roles[swing[i % len(swing)]] for i in range(count)]
    kinds = ["process"] * count
    kinds[0], kinds[-1] = "start", "end"
    edges = [Edge((i, who[i - 1]), (i + 1, who[i])) for i in range(1, count)]
    if decision:
        kinds[decision - 1] = "decision"
        edges[decision - 1] = replace(edges[decision - 1], label="Ya")
        edges.append(Edge((decision, who[decision - 1]), (decision - 1, who[decision - 2]), "Tidak"))
    rows = tuple(step(i, (Symbol(who[i], kinds[i]),)) for i in range(count))
    return Matrix(roles, rows, tuple(edges), judul)


def sample(count: int = 5, **changes: Any) -> SopSpec:
    """A cover with a chain of `count` steps; `changes` are fields of the cover."""
    return SopSpec(Cover(**changes), (chain(count),))
