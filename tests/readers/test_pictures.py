"""Pictures wait on disk until their page is let go, and leave nothing behind."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from pipeline.model.page import Picture
from pipeline.readers.pictures import PictureStore


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_picture_comes_back_as_it_was_put(temporary: Path) -> None:
    pixels = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)
    with PictureStore() as store:
        assert store.get(3) is None
        store.put(3, Picture(pixels, 2.5))
        found = store.get(3)
        assert found is not None
        assert found.scale == 2.5
        assert np.array_equal(found.pixels, pixels)


def test_to_get_a_picture_compiles_nothing(temporary: Path) -> None:
    """Whatever is compiled while a document is read is taken for code of it."""
    code = (
        "import sys, numpy as np\n"
        "from pipeline.model.page import Picture\n"
        "from pipeline.readers.pictures import PictureStore\n"
        "compiled = []\n"
        "with PictureStore() as store:\n"
        "    for page, turned in ((1, False), (2, True)):\n"
        "        pixels = np.arange(20, dtype=np.uint8).reshape(4, 5)\n"
        "        sys.addaudithook(lambda event, args: compiled.append(args) if event == 'compile' else None)\n"
        "        store.put(page, Picture(pixels.T if turned else pixels, 1.0))\n"
        "        assert np.array_equal(store.get(page).pixels, pixels.T if turned else pixels)\n"
        "print(compiled)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_pages_that_are_let_go_leave_the_disk(temporary: Path) -> None:
    with PictureStore() as store:
        assert list(temporary.iterdir()) == []
        for page in (1, 2, 3):
            store.put(page, Picture(np.zeros((4, 4), np.uint8), 1.0))
        store.keep({2})
        assert [store.get(page) is None for page in (1, 2, 3)] == [True, False, True]
        assert len(list(temporary.rglob("*.pixels"))) == 1
    assert list(temporary.iterdir()) == []
