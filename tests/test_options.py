from __future__ import annotations

import pytest

from pipeline.errors import PipelineError
from pipeline.options import SecondReaderUse, settings_of
from pipeline.settings import Settings


def test_options_become_settings() -> None:
    plain = settings_of(ocr_lang=None, dpi=None, force_ocr=False, no_ocr=False)
    assert plain == Settings()
    asked = settings_of(ocr_lang="ind+eng", dpi=300.0, force_ocr=True, no_ocr=False)
    assert (asked.ocr.languages, asked.ocr.when, asked.scan.dpi) == (("ind", "eng"), "force", 300.0)
    assert settings_of(ocr_lang=None, dpi=None, force_ocr=False, no_ocr=True).ocr.when == "never"
    every = settings_of(ocr_lang=None, dpi=None, force_ocr=False, no_ocr=False, second=SecondReaderUse.ALL)
    assert (plain.ocr.second, every.ocr.second) == ("doubtful", "all")
    with pytest.raises(PipelineError):
        settings_of(ocr_lang=None, dpi=None, force_ocr=True, no_ocr=True)
