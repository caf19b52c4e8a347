"""Tesseract as a program of its own, through pytesseract: slower, and at home everywhere."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2

from pipeline.message import msg
from pipeline.ocr.protocol import Mode, OcrMissingError, RecognitionRequest, RecognizedWord
from pipeline.ocr.tesseract import SEGMENTATION, language_package, limit_threads, require_languages, words_by_page
from pipeline.settings import OcrSettings


class PytesseractEngine:
    """Runs the `tesseract` program: one call for all pictures that are to be read alike.

    Raises:
        OcrMissingError: Where there is no such program, or a language is missing.
    """

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
            raise OcrMissingError(msg("Tesseract is not installed"), " ".join(packages)) from error
        require_languages(settings.languages, installed, msg("its data folder"))
        self.name = f"tesseract {version} {'+'.join(settings.languages)}"

    def recognize(self, requests: Sequence[RecognitionRequest]) -> list[tuple[RecognizedWord, ...]]:
        """Recognise the words of each picture, in reading order."""
        alike: dict[tuple[Mode, str], list[int]] = defaultdict(list)
        for index, request in enumerate(requests):
            alike[(request.mode, request.alphabet)].append(index)
        answers: list[tuple[RecognizedWord, ...]] = [()] * len(requests)
        for (mode, alphabet), indices in alike.items():
            found = self._recognize_alike([requests[index] for index in indices], mode, alphabet)
            for index, words in zip(indices, found, strict=True):
                answers[index] = words
        return answers

    def _recognize_alike(
        self, requests: Sequence[RecognitionRequest], mode: Mode, alphabet: str
    ) -> list[tuple[RecognizedWord, ...]]:
        """One call: Tesseract takes a text file that lists pictures, and numbers them as pages."""
        import pytesseract

        with tempfile.TemporaryDirectory(prefix="sop-ocr-") as folder:
            paths = [str(Path(folder) / f"{index}.png") for index in range(len(requests))]
            for path, request in zip(paths, requests, strict=True):
                cv2.imwrite(path, request.pixels)
            listing = Path(folder) / "pictures.txt"
            listing.write_text("\n".join(paths) + "\n", encoding="utf-8")
            tsv = pytesseract.image_to_data(
                str(listing), lang="+".join(self._languages), config=self._options(mode, alphabet)
            )
        return words_by_page(tsv, len(requests))

    def _options(self, mode: Mode, alphabet: str) -> str:
        options = f"--psm {SEGMENTATION[mode]} --dpi {self._resolution} -c tessedit_do_invert=0"
        return f"{options} -c tessedit_char_whitelist={alphabet}" if alphabet else options
