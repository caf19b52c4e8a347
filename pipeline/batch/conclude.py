"""What can only be done when all documents of a run are read: it is cheap, and never cached."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.model.document import Digitized


def concluded(results: Sequence[Digitized], corrections: Path | None = None) -> tuple[Digitized, ...]:
    """The run's documents as they are written out. `corrections` is the folder of correction files."""
    return tuple(results)
