"""The SOPs held out, and what is told of them."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from bench.held_out import WAYS, cells_exact, held_out_documents, missing_fonts, verdicts
from bench.judged_fields import Field
from bench.scan_speed import BARE, section
from bench.stage_costs import Cost

FONT = Path("/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf")


@pytest.mark.untraced
@pytest.mark.skipif(not FONT.exists(), reason="fonts-crosextra-carlito is not installed")
def test_fifteen_sops_are_typeset_with_their_truth(tmp_path: Path) -> None:
    documents = held_out_documents(tmp_path)
    assert len(documents) * len(WAYS) == 60
    assert all(path.exists() and truth[0]["kegiatan"] for path, truth in documents)


def test_a_font_that_is_missing_is_told_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    places = dict.fromkeys(importlib.import_module("typeset.text").SYSTEM_FONTS, "/nowhere/font")
    monkeypatch.setattr("typeset.text.SYSTEM_FONTS", places)
    assert missing_fonts().startswith("missing: the fonts Caladea, Carlito")
    assert missing_fonts().endswith(
        "(apt-get install fonts-crosextra-caladea fonts-crosextra-carlito fonts-liberation)"
    )


def test_missed_cells_count_as_wrong() -> None:
    right = [Field("cells", f"/kegiatan/0/{n}", 1.0, True, False) for n in range(10)]
    assert 0 < cells_exact(right, 1) < 0.1
    assert cells_exact(right, 2) == pytest.approx(cells_exact(right, 1) / 2)


def test_verdicts_name_what_falls_short() -> None:
    fields = [Field("cells", "/a", 0.9, False, True), Field("header", "/b", 0.9, True, True)]
    told = verdicts(fields, 1)
    assert "| header and cells: wrong ones flagged | 0.9 at least | 1.000 | holds |" in told
    assert "| header and cells: right ones flagged | 0.06 at most | 1.000 | **falls short** |" in told


def test_both_ways_to_read_a_scan_are_held_against_tesseract_alone() -> None:
    told = section([(2, {BARE: Cost(1, 1), "none": Cost(1, 1), "doubtful": Cost(2, 4)})])
    assert "`sop run --second none` | 2.00 | 1.00 | 1.00 | 0.75 at least: holds" in told
    assert "`sop run --second doubtful` | 0.50 | 0.50 | 0.25 | 0.55 at least: **falls short**" in told
