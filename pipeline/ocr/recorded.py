"""Recorded answers: what a real engine once said, for tests that must not depend on one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.model.geometry import Box
from pipeline.ocr.engine import Engine, Reading, Snippet


class RecordedEngine:
    """Replays the answers in a JSON file, keyed by snippet; with an engine `source` it asks and writes what is new."""

    name = "recorded"

    def __init__(self, path: Path, source: Engine | None = None) -> None:
        self._path = path
        self._source = source
        self._answers: dict[str, list[list[object]]] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def read(self, snippets: Sequence[Snippet]) -> list[tuple[Reading, ...]]:
        """The recorded words; PipelineError for a snippet that was never recorded and no engine to ask."""
        new = [snippet for snippet in snippets if snippet_key(snippet) not in self._answers]
        if new:
            self._record(new)
        return [tuple(_reading(row) for row in self._answers[snippet_key(snippet)]) for snippet in snippets]

    def _record(self, snippets: Sequence[Snippet]) -> None:
        if self._source is None:
            raise PipelineError(f"{self._path.name} has no recorded answer for {len(snippets)} snippet(s)", "record it")
        for snippet, readings in zip(snippets, self._source.read(snippets), strict=True):
            self._answers[snippet_key(snippet)] = [_row(reading) for reading in readings]
        rows = json.dumps(self._answers, ensure_ascii=False, sort_keys=True)
        self._path.write_text(rows.replace('"], ', '"],\n') + "\n", "utf-8")


def snippet_key(snippet: Snippet) -> str:
    """A hash of all that an answer depends on."""
    rows, columns = snippet.pixels.shape
    head = f"{rows}x{columns} {snippet.mode} {snippet.alphabet} ".encode()
    return hashlib.sha256(head + snippet.pixels.tobytes()).hexdigest()[:16]


def _row(reading: Reading) -> list[object]:
    return [reading.text, *(round(edge) for edge in reading.box.as_list()), round(reading.confidence, 4), reading.line]


def _reading(row: Sequence[object]) -> Reading:
    text, x0, top, x1, bottom, confidence, line = row
    numbers = [float(str(value)) for value in (x0, top, x1, bottom)]
    return Reading(str(text), Box(*numbers), float(str(confidence)), int(str(line)))
