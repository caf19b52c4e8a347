from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from fakes import fake_digitize

from pipeline.batch.inputs import gather
from pipeline.batch.job import Job, run_job
from pipeline.errors import PipelineError
from pipeline.settings import Settings


def made(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return folder


def test_a_folder_is_searched_with_all_it_holds(tmp_path: Path) -> None:
    found = gather([made(tmp_path, "b.PDF", "a/c.jpeg", "a/d.txt")])
    assert [(document.name, document.file) for document in found.documents] == [
        ("a/c", "a/c.jpeg"),
        ("a/d", "a/d.txt"),
        ("b", "b.PDF"),
    ]
    assert [document.path for document in found.documents] == [tmp_path / d.file for d in found.documents]


def test_what_is_no_document_is_passed_over_and_told(tmp_path: Path) -> None:
    found = gather([made(tmp_path, "a.pdf", "b.xlsx", "README.md", "sub/Readme.txt", ".hidden.pdf", ".git/x.pdf")])
    assert [document.name for document in found.documents] == ["a"]
    assert found.passed_over == (".git/", ".hidden.pdf", "README.md", "b.xlsx", "sub/Readme.txt")


def test_a_word_processor_file_takes_no_name_from_the_pdf_beside_it(tmp_path: Path) -> None:
    found = gather([made(tmp_path, "a.pdf", "a.docx", "b.odt", "~$a.docx")])
    assert [document.name for document in found.documents] == ["a", "a.docx", "b.odt"]
    assert found.passed_over == ("~$a.docx",)


def test_links_in_a_circle_are_documents_and_links_to_folders_are_told(tmp_path: Path) -> None:
    made(tmp_path, "in/a.pdf")
    (tmp_path / "in" / "loop.pdf").symlink_to("loop.pdf")
    (tmp_path / "in" / "gone.pdf").symlink_to("nowhere.pdf")
    (tmp_path / "in" / "again").symlink_to(tmp_path / "in")
    found = gather([tmp_path / "in"])
    assert [document.file for document in found.documents] == ["a.pdf", "gone.pdf", "loop.pdf"]
    assert found.passed_over == ("again/",)
    statuses = [
        run_job(Job(document, Settings(), digitize=fake_digitize)).document.status for document in found.documents
    ]
    assert statuses == ["ok", "unreadable", "unreadable"]
    assert [document.file for document in gather([tmp_path / "in" / "loop.pdf"]).documents] == ["loop.pdf"]


def test_a_folder_that_cannot_be_read_is_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "in/a.pdf", "in/closed/b.pdf")
    listed = os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", refuse)
    found = gather([tmp_path / "in"])
    assert [document.file for document in found.documents] == ["a.pdf", "closed"]
    assert [found.may_hold(file) for file in ("closed/b.pdf", "closed.pdf", "a.pdf")] == [True, False, False]
    result = run_job(Job(found.documents[1], Settings())).document
    assert result.status == "unreadable"
    assert "Permission denied" in str(result.message)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are for Unix")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    (document,) = gather([tmp_path]).documents
    assert run_job(Job(document, Settings())).document.status == "unreadable"


def test_names_do_nothing_to_a_terminal(tmp_path: Path) -> None:
    made(tmp_path, "a\x1b[2Jb.pdf", "c\nd.pdf", "e\u202efdp.pdf")
    names = [document.name for document in gather([tmp_path]).documents]
    assert names == ["a\ufffd[2Jb", "c\ufffdd", "e\ufffdfdp"]


def test_a_file_that_is_named_is_always_an_input(tmp_path: Path) -> None:
    made(tmp_path, "README.md", "surat.xlsx")
    found = gather([tmp_path / "README.md", tmp_path / "surat.xlsx"])
    assert [document.file for document in found.documents] == ["README.md", "surat.xlsx"]
    assert gather([tmp_path, tmp_path / "surat.xlsx"]).passed_over == ("README.md",)


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    made(tmp_path, "a.pdf", "out/pages/page-001.png")
    assert [document.name for document in gather([tmp_path], tmp_path / "out").documents] == ["a"]


def test_the_same_file_given_twice_is_one_input(tmp_path: Path) -> None:
    made(tmp_path, "a.pdf")
    assert len(gather([tmp_path, tmp_path / "a.pdf", tmp_path]).documents) == 1


def test_the_same_name_below_two_folders(tmp_path: Path) -> None:
    one, two = made(tmp_path / "one", "a.pdf"), made(tmp_path / "two", "a.pdf")
    assert sorted(document.name for document in gather([one, two]).documents) == ["a-2.pdf", "a.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no UTF-8 exist on Linux only")
def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.pdf")).write_text("")
    (document,) = gather([tmp_path]).documents
    assert document.file.encode("utf-8").decode("utf-8") == "a\ufffd.pdf"
    assert document.path.exists()


def test_what_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="there is no file or folder"):
        gather([tmp_path / "nope"])
    with pytest.raises(PipelineError, match="no documents in"):
        gather([made(tmp_path, "a.xlsx")])
