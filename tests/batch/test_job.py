from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fakes import fake_digitize

from pipeline.batch.inputs import Input
from pipeline.batch.job import Job, cached_result, run_job
from pipeline.settings import Settings


def job(folder: Path, content: str, name: str = "sub/a.txt") -> Job:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    document = Input(path, name, name.rpartition(".")[0])
    return Job(document, Settings(), cache=folder / "cache", digitize=fake_digitize)


def test_a_document_is_read_under_the_name_the_run_knows(tmp_path: Path) -> None:
    result = run_job(job(tmp_path, "Satu Dua"))
    assert (result.document.name, result.document.file) == ("sub/a", "sub/a.txt")
    assert [(record.id, record.source.file) for record in result.records] == [
        ("sub/a/01", "sub/a.txt"),
        ("sub/a/02", "sub/a.txt"),
    ]


def test_pages_are_reported(tmp_path: Path) -> None:
    reported: list[tuple[str, int, int]] = []
    run_job(job(tmp_path, "Satu"), lambda *page: reported.append(page))
    assert reported == [("sub/a", 1, 1)]


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        ("crash", "failed", "KeyError"),
        ("fault", "encrypted", "a password is needed"),
        ("no-ocr", "ocr-missing", "apt-get install tesseract-ocr"),
        ("", "no-sop", "none"),
    ],
)
def test_whatever_is_wrong_is_its_status(tmp_path: Path, content: str, status: str, message: str) -> None:
    document = run_job(job(tmp_path, content)).document
    assert document.status == status
    assert message in str(document.message)


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    document = run_job(Job(Input(tmp_path, "a.pdf", "a"), Settings())).document  # a folder
    assert document.status == "unreadable"


def test_a_kind_that_no_reader_takes(tmp_path: Path) -> None:
    assert run_job(job(tmp_path, "x", "a.xlsx")).document.status == "unsupported"
    assert run_job(job(tmp_path, "%PDF-1.4 x", "surat.unduh")).document.status == "ok"


def test_a_result_is_cached(tmp_path: Path) -> None:
    one = job(tmp_path, "Satu Dua")
    assert cached_result(one) is None
    result = run_job(one)
    assert cached_result(one) == result
    assert cached_result(replace(one, cache=None)) is None


def test_nothing_is_cached_of_another_content_name_setting_or_word(tmp_path: Path) -> None:
    one = job(tmp_path, "Satu")
    run_job(one)
    others = [
        replace(one, document=replace(one.document, name="b")),
        replace(one, settings=replace(one.settings, ocr=replace(one.settings.ocr, when="never"))),
        replace(one, password="rahasia"),
        replace(one, environment="tesseract 9"),
        replace(one, taught={"units": {"mnt": "menit"}}),
    ]
    assert [cached_result(other) for other in others] == [None] * len(others)
    one.document.path.write_text("Dua")
    assert cached_result(one) is None


@pytest.mark.parametrize("content", ["crash", "fault", "no-ocr"])
def test_a_failure_is_not_kept(tmp_path: Path, content: str) -> None:
    one = job(tmp_path, content)
    run_job(one)
    assert cached_result(one) is None
