"""Tesseract as a program of its own, through pytesseract: slower, and at home everywhere."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2

from pipeline.ocr.engine import (
    SEGMENTATION,
    Mode,
    OcrMissing,
    Reading,
    Snippet,
    language_package,
    limit_threads,
    require_languages,
)
from pipeline.ocr.tsv import readings_by_page
from pipeline.settings import OcrSettings


class PytesseractEngine:
    """Reads snippets with the `tesseract` program: one call for all snippets that are to be read alike."""

    def __init__(self, settings: OcrSettings) -> None:
        limit_threads()
        import pytesseract

        self._languages = settings.languages
        self._resolution = settings.resolution
        try:
            installed = pytesseract.get_languages(config="")
            version = str(pytesseract.get_tesseract_version()).split()[0]
        except pytesseract.TesseractNotFoundError as error:
            packages = ["tesseract-ocr", *(language_package(language) for language in settings.languages)]
            raise OcrMissing("Tesseract is not installed", " ".join(packages)) from error
        require_languages(settings.languages, installed, "its data folder")
        self.name = f"tesseract {version} {'+'.join(settings.languages)}"

    def read(self, snippets: Sequence[Snippet]) -> list[tuple[Reading, ...]]:
        """The words of each snippet in reading order."""
        alike: dict[tuple[Mode, str], list[int]] = defaultdict(list)
        for index, snippet in enumerate(snippets):
            alike[(snippet.mode, snippet.alphabet)].append(index)
        answers: list[tuple[Reading, ...]] = [()] * len(snippets)
        for (mode, alphabet), indices in alike.items():
            found = self._read_alike([snippets[index] for index in indices], mode, alphabet)
            for index, readings in zip(indices, found, strict=True):
                answers[index] = readings
        return answers

    def _read_alike(self, snippets: Sequence[Snippet], mode: Mode, alphabet: str) -> list[tuple[Reading, ...]]:
        """One call: Tesseract takes a text file that lists pictures, and numbers them as pages."""
        import pytesseract

        with tempfile.TemporaryDirectory(prefix="sop-ocr-") as folder:
            paths = [str(Path(folder) / f"{index}.png") for index in range(len(snippets))]
            for path, snippet in zip(paths, snippets, strict=True):
                cv2.imwrite(path, snippet.pixels)
            listing = Path(folder) / "snippets.txt"
            listing.write_text("\n".join(paths) + "\n", encoding="utf-8")
            tsv = pytesseract.image_to_data(
                str(listing), lang="+".join(self._languages), config=self._options(mode, alphabet)
            )
        return readings_by_page(tsv, len(snippets))

    def _options(self, mode: Mode, alphabet: str) -> str:
        options = f"--psm {SEGMENTATION[mode]} --dpi {self._resolution} -c tessedit_do_invert=0"
        return f"{options} -c tessedit_char_whitelist={alphabet}" if alphabet else options
