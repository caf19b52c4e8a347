"""A small collection: two agencies, SOPs that name each other, a double."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.model.record import Record


def waktu(value: float, unit: str) -> dict[str, Any]:
    return {"text": f"{value} {unit}", "value": value, "unit": unit, "jenis": "durasi"}


def sop(sop_id: str, nama: str, steps: Sequence[tuple[str, list[str], dict[str, Any] | None]], **header: Any) -> Record:
    """A record with its steps: what is done, who does it, how long."""
    performers = dict.fromkeys(one for _, who, _ in steps for one in who)
    return Record.model_validate(
        {
            "id": sop_id,
            "source": {"file": "a.pdf", "sha256": "0" * 64, "pages": [3, 4], "kind": "text"},
            "header": {"nama_sop": nama, **header},
            "pelaksana": [{"id": one, "nama": one.title(), "label": one.upper()} for one in performers],
            "kegiatan": [
                {"no": no, "uraian": what, "pelaksana": who, "mutu_baku": {"waktu": time}}
                for no, (what, who, time) in enumerate(steps, start=1)
            ],
            "evidence": {"/kegiatan/0/uraian": {"page": 4}},
        }
    )


LAW = {"text": "UU Nomor 25 Tahun 2009", "jenis": "Undang-Undang", "nomor": "25", "tahun": 2009, "tentang": "Pelayanan"}
SAME = LAW | {"text": "Undang-Undang No. 25/2009 tentang Pelayanan Publik", "tentang": "Pelayanan Publik"}
LOCAL = {"text": "Perbup 25 Tahun 2009", "jenis": "Peraturan Bupati", "nomor": "25", "tahun": 2009, "tentang": "Arsip"}
STEPS = [
    ("Menerima surat", ["staf"], waktu(30, "menit")),
    ("Menelaah surat dan menyusun jawaban", ["kasubbag", "staf"], waktu(5, "hari kerja")),
]
COLLECTION = [
    sop("a/01", "Penanganan Surat", STEPS, instansi=["Dinas A"], dasar_hukum=[LAW], keterkaitan=["SOP Arsip Surat"]),
    sop("a/02", "Arsip Surat", [("Menyimpan surat", ["staf"], waktu(2, "jam"))], instansi=["Dinas A"],
        dasar_hukum=[SAME, LOCAL], keterkaitan=["Penanganan Surat"], nomor_sop="7"),
    sop("b/01", "Penanganan Surat", STEPS, instansi=["Dinas B"], nomor_sop="7"),
    sop("b/02", "Cuti", [("Mengajukan cuti", ["staf"], None)]),
]  # fmt: skip
