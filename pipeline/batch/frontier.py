"""How far a worker is in its part of a document, and how far it is to go, in a file that processes of a machine share.

So a part can be made shorter while it is read, by who gives its last pages to another worker. Both numbers may be seen
late: a worker that is past its new end by then goes on to the old one, and what the other reads is left out.
"""

from __future__ import annotations

import struct
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.model.part import Part

_NUMBER = struct.Struct("=I")
_REACHED, _LAST = 0, _NUMBER.size  # where the two numbers stand


@dataclass(frozen=True)
class Frontier:
    """The file of a part: the last page that its worker has taken, and the last that it is to take."""

    path: Path

    @classmethod
    def of(cls, part: Part, folder: Path) -> Frontier:
        """That of a part which no worker has begun with, in a folder that its worker sees."""
        with tempfile.NamedTemporaryFile(dir=folder, prefix="part-", delete=False) as file:
            file.write(_NUMBER.pack(part.first - 1) + _NUMBER.pack(part.last))
        return cls(Path(file.name))

    @property
    def reached(self) -> int:
        """The last page that was taken; the one before the first where there is none yet."""
        return self._number_at(_REACHED)

    @property
    def last(self) -> int:
        """The last page that is to be taken."""
        return self._number_at(_LAST)

    def reach(self, page: int) -> None:
        """Tell that a page was taken."""
        self._put(_REACHED, page)

    def end_at(self, page: int) -> None:
        """Have the part end at an earlier page."""
        self._put(_LAST, page)

    def remove(self) -> None:
        """Remove the file; a worker that still reads goes on to the end that it knows."""
        with suppress(OSError):
            self.path.unlink()

    def _number_at(self, offset: int) -> int:
        with self.path.open("rb") as file:
            file.seek(offset)
            (number,) = _NUMBER.unpack(file.read(_NUMBER.size))
        return int(number)

    def _put(self, offset: int, number: int) -> None:
        with self.path.open("r+b", buffering=0) as file:  # unbuffered: the two writers touch no byte of each other
            file.seek(offset)
            file.write(_NUMBER.pack(number))


class PartInWork:
    """A part as its worker reads it.

    Attributes:
        part: As it is now.
    """

    def __init__(self, part: Part, frontier: Frontier | None) -> None:
        self.part, self._frontier = part, frontier

    def after(self, page: int) -> Part:
        """The part once a page was taken: shorter where it was made so, and its new end is not behind that page."""
        if self._frontier is None:
            return self.part
        try:
            self._frontier.reach(page)
            last = self._frontier.last
        except OSError:  # removed: nobody waits for this part any more
            return self.part
        if page <= last < self.part.last:
            self.part = replace(self.part, last=last)
        return self.part
