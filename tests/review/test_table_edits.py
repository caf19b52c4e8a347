"""What is typed or pasted into the table, and steps that are moved, as entries of the corrections file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reviewing import SOP, act, folder_at

from pipeline.corrections import parse_corrections
from pipeline.errors import PipelineError
from pipeline.model.record import Record
from pipeline.review.folder import ReviewFolder
from pipeline.review.opened import Opened


def record(opened: Opened) -> Record:
    found = opened.record(SOP)
    assert found is not None
    return found


def put(folder: ReviewFolder, cells: list[tuple[int, str, str]], rows: list[dict[str, str]] | None = None) -> Record:
    return record(act(folder, "table", {"cells": json.dumps(cells), "rows": json.dumps(rows or [])}))


def entries(place: Path) -> list[str]:
    text = (place / "corrections" / "sop-bintan.yaml").read_text()
    return [f"{entry.at} {entry.action}" for entry in parse_corrections(text, "a").entries]


def flow(found: Record) -> tuple[set[tuple[object, ...]], list[tuple[object, ...]]]:
    """Symbols by the words of their step, and connectors between them: what moving a step leaves as it is."""
    words = {step.no: step.uraian for step in found.kegiatan}
    name = {n.id: (words.get(n.kegiatan or 0), n.pelaksana, n.kind) for n in found.flow.nodes}
    edges = [(*name[e.source], *name[e.target], e.label) for e in found.flow.edges]
    return set(name.values()), sorted(edges, key=str)


def test_cells_become_entries_in_the_place_of_those_of_the_same_fields(place: Path) -> None:
    folder = folder_at(place)
    put(folder, [(1, "waktu", "10 menit"), (2, "keterangan", "x"), (2, "no", "2a"), (3, "pelaksana", "SKPD; sekda")])
    found = put(folder, [(1, "waktu", "1 jam"), (2, "keterangan", "")])
    assert entries(place) == [
        "kegiatan[no=2]/nomor set",
        "kegiatan[no=3]/pelaksana set",
        "kegiatan[no=1]/mutu_baku/waktu set",
        "kegiatan[no=2]/keterangan confirm",
    ]
    assert found.kegiatan[0].mutu_baku.waktu is not None
    assert found.kegiatan[0].mutu_baku.waktu.iso8601 == "PT1H"
    assert (found.kegiatan[1].nomor, found.kegiatan[1].keterangan) == ("2a", None)
    assert found.kegiatan[2].pelaksana == ["skpd", "sekda"]


def test_cells_that_read_so_already_are_left_alone(place: Path) -> None:
    folder = folder_at(place)
    before = record(folder.open(0))
    cells = [(step.no, "uraian", step.uraian or "") for step in before.kegiatan]
    assert put(folder, cells) == before
    assert not (place / "corrections" / "sop-bintan.yaml").exists()


def test_a_refused_cell_keeps_no_other_from_being_written(place: Path) -> None:
    folder = folder_at(place)
    found = put(folder, [(1, "pelaksana", "Gubernur"), (99, "uraian", "x"), (1, "output", "Surat")])
    assert found.kegiatan[0].mutu_baku.output == "Surat"
    assert entries(place) == ["kegiatan[no=1]/mutu_baku/output set"]


def test_rows_are_inserted_below_the_last_with_a_column_of_their_own(place: Path) -> None:
    folder = folder_at(place)
    last = len(record(folder.open(0)).kegiatan)
    row = {"no": "13.", "uraian": "Mengarsipkan", "pelaksana": "SKPD", "waktu": "1 hari", "lain/Biaya": "Rp 5.000"}
    found = put(folder, [], [row, {"uraian": "Selesai"}])
    new, other = found.kegiatan[last:]
    assert (new.nomor, new.uraian, new.pelaksana, other.uraian) == ("13.", "Mengarsipkan", ["skpd"], "Selesai")
    assert new.mutu_baku.lain == {"Biaya": "Rp 5.000"}
    assert put(folder, [(1, "lain/Biaya", "gratis")]).kegiatan[0].mutu_baku.lain == {"Biaya": "gratis"}


@pytest.mark.parametrize(
    "form", [{"cells": "[1]"}, {"cells": '[[1, "id", "x"]]'}, {"rows": '[{"issues": "x"}]'}, {"cells": "[" * 90_000}]
)
def test_what_no_page_would_send_is_refused(place: Path, form: dict[str, str]) -> None:
    with pytest.raises(PipelineError):
        act(folder_at(place), "table", form)


@pytest.mark.parametrize(("no", "after"), [(2, 4), (5, 1), (1, 12), (12, 0)])
def test_a_step_is_moved_with_its_symbols_and_connectors(place: Path, no: int, after: int) -> None:
    folder = folder_at(place)
    before = record(folder.open(0))
    found = record(act(folder, "move-step", {"no": str(no), "after": str(after)}))
    words = [step.uraian for step in before.kegiatan]
    moved = words[no - 1]
    kept = [*words[:after], moved, *words[after:]]
    del kept[no - 1 if after >= no else no]
    assert [step.uraian for step in found.kegiatan] == kept
    assert [step.no for step in found.kegiatan] == list(range(1, len(kept) + 1))
    assert flow(found) == flow(before)
    boxes = {step.uraian: before.evidence[f"/kegiatan/{place}/uraian"] for place, step in enumerate(before.kegiatan)}
    assert {s.uraian: found.evidence[f"/kegiatan/{i}/uraian"] for i, s in enumerate(found.kegiatan)} == boxes
    same = {step.uraian: (step.pelaksana, step.mutu_baku, step.nomor) for step in before.kegiatan}
    assert {step.uraian: (step.pelaksana, step.mutu_baku, step.nomor) for step in found.kegiatan} == same


def test_an_item_of_a_list_is_moved_to_a_place(place: Path) -> None:
    folder = folder_at(place)
    before = record(folder.open(0)).header.pencatatan_pendataan
    form = {"list": "pencatatan_pendataan", "item": "0", "do": "move", "at": "2"}
    assert record(act(folder, "list", form)).header.pencatatan_pendataan == [*before[1:3], before[0], *before[3:]]
