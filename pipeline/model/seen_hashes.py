"""A set of hashes that takes eight bytes for each, where Python's takes seventy."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

RECENT = 4096  # hashes that are looked for in a set of Python's, before they are sorted in among the others


class SeenHashes:
    """Hashes of what was met."""

    def __init__(self) -> None:
        self._recent: set[int] = set()
        self._sorted: npt.NDArray[np.int64] = np.empty(0, np.int64)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._sorted) + len(self._recent)

    def __contains__(self, value: int) -> bool:
        """Whether a hash, of 64 bits, was added."""
        if value in self._recent:
            return True
        if not len(self._sorted):
            return False
        place = int(np.searchsorted(self._sorted, value))
        return place < len(self._sorted) and int(self._sorted[place]) == value

    def add(self, value: int) -> bool:
        """Add a hash, of 64 bits; return whether it is new."""
        if value in self:
            return False
        self._recent.add(value)
        if len(self._recent) >= RECENT:
            recent = np.fromiter(self._recent, np.int64, len(self._recent))
            self._sorted = np.union1d(self._sorted, recent)
            self._recent = set()
        return True
