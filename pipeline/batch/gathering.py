"""What workers have returned of a document that is divided among them, and what is left to read of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.batch.division import PartRead, PartRecords
from pipeline.batch.frontier import Frontier
from pipeline.model.part import Part


class Gathering:
    """The parts of a document; a part is known by its first page, as its last may become an earlier one.

    Args:
        parts: What it is divided into at first, in order.
        folder: That this process and all workers see; None where there is none, and no part can be made shorter.
    """

    def __init__(self, parts: Sequence[Part], folder: Path | None = None) -> None:
        self._parts = {part.first: part for part in parts}
        self._frontiers = {part.first: Frontier.of(part, folder) for part in parts} if folder is not None else {}
        self._read: dict[int, PartRead] = {}
        self._records: dict[int, PartRecords] = {}

    @property
    def parts(self) -> list[Part]:
        """The parts as they are now, in order."""
        return [self._parts[first] for first in sorted(self._parts)]

    def frontier_of(self, part: Part) -> Frontier | None:
        """The file that a part's worker tells its progress in."""
        return self._frontiers.get(part.first)

    def take(self, found: PartRead | PartRecords) -> None:
        """Take what a worker returned of a part."""
        first = found.part.first
        if isinstance(found, PartRead):
            self._read[first] = found
            self._remove_frontier(first)
        else:
            self._records[first] = found
            self._read[first] = replace(self._read[first], drafts=b"")  # what was made of them is known

    def left(self) -> int:
        """The most pages that are left to read of a part, as far as is known."""
        return max(self._left().values(), default=0)

    def halved(self) -> Part:
        """Take the later half of what is left of the part with most pages left, as a part for another worker."""
        left = self._left()
        first = max(left, key=left.__getitem__)
        part, frontier = self._parts[first], self._frontiers[first]
        middle = part.last - left[first] // 2
        taken = Part(middle + 1, part.last)
        self._frontiers[taken.first] = Frontier.of(taken, frontier.path.parent)
        self._parts |= {first: replace(part, last=middle), taken.first: taken}
        frontier.end_at(middle)
        return taken

    def close(self) -> None:
        """Remove what is shared with the workers."""
        for first in list(self._frontiers):
            self._remove_frontier(first)

    @property
    def is_read(self) -> bool:
        """Whether all parts are read."""
        return len(self._read) == len(self._parts)

    @property
    def is_whole(self) -> bool:
        """Whether the records of all parts are there."""
        return len(self._records) == len(self._parts)

    @property
    def in_order(self) -> tuple[list[PartRead], list[PartRecords]]:
        """All that was read and made of the parts, in their order."""
        return [self._read[first] for first in sorted(self._read)], [self._records[at] for at in sorted(self._records)]

    @property
    def largest_first(self) -> list[PartRead]:
        """What was read of the parts, that of most drafts first: so the last calls are short ones."""
        return sorted(self._read.values(), key=lambda read: -len(read.drafts))

    @property
    def analyses(self) -> list[tuple[Part, bytes]]:
        """The parts without their drafts, in their order."""
        return [(read.part, read.analysis) for read in self.in_order[0]]

    def _left(self) -> dict[int, int]:
        """How many pages are left of each part that is being read."""
        return {first: self._parts[first].last - frontier.reached for first, frontier in self._frontiers.items()}

    def _remove_frontier(self, first: int) -> None:
        if first in self._frontiers:
            self._frontiers.pop(first).remove()
