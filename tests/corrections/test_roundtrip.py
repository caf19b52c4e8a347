"""Whatever is wrong can be corrected: any record becomes any other by corrections alone."""

from __future__ import annotations

from typing import Any

from corrected import normalizer, sample
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bench.record_differences import differences
from pipeline.corrections import apply, parse_corrections
from pipeline.corrections.integrity import integrity_errors
from pipeline.corrections.yaml_edit import append_entries, new_file
from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer, split_pointer
from pipeline.model.record import Evidence, Record

words = st.sampled_from(
    ["Surat", "Nota dinas", "5 menit", "1-2 hari", "yes", "- a", "a: b", "Biaya/Rp", "ya", "2018", "x #y", "it's"]
)
maybe = st.none() | words
names = st.lists(st.sampled_from(["TU", "Kabag", "Kasubbag PP", "Sekda", "SKPD"]), unique=True, min_size=1, max_size=4)
kinds = st.sampled_from(["start", "process", "decision", "end", "document"])
items = st.lists(words, max_size=3)


@st.composite
def records(draw: Any) -> Record:
    """A record that holds together, with evidence and an issue at every place."""
    roles = draw(names)
    ids = [normalizer().id_of(name, ()) for name in roles]
    steps = [draw(_steps(ids, no)) for no in range(1, draw(st.integers(0, 4)) + 1)]
    nodes = [
        {"id": f"n{i}", "kegiatan": step["no"], "pelaksana": who, "kind": draw(kinds), "label": draw(maybe)}
        for i, (step, who) in enumerate(((s, p) for s in steps for p in s["cells"]), 1)
    ]
    ends = st.sampled_from([node["id"] for node in nodes]) if nodes else st.nothing()
    edges = st.fixed_dictionaries({"from": ends, "to": ends, "label": maybe})
    record = Record.model_validate(
        {
            "id": "a/01",
            "source": {"file": "a.pdf", "sha256": "ab", "pages": [draw(st.integers(1, 3)), 4], "kind": "text"},
            "judul": draw(maybe),
            "header": draw(_headers()),
            "pelaksana": [{"id": i, "nama": name, "label": draw(words)} for i, name in zip(ids, roles, strict=True)],
            "kegiatan": [{key: part for key, part in step.items() if key != "cells"} for step in steps],
            "flow": {"nodes": nodes, "edges": draw(st.lists(edges, max_size=5)) if nodes else []},
        }
    )
    return _watched(record)


@st.composite
def _headers(draw: Any) -> dict[str, Any]:
    dates = st.sampled_from([None, "2018", "2018-01", "2018-01-31"])
    laws = [{"text": text, "tahun": draw(st.none() | st.just(2014))} for text in draw(items)]
    return {
        "nomor_sop": draw(maybe),
        "nama_sop": draw(maybe),
        "tanggal_efektif": draw(dates),
        "disahkan_oleh": {"jabatan": draw(maybe), "nip": draw(st.sampled_from([None, "196510091993101002"]))},
        "dasar_hukum": laws,
        "peringatan": draw(items),
        "instansi": draw(items),
    }


@st.composite
def _steps(draw: Any, ids: list[str], no: int) -> dict[str, Any]:
    cells = draw(st.lists(st.sampled_from(ids), max_size=3))
    waktu = draw(st.none() | st.sampled_from(["5 menit", "1-2 hari", "Sesuai jadwal"]))
    parts = {"value": draw(st.sampled_from([None, 5, 1.5]))} if waktu else None
    return {
        "no": no,
        "nomor": draw(maybe),
        "uraian": draw(maybe),
        "pelaksana": sorted(set(cells), key=ids.index),
        "cells": sorted(cells, key=ids.index),
        "mutu_baku": {
            "kelengkapan": draw(maybe),
            "waktu": {"text": waktu, **(parts or {})} if waktu else None,
            "output": draw(maybe),
            "lain": draw(st.dictionaries(words, words, max_size=2)),
        },
        "keterangan": draw(maybe),
    }


def _watched(record: Record) -> Record:
    """With evidence and an issue for every step, symbol and edge, to see that they go where their things go."""
    paths: list[tuple[tuple[str | int, ...], str]] = []
    paths += [(("kegiatan", i), f"kegiatan {k.uraian}") for i, k in enumerate(record.kegiatan)]
    paths += [(("flow", "nodes", i), f"node {n.id}") for i, n in enumerate(record.flow.nodes)]
    return record.model_copy(
        update={
            "evidence": {pointer(*path): Evidence(raw=name) for path, name in paths},
            "issues": [Issue(code="x", severity="info", path=pointer(*path), message=name) for path, name in paths],
        }
    )


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
