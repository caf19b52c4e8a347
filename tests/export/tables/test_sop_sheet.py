from __future__ import annotations

from pipeline.export.tables.sop_sheet import sop_sheet
from pipeline.model.record import Record

RECORD = Record.model_validate(
    {
        "id": "a/01",
        "source": {"file": "a.pdf", "sha256": "0" * 64, "pages": [1, 2], "kind": "text"},
        "header": {
            "nama_sop": "Uji",
            "instansi": ["Bagian A", "Dinas B"],
            "disahkan_oleh": {"nama": "Ani", "nip": "1"},
        },
        "pelaksana": [{"id": "kabag", "nama": "Kabag", "label": ""}, {"id": "staf", "nama": "Staf", "label": ""}],
        "kegiatan": [
            {"no": 1, "uraian": "Menerima", "pelaksana": ["kabag", "staf"], "mutu_baku": {"lain": {"BIAYA": "0"}}},
            {"no": 2, "uraian": "Memeriksa", "mutu_baku": {"waktu": {"text": "1 jam"}, "output": "Surat"}},
        ],
        "flow": {
            "nodes": [
                {"id": "n1", "kegiatan": 1, "pelaksana": "kabag", "kind": "start"},
                {"id": "n2", "kegiatan": 1, "pelaksana": "kabag", "kind": "decision"},
            ]
        },
    }
)


def test_a_sop_is_laid_out_as_the_form_has_it() -> None:
    form = sop_sheet(RECORD)
    rows = [values for values, _ in form.rows]
    cover = {row[1]: row[2] for row in rows[: form.matrix - 1]}
    assert (cover["Nama SOP"], cover["Instansi"]) == ("Uji", "Bagian A\nDinas B")
    assert cover["Disahkan Oleh"] == "Ani\nNIP 1"
    assert form.rows[form.matrix] == (
        ("No", "Uraian Kegiatan", "Kabag", "Staf", "Kelengkapan", "Waktu", "Output", "BIAYA", "Keterangan"),
        True,
    )
    # Symbols by their kind; who takes part without one has an x.
    assert rows[-2] == (1, "Menerima", "mulai, keputusan", "x", None, None, None, "0", None)
    assert rows[-1] == (2, "Memeriksa", None, None, None, "1 jam", "Surat", None, None)
    assert len(form.widths) == len(rows[-1])
