"""SOPs of real agencies, which are not part of the project: read where they lie beside it, in ../shared/real.

Each has its truth, made by eye: a list of SOPs, empty for a document that holds none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.record import Record
from pipeline.model.text import squash
from pipeline.stages import digitize

REAL = Path(__file__).parent.parent.parent / "shared" / "real"
TRUTHS = sorted(REAL.glob("*.gold.json"))
TEXTS = [path for path in TRUTHS if "scan" not in path.name]

pytestmark = [
    pytest.mark.skipif(not TRUTHS, reason="no real documents beside the project, in ../shared/real"),
    pytest.mark.untraced,  # coverage is to be the same with and without them
]


def records_of(truth: Path) -> Sequence[Record]:
    return digitize(truth.with_name(truth.name.replace(".gold.json", ".pdf"))).records


def letters(text: str | None) -> str:
    return squash(text or "")


def cells_of(step: dict[str, Any]) -> list[str]:
    return [letters(step.get(name)) for name in ("uraian", "kelengkapan", "waktu", "output")]


@pytest.mark.parametrize("truth", TEXTS or [None], ids=lambda path: path.name if path else "none")
def test_steps_performers_and_cells_of_text_documents(truth: Path) -> None:
    expected, records = json.loads(truth.read_text("utf-8")), records_of(truth)
    assert [len(record.kegiatan) for record in records] == [len(sop["kegiatan"]) for sop in expected]
    for record, sop in zip(records, expected, strict=True):
        assert [letters(role.nama) for role in record.pelaksana] == [letters(role) for role in sop["pelaksana"]]
        names = {role.id: letters(role.nama) for role in record.pelaksana}
        for step, true in zip(record.kegiatan, sop["kegiatan"], strict=True):
            assert [names[id_] for id_ in step.pelaksana] == [letters(role) for role in true["pelaksana"]]
            quality = step.mutu_baku
            waktu = quality.waktu.text if quality.waktu else None
            found = [letters(text) for text in (step.uraian, quality.kelengkapan, waktu, quality.output)]
            assert found == cells_of(true), f"step {step.no}"


@pytest.mark.parametrize(
    "truth", [path for path in TRUTHS if path not in TEXTS] or [None], ids=lambda path: path.name if path else "none"
)
def test_scanned_documents_give_all_steps_and_most_cells(truth: Path) -> None:
    (sop,), (record,) = json.loads(truth.read_text("utf-8")), records_of(truth)
    assert len(record.kegiatan) == len(sop["kegiatan"])
    pairs = [
        (letters(step.uraian), letters(true["uraian"]))
        for step, true in zip(record.kegiatan, sop["kegiatan"], strict=True)
    ]
    assert sum(found == true for found, true in pairs) >= 0.8 * len(pairs)
