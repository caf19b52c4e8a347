from __future__ import annotations

import logging
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.ocr.ppocr_engine import PpOcrEngine, as_line, characters_of, find_weights
from pipeline.ocr.protocol import OcrMissingError, RecognitionRequest
from pipeline.ocr.registry import second_engine_for
from pipeline.settings import OcrSettings

needs_weights = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("onnxruntime") is None, reason="the second reader is not installed"
)


def line(text: str) -> RecognitionRequest:
    pixels = np.full((44, 26 * len(text) + 20), 255, np.uint8)
    cv2.putText(pixels, text, (8, 34), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 2, cv2.LINE_AA)
    return RecognitionRequest(np.asarray(pixels, dtype=np.uint8), "line")


@needs_weights
def test_a_line_is_read_in_latin_letters_with_boxes() -> None:
    engine = PpOcrEngine(OcrSettings())
    assert engine.name.startswith("PP-OCRv6_rec_small rapidocr ")
    request = line("Surat 15/SOP;")
    ((first, second),) = engine.recognize([request])
    assert (first.text, second.text) == ("Surat", "15/SOP;")
    assert len(second.letters) == 7
    assert second.confidence == min(second.letters) > 0.8
    assert first.box.x1 < second.box.x0 < second.box.x1 <= request.pixels.shape[1]
    ((digits,),) = engine.recognize([RecognitionRequest(line("15").pixels, "line", "0123456789")])
    assert digits.text == "15"


def test_a_picture_is_brought_to_the_networks_height() -> None:
    assert as_line(np.zeros((96, 400), np.uint8)).shape == (1, 3, 48, 170)
    assert as_line(np.full((24, 2), 255, np.uint8)).shape == (1, 3, 48, 16)


def test_repeated_steps_are_one_character_and_blank_parts_two() -> None:
    scores = np.array([[0.1, 0.9], [0.2, 0.8], [1.0, 0.0], [0.3, 0.7]], np.float32)
    found = characters_of(scores, ["", "a"])
    assert [(c.text, c.steps) for c in found] == [("a", (0, 1)), ("a", (3, 3))]
    assert found[0].confidence == pytest.approx(0.9)


def test_where_it_is_not_installed_there_is_no_second_reader(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pipeline.ocr.ppocr_engine.find_spec", lambda name: None)
    with pytest.raises(OcrMissingError, match="rapidocr"):
        find_weights()
    with caplog.at_level(logging.INFO):
        assert second_engine_for(OcrSettings(resolution=131)) is None
    assert "pip install" in caplog.text
    assert second_engine_for(OcrSettings(second="none")) is None


@needs_weights
def test_nothing_about_the_machine_is_kept_or_sent(tmp_path: Path) -> None:
    """onnxruntime makes an id of the machine when it is imported, unless it is told not to."""
    code = "import pipeline.ocr.ppocr_engine as p, pipeline.settings as s; p.PpOcrEngine(s.OcrSettings())"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, "HOME": str(tmp_path)}, check=True)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
