"""The same over SFTP, which tears files, has folders, and whose servers have to be known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from sftp_server import PASSWORD, USER, sftp_server

from pipeline.store import known_hosts
from pipeline.store.atomic import write_bytes, write_lines
from pipeline.store.outputs import remove_document
from pipeline.store.remote_path import all_below, fetched, place_of
from pipeline.store.remote_store import StoreError


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Any]]:
    fsspec.get_filesystem_class("sftp").clear_instance_cache()
    monkeypatch.setattr(known_hosts, "FILES", (tmp_path / "known_hosts",))
    (tmp_path / "served").mkdir()
    with sftp_server(tmp_path / "served") as served:
        yield served


def known(tmp_path: Path, port: int, key: Any) -> None:
    line = f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n"
    (tmp_path / "known_hosts").write_text(line)


def test_files_are_written_beside_and_moved(server: tuple[int, Any], tmp_path: Path) -> None:
    known(tmp_path, *server)
    out = place_of(f"sftp://{USER}:{PASSWORD}@127.0.0.1:{server[0]}/out")
    assert not out.exists()
    for content in (b"satu", b"dua", b"dua"):
        write_bytes(out / "sub" / "a.json", content)
    write_lines(out / "index.jsonl", iter([b"1\n", b"2\n"]))
    served = {path.relative_to(tmp_path / "served").as_posix(): path for path in (tmp_path / "served").rglob("*.*")}
    assert {name: path.read_bytes() for name, path in served.items()} == {
        "out/sub/a.json": b"dua",
        "out/index.jsonl": b"1\n2\n",
    }
    assert sorted(path.name for path in all_below(out)) == ["a.json", "index.jsonl"]
    with fetched(out / "sub" / "a.json") as local:
        assert local.read_bytes() == b"dua"
    write_bytes(out / "doc" / "document.json", b"{}")
    remove_document(out, out / "doc")
    assert not (tmp_path / "served" / "out" / "doc").exists()
    assert (out / "sub" / "a.json").is_file()


def test_a_server_that_is_not_known_is_not_spoken_to(server: tuple[int, Any], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="known_hosts") as told:
        place_of(f"sftp://{USER}:{PASSWORD}@127.0.0.1:{server[0]}/out").exists()
    assert PASSWORD not in f"{told.value} {told.value.advice}"


def test_a_wrong_password_is_told_without_it(server: tuple[int, Any], tmp_path: Path) -> None:
    known(tmp_path, *server)
    with pytest.raises(StoreError, match="Authentication failed") as told:
        place_of(f"sftp://{USER}:s4lah@127.0.0.1:{server[0]}/out").exists()
    assert "s4lah" not in f"{told.value} {told.value.advice}"


def test_a_server_that_is_lost_is_no_missing_file(server: tuple[int, Any], tmp_path: Path) -> None:
    known(tmp_path, *server)
    out = place_of(f"sftp://{USER}:{PASSWORD}@127.0.0.1:{server[0]}/out")
    write_bytes(out / "a", b"1")
    fsspec.filesystem("sftp", **_opened()).client.close()
    with pytest.raises(StoreError):
        (out / "a").exists()


def _opened() -> dict[str, Any]:
    (system,) = fsspec.get_filesystem_class("sftp")._cache.values()
    return dict(system.storage_options)
