from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline.errors import PipelineError
from pipeline.store import remote_store
from pipeline.store.atomic import write_bytes
from pipeline.store.remote_path import RemotePath, address_from, fetched, listed, place_from, place_of, remote
from pipeline.store.remote_store import StoreError


@pytest.fixture(autouse=True)
def _empty_memory() -> Iterator[None]:
    def clear() -> None:
        MemoryFileSystem.store.clear()
        MemoryFileSystem.pseudo_dirs[:] = [""]

    clear()
    yield
    clear()


def path_at(url: str) -> RemotePath:
    path = remote(place_of(url))
    assert path is not None
    return path


def test_a_path_of_this_machine_stays_one() -> None:
    assert place_of("out/a") == Path("out/a")
    assert place_of(Path("out/a")) == Path("out/a")
    assert place_of("file:///srv/out") == Path("/srv/out")
    assert place_of("a/b://c") == Path("a/b://c")
    assert remote(Path("out")) is None


@pytest.mark.parametrize(
    ("url", "shown", "name"),
    [
        ("memory://in/a b.pdf", "memory://in/a b.pdf", "a b.pdf"),
        ("s3://bucket/in/", "s3://bucket/in", "in"),
        ("s3://bucket", "s3://bucket", "bucket"),
        ("sftp://ana:r4hasia@host:2222/srv/in", "sftp://host:2222/srv/in", "in"),
    ],
)
def test_a_url_is_shown_without_credentials(url: str, shown: str, name: str) -> None:
    path = path_at(url)
    assert (str(path), path.name) == (shown, name)
    assert "r4hasia" not in repr(path)
    assert pickle.loads(pickle.dumps(path)) == path
    assert str(path / "sub" / "c.json") == f"{shown}/sub/c.json"
    assert path / "sub" / "c.json" != path / "sub"


def test_nothing_leads_above_a_bucket() -> None:
    assert str(path_at("s3://bucket/a").parent.parent) == "s3://bucket"
    assert str(path_at("s3://bucket/a/b").bucket) == "s3://bucket"
    assert path_at("memory://a").bucket is None


def test_files_are_written_read_listed_and_removed() -> None:
    out = place_of("memory://out")
    assert not out.exists()
    assert write_bytes(out / "b" / "x.json", b"1")
    assert write_bytes(out / "a.json", b"22")
    assert not write_bytes(out / "a.json", b"22")
    assert write_bytes(out / "a.json", b"33")
    assert (out / "a.json").read_bytes() == b"33"
    assert [(str(path), path.is_dir()) for path in sorted(out.iterdir())] == [
        ("memory://out/a.json", False),
        ("memory://out/b", True),
    ]
    assert (out / "b").is_dir()
    assert (out / "a.json").is_file()
    with fetched(out / "a.json") as local:
        assert (local.suffix, local.read_bytes()) == (".json", b"33")
    assert not local.exists()
    (out / "a.json").unlink()
    (out / "a.json").unlink(missing_ok=True)
    with pytest.raises(FileNotFoundError):
        (out / "a.json").unlink()
    with pytest.raises(OSError, match="out"):
        out.rmdir()
    assert (out / "b" / "x.json").exists()


def test_a_listing_tells_of_a_change() -> None:
    out = place_of("memory://out")
    write_bytes(out / "a", b"1")
    first = path_at("memory://out/a").look()
    assert first == path_at("memory://out/a").look()
    write_bytes(out / "a", b"2")
    assert first.version
    assert path_at("memory://out/a").look() != first


def test_what_a_store_tells_of_a_file_saves_reading_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The ETag of S3 is the MD5 of what was put at once; where it is not, the file is read."""
    write_bytes(place_of("memory://out/a"), b"abc")
    path = path_at("memory://out/a")
    unlike = replace(path, listed=listed({"type": "file", "size": 3, "ETag": '"900150983cd24fb0-2"'}))
    assert (unlike.holds(b"abc"), unlike.holds(b"abd"), unlike.holds(b"ab")) == (True, False, False)
    monkeypatch.setattr(MemoryFileSystem, "cat_file", lost)
    like = replace(path, listed=listed({"type": "file", "size": 3, "ETag": '"900150983cd24fb0d6963f7d28e17f72"'}))
    assert like.holds(b"abc")
    assert not like.holds(b"ab")


def test_a_store_that_tears_files_is_written_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_store, "WHOLE_PUTS", frozenset())
    put = MemoryFileSystem.pipe_file

    def lost(self: MemoryFileSystem, path: str, value: bytes, **_: object) -> None:
        put(self, path, value[:5])
        raise EOFError("Server connection dropped")

    folder = place_of("memory://out/sub")
    write_bytes(folder / "a.json", b"old, and whole")
    monkeypatch.setattr(MemoryFileSystem, "pipe_file", lost)
    with pytest.raises(StoreError, match=r"memory://out/sub/a\.json does not answer: EOFError: Server connection"):
        write_bytes(folder / "a.json", b"new, and cut off")
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("a.json", b"old, and whole")]


def lost(*_: object, **__: object) -> None:
    raise ConnectionResetError("https://ana:r4hasia@host/in?X-Amz-Signature=1a2b failed\nfor bucket, " + "x" * 300)


@pytest.mark.parametrize("ask", ["exists", "is_dir", "is_file", "read_bytes", "iterdir", "look"])
def test_a_store_that_does_not_answer_is_no_missing_file(ask: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("info", "ls", "cat_file"):
        monkeypatch.setattr(MemoryFileSystem, name, lost)
    with pytest.raises(StoreError) as told:
        list(getattr(path_at("memory://in/a.pdf"), ask)() or ())
    line = str(told.value)
    assert line.startswith("memory://in/a.pdf does not answer: ConnectionResetError: https://host/in failed for bucket")
    assert "\n" not in line
    assert len(line) < 300
    again = pickle.loads(pickle.dumps(told.value))
    assert (str(again), again.advice) == (line, told.value.advice)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nothing://a", "there is no kind of store nothing://"),
        ("http://localhost/a.pdf", "there is no kind of store http://"),
        ("s3://key:secret@bucket/a", "an address of s3:// takes no credentials"),
    ],
)
def test_addresses_that_nothing_reaches_are_told(url: str, words: str) -> None:
    with pytest.raises(PipelineError, match=words) as told:
        place_of(url)
    assert "secret" not in f"{told.value} {told.value.advice}"


def test_without_fsspec_an_address_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(PipelineError, match="fsspec is not installed") as told:
        place_of("s3://bucket/a")
    assert "sop-pipeline[remote]" in str(told.value.advice)
    assert place_of("here") == Path("here")


@pytest.mark.parametrize(
    ("folder", "base", "address"),
    [
        ("/srv/corrections", "/srv/out", "../corrections"),
        ("memory://a/corrections", "memory://a/out", "../corrections"),
        ("memory://a/corrections", "/srv/out", "memory://a/corrections"),
        ("/srv/corrections", "memory://out", "/srv/corrections"),
        ("sftp://ana:x@host/a", "sftp://ana:x@host/b", "../a"),
        ("s3://one/a", "memory://b", "s3://one/a"),
    ],
)
def test_a_folder_is_found_again_from_another(folder: str, base: str, address: str) -> None:
    start, end = place_of(base), place_of(folder)
    assert address_from(end, start) == address
    found = place_from(address, start)
    assert found == end or found.resolve() == end


def test_credentials_of_an_address_are_those_of_the_folder_that_names_it() -> None:
    start = place_of("sftp://ana:r4hasia@host/b")
    assert place_from("sftp://host/a", start) == place_of("sftp://ana:r4hasia@host/a")
