"""Recorded answers stand in for an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from recorded_ocr import Recording, RecordingEngine, ReplayingEngine, made_with, request_key

from pipeline.model.geometry import Box
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord


class Parrot:
    """An engine that says how wide its request's picture is."""

    name = "parrot"

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        return [(RecognizedWord(str(s.pixels.shape[1]), Box(0, 0, s.pixels.shape[1], 5), 0.5, 0),) for s in requests]


REQUESTS = [RecognitionRequest(np.full((5, width), 255, np.uint8)) for width in (7, 9)]


def recorded(folder: Path) -> Recording:
    engine = RecordingEngine(Parrot())
    engine.recognize(REQUESTS)
    Recording("parrot", made_with(), engine.answers).save(folder / "answers.json")
    return Recording.load(folder / "answers.json")


def test_recorded_answers_are_replayed_without_an_engine(tmp_path: Path) -> None:
    engine = ReplayingEngine(recorded(tmp_path))
    assert engine.recognize(REQUESTS[::-1]) == Parrot().recognize(REQUESTS[::-1])
    assert engine.difference() is None


def test_a_picture_that_changed_is_told_by_its_key(tmp_path: Path) -> None:
    engine = ReplayingEngine(recorded(tmp_path))
    other = RecognitionRequest(np.full((5, 7), 254, np.uint8))
    assert engine.recognize([other, REQUESTS[1]])[0] == ()
    told = engine.difference() or ""
    assert told.startswith("pixels changed: 1 of 2 pictures")
    assert f"{request_key(other)} (5 x 7, block)" in told
    assert "1 recorded ones were not asked for; the libraries are the same" in told


def test_a_library_that_changed_is_named(tmp_path: Path) -> None:
    recording = recorded(tmp_path)
    engine = ReplayingEngine(Recording("parrot", {**recording.made_with, "numpy": "1.0"}, recording.answers))
    assert "libraries changed: numpy 1.0 -> " in (engine.difference() or "")


def test_an_answer_depends_on_mode_alphabet_and_shape() -> None:
    blank = np.full((4, 6), 255, np.uint8)
    requests = [
        RecognitionRequest(blank),
        RecognitionRequest(blank, "line"),
        RecognitionRequest(blank, "line", "01"),
        RecognitionRequest(blank.T.copy(), "line"),
    ]
    assert len({request_key(request) for request in requests}) == 4
