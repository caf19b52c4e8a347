from __future__ import annotations

from typing import Any

import pytest

from pipeline.export.tables.frames import tables_of
from pipeline.export.tables.table_list import TABLES
from pipeline.export.tables.table_model import Table
from pipeline.model.record import Record

RECORD = Record.model_validate(
    {
        "id": "kota/a/02",
        "source": {"file": "kota/a.pdf", "sha256": "0" * 64, "pages": [4, 6], "kind": "text"},
        "header": {
            "nama_sop": "Uji",
            "instansi": ["Bagian A", "Dinas B"],
            "dasar_hukum": [{"text": "UU 25/2009", "jenis": "Undang-Undang", "nomor": "25", "tahun": 2009}],
        },
        "pelaksana": [{"id": "kabag", "nama": "Kabag", "label": "KABAG"}, {"id": "staf", "nama": "Staf", "label": ""}],
        "kegiatan": [
            {
                "no": 1,
                "nomor": "1.",
                "uraian": "Menerima",
                "pelaksana": ["staf", "kabag"],
                "mutu_baku": {
                    "waktu": {"text": "1-2 jam", "value": 1, "max": 2, "unit": "jam", "jenis": "durasi"},
                    "output": "Surat",
                    "lain": {"BIAYA": "Rp. 0,-"},
                },
            },
            {"no": 2, "mutu_baku": {"waktu": {"text": "1-2 jam", "value": 1, "max": 2, "unit": "jam"}}},
            {"no": 3, "mutu_baku": {"waktu": {"text": "3 hari kerja", "value": 3, "unit": "hari kerja"}}},
        ],
        "flow": {
            "nodes": [
                {"id": "n1", "kegiatan": 1, "pelaksana": "staf", "kind": "start"},
                {"id": "n2", "kegiatan": 1, "pelaksana": "kabag", "kind": "process"},
            ],
            "edges": [{"from": "n1", "to": "n2", "label": "ya"}],
        },
        "evidence": {
            "/header/instansi": {"page": 4},
            "/kegiatan/0/uraian": {"page": 6},
            "/kegiatan/0/nomor": {"page": 5},
            "/kegiatan/0/mutu_baku/waktu": {"page": 5, "box": [1, 1, 2, 2]},
            "/kegiatan/1/mutu_baku/waktu": {"page": 5, "box": [1, 1, 2, 2]},
        },
        "issues": [
            {"code": "x", "severity": "info", "path": "/kegiatan/0/uraian", "message": "m"},
            {"code": "y", "severity": "error", "path": "", "message": "m"},
        ],
    }
)
TABLE = {table.name: table for table in TABLES}


def rows(name: str) -> list[dict[str, Any]]:
    return [dict(zip(TABLE[name].heads, row, strict=True)) for row in TABLE[name].rows(RECORD)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_fit_the_columns_and_the_key_tells_them_apart(table: Table) -> None:
    found = rows(table.name)
    assert found
    keys = [tuple(row[name] for name in table.key) for row in found]
    assert len(set(keys)) == len(keys)
    python: dict[str, Any] = {"text": str, "integer": int, "real": (int, float)}
    for row in found:
        for column in table.columns:
            value = row[column.name]
            assert isinstance(value, python[column.kind]) if value is not None else not column.required


def test_a_sop_has_a_row_with_its_sums() -> None:
    (row,) = rows("sop")
    expected = {"sop_id": "kota/a/02", "document": "kota/a", "instansi": "Bagian A; Dinas B", "kegiatan": 3}
    assert {name: row[name] for name in expected} == expected
    assert (row["waktu_menit_min"], row["waktu_menit_max"]) == (60, 120)  # the second step shares the first's cell
    assert (row["waktu_hari_kerja_max"], row["waktu_total_menit"]) == (3, None)


def test_a_step_has_its_minutes_only_where_its_unit_has_as_many_everywhere() -> None:
    first, second, third = rows("kegiatan")
    assert (first["pelaksana"], first["page"], first["output"]) == ("Staf; Kabag", 5, "Surat")
    assert (first["waktu_menit"], first["waktu_menit_max"], first["waktu_shared"]) == (60, 120, 0)
    assert (second["waktu_menit"], second["waktu_shared"]) == (60, 1)
    assert (third["waktu_menit"], third["waktu_value"], third["waktu_unit"]) == (None, 3, "hari kerja")


def test_lists_symbols_connectors_and_issues_have_their_rows() -> None:
    assert [(row["list"], row["no"], row["text"], row["page"]) for row in rows("daftar")] == [
        ("instansi", 1, "Bagian A", 4),
        ("instansi", 2, "Dinas B", 4),
    ]
    assert [(row["pelaksana_id"], row["place"]) for row in rows("kegiatan_pelaksana")] == [("staf", 1), ("kabag", 2)]
    assert [(row["kolom"], row["text"]) for row in rows("kolom_lain")] == [("BIAYA", "Rp. 0,-")]
    assert [(row["from_node"], row["to_node"], row["label"]) for row in rows("flow_edges")] == [("n1", "n2", "ya")]
    assert [(row["kegiatan_no"], row["page"]) for row in rows("issues")] == [(1, 6), (None, None)]
    assert [(row["nama"], row["kegiatan"], row["waktu_menit"]) for row in rows("pelaksana")] == [
        ("Kabag", 1, 120),
        ("Staf", 1, 120),
    ]


def test_frames_tell_null_from_zero_and_keep_whole_numbers_whole() -> None:
    frames = tables_of([RECORD])
    assert list(frames) == [table.name for table in TABLES]
    steps = frames["kegiatan"]
    assert str(steps["no"].dtype) == "Int64"
    assert steps["waktu_menit"].isna().tolist() == [False, False, True]
    assert tables_of([])["sop"].columns.tolist() == TABLE["sop"].heads
