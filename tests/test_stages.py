"""A document from its file to its records or its drawing, whatever kind of file it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typeset import Cover, SopSpec, chain, typeset

from pipeline import stages
from pipeline.settings import Settings
from pipeline.stages import digitize, inspect

TRANSCRIPT = Path(__file__).parent.parent / "inputs" / "lampiran-vii-pergub-kalsel.txt"
SETTINGS = Settings()


def test_a_file_that_cannot_be_read_is_told_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    done = digitize(tmp_path / "a.pdf")
    assert (done.document.status, done.document.name, done.records) == ("empty", "a", ())
    assert done.document.message


def test_a_transcript_gives_records_like_any_other_file() -> None:
    done = digitize(TRANSCRIPT)
    assert done.document.kind == "transcript"
    assert done.document.status == "ok"
    (record,) = done.records
    assert record.id == "lampiran-vii-pergub-kalsel/01"
    assert record.source.kind == "transcript"
    assert len(record.kegiatan) == 24


def test_pages_are_counted_as_they_are_read(tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(4),)), tmp_path / "a.pdf")
    seen: list[tuple[int, int]] = []
    digitize(tmp_path / "a.pdf", on_page=lambda *counted: seen.append(counted))
    assert seen == [(1, 2), (2, 2)]


def test_what_the_pages_of_a_long_document_left_is_handed_back_before_its_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, released = tmp_path / "sop.pdf", []
    typeset(SopSpec(Cover(), (chain(3),)), path)
    monkeypatch.setattr(stages, "release_memory", lambda: released.append(path))
    short = digitize(path)
    assert released == []
    monkeypatch.setattr(stages, "LONG", len(short.document.pages))
    assert digitize(path) == short
    assert released == [path]


def test_what_was_seen_on_every_page_can_be_drawn(tmp_path: Path) -> None:
    typeset(SopSpec(Cover(), (chain(4),)), tmp_path / "a.pdf")
    cover, matrix = inspect(tmp_path / "a.pdf", SETTINGS)
    assert [(view.role, view.sops) for view in (cover, matrix)] == [("cover", ("01",)), ("matrix", ("01",))]
    assert len(matrix.bands) == 4
    assert [symbol.kind for symbol in matrix.symbols] == ["start", "process", "process", "end"]
    assert cover.picture is not None
    assert matrix.picture is not None


def test_a_transcript_is_drawn_without_pictures() -> None:
    cover, *others = inspect(TRANSCRIPT, SETTINGS)
    assert [cover.role, *(view.role for view in others)] == ["cover", *["matrix"] * 4]
    assert sum(len(view.bands) for view in others) == 24
    assert all(view.picture is None for view in (cover, *others))
