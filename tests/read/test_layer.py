"""A text layer is believed where it says what the picture under it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from scanned import has_tesseract, sop, tesseract

from pipeline.model.page import Page, Word
from pipeline.read.ink import darkness_tone
from pipeline.read.layer import believable, readable_share
from pipeline.read.pdf import PdfFile
from pipeline.settings import LayerSettings, ReadSettings, ScanSettings


def pages(path: Path) -> list[Page]:
    file = PdfFile(path, None, ReadSettings())
    try:
        return [found.page for found in file.pages()]
    finally:
        file.close()


def judged(words: tuple[Word, ...], page: Page, engine: object = None) -> bool:
    assert page.picture is not None
    grey, scale = darkness_tone(page.picture.pixels), page.picture.scale
    return believable(words, grey, scale, LayerSettings(), ScanSettings(), engine).believed  # type: ignore[arg-type]


def test_a_true_layer_is_believed(tmp_path: Path) -> None:
    for page in pages(sop(tmp_path)):
        assert judged(page.words, page)


def test_a_layer_of_garbage_is_not(tmp_path: Path) -> None:
    page = pages(sop(tmp_path))[1]
    junk = ("Ii:-.i.I-I", "8;i,i`'", "=E!=i", "®N-", "a=aPOD", "J'(")
    assert not judged(tuple(replace(w, text=junk[i % len(junk)]) for i, w in enumerate(page.words)), page)


def test_a_layer_that_lies_elsewhere_is_not(tmp_path: Path) -> None:
    page = pages(sop(tmp_path))[1]
    assert not judged(tuple(replace(w, box=w.box.shifted(-40, 57)) for w in page.words), page)


def test_the_layer_of_another_page_is_not(tmp_path: Path) -> None:
    cover, matrix = pages(sop(tmp_path))[:2]
    assert not judged(cover.words, matrix)


def test_a_layer_that_leaves_most_of_the_page_out_is_not(tmp_path: Path) -> None:
    page = pages(sop(tmp_path))[1]
    assert not judged(page.words[: len(page.words) // 4], page)
    assert not judged((), page)


@has_tesseract
def test_good_words_in_the_wrong_places_are_unmasked_by_reading_some_again(tmp_path: Path) -> None:
    page = pages(sop(tmp_path))[1]
    moved = tuple(replace(w, text=page.words[-1 - i].text) for i, w in enumerate(page.words))
    assert judged(moved, page)
    assert not judged(moved, page, tesseract())
    assert judged(page.words, page, tesseract())


@pytest.mark.parametrize(
    ("texts", "low", "high"),
    [
        (["Peraturan", "Daerah", "Nomor", "5", "Tahun", "2017", "(LAKIP)", "perundang-undangan;"], 1.0, 1.0),
        (["Ii:-.i.I-I.Z", "a)5.Ia,®", "+", "=E!=i"], 0.0, 0.1),
        (["M", "a", "h", "a", "s", "i", "s", "w", "a"], 0.0, 0.0),
        (["SKPD", "TU", "NIP.", "196510091993101002"], 1.0, 1.0),
        ([], 0.0, 0.0),
    ],
)
def test_readable_share(texts: list[str], low: float, high: float) -> None:
    assert low <= readable_share(texts) <= high
