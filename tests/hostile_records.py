"""A record with hostile text in every field that a document can fill."""

from __future__ import annotations

from typing import Any

from pipeline.message import msg
from pipeline.model.issue import Issue
from pipeline.model.record import Evidence, Record

SCRIPT = "</textarea></script><script>window.broken=1</script>\"'><img src=x onerror=window.broken=1>{{ 7*7 }}"
TURNED = "\u202egnalab\u202c \u2067siht\u2069 \u200f\u0627\u0644\u0639"
LONG = "panjang " * 12_500  # 100 kB
HOSTILE = {"script": SCRIPT, "right-to-left": TURNED, "long": LONG.strip()}


def hostile_record(text: str, name: str) -> Record:
    """A record of two steps whose every text is `text`, and every issue is of it too."""
    plain: dict[str, Any] = {
        "id": f"{name}/01",
        "source": {"file": f"{name}.pdf", "sha256": "0" * 64, "pages": [1, 1], "kind": "text"},
        "judul": text,
        "header": {
            **dict.fromkeys(("nomor_sop", "nama_sop", "tanggal_pembuatan", "tanggal_revisi"), text),
            **dict.fromkeys(("tanggal_pengesahan", "tanggal_efektif"), text),
            "disahkan_oleh": dict.fromkeys(("jabatan", "nama", "pangkat", "nip"), text),
            "dasar_hukum": [{"text": text, "jenis": text, "nomor": text, "tentang": text}],
            **{
                key: [text]
                for key in (
                    "instansi",
                    "kualifikasi_pelaksana",
                    "keterkaitan",
                    "peralatan_perlengkapan",
                    "peringatan",
                    "pencatatan_pendataan",
                )
            },
        },
        "pelaksana": [{"id": f"{text[:60]}{n}", "nama": text, "label": text} for n in (1, 2)],
        "kegiatan": [_step(no, text) for no in (1, 2)],
        "flow": {
            "nodes": [
                {"id": f"{text[:60]}n{n}", "kegiatan": n, "pelaksana": f"{text[:60]}{n}", "kind": kind, "label": text}
                for n, kind in ((1, "start"), (2, "decision"))
            ],
            "edges": [{"from": f"{text[:60]}n1", "to": f"{text[:60]}n2", "label": text}],
        },
    }
    record = Record.model_validate(plain)
    notes = [{"rule": text, "from": text, "to": text}]
    seen = Evidence.model_validate(
        {"page": 1, "box": (50, 50, 90, 70), "raw": text, "confidence": 0.5, "changes": notes}
    )
    paths = ["/header/nama_sop", "/kegiatan/0/uraian", "/kegiatan/1/mutu_baku/waktu", "/pelaksana/0", "/flow/nodes/0"]
    issues = [Issue(code="words-unsure", severity="error", path=path, message=text) for path in paths]
    issues.append(Issue.of("words-unsure", "warning", msg("{file}: {fault}", file=text, fault=text)))
    return record.model_copy(update={"evidence": dict.fromkeys(paths, seen), "issues": issues})


def _step(no: int, text: str) -> dict[str, Any]:
    return {
        "no": no,
        "nomor": text,
        "uraian": text,
        "pelaksana": [f"{text[:60]}{no}"],
        "mutu_baku": {"kelengkapan": text, "waktu": {"text": text}, "output": text, "lain": {text: text}},
        "keterangan": text,
    }
