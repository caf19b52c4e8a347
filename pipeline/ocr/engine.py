"""What a text recogniser is: small grey pictures in, words with boxes and confidence out."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Literal, Protocol

from pipeline.errors import PipelineError
from pipeline.model.geometry import Box
from pipeline.model.pixels import Pixels
from pipeline.settings import OcrSettings

Mode = Literal["page", "column", "block", "line", "word", "char", "sparse"]

SEGMENTATION: dict[Mode, int] = {"page": 3, "column": 4, "block": 6, "line": 7, "word": 8, "char": 10, "sparse": 11}
"""Tesseract's page segmentation mode (--psm) by what the picture is known to hold."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A grey picture to be read, uint8 (rows, columns), dark on light, with its margins.

    `mode` says what it holds; `alphabet` limits the characters, "" for all of the languages'.
    """

    pixels: Pixels
    mode: Mode = "block"
    alphabet: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A recognised word: its box in the snippet's pixels, confidence 0..1, and the number of its printed line."""

    text: str
    box: Box
    confidence: float
    line: int


class Engine(Protocol):
    """Reads snippets. `name` tells engine, version and languages, so that a cache can depend on them."""

    name: str

    def read(self, snippets: Sequence[Snippet]) -> list[tuple[Reading, ...]]:
        """The words of each snippet in reading order, one tuple per snippet."""
        ...


class OcrMissing(PipelineError):
    """No Tesseract, or not the language asked for. `package` is the Debian package that brings it."""

    def __init__(self, what: str, package: str) -> None:
        super().__init__(f"{what}: apt-get install {package}", advice=f"apt-get install {package}")
        self.package = package


def language_package(language: str) -> str:
    """The Debian package of a language: "ind" -> "tesseract-ocr-ind", "chi_sim" -> "tesseract-ocr-chi-sim"."""
    return "tesseract-ocr-" + language.lower().replace("_", "-")


def require_languages(wanted: Sequence[str], installed: Sequence[str], where: str) -> None:
    """Raises OcrMissing for the first wanted language that is not installed in `where`."""
    for language in wanted:
        if language not in installed:
            raise OcrMissing(f'Tesseract has no language "{language}" in {where}', language_package(language))


def limit_threads() -> None:
    """One thread per Tesseract, unless the caller has said otherwise: its OpenMP threads cost more than they bring."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")


def engine_for(settings: OcrSettings) -> Engine:
    """An engine that this thread keeps from document to document: opening one takes as long as reading ten lines."""
    return _kept(settings, threading.get_ident())


@lru_cache(maxsize=4)
def _kept(settings: OcrSettings, thread: int) -> Engine:
    return open_engine(settings)


def open_engine(settings: OcrSettings) -> Engine:
    """The fastest engine that is installed; raises OcrMissing with one clear line where there is none."""
    limit_threads()
    if settings.engine != "pytesseract" and find_spec("tesserocr"):
        from pipeline.ocr.tesserocr_engine import TesserocrEngine

        return TesserocrEngine(settings)
    if settings.engine == "tesserocr":
        raise OcrMissing("tesserocr is not installed", "tesseract-ocr && pip install tesserocr")
    from pipeline.ocr.pytesseract_engine import PytesseractEngine

    return PytesseractEngine(settings)
