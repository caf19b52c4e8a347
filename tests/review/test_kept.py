"""Whatever was kept from one action to the next, records are those that their corrections file alone makes."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from random import Random

import pytest
from reviewing import BY, folder_at

from pipeline.batch.conclude import checked, corrected
from pipeline.corrections import CorrectionsError
from pipeline.corrections import parse as parsing
from pipeline.corrections.entry import Entry
from pipeline.corrections.normalizer import Normalizer
from pipeline.corrections.resolve import Resolution, resolve
from pipeline.corrections.targets import target_of
from pipeline.corrections.working_record import WorkingRecord
from pipeline.corrections.yaml_positions import read_yaml_anew
from pipeline.errors import PipelineError
from pipeline.model.record import Record
from pipeline.normalize.lexicon import load_lexicon
from pipeline.review.edits import edited
from pipeline.review.folder import ReviewFolder
from pipeline.review.opened import Opened
from pipeline.settings import Settings
from pipeline.store.atomic import json_bytes

LISTS = ("peringatan", "keterkaitan", "peralatan_perlengkapan")
Action = tuple[str, dict[str, str]]


def alone(place: Path, folder: ReviewFolder) -> list[bytes]:
    """The records that a run makes of the corrections file, everything read and applied anew."""
    read, path, settings = folder.open(0).read, place / "corrections" / "sop-bintan.yaml", Settings()
    assert read is not None
    now, outcomes = read, ()
    if path.is_file():
        file = parsing._read_whole(read_yaml_anew(path.read_text(), str(path)))
        now, outcomes = corrected(read, file, Normalizer(load_lexicon()))  # type: ignore[assignment]
    (now,) = checked([now], outcomes, settings)
    return [json_bytes(record.as_json()) for record in now.records]


def written(place: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted((place / "outputs" / "sop-bintan").glob("*.sop.json"))]


def random_action(record: Record, random: Random) -> Action:
    step = random.choice(record.kegiatan)
    at, name = f"kegiatan[no={step.no}]", random.choice(LISTS)
    edge = random.randrange(len(record.flow.edges))
    columns = [column.id for column in record.pelaksana]
    actions: list[Action] = [
        ("set", {"target": f"{at}/uraian", "value": random.choice(["Menerima: surat", "- x", "# ya", "Satu\nDua"])}),
        ("set", {"target": f"{at}/mutu_baku/waktu", "value": random.choice(["2 jam", "15 menit", ""])}),
        ("set", {"target": "header/nomor_sop", "value": random.choice(["9", "02", "061/X"])}),
        ("set", {"target": "header/nama_sop", "value": random.choice(["Penyusunan LAKIP", "Surat Masuk"])}),
        ("confirm", {"target": "header/nama_sop", "path": "/header/nama_sop"}),
        ("confirm-sop", {}),
        ("performers", {"target": f"{at}/pelaksana", "value": " ".join(random.sample(columns, 2))}),
        ("list", {"list": name, "item": "0", "do": random.choice(["join", "down", "split"]), "at": "3"}),
        ("insert", {"target": "header/keterkaitan", "value": "SOP Surat Masuk"}),
        ("insert-step", {"after": str(step.no)}),
        ("remove-step", {"no": str(step.no)}),
        ("move-step", {"no": str(step.no), "after": str(random.randrange(len(record.kegiatan)))}),
        ("remove", {"target": target_of(record, ("flow", "edges", edge)) or ""}),
        ("add-symbol", {"no": str(step.no), "pelaksana": columns[0], "kind": "decision"}),
    ]
    return random.choice(actions)


def act_at_random(place: Path, folder: ReviewFolder, random: Random) -> None:
    opened, sop = folder.open(0), random.randrange(len(folder.open(0).now.records)) + 1
    what = random.random()
    path = place / "corrections" / "sop-bintan.yaml"
    if what < 0.15:
        folder.undo(0, opened.version)
    elif what < 0.25:
        folder.redo(0, opened.version)
    elif what < 0.35 and path.is_file():  # somebody else, in an editor; the records follow with the next action
        path.write_text(path.read_text() + f'  # by hand\n  - {{sop: "0{sop}", at: judul, set: "{what}"}}\n')
        folder.open(0)
    else:
        action, form = random_action(opened.now.records[sop - 1], random)
        folder.edit(0, opened.version, BY, lambda editing: edited(editing, sop, action, form))


@pytest.mark.parametrize("seed", [1, 2])
def test_records_are_those_that_the_file_alone_makes(place: Path, seed: int) -> None:
    folder, random = folder_at(place), Random(seed)
    done = 0
    while done < 12:
        try:
            act_at_random(place, folder, random)
            done += 1
        except (PipelineError, CorrectionsError):  # what cannot be done to this record
            continue
        now = [json_bytes(record.as_json()) for record in folder.open(0).now.records]
        assert now == alone(place, folder)
    last = folder.open(0)
    folder.edit(0, last.version, BY, lambda e: edited(e, 1, "set", {"target": "judul", "value": "Selesai"}))
    assert written(place) == alone(place, folder)


def test_only_the_record_that_changed_is_another_object(place: Path) -> None:
    folder = folder_at(place)
    before = folder.open(0)
    form = {"target": "kegiatan[no=3]/uraian", "value": "Lain"}
    after = folder.edit(0, before.version, BY, lambda editing: edited(editing, 2, "set", form))
    same = [one is other for one, other in zip(before.now.records, after.now.records, strict=True)]
    assert same == [True, False, True, True, True, True, True]


def test_an_action_resolves_its_own_entry_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, resolved = folder_at(place), list[int]()

    def counted(working: WorkingRecord, entry: Entry, normalizer: Normalizer) -> Resolution:
        resolved.append(entry.number)
        return resolve(working, entry, normalizer)

    def write(sop: int, target: str) -> Opened:
        form = {"target": target, "value": "Lain"}
        return folder.edit(0, folder.open(0).version, BY, lambda editing: edited(editing, sop, "set", form))

    for number, sop in enumerate((1, 2, 3, 2, 2), 1):
        write(sop, f"kegiatan[no={number}]/uraian")
    monkeypatch.setattr(import_module("pipeline.corrections.apply"), "resolve", counted)
    done = write(2, "header/nama_sop")
    assert resolved == [6]
    folder.undo(0, done.version)
    assert resolved == [6]
