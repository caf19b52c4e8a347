from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest
from fakes import digitized

from pipeline.errors import PipelineError
from pipeline.model.document import Digitized, PageEntry
from pipeline.settings.collections import CollectionSettings
from pipeline.store import search_index
from pipeline.store.outputs import remove_document, write_document
from pipeline.store.search_index import INDEX, match_of, search

SETTINGS = CollectionSettings()


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    result = digitized("a", ("Penanganan Laporan", "Évaluasi Tata Usaha"))
    annex = PageEntry(number=9, kind="text", role="other", text="Lampiran laporan bulanan")
    pages = [*result.document.pages, annex]
    write_document(tmp_path, Digitized(result.document.model_copy(update={"pages": pages}), result.records))
    return tmp_path


def found(out: Path, query: str) -> list[tuple[str | None, str, int | None]]:
    return [(hit.sop_id, hit.path, hit.page) for hit in search(out, query, 10, SETTINGS)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("lapor", [("a/01", "/header/nama_sop", None), (None, "/pages/2/text", 9)]),
        ("LAPOR penang", [("a/01", "/header/nama_sop", None)]),
        ("evaluasi", [("a/02", "/header/nama_sop", None)]),
        ('"tata usaha"', [("a/02", "/header/nama_sop", None)]),
        ('"usaha tata"', []),
        ('"tat"', []),  # in quotes words are whole
        ("NEAR(lapor", []),
        ("menerima* -surat:", [("a/01", "/kegiatan/0/uraian", None), ("a/02", "/kegiatan/0/uraian", None)]),
    ],
)
def test_words_are_found_with_their_place(outputs: Path, query: str, hits: list[tuple[str, str, int]]) -> None:
    assert found(outputs, query) == hits


def test_the_index_follows_the_files(outputs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(found(outputs, "penanganan")) == 1
    taken: list[str] = []
    take_in = search_index._take_in

    def noted(index: sqlite3.Connection, out: Path, file: str, digests: Mapping[str, str]) -> None:
        taken.append(file)
        take_in(index, out, file, digests)

    monkeypatch.setattr(search_index, "_take_in", noted)
    write_document(outputs, digitized("b", ("Penanganan Cuti",)))
    assert len(found(outputs, "penanganan")) == 2
    assert taken == ["b/01-penanganan-cuti.sop.json", "b/document.json"]
    remove_document(outputs, outputs / "a")
    assert [hit[0] for hit in found(outputs, "penanganan")] == ["b/01"]


@pytest.mark.parametrize("content", [b"no database", None])
def test_a_damaged_or_old_index_is_made_anew(outputs: Path, content: bytes | None) -> None:
    found(outputs, "lapor")
    path = outputs / ".cache" / INDEX
    if content is not None:
        path.write_bytes(content)
    else:
        with sqlite3.connect(path) as index:
            index.execute("DROP TABLE files")
            index.execute("PRAGMA user_version = 0")
    assert len(found(outputs, "lapor")) == 2


def test_a_folder_that_takes_no_index_is_searched_all_the_same(outputs: Path) -> None:
    (outputs / ".cache").write_text("a file where the folder should be")
    assert len(found(outputs, "lapor")) == 2


def test_files_that_are_none_of_ours_are_passed_over(outputs: Path) -> None:
    (outputs / "01-x.sop.json").write_text("{}")
    assert len(found(outputs, "lapor")) == 2


@pytest.mark.parametrize(("query", "told"), [("", "no word"), ('-"()"', "no word")])
def test_nothing_to_search_for_is_told(outputs: Path, query: str, told: str) -> None:
    with pytest.raises(PipelineError, match=told):
        search(outputs, query, 1, SETTINGS)


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match="there is no folder"):
        search(tmp_path / "gone", "a", 1, SETTINGS)


def test_marks_of_the_query_language_are_words_or_nothing() -> None:
    assert match_of('a AND "b OR c" ) d*') == '"a"* "AND"* "b OR c" "d"*'
