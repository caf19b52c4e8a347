"""Pictures of pages that would be dear to make again, on disk while they may still be asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Container
from pathlib import Path
from types import TracebackType

import numpy as np

from pipeline.model.page import Picture


class PictureStore:
    """The rectified pictures of scanned pages, by page number, in a folder of its own that goes when it is closed.

    Uncompressed: a grey A4 page at 200 dpi takes 4 MB on disk and some milliseconds each way.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._scales: dict[int, float] = {}

    def __enter__(self) -> PictureStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def put(self, page: int, picture: Picture) -> None:
        """Keep the picture of a page. Raises OSError where the disk refuses."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="sop-pages-")
        np.save(self._path(page), picture.pixels, allow_pickle=False)
        self._scales[page] = picture.scale

    def get(self, page: int) -> Picture | None:
        """The picture of a page; None where there is none, or no more."""
        if page not in self._scales:
            return None
        return Picture(np.load(self._path(page), allow_pickle=False), self._scales[page])

    def keep(self, pages: Container[int]) -> None:
        """Let go of all pictures but those of `pages`."""
        for page in [page for page in self._scales if page not in pages]:
            self._path(page).unlink()
            del self._scales[page]

    def _path(self, page: int) -> Path:
        assert self._folder is not None
        return Path(self._folder.name, f"{page}.npy")
