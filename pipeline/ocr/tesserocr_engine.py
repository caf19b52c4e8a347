"""Tesseract in this process: one API object, kept for all pictures."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.message import msg
from pipeline.ocr.protocol import OcrMissingError, RecognitionRequest, RecognizedWord
from pipeline.ocr.tesseract import SEGMENTATION, language_package, limit_threads, require_languages, words_by_page
from pipeline.settings import OcrSettings

DATA_HOMES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


class TesserocrEngine:
    """Calls Tesseract's library through tesserocr, whose wheel brings no language data: that is the system's.

    Raises:
        OcrMissingError: Where tesserocr or the data of a language is not installed.
    """

    def __init__(self, settings: OcrSettings) -> None:
        limit_threads()
        try:
            import tesserocr
        except ImportError as error:
            packages = "tesseract-ocr && pip install tesserocr"
            raise OcrMissingError(msg("tesserocr is not installed"), packages) from error

        self._languages = settings.languages
        self._home = find_tessdata(settings.languages)
        self._resolution = settings.resolution
        version = tesserocr.tesseract_version().split()[1]
        self.name = f"tesserocr {version} {'+'.join(settings.languages)}"
        self._api = self._opened(tesserocr)

    def _opened(self, tesserocr: Any) -> Any:
        try:
            api = tesserocr.PyTessBaseAPI(path=str(self._home), lang="+".join(self._languages))
        except RuntimeError as error:
            what = msg("Tesseract cannot use its data in {folder}", folder=str(self._home))
            raise OcrMissingError(what, "tesseract-ocr") from error
        for name, value in {"tessedit_do_invert": "0", "debug_file": os.devnull}.items():
            api.SetVariable(name, value)
        return api

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        """Recognise the words of each picture, in reading order."""
        return [self._recognize_one(request) for request in requests]

    def _recognize_one(self, request: RecognitionRequest) -> tuple[RecognizedWord, ...]:
        self._api.SetPageSegMode(SEGMENTATION[request.mode])
        self._api.SetVariable("tessedit_char_whitelist", request.alphabet)
        pixels = np.ascontiguousarray(request.pixels)
        rows, columns = pixels.shape
        data = pixels.tobytes()  # Tesseract keeps no copy: it must outlive the recognition
        self._api.SetImageBytes(data, columns, rows, 1, columns)
        self._api.SetSourceResolution(self._resolution)
        tsv: str = self._api.GetTSVText(0)
        return words_by_page(tsv, 1)[0]


def find_tessdata(languages: Sequence[str]) -> Path:
    """Find the folder that holds the data of all languages.

    Raises:
        OcrMissingError: Where there is no data, or a language is missing.
    """
    homes = [home for home in _candidate_homes() if home.is_dir()]
    best = next((home for home in homes if all(_has(home, language) for language in languages)), None)
    if best:
        return best
    if not homes:
        packages = ["tesseract-ocr", *(language_package(language) for language in languages)]
        raise OcrMissingError(msg("Tesseract has no language data"), " ".join(packages))
    installed = [path.stem for path in homes[0].glob("*.traineddata")]
    require_languages(languages, installed, str(homes[0]))
    raise AssertionError("a home with every language was passed over")


def _candidate_homes() -> Iterator[Path]:
    """Where language data may lie: TESSDATA_PREFIX, then what `tesseract` itself says, then the usual places."""
    if prefix := os.environ.get("TESSDATA_PREFIX"):
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    for home in DATA_HOMES:
        yield Path(home)
    if program := shutil.which("tesseract"):
        answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
        if found := re.search(r'"([^"]+)"', answer.stdout + answer.stderr):
            yield Path(found[1])


def _has(home: Path, language: str) -> bool:
    return (home / f"{language}.traineddata").is_file()
