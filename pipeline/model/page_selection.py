"""The pages of a document that a reviewer says are a SOP, and where on them it stands."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.geometry import Box


@dataclass(frozen=True, slots=True)
class PageSelection:
    """Pages that are read by themselves, as if the document had no others.

    Attributes:
        first: The first of them, from 1.
        last: The last.
        frames: By page what of it is read, in points as displayed; all of the pages that are not among them.
    """

    first: int
    last: int
    frames: tuple[tuple[int, Box], ...] = ()

    def __contains__(self, page: object) -> bool:
        """Whether a page is one of them."""
        return isinstance(page, int) and self.first <= page <= self.last

    def frame(self, page: int) -> Box | None:
        """What of a page is read; None where all of it is."""
        return dict(self.frames).get(page)
