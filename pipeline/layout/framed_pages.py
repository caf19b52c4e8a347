"""The pages that a reviewer chose, and what of a page stands within a frame that was drawn on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from pipeline.model.geometry import Box
from pipeline.model.page import Page
from pipeline.model.page_selection import PageSelection


def selected(pages_from: Callable[[int], Iterator[Page]], selection: PageSelection) -> Iterator[Page]:
    """The pages of a selection, each with what stands in its frame; no other page is read.

    Args:
        pages_from: Reads pages from a number on, each when it is asked for.
        selection: Which pages.
    """
    pages = islice(pages_from(selection.first), selection.last - selection.first + 1)
    return (framed(page, selection.frame(page.number)) for page in pages)


def framed(page: Page, frame: Box | None) -> Page:
    """The page with the words and rulings whose middle stands within a frame; all of it where there is none.

    Args:
        page: As it was read, upright.
        frame: In points of the page as displayed.
    """
    if frame is None:
        return page

    def inside(box: Box) -> bool:
        return frame.contains(*page.transform.displayed(box).center)

    words = tuple(word for word in page.words if inside(word.box))
    rulings = tuple(ruling for ruling in page.rulings if inside(ruling.box))
    return replace(page, words=words, rulings=rulings)
