from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.store.atomic import json_bytes, write_bytes, write_json, write_lines


def test_writes_the_content_and_makes_the_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    assert write_bytes(path, b"isi")
    assert path.read_bytes() == b"isi"
    assert [p.name for p in path.parent.iterdir()] == ["b.json"]


def test_leaves_a_file_that_already_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"isi")
    os.utime(path, (1, 1))
    assert not write_bytes(path, b"isi")
    assert path.stat().st_mtime == 1
    assert write_bytes(path, b"isu")  # as long, and another


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"lama")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"baru")
    assert path.read_bytes() == b"lama"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]


def test_lines_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "lines"
    assert write_lines(path, iter([b"satu\n", b"dua\n"]))
    os.utime(path, (1, 1))
    assert not write_lines(path, iter([b"satu\n", b"dua\n"]))
    assert (path.read_bytes(), path.stat().st_mtime) == (b"satu\ndua\n", 1)

    def cut() -> Iterator[bytes]:
        yield b"tiga\n"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_lines(path, cut())
    assert path.read_bytes() == b"satu\ndua\n"
    assert [found.name for found in path.parent.iterdir()] == ["lines"]


def test_others_may_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_bytes(tmp_path / "a", b"isi")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_json_keeps_order_and_letters(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", {"b": "½ hari", "a": None})
    assert (tmp_path / "a.json").read_text("utf-8") == '{\n  "b": "½ hari",\n  "a": null\n}\n'


def test_json_refuses_what_is_no_json() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_bytes(float("nan"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
@settings(max_examples=50)
@example([1e-05, 0.00001234, -1e16, 1.5e300, 5e-324, 123456789012345680.0, {"0.00001": " 1e5", "a": "NaN"}])
@example(1e-07)
@example(0.0001)
@example([1e16, 1e15, 2**70])
@example('\x00\x1f\x7f\u2028\\/"')
def test_json_is_written_as_python_writes_it(content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    assert json_bytes(content) == text.encode()
