"""Pages whose content lies sideways or upside down, turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from pipeline.model.geometry import Box, PageTransform
from pipeline.model.page import Page, Pixels, Ruling, Word


def main_direction(words: Iterable[Word]) -> int:
    """The direction that most letters of a page are written in, 0 where there is none."""
    letters: Counter[int] = Counter()
    for word in words:
        letters[word.direction] += len(word.text)
    return letters.most_common(1)[0][0] if letters else 0


def page_transform(width: float, height: float, direction: int) -> PageTransform:
    """What takes upright coordinates back to a displayed page of `width` x `height` points."""
    if direction == 90:
        return PageTransform(((0.0, 1.0, 0.0), (-1.0, 0.0, height), (0.0, 0.0, 1.0)))
    if direction == 180:
        return PageTransform(((-1.0, 0.0, width), (0.0, -1.0, height), (0.0, 0.0, 1.0)))
    if direction == 270:
        return PageTransform(((0.0, -1.0, width), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))
    return PageTransform()


def upright_box(box: Box, width: float, height: float, direction: int) -> Box:
    """A displayed box in upright coordinates, for content written at `direction` degrees."""
    if direction == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if direction == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if direction == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def upright_pixels(pixels: Pixels, direction: int) -> Pixels:
    """The picture turned so that writing at `direction` degrees stands upright."""
    return np.ascontiguousarray(np.rot90(pixels, k=-direction // 90))


def turned(page: Page, direction: int) -> Page:
    """The page with writing at `direction` degrees made upright; its picture is left to the caller."""
    if direction == 0:
        return page
    width, height = page.width, page.height
    return replace(
        page,
        width=height if direction in (90, 270) else width,
        height=width if direction in (90, 270) else height,
        words=tuple(
            replace(w, box=upright_box(w.box, width, height, direction), direction=(w.direction - direction) % 360)
            for w in page.words
        ),
        rulings=tuple(_turned_ruling(r, width, height, direction) for r in page.rulings),
        transform=page_transform(width, height, direction),
    )


def _turned_ruling(ruling: Ruling, width: float, height: float, direction: int) -> Ruling:
    box = upright_box(ruling.box, width, height, direction)
    across = (ruling.axis == "h") == (direction == 180)
    if across:
        return Ruling("h", box.center[1], box.x0, box.x1, ruling.width)
    return Ruling("v", box.center[0], box.top, box.bottom, ruling.width)
