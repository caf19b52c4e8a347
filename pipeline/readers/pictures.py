"""Pictures of pages that would be dear to make again, on disk while they may still be asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Container, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from types import TracebackType

import numpy as np

from pipeline.model.geometry import union
from pipeline.model.page import Page, Picture, PictureOf, Tile
from pipeline.model.pixels import Pixels


def picture_of_sheets(pages: Sequence[Page], picture_of: PictureOf) -> PictureOf:
    """What gives the pictures of pages, and of sheets put together from several, from those of their pages."""
    tiles = {page.number: page.tiles for page in pages if page.tiles}

    def picture(number: int) -> Picture | None:
        if number not in tiles:
            return picture_of(number)
        shown = [(tile, picture_of(tile.page)) for tile in tiles[number]]
        scale = max((seen.scale for _, seen in shown if seen), default=0.0)
        if not scale or any(seen is None or seen.scale != scale for _, seen in shown):
            return None
        whole = union(tile.area for tile in tiles[number])
        pixels = np.full((ceil(whole.bottom * scale), ceil(whole.x1 * scale), 3), 255, np.uint8)
        for tile, seen in shown:
            if seen is not None:
                _put(pixels, seen.colour, tile, scale)
        return Picture(pixels, scale)

    return picture


def _put(pixels: Pixels, seen: Pixels, tile: Tile, scale: float) -> None:
    """Put the area that a page shows of a sheet into the sheet's picture."""
    x, y = round(tile.area.x0 * scale), round(tile.area.top * scale)
    x0, y0 = x - round(tile.dx * scale), y - round(tile.dy * scale)
    shown = seen[y0 : y0 + round(tile.area.height * scale), x0 : x0 + round(tile.area.width * scale)]
    pixels[y : y + shown.shape[0], x : x + shown.shape[1]] = shown


@dataclass(frozen=True, slots=True)
class _Kept:
    """What of a picture is not in its file: its pixels' shape, and pixels per point."""

    shape: tuple[int, ...]
    scale: float


class PictureStore:
    """The rectified pictures of scanned pages, by page number, in a folder of its own that goes when it is closed.

    The bare pixels, uncompressed: a grey A4 page at 200 dpi takes 4 MB on disk and some milliseconds each way. Of a
    file in NumPy's own format Python would compile the head each time.
    """

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._kept: dict[int, _Kept] = {}

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
        picture.pixels.tofile(self._path(page))
        self._kept[page] = _Kept(picture.pixels.shape, picture.scale)

    def get(self, page: int) -> Picture | None:
        """The picture of a page; None where there is none, or no more."""
        kept = self._kept.get(page)
        if kept is None:
            return None
        return Picture(np.fromfile(self._path(page), np.uint8).reshape(kept.shape), kept.scale)

    def keep(self, pages: Container[int]) -> None:
        """Let go of all pictures but those of `pages`."""
        for page in [page for page in self._kept if page not in pages]:
            self._path(page).unlink()
            del self._kept[page]

    def _path(self, page: int) -> Path:
        assert self._folder is not None
        return Path(self._folder.name, f"{page}.pixels")
