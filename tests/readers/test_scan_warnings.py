"""What could not be read, or was cut off, is told."""

from __future__ import annotations

from pipeline.model.geometry import Box
from pipeline.model.page import Ruling, Word
from pipeline.readers.scan_warnings import scan_warnings
from pipeline.settings import ScanSettings

SETTINGS = ScanSettings()
SIZE = (800.0, 600.0)


def codes(words: tuple[Word, ...] = (), rulings: tuple[Ruling, ...] = ()) -> list[str]:
    return [issue.code for issue in scan_warnings(3, words, rulings, SIZE, SETTINGS)]


def grid(left: float, right: float) -> tuple[Ruling, ...]:
    level = [Ruling("h", y, left, right) for y in (100.0, 150.0, 200.0, 300.0)]
    return (*level, *(Ruling("v", x, 100.0, 300.0) for x in (left, (left + right) / 2, right)))


def test_words_of_little_confidence_are_counted() -> None:
    words = tuple(Word(text, Box(0, 0, 9, 9), 9, sure) for text, sure in (("Surat", 0.9), ("xq", 0.2), ("ya", None)))
    (issue,) = scan_warnings(3, words, (), SIZE, SETTINGS)
    assert issue.code == "words-unsure"
    assert issue.severity == "info"
    assert 'page 3: 1 of 3 words were read with little confidence, such as "xq"' in issue.message


def test_a_whole_table_gives_no_doubt() -> None:
    assert codes(rulings=grid(50, 750)) == []


def test_a_table_that_runs_off_the_paper_is_cut_off() -> None:
    cut = tuple(r for r in grid(50, 800) if not (r.axis == "v" and r.at == 800))
    assert codes(rulings=cut) == ["scan-cut-off"]
    assert "right edge" in scan_warnings(3, (), cut, SIZE, SETTINGS)[0].message


def test_a_table_closed_at_the_very_edge_is_not_cut_off() -> None:
    assert codes(rulings=grid(50, 800)) == []
