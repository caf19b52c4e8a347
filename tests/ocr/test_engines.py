"""What the engines promise: words with boxes and confidence, or one clear line about what is missing."""

from __future__ import annotations

import os
import shutil
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from pipeline.errors import PipelineError
from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr import registry
from pipeline.ocr.protocol import Engine, OcrMissingError, RecognitionRequest, RecognizedWord
from pipeline.ocr.registry import engine_for, open_engine
from pipeline.ocr.tesseract import language_package, limit_threads, require_languages, words_by_page
from pipeline.settings import OcrSettings

HAS_TESSERACT = shutil.which("tesseract") is not None
needs_tesseract = pytest.mark.skipif(not HAS_TESSERACT, reason="the tesseract program is not installed")


def printed(text: str) -> Pixels:
    """A line of type as a picture."""
    pixels = np.full((70, 40 + 26 * len(text)), 255, np.uint8)
    return np.asarray(cv2.putText(pixels, text, (20, 48), cv2.FONT_HERSHEY_DUPLEX, 1.2, 0, 2, cv2.LINE_AA))


def installed(name: str) -> Engine:
    if name == "tesserocr":
        pytest.importorskip("tesserocr")
    try:
        return open_engine(OcrSettings(languages=("ind",), engine=name))
    except OcrMissingError as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("name", ["tesserocr", "pytesseract"])
@needs_tesseract
def test_requests_are_answered_in_their_order(name: str) -> None:
    engine = installed(name)
    requests = [RecognitionRequest(printed("Surat"), "line"), RecognitionRequest(printed("2017"), "line", "0123456789")]
    requests.append(RecognitionRequest(printed("Dokumen"), "block"))
    answers = engine.recognize(requests)
    assert [" ".join(reading.text for reading in answer) for answer in answers] == ["Surat", "2017", "Dokumen"]


@pytest.mark.parametrize("name", ["tesserocr", "pytesseract"])
@needs_tesseract
def test_words_have_boxes_in_pixels_and_confidence(name: str) -> None:
    (answer,) = installed(name).recognize([RecognitionRequest(printed("Surat Masuk"), "line")])
    first, second = answer
    assert 15 <= first.box.x0 < first.box.x1 < second.box.x0
    assert 10 <= first.box.top < first.box.bottom <= 60
    assert 0.5 < first.confidence <= 1.0
    assert first.line == second.line


@needs_tesseract
def test_empty_paper_has_no_words() -> None:
    assert installed("pytesseract").recognize([RecognitionRequest(np.full((40, 40), 255, np.uint8))]) == [()]
    assert installed("pytesseract").recognize([]) == []


@pytest.mark.parametrize("name", ["tesserocr", "pytesseract"])
@needs_tesseract
def test_a_missing_language_names_its_package(name: str) -> None:
    installed(name)
    with pytest.raises(OcrMissingError) as missing:
        open_engine(OcrSettings(languages=("ind", "xho"), engine=name))
    assert "apt-get install tesseract-ocr-xho" in str(missing.value)
    assert "\n" not in str(missing.value)


def test_no_tesseract_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    pytesseract = pytest.importorskip("pytesseract")
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    with pytest.raises(OcrMissingError, match="tesseract-ocr tesseract-ocr-ind"):
        open_engine(OcrSettings(languages=("ind",), engine="pytesseract"))


def test_language_data_is_looked_for_where_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pipeline.ocr.tesserocr_engine import find_tessdata

    (tmp_path / "ind.traineddata").touch()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert find_tessdata(["ind"]) == tmp_path


def test_language_data_that_is_nowhere_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from pipeline.ocr import tesserocr_engine

    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    monkeypatch.setattr(tesserocr_engine, "DATA_HOMES", (str(tmp_path / "none"),))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(OcrMissingError, match="tesseract-ocr tesseract-ocr-ind"):
        tesserocr_engine.find_tessdata(["ind"])


def test_language_packages() -> None:
    assert language_package("ind") == "tesseract-ocr-ind"
    assert language_package("chi_sim") == "tesseract-ocr-chi-sim"
    require_languages(["ind"], ["eng", "ind"], "here")


def test_one_thread_unless_the_caller_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    limit_threads()
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
    monkeypatch.setenv("OMP_THREAD_LIMIT", "2")
    limit_threads()
    assert os.environ["OMP_THREAD_LIMIT"] == "2"


def test_pytesseract_serves_where_tesserocr_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "tesserocr", None)
    with pytest.raises(OcrMissingError, match="tesserocr is not installed"):
        open_engine(OcrSettings(engine="tesserocr"))
    if HAS_TESSERACT:
        assert open_engine(OcrSettings(engine="auto")).name.startswith("tesseract ")


def test_another_package_may_bring_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its entry point is found by the name that the settings ask for, and is given them."""
    mine = SimpleNamespace(name="mine", load=lambda: lambda settings: SimpleNamespace(name=settings.engine))
    monkeypatch.setattr(registry, "entry_points", lambda group: [mine] if group == registry.GROUP else [])
    assert open_engine(OcrSettings(engine="mine")).name == "mine"


def test_an_unknown_engine_is_told_with_those_there_are() -> None:
    with pytest.raises(PipelineError, match="no OCR engine") as unknown:
        open_engine(OcrSettings(engine="abbyy"))
    assert "pytesseract, rapidocr, tesserocr" in str(unknown.value.advice)


def test_the_package_declares_its_own_engines() -> None:
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"][
        "entry-points"
    ]
    assert declared[registry.GROUP] == {entry.name: entry.value for entry in registry.BUILT_IN}


def test_tsv_rows_become_words() -> None:
    rows = [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "1\t1\t0\t0\t0\t0\t0\t0\t200\t80\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tSurat",
        "5\t1\t1\t1\t2\t1\t10\t40\t30\t12\t41.0\tdi\tsini",
        "5\t1\t1\t1\t2\t2\t50\t40\t30\t12\t41.0\t  ",
        "5\t3\t1\t1\t1\t1\t1\t2\t3\t4\t-1\tx",
    ]
    first, second, third = words_by_page("\n".join(rows), 3)
    assert first[0] == RecognizedWord("Surat", Box(10, 20, 40, 32), 0.965, 0)
    assert [(r.text, r.line) for r in first] == [("Surat", 0), ("di\tsini", 1)]
    assert second == ()
    assert third[0].confidence == 0.0


def test_an_engine_is_kept_for_the_next_document_of_its_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[OcrSettings] = []

    def opening(settings: OcrSettings) -> object:
        opened.append(settings)
        return object()

    monkeypatch.setattr("pipeline.ocr.registry.open_engine", opening)
    settings = OcrSettings(languages=("ind",), engine="pytesseract", resolution=123)
    first = engine_for(settings)
    assert engine_for(OcrSettings(languages=("ind",), engine="pytesseract", resolution=123)) is first
    with ThreadPoolExecutor(1) as elsewhere:  # Tesseract's API object is one thread's alone
        assert elsewhere.submit(engine_for, settings).result() is not first
    assert engine_for(replace(settings, resolution=124)) is not first
    assert len(opened) == 3


def test_a_missing_engine_is_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = OcrSettings(languages=("ind",), engine="pytesseract", resolution=125)
    found: list[object] = []

    def open_when_found(_: OcrSettings) -> object:
        if not found:
            raise OcrMissingError("Tesseract is not installed", "tesseract-ocr")
        return found[0]

    monkeypatch.setattr("pipeline.ocr.registry.open_engine", open_when_found)
    with pytest.raises(OcrMissingError):
        engine_for(settings)
    found.append(object())
    assert engine_for(settings) is found[0]
