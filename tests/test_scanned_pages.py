"""Whole documents as they come from office scanners and phones, read to the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from scanned import has_tesseract
from typeset import Cover, SopSpec, Style, chain, typeset

from bench.degrade import Scan, degrade
from pipeline import digitize


@has_tesseract
@pytest.mark.parametrize("damage", ["skew", "perspective"])
def test_pages_without_a_head_keep_their_rows_where_they_lie_askew(tmp_path: Path, damage: str) -> None:
    typeset(SopSpec(Cover(), (chain(24),)), tmp_path / "sop.pdf", Style(continuation="none"))
    scan = degrade(tmp_path / "sop.pdf", tmp_path / "scan.pdf", Scan(damage, 2))
    (record,) = digitize(scan).records
    assert record.source.pages[1] > 2
    assert [step.no for step in record.kegiatan] == list(range(1, 25))
    assert all(len(step.pelaksana) == 1 for step in record.kegiatan)
    assert len(record.flow.edges) == 23
