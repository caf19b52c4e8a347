from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline import doctor
from pipeline.doctor import Finding, findings, missing, ocr_environment, tesseract_languages, tesseract_version

PROJECT = Path(__file__).parent.parent


def test_every_package_of_the_project_is_looked_for() -> None:
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert sorted(name.split(">=")[0] for name in wanted) == sorted(doctor.PACKAGES)


def test_what_is_installed_is_found() -> None:
    found = {str(finding.what): finding for finding in findings()}
    assert found["pydantic"].found
    assert found["Python 3.11 or later"].found


def test_without_tesseract_only_scans_are_lost(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tesseract_version() is None
    assert tesseract_languages() == ()
    assert ocr_environment().startswith("tesseract None")
    lost = missing(findings())
    assert [str(finding.what) for finding in lost] == ["tesseract", "tesseract language ind"]
    assert all(str(finding.advice).startswith("apt-get install") for finding in lost)


def test_a_tesseract_that_fails_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho broken; exit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert tesseract_version() is None


def test_what_is_optional_is_never_missing() -> None:
    assert missing([Finding("node", None, "optional")]) == ()


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_package_of_the_project_is_locked(lock: str) -> None:
    locked = {line.partition("==")[0] for line in (PROJECT / "locks" / f"{lock}.txt").read_text().splitlines()}
    assert [name for name in doctor.PACKAGES if name.replace(".", "-") not in locked] == []
