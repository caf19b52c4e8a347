"""Recorded answers stand in for an engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from recorded_ocr import RecordedEngine, request_key

from pipeline.errors import PipelineError
from pipeline.model.geometry import Box
from pipeline.ocr.protocol import RecognitionRequest, RecognizedWord


class Parrot:
    """An engine that says how wide its request's picture is."""

    name = "parrot"

    def __init__(self) -> None:
        self.asked = 0

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        self.asked += len(requests)
        return [(RecognizedWord(str(s.pixels.shape[1]), Box(0, 0, s.pixels.shape[1], 5), 0.5, 0),) for s in requests]


def test_recorded_answers_are_replayed_without_an_engine(tmp_path: Path) -> None:
    path, parrot = tmp_path / "answers.json", Parrot()
    requests = [RecognitionRequest(np.full((5, width), 255, np.uint8)) for width in (7, 9)]
    told = RecordedEngine(path, parrot).recognize(requests)
    assert RecordedEngine(path).recognize(requests[::-1]) == told[::-1]
    assert parrot.asked == 2


def test_an_answer_that_was_never_recorded_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="no recorded answer"):
        RecordedEngine(tmp_path / "none.json").recognize([RecognitionRequest(np.zeros((3, 3), np.uint8))])


def test_an_answer_depends_on_mode_alphabet_and_shape() -> None:
    blank = np.full((4, 6), 255, np.uint8)
    requests = [
        RecognitionRequest(blank),
        RecognitionRequest(blank, "line"),
        RecognitionRequest(blank, "line", "01"),
        RecognitionRequest(blank.T.copy(), "line"),
    ]
    assert len({request_key(request) for request in requests}) == 4
