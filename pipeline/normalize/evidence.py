"""The record's evidence, written from the values that carry it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.model.draft import Value
from pipeline.model.geometry import PageTransform
from pipeline.model.record import ChangeNote, Evidence

Noted = dict[str, Value[Any]]  # JSON pointer -> the value that stands there, with its evidence


def evidence_of(noted: Mapping[str, Value[Any]], transforms: Mapping[int, PageTransform]) -> dict[str, Evidence]:
    """Evidence by JSON pointer; boxes are taken to the page as displayed, in points to a tenth."""
    return {path: _evidence(value, transforms) for path, value in noted.items()}


def _evidence(value: Value[Any], transforms: Mapping[int, PageTransform]) -> Evidence:
    box = value.box
    transform = transforms.get(value.page) if value.page is not None else None
    if box is not None and transform is not None:
        box = transform.displayed(box)
    return Evidence(
        page=value.page,
        box=None if box is None else (*box.rounded(1).as_list(),),  # type: ignore[arg-type]
        raw=value.raw,
        confidence=None if value.confidence is None else round(min(1.0, max(0.0, value.confidence)), 3),
        changes=[ChangeNote.model_validate({"rule": c.rule, "from": c.before, "to": c.after}) for c in value.changes],
    )
