"""Recorded OCR answers: what an engine once said of every picture of a document, to be replayed without an engine."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

from pipeline.model.geometry import Box
from pipeline.ocr.protocol import Engine, RecognitionRequest, RecognizedWord
from pipeline.ocr.tesserocr_engine import find_tessdata

Words = tuple[RecognizedWord, ...]

LIBRARIES = ("numpy", "opencv-python-headless", "pillow", "pypdfium2", "scipy")
"""What the pixels of a request depend on, besides our own code."""


@dataclass(frozen=True)
class Recording:
    """Answers by the key of their request.

    `engine` tells the engine, its version and its language data; `made_with` the libraries that made the pictures.
    """

    engine: str
    made_with: Mapping[str, str]
    answers: Mapping[str, Words]

    @classmethod
    def load(cls, path: Path) -> Recording:
        """A recording from its JSON file."""
        plain = json.loads(path.read_text("utf-8"))
        answers = {key: tuple(_word(row) for row in rows) for key, rows in plain["answers"].items()}
        return cls(plain["engine"], plain["made_with"], answers)

    def save(self, path: Path) -> None:
        """Write the recording, an answer to a line."""
        answers = {key: [_row(word) for word in words] for key, words in self.answers.items()}
        lines = ",\n".join(f" {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in answers.items())
        head = json.dumps({"engine": self.engine, "made_with": self.made_with}, ensure_ascii=False)
        path.write_text(f'{head[:-1]},\n"answers": {{\n{lines}\n}}}}\n', "utf-8")


@dataclass
class ReplayingEngine:
    """Answers from a recording. A request that is not in it gets no words, and is kept in `unknown`."""

    recording: Recording
    name: str = "recorded"
    asked: list[str] = field(default_factory=list)
    unknown: list[RecognitionRequest] = field(default_factory=list)

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[Words]:
        """The recorded words of each picture."""
        keys = [request_key(request) for request in requests]
        self.asked += keys
        self.unknown += [r for r, key in zip(requests, keys, strict=True) if key not in self.recording.answers]
        return [self.recording.answers.get(key, ()) for key in keys]

    def difference(self) -> str | None:
        """How the pictures differ from those recorded, None where they are the same."""
        left_out = set(self.recording.answers) - set(self.asked)
        if not self.unknown and not left_out:
            return None
        told = [f"{request_key(r)} ({r.pixels.shape[0]} x {r.pixels.shape[1]}, {r.mode})" for r in self.unknown[:3]]
        versions = made_with()
        changed = [
            f"{n} {old} -> {versions.get(n)}" for n, old in self.recording.made_with.items() if versions[n] != old
        ]
        return (
            f"pixels changed: {len(self.unknown)} of {len(self.asked)} pictures handed to OCR were never recorded"
            f" (first {', '.join(told) or 'none'}), {len(left_out)} recorded ones were not asked for;"
            f" {'libraries changed: ' + ', '.join(changed) if changed else 'the libraries are the same'}"
        )


@dataclass
class RecordingEngine:
    """Asks another engine and keeps its answers."""

    source: Engine
    name: str = "recording"
    answers: dict[str, Words] = field(default_factory=dict)

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[Words]:
        """The words that the engine finds in each picture."""
        found = self.source.recognize(requests)
        self.answers |= {request_key(request): rounded(words) for request, words in zip(requests, found, strict=True)}
        return found

    def recording(self, languages: Sequence[str]) -> Recording:
        """All that was answered so far."""
        return Recording(identity(self.source, languages), made_with(), self.answers)


def identity(engine: Engine, languages: Sequence[str]) -> str:
    """An engine's name, with a digest of the language data it reads with."""
    home = find_tessdata(languages)
    digests = (hashlib.sha256((home / f"{language}.traineddata").read_bytes()).hexdigest() for language in languages)
    return f"{engine.name} {' '.join(digest[:8] for digest in digests)}"


def made_with() -> dict[str, str]:
    """The versions of the libraries that pixels go through, and the kind of processor they do it on."""
    return {"processor": platform.machine(), **{name: metadata.version(name) for name in LIBRARIES}}


def request_key(request: RecognitionRequest) -> str:
    """A hash of all that an answer depends on."""
    rows, columns = request.pixels.shape
    head = f"{rows}x{columns} {request.mode} {request.alphabet} ".encode()
    return hashlib.sha256(head + request.pixels.tobytes()).hexdigest()[:16]


def rounded(words: Sequence[RecognizedWord]) -> Words:
    """Words as a recording keeps them."""
    return tuple(_word(_row(word)) for word in words)


def _row(word: RecognizedWord) -> list[object]:
    return [word.text, *(round(edge) for edge in word.box.as_list()), round(word.confidence, 4), word.line]


def _word(row: Sequence[object]) -> RecognizedWord:
    text, x0, top, x1, bottom, confidence, line = row
    numbers = [float(str(value)) for value in (x0, top, x1, bottom)]
    return RecognizedWord(str(text), Box(*numbers), float(str(confidence)), int(str(line)))
