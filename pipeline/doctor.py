"""What is installed, and what is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.message import Message, msg
from pipeline.readers.office import libreoffice
from pipeline.store.cache import installed

Need = Literal["needed", "for scans", "optional"]

PACKAGES = (
    "babel",
    "camelot-py",
    "filelock",
    "jinja2",
    "numpy",
    "opencv-python-headless",
    "pandas",
    "pdfplumber",
    "pikepdf",
    "pillow",
    "psutil",
    "pydantic",
    "pypdfium2",
    "pytesseract",
    "python-docx",
    "python-multipart",
    "rapidfuzz",
    "rich",
    "ruamel.yaml",
    "scipy",
    "starlette",
    "threadpoolctl",
    "typer",
    "uvicorn",
    "watchdog",
    "wordfreq",
    "xlsxwriter",
)
SECOND_READER = ("rapidocr", "onnxruntime")
LANGUAGES = ("ind", "eng")
OLDEST_PYTHON = (3, 11)
TIMEOUT_SECONDS = 20.0  # for a program to tell its version, on a machine that is busy


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked for.

    Attributes:
        what: Its name, for people.
        found: Its version or place; None where it is missing.
        need: What it is needed for.
        advice: The command that installs it, or what there is instead.
    """

    what: Message | str
    found: Message | str | None
    need: Need
    advice: Message | str = ""


def findings() -> tuple[Finding, ...]:
    """Look for all that the program uses, what is needed first."""
    return (
        _python(),
        *(_package(name) for name in PACKAGES),
        *_tesseract(),
        _tesserocr(),
        *_second(),
        _cluster(),
        *_stores(),
        _office(),
        *_browsers(),
    )


def missing(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that are needed, always or for scans, and are not there."""
    return tuple(finding for finding in found if finding.found is None and finding.need != "optional")


def ocr_environment() -> str:
    """What recognition depends on besides its settings: the program, its version and its languages, in one line."""
    version, languages = tesseract_version(), tesseract_languages()
    second = " ".join(f"{name} {installed(name)}" for name in SECOND_READER)
    return f"tesseract {version} {'+'.join(languages)} tesserocr {installed('tesserocr')} {second}"


def tesseract_version() -> str | None:
    """The version of the `tesseract` program; None where there is none that runs."""
    lines = _output("tesseract", "--version")
    return lines[0].split()[-1] if lines else None


def tesseract_languages() -> tuple[str, ...]:
    """The languages that the `tesseract` program has data for."""
    return tuple(sorted(line for line in _output("tesseract", "--list-langs") if " " not in line))


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    found = version if sys.version_info >= OLDEST_PYTHON else None
    return Finding(msg("Python 3.11 or later"), found, "needed", msg("this is {version}", version=version))


def _package(name: str) -> Finding:
    return Finding(name, installed(name), "needed", f"pip install {name}")


def _tesseract() -> tuple[Finding, ...]:
    languages = tesseract_languages()
    program = Finding("tesseract", tesseract_version(), "for scans", "apt-get install tesseract-ocr")
    data = (
        Finding(
            msg("tesseract language {name}", name=name),
            msg("installed") if name in languages else None,
            "for scans" if name == LANGUAGES[0] else "optional",
            f"apt-get install tesseract-ocr-{name}",
        )
        for name in LANGUAGES
    )
    return (program, *data)


def _tesserocr() -> Finding:
    return Finding(msg("tesserocr (faster)"), installed("tesserocr"), "optional", "pip install tesserocr")


def _second() -> tuple[Finding, ...]:
    install = "pip install 'sop-pipeline[second]'"
    return tuple(
        Finding(msg("{name} (second reader)", name=name), installed(name), "optional", install)
        for name in SECOND_READER
    )


def _cluster() -> Finding:
    install = "pip install 'sop-pipeline[cluster]'"
    return Finding(msg("dask.distributed (--cluster)"), installed("distributed"), "optional", install)


def _stores() -> tuple[Finding, ...]:
    packages = {"fsspec": "remote", "s3fs": "s3", "paramiko": "sftp"}
    return tuple(
        Finding(
            msg("{name} (stores by URL)", name=name),
            installed(name),
            "optional",
            f"pip install 'sop-pipeline[{extra}]'",
        )
        for name, extra in packages.items()
    )


def _office() -> Finding:
    advice = "apt-get install libreoffice-writer-nogui"
    return Finding(msg("LibreOffice (docx, doc, odt)"), libreoffice(), "optional", advice)


def _browsers() -> tuple[Finding, ...]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    return (
        Finding(msg("chromium (tests)"), chromium, "optional", "apt-get install chromium"),
        Finding(msg("node (tests)"), shutil.which("node"), "optional", "apt-get install nodejs"),
    )


def _output(program: str, *arguments: str) -> tuple[str, ...]:
    """The lines a program prints; none where it is missing, fails or takes too long."""
    path = shutil.which(program)
    if path is None:
        return ()
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(
            [path, *arguments], capture_output=True, text=True, timeout=TIMEOUT_SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple((done.stdout or done.stderr).splitlines()) if done.returncode == 0 else ()
