"""Corrections written by the page: whole, in order, never over somebody else's, with the records following."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from time import monotonic, sleep

import pytest
from reviewing import BY, act, folder_at, run_sample

from pipeline.commands import running
from pipeline.corrections import parse_corrections
from pipeline.errors import PipelineError
from pipeline.review import write_back
from pipeline.review.fields import doubtful_targets
from pipeline.review.opened import NO_FILE, ConflictError, Opened
from pipeline.settings.output_folders import FolderLockSettings
from pipeline.store.file_lock import locked
from pipeline.store.folder_lock import hold

TIME = "kegiatan[no=3]/mutu_baku/waktu"
BY_KEYS = {"reviewer": BY.reviewer, "date": BY.date}


def yaml_of(place: Path) -> Path:
    return place / "corrections" / "sop-bintan.yaml"


def record_of(place: Path, number: int = 2) -> dict[str, object]:
    path = next((place / "outputs" / "sop-bintan").glob(f"{number:02d}-*.sop.json"))
    content: dict[str, object] = json.loads(path.read_bytes())
    return content


def test_a_correction_is_signed_and_the_record_follows(place: Path) -> None:
    folder = folder_at(place)
    assert folder.open(0).version == NO_FILE
    done = act(folder, "set", {"target": TIME, "value": "2 jam"})
    (entry,) = parse_corrections(yaml_of(place).read_text(), "a").entries
    assert entry.given == {"sop": "02", "at": TIME, "expect": "15 menit", "set": "2 jam", **BY_KEYS}
    steps = record_of(place)["kegiatan"]
    assert isinstance(steps, list)
    assert steps[2]["mutu_baku"]["waktu"]["iso8601"] == "PT2H"
    assert done.outcomes[0].status == "applied"


def test_comments_and_order_stay(place: Path) -> None:
    text = (
        "# mine\ndocument: {file: sop-bintan.pdf}\ncorrections:\n"
        '  - {sop: "02", at: header/nomor_sop, set: "1"}  # seen\n  # the end\n'
    )
    yaml_of(place).write_text(text)
    folder = folder_at(place)
    act(folder, "confirm", {"target": "header/nama_sop", "path": "/header/nama_sop"})
    after = yaml_of(place).read_text()
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []
    assert [entry.at for entry in parse_corrections(after, "a").entries] == ["header/nomor_sop", "header/nama_sop"]


def test_what_another_process_is_writing_is_waited_for(place: Path) -> None:
    folder = folder_at(place)
    opened, refused = folder.open(0), list[Exception]()

    def edit() -> None:
        try:
            act(folder, "set", {"target": TIME, "value": "2 jam"}, opened)
        except ConflictError as error:
            refused.append(error)

    with locked(yaml_of(place)):  # as `sop correct` does, from reading the file to writing it
        page = threading.Thread(target=edit)
        page.start()
        page.join(0.2)
        assert page.is_alive()
        yaml_of(place).write_text("document: {file: sop-bintan.pdf}\n")
    page.join()
    assert len(refused) == 1
    assert yaml_of(place).read_text() == "document: {file: sop-bintan.pdf}\n"


def test_what_was_changed_meanwhile_is_not_written_over(place: Path) -> None:
    folder = folder_at(place)
    before = folder.open(0)
    act(folder, "set", {"target": TIME, "value": "2 jam"})
    theirs = yaml_of(place).read_text()
    with pytest.raises(ConflictError) as conflict:
        act(folder, "set", {"target": "header/nomor_sop", "value": "9"}, before)
    assert conflict.value.text == theirs == yaml_of(place).read_text()


def test_what_an_editor_changed_is_not_undone(place: Path) -> None:
    folder = folder_at(place)
    act(folder, "set", {"target": TIME, "value": "2 jam"})
    yaml_of(place).write_text(yaml_of(place).read_text() + "# by hand\n")
    with pytest.raises(ConflictError):
        folder.undo(0, folder.open(0).version)


def test_undo_takes_back_to_the_byte_and_redo_does_it_again(place: Path) -> None:
    folder, before = folder_at(place), record_of(place)
    first = act(folder, "set", {"target": TIME, "value": "2 jam"})
    second = act(folder, "confirm", {"target": "header/nomor_sop", "path": "/header/nomor_sop"}, first)
    texts = [yaml_of(place).read_bytes()]
    folder.undo(0, second.version)
    folder.undo(0, folder.open(0).version)
    assert not yaml_of(place).exists()
    assert record_of(place) == before
    assert folder.steps(0) == (0, 2)
    folder.redo(0, NO_FILE)
    folder.redo(0, folder.open(0).version)
    assert yaml_of(place).read_bytes() == texts[0]
    with pytest.raises(PipelineError):
        folder.redo(0, folder.open(0).version)


ACTIONS = [
    ("performers", {"target": "kegiatan[no=3]/pelaksana", "value": "tu-bagian skpd"}),
    ("list", {"list": "peringatan", "item": "0", "do": "join"}),
    ("list", {"list": "peringatan", "item": "0", "do": "split", "at": "20"}),
    ("list", {"list": "peralatan_perlengkapan", "item": "0", "do": "down"}),
    ("insert", {"target": "header/keterkaitan", "value": "SOP Surat Keluar"}),
    ("remove", {"target": "header/keterkaitan[1]"}),
    ("insert-step", {"after": "3"}),
    ("remove-step", {"no": "2"}),
    ("split-step", {"no": "3", "at": "12"}),
    ("merge-step", {"no": "3"}),
    ("add-symbol", {"no": "3", "pelaksana": "skpd", "kind": "decision"}),
    ("add-edge", {"from": "n1", "to": "n5"}),
    ("set", {"target": "flow/edges[1->2]/label", "value": "ya"}),
    ("set", {"target": "flow/nodes[2,tu-bagian]/kind", "value": "decision"}),
    ("pages", {"first": "4", "last": "5"}),
]


@pytest.mark.parametrize(("action", "form"), ACTIONS, ids=[f"{a}-{f.get('do', '')}" for a, f in ACTIONS])
def test_every_action_is_entries_that_a_run_applies_alike(
    place: Path, action: str, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page's records are those that `sop run` makes of the file that the page wrote."""
    monkeypatch.setattr(running, "_write_report", lambda *_: None)  # which is not looked at, and draws pages
    folder, before = folder_at(place), record_of(place)
    done = act(folder, action, form)
    assert {outcome.status for outcome in done.outcomes} == {"applied"}
    written = record_of(place)
    assert {key: value for key, value in written.items() if key != "corrections"} != before
    assert run_sample(place) == 0
    assert record_of(place) == written


def test_splitting_a_step_loses_no_word(place: Path) -> None:
    folder = folder_at(place)
    old = folder.open(0).now.records[1].kegiatan
    text = old[2].uraian or ""
    new = act(folder, "split-step", {"no": "3", "at": str(text.index(" "))}).now.records[1].kegiatan
    assert f"{new[2].uraian} {new[3].uraian}" == text
    assert [step.no for step in new] == list(range(1, len(old) + 2))
    assert new[3].pelaksana == old[2].pelaksana


def test_confirming_what_is_left_on_a_page_makes_its_doubts_vanish(place: Path) -> None:
    folder = folder_at(place)
    record = folder.open(0).now.records[1]
    page, targets = next(iter(doubtful_targets(record).items()))
    done = act(folder, "confirm-page", {"targets": "\n".join(f"{target}\t{path}" for target, path in targets)})
    assert page not in doubtful_targets(done.now.records[1])
    assert folder.overviews[0].seen > 0


def test_confirming_a_corrected_field_leaves_the_correction(place: Path) -> None:
    folder = folder_at(place)
    first = act(folder, "set", {"target": "header/nomor_sop", "value": "9"})
    done = act(folder, "confirm", {"target": "header/nomor_sop", "path": "/header/nomor_sop"}, first)
    assert done.now.records[1].header.nomor_sop == "9"
    assert done.text == first.text


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("set", {"target": "../../etc/passwd", "value": "x"}),
        ("set", {"target": "header/tanggal_efektif", "value": "kapan-kapan"}),
        ("set", {"value": "no target"}),
        ("fly", {}),
        ("list", {"list": "peringatan", "item": "77", "do": "join"}),
        ("split-step", {"no": "99", "at": "1"}),
    ],
)
def test_nothing_is_written_of_what_cannot_be_done(place: Path, action: str, form: dict[str, str]) -> None:
    with pytest.raises(PipelineError):
        act(folder_at(place), action, form)
    assert not yaml_of(place).exists()


def test_an_entry_that_went_stale_is_shown_with_both_readings_and_settled(place: Path) -> None:
    yaml_of(place).write_text(
        'document: {file: sop-bintan.pdf}\ncorrections:\n  - {sop: "02", at: header/nomor_sop, expect: X, set: "9"}\n'
    )
    folder = folder_at(place)
    opened: Opened = folder.open(0)
    (end,) = opened.outcomes
    assert (end.status, end.entry.value, end.found) == ("stale", "9", opened.now.records[1].header.nomor_sop)


def test_a_folder_without_records_is_told(tmp_path: Path) -> None:
    with pytest.raises(PipelineError):
        folder_at(tmp_path)


def test_a_reviewed_sop_says_so_with_who_and_when(place: Path) -> None:
    folder = folder_at(place)
    assert record_of(place)["review"] == {"status": "open", "by": None, "at": None}
    act(folder, "set", {"target": TIME, "value": "2 jam"})
    assert record_of(place)["review"] == {"status": "started", "by": BY.reviewer, "at": BY.date}
    act(folder, "confirm-sop", {})
    reviewed = {"status": "reviewed", "by": BY.reviewer, "at": BY.date}
    assert record_of(place)["review"] == reviewed
    text = yaml_of(place).read_text()
    act(folder, "confirm-sop", {})
    assert yaml_of(place).read_text() == text
    assert folder.overviews[0].reviewed == (False, True, False, False, False, False, False)
    assert run_sample(place) == 0
    assert record_of(place)["review"] == reviewed
    yaml_of(place).write_text(text.replace('expect: "15 menit"', "expect: 9 menit"))
    assert run_sample(place) == 0
    assert record_of(place)["review"]["status"] == "started"  # type: ignore[index]


def value_of_time(place: Path) -> object:
    steps = record_of(place)["kegiatan"]
    assert isinstance(steps, list)
    return steps[2]["mutu_baku"]["waktu"]["iso8601"]


def test_beside_a_run_the_correction_is_kept_and_the_record_follows_when_the_run_is_done(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_back, "FolderLockSettings", lambda: FolderLockSettings(aside=0.05, again=0.05))
    folder = folder_at(place)
    before = value_of_time(place)
    with hold(place / "outputs"):
        done = act(folder, "set", {"target": TIME, "value": "2 jam"})
        assert "PT2H" in done.now.records[1].model_dump_json()
        assert "2 jam" in yaml_of(place).read_text()
        assert value_of_time(place) == before
        assert folder.open(0).now == done.now
    begun = monotonic()
    while value_of_time(place) != "PT2H":
        assert monotonic() - begun < 60
        sleep(0.02)


def test_what_a_run_wrote_meanwhile_stays_in_the_index(place: Path) -> None:
    folder, path = folder_at(place), place / "outputs" / "index.json"
    index = json.loads(path.read_bytes())
    index["documents"].insert(0, {**index["documents"][0], "name": "new", "folder": "new", "sops": 0})
    path.write_text(json.dumps(index))
    for value in ("2 jam", "3 jam"):
        act(folder, "set", {"target": TIME, "value": value})
        entries = json.loads(path.read_bytes())["documents"]
        assert [entry["name"] for entry in entries] == ["new", "sop-bintan"]
    assert folder.entries[0].name == "sop-bintan"


def test_what_a_run_took_out_is_not_written_again(place: Path) -> None:
    folder, path = folder_at(place), place / "outputs" / "index.json"
    index = json.loads(path.read_bytes())
    path.write_text(json.dumps({**index, "documents": []}))
    before = value_of_time(place)
    act(folder, "set", {"target": TIME, "value": "2 jam"})
    assert value_of_time(place) == before
