"""Random records that hold together."""

from __future__ import annotations

from typing import Any

from corrected import normalizer
from hypothesis import strategies as st

from pipeline.model.issue import Issue
from pipeline.model.pointer import pointer
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
