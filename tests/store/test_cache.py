from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipeline.store.cache import Cache, code_version, installed, key_of, sha256_of


def test_gives_back_what_was_put(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of(["a"])
    assert cache.get(key) is None
    cache.put(key, b"\x00isi\n")
    assert cache.get(key) == b"\x00isi\n"
    cache.put(key, "½".encode())
    assert cache.get(key) == "½".encode()


def test_an_entry_cut_short_was_never_made(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    key = key_of(["a"])
    cache.put(key, b"whole")
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:-3])
    assert cache.get(key) is None
    entry.write_bytes(b"")
    assert cache.get(key) is None


@given(st.lists(st.text()), st.lists(st.text()))
def test_keys_tell_lists_apart(one: list[str], other: list[str]) -> None:
    assert (key_of(one) == key_of(other)) == (one == other)


def test_sha256_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_code_has_one_version() -> None:
    assert code_version() == code_version()
    assert len(code_version()) == 64


def test_installed() -> None:
    assert installed("pydantic")
    assert installed("no-such-distribution") is None
