from __future__ import annotations

import pickle
from functools import partial

import cv2
import numpy as np
import pytest

from pipeline.batch.attempt import Done, Fault, attempt, described
from pipeline.errors import PipelineError
from pipeline.model.document import DocumentError
from pipeline.ocr.protocol import OcrMissingError
from pipeline.store.cache import key_of


def fails(error: BaseException) -> None:
    raise error


def test_a_value_comes_through() -> None:
    assert attempt(lambda: 3) == Done(3)


def test_a_bad_document_says_what_it_is() -> None:
    assert attempt(lambda: fails(DocumentError("empty", "the file is empty"))) == Fault("empty", "the file is empty")


def test_a_missing_recogniser_is_a_matter_of_the_documents_that_need_it() -> None:
    outcome = attempt(lambda: fails(OcrMissingError("no Tesseract", "tesseract-ocr")))
    assert isinstance(outcome, Fault)
    assert (outcome.status, str(outcome.message)) == ("ocr-missing", "no Tesseract: apt-get install tesseract-ocr")


def test_what_nobody_foresaw_is_told_in_one_line() -> None:
    outcome = attempt(lambda: fails(KeyError("a\nb")))
    assert isinstance(outcome, Fault)
    assert outcome.status == "failed"
    assert "KeyError" in str(outcome.message)
    assert "\n" not in str(outcome.message)


def test_a_library_that_lacks_memory_in_words_of_its_own_makes_a_document_too_large() -> None:
    outcome = attempt(lambda: cv2.resize(np.zeros((9, 9), np.uint8), (2**22, 2**24)))  # 70 terabytes
    assert isinstance(outcome, Fault)
    assert outcome.status == "too-large"


def test_the_place_in_the_package_is_told() -> None:
    with pytest.raises(AttributeError) as caught:
        key_of([3])  # type: ignore[list-item]
    assert described(caught.value).endswith(f"(store/cache.py:{caught.traceback[-1].lineno + 1})")


def test_a_broken_environment_and_an_interrupt_are_no_matter_of_one_document() -> None:
    for error in (PipelineError("x"), KeyboardInterrupt()):
        with pytest.raises(type(error)):
            attempt(partial(fails, error))


def test_errors_come_home_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(OcrMissingError("no Tesseract", "tesseract-ocr")))
    assert (str(error.message), error.advice, error.package) == (
        "no Tesseract: apt-get install tesseract-ocr",
        "apt-get install tesseract-ocr",
        "tesseract-ocr",
    )
