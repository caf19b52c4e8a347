from __future__ import annotations

from fakes import digitized

from pipeline.export.json import files_of, index_of, named
from pipeline.model.document import Digitized, Document
from pipeline.model.issue import Issue
from pipeline.model.record import Record


def failed(name: str) -> Digitized:
    return Digitized(Document(name=name, file=f"{name}.pdf", sha256="", status="empty", message="the file is empty"))


def test_files_of_a_document() -> None:
    files = dict(files_of(digitized("a", ("Satu", None))))
    assert list(files) == ["01-satu.sop.json", "02-tanpa-nama.sop.json", "document.json"]
    assert Record.model_validate(files["01-satu.sop.json"]).header.nama_sop == "Satu"


def test_the_document_lists_its_records() -> None:
    (entry,) = named(digitized()).sops
    times = entry.model_dump(include={"waktu", "waktu_pelaksana"})
    assert (times["waktu"]["steps"], times["waktu"]["total_menit"], times["waktu_pelaksana"]) == (1, None, {})
    assert entry.model_dump(exclude={"waktu", "waktu_pelaksana"}) == {
        "id": "a/01",
        "file": "01-uji-coba.sop.json",
        "nama_sop": "Uji Coba",
        "judul": None,
        "pages": (1, 1),
        "kegiatan": 1,
        "issues": 0,
    }


def test_a_failed_document_has_its_file_too() -> None:
    files = dict(files_of(failed("a")))
    assert list(files) == ["document.json"]
    assert Document.model_validate(files["document.json"]).status == "empty"


def test_the_index_is_in_order_of_name_and_adds_up() -> None:
    one = digitized("b", ("Satu", "Dua"))
    issue = Issue(code="x", severity="warning", message="y")
    one = Digitized(one.document.model_copy(update={"issues": [issue]}), one.records)
    index = index_of([one, failed("a")], ["z.docx", "README.md"])
    assert [entry.name for entry in index.documents] == ["a", "b"]
    assert index.totals.model_dump() == {
        "documents": 2,
        "ok": 1,
        "no_sop": 0,
        "failed": 1,
        "pages": 2,
        "sops": 2,
        "kegiatan": 2,
        "issues": 1,
    }
    assert index.passed_over == ["README.md", "z.docx"]
