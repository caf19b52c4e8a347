"""Pages whose content lies sideways or upside down, turned upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.orientation import Orientation
from pipeline.model.page import Page, Ruling, Word


def main_orientation(words: Iterable[Word]) -> Orientation:
    """The orientation that most letters of a page are written in, upright where there is none."""
    letters: Counter[Orientation] = Counter()
    for word in words:
        letters[word.orientation] += len(word.text)
    return letters.most_common(1)[0][0] if letters else Orientation.UPRIGHT


def upright_page(page: Page, orientation: Orientation) -> Page:
    """The page with writing of this orientation made upright; its picture is left to the caller."""
    if orientation is Orientation.UPRIGHT:
        return page
    width, height = orientation.upright_size(page.width, page.height)
    return replace(
        page,
        width=width,
        height=height,
        words=tuple(
            replace(
                word,
                box=orientation.upright_box(word.box, page.width, page.height),
                orientation=word.orientation.minus(orientation),
            )
            for word in page.words
        ),
        rulings=tuple(_upright_ruling(ruling, page, orientation) for ruling in page.rulings),
        transform=orientation.page_transform(page.width, page.height),
    )


def _upright_ruling(ruling: Ruling, page: Page, orientation: Orientation) -> Ruling:
    box = orientation.upright_box(ruling.box, page.width, page.height)
    return Ruling.along(orientation.turned_axis(ruling.axis), box, ruling.width)
