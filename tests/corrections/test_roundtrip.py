"""Whatever is wrong can be corrected: any record becomes any other by corrections alone."""

from __future__ import annotations

from typing import Any

from corrected import normalizer, sample
from hypothesis import HealthCheck, Phase, example, given, settings
from random_records import records

from bench.record_differences import differences
from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.integrity import integrity_errors
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.model.pointer import split_pointer
from pipeline.model.record import Record


def _compared(record: Record) -> Any:
    """What a record says, whatever its symbols are called and in which order they and its edges stand."""
    columns = [column.id for column in record.pelaksana]
    nodes = sorted(record.flow.nodes, key=lambda n: (n.kegiatan, columns.index(n.pelaksana or "")))
    place = {node.id: place for place, node in enumerate(nodes)}
    return (
        record.source.pages,
        record.judul,
        record.header,
        [(column.nama, column.label) for column in record.pelaksana],
        [step.model_copy(update={"pelaksana": [columns.index(p) for p in step.pelaksana]}) for step in record.kegiatan],
        [(node.kegiatan, columns.index(node.pelaksana or ""), node.kind, node.label) for node in nodes],
        sorted((place[e.source], place[e.target], e.label or "") for e in record.flow.edges),
    )


def _of_rows(*outputs: str | None) -> Record:
    """A record of steps that hold nothing but an output."""
    steps = [{"no": no, "mutu_baku": {"output": output}} for no, output in enumerate(outputs, 1)]
    source = {"file": "a.pdf", "sha256": "ab", "pages": [1, 4], "kind": "text"}
    return Record.model_validate({"id": "a/01", "source": source, "kegiatan": steps})


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@example(_of_rows("Surat"), _of_rows(None, "Surat"))  # a missed step of which the record's own step says more
@example(_of_rows("Surat"), _of_rows(None, "Surat", "Nota dinas"))  # and a step that is to come after both
@given(records(), records())
def test_any_record_becomes_any_other(record: Record, truth: Record) -> None:
    entries = differences(record, truth, "1", normalizer())
    text = append_entries(new_file("a.pdf", None), "a.yaml", entries)
    corrections = parse_corrections(text, "a.yaml")
    (done,), outcomes = apply([record], corrections, normalizer())
    assert {outcome.status for outcome in outcomes} <= {"applied"}
    assert _compared(done) == _compared(truth)
    assert list(integrity_errors(done)) == []
    Record.model_validate(done.as_json())
    for path, seen in done.evidence.items():
        if seen.raw and seen.raw.startswith("node"):
            node = done.flow.nodes[int(split_pointer(path)[2])]
            assert seen.raw == f"node {node.id}"


def test_no_difference_needs_no_correction() -> None:
    assert differences(sample(), sample(), "1", normalizer()) == []


def test_one_wrong_word_needs_one_correction() -> None:
    record = sample()
    step = record.kegiatan[0].model_copy(update={"uraian": "Menerima surad"})
    wrong = record.model_copy(update={"kegiatan": [step, *record.kegiatan[1:]]})
    assert differences(wrong, record, "1", normalizer()) == [
        {"sop": "1", "at": "kegiatan[no=1]/uraian", "expect": "Menerima surad", "set": "Menerima surat"}
    ]
