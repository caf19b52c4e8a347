"""The printed labels that tell what a cell or a column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Headings:
    """Synonyms of printed labels, by what they stand for.

    Attributes:
        cover: Labels of the cover's identity fields.
        boxes: Heads of the cover's boxes.
        columns: Heads of the matrix's columns.
        spans: Heads over several columns: pelaksana, mutu_baku.
        units: Units that a Waktu head may print.
        posts: How the office (jabatan) begins in a signature block.
        ranks: How the rank (pangkat) begins there.
        taught: A reviewer's column heads, which win over `columns`.
    """

    cover: Synonyms
    boxes: Synonyms
    columns: Synonyms
    spans: Synonyms
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    taught: Mapping[str, str] = field(default_factory=dict)
