"""PP-OCRv6's small recognizer of single lines, run by onnxruntime; its weights are those that `rapidocr` brings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.message import msg
from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.ocr.protocol import OcrMissingError, RecognitionRequest, RecognizedWord
from pipeline.settings import OcrSettings

WEIGHTS = "PP-OCRv6_rec_small.onnx"
INSTALL = "pip install 'sop-pipeline[second]'"
LINE_HEIGHT = 48  # pixels: what the network takes a line at
LEAST_WIDTH = 16  # pixels
SQUEEZE = 0.85  # of its width, that a line is brought to: the fewer columns cost a sixth less, and hardly a word
LATIN = frozenset("–—’‘“”•·§°") | {chr(code) for code in range(33, 127)}
"""The network knows the characters of fifty languages: no others are let through."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    confidence: float
    steps: tuple[int, int]  # the first and the last of the network's steps that show it


class PpOcrEngine:
    """Reads every picture as one printed line, whatever its mode says.

    Raises:
        OcrMissingError: Where onnxruntime or the weights are not installed.
    """

    def __init__(self, settings: OcrSettings) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # on import it makes an id of the machine, to be sent away
        try:
            import onnxruntime
        except ImportError as error:
            raise OcrMissingError(msg("onnxruntime is not installed"), install=INSTALL) from error

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # lines of all lengths would each keep memory
        self._session = onnxruntime.InferenceSession(str(find_weights()), options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name
        self._characters = _characters(self._session)
        self._latin = [index for index, text in enumerate(self._characters) if text in ("", " ") or text in LATIN]
        self.name = f"{Path(WEIGHTS).stem} rapidocr {version('rapidocr')} onnxruntime {onnxruntime.__version__}"

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        """Recognise the words of each picture, left to right."""
        return [self._recognize_one(request) for request in requests]

    def _recognize_one(self, request: RecognitionRequest) -> tuple[RecognizedWord, ...]:
        rows, columns = request.pixels.shape
        scores: Scores = self._session.run(None, {self._input: as_line(request.pixels)})[0][0]
        allowed = frozenset(request.alphabet)
        columns_read = [
            c for c in self._latin if not allowed or self._characters[c] in allowed or self._characters[c] in ("", " ")
        ]
        found = characters_of(scores[:, columns_read], [self._characters[c] for c in columns_read])
        return tuple(_words(found, columns / len(scores), rows))


def find_weights() -> Path:
    """Find the network's file in the package `rapidocr`, none of whose code is run.

    Raises:
        OcrMissingError: Where it is not there.
    """
    package = find_spec("rapidocr")
    places = (package.submodule_search_locations or []) if package else []
    found = next((path for place in places if (path := Path(place) / "models" / WEIGHTS).is_file()), None)
    if found is None:
        raise OcrMissingError(msg("the package rapidocr with {file} is not installed", file=WEIGHTS), install=INSTALL)
    return found


def as_line(pixels: Pixels) -> NDArray[np.float32]:
    """A grey picture as the network takes it: float32 (1, 3, 48, columns), -1 black to 1 white."""
    rows, columns = pixels.shape
    width = max(LEAST_WIDTH, round(SQUEEZE * LINE_HEIGHT * columns / rows))
    shrinks = rows > LINE_HEIGHT
    line = cv2.resize(pixels, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    return np.repeat((line.astype(np.float32) / 127.5 - 1.0)[None, None], 3, axis=1)


def characters_of(scores: Scores, characters: Sequence[str]) -> list[_Character]:
    """What the steps of the network show, the repetitions of one character taken together.

    Args:
        scores: How likely each character is at each step: (steps, characters), 0..1.
        characters: What each column stands for; the first, "", for none.
    """
    best, sure = scores.argmax(axis=1), scores.max(axis=1)
    found = []
    for which, group in groupby(range(len(best)), key=lambda step: int(best[step])):
        steps = list(group)
        if which:
            found.append(_Character(characters[which], float(sure[steps].max()), (steps[0], steps[-1])))
    return found


def _characters(session: Any) -> tuple[str, ...]:
    """The characters of the network's columns, which its file tells: none, those of its list, a space."""
    listed: str = session.get_modelmeta().custom_metadata_map["character"]
    return ("", *listed.removesuffix("\n").split("\n"), " ")


def _words(found: Iterable[_Character], step: float, rows: int) -> Iterable[RecognizedWord]:
    """Words of characters; one is as sure as the least sure of them. `step` is the pixels that a step covers."""
    for is_space, group in groupby(found, key=lambda character: character.text == " "):
        if is_space:
            continue
        word = list(group)
        box = Box(word[0].steps[0] * step, 0.0, (word[-1].steps[1] + 1) * step, float(rows))
        letters = tuple(c.confidence for c in word)
        yield RecognizedWord("".join(c.text for c in word), box, min(letters), 0, letters)
