"""The lock on a file that several processes change: one at a time, and nothing stays of it."""

from __future__ import annotations

from errno import EEXIST, ENOENT, ENOLCK
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from filelock import FileLock

from pipeline.errors import PipelineError
from pipeline.settings.output_folders import FileLockSettings
from pipeline.store.file_lock import locked
from pipeline.store.remote_path import place_of

AT_ONCE = FileLockSettings(wait=0.0)


@pytest.mark.parametrize("address", ["", "memory://locked"])
def test_a_second_one_is_refused_or_waits(tmp_path: Path, address: str) -> None:
    path = place_of(address or str(tmp_path)) / "corrections" / "a.yaml"
    ends = []

    def wait() -> None:
        with locked(path):
            ends.append("second")

    with locked(path):
        with pytest.raises(PipelineError, match="is being changed by another program"), locked(path, AT_ONCE):
            pass
        second = Thread(target=wait)
        second.start()
        ends.append("first")
    second.join()
    assert ends == ["first", "second"]
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_folder_that_the_last_holder_removes_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, said = tmp_path / "corrections" / "a.yaml", [FileExistsError(EEXIST, ""), FileNotFoundError(ENOENT, "")]
    made = Path.mkdir

    def mkdir(self: Path, *given: Any, **named: Any) -> None:
        if self == path.parent and said:
            raise said.pop()
        made(self, *given, **named)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with locked(path):
        assert path.parent.is_dir()
    assert not said
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_was_written_no_folder_stays(tmp_path: Path) -> None:
    with locked(tmp_path / "corrections" / "kab" / "a.yaml"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "corrections" / "a.yaml"
    with locked(path):
        path.write_text("x")
    assert [one.name for one in path.parent.iterdir()] == ["a.yaml"]


def test_where_there_are_no_locks_a_lease_stands_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_given: Any, **_named: Any) -> None:
        raise OSError(ENOLCK, "No locks available")

    monkeypatch.setattr(FileLock, "acquire", no_locks)
    path = tmp_path / "a.yaml"
    with (
        locked(path),
        pytest.raises(PipelineError, match="is being changed by another program"),
        locked(path, AT_ONCE),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(PipelineError, match="cannot be written"), locked(tmp_path / "file" / "a.yaml"):
        pass
