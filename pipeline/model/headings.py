"""The printed labels that tell what a cell or a column is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


class Synonyms(Mapping[str, tuple[str, ...]]):
    """The labels of each field, frozen: what a function makes of them can be kept under them."""

    def __init__(self, labels: Mapping[str, tuple[str, ...]]) -> None:
        self._labels = dict(labels)
        self._hash = hash(tuple(self._labels.items()))

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self._labels[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def __len__(self) -> int:
        return len(self._labels)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Synonyms) and list(self.items()) == list(other.items()))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True)
class Headings:
    """Synonyms of printed labels, by what they stand for.

    Attributes:
        cover: Labels of the cover's identity fields.
        approvals: Labels of those who made, checked and agreed to a SOP, beside the one who passed it.
        boxes: Heads of the cover's boxes.
        columns: Heads of the matrix's columns.
        spans: Heads over several columns: pelaksana, mutu_baku.
        units: Units that a Waktu head may print.
        posts: How the office (jabatan) begins in a signature block.
        ranks: How the rank (pangkat) begins there.
        addresses: How a letterhead's lines begin that give an address.
        bodies: How they begin that name a body.
        titles: How lines of titles begin.
        unfinished: Words that no sentence ends with.
        joining: Words that no sentence begins with.
        awaiting: Words that what they name must follow: "Nomor", "Tahun".
        laws: Kinds of law, folded.
        taught: A reviewer's column heads, which win over `columns`.
    """

    cover: Synonyms
    boxes: Synonyms
    columns: Synonyms
    spans: Synonyms
    units: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    ranks: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    awaiting: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    approvals: Synonyms = field(default_factory=lambda: Synonyms({}))

    @cached_property
    def identity(self) -> Synonyms:
        """The labels of identity fields and of everyone who signs: "Disiapkan Oleh" is no "Disahkan Oleh" misread."""
        return Synonyms({**self.cover, **self.approvals})

    taught: Mapping[str, str] = field(default_factory=dict)
