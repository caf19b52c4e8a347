"""What a reviewer does with whole steps: insert, remove, split, merge and move them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.references import symbol_reference
from pipeline.corrections.values import yaml_value
from pipeline.corrections.yaml_edit import inline
from pipeline.corrections.yaml_positions import Number, YamlValue
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.record import FlowEdge, Kegiatan, Node, Record
from pipeline.review.editing import Editing, Form


def insert_step(editing: Editing, record: str, form: Form) -> Editing:
    """Insert a step that is still to be written, behind the one that `after` tells."""
    new: dict[str, YamlValue] = {"uraian": form.get("value") or "…", "pelaksana": []}
    return editing.asked(record, CorrectionRequest("kegiatan", "insert", inline(new), form["after"], yaml=True))


def remove_step(editing: Editing, record: str, form: Form) -> Editing:
    """Take a step out."""
    return editing.asked(record, CorrectionRequest(f"kegiatan[no={int(form['no'])}]", "remove"))


def split_step(editing: Editing, record: str, form: Form) -> Editing:
    """Put what stands behind the cursor into a step of its own, below."""
    step, at = _step(editing, record, int(form["no"])), int(form["at"])
    text = step.uraian or ""
    if not 0 < at < len(text):
        raise PipelineError(msg("put the cursor where the step is to be split"))
    new: dict[str, YamlValue] = {"uraian": text[at:].strip(), "pelaksana": list(step.pelaksana)}
    request = CorrectionRequest("kegiatan", "insert", inline(new), str(step.no), yaml=True)
    return editing.asked(record, request).set(record, f"kegiatan[no={step.no}]/uraian", text[:at].strip())


def merge_step(editing: Editing, record: str, form: Form) -> Editing:
    """Put a step and the one below it together: their words behind each other, each performer once."""
    step, below = (_step(editing, record, int(form["no"]) + by) for by in (0, 1))
    target = f"kegiatan[no={step.no}]"
    words = {
        "uraian": (step.uraian, below.uraian),
        "keterangan": (step.keterangan, below.keterangan),
        "mutu_baku/kelengkapan": (step.mutu_baku.kelengkapan, below.mutu_baku.kelengkapan),
        "mutu_baku/output": (step.mutu_baku.output, below.mutu_baku.output),
        "mutu_baku/waktu": tuple(
            waktu.text if (waktu := part.mutu_baku.waktu) is not None else None for part in (step, below)
        ),
    }
    performers = list(dict.fromkeys([*step.pelaksana, *below.pelaksana]))
    done = editing
    for name, (one, other) in words.items():
        if other and other != one:
            done = done.set(record, f"{target}/{name}", f"{one} {other}" if one else other)
    if performers != step.pelaksana:
        done = done.set(record, f"{target}/pelaksana", [*performers])
    return done.asked(record, CorrectionRequest(f"kegiatan[no={below.no}]", "remove"))


def _step(editing: Editing, record: str, no: int) -> Kegiatan:
    return next(step for step in editing.record(record).kegiatan if step.no == no)


def move_step(editing: Editing, record: str, form: Form) -> Editing:
    """Put a step behind another, `after` (0 is the front), with its symbols and connectors.

    No entry moves a step: it is written anew at its place, and taken out where it stood.
    """
    no, after = int(form["no"]), int(form["after"])
    old = _step(editing, record, no)
    if after in (no - 1, no):
        return editing
    before = editing.record(record)
    request = CorrectionRequest("kegiatan", "insert", inline(whole_step(before, old)), str(after), yaml=True)
    done = editing.asked(record, request)
    new_no, old_no = after + 1, no if after >= no else no + 1
    done, moved = _symbols_moved(done, record, old_no, new_no)
    if old.pelaksana:
        done = done.set(record, f"kegiatan[no={new_no}]/pelaksana", [*old.pelaksana], unless_same=True)
    for edge in before.flow.edges:
        if edge.source in moved or edge.target in moved:
            done = _edge_moved(done, record, edge, moved)
    return done.asked(record, CorrectionRequest(f"kegiatan[no={old_no}]", "remove"))


def whole_step(record: Record, step: Kegiatan) -> dict[str, YamlValue]:
    """All cells of a step as an entry inserts them, but its performers, who come with its symbols."""
    cells = ("kelengkapan", "waktu", "output")
    mutu_baku: dict[str, YamlValue] = {name: yaml_value(record, getattr(step.mutu_baku, name)) for name in cells}
    words: dict[str, YamlValue] = {name: getattr(step, name) for name in ("nomor", "uraian", "keterangan")}
    return {**words, "mutu_baku": {**mutu_baku, "lain": {**step.mutu_baku.lain}}}


def _symbols_moved(editing: Editing, record: str, old_no: int, new_no: int) -> tuple[Editing, dict[str, str]]:
    """With a step's symbols drawn in another step too; by the ids of the old ones those of the new ones."""
    moved: dict[str, str] = {}
    for node in _nodes(editing.record(record), old_no):
        there = _nodes(editing.record(record), new_no)
        likes = [other for other in there if (other.pelaksana, other.kind) == (node.pelaksana, node.kind)]
        new: dict[str, YamlValue] = {"kegiatan": Number(new_no), "pelaksana": node.pelaksana, "kind": node.kind}
        new |= {"label": node.label} if node.label else {}
        new |= {"nth": Number(len(likes) + 1)} if likes else {}
        before = {n.id for n in editing.record(record).flow.nodes}
        editing = editing.asked(record, CorrectionRequest("flow/nodes", "insert", inline(new), yaml=True))
        moved[node.id] = next(n.id for n in editing.record(record).flow.nodes if n.id not in before)
    return editing, moved


def _nodes(record: Record, no: int) -> Sequence[Node]:
    return [node for node in record.flow.nodes if node.kegiatan == no]


def _edge_moved(editing: Editing, record: str, edge: FlowEdge, moved: dict[str, str]) -> Editing:
    """With a connector between the new symbols that the old one had."""
    now = editing.record(record)
    ends = [moved.get(end, end) for end in (edge.source, edge.target)]
    new: dict[str, YamlValue] = {
        name: symbol_reference(now, end) for name, end in zip(("from", "to"), ends, strict=True)
    }
    new |= {"label": edge.label} if edge.label else {}
    likes = [e for e in now.flow.edges if [e.source, e.target, e.label] == [*ends, edge.label]]
    new |= {"nth": Number(len(likes) + 1)} if likes else {}
    return editing.asked(record, CorrectionRequest("flow/edges", "insert", inline(new), yaml=True))
