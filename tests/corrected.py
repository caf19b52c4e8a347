"""A record of two performers and three steps, and corrections applied to it."""

from __future__ import annotations

from functools import cache

from pipeline.corrections import Outcome, apply, parse_corrections
from pipeline.corrections.normalizer import Normalizer
from pipeline.model.issue import Issue
from pipeline.model.record import Evidence, Record
from pipeline.normalize.lexicon import load_lexicon

SHA256 = "3f2a" + "0" * 60


def sample(number: int = 1, nomor: str = "061/org/58") -> Record:
    """A SOP of three steps: TU starts, Kabag decides (no: back to TU), TU ends."""
    return Record.model_validate(
        {
            "id": f"sop-bintan/{number:02d}",
            "source": {
                "file": "sop-bintan.pdf",
                "sha256": SHA256,
                "pages": [3 * number, 3 * number + 2],
                "kind": "scan",
            },
            "judul": "SOP PENYUSUNAN LAKIP",
            "header": {
                "nomor_sop": nomor,
                "nama_sop": "Penyusunan LAKIP",
                "instansi": ["Bagian Organisasi", "Sekretariat Daerah"],
                "tanggal_efektif": "2018-01-01",
                "disahkan_oleh": {"jabatan": "Sekretaris Daerah", "nip": "196510091993101002"},
                "dasar_hukum": [
                    {"text": "UU Nomor 25 Tahun 2009", "jenis": "Undang-Undang", "nomor": "25", "tahun": 2009},
                    {"text": "PP Nomor 96 Tahun 2012", "jenis": "Peraturan Pemerintah", "nomor": "96", "tahun": 2012},
                ],
                "keterkaitan": ["SOP Surat Masuk", "SOP Surat Keluar"],
            },
            "pelaksana": [
                {"id": "tu-bagian", "nama": "TU Bagian", "label": "TU BAGIAN"},
                {"id": "kabag-organisasi", "nama": "Kabag Organisasi", "label": "KABAG ORGANISASI"},
            ],
            "kegiatan": [
                _step(1, "Menerima surat", ["tu-bagian"], "5 menit", 5),
                _step(2, "Memeriksa surat", ["kabag-organisasi"], "15 menlt", None),
                _step(3, "Mengarsipkan surat", ["tu-bagian"], "10 menit", 10),
            ],
            "flow": {
                "nodes": [
                    {"id": "n1", "kegiatan": 1, "pelaksana": "tu-bagian", "kind": "start"},
                    {"id": "n2", "kegiatan": 2, "pelaksana": "kabag-organisasi", "kind": "decision"},
                    {"id": "n3", "kegiatan": 3, "pelaksana": "tu-bagian", "kind": "end"},
                ],
                "edges": [
                    {"from": "n1", "to": "n2"},
                    {"from": "n2", "to": "n3", "label": "ya"},
                    {"from": "n2", "to": "n1", "label": "tidak"},
                ],
            },
            "evidence": {
                "/kegiatan/1/mutu_baku/waktu": Evidence(page=4, raw="15 menlt", confidence=0.4),
                "/kegiatan/2/uraian": Evidence(page=4, raw="Mengarsipkan surat"),
                "/header/keterkaitan/1": Evidence(page=3, raw="SOP Surat Keluar"),
                "/flow/nodes/2": Evidence(page=4, confidence=0.9),
                "/flow/edges/1": Evidence(page=4, confidence=0.8),
            },
            "issues": [
                Issue(code="low-confidence", severity="warning", path="/kegiatan/1/mutu_baku/waktu", message="unsure"),
                Issue(code="low-confidence", severity="warning", path="/kegiatan/2/uraian", message="unsure"),
                Issue(code="edge-direction-unsure", severity="warning", path="/flow/edges/1", message="unsure"),
            ],
        }
    )


def _step(no: int, uraian: str, pelaksana: list[str], text: str, value: int | None) -> dict[str, object]:
    known = {"value": value, "unit": "menit", "iso8601": f"PT{value}M"} if value else {}
    quality = {"kelengkapan": "Surat", "waktu": {"text": text, **known}, "output": "Disposisi"}
    return {"no": no, "nomor": f"{no}.", "uraian": uraian, "pelaksana": pelaksana, "mutu_baku": quality}


@cache
def normalizer() -> Normalizer:
    return Normalizer(load_lexicon())


def corrected(entries: str, *records: Record) -> tuple[tuple[Record, ...], tuple[Outcome, ...]]:
    """`entries` (YAML, one "- {…}" a line) applied to the records, or to one sample."""
    text = f"document: {{file: sop-bintan.pdf}}\ncorrections:\n{entries}"
    return apply(records or [sample()], parse_corrections(text, "a.yaml"), normalizer())


def one(entries: str) -> tuple[Record, Outcome]:
    """The sample after `entries`, and what became of the last of them."""
    records, outcomes = corrected(entries)
    return records[0], outcomes[-1]
