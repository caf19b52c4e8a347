"""How many of a matrix's printed cells a tool has found, whatever else it found and wherever.

The cells are those of the columns uraian, kelengkapan, waktu, output and keterangan; empty ones and dashes count for
nothing. Each printed cell may be found once: of all pairings of equal texts the number is the greatest there is. A cell
that a tool found beside these, of a cover or a head, costs nothing, so that tools that tell whole pages lose nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.facts import squeezed
from bench.judged_fields import worded

COLUMNS = ("uraian", "kelengkapan", "waktu", "output", "keterangan")


@dataclass(frozen=True)
class CellScore:
    """Cells that are printed, those found word for word, and those found when spaces are left aside."""

    printed: int = 0
    exact: int = 0
    letters: int = 0

    def __add__(self, other: CellScore) -> CellScore:
        return CellScore(self.printed + other.printed, self.exact + other.exact, self.letters + other.letters)

    @property
    def share(self) -> float:
        """The share that is found word for word, 0..1; nan where nothing is printed."""
        return self.exact / self.printed if self.printed else float("nan")

    @property
    def share_of_letters(self) -> float:
        """The share that is found but for spaces, 0..1; nan where nothing is printed."""
        return self.letters / self.printed if self.printed else float("nan")


def printed_cells(truth: Iterable[Mapping[str, Any]]) -> list[str]:
    """The cells of all matrices of a truth file."""
    rows = (row for sop in truth for row in sop["kegiatan"])
    return [row[column] for row in rows for column in COLUMNS if worded(row.get(column))]


def cells_of(record: Mapping[str, Any]) -> list[str]:
    """The cells of a record's matrix."""
    found = []
    for row in record["kegiatan"]:
        quality = row["mutu_baku"]
        waktu = (quality["waktu"] or {}).get("text")
        found += [row["uraian"], quality["kelengkapan"], waktu, quality["output"], row["keterangan"]]
    return [cell for cell in found if cell]


def scored(printed: Sequence[str], found: Sequence[str]) -> CellScore:
    """How many printed cells are among those found."""
    return CellScore(len(printed), _common(printed, found, worded), _common(printed, found, squeezed))


def _common(printed: Sequence[str], found: Sequence[str], key: Callable[[str], str]) -> int:
    return (Counter(map(key, printed)) & Counter(map(key, found))).total()
