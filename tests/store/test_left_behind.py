from __future__ import annotations

import os
from pathlib import Path

from pipeline.store.left_behind import sweep_parts


def test_unfinished_files_go_and_all_else_stays(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    mark = f".cache/cluster-{'0a' * 16}"
    (tmp_path / ".cache").mkdir()
    names = [
        ".abcd1234.part",
        "a/.x_yz0000.part",
        mark,
        "a/.fresh000.part",
        "a/.other.part",
        "a/letter.part",
        "a/b.json",
    ]
    for name in names:
        (tmp_path / name).write_text("isi")
        os.utime(tmp_path / name, (100, 100))
    os.utime(tmp_path / "a/.fresh000.part", (200, 200))
    assert sweep_parts(tmp_path, 200) == 3
    assert not any((tmp_path / name).exists() for name in names[:3])
    assert all((tmp_path / name).exists() for name in names[3:])
    assert sweep_parts(tmp_path / "not-there", 200) == 0
