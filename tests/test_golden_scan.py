"""A scan whose OCR answers are recorded, so that a change of pixels and one of Tesseract are told apart.

    .venv/bin/python -m pytest tests/test_golden_scan.py --record-ocr

asks the Tesseract of this machine anew and overwrites what is recorded; without the option nothing is overwritten.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded_ocr import Recording, RecordingEngine, ReplayingEngine, identity, made_with
from scanned import tesseract
from test_golden import check, records
from typeset import Cover, SopSpec, chain, typeset

from bench.degrade import Scan, degrade
from pipeline.ocr.protocol import Engine
from pipeline.readers import document
from pipeline.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
SCAN, ANSWERS, RECORD = GOLDEN / "scan.pdf", GOLDEN / "scan.ocr.json", GOLDEN / "scan.json"
LANGUAGES = Settings().ocr.languages


@pytest.fixture
def recording(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Recording:
    """What is recorded; recorded anew, and the test failed, where that is asked for."""
    if request.config.getoption("--record-ocr"):
        record_anew(monkeypatch, tmp_path)
        pytest.fail(f"{ANSWERS.name} is recorded anew: look at what changed, then run again without --record-ocr")
    return Recording.load(ANSWERS)


def record_anew(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Ask Tesseract, and write its answers and the record; the scan as well, where there is none."""
    if not SCAN.exists():
        typeset(SopSpec(Cover(), (chain(6, decision=3),)), folder / "scan.pdf")
        degrade(degrade(folder / "scan.pdf", folder / "askew.pdf", Scan("skew")), SCAN, Scan("jpeg"))
    listener = RecordingEngine(tesseract())
    found = read_with(listener, monkeypatch)
    listener.recording(LANGUAGES).save(ANSWERS)
    RECORD.write_text(found, "utf-8")


def read_with(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> str:
    """The records of the scan as `engine` reads it."""
    monkeypatch.setattr(document, "engine_for", lambda settings: engine)
    monkeypatch.setattr(document, "second_engine_for", lambda settings: None)  # one engine's answers are recorded
    return records(SCAN)


def test_the_same_pictures_are_handed_to_ocr_and_give_the_same_record(
    recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    if recording.made_with["processor"] != made_with()["processor"]:
        pytest.skip("recorded on another kind of processor, whose pixels may differ in their last bit")
    engine = ReplayingEngine(recording)
    found = read_with(engine, monkeypatch)
    if difference := engine.difference():
        pytest.fail(difference)
    check(found, RECORD)


@pytest.mark.untraced
def test_tesseract_gives_the_same_words(recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = RecordingEngine(tesseract())
    if (installed := identity(engine.source, LANGUAGES)) != recording.engine:
        pytest.skip(f"recorded with {recording.engine}, installed is {installed}")
    read_with(engine, monkeypatch)
    same = engine.answers.keys() & recording.answers.keys()
    if not same:
        pytest.skip("pixels changed, so that nothing can be said of Tesseract")
    words = {key: [word.text for word in recording.answers[key]] for key in same}
    assert {key: [word.text for word in engine.answers[key]] for key in same} == words, "Tesseract changed"
