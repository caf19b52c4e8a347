"""The benchmark beside other libraries on a document of two pages: what it tells, never how fast."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import sample, typeset

from bench import peers
from bench.peers import READERS, objects_by_pdfium, report


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "sop.pdf"
    typeset(sample(3), path)
    return path


def test_every_reader_finds_something(text: Path) -> None:
    assert {name for name, read in READERS.items() if read(text) > 0} == set(READERS)


def test_the_floor_asks_for_characters_and_paths(text: Path) -> None:
    assert objects_by_pdfium(text) > 1000


def test_the_report_tells_each_reader_by_one_process_and_by_two(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "READERS", {"pdfplumber": READERS["pdfplumber"], "sop": READERS["sop"]})
    lines = report([text], 1, camelot=False).splitlines()
    rows = [line for line in lines if line.startswith(("| pdfplumber", "| sop"))]
    assert [row.count("|") for row in rows] == [6, 6]
    assert rows[0].split("|")[3].strip() == "1.00"
    assert lines[-1].startswith("Target: 2.0 times pdfplumber at least.")
