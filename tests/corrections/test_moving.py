"""Steps and items of lists that are put elsewhere, with all that was read of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from corrected import corrected, normalizer, sample
from hypothesis import given, settings
from hypothesis import strategies as st
from random_records import records

from pipeline.corrections import CorrectionsError, apply, parse_corrections
from pipeline.corrections.correction_base import CorrectionBase
from pipeline.corrections.integrity import integrity_errors
from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.request import correct
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.model.pointer import split_pointer
from pipeline.model.record import Record

UP = "  - {sop: 1, at: 'kegiatan[no=3]', expect: {uraian: Mengarsipkan surat}, move: true, after: 0}"


def words(record: Record) -> list[str | None]:
    return [step.uraian for step in record.kegiatan]


def test_a_step_takes_its_symbols_its_place_on_the_page_and_its_doubts_along() -> None:
    before = sample()
    (record,), (outcome,) = corrected(UP, before)
    assert outcome.status == "applied"
    assert words(record) == ["Mengarsipkan surat", "Menerima surat", "Memeriksa surat"]
    assert [step.no for step in record.kegiatan] == [1, 2, 3]
    assert [(node.id, node.kegiatan) for node in record.flow.nodes] == [("n3", 1), ("n1", 2), ("n2", 3)]
    assert record.flow.edges == before.flow.edges
    new = {"0": "1", "1": "2", "2": "0"}
    for path, seen in before.evidence.items():
        parts = path.split("/")
        at = {"kegiatan": 2, "flow": 3}.get(parts[1])
        if at and parts[2] != "edges":
            parts[at] = new[parts[at]]
        assert record.evidence["/".join(parts)] == seen
    assert len(record.issues) == len(before.issues)


def test_an_item_of_a_list_is_told_by_its_words() -> None:
    entry = "  - {sop: 1, at: header/keterkaitan, expect: SOP Surat Masuk, move: true, after: 2}"
    (record,), (outcome,) = corrected(entry, sample())
    assert (outcome.status, record.header.keterkaitan) == ("applied", ["SOP Surat Keluar", "SOP Surat Masuk"])
    (record,), (outcome,) = corrected(entry, record)
    assert (outcome.status, record.header.keterkaitan) == ("already-true", ["SOP Surat Keluar", "SOP Surat Masuk"])


def test_what_is_read_in_the_right_order_by_now_is_not_moved_again() -> None:
    (record,), _ = corrected(UP, sample())
    (again,), (outcome,) = corrected(UP, record.model_copy(update={"corrections": []}))
    assert (outcome.status, words(again)) == ("already-true", words(record))


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        (UP.replace("Mengarsipkan", "Membakar"), "stale"),
        (UP.replace("no=3", "no=9"), "orphan"),
        (UP.replace("after: 0", "after: 9"), "orphan"),
        (UP.replace("after: 0", "after: 3"), "already-true"),
        ("  - {sop: 1, at: header/keterkaitan, expect: SOP Lain, move: true, after: 0}", "stale"),
    ],
)
def test_nothing_is_moved_by_guess(entry: str, status: str) -> None:
    (record,), (outcome,) = corrected(entry, sample())
    assert (outcome.status, words(record)) == (status, words(sample()))


def test_a_place_that_is_none_is_refused() -> None:
    with pytest.raises(CorrectionsError):
        corrected(UP.replace("after: 0", "after: front"), sample())


def test_a_request_writes_what_stands_there_and_where_it_goes() -> None:
    request = CorrectionRequest("kegiatan[no=1]", "move", after="2")
    base = CorrectionBase([sample()], "a", normalizer())
    done = correct(base, "sop-bintan/01", request, new_file("a.pdf", None))
    assert done.entry == {
        "sop": "01",
        "at": "kegiatan[no=1]",
        "expect": {"uraian": "Menerima surat"},
        "move": True,
        "after": "2",
    }
    assert (done.before, done.after) == ("1", "2")
    with pytest.raises(PipelineError):
        correct(base, "sop-bintan/01", CorrectionRequest("kegiatan[no=1]", "move"), done.text)


def move(no: int, to: int) -> Mapping[str, YamlValue]:
    """The entry that puts step `no` to the place `to`, from 1."""
    return {"sop": "1", "at": f"kegiatan[no={no}]", "move": True, "after": str(to if to >= no else to - 1)}


@settings(max_examples=40, deadline=None)
@given(records().filter(lambda record: len(record.kegiatan) > 1), st.data())
def test_a_step_that_is_moved_there_and_back_leaves_the_record_as_it_was(record: Record, data: st.DataObject) -> None:
    places = st.integers(1, len(record.kegiatan))
    no, to = data.draw(places), data.draw(places)
    there, back = move(no, to), move(to, no)
    text = append_entries(new_file("a.pdf", None), "a.yaml", [there])
    (moved,), _ = apply([record], parse_corrections(text, "a.yaml"), normalizer())
    assert list(integrity_errors(moved)) == []
    assert moved.kegiatan[to - 1].uraian == record.kegiatan[no - 1].uraian
    for path, seen in moved.evidence.items():
        if seen.raw and seen.raw.startswith("node"):
            assert seen.raw == f"node {moved.flow.nodes[int(split_pointer(path)[2])].id}"
    text = append_entries(text, "a.yaml", [back])
    (again,), _ = apply([record], parse_corrections(text, "a.yaml"), normalizer())
    assert (again.kegiatan, again.flow, again.evidence) == (record.kegiatan, record.flow, record.evidence)
    assert {issue.path for issue in again.issues} == {issue.path for issue in record.issues}
