from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import options
from pipeline.errors import PipelineError
from pipeline.options import SecondReaderUse, password_of, settings_of
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


def test_a_language_that_is_not_installed_is_told_before_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(options, "tesseract_languages", lambda: ("eng", "ind", "osd"))
    assert settings_of(ocr_lang="ind+eng", no_ocr=False, dpi=None, force_ocr=False).ocr.languages == ("ind", "eng")
    with pytest.raises(PipelineError, match='no language "jav"'):
        settings_of(ocr_lang="ind+jav", no_ocr=False, dpi=None, force_ocr=False)
    settings_of(ocr_lang="ind+jav", no_ocr=True, dpi=None, force_ocr=False)


def test_passwords_come_from_the_command_a_file_or_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOP_PASSWORD", raising=False)
    (tmp_path / "words.txt").write_text("satu\n\ndua\n")
    assert password_of(None, None) is None
    assert password_of("x", None) == "x"
    assert password_of(None, tmp_path / "words.txt") == "satu\ndua"
    monkeypatch.setenv("SOP_PASSWORD", "tiga")
    assert password_of(None, None) == "tiga"
    with pytest.raises(PipelineError, match="exclude"):
        password_of("x", tmp_path / "words.txt")
    with pytest.raises(PipelineError, match="cannot be read"):
        password_of(None, tmp_path / "none.txt")
