"""Two versions of a SOP, the newer made from the older by what people do to one."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from pipeline.comparison.record_changes import changes_between
from pipeline.model.record import Record
from pipeline.settings.collections import CollectionSettings
from pipeline.translation import shown, speaking

DONE = [
    "Menerima dan mencatat surat masuk",
    "Memberi disposisi kepada bagian",
    "Menelaah isi surat dan peraturannya",
    "Menyusun konsep surat jawaban",
    "Menandatangani surat jawaban",
    "Mengirim surat jawaban dan mengarsipkan",
]
WHO = ["staf", "kabag", "kasubbag", "kasubbag", "kabag", "staf"]


def base() -> dict[str, Any]:
    return {
        "id": "a/01",
        "source": {"file": "a.pdf", "sha256": "0" * 64, "pages": [1, 2], "kind": "text"},
        "header": {
            "nama_sop": "Penanganan Surat",
            "tanggal_revisi": None,
            "dasar_hukum": [{"text": "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik"}],
            "peringatan": ["Surat yang terlambat ditangani menghambat pelayanan"],
        },
        "pelaksana": [{"id": one, "nama": one.title(), "label": one} for one in ("staf", "kasubbag", "kabag")],
        "kegiatan": [
            {
                "no": no,
                "uraian": what,
                "pelaksana": [who],
                "mutu_baku": {"waktu": {"text": "1 jam", "value": 1, "unit": "jam"}, "output": "Surat"},
            }
            for no, (what, who) in enumerate(zip(DONE, WHO, strict=True), start=1)
        ],
        "flow": {
            "nodes": [
                {"id": f"n{no}", "kegiatan": no, "pelaksana": who, "kind": "process"}
                for no, who in enumerate(WHO, start=1)
            ],
            "edges": [{"from": f"n{no}", "to": f"n{no + 1}"} for no in range(1, 6)],
        },
    }


def numbered(value: dict[str, Any]) -> dict[str, Any]:
    """The same with steps counted anew, and one symbol a step, from each to the next."""
    for no, step in enumerate(value["kegiatan"], start=1):
        step["no"] = no
    value["flow"]["nodes"] = [
        {"id": f"n{step['no']}", "kegiatan": step["no"], "pelaksana": step["pelaksana"][0], "kind": "process"}
        for step in value["kegiatan"]
    ]
    value["flow"]["edges"] = [{"from": f"n{no}", "to": f"n{no + 1}"} for no in range(1, len(value["kegiatan"]))]
    return value


def told(new: dict[str, Any], old: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    before, after = Record.model_validate(old or base()), Record.model_validate(new)
    changes = changes_between(before, after, CollectionSettings())
    assert all(change.as_json()["message"] == str(change.message) for change in changes)
    return [(change.kind, str(change.message)) for change in changes]


def test_the_same_is_the_same() -> None:
    assert told(base()) == []


def test_how_it_is_written_is_no_change() -> None:
    new = base()
    new["header"]["nama_sop"] = "PENANGANAN  SURAT."
    new["kegiatan"][0]["mutu_baku"]["waktu"] = {"text": "60 menit", "value": 60, "unit": "menit"}
    new["evidence"] = {"/header/nama_sop": {"page": 7}}
    assert told(new) == []


def test_a_step_put_between_two_is_one_change() -> None:
    new = base()
    step = copy.deepcopy(new["kegiatan"][0]) | {
        "uraian": "Meminta paraf koordinasi bagian hukum",
        "pelaksana": ["kabag"],
    }
    new["kegiatan"].insert(4, step)
    assert told(numbered(new)) == [("step-added", "step 5 was added: “Meminta paraf koordinasi bagian hukum”")]


def test_a_step_taken_out_is_one_change() -> None:
    new = base()
    del new["kegiatan"][2]
    assert told(numbered(new)) == [("step-removed", "step 3 is gone: “Menelaah isi surat dan peraturannya”")]


def test_a_step_that_moved_is_told_once_and_the_others_not() -> None:
    new = base()
    new["kegiatan"].insert(1, new["kegiatan"].pop(4))
    moved = ("step-moved", "step 5 is now step 2: “Menandatangani surat jawaban”")
    assert told(numbered(new)) == [moved]
    new["flow"]["edges"].append({"from": "n2", "to": "n1", "label": "tidak"})
    way = ("connector-added", "connector from step 2, Kabag to step 1, Staf (tidak) was added")
    assert told(new) == [moved, way]


def test_a_step_that_was_reworded_is_the_same_step() -> None:
    new = base()
    new["kegiatan"][3]["uraian"] = "Menyusun dan memeriksa konsep surat jawaban"
    (change,) = told(new)
    assert change[0] == "step-changed"
    assert change[1].startswith("step 4, what is done: “Menyusun konsep surat jawaban” is now “Menyusun dan memeriksa")


def test_a_step_that_another_carries_out() -> None:
    new = base()
    new["kegiatan"][4]["pelaksana"] = ["kasubbag"]
    assert told({**new, "flow": {}}, {**base(), "flow": {}}) == [
        ("step-performers-changed", "step 5 is carried out by Kasubbag instead of Kabag")
    ]


def test_a_duration_that_changed() -> None:
    new = base()
    new["kegiatan"][0]["mutu_baku"]["waktu"] = {"text": "2 hari kerja", "value": 2, "unit": "hari kerja"}
    new["kegiatan"][1]["mutu_baku"]["waktu"] = None
    assert told(new) == [
        ("step-duration-changed", "step 1 may take “2 hari kerja” instead of “1 jam”"),
        ("step-duration-changed", "step 2 may take no time that is told instead of “1 jam”"),
    ]


def test_a_performer_that_was_renamed_is_the_same_in_every_step() -> None:
    new = base()
    new["pelaksana"][2] = {"id": "kabag-umum", "nama": "Kabag.", "label": "Kabag"}
    new["pelaksana"][1]["nama"] = "Kasub Bagian"
    for step in new["kegiatan"]:
        step["pelaksana"] = ["kabag-umum" if one == "kabag" else one for one in step["pelaksana"]]
    assert told(numbered(new)) == [("performer-renamed", "performer “Kasubbag” is now “Kasub Bagian”")]


def test_performers_that_came_and_went() -> None:
    new = base()
    new["pelaksana"][1] = {"id": "analis", "nama": "Analis", "label": "Analis"}
    for step in new["kegiatan"]:
        step["pelaksana"] = ["analis" if one == "kasubbag" else one for one in step["pelaksana"]]
    kinds = [kind for kind, _ in told({**numbered(new), "flow": {}}, {**base(), "flow": {}})]
    assert kinds == ["performer-removed", "performer-added", *(["step-performers-changed"] * 2)]


def test_the_cover_and_its_lists() -> None:
    new = base()
    new["header"] |= {"nama_sop": None, "tanggal_revisi": "2024-01-02"}
    new["header"]["dasar_hukum"] = [
        {"text": "UU Nomor 25 Tahun 2009 tentang Layanan Publik"},
        {"text": "Perbup Nomor 3 Tahun 2020"},
    ]
    new["header"]["peringatan"] = []
    assert [kind for kind, _ in told(new)] == [
        "header-changed",
        "header-changed",
        "item-changed",
        "item-added",
        "item-removed",
    ]


def test_the_flowchart() -> None:
    new = base()
    new["flow"]["nodes"][2]["kind"] = "decision"
    new["flow"]["edges"].append({"from": "n3", "to": "n1", "label": "tidak"})
    del new["flow"]["edges"][3]
    assert told(new) == [
        ("symbol-changed", "step 3, Kasubbag: a decision instead of a process"),
        ("connector-removed", "connector from step 4, Kasubbag to step 5, Kabag is gone"),
        ("connector-added", "connector from step 3, Kasubbag to step 1, Staf (tidak) was added"),
    ]


def test_a_connector_of_a_step_to_itself_goes_with_the_step() -> None:
    old, new = base(), base()
    old["flow"]["edges"].append({"from": "n3", "to": "n3", "label": "tidak"})
    del new["kegiatan"][2]
    assert [kind for kind, _ in told(numbered(new), old)] == ["step-removed"]


def test_a_flowchart_that_was_not_read_is_one_change() -> None:
    assert told({**base(), "flow": {}}) == [
        ("connectors-missing", "the newer version has no connectors; the older one has 5")
    ]
    assert told(base(), {**base(), "flow": {}}) == [
        ("connectors-missing", "the older version has no connectors; the newer one has 5")
    ]


def test_a_step_that_does_not_say_what_is_done_is_known_by_what_it_needs_and_gives() -> None:
    old, new = {**base(), "flow": {}}, {**base(), "flow": {}}
    for step, given in zip((old["kegiatan"][1], new["kegiatan"][1]), (None, "Memberi disposisi"), strict=True):
        step["uraian"] = given
        step["mutu_baku"] |= {"kelengkapan": "Lembar disposisi", "output": "Disposisi kepala bagian"}
    assert told(new, old) == [("step-changed", "step 2, what is done: “” is now “Memberi disposisi”")]


@pytest.mark.parametrize("empty", ["old", "new"])
def test_a_version_without_steps(empty: str) -> None:
    bare = {**base(), "kegiatan": [], "flow": {}}
    kinds = [kind for kind, _ in (told(base(), bare) if empty == "old" else told(bare))]
    assert kinds == ["step-added" if empty == "old" else "step-removed"] * 6


def test_it_is_told_in_indonesian_too() -> None:
    new = base()
    new["kegiatan"][4]["pelaksana"] = []
    before, after = (Record.model_validate(value | {"flow": {}}) for value in (base(), new))
    (change,) = changes_between(before, after, CollectionSettings())
    with speaking("id"):
        assert shown(change.message) == "kegiatan 5 dilaksanakan oleh tidak seorang pun, sebelumnya Kabag"
