"""The memory benchmark on documents of a few pages: what it tells, never how much."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from typeset import sample, typeset

from bench.__main__ import PARTS, arguments
from bench.memory import Peak, measured, peaks, repeated, section
from bench.page import ROOT


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of two pages."""
    path = tmp_path_factory.mktemp("memory") / "sop.pdf"
    typeset(sample(3), path)
    return path


def test_pages_are_repeated_each_with_objects_of_its_own(source: Path, tmp_path: Path) -> None:
    pages = pypdf.PdfReader(repeated(source, 5, tmp_path / "five.pdf")).pages
    texts = [page.extract_text() for page in pages]
    assert texts[:2] == texts[2:4]
    assert texts[4] == texts[0] != texts[1]
    contents = {page.raw_get("/Contents").idnum for page in pages}
    assert len(contents) == 5


def test_a_worker_of_its_own_reads_every_document(source: Path) -> None:
    found = list(peaks([source], [4, 2]))
    assert [(peak.source, peak.pages, peak.records) for peak in found] == [("sop.pdf", 2, 1), ("sop.pdf", 4, 2)]
    assert all(10 < peak.idle < peak.peak < 4000 for peak in found)


def test_a_document_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(ValueError, match=r"^empty\.pdf: "):
        measured(tmp_path / "empty.pdf", "empty.pdf")


def test_the_section_tells_growth_and_whether_the_targets_hold() -> None:
    flat = [Peak("a.pdf", 10, 3, 50.0, 200.0, 2.0), Peak("a.pdf", 1000, 300, 50.0, 220.0, 100.0)]
    steep = [Peak("b.pdf", 10, 3, 50.0, 200.0, 2.0), Peak("b.pdf", 1000, 300, 50.0, 300.0, 100.0)]
    text = section([*flat, *steep])
    assert "| a.pdf | 1000 | 300 | 220 | 50 | 1.10 | 10.00 |" in text
    assert "a.pdf: 220 MB at 1000 pages, 1.10 times that at 10: holds." in text
    assert "b.pdf: 300 MB at 1000 pages, 1.50 times that at 10: **falls short**." in text


def test_options_after_one_part_are_its_own_and_leave_the_page_alone(tmp_path: Path) -> None:
    assert arguments(["memory", "--pages", "10", "100"]) == (["memory"], ["--pages", "10", "100"])
    page = tmp_path / "page.md"
    assert arguments(["memory", "--out", str(page), "--pages", "1"])[1] == ["--pages", "1", "--out", str(page)]
    parts, options = arguments([])
    assert parts == list(PARTS)
    assert options == ["--out", str(ROOT / "docs" / "bench.md")]


@pytest.mark.parametrize("given", [["heat"], ["--pages", "10"], ["speed", "memory", "--pages", "10"]])
def test_what_cannot_be_run_is_refused(given: list[str]) -> None:
    with pytest.raises(SystemExit):
        arguments(given)
