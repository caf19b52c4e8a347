"""Facts: what agrees, what is missed and what is invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from typeset import sample, typeset

from bench.facts import Row, Sop, compared, f1, iso, matched, of_record, of_truth, squeezed
from pipeline.model.record import Record

RECORD = Record.model_validate(
    {
        "id": "a/01",
        "source": {"file": "a.pdf", "sha256": "0" * 64, "pages": [1, 2], "kind": "text"},
        "header": {"nama_sop": "Surat Masuk", "tanggal_efektif": "2018-01-01", "keterkaitan": ["SOP Surat Keluar"]},
        "pelaksana": [
            {"id": "staf", "nama": "Staf", "label": "STAF"},
            {"id": "kabag", "nama": "Kabag", "label": "KABAG"},
        ],
        "kegiatan": [
            {
                "no": 1,
                "uraian": "Menerima surat",
                "pelaksana": ["staf"],
                "mutu_baku": {"waktu": {"text": "5 menit", "value": 5, "unit": "menit"}},
            },
            {"no": 2, "uraian": "Memeriksa", "pelaksana": ["kabag"]},
        ],
        "flow": {
            "nodes": [
                {"id": "n1", "kegiatan": 1, "pelaksana": "staf", "kind": "start"},
                {"id": "n2", "kegiatan": 2, "pelaksana": "kabag", "kind": "end"},
            ],
            "edges": [{"from": "n1", "to": "n2"}],
        },
    }
)
TRUTH = {
    "pages": [1, 2],
    "header": {"nama_sop": "Surat Masuk", "tanggal_efektif": "1 Januari 2018", "keterkaitan": ["SOP Surat Keluar"]},
    "pelaksana": ["Staf", "Kabag"],
    "kegiatan": [
        {"no": 1, "uraian": "Menerima surat", "pelaksana": ["Staf"], "kinds": [["Staf", "start"]], "waktu": "5 menit"},
        {"no": 2, "uraian": "Memeriksa", "pelaksana": ["Kabag"], "kinds": [["Kabag", "end"]], "waktu": "-"},
    ],
    "edges": [[[1, "Staf"], [2, "Kabag"], ""]],
}


def test_a_record_and_its_truth_say_the_same() -> None:
    counts = compared([of_truth(TRUTH)], [of_record(RECORD.as_json())])
    assert {group: f1(*count) for group, count in counts.items()} == dict.fromkeys(counts, 1.0)
    assert counts["edges"] == (1, 1, 1)
    assert counts["durations"] == (1, 1, 1)


def test_typeset_truth_agrees_with_itself(tmp_path: Path) -> None:
    sops = [of_truth(sop) for sop in typeset(sample(4), tmp_path / "a.pdf")]
    counts = compared(sops, sops)
    assert counts["cells"] == (16, 16, 16)
    assert counts["symbols"] == (4, 4, 4)
    assert counts["edges"] == (3, 3, 3)


def row(words: str) -> Row:
    return Row({"uraian": words}, None, (), ())


def test_a_lost_row_does_not_shift_those_below_it() -> None:
    rows = [row("menerimasurat"), row("membuatkonsep"), row("menandatangani")]
    assert matched(rows, [rows[0], row("menandatangan1")]) == [0, 2]
    assert matched(rows, [row("xyz")]) == ["extra 0"]


def test_a_row_read_badly_costs_itself_and_none_of_those_after_it() -> None:
    rows = [row(f"mengirim nota dinas {n}") for n in ("pertama", "kedua", "ketiga", "keempat")]
    read = [rows[0], row("mengirim nota dinas ketig"), rows[2], rows[3]]  # the second is more like the third
    assert matched(rows, read) == [0, 1, 2, 3]


def test_missed_and_invented_facts_both_cost() -> None:
    sop: Sop = of_truth(TRUTH)
    less = replace(sop, header={**sop.header, "nama_sop": ""})
    more = replace(sop, lists=(*sop.lists, ("peringatan", "tidakada")))
    assert compared([sop], [less])["header"] == (1, 2, 1)
    assert compared([sop], [more])["lists"] == (1, 1, 2)
    assert compared([sop], [])["SOPs"] == (0, 1, 0)
    assert compared([], [sop])["SOPs"] == (0, 0, 1)


@pytest.mark.parametrize(
    ("printed", "date"),
    [("08 Desember 2017", "2017-12-08"), ("Januari 2018", "2018-01"), ("", ""), ("Segera", "Segera")],
)
def test_dates_as_printed(printed: str, date: str) -> None:
    assert iso(printed) == date


def test_squeezed_text_forgets_spaces_case_and_closing_marks() -> None:
    assert squeezed("Surat  Masuk;\n") == "suratmasuk"
    assert squeezed(" - ") == squeezed(None) == ""
