"""Ink that is looked at along rows and along columns."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.imaging.morphology import Mask


@dataclass(frozen=True)
class InkPair:
    """Ink, uint8 (rows, columns), and the same with rows and columns exchanged."""

    ink: Mask
    transposed: Mask

    def exchanged(self) -> InkPair:
        """The pair the other way round, so that columns are looked at as rows."""
        return InkPair(self.transposed, self.ink)
