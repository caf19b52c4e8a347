"""The printed labels that tell what a cell or a column is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Headings:
    """Synonyms by what they stand for: `cover` fields, `boxes` of the cover, matrix `columns`, heads that span several
    columns (`spans`: pelaksana, mutu_baku), and the `units` a Waktu head may print. `posts` and `ranks` are how
    the office and the rank begin in a signature block. `taught` are a reviewer's column heads, which win.
    """

    cover: Synonyms
    boxes: Synonyms
    columns: Synonyms
    spans: Synonyms
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    taught: Mapping[str, str] = field(default_factory=dict)
