"""Pictures wait on disk until their page is let go, and leave nothing behind."""

from __future__ import annotations

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


def test_pages_that_are_let_go_leave_the_disk(temporary: Path) -> None:
    with PictureStore() as store:
        assert list(temporary.iterdir()) == []
        for page in (1, 2, 3):
            store.put(page, Picture(np.zeros((4, 4), np.uint8), 1.0))
        store.keep({2})
        assert [store.get(page) is None for page in (1, 2, 3)] == [True, False, True]
        assert len(list(temporary.rglob("*.npy"))) == 1
    assert list(temporary.iterdir()) == []
