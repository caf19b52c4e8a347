"""What one document may cost before it is given up. Far above what any document seen so far took."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """Limits per document. A document that goes beyond one is given up; a result within them does not depend on them.

    Time and memory are watched from outside the process that reads, the others where a file is opened.
    """

    seconds: float = 4 * 3600.0  # wall time: a scan of 3,000 pages at 3 s each, and half as much again
    page_seconds: float = 120.0  # wall time from one page to the next, thirty times what a dense scan takes
    megabytes: float = 2000.0  # resident memory of the process: five times what 1,000 pages take
    library_megabytes: float = 1000.0  # address space beyond that, which libraries reserve and do not use
    file_megabytes: float = 2000.0  # a larger file is not even opened
    pages: int = 3000  # pages of a PDF, pictures of a file
    part_beyond: int = 2  # pages that it reads of the next share: until an SOP begins, of which most have three or four
    part_left: int = 8  # pages left to a worker, from which on one with nothing to do takes half of them
    part_pages: int = 24  # a worker's least share of a long document: it reads some pages of the next share as well
    picture_megapixels: float = 150.0  # of one picture: A2 at 600 dpi
    text_megabytes: float = 8.0  # of a transcript: some 3,000 pages
    watch_seconds: float = 0.1  # from one look at a process to the next
    starting_seconds: float = 300.0  # a process that imports its libraries, on a machine with much other work

    def within(self, seconds: float | None, megabytes: float | None) -> LimitSettings:
        """These limits with another time for a document, and another memory, where given."""
        limits = self
        if seconds is not None:
            limits = replace(limits, seconds=seconds, page_seconds=min(seconds, limits.page_seconds))
        return limits if megabytes is None else replace(limits, megabytes=megabytes)
