"""What a reviewer does with whole steps: insert, remove, split, merge and move them."""

from __future__ import annotations

from pipeline.corrections.new_entry import CorrectionRequest
from pipeline.corrections.yaml_edit import inline
from pipeline.corrections.yaml_positions import YamlValue
from pipeline.errors import PipelineError
from pipeline.message import msg
from pipeline.model.record import Kegiatan
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
    """Put a step behind another, `after` (0 is the front), with all that was read of it."""
    no, after = int(form["no"]), int(form["after"])
    if after in (no - 1, no):
        return editing
    return editing.asked(record, CorrectionRequest(f"kegiatan[no={no}]", "move", after=str(after)))
