"""Recorded answers: what a real engine once said, for tests that must not depend on one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model.geometry import Box
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord


class RecordedEngine:
    """Replays the answers in a JSON file, keyed by request; with an engine `source` it asks and writes what is new."""

    name = "recorded"

    def __init__(self, path: Path, source: Engine | None = None) -> None:
        self._path = path
        self._source = source
        self._answers: dict[str, list[list[object]]] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        """The recorded words; PipelineError for a request that was never recorded and no engine to ask."""
        new = [request for request in requests if request_key(request) not in self._answers]
        if new:
            self._record(new)
        return [tuple(_word(row) for row in self._answers[request_key(request)]) for request in requests]

    def _record(self, requests: Sequence[RecognitionRequest]) -> None:
        if self._source is None:
            raise PipelineError(f"{self._path.name} has no recorded answer for {len(requests)} picture(s)", "record it")
        for request, words in zip(requests, self._source.recognize(requests), strict=True):
            self._answers[request_key(request)] = [_row(word) for word in words]
        rows = json.dumps(self._answers, ensure_ascii=False, sort_keys=True)
        self._path.write_text(rows.replace('"], ', '"],\n') + "\n", "utf-8")


def request_key(request: RecognitionRequest) -> str:
    """A hash of all that an answer depends on."""
    rows, columns = request.pixels.shape
    head = f"{rows}x{columns} {request.mode} {request.alphabet} ".encode()
    return hashlib.sha256(head + request.pixels.tobytes()).hexdigest()[:16]


def _row(word: RecognizedWord) -> list[object]:
    return [word.text, *(round(edge) for edge in word.box.as_list()), round(word.confidence, 4), word.line]


def _word(row: Sequence[object]) -> RecognizedWord:
    text, x0, top, x1, bottom, confidence, line = row
    numbers = [float(str(value)) for value in (x0, top, x1, bottom)]
    return RecognizedWord(str(text), Box(*numbers), float(str(confidence)), int(str(line)))
